"""A cell function over the columns that COM hands over: numbers as one array, all else once for each kind.

The functions are pure and work element by element. Rows of numbers go through arrays; rows that hold a
blank, a text or an error are computed once for each different one; and the blank rows below a month of calls,
a million in a formula over a whole column, cost as much as one. A long column goes over in parts that stay
in the processor's cache, which takes two thirds of the time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain, compress, count, repeat
from operator import and_, is_, itemgetter, ne, not_
from typing import Any

from addin.hosts.collector import resting_collector
from addin.hosts.excel.com_values import (
    ComRows,
    ComValue,
    are_numbers,
    com_column,
    com_rows,
    com_value,
)
from udfs.cell_values import Cell

FEWEST_FOR_ARRAYS = 64
"""From this many elements on, a range is worth arrays."""
PART = 32_768
"""Elements at a time."""

Column = list[Cell]
RowOfOne = tuple[ComValue]


@dataclass(slots=True)
class Memory:
    """Results that equal rows share: memory for a million rows takes longer than what is written into it."""

    numbers: dict[Any, RowOfOne] = field(default_factory=dict)
    """By the result, a float."""
    others: dict[frozenset[type], dict[Any, RowOfOne]] = field(default_factory=dict)
    """By the arguments, apart for the kinds of number among which they were met."""


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

        memory = Memory()
        ranges = [cells[place] for place in wide]
        if height == 1:
            return [[cell for (cell,) in _rows_of_one(results, [list(rows[0]) for rows in ranges], memory)]]
        blank_rows = min(_blank_tail(rows, width) for rows in ranges)
        last = height - max(blank_rows - 1, 0)
        found: list[Sequence[ComValue]] = []
        step = max(PART // width, 1)
        for start in range(0, last, step):
            columns = [_flat(rows[start : min(start + step, last)], width) for rows in ranges]
            rows_of_one = _rows_of_one(results, columns, memory)
            found += rows_of_one if width == 1 else _widened(rows_of_one, width)
        found += repeat(found[-1], height - last)
        return found


def _rows_of_one(
    results: Callable[[Sequence[Any]], Any], columns: list[Column], memory: Memory
) -> list[RowOfOne]:
    """The results of flat columns, each as a row of one."""
    kinds_of_cells = [list(map(type, column)) for column in columns]
    if all(kinds.count(float) == len(kinds) for kinds in kinds_of_cells):
        return _of_numbers(results, columns, memory)
    rows: list[Any] = columns[0] if len(columns) == 1 else list(zip(*columns, strict=True))
    kinds = set().union(*kinds_of_cells)
    if float not in kinds:
        return _of_others(results, rows, len(columns), kinds, memory)
    is_plain = list(map(is_, kinds_of_cells[0], repeat(float)))
    for kinds_of_column in kinds_of_cells[1:]:
        is_plain = list(map(and_, is_plain, map(is_, kinds_of_column, repeat(float))))
    is_odd = list(map(not_, is_plain))
    numbers = _of_numbers(results, [list(compress(column, is_plain)) for column in columns], memory)
    others = _of_others(results, list(compress(rows, is_odd)), len(columns), kinds, memory)
    merged: list[RowOfOne] = []
    taken = 0
    for met, (place, other) in enumerate(zip(compress(count(), is_odd), others, strict=True)):
        merged += numbers[taken : place - met]
        merged.append(other)
        taken = place - met
    return merged + numbers[taken:]


def _of_numbers(
    results: Callable[[Sequence[Any]], Any], columns: list[Column], memory: Memory
) -> list[RowOfOne]:
    """Columns of nothing but floats."""
    if not columns[0]:
        return []
    try:
        import numpy as np
    except ImportError:  # the scalar rule does it, more slowly
        return list(zip(map(com_value, results(columns)), strict=False))
    found = results([np.fromiter(column, np.float64, len(column)) for column in columns])
    values = com_column(found)
    if are_numbers(found) and len(memory.numbers) <= PART:
        return list(map(memory.numbers.setdefault, values, zip(values, strict=False)))
    return list(zip(values, strict=False))


def _of_others(
    results: Callable[[Sequence[Any]], Any], rows: list[Any], width: int, kinds: set[type], memory: Memory
) -> list[RowOfOne]:
    """Rows that hold other things than numbers; each different one is computed once."""
    numbers = frozenset(kinds & {bool, int, float})
    keys = rows
    if len(numbers) > 1 and (width > 1 or {bool, int} <= kinds):  # TRUE is equal to 1
        keys = [(row, tuple(map(type, row)) if width > 1 else type(row)) for row in rows]
    found = memory.others.setdefault(numbers, {})
    different = {key: row for key, row in zip(keys, rows, strict=True) if key not in found}
    if different:
        new: list[Any] = list(different.values())
        columns = [new] if width == 1 else [list(column) for column in zip(*new, strict=True)]
        found.update(zip(different, zip(map(com_value, results(columns)), strict=False), strict=True))
    return list(map(found.__getitem__, keys))


def _blank_tail(rows: Sequence[Any], width: int) -> int:
    """How many rows at the end are blank."""
    filled = compress(count(), map(ne, reversed(rows), repeat((None,) * width)))
    return next(filled, len(rows))


def _flat(rows: Any, width: int) -> Column:
    return list(map(itemgetter(0), rows)) if width == 1 else list(chain.from_iterable(rows))


def _widened(rows: list[RowOfOne], width: int) -> Iterable[Sequence[ComValue]]:
    """Rows of one as rows of a width."""
    return zip(*[chain.from_iterable(rows)] * width, strict=True)


def _is_range(cell: Cell) -> bool:
    return isinstance(cell, tuple | list)
