"""Rows in groups of those that are equal in all that is compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from addin.records.alike.codes import Joined, first_rows

BAD = -1
"""The number of a kind that cannot be read: its rows are read one by one."""


@dataclass(slots=True)
class Groups:
    """Of some rows with cells, those that are of kinds."""

    rows: NDArray[np.int64]
    """Their places among the rows with cells."""
    codes: NDArray[np.int32]
    """Of each of them, the kind's place here."""
    first: NDArray[np.int64]
    """Of each kind, its first row's place in `rows`."""
    keys: list[bytes]
    """What each kind is known by."""
    numbers: NDArray[np.int32] = field(init=False)
    """Of each kind, its place among all kinds of the table."""
    _order: NDArray[np.int64] | None = None

    def __post_init__(self) -> None:
        self.numbers = np.full(len(self.keys), BAD, np.int32)

    def its(self, kind: int) -> NDArray[np.int64]:
        """The rows of a kind."""
        if self._order is None:
            self._order = np.argsort(self.codes, kind="stable")
        first, last = np.searchsorted(self.codes, (kind, kind + 1), sorter=self._order)
        return np.asarray(self.rows[self._order[first:last]])


def groups_of(rows: NDArray[np.int64], keys: Sequence[NDArray[Any]]) -> Groups:
    """The kinds of rows by what decides of each: the keys of all rows. Where a key is one value, broadcast to
    all rows, it parts none."""
    if not len(rows):
        return Groups(rows, np.zeros(0, np.int32), rows, [])
    joined = Joined(np.zeros(len(rows), np.int64), 1)
    for key in keys:
        if key.strides != (0,):
            its = key if len(rows) == len(key) else key[rows]
            joined.join(its, int(its.max()) + 1)
    codes, size = joined.numbered()
    first = first_rows(codes, size)
    packed = np.column_stack([key[rows[first]] for key in keys]).astype(np.int32).tobytes()
    length = 4 * len(keys)
    return Groups(rows, codes, first, [packed[at : at + length] for at in range(0, len(packed), length)])
