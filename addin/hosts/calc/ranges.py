"""Ranges of cells: their values, their formulas, and where they stand."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from typing import Any

import xlwings as xw
from xlwings import expansion

from addin.hosts.calc import formulas
from addin.hosts.calc.bridge import Uno
from addin.hosts.calc.formats import Formats
from addin.hosts.calc.values import (
    ERROR_OF,
    OTHER_ERROR,
    TIME_ZERO,
    each,
    moment,
    rows_of,
    serial_of,
    typed_in,
)

_VALUES, _FORMATS, _OBJECTS = 1 | 2 | 4 | 16, 32 | 64, 8
_FORMULA, _ANY_RESULT, _ERROR_RESULT = 16, 7, 4
_DATE_FORMAT, _TIME_FORMAT = 2, 4
_SHOWN = 1
"""What a search looks at: what cells show, not their formulas."""


class Range(Formats):
    """A rectangle; edges are zero-based and inclusive."""

    max_cells_per_read = None
    max_cells_per_write = None

    def __init__(self, sheet: Any, top: int, left: int, bottom: int, right: int) -> None:
        self.sheet = sheet
        self.top, self.left, self.bottom, self.right = top, left, bottom, right

    @property
    def cells(self) -> Uno:
        return self.sheet.sheet.getCellRangeByPosition(self.left, self.top, self.right, self.bottom)

    @property
    def api(self) -> Uno:
        return self.cells

    @property
    def address_struct(self) -> Uno:
        return self.cells.getRangeAddress()

    @property
    def coords(self) -> tuple[str, int, int, int, int]:
        return self.sheet.name, self.row, self.column, *self.shape

    @property
    def row(self) -> int:
        return self.top + 1

    @property
    def column(self) -> int:
        return self.left + 1

    @property
    def shape(self) -> tuple[int, int]:
        return self.bottom - self.top + 1, self.right - self.left + 1

    def __len__(self) -> int:
        rows, columns = self.shape
        return rows * columns

    def __call__(self, row: int, column: int | None = None) -> Range:
        if column is None:
            row, column = (row - 1) // self.shape[1] + 1, (row - 1) % self.shape[1] + 1
        at = (self.top + row - 1, self.left + column - 1)
        return Range(self.sheet, *at, *at)

    def get_address(self, row_absolute: bool, col_absolute: bool, external: bool) -> str:
        first = self._name(self.top, self.left, row_absolute, col_absolute)
        last = self._name(self.bottom, self.right, row_absolute, col_absolute)
        address = first if first == last else f"{first}:{last}"
        if external:
            return f"'[{self.sheet.book.name}]{self.sheet.name}'!{address}"
        return address

    @property
    def address(self) -> str:
        return self.get_address(True, True, False)

    @staticmethod
    def _name(row: int, column: int, row_absolute: bool, col_absolute: bool) -> str:
        letters, number = "", column + 1
        while number:
            number, digit = divmod(number - 1, 26)
            letters = chr(65 + digit) + letters
        return f"{'$' * col_absolute}{letters}{'$' * row_absolute}{row + 1}"

    @property
    def raw_value(self) -> Any:
        cells = self.cells
        rows = [list(row) for row in cells.getDataArray()]
        for row, column, day_zero in self._dated(cells):
            if isinstance(rows[row][column], float):
                with suppress(OverflowError):  # no calendar has such a day: it stays a number
                    rows[row][column] = moment(rows[row][column], day_zero)
        for row, column in self._places(cells.queryFormulaCells(_ERROR_RESULT)):
            number = self.sheet.sheet.getCellByPosition(self.left + column, self.top + row).getError()
            rows[row][column] = ERROR_OF.get(number, OTHER_ERROR)
        return [[None if value == "" else value for value in row] for row in rows]

    @raw_value.setter
    def raw_value(self, value: Any) -> None:
        """As Excel takes it: `=A1` is a formula and `007` a number, unless the cell is formatted as text."""
        rows, cells, day_zero = rows_of(value, self.shape), self.cells, self.sheet.book.day_zero
        is_text = self.number_format == "@"
        moments: list[tuple[int, int, str]] = []
        written: list[tuple[int, int, str]] = []
        for row, line in enumerate(rows):
            for column, one in enumerate(line):
                if isinstance(one, datetime | date | time | timedelta):
                    line[column] = serial_of(one, day_zero)
                    shown = "yyyy-mm-dd hh:mm:ss" if isinstance(one, datetime) else "yyyy-mm-dd"
                    moments.append((row, column, shown))
                elif isinstance(one, str) and not is_text:
                    if one.startswith("="):
                        written.append((row, column, one))
                        line[column] = ""
                    else:
                        line[column] = typed_in(one)
        cells.setDataArray(each(rows, _plain))
        for row, column, shown in moments:
            cell = self(row + 1, column + 1)
            if cell.number_format == "General":
                cell.number_format = shown
        parser = formulas.parser_of(self.sheet.book)
        for row, column, formula in written:
            formulas.write(parser, cells.getCellByPosition(column, row), formula)

    @property
    def formula(self) -> Any:
        """Formulas where there are any, else the value as text, as Excel gives them."""
        cells = self.cells
        rows = [list(row) for row in cells.getFormulaArray()]
        parser = formulas.parser_of(self.sheet.book)
        for row, column in self._places(cells.queryFormulaCells(_ANY_RESULT)):
            if rows[row][column].startswith("{"):  # each cell of an array shows the formula of the whole
                area = self(row + 1, column + 1).array_area
                if area is not None:
                    rows[row][column] = area.formula_array
                    continue
            rows[row][column] = formulas.read(parser, cells.getCellByPosition(column, row))
        return rows[0][0] if len(self) == 1 else tuple(map(tuple, rows))

    @formula.setter
    def formula(self, value: Any) -> None:
        rows, cells = rows_of(value, self.shape), self.cells
        book = self.sheet.book
        are_all = all(isinstance(one, str) and one.startswith("=") for line in rows for one in line)
        if len(self) > 1 and are_all and not book.doc.isReadonly():  # such a one takes them one by one
            formulas.write_all(book, cells, rows)
            return
        parser = formulas.parser_of(book)
        for row, line in enumerate(rows):
            for column, one in enumerate(line):
                cell = cells.getCellByPosition(column, row)
                if isinstance(one, str) and one.startswith("="):
                    formulas.write(parser, cell, one)
                else:
                    self(row + 1, column + 1).raw_value = one

    formula2 = formula

    @property
    def array_area(self) -> Range | None:
        """All cells of the array formula which the first cell is part of."""
        first = self(1, 1).cells
        if not first.getArrayFormula():
            return None
        cursor = self.sheet.sheet.createCursorByRange(first)
        cursor.collapseToCurrentArray()
        place = cursor.getRangeAddress()
        return Range(self.sheet, place.StartRow, place.StartColumn, place.EndRow, place.EndColumn)

    @property
    def formula_array(self) -> str | None:
        """The array formula of the range, without braces; None where it has none, or only a part of one."""
        area = self.array_area
        if area is None or area.shape != self.shape or (area.top, area.left) != (self.top, self.left):
            return None
        first = self.cells.getCellByPosition(0, 0).getCellAddress()
        printed = formulas.parser_of(self.sheet.book).printFormula(self.cells.getArrayTokens(), first)
        return f"={printed}"

    @formula_array.setter
    def formula_array(self, value: str) -> None:
        first = self.cells.getCellByPosition(0, 0).getCellAddress()
        tokens = formulas.parser_of(self.sheet.book).parseFormula(value.removeprefix("="), first)
        self.cells.setArrayTokens(tokens)

    def clear_contents(self) -> None:
        self.cells.clearContents(_VALUES)

    def clear_formats(self) -> None:
        self.cells.clearContents(_FORMATS)

    def clear(self) -> None:
        self.cells.clearContents(_VALUES | _FORMATS | _OBJECTS)

    def select(self) -> None:
        self.sheet.activate()
        self.sheet.book.doc.CurrentController.select(self.cells)

    def expand(self, mode: Any = "table") -> Any:
        return expansion.expanders.get(mode, mode).expand(xw.Range(impl=self)).impl

    @property
    def has_array(self) -> bool:
        return self.array_area is not None

    def end(self, direction: str) -> Range:
        """Where the filled cells end, as Ctrl and an arrow lead there from a filled cell."""
        down, right = {"down": (1, 0), "up": (-1, 0), "right": (0, 1), "left": (0, -1)}[direction]
        used = self.sheet.used_range
        row, column = self.top, self.left
        while 0 <= row + down <= used.bottom and 0 <= column + right <= used.right:
            cell = self.sheet.sheet.getCellByPosition(column + right, row + down)
            if cell.getType().value == "EMPTY":
                break
            row, column = row + down, column + right
        return Range(self.sheet, row, column, row, column)

    def find(self, text: str, whole: bool, direction: str, order: str, match_case: bool) -> Range | None:
        """The first cell that shows the text; `*` and `?` stand for any, as in Excel."""
        cells = self.cells
        search = cells.createSearchDescriptor()
        search.SearchString, search.SearchWildcard, search.SearchType = text, True, _SHOWN
        search.SearchWords, search.SearchCaseSensitive = whole, match_case
        search.SearchByRow, search.SearchBackwards = order == "rows", direction == "backward"
        found = cells.findFirst(search)
        if found is None:
            return None
        place = found.getRangeAddress()
        return Range(self.sheet, place.StartRow, place.StartColumn, place.StartRow, place.StartColumn)

    @property
    def merge_area(self) -> Range:
        cursor = self.sheet.sheet.createCursorByRange(self(1, 1).cells)
        cursor.collapseToMergedArea()
        place = cursor.getRangeAddress()
        return Range(self.sheet, place.StartRow, place.StartColumn, place.EndRow, place.EndColumn)

    @property
    def merge_cells(self) -> bool:
        return len(self(1, 1).merge_area) > 1

    def merge(self, across: bool) -> None:
        if across:
            for row in range(self.top, self.bottom + 1):
                Range(self.sheet, row, self.left, row, self.right).cells.merge(True)
        else:
            self.cells.merge(True)

    def unmerge(self) -> None:
        self.cells.merge(False)

    @property
    def table(self) -> Any:
        for table in self.sheet.tables:
            place = table.range
            if place.top <= self.top <= place.bottom and place.left <= self.left <= place.right:
                return table
        return None

    def _places(self, found: Uno) -> Iterator[tuple[int, int]]:
        """The cells of a query, counted from this range's first."""
        for place in found.getRangeAddresses():
            for row in range(place.StartRow, place.EndRow + 1):
                for column in range(place.StartColumn, place.EndColumn + 1):
                    yield row - self.top, column - self.left

    def _dated(self, cells: Uno) -> Iterator[tuple[int, int, date]]:
        """The cells that are shown as a day or a time, each with the day from which it counts."""
        formats = self.sheet.book.doc.NumberFormats
        groups = cells.getUniqueCellFormatRanges()
        for index in range(groups.Count):
            group = groups.getByIndex(index)
            kind = formats.getByKey(group.getByIndex(0).NumberFormat).Type
            if kind & (_DATE_FORMAT | _TIME_FORMAT):
                day_zero = self.sheet.book.day_zero if kind & _DATE_FORMAT else TIME_ZERO
                for row, column in self._places(group.queryContentCells(_VALUES)):
                    yield row, column, day_zero


def _plain(value: Any) -> Any:
    """A value as UNO takes it: every number a float, for an int above 2^31 silently turns empty."""
    if value is None:
        return ""
    if isinstance(value, bool | int):
        return float(value)
    return value
