"""A row of a table that lacks some of its formulas counts wrongly: programs other than Excel leave them out
of rows that are inserted, Calc those of folded columns even where people fill them down."""

from __future__ import annotations

from collections.abc import Sequence

from templates.grid import column_reference
from templates.shared.checks import Check
from templates.shared.tables import Field, Figure

_REMEDY = (
    "Show the folded columns (the + above the sheet), then copy the grey cells of another row into the rows "
    "that lack them."
)


def every_formula(table: str, fields: Sequence[Field]) -> Check:
    """Its figures stand side by side at the end of the table."""
    figures = [field.header for field in fields if isinstance(field, Figure)]
    first, last = (column_reference(header) for header in (figures[0], figures[-1]))
    return Check(
        f"check_formulas_{table.casefold()}",
        f"Every row of {table} has its formulas",
        f"{len(figures)}*ROWS({table}[{first}])-COUNTA({table}[[{first}]:[{last}]])",
        _REMEDY,
    )
