"""Sums of columns are those of adding one by one, however large."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from addin.reconcile.alike_sums import Figures
from addin.reconcile.measure import Measure, Running

EDGES = st.sampled_from([0, 1, -1, 2**31, 2**61, 2**62 - 1, 2**62, 2**64, -(2**62), -(2**63)])
WHOLE = st.one_of(EDGES, st.integers(-(10**6), 10**6))
PARTS = st.builds(Fraction, WHOLE, st.sampled_from([1, 3, 1000, 10**7]))
MEASURES = st.builds(Measure, st.integers(0, 3), st.one_of(WHOLE, PARTS), PARTS, st.integers(0, 2))


@given(
    st.lists(MEASURES, max_size=6).flatmap(
        lambda values: st.tuples(
            st.just(values),
            st.lists(
                st.tuples(st.integers(0, max(len(values) - 1, 0)), st.integers(1, 10**6), st.integers(0, 3)),
                max_size=12 if values else 0,
            ),
        )
    )
)
def test_sums_of_groups(given: tuple[list[Measure], list[tuple[int, int, int]]]) -> None:
    values, rows = given
    expected = [Running() for _ in range(4)]
    for kind, times, group in rows:
        expected[group].add(values[kind], times)
    kinds, counts, groups = np.array(rows, np.int64).reshape(-1, 3).T
    sums = Figures(values).sums(kinds, counts, groups, 4)
    for one, other in zip(sums, expected, strict=True):
        whole = other.whole()
        assert (one, one.unpriced) == (whole, whole.unpriced)
