"""Python's garbage collector while a column goes over."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def resting_collector() -> Iterator[None]:
    """No garbage collection meanwhile: a million new rows and no cycle would set it off hundreds of times,
    for nothing, which takes half the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
