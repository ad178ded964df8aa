"""Billed time and cost over columns.

Billed time is counted in steps: step 0 is no time, step k is `base + k x increment`. The cost is N / D with
whole N and D, rounded as `(N + offset) // D`, and shown by one division by 10^places.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from math import gcd
from typing import Any

import numpy as np

from udfs.cell_values import duration_ms, number
from udfs.errors import CellError
from udfs.rating.columns.arrays import (
    INT32,
    INT64,
    Array,
    Flags,
    Floats,
    Integers,
    Redo,
    Scratch,
    blocks,
    either,
    finished,
    floats,
    places,
)
from udfs.rating.columns.reading import WIDEST_RATE, read_ms, read_rates
from udfs.rating.cost import MS_PER_MINUTE, Terms

SCALES = (6, 9, 12)
LONGEST_TABLE = 65_536
EXACT_FLOAT = 2**53


@dataclass(frozen=True, slots=True)
class Steps:
    """Billed time in steps: step 0 is none, step k is base_ms + k x increment_ms (1 ms for exact time)."""

    minimum_ms: int
    increment_ms: int

    @classmethod
    def of(cls, minimum_ms: int, increment_ms: int) -> Steps:
        return cls(minimum_ms, increment_ms or 1)

    @property
    def is_plain(self) -> bool:
        """Whether counting increments from 0 gives the same."""
        return self.minimum_ms in (0, self.increment_ms)

    @property
    def room_ms(self) -> int:
        """The most that counting adds to milliseconds or takes from them."""
        return self.minimum_ms + self.increment_ms

    @property
    def base_ms(self) -> int:
        return 0 if self.is_plain else self.minimum_ms - self.increment_ms

    def count(self, ms: Integers) -> Integers:
        """Milliseconds become steps, in place."""
        if self.is_plain:
            ms += self.increment_ms - 1
            ms //= self.increment_ms
            return ms
        answered = ms > 0
        ms += self.increment_ms - 1 - self.minimum_ms
        ms //= self.increment_ms
        np.maximum(ms, 0, out=ms)
        ms += 1
        ms *= answered
        return ms

    def ms(self, steps: Integers) -> Integers:
        """Steps become billed milliseconds."""
        if self.is_plain:
            return steps * self.increment_ms
        return (steps * self.increment_ms + self.base_ms) * (steps > 0)


def billed_ms(durations_ms: Integers, minimum_ms: int, increment_ms: int) -> Integers:
    """`duration.billed_ms` over a column of whole milliseconds; negative durations are not billed.

    >>> billed_ms(np.array([0, 7_000, 31_000]), 30_000, 6_000)
    array([    0, 30000, 36000])
    """
    ms = np.maximum(np.asarray(durations_ms, np.int64), 0)
    largest = int(ms.max(initial=0))
    if max(largest, minimum_ms) + 2 * increment_ms + minimum_ms > INT64:
        raise OverflowError("durations do not fit 64 bits")
    steps = Steps.of(minimum_ms, increment_ms)
    return steps.ms(steps.count(ms))


def billed_minutes(durations: Array, minimum_ms: int, increment_ms: int, redo: Redo | None = None) -> Array:
    """Billed minutes over a column of seconds.

    >>> billed_minutes(np.array([80.0, 0.0, 61.0]), 60_000, 60_000)
    array([2., 0., 2.])
    """
    seconds = floats(durations)
    minutes = np.empty(len(seconds))
    terms = Terms(Fraction(0), minimum_ms, increment_ms)
    if redo is None:
        redo = _scalar(lambda place: _minutes(terms, durations[place]))
    if minimum_ms + increment_ms > EXACT_FLOAT // 4:
        return finished(minutes, range(len(seconds)), redo)
    steps = Steps.of(minimum_ms, increment_ms)
    found = []
    scratch = Scratch(len(seconds))
    with np.errstate(all="ignore"):
        for part in blocks(len(seconds)):
            ms, bad = read_ms(seconds[part], max(steps.room_ms, minimum_ms), scratch)
            np.true_divide(steps.ms(steps.count(ms)), MS_PER_MINUTE, out=minutes[part])
            if bad is not None:
                found.append((part.start, bad))
    return finished(minutes, places(found), redo)


def call_cost(durations: Array, rates: Array | Fraction, terms: Terms, redo: Redo | None = None) -> Array:
    """The cost of each call of a column of seconds, at one rate or a column of rates a minute.

    The rate of `terms` is not looked at, and its rounding of durations and its anchor must be the defaults.

    >>> call_cost(np.array([9.1, 61.0]), Fraction("0.005"), Terms(Fraction(0)))
    array([0.005, 0.01 ])
    """
    seconds = floats(durations)
    costs = np.empty(len(seconds))
    constant = rates if isinstance(rates, Fraction) else None
    column = None if isinstance(rates, Fraction) else floats(rates)
    if redo is None:
        redo = _scalar(lambda place: _cost(terms, durations[place], rates, place))
    scales = SCALES if constant is None else range(16)
    plans = [plan for scale in scales if (plan := _Plan.of(terms, scale)) is not None]
    if constant is not None:
        plans = [plan for plan in plans if (constant * 10**plan.scale).denominator == 1][:1]
    if not plans or (constant is not None and constant >= WIDEST_RATE):
        return finished(costs, range(len(seconds)), redo)
    found = []
    scratch = Scratch(len(seconds))
    table: Floats | None = None
    with np.errstate(all="ignore"):
        for part in blocks(len(seconds)):
            ms, bad = read_ms(seconds[part], plans[0].steps.room_ms, scratch)
            steps = plans[0].steps.count(ms)
            most = int(steps.max(initial=0))
            if column is None and constant is not None:
                rate = int(constant * 10 ** plans[0].scale)
                if most < min(LONGEST_TABLE, len(seconds) // 4) and plans[0].fits(most, rate):
                    if table is None or len(table) <= most:
                        table = np.empty(most + 1)
                        plans[0].costs(np.arange(most + 1), rate, most, table)
                    table.take(steps, out=costs[part], mode="clip")
                else:
                    wide = plans[0].costs(steps, rate, most, costs[part])
                    bad = either(bad, wide)
            elif column is not None:
                place, units, unread = read_rates(column[part], [plan.scale for plan in plans], scratch)
                wide = plans[place].costs(steps, units, most, costs[part])
                bad = either(either(bad, unread), wide)
            if bad is not None:
                found.append((part.start, bad))
    return finished(costs, places(found), redo)


@dataclass(frozen=True, slots=True)
class _Plan:
    """Cost at one scale of rates: `((base + k x step) x R + offset) // divisor / 10^places`, all whole."""

    steps: Steps
    scale: int
    base: int
    step: int
    offset: int
    divisor: int
    shown: int | None
    """10^places; None for no rounding."""
    has_fee: bool

    @classmethod
    def of(cls, terms: Terms, scale: int) -> _Plan | None:
        """The plan, or None where its numbers are not whole at this scale or do not fit."""
        steps = Steps.of(terms.minimum_ms, terms.increment_ms)
        if terms.minimum_ms + terms.increment_ms > EXACT_FLOAT // 4:
            return None
        exact = terms.rounding == "none"
        divisor = Fraction(MS_PER_MINUTE * 10**scale)
        if not exact:
            divisor /= 10**terms.places
        if divisor.denominator != 1 or divisor.numerator % 2:
            return None
        common = gcd(steps.increment_ms, steps.base_ms, divisor.numerator // 2)
        whole = divisor.numerator // common  # even still, so that its half is whole
        fee = terms.connect_fee * (1 if exact else 10**terms.places) * whole
        extra = {"up": whole - 1, "half-up": whole // 2, "half-down": whole // 2 - 1}.get(terms.rounding, 0)
        if fee.denominator != 1 or fee + extra > INT64 // 2 or whole > INT64 // 2:
            return None
        return cls(
            steps=steps,
            scale=scale,
            base=steps.base_ms // common,
            step=steps.increment_ms // common,
            offset=fee.numerator + extra,
            divisor=whole,
            shown=None if exact else 10**terms.places,
            has_fee=fee > 0,
        )

    def fits(self, most: int, rate: int) -> bool:
        """Whether every cost up to these is exact in int64 and as a float."""
        largest = self.largest(most, rate)
        return largest <= INT64 and (largest if self.shown is None else largest // self.divisor) < EXACT_FLOAT

    def largest(self, most: int, rate: int) -> int:
        """The largest number on the way to a cost."""
        return (abs(self.base) + most * self.step) * rate + self.offset

    def costs(self, steps: Integers, rate: Integers | int, most: int, out: Floats) -> Flags | None:
        """The costs, and flags where int64 or a float would not hold them. Uses up the steps."""
        wide: Flags | None = None
        longest = abs(self.base) + most * self.step
        largest_rate = rate if isinstance(rate, int) else int(rate.max(initial=0))
        if max(longest, 1) * largest_rate + self.offset > INT64:
            if longest > INT64 // 2 or isinstance(rate, int):
                return np.ones(len(steps), np.bool_)
            wide = rate > (INT64 - self.offset) // longest
            rate = np.where(wide, 0, rate)
        answered = steps > 0 if self.base or self.has_fee else None
        amounts = steps  # they are not needed again
        if max(self.largest(max(most, 1), max(largest_rate, 1)), self.divisor) > INT32 or (
            not isinstance(rate, int) and rate.dtype != steps.dtype
        ):
            amounts = steps.astype(np.int64, copy=False)
        if self.step != 1:
            amounts *= self.step
        if self.base:
            amounts += self.base
        amounts *= rate
        if self.offset:
            amounts += self.offset
        if answered is not None:
            amounts *= answered
        if self.shown is not None:
            amounts //= self.divisor
        if not self.fits(most, largest_rate):
            wide = either(wide, amounts >= EXACT_FLOAT)
        np.true_divide(amounts, float(self.divisor if self.shown is None else self.shown), out=out)
        return wide


def _scalar(rule: Redo) -> Redo:
    """A rule whose errors stand in the column."""

    def redo(place: int) -> Any:
        try:
            return rule(place)
        except CellError as error:
            return error.value

    return redo


def _minutes(terms: Terms, duration: Any) -> float:
    return float(Fraction(terms.billed_ms(duration_ms(float(duration))), MS_PER_MINUTE))


def _cost(terms: Terms, duration: Any, rates: Array | Fraction, place: int) -> float:
    rate = rates if isinstance(rates, Fraction) else number(float(rates[place]), "rate")
    return float(replace(terms, rate=rate).cost(duration_ms(float(duration))))
