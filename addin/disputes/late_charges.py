"""Charges that arrive in a later bill: what the bill of the call's month lacked is not billed too little."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from addin.disputes.reasons import NO_CURRENCY
from addin.disputes.records import UNCLEAR, BilledRecord, NotDisputed, Reconciled, may_be_one
from addin.disputes.wording import amount_text
from addin.reconcile.wording import listed

LACKED = ("missing-in-bill", "price-pending")


def with_late_charges(
    rows: Sequence[NotDisputed], one: Reconciled, reconciled: Sequence[Reconciled]
) -> list[NotDisputed]:
    """The rows of a month, with what later bills of this run charge for the calls that its bill lacked.

    Whether that is the right price only the reconciliation of the month can tell, with both bills: until then
    the row is to be cleared up, and not part of what was billed too little.
    """
    late: dict[str, list[tuple[Reconciled, BilledRecord]]] = {}
    for other in reconciled:
        for record in other.outside if other.month > one.month else ():
            if record.cost > 0 and record.call_id and f"{record.started_at:%Y-%m}" == one.month:
                late.setdefault(record.call_id, []).append((other, record))
    return [_charged(row, one, late.get(row.call_id, [])) if row.kind in LACKED else row for row in rows]


def _charged(
    row: NotDisputed, one: Reconciled, late: Sequence[tuple[Reconciled, BilledRecord]]
) -> NotDisputed:
    its = [
        f"the bill of {other.month} charges {amount_text(record.cost, record.currency or NO_CURRENCY)} "
        f"for it ({record.place})"
        for other, record in late
        if may_be_one(one.provider, other.provider_at(record.place))  # two may count their calls from 1
    ]
    if not its:
        return row
    said = listed(its)
    why = f"{said[0].upper()}{said[1:]}: reconcile {row.month} again, with that bill beside its own."
    return replace(row, group=UNCLEAR, why=why, difference=None)
