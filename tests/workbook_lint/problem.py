"""What a rule says of a workbook."""

from __future__ import annotations

from typing import NamedTuple


class Problem(NamedTuple):
    """One fault and its place."""

    rule: str
    part: str  # of the zip file
    cell: str  # or the name, the table, the relationship: what a person looks for in the part
    text: str

    def __str__(self) -> str:
        return f"{self.rule}: {self.part} {self.cell}: {self.text}"
