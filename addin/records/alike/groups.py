"""Rows in groups of those that are equal in all that is compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from addin.records.alike.codes import Joined, first_rows


@dataclass(slots=True)
class Groups:
    """Of some rows with cells, those that are of kinds."""

    rows: NDArray[np.int64]
    """Their places among the rows with cells."""
    codes: NDArray[np.int32]
    """Of each of them, the kind's place here."""
    first: NDArray[np.int64]
    """Of each kind, its first row's place in `rows`."""
    keys: NDArray[np.int64]
    """Of each kind a row: what it is known by."""
    _order: NDArray[np.int64] | None = None

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
        return Groups(rows, np.zeros(0, np.int32), rows, np.zeros((0, len(keys)), np.int64))
    joined = Joined(np.zeros(len(rows), np.int64), 1)
    for key in keys:
        if key.strides != (0,):
            its = key if len(rows) == len(key) else key[rows]
            joined.join(its, int(its.max()) + 1)
    codes, size = joined.numbered()
    first = first_rows(codes, size)
    return Groups(rows, codes, first, np.column_stack([key[rows[first]] for key in keys]).astype(np.int64))
