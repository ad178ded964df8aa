"""Defined names of a workbook."""

from __future__ import annotations

from typing import Any

from xlwings import base_classes

from addin.hosts.calc import bridge, formulas
from addin.hosts.calc.bridge import Uno
from addin.hosts.open_workbook.marks import spelled


class Names(base_classes.Names):
    """The names of the whole workbook, then those of single sheets, `Sheet!name` as in Excel."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.names = book.doc.NamedRanges

    @property
    def api(self) -> Uno:
        return self.names

    def _all(self) -> list[Name]:
        found = [Name(self.book, self.names, name) for name in self.names.ElementNames]
        for sheet in self.book.sheets:
            of_sheet = sheet.api.NamedRanges
            found += [
                Name(self.book, of_sheet, name, f"{spelled(sheet.name)}!") for name in of_sheet.ElementNames
            ]
        return found

    def snapshot(self) -> list[tuple[str, Name]]:
        """All at once: xlwings would ask for each by its number, and each time go through all sheets."""
        return [(name.name, name) for name in self._all()]

    def __call__(self, name: str) -> Name:
        """By its name: where xlwings is asked for a number, it takes the snapshot."""
        if self.names.hasByName(name):
            return Name(self.book, self.names, name)
        for one in self._all():
            if one.name == name:
                return one
        raise KeyError(name)

    def contains(self, name: str) -> bool:
        return bool(self.names.hasByName(name)) or any(one.name == name for one in self._all())

    def add(self, name: str, refers_to: str) -> Name:
        content = formulas.content_of(self.book, refers_to)
        if self.names.hasByName(name):
            self.names.getByName(name).setContent(content)
        else:
            self.names.addNewByName(name, content, bridge.cell_address(0, 0, 0), 0)
        return Name(self.book, self.names, name)


class Name(base_classes.Name):
    """One name, of the whole workbook or of the sheet that its prefix names."""

    def __init__(self, book: Any, names: Uno, name: str, prefix: str = "") -> None:
        self.book = book
        self.names = names
        self._name = name
        self._prefix = prefix

    @property
    def api(self) -> Uno:
        return self.names.getByName(self._name)

    @property
    def name(self) -> str:
        return self._prefix + self._name

    @name.setter
    def name(self, value: str) -> None:
        self.api.setName(value)
        self._name = value

    def delete(self) -> None:
        self.names.removeByName(self._name)

    @property
    def refers_to(self) -> str:
        tokens = self.api.getTokens()
        return "=" + formulas.printed(self.book, tokens, bridge.cell_address(0, 0, 0))

    @refers_to.setter
    def refers_to(self, value: str) -> None:
        self.api.setContent(formulas.content_of(self.book, value))

    @property
    def refers_to_range(self) -> Any:
        found = self.api.getReferredCells()
        if found is None:
            raise ValueError(f"{self._name} refers to no range")
        place = found.getRangeAddress()
        sheet = self.book.sheets(place.Sheet + 1)
        return sheet.at(place.StartRow, place.StartColumn, place.EndRow, place.EndColumn)
