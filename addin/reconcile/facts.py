"""What stands out in a month, in a few sentences: plain counts and sums, no interpretation."""

from __future__ import annotations

from collections import Counter
from datetime import time
from fractions import Fraction
from typing import TYPE_CHECKING

from addin.reconcile.expectation import LOG_PRICES
from addin.reconcile.findings import Finding, is_pending
from addin.reconcile.lines import BILLED, DUPLICATES, EXPECTED, OUTSIDE, RATE, UNKNOWN_STATUS, UNRATED
from addin.reconcile.measure import Measure
from addin.reconcile.patterns import day_variances
from addin.reconcile.wording import amount, calls, counted, listed, signed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from addin.reconcile.lines import BillLine
    from addin.reconcile.reconciliation import Reconciliation

_FEW_DAYS = 5
_BY_CALL = {
    "missing-in-bill": "missing in the bill",
    "missing-in-log": "missing in the log",
    "status": "answered on one side only",
    "duration": "billed for another time",
    "rate": "billed at another price",
}
_OTHER_MONEY = ("no-rate", "unknown-status", "unreadable", "price-pending")
_ENOUGH_TO_TELL = 5
"""Calls that all start at midnight sharp are no chance from this many on."""


def facts_of(result: Reconciliation) -> list[str]:
    """Sentences for the Summary and the terminal, what was left out first."""
    return [
        sentence
        for sentence in (
            _cost_not_compared(result),
            _unread(result),
            _unknown(result),
            _unrated(result),
            _pending(result),
            *_left_out_of_bill(result),
            part_of_month(result),
            _no_time_of_day(result),
            _agrees_anyway(result),
            _currencies(result),
            *_days(result),
            *_by_call(result),
            _largest(result),
            _copies(result),
        )
        if sentence
    ]


def _cost_not_compared(result: Reconciliation) -> str:
    reasons = []
    if result.cost_basis is None:
        reasons.append("the log has no prices and no rate card was given")
    if not result.billed_has_prices:
        reasons.append("the bill has no prices")
    return f"Only calls and minutes are compared, not the cost: {' and '.join(reasons)}." if reasons else ""


def _unread(result: Reconciliation) -> str:
    rows = [finding for finding in result.findings if finding.kind == "unreadable"]
    if not rows:
        return ""
    first = rows[0]
    problem = first.note.rstrip(".")
    text = f"{counted(len(rows), 'row')} could not be read, the first at {first.unread}: {problem}."
    return " ".join([text, *_missed(result, rows)])


def _missed(result: Reconciliation, rows: list[Finding]) -> list[str]:
    """The difference that rows left out make, where the bill tells."""
    found = []
    for currency in result.currencies:
        total = sum((each.variance for each in rows if each.currency == currency), Measure())
        if total:
            they = "It makes" if len(rows) == 1 else "They make"
            found.append(f"{they} a difference of {_signed(total, currency, result)}.")
    return found


def _unknown(result: Reconciliation) -> str:
    statuses = Counter(line.call.status for line in result.log if line.step == UNKNOWN_STATUS)
    if not statuses:
        return ""
    names = listed([f"{name!r} ({count})" for name, count in statuses.most_common(3)])
    return f"{calls(statuses.total())} left out, because a status is not known: {names}."


def _unrated(result: Reconciliation) -> str:
    lines = [line for line in result.log if line.step == UNRATED]
    if not lines:
        return ""
    first = lines[0]
    why = f"{first.rate_problem} ({first.call.place})"
    billed = []
    for currency in result.currencies if result.costs_compared else ():
        its = [line for line in result.bill if line.step == RATE and line.currency == currency]
        if its:
            billed.append(_cost_of(its, currency))
    of_bill = f" The bill charges {listed(billed)} for them: step 'rate'." if billed else ""
    return f"{calls(len(lines))} left out, because no rate is agreed: {why}.{of_bill}"


def _pending(result: Reconciliation) -> str:
    """By a rate card the cost of such a call is known all the same."""
    pending = (each.call for each in result.findings if each.kind == "price-pending")
    lines = [call for call in pending if call is not None and is_pending(call)]
    if not lines or result.cost_basis != LOG_PRICES:
        return ""
    has = "has" if len(lines) == 1 else "have"
    return (
        f"{calls(len(lines))} of the log {has} no price yet: what they cost is missing in the expected total."
    )


def _cost_of(lines: Sequence[BillLine], currency: str) -> str:
    return amount(sum((line.cost or Fraction(0) for line in lines), Fraction(0)), currency)


def _left_out_of_bill(result: Reconciliation) -> list[str]:
    """What ties the records that are compared to the sum of the bill's files."""
    found = []
    for currency in result.currencies:
        its = [line for line in result.bill if line.currency == currency]
        outside = [line for line in its if line.step == OUTSIDE]
        copies = [line for line in its if line.step == DUPLICATES]
        parts = []
        if outside:
            count = counted(len(outside), "record")
            parts.append(f"{count} outside the month ({_cost_of(outside, currency)})")
        if copies:
            count = counted(len(copies), "copy", "copies")
            parts.append(
                f"{count} ({_cost_of(copies, currency)}: if the invoice charges them too, dispute them)"
            )
        if parts:
            found.append(
                f"Left out of the bill: {listed(parts)}. With them its records sum to "
                f"{_cost_of(its, currency)}."
            )
    return found


def part_of_month(result: Reconciliation) -> str:
    """Whether the usage records stop short of days at the month's ends on which we expect calls."""
    spans = [(line.record.start_on, line.record.end_on) for line in result.usage if line.in_total]
    if not spans:
        return ""
    first, last = min(start for start, _ in spans), max(end for _, end in spans)
    days = (line.call.started_at.date() for line in result.log if line.step == EXPECTED)
    if all(first <= day <= last for day in days):
        return ""
    return f"The bill's usage covers {first} to {last}, not the whole month: ask for the other days."


def _no_time_of_day(result: Reconciliation) -> str:
    starts = [line.call.started_at for line in result.log]
    if len(starts) < _ENOUGH_TO_TELL or any(start.time() != time() for start in starts):
        return ""
    return (
        "Every call of the log starts at 00:00:00 UTC: the time of day is missing. Where it has a column of "
        "its own, name that as start_time in the mapping."
    )


def _agrees_anyway(result: Reconciliation) -> str:
    pairs = result.comparison.categories.values()
    if result.verdict != "out of balance" or any(pair.variance for pair in pairs):
        return ""
    if any(steps[BILLED] - steps[EXPECTED] for steps in result.bridges.values()):
        return ""
    if any(pair.variance for pair in result.comparison.days.values()):
        return "The totals agree, but not every day does."
    return "All totals agree; it is out of balance because of what is said here and in the findings."


def _currencies(result: Reconciliation) -> str:
    expected = {line.currency for line in result.log if line.step == EXPECTED}
    billed = {currency for currency, steps in result.bridges.items() if steps["billed"]}
    if not expected or not billed or expected & billed:
        return ""
    ours, theirs = (listed(sorted(name or "no currency" for name in names)) for names in (expected, billed))
    return f"We expect {ours}, the bill is in {theirs}: nothing can be compared."


def _days(result: Reconciliation) -> list[str]:
    found = []
    for currency in result.currencies if result.mode == "totals" else ():
        days = day_variances(result.comparison, currency)
        different = {day: variance for day, variance in days.items() if variance}
        if 0 < len(different) <= _FEW_DAYS:
            told = [f"{day} ({_signed(variance, currency, result)})" for day, variance in different.items()]
            found.append(f"The days that differ: {listed(told)}.")
        elif different:
            found.append(f"{len(different)} of {len(days)} days differ.")
    return found


def _signed(variance: Measure, currency: str, result: Reconciliation) -> str:
    return signed(variance, currency, result.costs_compared)


def _by_call(result: Reconciliation) -> list[str]:
    """Each kind with its calls and their sum, currency by currency."""
    found = []
    for kind, words in _BY_CALL.items():
        for currency in result.currencies:
            its = [each for each in result.findings if each.kind == kind and each.currency == currency]
            if its:
                total = sum((each.variance for each in its), Measure())
                found.append(f"{calls(len(its))} {words}: {_signed(total, currency, result)}.")
    return found


def _largest(result: Reconciliation) -> str:
    kinds = (*_BY_CALL, *_OTHER_MONEY)
    money = [each for each in result.findings if each.kind in kinds and each.variance.cost]
    if not result.costs_compared or len(money) < 2:
        return ""
    largest: Finding = max(money, key=lambda each: abs(each.variance.cost))
    place = largest.log or largest.bill
    return f"The largest difference is at {place}: {_signed(largest.variance, largest.currency, result)}."


def _copies(result: Reconciliation) -> str:
    copies = Counter(line.call.place.file for line in result.log if line.step == DUPLICATES)
    if not copies:
        return ""
    return f"{counted(copies.total(), 'copy', 'copies')} of calls in {listed(sorted(copies))} left out."
