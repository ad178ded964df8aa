"""Kinds and days of many calls are those that counting them one by one finds, near to each other or not."""

from __future__ import annotations

from collections import Counter
from functools import partial

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from addin.reconcile import alike_starts
from addin.records.since_1970 import DAY_US

KINDS = 3
PARTS = [
    st.lists(st.tuples(days, st.integers(0, DAY_US - 1), st.integers(0, KINDS - 1)), max_size=12)
    for days in (st.integers(20_000, 20_001), st.integers(-100_000, 100_000))
]


def part(rows: list[tuple[int, int, int]]) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    starts = [day * DAY_US + us for day, us, _ in rows]
    return np.array(starts, np.int64), np.array([kind for *_, kind in rows], np.int32)


@given(st.lists(st.one_of(PARTS), max_size=4))
def test_kinds_and_days(parts: list[list[tuple[int, int, int]]]) -> None:
    found = alike_starts.kinds_and_days([partial(part, rows) for rows in parts], KINDS)
    counted = Counter((day, kind) for rows in parts for day, _, kind in rows)
    triples = zip(*(each.tolist() for each in found), strict=True)
    assert [((day, kind), count) for kind, day, count in triples] == sorted(counted.items())
