"""Formulas put into the cells of a table that was written with its values."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import TypeVar

from xlsxwriter.worksheet import Worksheet

from templates.grid import Column, Written

R = TypeVar("R")
Formula = Callable[[R, int], str]
"""The formula of a row, given the row of the sheet as a person counts it; empty where its value stands."""


def write_formulas(
    sheet: Worksheet,
    columns: Sequence[Column[R]],
    rows: Sequence[R],
    written: Written,
    first_row: int,
    formulas: Mapping[str, Formula[R]],
) -> None:
    """Put formulas over the values of the columns with these headers; the values stay beside them."""
    for index, column in enumerate(columns):
        formula = formulas.get(column.header)
        if formula is None:
            continue
        for row, item in enumerate(rows, first_row):
            text = formula(item, row + 1)
            if text:
                value = column.of(item)
                shown = float(value) if isinstance(value, int | Decimal) else ""
                sheet.write_formula(row, index, f"={text}", written.formats[index], shown)
