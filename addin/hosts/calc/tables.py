"""Tables: in Calc they are database ranges, which formulas name as they name Excel's tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from addin.hosts.calc import bridge
from addin.hosts.calc.bridge import Uno


class Tables:
    def __init__(self, sheet: Any) -> None:
        self.sheet = sheet
        self.ranges = sheet.book.doc.DatabaseRanges

    @property
    def api(self) -> Uno:
        return self.ranges

    def _names(self) -> list[str]:
        place = self.sheet.index - 1
        names = self.ranges.ElementNames
        return [name for name in names if self.ranges.getByName(name).DataArea.Sheet == place]

    def __iter__(self) -> Iterator[Table]:
        return (Table(self.sheet, name) for name in self._names())

    def __len__(self) -> int:
        return len(self._names())

    def __contains__(self, key: str) -> bool:
        return key in self._names()

    def __call__(self, key: str | int) -> Table:
        names = self._names()
        if isinstance(key, int):
            return Table(self.sheet, names[key - 1])
        if key not in names:
            raise KeyError(key)
        return Table(self.sheet, key)

    def add(self, source: Any = None, name: str | None = None, **_: Any) -> Table:
        area = source.impl
        wanted = name or "Table"
        free = free_name(self.ranges, wanted)
        if name and free != name:
            raise ValueError(f"A table of the name {name} exists already")
        self.ranges.addNewByName(free, area.address_struct)
        made = self.ranges.getByName(free)
        made.ContainsHeader = True
        made.AutoFilter = True
        return Table(self.sheet, free)


class Table:
    def __init__(self, sheet: Any, name: str) -> None:
        self.sheet = sheet
        self._name = name

    @property
    def api(self) -> Uno:
        return self.sheet.book.doc.DatabaseRanges.getByName(self._name)

    @property
    def parent(self) -> Any:
        return self.sheet

    @property
    def name(self) -> str:
        return self._name

    @name.setter
    def name(self, value: str) -> None:
        if value != self._name:
            self.api.setName(value)
            self._name = value

    @property
    def display_name(self) -> str:
        return self._name

    @property
    def range(self) -> Any:
        area = self.api.DataArea
        return self.sheet.at(area.StartRow, area.StartColumn, area.EndRow, area.EndColumn)

    @property
    def header_row_range(self) -> Any:
        area = self.api.DataArea
        return self.sheet.at(area.StartRow, area.StartColumn, area.StartRow, area.EndColumn)

    @property
    def data_body_range(self) -> Any:
        area = self.api.DataArea
        last = area.EndRow - bool(self.api.TotalsRow)
        return self.sheet.at(area.StartRow + 1, area.StartColumn, last, area.EndColumn)

    def resize(self, area: Any) -> None:
        self.api.setDataArea(area.impl.address_struct)


def free_name(ranges: Uno, wanted: str) -> str:
    """The name, or as Excel does it, the name with the first number that is free."""
    taken = {name.casefold() for name in ranges.ElementNames}
    name, number = wanted, 1
    while name.casefold() in taken:
        number += 1
        name = f"{wanted}_{number}"
    return name


def moved(area: Uno, sheet: int) -> Uno:
    """The same area on another sheet."""
    return bridge.range_address(sheet, area.StartColumn, area.StartRow, area.EndColumn, area.EndRow)
