"""Sums of figures that many lines share, group by group, exact without a walk over fractions.

All are of whole numbers: milliseconds, and amounts in their smallest common part.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import lcm

import numpy as np
from numpy.typing import NDArray

from addin.reconcile.measure import Measure

Integers = NDArray[np.int64]

_MOST = 2**62
"""Sums beyond it do not fit into 64 bits, and are added as Python's own integers."""


class Figures:
    """A measure of each kind, as columns of whole numbers."""

    def __init__(self, values: Sequence[Measure]) -> None:
        self._part = lcm(*{value.cost.denominator for value in values})
        """Of the currency unit: every cost is a whole number of it."""
        self._ms_part = lcm(*{value.ms.denominator for value in values})
        self._columns = [
            _Column([value.calls for value in values]),
            _Column([_parts_of(value.ms, self._ms_part) for value in values]),
            _Column([_parts_of(value.cost, self._part) for value in values]),
            _Column([value.unpriced for value in values]),
        ]

    def sums(self, kinds: Integers, counts: Integers, group: Integers, groups: int) -> list[Measure]:
        """The sum of each group: of these kinds, each so many times."""
        sums = (column.sums(kinds, counts, group, groups) for column in self._columns)
        return [self._measure(*each) for each in zip(*sums, strict=True)]

    def _measure(self, calls: int, ms: int, cost: int, unpriced: int) -> Measure:
        exact_ms = Fraction(ms, self._ms_part)
        whole_ms = exact_ms.numerator if exact_ms.denominator == 1 else exact_ms
        return Measure(calls, whole_ms, Fraction(cost, self._part), unpriced)


class _Column:
    def __init__(self, values: list[int]) -> None:
        self._most = max(map(abs, values), default=0)
        self._values = np.array(values, np.int64 if self._most < _MOST else object)

    def sums(self, kinds: Integers, counts: Integers, group: Integers, groups: int) -> list[int]:
        fits = self._most * int(counts.sum()) < _MOST
        sums = np.zeros(groups, np.int64 if fits else object)
        np.add.at(sums, group, self._values[kinds].astype(sums.dtype, copy=False) * counts)
        return [int(one) for one in sums]


def _parts_of(value: int | Fraction, part: int) -> int:
    """A value that is a whole number of such parts of one."""
    numerator, denominator = value.as_integer_ratio()
    return numerator * (part // denominator)
