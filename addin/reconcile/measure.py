"""Calls, minutes and cost, added exactly: what every step, category and day is made of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Self

from udfs.rating.rounding import round_quotient

MS_PER_MINUTE = 60_000
PRINTED_PLACES = 10
"""Minutes and unrounded costs seldom end: they are printed to this many places."""


def printed(value: Fraction | int, places: int = PRINTED_PLACES) -> Decimal:
    """The decimal that is shown for an exact value: at most 10 places, no trailing zeros.

    >>> str(printed(Fraction(91, 600))), str(printed(Fraction(120)))
    ('0.1516666667', '120')
    """
    scaled = round_quotient(value.numerator * 10**places, value.denominator, "half-up")
    digits = str(abs(scaled)).rjust(places + 1, "0")
    text = f"{digits[:-places]}.{digits[-places:]}".rstrip("0").rstrip(".")
    return Decimal(f"-{text}" if scaled < 0 else text)


def printed_seconds(ms: int) -> Decimal:
    """
    >>> str(printed_seconds(9_100))
    '9.1'
    """
    return printed(Fraction(ms, 1000))


def printed_minutes(ms: int | Fraction) -> Decimal:
    """
    >>> str(printed_minutes(9_100))
    '0.1516666667'
    """
    return printed(Fraction(ms, MS_PER_MINUTE))


@dataclass(slots=True)
class Measure:
    """A sum. Time is kept in milliseconds (an integer unless a provider's sum is finer) and cost as
    an exact fraction of the currency unit, so that nothing is rounded before it is printed.

    >>> total = Measure()
    >>> total.add(calls=1, ms=60_000, cost=Fraction(14, 1000))
    >>> (total - Measure(1, 30_000, Fraction(0))).minutes
    Fraction(1, 2)
    """

    calls: int = 0
    ms: int | Fraction = 0
    cost: Fraction = Fraction(0)
    unpriced: int = field(default=0, compare=False)
    """Records among them whose cost is not known: `cost` lacks it. A difference lacks what each side does."""

    def add(self, calls: int, ms: int | Fraction, cost: Fraction | None) -> None:
        self.calls += calls
        self.ms += ms
        if cost:
            self.cost += cost

    def plus(self, other: Measure) -> None:
        self.add(other.calls, other.ms, other.cost)
        self.unpriced += other.unpriced

    @property
    def minutes(self) -> Fraction:
        return Fraction(self.ms) / MS_PER_MINUTE

    def __add__(self, other: Self) -> Measure:
        unpriced = self.unpriced + other.unpriced
        return Measure(self.calls + other.calls, self.ms + other.ms, self.cost + other.cost, unpriced)

    def __sub__(self, other: Self) -> Measure:
        unpriced = self.unpriced + other.unpriced
        return Measure(self.calls - other.calls, self.ms - other.ms, self.cost - other.cost, unpriced)

    def __neg__(self) -> Measure:
        return Measure(-self.calls, -self.ms, -self.cost, self.unpriced)

    def __bool__(self) -> bool:
        return bool(self.calls or self.ms or self.cost)


class Running:
    """The sum of many measures, each so many times. Costs have few denominators: those of one are added as
    whole numbers, and only their sums as fractions.

    >>> total = Running()
    >>> total.add(Measure(1, 60_000, Fraction(14, 1000)), times=3)
    >>> total.whole()
    Measure(calls=3, ms=180000, cost=Fraction(21, 500), unpriced=0)
    """

    __slots__ = ("_calls", "_cost", "_ms", "_unpriced")

    def __init__(self) -> None:
        self._calls, self._unpriced = 0, 0
        self._ms: int | Fraction = 0
        self._cost = Amounts()

    def add(self, one: Measure, times: int) -> None:
        self._calls += one.calls * times
        self._ms += one.ms * times
        self._unpriced += one.unpriced * times
        self._cost.add(one.cost, times)

    def whole(self) -> Measure:
        return Measure(self._calls, self._ms, self._cost.whole(), self._unpriced)


class Amounts:
    """The sum of many amounts, each so many times.

    >>> Amounts([(Fraction(1, 4), 3), (Fraction(1, 2), 1)]).whole()
    Fraction(5, 4)
    """

    __slots__ = ("_by_denominator",)

    def __init__(self, each: Iterable[tuple[Fraction, int]] = ()) -> None:
        """`each` are amounts and how often they are there."""
        self._by_denominator: dict[int, int] = defaultdict(int)
        for amount, times in each:
            self.add(amount, times)

    def add(self, amount: Fraction, times: int) -> None:
        numerator, denominator = amount.as_integer_ratio()
        self._by_denominator[denominator] += numerator * times

    def whole(self) -> Fraction:
        parts = (Fraction(sum_of, denominator) for denominator, sum_of in self._by_denominator.items())
        return sum(parts, Fraction(0))


@dataclass(frozen=True, slots=True)
class Tolerance:
    """Allowed absolute variance of every compared unit, inclusive. Without any, calls must agree too."""

    minutes: Fraction = Fraction(0)
    amount: Fraction = Fraction(0)

    def exceeded_by(self, variance: Measure) -> bool:
        """
        >>> Tolerance(minutes=Fraction(1)).exceeded_by(Measure(1, 60_000))
        False
        >>> Tolerance().exceeded_by(Measure(1))
        True
        """
        if not self.minutes and not self.amount:
            return bool(variance)
        return abs(variance.minutes) > self.minutes or abs(variance.cost) > self.amount
