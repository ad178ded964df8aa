"""Cells and areas of a sheet by their addresses; rows and columns count from 1."""

from __future__ import annotations

import re
from dataclasses import dataclass

from addin.hosts.letters import column_letters, column_number

ROWS, COLUMNS = 1_048_576, 16_384
"""Of a sheet."""

_AREA = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})(?::\$?([A-Za-z]{1,3})\$?(\d{1,7}))?")


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of cells, all its edges included.

    >>> str(Area.of("$b$5:C9")), str(Area.of("A1")), Area.of("A1:B2").holds(2, 2)
    ('B5:C9', 'A1', True)
    """

    top: int
    left: int
    bottom: int
    right: int

    @classmethod
    def of(cls, ref: str) -> Area:
        """Raises ValueError where it is no address of cells."""
        match = _AREA.fullmatch(ref)
        if match is None:
            raise ValueError(f"{ref!r} names no cells")
        left, top = column_number(match[1]), int(match[2])
        right, bottom = (column_number(match[3]), int(match[4])) if match[3] else (left, top)
        return cls(min(top, bottom), min(left, right), max(top, bottom), max(left, right))

    def __str__(self) -> str:
        first = f"{column_letters(self.left)}{self.top}"
        last = f"{column_letters(self.right)}{self.bottom}"
        return first if first == last else f"{first}:{last}"

    def holds(self, row: int, column: int) -> bool:
        return self.top <= row <= self.bottom and self.left <= column <= self.right

    def meets(self, other: Area) -> bool:
        return (
            self.top <= other.bottom
            and other.top <= self.bottom
            and self.left <= other.right
            and other.left <= self.right
        )
