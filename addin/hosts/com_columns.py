"""A cell function over the columns that COM hands over: numbers as one array, all else once for each kind.

The functions are pure and work element by element. Rows of numbers go through arrays; rows that hold a
blank, a text or an error are computed once for each different one; and the blank rows below a month of calls,
a million in a formula over a whole column, cost as much as one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain, compress, count, repeat
from operator import is_not, itemgetter
from typing import Any

from addin.hosts.collector import resting_collector
from addin.hosts.com_values import (
    ComRows,
    ComValue,
    com_column,
    com_rows,
    com_value,
    in_rows,
)
from udfs.cell_values import Cell

FEWEST_FOR_ARRAYS = 64
"""From this many elements on, a range is worth arrays."""

Column = list[Cell]


def over_ranges(call: Callable[..., Any], cells: Sequence[Cell], tables: frozenset[int]) -> ComRows:
    """The results of a cell function whose arguments hold ranges, as rows for COM.

    `tables` are the places of arguments that are one range as a whole, such as a rate card. The rows of a
    range are of one length: COM knows no others.
    """
    with resting_collector():
        wide = [place for place, cell in enumerate(cells) if place not in tables and _is_range(cell)]
        shapes = {(len(cells[place]), len(cells[place][0])) for place in wide}
        if len(shapes) != 1:
            return com_rows(call(*cells))
        ((height, width),) = shapes
        if height * width < FEWEST_FOR_ARRAYS:
            return com_rows(call(*cells))

        def results(columns: Sequence[Any]) -> Any:
            arguments = list(cells)
            for place, column in zip(wide, columns, strict=True):
                arguments[place] = column
            return call(*arguments)

        columns = [_flat(cells[place], width) for place in wide]
        blank_rows = min(map(_blank_tail, columns)) // width
        if blank_rows > 1:
            columns = [column[: (height - blank_rows + 1) * width] for column in columns]
        rows = in_rows(_values(results, columns), width)
        return [*rows, *repeat(rows[-1], blank_rows - 1)] if blank_rows > 1 else rows


def _values(results: Callable[[Sequence[Any]], Any], columns: list[Column]) -> list[ComValue]:
    """The results of flat columns, as COM carries them."""
    kinds = set().union(*(set(map(type, column)) for column in columns))
    if kinds == {float}:
        return _of_numbers(results, columns)
    rows: list[Any] = columns[0] if len(columns) == 1 else list(zip(*columns, strict=True))
    if float not in kinds:
        return _of_others(results, rows, len(columns), kinds)
    is_plain = [type(cell) is float for cell in columns[0]]
    for column in columns[1:]:
        is_plain = [plain and type(cell) is float for plain, cell in zip(is_plain, column, strict=True)]
    is_odd = [not plain for plain in is_plain]
    numbers = iter(_of_numbers(results, [list(compress(column, is_plain)) for column in columns]))
    others = iter(_of_others(results, list(compress(rows, is_odd)), len(columns), kinds))
    return [next(numbers) if plain else next(others) for plain in is_plain]


def _of_numbers(results: Callable[[Sequence[Any]], Any], columns: list[Column]) -> list[ComValue]:
    """Columns of nothing but floats."""
    try:
        import numpy as np
    except ImportError:  # the scalar rule does it, more slowly
        return list(map(com_value, results(columns))) if columns[0] else []
    if not columns[0]:
        return []
    return com_column(results([np.fromiter(column, np.float64, len(column)) for column in columns]))


def _of_others(
    results: Callable[[Sequence[Any]], Any], rows: list[Any], width: int, kinds: set[type]
) -> list[ComValue]:
    """Rows that hold other things than numbers; each different one is computed once."""
    keys = rows
    if len(kinds & {bool, int, float}) > 1 and (width > 1 or {bool, int} <= kinds):  # TRUE is equal to 1
        keys = [(row, tuple(map(type, row)) if width > 1 else type(row)) for row in rows]
    different = dict(zip(keys, rows, strict=True))
    found: list[Any] = list(different.values())
    columns = [found] if width == 1 else [list(column) for column in zip(*found, strict=True)]
    known = dict(zip(different, map(com_value, results(columns)), strict=True))
    return list(map(known.__getitem__, keys))


def _blank_tail(column: Column) -> int:
    """How many cells at the end are blank."""
    filled = compress(count(), map(is_not, reversed(column), repeat(None)))
    return next(filled, len(column))


def _flat(rows: Any, width: int) -> Column:
    return list(map(itemgetter(0), rows)) if width == 1 else list(chain.from_iterable(rows))


def _is_range(cell: Cell) -> bool:
    return isinstance(cell, tuple | list)
