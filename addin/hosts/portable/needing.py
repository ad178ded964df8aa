"""What of a portable workbook shows an error without the add-in, gathered down the columns."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_CELLS = re.compile(r"([A-Z]+)(\d+)(?::\1(\d+))?")


@dataclass(frozen=True, slots=True)
class Needing:
    """One place, or cells one below the other."""

    where: str
    """A sheet; or, where there are no cells, words for the place."""
    cells: str
    what: tuple[str, ...]
    """The functions that only the add-in has, and what others need it for."""

    @property
    def place(self) -> str:
        return f"{self.where}!{self.cells}" if self.cells else self.where


def gathered(found: Iterable[Needing]) -> list[Needing]:
    """Cells that follow each other down a column as one, where the first of them stood.

    >>> two = [Needing("Calls", cell, ("CARD_COST",)) for cell in ("F2", "G2", "F3", "F5")]
    >>> [one.place for one in gathered(two)]
    ['Calls!F2:F3', 'Calls!G2', 'Calls!F5']
    """
    places: list[Needing] = []
    open_at: dict[tuple[str, str, tuple[str, ...], int], int] = {}
    for one in found:
        cells = _CELLS.fullmatch(one.cells)
        if cells is None:
            places.append(one)
            continue
        column, first, last = cells[1], cells[2], int(cells[3] or cells[2])
        at = open_at.pop((one.where, column, one.what, int(first) - 1), None)
        if at is None:
            at = len(places)
            places.append(one)
        else:
            top = places[at].cells.partition(":")[0]
            places[at] = Needing(one.where, f"{top}:{column}{last}", one.what)
        open_at[(one.where, column, one.what, last)] = at
    return places
