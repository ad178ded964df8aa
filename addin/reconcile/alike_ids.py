"""Which ids of a long column are there more than once, and which of two columns are the same.

A dictionary of ten million ids takes a gigabyte. Each text is made a number of 64 bits instead; where numbers
meet, the texts themselves are compared, so that the answer is exact whatever the numbers are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
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
    numbers = _numbers_of(texts)
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


def paired(ours: Texts, theirs: Texts, our_rows: Rows, their_rows: Rows) -> tuple[Rows, Rows]:
    """The rows of equal texts, of such rows as have no text twice: position by position, in the order of
    ours. Those whose number other texts of their side have too are not among them."""
    sides = (_numbers_of(ours), our_rows), (_numbers_of(theirs), their_rows)
    parts = _parts(max(len(our_rows), len(their_rows)))

    def of_part(end: int) -> tuple[Rows, Rows]:
        (one, its), (other, others) = (_once(numbers, rows, parts, end) for numbers, rows in sides)
        _, at, place = np.intersect1d(one, other, assume_unique=True, return_indices=True)
        return its[at], others[place]

    met = [of_part(end) for end in range(parts)]
    found, others = (np.concatenate(rows) for rows in zip(*met, strict=True))
    order = np.argsort(found)
    found, others = found[order], others[order]

    def is_same(block: slice) -> NDArray[np.bool_]:
        equal = pc.equal(taken(ours, found[block]), taken(theirs, others[block]))
        return np.asarray(equal.to_numpy(zero_copy_only=False), np.bool_)

    same = np.concatenate([np.zeros(0, np.bool_), *at_once(is_same, blocks(len(found)))])
    return found[same], others[same]


def _once(numbers: Numbers, rows: Rows, parts: int, end: int) -> tuple[Numbers, Rows]:
    """Of these rows the numbers that are there once and end in so many parts as said, and their rows."""
    numbers = numbers[rows]
    is_meant = numbers & np.uint64(parts - 1) == end
    numbers, rows = numbers[is_meant], rows[is_meant]
    order = np.argsort(numbers)
    ordered = numbers[order]
    again = np.zeros(len(ordered) + 1, np.bool_)
    again[1:-1] = ordered[1:] == ordered[:-1]
    is_once = ~(again[1:] | again[:-1])
    return ordered[is_once], rows[order][is_once]


def _numbers_of(texts: Texts) -> Numbers:
    """One number for each text: the same for the same text."""
    starts = starts_of(texts)
    numbers = np.empty(len(texts), np.uint64)

    def fill(at: int) -> None:
        numbers[starts[at] : starts[at + 1]] = _numbers(texts.chunk(at))

    at_once(fill, range(texts.num_chunks))
    return numbers


def _met_again(numbers: Numbers) -> Numbers:
    """Those that are there more than once: sorted part by part, of numbers that end alike."""
    parts = _parts(len(numbers))
    last = np.uint64(parts - 1)

    def of_part(end: int) -> Numbers:
        ending = [one[one & last == end] for one in (numbers[block] for block in blocks(len(numbers)))]
        part = np.sort(np.concatenate([np.zeros(0, np.uint64), *ending]))
        return np.unique(part[1:][part[1:] == part[:-1]])

    return np.concatenate(at_once(of_part, range(parts)))


def _parts(count: int) -> int:
    """In how many parts so many numbers are sorted: those of a part end in the same bits."""
    parts = 2
    while parts * SORTED < count:
        parts *= 2
    return parts


def _numbers(chunk: pa.StringArray) -> Numbers:
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
