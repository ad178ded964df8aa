"""Numbers for keys, each key a row of whole numbers, looked up thousands at once.

Keys are found by a hash of 64 bits and then compared: the answer is exact whatever the hashes are.
"""

from __future__ import annotations

from typing import Any

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
        self._count = 0
        self._keys: Keys = np.zeros((0, 0), np.int64)
        self._numbers: NDArray[np.int32] = np.zeros(0, np.int32)
        """Of each key; both have room for more."""
        self._hashes: NDArray[np.uint64] = np.zeros(0, np.uint64)
        """Ascending, none twice."""
        self._places: NDArray[np.int64] = np.zeros(0, np.int64)
        """Where in `_keys` the key of each hash is."""
        self._others: dict[bytes, int] = {}
        """Keys with the hash of another one."""

    def numbers(self, keys: Keys) -> NDArray[np.int32]:
        """Of each key; NEW where it is not known."""
        found = np.full(len(keys), NEW, np.int32)
        if not self._count or not len(keys):
            return found
        hashes = mixed(keys)
        order = np.argsort(hashes)  # what is looked for in its order is found faster
        at, is_met = self._at(hashes[order])
        places = np.empty(len(keys), np.int64)
        places[order] = self._places.take(at, mode="clip")
        is_met[order] = is_met.copy()
        is_same = is_met & (self._keys.take(places, axis=0) == keys).all(axis=1)
        found[is_same] = self._numbers[places[is_same]]
        for other in np.flatnonzero(is_met & ~is_same).tolist() if self._others else ():
            found[other] = self._others.get(keys[other].tobytes(), NEW)
        return found

    def add(self, keys: Keys, numbers: NDArray[np.int32]) -> None:
        """Keys that are not known, none twice."""
        if not len(keys):
            return
        hashes, first = np.unique(mixed(keys), return_index=True)
        at, is_met = self._at(hashes)
        fresh = first[~is_met]
        for other in np.setdiff1d(np.arange(len(keys)), fresh).tolist():
            self._others[keys[other].tobytes()] = int(numbers[other])
        count = self._count + len(fresh)
        if count > len(self._keys):
            self._keys = _with_room(self._keys.reshape(-1, keys.shape[1]), count)
            self._numbers = _with_room(self._numbers, count)
        self._keys[self._count : count] = keys[fresh]
        self._numbers[self._count : count] = numbers[fresh]
        places = np.arange(self._count, count)
        before = at[~is_met]
        self._hashes = np.insert(self._hashes, before, hashes[~is_met])
        self._places = np.insert(self._places, before, places)
        self._count = count

    def _at(self, hashes: NDArray[np.uint64]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """Where each hash stands or would stand, and whether it is there."""
        at = np.searchsorted(self._hashes, hashes)
        if not self._count:
            return at, np.zeros(len(hashes), np.bool_)
        return at, self._hashes.take(at, mode="clip") == hashes


def _with_room(values: NDArray[Any], count: int) -> NDArray[Any]:
    """The same with places for so many and as many again."""
    room = np.empty((2 * count, *values.shape[1:]), values.dtype)
    room[: len(values)] = values
    return room


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
