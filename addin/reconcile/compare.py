"""Expected against billed by category and by day, where the bill says enough to compare."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from addin.reconcile.bill_lines import BillLines
from addin.reconcile.bridge import usage_currency, usage_of
from addin.reconcile.lines import EXPECTED, UsageLine
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


def compare_calls(log: LogLines, bill: BillLines, month: Period) -> Comparison:
    """By the bill's own categories and by day. A matched call is compared within one category (its record's)
    and one day (the log's), so that two clocks that differ by seconds make no difference at midnight."""
    charged = bill.select(lambda record: record.counts)
    units = {record.category for record, _ in charged.counted()}
    apart = CLIENT in units or any(record.call.provider == "twilio" for record, _ in bill.counted())
    _set_units(log, {CALLS}, apart)
    categories: dict[tuple[str, str], Pair] = {}
    days: dict[tuple[date, str, str], Pair] = {}
    for (day, key), its in charged.by_day(lambda record: (record.category, record.currency)).items():
        _pair(categories, key).billed.plus(its)
        _pair(days, (day, *key)).billed.plus(its)
    expected = log.select(lambda line: line.step == EXPECTED)
    for line, _ in expected.counted():
        if line.bill is not None and line.bill.counts:
            line.unit = line.bill.call.category
    for (day, key), its in expected.by_day(lambda line: (line.unit, line.currency)).items():
        _pair(categories, key).expected.plus(its)
        _pair(days, (day, *key)).expected.plus(its)
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
