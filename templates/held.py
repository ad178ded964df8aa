"""The cells of a long table, held as plain numbers until its sheet is written.

XlsxWriter keeps an object for every cell, and a month has millions of them: a gigabyte for 100,000 calls on
two sheets. Here each column that is written goes into arrays, eleven bytes a cell, and XlsxWriter is handed
one row of cells after the other when it writes the file, which is the same to the byte.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any
from weakref import WeakKeyDictionary

from xlsxwriter.worksheet import Worksheet

from templates.workbook import streamed_on

LONG = 2_000
"""The rows from which on it is worth it."""

Cell = Any
"""A named tuple of XlsxWriter, by whose class it tells what is in the cell."""


class HeldTable:
    """The columns of one table, all of the same rows; `kept` when all are written."""

    def __init__(self, sheet: Worksheet, first_row: int, count: int) -> None:
        self.sheet = sheet
        self._rows = range(first_row, first_row + count)
        self._row = _Row()

    @contextmanager
    def column(self, index: int) -> Iterator[None]:
        """Whatever is written to the sheet meanwhile: the cells of this column, from the first row down, none
        left out, since each would move those below it."""
        others, self.sheet.table = self.sheet.table, defaultdict(dict)
        try:
            yield
            if [*self.sheet.table] != [*self._rows]:
                raise IndexError(f"column {index} of {self.sheet.name} has not one cell in each row")
            self._row.add(index, [cells[index] for cells in self.sheet.table.values()])
        finally:
            self.sheet.table = others

    @contextmanager
    def kept(self) -> Iterator[None]:
        """The columns are part of the sheet from now on: cells of theirs may be written over, none beside.

        A table that is added meanwhile is not noted cell by cell, by which XlsxWriter would know whether
        another one covers it.
        """
        if not isinstance(self.sheet.table, _Cells):
            _held[self.sheet] = self.sheet.table = _Cells(self.sheet.table)
        self.sheet.table.hold(self._rows, self._row)
        noted, self.sheet.table_cells = self.sheet.table_cells, _Forgetful()
        try:
            yield
        finally:
            self.sheet.table_cells = noted


def lost(sheets: Iterable[Worksheet]) -> dict[str, int]:
    """How many held cells XlsxWriter never asked for, and how many rows are not at the place that it kept for
    them, by sheet; told when the file is written.

    A held cell is made from its number as XlsxWriter's own code looks it up, row by row. A version that walks
    its cells in another way would leave them out, and say nothing.
    """
    counts = {
        sheet.name: (_held[sheet].not_asked() if sheet in _held else 0)
        + sum(len(table.rows) - table.written for table in streamed_on(sheet))
        for sheet in sheets
    }
    return {name: count for name, count in counts.items() if count}


class _Forgetful(dict[tuple[int, int], str]):
    """Holds nothing."""

    def __setitem__(self, cell: tuple[int, int], where: str) -> None:
        pass


class _Cells(defaultdict[int, dict[int, Cell]]):
    """The cells of a sheet by row and column, as XlsxWriter looks them up; of the held rows, the one that was
    asked for last is the only one there."""

    def __init__(self, others: dict[int, dict[int, Cell]]) -> None:
        super().__init__(dict, others)
        self._tables: list[tuple[range, _Row]] = []
        self._made: int | None = None

    def hold(self, rows: range, row: _Row) -> None:
        self._tables.append((rows, row))

    def not_asked(self) -> int:
        return sum(row.not_asked() for _, row in self._tables)

    def __missing__(self, number: int) -> dict[int, Cell]:
        for rows, row in self._tables:
            if number in rows:
                if self._made is not None:
                    del self[self._made]
                self._made, row.at = number, number - rows.start
                self[number] = row
                return row
        return super().__missing__(number)

    def __contains__(self, number: object) -> bool:
        return super().__contains__(number) or any(number in rows for rows, _ in self._tables)


class _Row(dict[int, Cell]):
    """The cells by column of row `at` of a table, each made when it is asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.at = 0
        self._columns: dict[int, _Column] = {}

    def add(self, index: int, cells: list[Cell]) -> None:
        self._columns[index] = _Column(cells)
        super().__setitem__(index, None)

    def __getitem__(self, index: int) -> Cell:
        return self._columns[index].cell(self.at)

    def __setitem__(self, index: int, cell: Cell) -> None:
        self._columns[index].replace(self.at, cell)

    def not_asked(self) -> int:
        return sum(column.asked.count(0) for column in self._columns.values())


class _Column:
    """Cells of few kinds (class and format), each with a number: its value, or which text it is."""

    def __init__(self, cells: list[Cell]) -> None:
        self._kinds: list[_Kind] = []
        self._kind_of = bytearray(len(cells))
        self._numbers = array("d", bytes(8 * len(cells)))
        self._others: dict[int, Cell] = {}
        """Cells that are anything else, such as formulas."""
        self.asked = bytearray(len(cells))
        """1 for each cell that was asked for."""
        known: dict[tuple[type[Cell], Any], int] = {}
        for at, cell in enumerate(cells):
            key = cell.__class__, cell[-1]
            index = known.get(key)
            if index is None:
                kind = _kind_of(cell)
                if kind is None or len(known) == _MOST_KINDS:
                    self._others[at] = cell
                    continue
                index = known[key] = len(known)
                self._kinds.append(kind)
            self._kind_of[at] = index
            if len(cell) > 1:
                self._numbers[at] = cell[0]

    def cell(self, at: int) -> Cell:
        self.asked[at] = 1
        if at in self._others:
            return self._others[at]
        kind, cell_format, number = self._kinds[self._kind_of[at]]
        return kind(cell_format) if number is None else kind(number(self._numbers[at]), cell_format)

    def replace(self, at: int, cell: Cell) -> None:
        self._others[at] = cell


_held: WeakKeyDictionary[Worksheet, _Cells] = WeakKeyDictionary()
"""The held cells of a sheet, whatever XlsxWriter makes of its attribute."""

_Kind = tuple[type[Cell], Any, type[int] | type[float] | None]
_MOST_KINDS = 256
_NUMBERS = {"Number": float, "Datetime": float, "String": int, "Blank": None}
"""What the number of a cell is, by the name of its class; None where it has none."""


def _kind_of(cell: Cell) -> _Kind | None:
    name = cell.__class__.__name__
    return (cell.__class__, cell.format, _NUMBERS[name]) if name in _NUMBERS else None
