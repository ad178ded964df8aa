"""A table of a sheet as the rows of a CSV."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from typing import TypeVar

from templates.cells import Value
from templates.grid import Column
from templates.text import csv_text

R = TypeVar("R")


def csv_rows(columns: Sequence[Column[R]], rows: Sequence[R]) -> Iterator[list[str]]:
    """The rows, header first."""
    yield [column.header for column in columns]
    for row in rows:
        yield [csv_value(column.of(row)) for column in columns]


def csv_value(value: Value) -> str:
    """A value as CSV text: numbers with all their digits, instants as ISO text in UTC."""
    if value is None:
        return ""
    if isinstance(value, str):
        return csv_text(value)
    if isinstance(value, datetime):
        return value.replace(tzinfo=None).isoformat(" ")
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
