"""Values as COM carries them: from Excel to the cell functions, and results back.

In: None is a blank, a float a number (or a date's serial), a tuple of tuples a range, a flat tuple one row.
An int is no number of a cell: it is an error cell, or COM's sign for an argument left out.

Out: always rows. A number leaves as a float, a date as a datetime in UTC (COM shifts any other), and **an int
is an error**: the number that Excel itself uses for it. Results hold no other ints, so a result that happens
to equal such a number, a float, cannot be taken for one.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from math import isfinite
from typing import Any

from addin.hosts.collector import resting_collector
from udfs.cell_values import Cell
from udfs.errors import COM_INTEGER_OF_CODE, CellError, ErrorValue

VALUE_ERROR = COM_INTEGER_OF_CODE["#VALUE!"]
NUMBER_ERROR = COM_INTEGER_OF_CODE["#NUM!"]

ComValue = float | str | bool | int | datetime
ComRows = Sequence[Sequence[ComValue]]


def cell_of(value: Any) -> Cell:
    """An argument as the cell functions take it.

    >>> cell_of((1.0, 2.0)), cell_of(((1.0,), (None,))), cell_of(None)
    (((1.0, 2.0),), ((1.0,), (None,)), None)
    """
    if isinstance(value, tuple | list):
        rows = value if value and isinstance(value[0], tuple | list) else (value,)
        if len(rows) == len(rows[0]) == 1:
            return cell_of(rows[0][0])
        return rows
    if isinstance(value, datetime):
        return value.replace(tzinfo=None)  # COM puts UTC on dates that name no zone
    return value


def com_value(result: object) -> ComValue:
    """One result as COM carries it.

    >>> com_value(-2146826246.0), com_value(ErrorValue("#N/A"))
    (-2146826246.0, -2146826246)
    """
    if isinstance(result, bool | str):
        return result
    if isinstance(result, ErrorValue | CellError):
        return COM_INTEGER_OF_CODE.get(result.code, VALUE_ERROR)
    if isinstance(result, int | float | Decimal):
        number = float(result)
        return number if isfinite(number) else NUMBER_ERROR
    if isinstance(result, date):
        day = result if isinstance(result, datetime) else datetime(result.year, result.month, result.day)
        return day.replace(tzinfo=UTC)
    return VALUE_ERROR


def com_rows(result: Any) -> ComRows:
    """A result of any shape as rows; a single one as one row of one.

    >>> com_rows(2.0), com_rows([[True], [ErrorValue("#NUM!")]])
    (((2.0,),), [(True,), (-2146826252,)])
    """
    with resting_collector():
        if getattr(result, "ndim", 0):
            flat = com_column(result.ravel())
            width = result.shape[-1] if result.ndim > 1 else len(flat)
            return in_rows(flat, width)
        if isinstance(result, list | tuple):
            rows = result if result and isinstance(result[0], list | tuple) else [result]
            if len(rows) == 1:
                return [list(map(com_value, rows[0]))]
            return [tuple(map(com_value, row)) for row in rows]
        return ((com_value(result),),)


def com_column(results: Any) -> list[ComValue]:
    """The elements of a flat array as COM carries them."""
    values: list[Any] = results.tolist()
    if results.dtype.kind == "f":
        return values if are_numbers(results) else list(map(com_value, values))
    if results.dtype.kind == "b":
        return values
    known: dict[Any, ComValue] = {}
    return [value if type(value) is float else _known(value, known) for value in values]


def are_numbers(results: Any) -> bool:
    """Whether an array leaves as nothing but floats: where a number is not finite, the sum is not either."""
    return results.dtype.kind == "f" and isfinite(float(results.sum()))


def in_rows(flat: list[ComValue], width: int) -> ComRows:
    """A flat list as rows of a width.

    A single row is a list: xlwings hands it on by itself, and of a tuple pywin32 takes the first value only.

    >>> in_rows([2.0, 1.0], 2), in_rows([2.0, 1.0], 1)
    ([[2.0, 1.0]], [(2.0,), (1.0,)])
    """
    if len(flat) == width:
        return [flat]
    if width == 1:
        return list(zip(flat, strict=False))
    each = iter(flat)
    return list(zip(*[each] * width, strict=False))


def _known(value: Any, known: dict[Any, ComValue]) -> ComValue:
    """Many elements of a column are the same error or the same month: one object stands for all."""
    key = value.code if isinstance(value, ErrorValue) else (type(value), value)
    if key not in known:
        known[key] = com_value(value)
    return known[key]
