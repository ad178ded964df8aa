"""Credits that arrive in a later bill than the charge: proposed beside their dispute, never entered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from addin.disputes.found_before import late_credits, may_be_of, read_anew
from addin.disputes.found_credits import FoundCredit
from addin.disputes.reasons import NO_CURRENCY
from addin.disputes.records import CREDIT, ELSEWHERE, BilledRecord, Dispute, NotDisputed, Reconciled
from addin.reconcile.period import Month
from addin.reconcile.wording import counted


def with_credits(
    disputes: Sequence[Dispute], reconciled: Sequence[Reconciled]
) -> tuple[list[Dispute], list[NotDisputed]]:
    """The disputes with the late credits of their calls; the credits that belong to none.

    A credit goes with the call id and currency to a dispute of an earlier month than its bill's, and of no
    other provider: two may count their calls from 1. Several
    disputes of one call are filled in their order, each up to what is outstanding; the last takes the rest.
    A credit that is more than what is outstanding has been entered already, if only in part. What earlier
    sheets have found stays, and stays where it was; a bill that is read again says itself what it credits.
    """
    found, before = read_anew(disputes, reconciled)
    by_id: dict[str, list[int]] = {}
    for index, dispute in enumerate(found):
        by_id.setdefault(dispute.call_id, []).append(index)
    alone: list[NotDisputed] = []
    for one in reconciled:
        for record in late_credits(one):
            same = by_id.get(record.call_id, []) if record.call_id else []
            its = [index for index in same if _is_of(found[index], record, one)]
            shares = before.take(one.month, record)
            if shares and {index for index, _ in shares} <= {*its}:
                for index, part in shares:
                    _add(found, index, part, record, one.month)
            elif its:
                _propose(found, its, record, one.month)
            else:
                alone.append(_alone(one.month, record))
    return found, alone


def others_outside(one: Reconciled) -> list[NotDisputed]:
    """The charges of the bill for calls of other months, a line for each file, side and currency: the
    reconciliation leaves them out, and its sheet Billed lists them."""
    first_day = Month.parse(one.month).first_day
    sums: dict[tuple[str, str, str], list[BilledRecord]] = {}
    for record in one.outside:
        is_before = record.started_at.date() < first_day
        if not (record.cost < 0 and is_before):
            side = "before" if is_before else "after"
            file = record.place.rpartition(":")[0]
            sums.setdefault((file, side, record.currency or NO_CURRENCY), []).append(record)
    return [
        NotDisputed(
            month=one.month,
            kind="outside the month",
            group=ELSEWHERE,
            why="They belong to the month in which they start: dispute them there if they are charged twice.",
            unit=unit,
            billed=sum((record.cost for record in records), Decimal(0)),
            billed_place=file,
            found=f"{counted(len(records), 'record')} of the bill {_start(len(records))} {side} {one.month}, "
            'as its sheet Billed lists them (Step "outside the month").',
        )
        for (file, side, unit), records in sums.items()
    ]


def of_usage(one: Reconciled) -> list[NotDisputed]:
    """Usage records with a negative amount: credits that no call tells. Their category's total holds them."""
    return [
        NotDisputed(
            month=one.month,
            kind="usage credit",
            group=CREDIT,
            why="A credit in the provider's usage records, which lowers the total of its category: find out "
            "what it is for.",
            unit=record.currency or NO_CURRENCY,
            day=record.first if record.first == record.last else None,
            account=record.account,
            billed=record.cost,
            billed_place=record.place,
            found=f"The usage of {record.category} from {record.first} to {record.last} is negative.",
        )
        for record in one.usage_credits
    ]


def _start(count: int) -> str:
    return "starts" if count == 1 else "start"


def _is_of(dispute: Dispute, record: BilledRecord, one: Reconciled) -> bool:
    same_unit = dispute.unit == (record.currency or NO_CURRENCY)
    return dispute.month < one.month and same_unit and may_be_of(dispute, record.place, one)


def _propose(found: list[Dispute], its: Sequence[int], record: BilledRecord, month: str) -> None:
    left = -record.cost
    room_of = _outstanding if left <= sum(_outstanding(found[index]) for index in its) else _takes
    for index in its:
        part = left if index == its[-1] else min(left, room_of(found[index]))
        if part:
            _add(found, index, part, record, month)
            left -= part


def _add(found: list[Dispute], index: int, part: Decimal, record: BilledRecord, month: str) -> None:
    credit = FoundCredit(part, month, record.place)
    found[index] = replace(found[index], credits=(*found[index].credits, credit))


def _outstanding(dispute: Dispute) -> Decimal:
    """What a further credit can be for."""
    return max(dispute.question - dispute.covered, Decimal(0)) if dispute.is_unfinished else Decimal(0)


def _takes(dispute: Dispute) -> Decimal:
    """The same where what is entered is of the credits found: of a finished dispute that and no more."""
    whole = dispute.question if dispute.is_unfinished else dispute.credited
    return max(whole - (dispute.credit_found or 0), Decimal(0))


def _alone(month: str, record: BilledRecord) -> NotDisputed:
    return NotDisputed(
        month=month,
        kind="late credit",
        group=CREDIT,
        why="A credit for a call of an earlier month, without a dispute here. Unless it is settled already, "
        "give its month's dispute workbook, or find out what the credit is for.",
        unit=record.currency or NO_CURRENCY,
        difference=record.cost,
        call_id=record.call_id,
        day=_day(record),
        billed=record.cost,
        billed_place=record.place,
        found="The bill credits a call that starts before the month.",
    )


def _day(record: BilledRecord) -> date:
    return record.started_at.date()
