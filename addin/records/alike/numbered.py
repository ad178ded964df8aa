"""Codes numbered in the order in which they are met, many thousands of rows at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from addin.records.alike.codes import first_rows
from addin.records.alike.known import NEW

Codes = NDArray[np.int64]
Numbers = NDArray[np.int32]


class Numbered:
    """The codes met so far. One below 0 is met once."""

    def __init__(self) -> None:
        self.codes: Codes = np.zeros(0, np.int64)
        self.first: Codes = np.zeros(0, np.int64)
        """Of each the row in which it is met first."""
        self.counts: Codes = np.zeros(0, np.int64)
        """And how many rows have it."""
        self._number: dict[int, int] = {}
        """Of each that may be met again."""
        self._lasting = _Lasting(np.zeros(0, np.int64), np.array([NEW], np.int32))
        """The same for many at once."""

    def known(self, codes: Codes) -> Numbers:
        """The number of each as far as it was met by now, else NEW; in any thread."""
        return self._lasting.numbers_of(codes)

    def numbers(self, codes: Codes, known: Numbers, first_row: int) -> Numbers:
        """The number of each, of rows that follow those before; `known` is what was known of them."""
        new = np.flatnonzero(known == NEW)
        if len(new):
            encoded = pa.array(codes[new]).dictionary_encode()
            which, different = encoded.indices.to_numpy(), encoded.dictionary.to_numpy()
            numbers = np.array([self._number.get(code, NEW) for code in different.tolist()], np.int32)
            fresh = np.flatnonzero(numbers == NEW)
            numbers[fresh] = len(self.codes) + np.arange(len(fresh))
            first = new[first_rows(which, len(different))[fresh]]
            self.first = np.append(self.first, first + first_row)
            self.codes = np.append(self.codes, different[fresh])
            lasting = fresh[different[fresh] >= 0]
            self._number.update(zip(different[lasting].tolist(), numbers[lasting].tolist(), strict=True))
            self._lasting = self._lasting.with_more(different[lasting], numbers[lasting])
            known[new] = numbers[which]
        counts = np.bincount(known, minlength=len(self.codes))
        counts[: len(self.counts)] += self.counts
        self.counts = counts
        return known


@dataclass(frozen=True, slots=True)
class _Lasting:
    """Codes that may be met again."""

    codes: Codes
    numbers: Numbers
    """Of each, and at last NEW."""

    def numbers_of(self, codes: Codes) -> Numbers:
        place = pc.index_in(pa.array(codes), value_set=pa.array(self.codes)).fill_null(len(self.codes))
        found: Numbers = self.numbers[place.to_numpy()]
        return found

    def with_more(self, codes: Codes, numbers: Numbers) -> _Lasting:
        return _Lasting(np.append(self.codes, codes), np.concatenate((self.numbers[:-1], numbers, [NEW])))
