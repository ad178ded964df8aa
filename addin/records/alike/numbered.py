"""Codes numbered in the order in which they are met, many thousands of rows at once."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from addin.records.alike.codes import first_rows
from addin.records.alike.known import NEW

Codes = NDArray[np.int64]
Numbers = NDArray[np.int32]


class Numbered:
    """The codes met so far."""

    def __init__(self) -> None:
        self.codes: Codes = np.zeros(0, np.int64)
        self.first: Codes = np.zeros(0, np.int64)
        """Of each the row in which it is met first."""
        self.counts: Codes = np.zeros(0, np.int64)
        """And how many rows have it."""

    def known(self, codes: Codes) -> Numbers:
        """The number of each as far as it was met by now, else NEW; in any thread."""
        return _places(codes, self.codes)

    def numbers(self, codes: Codes, known: Numbers, first_row: int) -> Numbers:
        """The number of each, of rows that follow those before; `known` is what was known of them."""
        new = np.flatnonzero(known == NEW)
        if len(new):
            encoded = pa.array(codes[new]).dictionary_encode()
            which, different = encoded.indices.to_numpy(), encoded.dictionary.to_numpy()
            numbers = _places(different, self.codes)
            fresh = np.flatnonzero(numbers == NEW)
            numbers[fresh] = len(self.codes) + np.arange(len(fresh))
            first = new[first_rows(which, len(different))[fresh]]
            self.first = np.append(self.first, first + first_row)
            self.codes = np.append(self.codes, different[fresh])
            known[new] = numbers[which]
        counts = np.bincount(known, minlength=len(self.codes))
        counts[: len(self.counts)] += self.counts
        self.counts = counts
        return known


def _places(codes: Codes, among: Codes) -> Numbers:
    place = pc.index_in(pa.array(codes), value_set=pa.array(among))
    return np.array(place.fill_null(NEW).to_numpy(), np.int32)
