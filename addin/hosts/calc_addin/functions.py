"""Cell functions as LibreOffice Calc calls them: its values in, its values out, without LibreOffice.

Calc hands a number, a text, or for a range rows of both (a blank in them is ''); an argument left out is
None. A blank cell by itself arrives as 0, and a range that holds an error never arrives: the cell shows
Err:504. What goes back are rows, always: texts, floats, and errors as not-a-numbers that carry Calc's error
number. TRUE and FALSE go back as 1 and 0 (Calc takes a FALSE among rows of anything for TRUE), dates as
serials: the cell needs a date format.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from functools import lru_cache
from itertools import chain
from typing import Any

from addin.hosts.collector import resting_collector
from udfs.cells.ranges import FEWEST_FOR_COLUMNS
from udfs.cells.registry import CELL_FUNCTIONS, CellFunction
from udfs.errors import CellError, ErrorValue, NotAvailable

Rows = tuple[tuple[Any, ...], ...]

CALC_ERROR_OF_CODE = {
    "#NULL!": 521,
    "#DIV/0!": 532,
    "#VALUE!": 519,
    "#REF!": 524,
    "#NAME?": 525,
    "#NUM!": 503,
    "#N/A": 32767,
}
"""Calc's numbers of the errors that it shares with Excel; any other error becomes #VALUE!."""

_QUIET_NAN = 0x7FF8_0000_0000_0000
_SERIAL_ZERO = date(1899, 12, 30)


@lru_cache(maxsize=32)
def error_number(code: str) -> float:
    """The not-a-number by which Calc knows an error.

    >>> struct.pack(">d", error_number("#N/A")).hex()
    '7ff8000000007fff'
    """
    number = CALC_ERROR_OF_CODE.get(code, CALC_ERROR_OF_CODE["#VALUE!"])
    found: float = struct.unpack("<d", struct.pack("<Q", _QUIET_NAN | number))[0]
    return found


def answer(name: str, cells: Sequence[Any], report: Callable[[str, BaseException], None]) -> Rows:
    """What the cells of a formula show. Whatever a function fails with becomes an error in the cell.

    `report` is told of failures that are no fault of the arguments, so that their traceback is not lost.

    >>> answer("BILLED_MINUTES", (80.0, None, None), print)
    ((2.0,),)
    >>> answer("TO_SECONDS", ((("1:20",), (0.5,)),), print)
    ((80.0,), (43200.0,))
    """
    try:
        return (_over_ranges if tuple in map(type, cells) else _of_single_cells)(name, *cells)
    except CellError as error:
        if error.__cause__ is not None:
            report(name, error)
        return ((error_number(error.code),),)
    except Exception as error:
        report(name, error)
        return ((error_number("#VALUE!"),),)


@lru_cache(maxsize=65536, typed=True)
def _of_single_cells(name: str, *cells: Any) -> Rows:
    """Filled-down formulas meet the same few durations and rates again and again; the functions are pure."""
    return rows_of(_call(CELL_FUNCTIONS[name], cells))


def _over_ranges(name: str, *cells: Any) -> Rows:
    with resting_collector():
        return rows_of(_call(CELL_FUNCTIONS[name], cells))


def _call(function: CellFunction, cells: Sequence[Any]) -> Any:
    """The function's own result. An argument left out is a blank only where it is optional."""
    values = []
    for argument, cell in zip(function.arguments, cells, strict=True):
        if cell is None and argument.required:
            raise NotAvailable(f"{argument.name} is left out", "give it")
        values.append(_column(cell) if isinstance(cell, tuple) and not argument.is_table else cell)
    return function.call(*values)


def _column(rows: Rows) -> Any:
    """A range of nothing but numbers as an array, where numpy is installed; any other as it is.

    The kinds are looked at first: an array would read the text "80" as a number.
    """
    if len(rows) * len(rows[0]) >= FEWEST_FOR_COLUMNS:
        cells = list(chain.from_iterable(rows))
        if set(map(type, cells)) == {float}:
            try:
                import numpy as np
            except ImportError:
                return rows
            return np.array(cells).reshape(len(rows), len(rows[0]))
    return rows


def rows_of(result: Any) -> Rows:
    """A result as Calc takes it.

    >>> rows_of([[1], [True]]), rows_of("2026-09"), rows_of(date(2026, 9, 1))
    (((1.0,), (1.0,)), (('2026-09',),), ((46266.0,),))
    """
    if hasattr(result, "tolist"):
        if result.dtype.kind == "b":
            result = result.astype(float)
        if result.dtype.kind == "f":
            if result.shape[1:] == (1,):
                return tuple(
                    zip(result.ravel().tolist(), strict=False)
                )  # a column: much quicker than by rows
            return _as_rows(result.tolist())
        result = result.tolist()
    if not isinstance(result, list):
        return ((_shown(result),),)
    if not all(isinstance(row, list) for row in result):
        return _as_rows([list(map(_shown, result))])
    return _as_rows([list(map(_shown, row)) for row in result])


def _as_rows(rows: Sequence[Iterable[Any]]) -> Rows:
    return tuple(map(tuple, rows))


def _shown(value: Any) -> Any:
    """One element as Calc takes it: any number is a float, for Calc empties cells of large integers."""
    if isinstance(value, float | str):
        return value
    if isinstance(value, ErrorValue):
        return error_number(value.code)
    if isinstance(value, datetime):
        midnight = datetime.combine(value.date(), datetime.min.time(), value.tzinfo)
        return _serial(value.date()) + (value - midnight).total_seconds() / 86400
    if isinstance(value, date):
        return _serial(value)
    return float(value)


@lru_cache(maxsize=4096)
def _serial(day: date) -> float:
    return float((day - _SERIAL_ZERO).days)
