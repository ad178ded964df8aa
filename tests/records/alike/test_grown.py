"""A column that grows holds what was added, in its order."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from addin.records.alike import grown
from addin.records.alike.grown import Grown


@given(st.lists(st.lists(st.integers(-(2**63), 2**63 - 1), max_size=12), max_size=6))
def test_any_blocks(blocks: list[list[int]]) -> None:
    column = Grown(np.int64)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(grown, "SLAB", 5)
        for block in blocks:
            column.add(np.array(block, np.int64))
        found = column.whole()
    assert found.tolist() == [value for block in blocks for value in block]
    column.add(np.array([7], np.int64))
    assert found.dtype == np.int64
    assert column.whole().tolist() == [7]
