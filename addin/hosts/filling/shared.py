"""Shared formulas: one cell has the text, others the same by their distance from it."""

from __future__ import annotations

from collections.abc import Sequence

from addin.hosts.filling.formulas import copied
from addin.hosts.filling.growth import LostError
from addin.hosts.filling.sheet_rows import Cell, Row, Scanner, attributes


class Shared:
    """The shared formulas of one sheet."""

    def __init__(self, scanner: Scanner, rows: Sequence[Row]) -> None:
        self._scanner = scanner
        self._of: dict[str, tuple[Cell, str]] = {}
        for row in rows:
            if "shared" not in row.cells:
                continue
            for cell in scanner.cells(row):
                if (found := scanner.formula(cell)) and found[1]:
                    tag = attributes(found[0])
                    if tag.get("t") == "shared":
                        self._of[tag.get("si", "")] = (cell, found[1])

    def formula(self, cell: Cell) -> tuple[dict[str, str], str] | None:
        """What the tag of a cell's formula says, and the text, be it its own or shared. Raises LostError
        where the shared one is missing."""
        found = self._scanner.formula(cell)
        if found is None:
            return None
        tag, text = attributes(found[0]), found[1]
        if tag.get("t") == "shared" and not text:
            if tag.get("si", "") not in self._of:
                raise LostError("the formula that it shares is missing")
            origin, text = self._of[tag["si"]]
            text = copied(text, cell.row - origin.row, cell.column - origin.column)
        return tag, text

    def origin(self, si: str) -> str:
        """The text that is shared; empty where it is missing."""
        return self._of[si][1] if si in self._of else ""
