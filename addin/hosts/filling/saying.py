"""What a filling says: errors that name a place, and remarks about what it did not carry over."""

from __future__ import annotations

from dataclasses import dataclass, field

from addin.errors import TollsheetError
from addin.hosts.filling.areas import Area
from addin.hosts.filling.growth import LostError


def lost(where: str, error: LostError) -> TollsheetError:
    """An address that cannot follow, at its place."""
    return TollsheetError(
        f"{where}: {error}",
        "Let it name whole columns of the table, such as Calls[Cost], or its first row.",
    )


def cell_place(sheet: str, row: int, column: int) -> str:
    """
    >>> cell_place("Summary", 3, 2)
    'Summary!B3'
    """
    return f"{sheet}!{Area(row, column, row, column)}"


@dataclass(slots=True)
class Remarks:
    """What a person should know, each once."""

    lines: list[str] = field(default_factory=list)

    def add(self, line: str) -> None:
        if line not in self.lines:
            self.lines.append(line)

    def add_no_longer_last(self, address: str, table: str, where: str) -> None:
        """Say of a single cell that it was of the last row, and is of one among others."""
        self.add(
            # ROWS of the table itself counts its header in LibreOffice
            f"{where} names {address}, which was in the last row of {table} and is not any more. If you mean "
            f"the last row, write INDEX({table}[X],ROWS({table}[X])), where X is the name of the column."
        )

    def add_indirect(self, formula: str, where: str) -> None:
        """Say of a formula that it holds addresses as text, if it does."""
        if "INDIRECT(" in formula.upper():
            self.add(f"{where} uses INDIRECT: addresses in its text do not follow the tables.")
