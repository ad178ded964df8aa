"""What filled a workbook, in sentences."""

from __future__ import annotations

from addin.errors import safe
from addin.hosts.filling.fill import Filled
from addin.reconcile.wording import counted, listed

_SHOWN = 10
"""Of the remarks, of which there may be many."""


def sentences(filled: Filled) -> list[str]:
    """The rows of each table, then what a person should know.

    >>> sentences(Filled({"Calls": 1520, "Rates": 1}, ["Calls has no column \\"To\\"."]))
    ['Filled: Calls with 1,520 rows and Rates with 1 row.', 'Calls has no column "To".']
    """
    tables = [f"{name} with {counted(rows, 'row')}" for name, rows in filled.rows.items()]
    said = [f"Filled: {listed(tables)}.", *map(safe, filled.remarks[:_SHOWN])]
    if (more := len(filled.remarks) - _SHOWN) > 0:
        said.append(f"... and {counted(more, 'more remark')}.")
    return said
