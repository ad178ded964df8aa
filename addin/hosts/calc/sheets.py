"""The sheets of a workbook."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from addin.hosts.calc.bridge import Uno
from addin.hosts.calc.copying import copy_sheet
from addin.hosts.calc.ranges import Range
from addin.hosts.calc.tables import Tables

LAST_ROW, LAST_COLUMN = 1_048_575, 16_383
_ADDRESS = re.compile(r"\$?([A-Za-z]{0,3})\$?(\d*)(?::\$?([A-Za-z]{0,3})\$?(\d*))?")


class Sheets:
    def __init__(self, book: Any) -> None:
        self.book = book
        self.sheets = book.doc.Sheets

    @property
    def api(self) -> Uno:
        return self.sheets

    @property
    def active(self) -> Sheet:
        return Sheet(self.book, self.book.doc.CurrentController.ActiveSheet)

    def __iter__(self) -> Iterator[Sheet]:
        return (Sheet(self.book, self.sheets.getByIndex(place)) for place in range(self.sheets.Count))

    def __len__(self) -> int:
        return int(self.sheets.Count)

    def __call__(self, name_or_index: str | int) -> Sheet:
        if isinstance(name_or_index, int):
            return Sheet(self.book, self.sheets.getByIndex(name_or_index - 1))
        for sheet in self:
            if sheet.name.casefold() == name_or_index.casefold():
                return sheet
        raise KeyError(name_or_index)

    def __contains__(self, key: str) -> bool:
        return any(sheet.name.casefold() == key.casefold() for sheet in self)

    def add(self, before: Sheet | None = None, after: Sheet | None = None, name: str | None = None) -> Sheet:
        if name is None:
            number = 1
            while f"Sheet{number}" in self:
                number += 1
            name = f"Sheet{number}"
        self.sheets.insertNewByName(name, place_of(self.sheets, before, after))
        made = self(name)
        made.activate()
        return made


def place_of(sheets: Uno, before: Sheet | None, after: Sheet | None) -> int:
    """The index at which a sheet is to stand."""
    if before is not None:
        return before.index - 1
    return after.index if after is not None else int(sheets.Count)


class Sheet:
    def __init__(self, book: Any, sheet: Uno) -> None:
        self.book = book
        self.sheet = sheet

    @property
    def api(self) -> Uno:
        return self.sheet

    @property
    def name(self) -> str:
        return str(self.sheet.Name)

    @name.setter
    def name(self, value: str) -> None:
        self.sheet.setName(value)

    @property
    def index(self) -> int:
        return int(self.sheet.getRangeAddress().Sheet) + 1

    @property
    def visible(self) -> bool:
        return bool(self.sheet.IsVisible)

    @visible.setter
    def visible(self, value: bool) -> None:
        self.sheet.IsVisible = value

    @property
    def tables(self) -> Tables:
        return Tables(self)

    @property
    def freeze_panes(self) -> FreezePanes:
        return FreezePanes(self)

    def at(self, top: int, left: int, bottom: int, right: int) -> Range:
        """A range by its zero-based edges."""
        return Range(self, top, left, bottom, right)

    def range(self, arg1: Any, arg2: Any = None) -> Range:
        first, last = self._corner(arg1), self._corner(arg2 if arg2 is not None else arg1)
        return Range(
            self,
            min(first.top, last.top),
            min(first.left, last.left),
            max(first.bottom, last.bottom),
            max(first.right, last.right),
        )

    def _corner(self, arg: Any) -> Range:
        if isinstance(arg, Range):
            return arg
        if isinstance(arg, tuple):
            row, column, *shape = arg
            rows, columns = shape or (1, 1)
            return self.at(row - 1, column - 1, row + rows - 2, column + columns - 2)
        found = _ADDRESS.fullmatch(arg)
        if found is None or not (found[1] or found[2]):
            return self._named(arg)
        last_column, last_row = (found[3], found[4]) if ":" in arg else (found[1], found[2])
        return self.at(
            int(found[2]) - 1 if found[2] else 0,
            column_of(found[1]) if found[1] else 0,
            int(last_row) - 1 if last_row else LAST_ROW,
            column_of(last_column) if last_column else LAST_COLUMN,
        )

    def _named(self, name: str) -> Range:
        found: Range = self.book.names(name).refers_to_range
        return found

    @property
    def cells(self) -> Range:
        return self.at(0, 0, LAST_ROW, LAST_COLUMN)

    @property
    def used_range(self) -> Range:
        cursor = self.sheet.createCursor()
        cursor.gotoStartOfUsedArea(False)
        first = cursor.getRangeAddress()
        cursor.gotoEndOfUsedArea(False)
        last = cursor.getRangeAddress()
        return self.at(first.StartRow, first.StartColumn, last.EndRow, last.EndColumn)

    def activate(self) -> None:
        self.book.doc.CurrentController.setActiveSheet(self.sheet)

    def select(self) -> None:
        self.activate()

    def clear(self) -> None:
        self.cells.clear()

    def clear_contents(self) -> None:
        self.cells.clear_contents()

    def delete(self) -> None:
        ranges = self.book.doc.DatabaseRanges
        for table in list(self.tables):  # Calc would leave their names behind
            ranges.removeByName(table.name)
        page = self.sheet.PageStyle
        self.book.doc.Sheets.removeByName(self.name)
        pages = self.book.doc.StyleFamilies.getByName("PageStyles")
        style = pages.getByName(page)
        if style.isUserDefined() and not style.isInUse():  # the copy's own, one more with each build
            pages.removeByName(page)

    def copy(self, before: Sheet | None, after: Sheet | None) -> None:
        target = before if before is not None else after
        assert target is not None
        copy_sheet(self, target.book, place_of(target.book.doc.Sheets, before, after))

    def autofit(self, axis: str | None = None) -> None:
        self.used_range.autofit(axis)


class FreezePanes:
    """What stays in sight."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet

    def freeze_at(self, address: str) -> None:
        """Freeze the rows above the range and the columns left of it, as Excel's own does."""
        cell = self.sheet.range(address)
        controller = self.sheet.book.doc.CurrentController
        before = controller.ActiveSheet
        self.sheet.activate()
        controller.freezeAtPosition(cell.right + 1, cell.bottom + 1)
        controller.setActiveSheet(before)

    def unfreeze(self) -> None:
        controller = self.sheet.book.doc.CurrentController
        before = controller.ActiveSheet
        self.sheet.activate()
        if controller.hasFrozenPanes():
            controller.splitAtPosition(0, 0)
        controller.setActiveSheet(before)


def column_of(letters: str) -> int:
    """The zero-based column.

    >>> column_of("A"), column_of("AB")
    (0, 27)
    """
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1
