"""The open spreadsheets."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from addin.hosts.calc import bridge
from addin.hosts.calc.bridge import Uno
from addin.hosts.calc.names import Names
from addin.hosts.calc.ranges import Range
from addin.hosts.calc.sheets import Sheet, Sheets

_SPREADSHEET = "com.sun.star.sheet.SpreadsheetDocument"
_FILTERS = {".xlsx": "Calc MS Excel 2007 XML", ".ods": "calc8", ".csv": "Text - txt - csv (StarCalc)"}


class Books:
    def __init__(self, app: Any) -> None:
        self.app = app

    @property
    def api(self) -> Uno:
        return self.app.desktop

    def _docs(self) -> list[Uno]:
        found, parts = [], self.app.desktop.Components.createEnumeration()
        while parts.hasMoreElements():
            doc = parts.nextElement()
            if hasattr(doc, "supportsService") and doc.supportsService(_SPREADSHEET):
                found.append(doc)
        return found

    @property
    def active(self) -> Book | None:
        doc = self.app.desktop.getCurrentComponent()
        if doc is not None and doc.supportsService(_SPREADSHEET):
            return Book(self.app, doc)
        docs = self._docs()
        return Book(self.app, docs[0]) if docs else None

    def __iter__(self) -> Iterator[Book]:
        return (Book(self.app, doc) for doc in self._docs())

    def __len__(self) -> int:
        return len(self._docs())

    def __call__(self, name_or_index: str | int) -> Book:
        books = list(self)
        if isinstance(name_or_index, int):
            return books[name_or_index - 1]
        for book in books:
            if book.name.casefold() == name_or_index.casefold():
                return book
        raise KeyError(name_or_index)

    def add(self) -> Book:
        return self._load("private:factory/scalc")

    def open(
        self, fullname: str, update_links: Any = None, read_only: Any = None, *_: Any, **__: Any
    ) -> Book:
        return self._load(bridge.url_of(fullname), ReadOnly=bool(read_only))

    def _load(self, url: str, **more: Any) -> Book:
        # what is opened while the screen stands still is no workbook for a person to see
        arguments = bridge.properties(Hidden=not self.app.screen_updating, **more)
        doc = self.app.desktop.loadComponentFromURL(url, "_blank", 0, arguments)
        if doc is None:
            raise OSError(f"LibreOffice cannot open {url}")
        return Book(self.app, doc)


class Book:
    def __init__(self, app: Any, doc: Uno) -> None:
        self.app = app
        self.doc = doc

    @property
    def api(self) -> Uno:
        return self.doc

    @property
    def fullname(self) -> str:
        return bridge.path_of(self.doc.URL) or str(self.doc.Title)

    @property
    def name(self) -> str:
        return os.path.basename(self.fullname)

    @property
    def day_zero(self) -> date:
        """The day whose serial is 0: 1899-12-30, or 1904-01-01 in a workbook from an old Mac."""
        zero = self.doc.NullDate
        return date(zero.Year, zero.Month, zero.Day)

    @property
    def sheets(self) -> Sheets:
        return Sheets(self)

    @property
    def names(self) -> Names:
        return Names(self)

    @property
    def selection(self) -> Range | None:
        selected = self.doc.CurrentController.getSelection()
        if not hasattr(selected, "getRangeAddress"):
            return None
        place = selected.getRangeAddress()
        sheet = Sheet(self, self.doc.Sheets.getByIndex(place.Sheet))
        return Range(sheet, place.StartRow, place.StartColumn, place.EndRow, place.EndColumn)

    def activate(self) -> None:
        frame = self.doc.CurrentController.Frame
        frame.activate()

    def close(self) -> None:
        self.doc.close(True)

    def save(self, path: str | None = None, password: str | None = None) -> None:
        if path is None and self.doc.URL:
            self.doc.store()
            return
        target = Path(path or f"{self.doc.Title}.ods").absolute()
        filter_name = _FILTERS[target.suffix.lower()]
        self.doc.storeAsURL(bridge.url_of(str(target)), bridge.properties(FilterName=filter_name))
