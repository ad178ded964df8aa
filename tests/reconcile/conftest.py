from __future__ import annotations

from collections.abc import Iterator

import pytest


@pytest.fixture(scope="module")
def in_small_blocks() -> Iterator[None]:
    """Short logs are looked at as long ones are, some rows at once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("addin.records.alike.threads.BLOCK", 3)
        patch.setattr("addin.reconcile.alike_expectation._AT_ONCE", 2)
        yield
