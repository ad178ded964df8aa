"""Several codes of each row as one."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

_MOST = 2**62
"""Codes beyond it would not fit into 64 bits."""


class Joined:
    """The codes joined so far: equal where all are."""

    def __init__(self, codes: NDArray[np.int64], size: int) -> None:
        """`codes` are below `size`, as those that are joined to them are."""
        self._codes, self._size = codes, size

    def join(self, codes: NDArray[Any], size: int) -> None:
        if self._size * size >= _MOST:
            numbered, self._size = self.numbered()
            self._codes = numbered.astype(np.int64)
        self._codes, self._size = self._codes * size + codes, self._size * size

    def numbered(self) -> tuple[NDArray[np.int32], int]:
        """The codes numbered in the order of their first rows, and how many there are."""
        if self._size <= len(self._codes):
            return self._numbered_among_few()
        import pyarrow as pa

        encoded = pa.array(self._codes).dictionary_encode()
        return encoded.indices.to_numpy(), len(encoded.dictionary)

    def _numbered_among_few(self) -> tuple[NDArray[np.int32], int]:
        """The same, sooner, where no more codes are possible than there are rows."""
        first = first_rows(self._codes, self._size)
        met = np.flatnonzero(first >= 0)
        number = np.empty(self._size, np.int32)
        number[met[np.argsort(first[met])]] = np.arange(len(met))
        return number[self._codes], len(met)


def first_rows(codes: NDArray[Any], count: int) -> NDArray[np.int64]:
    """Of each code the row where it is met first; -1 of one that is not met."""
    rows = np.full(count, -1)
    rows[codes[::-1]] = np.arange(len(codes) - 1, -1, -1)
    return rows
