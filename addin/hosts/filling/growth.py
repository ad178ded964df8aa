"""Where cells are after tables have grown or shrunk, and what the areas become that are laid over them.

Nothing stands below most input tables in their own columns: then they grow alone, and what stands beside
them stays where it is. Where something does, the whole rows of the sheet below the table move.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from addin.hosts.filling.areas import COLUMNS, ROWS, Area


class LostError(Exception):
    """An address whose rows are gone, or that would be torn; `str` says why."""


@dataclass(frozen=True, slots=True)
class Growth:
    """The rows of data of one table, as they are in the template, and how many there will be."""

    table: str
    data: Area
    bottom: int
    """The last row of the table: its totals, if it has any."""
    rows: int
    moves_sheet: bool
    """Whether whole rows below move."""

    @property
    def by(self) -> int:
        """How many rows there are more."""
        return self.rows - (self.data.bottom - self.data.top + 1)

    @property
    def last(self) -> int:
        """The last row of data afterwards."""
        return self.data.bottom + self.by

    def moves(self, area: Area) -> bool:
        """Whether the area moves if it stands below the data."""
        return self.moves_sheet or (self.data.left <= area.left and area.right <= self.data.right)

    def follow(self, area: Area, *, grows: bool) -> Area:
        """What becomes of an area. Where it ends with the data, it ends with them afterwards; one of a single
        row does so only if it `grows`. Raises LostError."""
        data = self.data
        meets_columns = area.left <= data.right and area.right >= data.left
        if not self.by or not (self.moves_sheet or meets_columns) or area.bottom < data.top:
            return area
        if area.top > data.bottom:
            if self.moves(area):
                return self._moved(area)
            if area.top <= self.bottom:
                raise LostError(f"the totals of {self.table} move, and cells beside them do not")
            return area
        if area.bottom > self.bottom or (area.bottom > data.bottom and area.top > data.top):
            return self._ends_below(area)
        if area.bottom in (data.bottom, self.bottom) and (area.top < area.bottom or grows):
            return self._clipped(area, area.bottom + self.by)
        return self._clipped(area, min(area.bottom, self.last))

    def _moved(self, area: Area) -> Area:
        if area.top + self.by > ROWS:
            raise LostError(f"the rows below {self.table} would be pushed off the sheet")
        return replace(area, top=area.top + self.by, bottom=min(ROWS, area.bottom + self.by))

    def _ends_below(self, area: Area) -> Area:
        if self.moves(area):
            bottom = ROWS if area.bottom == ROWS else min(ROWS, area.bottom + self.by)
        else:
            bottom = max(area.bottom, self.bottom + self.by)
        return replace(area, top=min(area.top, self.last + 1), bottom=bottom)

    def _clipped(self, area: Area, bottom: int) -> Area:
        if area.top > self.last:
            raise LostError(f"{self.table} has no row {area.top} any more: it ends in row {self.last}")
        return replace(area, bottom=bottom)


class Moves:
    """All tables that are filled, by sheet."""

    def __init__(self, growths: Mapping[str, Sequence[Growth]]) -> None:
        """By the name of the sheet."""
        self._growths = {
            sheet.casefold(): sorted(of_sheet, key=lambda one: -one.data.top)
            for sheet, of_sheet in growths.items()
        }

    def on(self, sheet: str) -> Sequence[Growth]:
        """Those of a sheet, from the bottom up: none of them moves what the next one is told of."""
        return self._growths.get(sheet.casefold(), ())

    def change(self, sheet: str) -> bool:
        """Whether a row of the sheet is at another place afterwards, or another area is a table's."""
        return any(one.by for one in self.on(sheet))

    @property
    def change_anything(self) -> bool:
        return any(one.by for of_sheet in self._growths.values() for one in of_sheet)

    def area(self, sheet: str, area: Area, *, grows: bool = False) -> Area:
        """What becomes of an area. Raises LostError."""
        for growth in self.on(sheet):
            area = growth.follow(area, grows=grows)
        return area

    def rows(self, sheet: str, top: int, bottom: int) -> tuple[int, int]:
        """The same for whole rows."""
        area = self.area(sheet, Area(top, 1, bottom, COLUMNS), grows=top != bottom)
        return area.top, area.bottom

    def row(self, sheet: str, row: int, column: int) -> int:
        """Where a cell is afterwards, be its row one of data or not. Raises LostError."""
        return self.area(sheet, Area(row, column, row, column)).top

    def data_at(self, sheet: str, area: Area) -> Growth | None:
        """The table whose data the area touches."""
        return next((one for one in self.on(sheet) if one.data.meets(area)), None)

    def shift(self, sheet: str, growth: Growth) -> int:
        """By how many rows a table itself moves, because of others above it."""
        top = growth.data.top
        return self.row(sheet, top, growth.data.left) - top
