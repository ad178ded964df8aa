"""Which texts of a long column are there more than once.

A dictionary of ten million ids takes a gigabyte. Each text is made a number of 64 bits instead; where numbers
meet, the texts themselves are compared, so that the answer is exact whatever the numbers are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from addin.records.alike.calls import Texts, taken
from addin.records.alike.threads import at_once

_PRIME = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(29)
_LOW_BITS = 20

Numbers = NDArray[np.uint64]
Rows = NDArray[np.int64]


def repeated(texts: Texts) -> Rows:
    """The rows whose text stands in another row too, ascending."""
    numbers = np.concatenate([np.zeros(0, np.uint64), *at_once(_numbers, texts.chunks)])
    is_odd = (numbers & np.uint64(1)).astype(np.bool_)
    met_again = np.concatenate(at_once(_met_again, (numbers[is_odd], numbers[~is_odd])))
    if not len(met_again):
        return np.zeros(0, np.int64)
    low = np.uint64((1 << _LOW_BITS) - 1)
    may_be = np.zeros(1 << _LOW_BITS, np.bool_)
    may_be[met_again & low] = True
    rows = np.flatnonzero(may_be[numbers & low])
    rows = rows[np.isin(numbers[rows], met_again)]
    written = taken(texts, rows).to_pylist()
    counts = Counter(written)
    return rows[[counts[text] > 1 for text in written]] if len(rows) else rows


def _met_again(numbers: Numbers) -> Numbers:
    """Those that are there more than once. They are sorted in place."""
    numbers.sort()
    return np.unique(numbers[1:][numbers[1:] == numbers[:-1]])


def _numbers(chunk: pa.StringArray) -> Numbers:
    """One number for each text: the same for the same text."""
    found = np.zeros(len(chunk), np.uint64)
    for rows, letters in _by_length(chunk):
        count, length = letters.shape
        number = np.full(count, length, np.uint64)
        for word in _words(letters) if length else ():
            number ^= word
            number *= _PRIME
            number ^= number >> _SHIFT
        found[rows] = number
    return found


def _words(letters: NDArray[np.uint8]) -> Iterator[Numbers]:
    """The letters of each row, eight by eight and the last eight. A short row ends in zeros."""
    count, length = letters.shape
    if length < 8:
        letters = np.pad(letters, ((0, 0), (0, 8 - length)))
        length = 8
    for start in (*range(0, length - 8, 8), length - 8):
        yield np.ndarray(count, np.uint64, letters, start, (length,))


def _by_length(chunk: pa.StringArray) -> Iterator[tuple[slice | Rows, NDArray[np.uint8]]]:
    """Rows of one length with the bytes of each."""
    if not len(chunk):
        return
    _, ends, data = chunk.buffers()
    ends = np.frombuffer(ends, np.int32)[chunk.offset : chunk.offset + len(chunk) + 1]
    letters = np.frombuffer(data, np.uint8) if data is not None else np.zeros(0, np.uint8)
    lengths = np.diff(ends)
    for length in np.unique(lengths).tolist():
        if length * len(chunk) == ends[-1] - ends[0] and (lengths == length).all():
            yield slice(None), letters[ends[0] : ends[-1]].reshape(len(chunk), length)
        else:
            rows = np.flatnonzero(lengths == length)
            yield rows, letters[ends[rows][:, None] + np.arange(length)]
