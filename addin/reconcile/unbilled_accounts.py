"""Accounts of the log that the bill does not name beside one that it does: sums hold what both expect."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from addin.errors import in_quotes
from addin.reconcile.lines import EXPECTED, LogLine
from addin.reconcile.measure import Measure
from addin.reconcile.wording import measure

if TYPE_CHECKING:
    from addin.reconcile.reconciliation import Reconciliation

_NAMED = 3
"""Accounts that a sentence names."""


def unbilled_accounts(result: Reconciliation) -> dict[tuple[str, str], Measure]:
    """What is expected of them, by account and currency. Where none of the log's accounts is on the bill, the
    two name them differently, and nothing is known of any."""
    billed = {line.call.account for line, _ in result.bill.counted()} | {
        line.record.account for line in result.usage
    }
    ours = {line.call.account for line, _ in result.log.counted() if line.step == EXPECTED} - {""}
    if ours <= billed or not ours & billed:
        return {}  # see `named_otherwise`
    unbilled = ours - billed

    def key(line: LogLine) -> tuple[str, str] | None:
        is_meant = line.step == EXPECTED and line.call.account in unbilled
        return (line.call.account, line.currency) if is_meant else None

    return result.log.totals(key)


@dataclass(frozen=True, slots=True)
class NamedOtherwise:
    """The accounts of the log and of the bill."""

    ours: frozenset[str]
    theirs: frozenset[str]


def named_otherwise(result: Reconciliation) -> NamedOtherwise | None:
    """Where sums of the bill and the log name their accounts, and have none in common: a log of a subaccount
    beside sums of the main one. They are compared as if they were of one, and so they stand in the books
    once: the calls are as those that name no account."""
    ours = frozenset(line.call.account for line, _ in result.log.counted() if line.step == EXPECTED)
    theirs = frozenset(line.record.account for line in result.usage if line.in_total)
    if result.mode != "totals" or not ours or not theirs or "" in ours | theirs or ours & theirs:
        return None
    return NamedOtherwise(ours, theirs)


def sentences_of_unbilled(result: Reconciliation) -> list[str]:
    """By usage records no finding of a call says it."""
    if result.mode != "totals":
        return []
    if apart := named_otherwise(result):
        ours, theirs = (_some(names) for names in (apart.ours, apart.theirs))
        return [f"The log is of account {ours}, the bill of {theirs}: they are compared as if they were one."]
    return [
        f"The bill has nothing of account {account}, of which we expect "
        f"{measure(its, currency, result.costs_compared)}: the variance is lower by that."
        for (account, currency), its in unbilled_accounts(result).items()
    ]


def _some(names: Collection[str]) -> str:
    more = f" and {len(names) - _NAMED:,} more" if len(names) > _NAMED else ""
    return in_quotes(sorted(names)[:_NAMED]) + more
