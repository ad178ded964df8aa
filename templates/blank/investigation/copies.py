"""Rows of one call id: the first counts; one that says something else is no copy of it."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from templates.shared.numbers import is_number
from templates.shared.tables import Row, Shown, column, here

COPY, OTHER_COPY = "copy", "copy that differs"
COMPARED_OF_CALLS = ("Started (UTC)", "Direction", "From", "To", "Status", "Seconds")
COMPARED_OF_BILLED = (
    "Started (UTC)",
    "From",
    "To",
    "Status",
    "Seconds",
    "Billed minutes",
    "Cost",
    "Currency",
)
"""In these cells copies of a row say the same; else nobody but a person knows which of them holds."""


def copy_step(table: str, headers: Sequence[str]) -> str:
    """The step of a row whose id an earlier one has."""
    first = here(table, "Copy of row")
    same = [f'INDEX({column(table, one)},{first})&""={here(table, one)}&""' for one in headers]
    return f'IF(AND({",".join(same)}),"{COPY}","{OTHER_COPY}")'


def copy_step_of(row: Row, rows: Sequence[Row], headers: Sequence[str]) -> str:
    """What that gives."""
    first = rows[int(str(row["Copy of row"])) - 1]
    is_same = all(_written(first.get(one)) == _written(row.get(one)) for one in headers)
    return COPY if is_same else OTHER_COPY


def _written(value: Shown) -> object:
    """A cell as & writes it, and = compares it."""
    return Fraction(str(value)) if is_number(value) else "" if value is None else str(value).lower()
