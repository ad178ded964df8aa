"""The daily and hourly totals of both sides, in UTC, side by side."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from addin.investigation.pairs import CallPair
from addin.investigation.sums import Sides, Sums
from addin.reconcile.lines import EXPECTED
from addin.reconcile.measure import Measure, Tolerance
from addin.reconcile.reconciliation import CALLS, Reconciliation


def by_day(result: Reconciliation, pairs: Iterable[CallPair], currency: str) -> dict[date, Sides]:
    """Every day of the period; empty where the bill has no daily records.

    A call that both sides have stands on the day of our record: clocks that differ by seconds make no
    difference at midnight. Of usage records, the categories that the bill gives by day.
    """
    if result.mode == CALLS:
        days = {day: Sides() for day in result.question.month.days()}
        for pair in pairs:
            if pair.currency == currency:
                add(days[pair.day], pair, result.question.tolerance)
        return days
    return _of_usage(result, currency)


def by_hour(pairs: Iterable[CallPair], tolerance: Tolerance) -> dict[int, Sides]:
    """The 24 hours of one day, by the start of each call."""
    hours = {hour: Sides() for hour in range(24)}
    for pair in pairs:
        add(hours[pair.started_at.hour], pair, tolerance)
    return hours


def add(sides: Sides, pair: CallPair, tolerance: Tolerance) -> None:
    """Count a call on the side or sides that have it; its own difference if that is beyond the tolerance."""
    sides.ours.plus(pair.our_sums)
    sides.theirs.plus(pair.their_sums)
    if pair.is_credit:
        sides.credits += pair.their_sums.cost
        return
    single = pair.variance
    if tolerance.exceeded_by(single):
        sides.single.plus(Measure(abs(single.calls), _size(single.ms), abs(single.cost)))


def _size(ms: int | Fraction) -> int | Fraction:
    return ms if ms >= 0 else -ms


def whole_of(result: Reconciliation, currency: str) -> Sides:
    """The whole period by usage records, where the bill has no daily ones."""
    whole = Sides()
    for (_, its), pair in result.comparison.categories.items():
        if its == currency:
            whole.ours.plus(_sums(pair.expected))
            whole.theirs.plus(_sums(pair.billed))
    for line, times in result.log.counted():
        if line.step == EXPECTED and line.currency == currency:
            whole.ours.talked_ms += line.call.duration_ms * times
    return whole


def _of_usage(result: Reconciliation, currency: str) -> dict[date, Sides]:
    comparison = result.comparison
    days: dict[date, Sides] = {}
    for (day, _, its), pair in comparison.days.items():
        if its == currency:
            sides = days.setdefault(day, Sides())
            sides.ours.plus(_sums(pair.expected))
            sides.theirs.plus(_sums(pair.billed))
    lines = result.log.select(
        lambda line: (
            line.step == EXPECTED and line.currency == currency and line.unit in comparison.day_categories
        )
    )
    talked_by_day = lines.by_day(lambda line: None, lambda line: Measure(ms=line.call.duration_ms))
    for (day, _), talked in talked_by_day.items():
        if day in days:
            days[day].ours.talked_ms += int(talked.ms)
    return dict(sorted(days.items()))


def _sums(measure: Measure) -> Sums:
    return Sums(measure.calls, 0, measure.ms, measure.cost, measure.unpriced)
