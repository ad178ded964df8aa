"""Credits that an earlier dispute sheet has found, beside bills that are read again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from addin.disputes.found_credits import FoundCredit
from addin.disputes.records import BilledRecord, Dispute, Reconciled, may_be_one
from addin.reconcile.period import Month

Shares = list[tuple[int, Decimal]]
"""The dispute and its part of a record's credit."""


@dataclass(slots=True)
class FoundBefore:
    """How each record of a bill was shared out, so that it is shared out alike again."""

    _shares: dict[tuple[str, str, Decimal], list[Shares]] = field(default_factory=dict)
    """By the bill's month, call id and amount: its row may have moved."""

    def add(self, month: str, call_id: str, shares: Shares) -> None:
        total = sum((part for _, part in shares), Decimal(0))
        self._shares.setdefault((month, call_id, total), []).append(shares)

    def take(self, month: str, record: BilledRecord) -> Shares:
        """Each once; empty where the record is new."""
        known = self._shares.get((month, record.call_id, -record.cost), [])
        return known.pop(0) if known else []


def late_credits(one: Reconciled) -> Iterator[BilledRecord]:
    """The credits of a bill for calls that start before its month."""
    first_day = Month.parse(one.month).first_day
    return (record for record in one.outside if record.cost < 0 and record.started_at.date() < first_day)


def read_anew(
    disputes: Sequence[Dispute], reconciled: Sequence[Reconciled]
) -> tuple[list[Dispute], FoundBefore]:
    """The disputes without what bills of this run will say again, and how that was shared out."""
    of_record: dict[tuple[str, str, str], Shares] = {}
    for index, dispute in enumerate(disputes):
        for credit in dispute.credits:
            of_record.setdefault((credit.month, credit.place, dispute.call_id), []).append(
                (index, credit.amount)
            )
    before, again = FoundBefore(), set[tuple[str, str, str]]()
    for (month, place, call_id), shares in of_record.items():
        total = sum((part for _, part in shares), Decimal(0))
        dispute = disputes[shares[0][0]]
        if any(_says_again(one, FoundCredit(total, month, place), dispute) for one in reconciled):
            before.add(month, call_id, shares)
            again.add((month, place, call_id))
    left = [
        replace(
            dispute,
            credits=tuple(
                credit
                for credit in dispute.credits
                if (credit.month, credit.place, dispute.call_id) not in again
            ),
        )
        for dispute in disputes
    ]
    return left, before


def may_be_of(dispute: Dispute, place: str, one: Reconciled) -> bool:
    """Whether that place of the bill is of the dispute's provider, or it is not known of one of them."""
    return may_be_one(one.provider_at(place), dispute.provider)


def _says_again(one: Reconciled, credit: FoundCredit, dispute: Dispute) -> bool:
    """Whether a reconciliation has read the bill that the credit stands on: the same file for the month, or
    the same credit in another. A credit without a month is known by its place alone."""
    if not may_be_of(dispute, credit.place, one):
        return False
    if not credit.month:
        places = {record.place for record in late_credits(one)}
        return not places.isdisjoint(credit.place.split("; "))
    if one.month != credit.month:
        return False
    return credit.place.rpartition(":")[0] in one.bill_files or any(
        (record.call_id, -record.cost) == (dispute.call_id, credit.amount) for record in late_credits(one)
    )
