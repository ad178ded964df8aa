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

from addin.records.alike.calls import Texts, starts_of, taken
from addin.records.alike.known import mix
from addin.records.alike.texts import bytes_of, words_of
from addin.records.alike.threads import at_once, blocks

_LOW_BITS = 20
_LOW = np.uint64((1 << _LOW_BITS) - 1)
SORTED = 1 << 23
"""Numbers that are sorted at once."""

Numbers = NDArray[np.uint64]
Rows = NDArray[np.int64]


def repeated(texts: Texts) -> Rows:
    """The rows whose text stands in another row too, ascending."""
    starts = starts_of(texts)
    numbers = np.empty(len(texts), np.uint64)

    def fill(at: int) -> None:
        numbers[starts[at] : starts[at + 1]] = _numbers(texts.chunk(at))

    at_once(fill, range(texts.num_chunks))
    met_again = _met_again(numbers)
    if not len(met_again):
        return np.zeros(0, np.int64)
    may_be = np.zeros(1 << _LOW_BITS, np.bool_)
    may_be[met_again & _LOW] = True

    def among(block: slice) -> Rows:
        rows = np.flatnonzero(may_be[numbers[block] & _LOW])
        return np.asarray(rows[np.isin(numbers[block][rows], met_again)] + block.start, np.int64)

    rows = np.concatenate(at_once(among, blocks(len(numbers))))
    written = taken(texts, rows).to_pylist()
    counts = Counter(written)
    return rows[[counts[text] > 1 for text in written]]


def _met_again(numbers: Numbers) -> Numbers:
    """Those that are there more than once: sorted part by part, of numbers that end alike."""
    parts = 2
    while parts * SORTED < len(numbers):
        parts *= 2
    last = np.uint64(parts - 1)

    def of_part(end: int) -> Numbers:
        ending = [one[one & last == end] for one in (numbers[block] for block in blocks(len(numbers)))]
        part = np.sort(np.concatenate([np.zeros(0, np.uint64), *ending]))
        return np.unique(part[1:][part[1:] == part[:-1]])

    return np.concatenate(at_once(of_part, range(parts)))


def _numbers(chunk: pa.StringArray) -> Numbers:
    """One number for each text: the same for the same text."""
    found = np.zeros(len(chunk), np.uint64)
    for rows, letters in _by_length(chunk):
        count, length = letters.shape
        number = np.full(count, length, np.uint64)
        for word in words_of(letters) if length else ():
            mix(number, word)
        found[rows] = number
    return found


def _by_length(chunk: pa.StringArray) -> Iterator[tuple[slice | Rows, NDArray[np.uint8]]]:
    """Rows of one length with the bytes of each."""
    letters, ends = bytes_of(chunk)
    lengths = np.diff(ends)
    for length in np.unique(lengths).tolist():
        if length * len(chunk) == ends[-1] - ends[0] and (lengths == length).all():
            yield slice(None), letters[ends[0] : ends[-1]].reshape(len(chunk), length)
        else:
            rows = np.flatnonzero(lengths == length)
            yield rows, letters[ends[rows][:, None] + np.arange(length)]
