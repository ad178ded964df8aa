"""Numbers for keys, each key a row of whole numbers, looked up thousands at once.

Keys are found by a hash of 64 bits and then compared: the answer is exact whatever the hashes are.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

NEW = -2
"""In the place of the number of a key that is not known."""

_PRIME = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(29)

Keys = NDArray[np.int64]


class Known:
    """The keys met so far."""

    def __init__(self) -> None:
        self._hashes: NDArray[np.uint64] = np.zeros(0, np.uint64)
        """Ascending, none twice."""
        self._keys: Keys | None = None
        self._numbers: NDArray[np.int32] = np.zeros(0, np.int32)
        self._others: dict[bytes, int] = {}
        """Keys with the hash of another one."""

    def numbers(self, keys: Keys) -> NDArray[np.int32]:
        """Of each key; NEW where it is not known."""
        found = np.full(len(keys), NEW, np.int32)
        if self._keys is None or not len(keys):
            return found
        at, is_met = self._places(mixed(keys))
        is_same = is_met & (self._keys[at] == keys).all(axis=1)
        found[is_same] = self._numbers[at[is_same]]
        for other in np.flatnonzero(is_met & ~is_same).tolist() if self._others else ():
            found[other] = self._others.get(keys[other].tobytes(), NEW)
        return found

    def add(self, keys: Keys, numbers: NDArray[np.int32]) -> None:
        """Keys that are not known, none twice."""
        if not len(keys):
            return
        hashes, first = np.unique(mixed(keys), return_index=True)
        is_met = np.zeros(len(hashes), np.bool_)
        if self._keys is None:
            self._keys = keys[:0]
        else:
            is_met = self._places(hashes)[1]
        fresh = first[~is_met]
        for other in np.setdiff1d(np.arange(len(keys)), fresh).tolist():
            self._others[keys[other].tobytes()] = int(numbers[other])
        merged = np.concatenate((self._hashes, hashes[~is_met]))
        order = np.argsort(merged, kind="stable")
        self._hashes = merged[order]
        self._keys = np.concatenate((self._keys, keys[fresh]))[order]
        self._numbers = np.concatenate((self._numbers, numbers[fresh]))[order]

    def _places(self, hashes: NDArray[np.uint64]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """Where each hash stands, and whether it is there."""
        at = np.minimum(np.searchsorted(self._hashes, hashes), len(self._hashes) - 1)
        return at, self._hashes[at] == hashes


def mixed(keys: Keys) -> NDArray[np.uint64]:
    """A hash of each key."""
    found = np.zeros(len(keys), np.uint64)
    for column in keys.T:
        mix(found, column.astype(np.uint64))
    return found


def mix(hashes: NDArray[np.uint64], more: NDArray[np.uint64]) -> None:
    """Take one more number of each key into its hash, in place."""
    hashes ^= more
    hashes *= _PRIME
    hashes ^= hashes >> _SHIFT
