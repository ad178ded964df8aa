"""A table of a sheet as the rows of a CSV."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from typing import TypeVar

from addin.reports.alike_rows import AlikeRows, values_of
from templates.cells import Value
from templates.grid import Column
from templates.text import csv_text

_AT_ONCE = 1 << 13

R = TypeVar("R")


def csv_rows(columns: Sequence[Column[R]], rows: Sequence[R]) -> Iterator[list[str]]:
    """The rows, header first."""
    yield [column.header for column in columns]
    if isinstance(rows, AlikeRows):
        yield from _alike_rows(columns, rows)
    else:
        yield from (_csv_row(columns, row) for row in rows)


def _csv_row(columns: Sequence[Column[R]], row: R) -> list[str]:
    return [csv_value(column.of(row)) for column in columns]


def _alike_rows(columns: Sequence[Column[R]], rows: AlikeRows[R]) -> Iterator[list[str]]:
    """The texts of rows that are alike are made once."""
    made = [_csv_row(columns, row) for row in rows.alike]
    owned = [(index, column) for index, column in enumerate(columns) if column.own in rows.own]
    shown = [[column.of(row) is not None for _, column in owned] for row in rows.alike]
    for start in range(0, len(rows), _AT_ONCE):
        block = slice(start, start + _AT_ONCE)
        own = [map(csv_value, values_of(rows.own[column.own][block])) for _, column in owned]
        for code, *values in zip(rows.code[block].tolist(), *own, strict=True):
            line = made[code].copy()
            for (index, _), value, is_shown in zip(owned, values, shown[code], strict=True):
                if is_shown:
                    line[index] = value
            yield line


def csv_value(value: Value) -> str:
    """A value as CSV text: numbers with all their digits, instants as ISO text in UTC."""
    if value is None:
        return ""
    if isinstance(value, str):
        return csv_text(value)
    if isinstance(value, datetime):
        return value.replace(tzinfo=None).isoformat(" ")
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
