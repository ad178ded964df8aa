"""Which day differs most, and by which measure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from addin.investigation.sums import Sides
from addin.reconcile.measure import Measure, Tolerance

AMOUNT, MINUTES, CALLS = "amount", "billed minutes", "connected calls"
SINGLE = "the differences of single calls, which cancel each other in the daily totals"

Size = tuple[Fraction, Fraction, int]


@dataclass(frozen=True, slots=True)
class Isolated:
    """The day that differs most by a measure; of several the earliest."""

    day: date
    measure: str
    is_small: bool = False
    """Whether no day by itself is beyond the tolerance, only all together."""


def isolate(days: Mapping[date, Sides], tolerance: Tolerance, with_cost: bool) -> Isolated | None:
    """The day that differs most; None where nothing differs. Days within the tolerance may be beyond it
    together: then the largest of them is taken. Credits without a call lead to no day."""
    found = _isolate(days, tolerance, with_cost)
    if found is None:
        together = sum((sides.of_calls(with_cost) for sides in days.values()), Measure())
        if tolerance.exceeded_by(together) and (found := _isolate(days, Tolerance(), with_cost)):
            return replace(found, is_small=True)
    return found


def _isolate(days: Mapping[date, Sides], tolerance: Tolerance, with_cost: bool) -> Isolated | None:
    """By amount where costs are compared; where no day differs in it beyond the tolerance by billed minutes,
    then by calls, then by single calls."""
    found: list[tuple[str, Callable[[Measure], Fraction], Fraction]] = [
        (AMOUNT if with_cost else "", lambda variance: abs(variance.cost), tolerance.amount),
        (MINUTES, lambda variance: abs(variance.minutes), tolerance.minutes),
    ]
    variances = {day: sides.of_calls(with_cost) for day, sides in days.items()}
    for measure, size, allowed in found:
        if measure and (day := _largest({day: size(its) for day, its in variances.items()}, allowed)):
            return Isolated(day, measure)
    if tolerance.minutes or tolerance.amount:
        return _by_single(days, with_cost)
    calls = {day: Fraction(abs(its.calls)) for day, its in variances.items()}
    if day := _largest(calls, Fraction(0)):
        return Isolated(day, CALLS)
    return _by_single(days, with_cost)


def _by_single(days: Mapping[date, Sides], with_cost: bool) -> Isolated | None:
    sizes: dict[date, Size] = {
        day: (sides.single.cost if with_cost else Fraction(0), sides.single.minutes, sides.single.calls)
        for day, sides in days.items()
        if sides.single
    }
    if not sizes:
        return None
    return Isolated(min(sizes, key=lambda day: (_negative(sizes[day]), day)), SINGLE)


def _negative(size: Size) -> Size:
    return -size[0], -size[1], -size[2]


def _largest(sizes: Mapping[date, Fraction], allowed: Fraction) -> date | None:
    over = {day: size for day, size in sizes.items() if size > allowed}
    return min(over, key=lambda day: (-over[day], day)) if over else None
