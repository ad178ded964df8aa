"""A column of numbers that grows block by block. Where it can, the system moves a long one page by page: it
is not in memory twice then, as an array that is made anew would be."""

from __future__ import annotations

from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

Value = TypeVar("Value", np.int32, np.int64)

SLAB = 1 << 22
"""Places that a long one grows by; a short one doubles."""


class Grown(Generic[Value]):
    def __init__(self, kind: type[Value]) -> None:
        self._kind: type[Value] = kind
        self._values: NDArray[Value] = np.empty(0, kind)
        self._count = 0

    def add(self, values: NDArray[Value]) -> None:
        count = self._count + len(values)
        if count > len(self._values):
            room = max(count, min(2 * len(self._values), len(self._values) + SLAB))
            self._values.resize(room, refcheck=False)  # nobody else has it
        self._values[self._count : count] = values
        self._count = count

    def whole(self) -> NDArray[Value]:
        """All of them, given away: what is added later begins anew."""
        whole = self._values
        whole.resize(self._count, refcheck=False)
        self._values, self._count = np.empty(0, self._kind), 0
        return whole
