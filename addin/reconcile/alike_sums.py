"""Sums of figures that many lines share, group by group, exact without a walk over fractions.

All are of whole numbers: milliseconds, and amounts in their smallest common part.
"""

from __future__ import annotations

from fractions import Fraction
from math import lcm

import numpy as np
from numpy.typing import NDArray

from addin.reconcile.measure import Measure

Integers = NDArray[np.int64]

_MOST = 2**62
"""Sums beyond it do not fit into 64 bits, and are added as Python's own integers."""


class Sums:
    """Sums of measures, each so many times, group by group."""

    def __init__(
        self, values: list[Measure], kinds: Integers, counts: Integers, group: Integers, groups: int
    ) -> None:
        self._part = lcm(*{value.cost.denominator for value in values})
        """Of the currency unit: every cost is a whole number of it."""
        self._ms_part = lcm(*{value.ms.denominator for value in values})
        times = int(counts.sum())

        def add(each: list[int]) -> list[int]:
            most = max(map(abs, each), default=0) * times
            sums = np.zeros(groups, np.int64 if most < _MOST else object)
            np.add.at(sums, group, np.array(each, sums.dtype)[kinds] * counts)
            return [int(one) for one in sums]

        self._calls = add([value.calls for value in values])
        self._ms = add([_parts_of(value.ms, self._ms_part) for value in values])
        self._cost = add([_parts_of(value.cost, self._part) for value in values])
        self._unpriced = add([value.unpriced for value in values])

    def at(self, group: int) -> Measure:
        ms = Fraction(self._ms[group], self._ms_part)
        return Measure(
            self._calls[group],
            ms.numerator if ms.denominator == 1 else ms,
            Fraction(self._cost[group], self._part),
            self._unpriced[group],
        )


def _parts_of(value: int | Fraction, part: int) -> int:
    """A value that is a whole number of such parts of one."""
    numerator, denominator = value.as_integer_ratio()
    return numerator * (part // denominator)
