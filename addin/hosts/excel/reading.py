"""Reading from Excel: cells with all their digits, and collections."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from addin.hosts.program import Rows, read
from udfs.errors import CODE_OF_COM_INTEGER


def values_of(cells: Any) -> Rows:
    """The values of a range, row by row.

    Excel hands a cell in a currency format over as currency, which has four decimals: a rate of 0.00855
    arrives as 0.0086. `Value2` knows no currency, but no days either: it is asked for those cells alone.
    """
    values = read(cells)
    for column in range(len(values[0])):
        if any(isinstance(row[column], Decimal) for row in values):
            whole = _column(cells.columns[column].api.Value2)
            for row, number in zip(values, whole, strict=True):
                if isinstance(row[column], Decimal):
                    row[column] = number
    return [[_no_integer(value) for value in row] for row in values]


def items(things: Any) -> Iterator[Any]:
    """What a collection of Excel holds, which counts from 1."""
    return (things.Item(number) for number in range(1, int(things.Count) + 1))


def _column(values: Any) -> list[Any]:
    """What Excel gives for a column; of a single cell it is no tuple."""
    return [row[0] for row in values] if isinstance(values, tuple) else [values]


def _no_integer(value: Any) -> Any:
    """An integer is an error that xlwings has no text for, such as #SPILL!: Excel's numbers are floats."""
    if isinstance(value, int) and not isinstance(value, bool):
        return CODE_OF_COM_INTEGER.get(value, "#VALUE!")
    return value
