"""Expected against billed by category and by day, where the bill says enough to compare."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from addin.reconcile.bridge import billed_of, usage_currency, usage_of
from addin.reconcile.lines import EXPECTED, BillLine, UsageLine, expected_of
from addin.reconcile.log_lines import LogLines
from addin.reconcile.measure import Measure
from addin.reconcile.period import Period
from addin.reconcile.usage import CALLS, CLIENT, unit_of

K = TypeVar("K")


@dataclass(slots=True)
class Pair:
    """One compared unit: what we expect and what is billed."""

    expected: Measure = field(default_factory=Measure)
    billed: Measure = field(default_factory=Measure)
    with_cost: bool = True
    """Whether both sides have prices; without, the cost is no part of the variance."""

    @property
    def variance(self) -> Measure:
        variance = self.billed - self.expected
        return variance if self.with_cost else Measure(variance.calls, variance.ms)


@dataclass(slots=True)
class Comparison:
    """The compared units of a month, keyed by (category, currency) and by (day, category, currency).

    `days` is empty where the bill has no daily records.
    """

    categories: dict[tuple[str, str], Pair]
    days: dict[tuple[date, str, str], Pair]
    day_categories: frozenset[str]
    """The categories that the bill gives by day: only those are in `days`."""


def compare_usage(
    log: LogLines, usage: Sequence[UsageLine], currencies: Sequence[str], month: Period
) -> Comparison:
    """By the categories of the usage records; by day for those categories that have daily records."""
    units = {line.unit for line in usage if line.unit}
    apart = CLIENT in units or any(line.record.provider == "twilio" for line in usage if line.unit)
    with_days = frozenset(line.unit for line in usage if line.in_days)
    _set_units(log, units, apart)
    categories: dict[tuple[str, str], Pair] = {}
    days: dict[tuple[date, str, str], Pair] = {}
    for line in usage:
        currency = usage_currency(line, currencies)
        if line.in_total:
            _pair(categories, (line.unit, currency)).billed.plus(usage_of(line))
        if line.in_days:
            _pair(days, (line.record.start_on, line.unit, currency)).billed.plus(usage_of(line))
    expected = log.select(lambda line: line.step == EXPECTED)
    for (day, (unit, currency)), its in expected.by_day(lambda line: (line.unit, line.currency)).items():
        _pair(categories, (unit, currency)).expected.plus(its)
        if unit in with_days:
            _pair(days, (day, unit, currency)).expected.plus(its)
    return Comparison(categories, _all_days(days, month), with_days)


def compare_calls(log: LogLines, bill: Sequence[BillLine], month: Period) -> Comparison:
    """By the bill's own categories and by day. A matched call is compared within one category (its record's)
    and one day (the log's), so that two clocks that differ by seconds make no difference at midnight."""
    units = {line.category for line in bill if line.counts}
    apart = CLIENT in units or any(line.call.provider == "twilio" for line in bill)
    _set_units(log, {CALLS}, apart)
    categories: dict[tuple[str, str], Pair] = {}
    days: dict[tuple[date, str, str], Pair] = {}
    for record in bill:
        if record.counts:
            unit = record.category
            _pair(categories, (unit, record.currency)).billed.plus(billed_of(record))
            _pair(days, (record.compared_on, unit, record.currency)).billed.plus(billed_of(record))
    for line in log.select(lambda line: line.step == EXPECTED):
        if line.bill is not None and line.bill.counts:
            line.unit = line.bill.call.category
        unit = line.unit
        _pair(categories, (unit, line.currency)).expected.plus(expected_of(line))
        _pair(days, (line.call.started_at.date(), unit, line.currency)).expected.plus(expected_of(line))
    met = frozenset(unit for unit, _ in categories)
    return Comparison(categories, _all_days(days, month), met)


def _set_units(log: LogLines, units: set[str], apart: bool) -> None:
    for line, _ in log.counted():
        if line.step == EXPECTED:
            line.unit = unit_of(line.call.category if apart else CALLS, line.call.direction, units)


def _pair(pairs: dict[K, Pair], key: K) -> Pair:
    found = pairs.get(key)
    if found is None:
        found = pairs[key] = Pair()
    return found


def _all_days(days: dict[tuple[date, str, str], Pair], month: Period) -> dict[tuple[date, str, str], Pair]:
    """Every day of the month for each category and currency met, so that a day without calls shows as 0."""
    kinds = sorted({(unit, currency) for _, unit, currency in days})
    return {(day, *kind): days.get((day, *kind)) or Pair() for day in month.days() for kind in kinds}
