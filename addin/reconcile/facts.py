"""What stands out in a month, in a few sentences: plain counts and sums, no interpretation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from addin.reconcile import gaps, unread
from addin.reconcile.findings import Finding
from addin.reconcile.lines import BILLED, EXPECTED, OUTSIDE
from addin.reconcile.measure import Measure
from addin.reconcile.patterns import day_variances
from addin.reconcile.unbilled_accounts import sentences_of_unbilled
from addin.reconcile.wording import amount, calls, listed, signed

if TYPE_CHECKING:
    from addin.reconcile.reconciliation import Reconciliation

_FEW_DAYS = 5
_DAY_MS = 24 * 60 * 60 * 1000
_BY_CALL = {
    "missing-in-bill": "missing in the bill",
    "missing-in-log": "missing in the log",
    "status": "answered on one side only",
    "duration": "billed for another time",
    "rate": "billed at another price",
}
_OTHER_MONEY = ("no-rate", "unknown-status", "unreadable", "price-pending", "credit")


def facts_of(result: Reconciliation) -> list[str]:
    """Sentences for the Summary and the terminal, what was left out first."""
    return [
        sentence
        for sentence in (
            gaps.cost_not_compared(result),
            unread.unread(result),
            gaps.unknown_statuses(result),
            gaps.unrated(result),
            gaps.pending_prices(result),
            *gaps.unpriced(result),
            *gaps.left_out_of_bill(result),
            *gaps.credits_of(result),
            _mostly_other_months(result),
            *_turned(result),
            gaps.part_of_month(result),
            gaps.no_time_of_day(result),
            _agrees_anyway(result),
            _currencies(result),
            *sentences_of_unbilled(result),
            *_days(result),
            *_by_call(result),
            _largest(result),
            gaps.copies_of_calls(result),
            _longer_than_a_day(result),
            *gaps.shared_ids(result),
        )
        if sentence
    ]


def _mostly_other_months(result: Reconciliation) -> str:
    """The month that was asked for may be the wrong one: what is of it agrees all the same."""
    outside = result.log.select(lambda line: line.step == OUTSIDE)
    if len(outside) * 2 <= len(result.log):
        return ""
    start = "starts" if len(outside) == 1 else "start"
    told = f"{len(outside):,} of {calls(len(result.log))} of the log {start} outside {result.question.month}"
    return f"{told}: is it the right one?"


def _turned(result: Reconciliation) -> Iterator[str]:
    """A provider owes nobody a month of calls: the signs of an export may be turned."""
    for currency, steps in result.bridges.items() if result.costs_compared else ():
        for step in (EXPECTED, BILLED):
            if steps[step].cost < 0:
                total = amount(steps[step].cost, currency)
                yield f"The {step} cost is a credit ({total}): turn the signs of what is no credit."


def _agrees_anyway(result: Reconciliation) -> str:
    pairs = result.comparison.categories.values()
    if result.verdict != "out of balance" or any(pair.variance for pair in pairs):
        return ""
    if any(pair.variance.unpriced for pair in pairs) and result.costs_compared:
        return ""
    if any(steps[BILLED] - steps[EXPECTED] for steps in result.bridges.values()):
        return ""
    if any(result.exceeds(pair.variance) for pair in result.comparison.days.values()):
        return "The totals agree, but not every day does."
    return "All totals agree; it is out of balance because of what is said here and in the findings."


def _currencies(result: Reconciliation) -> str:
    expected = {line.currency for line, _ in result.log.counted() if line.step == EXPECTED}
    billed = {currency for currency, steps in result.bridges.items() if steps["billed"]}
    if not expected or not billed or expected & billed:
        return ""
    ours, theirs = (listed(sorted(name or "no currency" for name in names)) for names in (expected, billed))
    return f"We expect {ours}, the bill is in {theirs}: nothing can be compared."


def _longer_than_a_day(result: Reconciliation) -> str:
    """Most often it is a wrong unit, or a wrong row."""
    lines = result.log.select(lambda line: line.step == EXPECTED and line.call.duration_ms > _DAY_MS)
    if not lines:
        return ""
    longest = max((line for line, _ in lines.counted()), key=lambda line: line.call.duration_ms).call
    lasts = "lasts" if len(lines) == 1 else "last"
    hours = f"{longest.duration_ms // 3_600_000:,} hours"
    told = f"{calls(len(lines))} {lasts} more than a day"
    return f"{told}, the longest {hours} ({longest.place}): perhaps a wrong unit."


def _days(result: Reconciliation) -> list[str]:
    found = []
    for currency in result.currencies if result.mode == "totals" else ():
        days = day_variances(result.comparison, currency)
        different = {day: its for day, its in days.items() if result.exceeds(its)}
        if 0 < len(different) <= _FEW_DAYS:
            told = [f"{day} ({_signed(variance, currency, result)})" for day, variance in different.items()]
            found.append(f"The days that differ: {listed(told)}.")
        elif different:
            of = f" in {currency or 'no currency'}" if len(result.currencies) > 1 else ""
            found.append(f"{len(different)} of {len(days)} days differ{of}.")
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
    money = [
        each
        for each in result.findings
        if each.kind in kinds and each.variance.cost and not each.variance.unpriced
    ]
    if not result.costs_compared or len(money) < 2:
        return ""
    largest: Finding = max(money, key=lambda each: abs(each.variance.cost))
    places = " and ".join(str(place) for place in (largest.log, largest.bill) if place)
    return f"The largest difference is at {places}: {_signed(largest.variance, largest.currency, result)}."
