"""Keys that are looked up many at once have the numbers of a plain dictionary, whatever their hashes are."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from addin.records.alike import known
from addin.records.alike.known import NEW, Known

KEYS = st.tuples(st.integers(-2, 2), st.integers(-(2**62), 2**62) | st.integers(0, 3))
BLOCKS = st.lists(st.lists(KEYS, max_size=8, unique=True), max_size=6)


@pytest.mark.parametrize("bits", [64, 2, 0])
@given(blocks=BLOCKS)
def test_a_dictionary(bits: int, blocks: list[list[tuple[int, int]]]) -> None:
    real = known.mixed

    def narrow(keys: NDArray[np.int64]) -> NDArray[np.uint64]:
        return real(keys) & np.uint64((1 << bits) - 1)

    found, plain = Known(), dict[tuple[int, int], int]()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(known, "mixed", narrow)
        for block in blocks:
            keys = np.array(block, np.int64).reshape(-1, 2)
            assert found.numbers(keys).tolist() == [plain.get(key, NEW) for key in block]
            new = [at for at, key in enumerate(block) if key not in plain]
            plain |= {block[at]: len(plain) + place for place, at in enumerate(new)}
            found.add(keys[new], np.array([plain[block[at]] for at in new], np.int32))
