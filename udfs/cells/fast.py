"""The cell functions over columns: constant arguments read once, the rest handed to `udfs.rating.columns`.

Each function here gets an argument as a `Constant` or as a column, and declines (None) where it has no rule
for that. Imports of the columns wait for the call: scalar use needs no numpy.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

from udfs.cell_values import Cell, amount, error_in, is_blank, text, truth, whole_ms
from udfs.cells.ranges import Column, Constant, Redo
from udfs.cells.terms import increment_after, terms_of


def minutes_columns(arguments: list[Column], size: int, redo: Redo) -> Any:
    """BILLED_MINUTES over columns."""
    from udfs.rating import columns

    duration, *constants = arguments
    if (cells := _constants(constants, (60, None))) is None:
        return None
    minimum_ms = whole_ms(cells[0], "minimum")
    return columns.billed_minutes(
        _column(duration, size), minimum_ms, increment_after(minimum_ms, cells[1]), redo
    )


def call_cost_columns(arguments: list[Column], size: int, redo: Redo) -> Any:
    """CALL_COST over columns."""
    from udfs.rating import columns

    duration, rate, *constants = arguments
    if (cells := _constants(constants, (60, None, 0, 4, "half-up"))) is None:
        return None
    terms = terms_of(0, *cells)
    rates = amount(rate.cell, "rate") if isinstance(rate, Constant) else _column(rate, size)
    if isinstance(rates, Fraction):
        terms = replace(terms, rate=rates)
    return columns.call_cost(_column(duration, size), rates, terms, redo)


def month_columns(arguments: list[Column], size: int, redo: Redo) -> Any:
    """MONTH_ATTRIBUTE over columns of serials, by the start."""
    from udfs.rating import columns

    start, *constants = arguments
    cells = _constants(constants, ("UTC", "start", None, False))
    if cells is None or isinstance(start, Constant) or not _is_numeric(start):
        return None
    zone_name, basis, billed, as_text = cells
    if text(basis, "basis").casefold() != "start" or billed is not None or truth(as_text, "as_text"):
        return None
    return columns.months(start, text(zone_name, "time_zone"), redo)


def utc_columns(arguments: list[Column], size: int, redo: Redo) -> Any:
    """TO_UTC over columns of serials."""
    from udfs.rating import columns

    timestamp, *constants = arguments
    cells = _constants(constants, ("UTC",))
    if cells is None or not _is_numeric(timestamp):
        return None
    return columns.utc_serials(timestamp, text(cells[0], "time_zone"), redo)


def storage_days_columns(arguments: list[Column], size: int, redo: Redo) -> Any:
    """STORAGE_DAYS over columns of serials."""
    from udfs.rating import columns

    created, on = (_column(argument, size) for argument in arguments)
    return columns.storage_days(created, on, redo)


def _constants(arguments: list[Column], defaults: tuple[Cell, ...]) -> list[Cell] | None:
    """The cells of arguments that must be constant here, blanks as their defaults; None if one is no such."""
    if not all(isinstance(argument, Constant) for argument in arguments):
        return None
    if any(error_in(argument.cell) for argument in arguments):
        return None
    return [
        default if is_blank(argument.cell) else argument.cell
        for argument, default in zip(arguments, defaults, strict=True)
    ]


def _column(argument: Column, size: int) -> Any:
    return [argument.cell] * size if isinstance(argument, Constant) else argument


def _is_numeric(column: Column) -> bool:
    """Whether a column is worth the serials' rule: its first cells are numbers."""
    kind = getattr(getattr(column, "dtype", None), "kind", "")
    return kind in "fiu" if kind else any(type(cell) in (int, float) for cell in column[:50])
