"""Work on the parts of a large table at once: numpy and arrow need no lock of Python's for theirs."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

P = TypeVar("P")
R = TypeVar("R")

_MOST = 4
"""More threads wait for memory, not for a processor."""


def at_once(work: Callable[[P], R], parts: Iterable[P]) -> list[R]:
    """What `work` gives for each part, in their order."""
    with ThreadPoolExecutor(min(os.cpu_count() or 1, _MOST)) as pool:
        return list(pool.map(work, parts))
