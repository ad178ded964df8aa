"""Formulas put into the cells of a table that was written with its values."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import TypeVar

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from templates.grid import Column, Written, column_reference
from templates.workbook import names_cells

R = TypeVar("R")
Formula = Callable[[R, int], str]
"""The formula of a row, given the row of the sheet as a person counts it; empty where its value stands."""
_THIS_ROW = re.compile(r"\w+\[\[#This Row\],\[((?:[^\]']|'.)*)\]\]")


def write_formulas(
    sheet: Worksheet,
    columns: Sequence[Column[R]],
    rows: Sequence[R],
    written: Written,
    first_row: int,
    formulas: Mapping[str, Formula[R]],
) -> None:
    """Put formulas over the values of the columns with these headers; the values stay beside them."""
    in_row = _over_cells(columns) if names_cells(sheet) else _over_columns
    for index, column in enumerate(columns):
        formula = formulas.get(column.header)
        if formula is None:
            continue
        for row, item in enumerate(rows, first_row):
            text = formula(item, row + 1)
            if text:
                value = column.of(item)
                shown = float(value) if isinstance(value, int | Decimal) else ""
                sheet.write_formula(row, index, f"={in_row(text, row + 1)}", written.formats[index], shown)


def _over_columns(formula: str, row: int) -> str:
    """As it is: over the columns of its table."""
    return formula


def _over_cells(columns: Sequence[Column[R]]) -> Callable[[str, int], str]:
    """The same formula over the cells of its row, where the table begins in the first column of the sheet."""
    letters = {column_reference(one.header): xl_col_to_name(index) for index, one in enumerate(columns)}

    @cache
    def pieces(formula: str) -> list[str]:
        """Text, column, text, column ... text."""
        return _THIS_ROW.split(formula)

    def in_row(formula: str, row: int) -> str:
        text, *others = pieces(formula)
        cells = (
            f"${letters[header]}{row}{rest}" for header, rest in zip(others[::2], others[1::2], strict=True)
        )
        return "".join((text, *cells))

    return in_row
