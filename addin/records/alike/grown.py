"""A column of numbers that grows block by block, without ever being in memory twice."""

from __future__ import annotations

from collections import deque
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

Value = TypeVar("Value", np.int32, np.int64)

SLAB = 1 << 23
"""Values that lie together: so many bytes that the system takes them back at once when they are free."""


class Grown(Generic[Value]):
    def __init__(self, kind: type[Value]) -> None:
        self._kind: type[Value] = kind
        self._slabs: deque[NDArray[Value]] = deque()
        self._free = 0
        """Places left in the last slab."""

    def add(self, values: NDArray[Value]) -> None:
        while len(values):
            if not self._free:
                self._slabs.append(np.empty(SLAB, self._kind))
                self._free = SLAB
            start = SLAB - self._free
            taken = values[: self._free]
            self._slabs[-1][start : start + len(taken)] = taken
            self._free -= len(taken)
            values = values[len(taken) :]

    def whole(self) -> NDArray[Value]:
        """All of them, once: each slab is given back as soon as it is copied."""
        whole = np.empty(len(self._slabs) * SLAB - self._free, self._kind)
        for start in range(0, len(whole), SLAB):
            slab = self._slabs.popleft()
            whole[start : start + SLAB] = slab[: len(whole) - start]
        self._free = 0
        return whole
