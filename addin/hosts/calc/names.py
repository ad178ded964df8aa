"""Defined names of a workbook."""

from __future__ import annotations

from typing import Any

from xlwings import base_classes

from addin.hosts.calc import bridge, formulas
from addin.hosts.calc.bridge import Uno


class Names(base_classes.Names):
    """The names of the whole workbook; those of single sheets are left alone."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.names = book.doc.NamedRanges

    @property
    def api(self) -> Uno:
        return self.names

    def __len__(self) -> int:
        return len(self.names.ElementNames)

    def __call__(self, name_or_index: str | int) -> Name:
        if isinstance(name_or_index, int):
            return Name(self.book, self.names.ElementNames[name_or_index - 1])
        if not self.names.hasByName(name_or_index):
            raise KeyError(name_or_index)
        return Name(self.book, name_or_index)

    def contains(self, name_or_index: str | int) -> bool:
        return bool(self.names.hasByName(name_or_index))

    def add(self, name: str, refers_to: str) -> Name:
        content = formulas.content_of(self.book, refers_to)
        if self.names.hasByName(name):
            self.names.getByName(name).setContent(content)
        else:
            self.names.addNewByName(name, content, bridge.cell_address(0, 0, 0), 0)
        return Name(self.book, name)


class Name(base_classes.Name):
    def __init__(self, book: Any, name: str) -> None:
        self.book = book
        self._name = name

    @property
    def api(self) -> Uno:
        return self.book.doc.NamedRanges.getByName(self._name)

    @property
    def name(self) -> str:
        return self._name

    @name.setter
    def name(self, value: str) -> None:
        self.api.setName(value)
        self._name = value

    def delete(self) -> None:
        self.book.doc.NamedRanges.removeByName(self._name)

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
