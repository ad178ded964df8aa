"""What filled a template, in the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from addin.cli.console import SHOWN_ROWS, number, open_console, plain_table, show_unreadable
from addin.errors import safe
from addin.hosts.filling.fill import Filled
from addin.records.call import Unreadable


def show_filling(filled: Filled, unreadable: Sequence[Unreadable], output: Path) -> None:
    """The rows of each table, what a person should know, and where the file is."""
    console = open_console()
    table = plain_table("Table", "Rows")
    for name, rows in filled.rows.items():
        table.add_row(name, number(rows))
    console.print(table)
    for line in filled.remarks[:SHOWN_ROWS]:
        console.print(safe(line), soft_wrap=True)
    if len(filled.remarks) > SHOWN_ROWS:
        console.print(f"... and {len(filled.remarks) - SHOWN_ROWS:,} more remarks")
    show_unreadable(console, unreadable)
    console.print(f"Written: {output}", soft_wrap=True)
    console.print("Its figures are calculated when you open it.")
