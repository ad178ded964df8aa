"""Codes are numbered as a plain dictionary numbers them, whatever a thread has known of them before."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from addin.records.alike.codes import Joined
from addin.records.alike.numbered import Numbered

CODES = st.lists(st.integers(0, 6) | st.integers(0, 2**62), max_size=8)


def numbers_of(codes: list[int]) -> tuple[list[int], list[int]]:
    """Of each its number, and the different ones in the order in which they are met."""
    met: dict[int, int] = {}
    return [met.setdefault(code, len(met)) for code in codes], [*met]


@given(st.lists(CODES, max_size=6), st.integers(0, 3))
def test_blocks_one_after_the_other(blocks: list[list[int]], late: int) -> None:
    """What is known of a block was asked when some of the blocks before it were not numbered yet."""
    met, begun, found = Numbered(), 0, list[int]()
    blocks = [[*block, -1 - place] for place, block in enumerate(blocks)]  # of a row that is like no other
    arrays = [np.array(block, np.int64) for block in blocks]
    known: list[NDArray[np.int32]] = []
    for place, codes in enumerate(arrays):
        while len(known) <= min(place + late, len(arrays) - 1):
            known.append(met.known(arrays[len(known)]))
        found += met.numbers(codes, known[place], begun).tolist()
        begun += len(codes)
    rows = [code for block in blocks for code in block]
    numbers, different = numbers_of(rows)
    assert found == numbers
    assert met.codes.tolist() == different
    assert met.first.tolist() == [rows.index(code) for code in different]
    assert met.counts.tolist() == [rows.count(code) for code in different]


@pytest.mark.parametrize("size", [3, 40])
@given(rows=st.lists(st.tuples(st.integers(0, 2), st.integers(0, 3)), min_size=12, max_size=30))
def test_joined_codes(rows: list[tuple[int, int]], size: int) -> None:
    """Few codes are possible for the rows, or more than there are rows."""
    one, other = (np.array(codes, np.int64) for codes in zip(*rows, strict=True))
    joined = Joined(one, size)
    joined.join(other, 4)
    codes, count = joined.numbered()
    numbers, different = numbers_of([4 * first + second for first, second in rows])
    assert (codes.tolist(), count) == (numbers, len(different))
