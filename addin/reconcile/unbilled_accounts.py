"""Accounts of the log that the bill does not name beside one that it does: sums hold what both expect."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from addin.errors import in_quotes
from addin.reconcile.lines import EXPECTED, expected_of
from addin.reconcile.measure import Measure
from addin.reconcile.wording import measure

if TYPE_CHECKING:
    from addin.reconcile.reconciliation import Reconciliation


def unbilled_accounts(result: Reconciliation) -> dict[tuple[str, str], Measure]:
    """What is expected of them, by account and currency. Where none of the log's accounts is on the bill, the
    two name them differently, and nothing is known of any."""
    billed = {line.call.account for line in result.bill} | {line.record.account for line in result.usage}
    ours = {line.call.account for line, _ in result.log.counted() if line.step == EXPECTED} - {""}
    if ours <= billed or not ours & billed:
        return {}  # see `named_otherwise`
    expected: dict[tuple[str, str], Measure] = {}
    for line, times in result.log.counted():
        if line.step == EXPECTED and line.call.account in ours - billed:
            its = expected.setdefault((line.call.account, line.currency), Measure())
            its.plus(expected_of(line).times(times))
    return expected


def named_otherwise(ours: Collection[str], theirs: Collection[str]) -> bool:
    """Whether two sides that name accounts have none in common: a log of a subaccount beside sums of the main
    one. Their sums are compared as if they were of one, and so they stand in the books once."""
    return any(ours) and any(theirs) and not set(ours) & set(theirs) - {""}


def sentences_of_unbilled(result: Reconciliation) -> list[str]:
    """By usage records no finding of a call says it."""
    if result.mode != "totals":
        return []
    ours = {line.call.account for line, _ in result.log.counted() if line.step == EXPECTED}
    theirs = {line.record.account for line in result.usage if line.in_total}
    if "" not in ours and named_otherwise(ours, theirs):
        names = (in_quotes(sorted(filter(None, each))) for each in (ours, theirs))
        return [
            "The log is of account {}, the bill of {}: they are compared as if they were one.".format(*names)
        ]
    return [
        f"The bill has nothing of account {account}, of which we expect "
        f"{measure(its, currency, result.costs_compared)}: the variance is lower by that."
        for (account, currency), its in unbilled_accounts(result).items()
    ]
