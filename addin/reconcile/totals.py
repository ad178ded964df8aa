"""Findings by category and by day, and calls whose currency the bill does not have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from addin.reconcile.bridge import expected_of, usage_of
from addin.reconcile.compare import Comparison, Pair
from addin.reconcile.findings import Finding
from addin.reconcile.lines import EXPECTED, LogLine, UsageLine
from addin.reconcile.measure import Measure, Tolerance
from addin.reconcile.usage import concerns_calls
from addin.reconcile.wording import amount, listed, measure


def of_categories(
    comparison: Comparison,
    explained: dict[tuple[str, str], Measure],
    billed_currencies: set[str],
    tolerance: Tolerance,
    patterns: Sequence[str],
    with_cost: bool,
) -> Iterator[Finding]:
    """Each category that differs beyond what calls with findings of their own explain."""
    for (unit, currency), pair in sorted(comparison.categories.items()):
        rest = pair.variance - explained.get((unit, currency), Measure())
        if currency in billed_currencies and tolerance.exceeded_by(rest):
            note = f"{unit}: billed {measure(pair.billed, currency, with_cost)}; expected "
            note += f"{measure(pair.expected, currency, with_cost)}."
            yield _finding("category", pair, currency, " ".join([note, *patterns]))


def of_days(
    comparison: Comparison,
    explained: dict[tuple[date, str, str], Measure],
    billed_currencies: set[str],
    tolerance: Tolerance,
    patterns: Sequence[str],
    with_cost: bool,
) -> Iterator[Finding]:
    """Each day that differs in any category: one finding with the day's sums, so that opposite differences
    of two categories do not hide each other."""
    days: dict[tuple[date, str], Pair] = {}
    different: dict[tuple[date, str], list[str]] = {}
    for (day, unit, currency), pair in comparison.days.items():
        whole = days.setdefault((day, currency), Pair())
        whole.expected.plus(pair.expected)
        whole.billed.plus(pair.billed)
        rest = pair.variance - explained.get((day, unit, currency), Measure())
        if currency in billed_currencies and tolerance.exceeded_by(rest):
            different.setdefault((day, currency), []).append(unit)
    for (day, currency), units in sorted(different.items()):
        pair = days[day, currency]
        note = f"{day} ({listed(units)}): variance {measure(pair.variance, currency, with_cost)}."
        yield _finding("day", pair, currency, " ".join([note, *patterns]))


def _finding(kind: str, pair: Pair, currency: str, note: str) -> Finding:
    return Finding(kind, expected=pair.expected, billed=pair.billed, currency=currency, note=note)


def of_currencies(log: Sequence[LogLine], billed_currencies: set[str], with_usage: bool) -> Iterator[Finding]:
    """Calls that cannot be compared: the bill has nothing in their currency, or their log another one."""
    for line in log:
        if line.step != EXPECTED:
            continue
        cost = amount(expected_of(line).cost, line.currency)
        note = ""
        if line.call.currency and line.currency != line.call.currency:
            note = f"The rate card says {line.currency}, the log {line.call.currency}; expected {cost}."
        elif with_usage and line.currency not in billed_currencies:
            note = f"The bill has nothing in {line.currency or 'no currency'}; expected {cost}, kept apart."
        if note:
            yield Finding(
                "currency",
                line.call.call_id,
                log=line.call.place,
                expected=expected_of(line),
                currency=line.currency,
                note=note,
            )


def of_usage(lines: Sequence[UsageLine], tolerance: Tolerance) -> Iterator[Finding]:
    """Usage records that are given twice or cannot be split at the month's end, and a month's record that
    contradicts its own days."""
    for line in lines:
        record = line.record
        if line.reason not in ("copy", "crosses the month") or not concerns_calls(record):
            continue
        note = f"Usage of {record.category}, {record.start_on} to {record.end_on}, is given twice; left out."
        kind = "duplicate"
        if line.reason == "crosses the month":
            note = f"Usage of {record.category} covers {record.start_on} to {record.end_on}, which is not "
            note += "within the month: it cannot be split. Ask for the month's or daily records."
            kind = "unreadable"
        yield Finding(kind, bill=record.place, currency=record.currency, note=note)
    for (unit, currency), pair in sorted(_months_and_days(lines).items()):
        if tolerance.exceeded_by(pair.variance):
            note = f"{unit}: the bill's record of the month says {measure(pair.billed, currency)}, "
            note += f"its own days sum to {measure(pair.expected, currency)}. The month's record is compared."
            yield _finding("category", pair, currency, note)


def _months_and_days(lines: Sequence[UsageLine]) -> dict[tuple[str, str], Pair]:
    """The month's own record (billed) and the sum of its days (expected), where both are given."""
    pairs: dict[tuple[str, str], Pair] = {}
    for line in lines:
        if line.in_days and not line.in_total:
            pairs.setdefault((line.unit, line.record.currency), Pair()).expected.plus(usage_of(line))
    for line in lines:
        if line.in_total and (pair := pairs.get((line.unit, line.record.currency))):
            pair.billed.plus(usage_of(line))
    return pairs
