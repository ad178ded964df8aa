"""Work on the parts of a large table at once: numpy and arrow need no lock of Python's for theirs."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

P = TypeVar("P")
R = TypeVar("R")

BLOCK = 1 << 18
"""Rows that are looked at at once."""

_MOST = 4
"""More threads wait for memory, not for a processor."""
_AHEAD = 2
"""Parts that are made while one before them is looked at."""


def blocks(count: int) -> list[slice]:
    """So many rows, some at once."""
    return [slice(start, min(start + BLOCK, count)) for start in range(0, count, BLOCK)]


def at_once(work: Callable[[P], R], parts: Iterable[P]) -> list[R]:
    """What `work` gives for each part, in their order."""
    waiting = list(parts)
    if len(waiting) < 2:
        return [work(part) for part in waiting]
    with ThreadPoolExecutor(min(os.cpu_count() or 1, _MOST)) as pool:
        return list(pool.map(work, waiting))


def ahead(parts: Iterator[P], work: Callable[[P], R]) -> Generator[R, None, None]:
    """The same, one by one, a few made while what came before is looked at. The parts are taken from one
    thread at a time."""
    with ThreadPoolExecutor(_AHEAD + 1) as pool:
        made: deque[Future[R]] = deque()
        coming: Future[P | None] | None = pool.submit(next, parts, None)
        while True:
            while coming is not None and len(made) <= _AHEAD:
                part = coming.result()
                coming = None
                if part is not None:
                    made.append(pool.submit(work, part))
                    coming = pool.submit(next, parts, None)
            if not made:
                return
            yield made.popleft().result()
