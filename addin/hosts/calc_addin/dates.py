"""Day numbers of workbooks that do not count from 30 December 1899, as those that came from an old Mac.

A number in a cell does not say from which day it counts: the workbook does. The functions count from 1899, so
what goes in is moved there and what comes out is moved back. A 0 stays a 0: a blank cell arrives as one.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from udfs.cells.registry import CellFunction
from udfs.rating.rate_card_rows import DATE_COLUMNS, column_of

DAY_ZERO = date(1899, 12, 30)


def days_from_1899(null_date: Any) -> int:
    """How many days later a workbook begins to count, from its own setting."""
    return (date(null_date.Year, null_date.Month, null_date.Day) - DAY_ZERO).days


def moved_in(function: CellFunction, cells: Sequence[Any], days: int) -> list[Any]:
    """The arguments as if the workbook counted from 1899."""
    return [
        _card(cell, days) if argument.is_table else _moved(cell, days) if argument.is_date else cell
        for argument, cell in zip(function.arguments, cells, strict=True)
    ]


def moved_out(rows: tuple[tuple[Any, ...], ...], days: int) -> tuple[tuple[Any, ...], ...]:
    """Results that are day numbers, as the workbook counts."""
    return tuple(tuple(value - days if isinstance(value, float) else value for value in row) for row in rows)


def _moved(cell: Any, days: int) -> Any:
    if isinstance(cell, tuple):
        return tuple(tuple(_moved(value, days) for value in row) for row in cell)
    return cell + days if isinstance(cell, float) and cell != 0 else cell


def _card(card: Any, days: int) -> Any:
    """A rate card whose columns of days are moved; its first row names them."""
    if not isinstance(card, tuple):
        return card
    dated = [column_of(name) in DATE_COLUMNS for name in card[0]]
    return tuple(
        tuple(_moved(cell, days) if is_date else cell for cell, is_date in zip(row, dated, strict=True))
        for row in card
    )
