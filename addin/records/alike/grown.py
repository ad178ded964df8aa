"""A column of numbers that grows block by block, without ever being in memory twice."""

from __future__ import annotations

from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

Value = TypeVar("Value", np.int32, np.int64)

SLAB = 1 << 22
"""Places that are added at once: so many bytes that the system moves them by their pages, without a copy."""


class Grown(Generic[Value]):
    def __init__(self, kind: type[Value]) -> None:
        self._values: NDArray[Value] = np.empty(0, kind)
        self._count = 0

    def add(self, values: NDArray[Value]) -> None:
        count = self._count + len(values)
        if count > len(self._values):
            self._values.resize(-(-count // SLAB) * SLAB, refcheck=False)
        self._values[self._count : count] = values
        self._count = count

    def whole(self) -> NDArray[Value]:
        """All of them, once."""
        self._values.resize(self._count, refcheck=False)
        return self._values
