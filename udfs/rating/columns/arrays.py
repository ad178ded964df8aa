"""Columns of cells into arrays and back, and the elements that are redone one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from udfs.cell_values import Cell

Array = npt.NDArray[Any]
Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64] | npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]
Redo = Callable[[int], Any]
"""The scalar rule for the element at a place: a value, or an ErrorValue."""

BLOCK = 65_536
"""Elements at a time: a few buffers of this size stay in the processor's cache."""

INT32 = 2**31 - 1
INT64 = 2**63 - 1


class Scratch:
    """Buffers for one block, used again for the next: asking for memory would cost as much as the rules."""

    def __init__(self, size: int) -> None:
        self._floats = [np.empty(min(size, BLOCK)) for _ in range(2)]
        self._integers = [np.empty(min(size, BLOCK), np.int64) for _ in range(3)]

    def floats(self, size: int) -> tuple[Floats, Floats]:
        """The two buffers of floats for a block of this size."""
        one, two = self._floats
        return one[:size], two[:size]

    def integers(self, size: int) -> tuple[Integers, Integers, Integers]:
        """The three buffers of integers for a block of this size."""
        one, two, three = self._integers
        return one[:size], two[:size], three[:size]

    def whole(self, numbers: Floats, place: int, *, narrow: bool) -> Integers:
        """Floats that are whole as integers, in the first or second buffer.

        Narrow ones are of 32 bits: a processor converts and divides them three times as fast. The caller
        knows that they fit, with all that is added to them.
        """
        buffer = self._integers[place]
        integers: Integers = (buffer.view(np.int32) if narrow else buffer)[: len(numbers)]
        np.copyto(integers, numbers, casting="unsafe")
        return integers


def floats(cells: Sequence[Cell] | Array) -> Floats:
    """A column as floats; what is not a number becomes nan, which no fast rule accepts."""
    if isinstance(cells, np.ndarray):
        if cells.dtype.kind in "fiu" and cells.dtype.itemsize <= 8:
            return np.ascontiguousarray(cells, dtype=np.float64).ravel()
        if cells.dtype.kind in "mM":  # tolist() would turn nanoseconds into plain numbers
            return np.full(cells.size, np.nan)
        cells = cells.ravel().tolist()
    nan = float("nan")
    numbers = (cell if type(cell) is float else _float(cell) if type(cell) is int else nan for cell in cells)
    return np.fromiter(numbers, np.float64, len(cells))


def _float(cell: int) -> float:
    return float(cell) if abs(cell) < 2**53 else float("nan")


def as_array(values: Sequence[Any], shape: tuple[int, ...]) -> Array:
    """Results as an array of one kind where they are all of it, else of objects."""
    kinds = set(map(type, values))
    dtype: type = object
    if kinds <= {float}:
        dtype = np.float64
    elif kinds == {bool}:
        dtype = np.bool_
    array: Array = np.empty(len(values), dtype)
    array[:] = values
    return array.reshape(shape)


def blocks(size: int) -> Iterator[slice]:
    """Slices of a column, a cacheful at a time."""
    return (slice(start, min(start + BLOCK, size)) for start in range(0, size, BLOCK))


def places(found: Iterable[tuple[int, Flags]]) -> list[int]:
    """Where flags are set, as places in the whole column."""
    return [start + int(place) for start, flags in found for place in np.flatnonzero(flags)]


def either(one: Flags | None, other: Flags | None) -> Flags | None:
    """Flags set in one or the other; None stands for none set."""
    if one is None or other is None:
        return other if one is None else one
    return one | other


def finished(values: Array, redo_at: Sequence[int], redo: Redo) -> Array:
    """The column with some elements redone; it holds objects only where one of them is not a float."""
    if not redo_at:
        return values
    redone = [redo(place) for place in redo_at]
    if values.dtype == np.float64 and not all(type(value) is float for value in redone):
        values = values.astype(object)
    for place, value in zip(redo_at, redone, strict=True):
        values[place] = value
    return values
