"""The rows of a workbook's sheet for reading in columns.

fastexcel reads cells fast, but not all as openpyxl does, which reads single rows. So it is given a workbook
of our own: only rows of forms that both read alike (`sheet_form.py`), no styles, so that a time is its
number, and of a text in the workbook's table its place there, as a number with a minus. All else is refused.
"""

from __future__ import annotations

import io
import warnings
import zipfile
import zlib
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._reader import WorkSheetParser

from addin.records.alike import sheet_cells
from addin.records.alike import sheet_form as form
from addin.records.alike.given import Columns, Given, NotPlain
from addin.records.alike.sheet_cells import LENGTHS, MARKED, NUMBERS, TEXTS, TIMES, UNUSED
from addin.records.excel_tables import is_blank, open_sheets
from addin.records.instants import UNIX_UNITS
from addin.records.sheet_texts import SharedTexts
from addin.records.tables import Cell, Row, Table, fold

BLOCK = 1 << 22
MOST_LEFT_OUT = 10_000
"""Rows that a block may leave out, beside as many as it has."""
HEAD = 1 << 20
"""In which a header stands."""


@dataclass(frozen=True, slots=True)
class _Read:
    """Some rows: their XML, where they are in it, which have an error, and their cells; behind the last ones,
    what follows."""

    text: bytes
    rows: form.RowsAt
    odd: NDArray[np.int64]
    cells: Any
    tail: bytes


class SheetRows:
    """Each batch is a block of rows."""

    def __init__(self, table: Table, name: str, columns: Columns) -> None:
        assert table.source is not None
        self._columns = columns
        self._keys = [fold(header) for header in table.headers]
        self._place = {key: place for place, key in enumerate(self._keys)}
        sheets = [sheet for sheet in open_sheets(table.source) if sheet.title == table.sheet]
        if len(sheets) != 1:
            raise NotPlain
        self._sheet, self._book = sheets[0], sheets[0].parent
        self._has_texts = isinstance(self._sheet._shared_strings, SharedTexts)
        self._header_row = self._before = table.header_row
        self._coming_texts = Future[sheet_cells.Texts]()
        self._head, self._pattern = b"", ""
        self._ways: list[int] = []
        self._wanted: list[str] = []
        """The letters of the columns that are looked at."""

    def coming(self) -> Iterator[tuple[bytes, bytes]]:
        with ThreadPoolExecutor(1) as pool:
            self._coming_texts = pool.submit(sheet_cells.read_texts, self._book, self._sheet._shared_strings)
            for text, tail in self._blocks():
                if not self._ways:
                    self._choose(text)
                yield text, tail

    def made(self, block: tuple[bytes, bytes], /) -> _Read:
        text, tail = block
        form.refuse_other(text, self._pattern)
        form.refuse_escapes(text)
        rows = form.rows_at(text)
        if len(rows.numbers) and rows.numbers[-1] - rows.numbers[0] > 2 * len(rows.numbers) + MOST_LEFT_OUT:
            raise NotPlain  # fastexcel makes the rows between, too
        odd = form.rows_with_errors(text, rows, self._wanted)
        cells = sheet_cells.read_cells(text, rows.numbers, self._ways, self._has_texts)
        return _Read(text, rows, odd, cells, tail)

    def given(self, batch: _Read, /) -> Given:
        numbers = batch.rows.numbers
        if batch.tail:
            self._refuse_odd(batch.tail)
        if len(numbers):
            if numbers[0] <= self._before:
                raise NotPlain
            self._before = int(numbers[-1])
        for place, way in enumerate(self._ways):
            if way == UNUSED and self._texts.count:
                sheet_cells.numbered(batch.cells.column(sheet_cells.name_of(place)), self._texts)
        first, count = int(numbers[0]) if len(numbers) else self._before, batch.cells.num_rows
        table, places = batch.cells, None
        if len(batch.odd):
            places = np.delete(np.arange(count), numbers[batch.odd] - first)
            table = table.take(pa.array(places))
        cells = {key: self._own(key, table) for key in self._columns.own}
        cells |= {key: self._alike(key, table) for key in self._columns.alike}

        def row(place: int) -> Iterator[tuple[int, Row]]:
            at = int(np.searchsorted(numbers, first + place))
            if numbers[at] == first + place:
                start, end = [*batch.rows.starts[at : at + 2], len(batch.text)][:2]
                yield from self._rows(batch.text[start:end])

        return Given(cells, table.num_rows, first, count, places, row)

    def again(self, numbers: NDArray[np.int64], /) -> Iterator[tuple[int, Row]]:
        wanted = deque(numbers.tolist())
        for text, _ in self._blocks():
            at = 0
            while wanted and (at := text.find(b'<row r="%d"' % wanted[0], at)) >= 0:
                wanted.popleft()
                yield from self._rows(text[at : text.index(b"</row>", at) + len(b"</row>")])

    @property
    def _texts(self) -> sheet_cells.Texts:
        return self._coming_texts.result()

    def _blocks(self) -> Iterator[tuple[bytes, bytes]]:
        """The rows below the header, and with the last of them what follows."""
        try:
            with self._book._archive.open(self._sheet._worksheet_path) as file:
                text = file.read(HEAD)
                begin = text.find(b"<sheetData>") + len(b"<sheetData>")
                header = text.find(b'<row r="%d"' % self._header_row, begin)
                end = text.find(b"</row>", header) + len(b"</row>")
                if not len(b"<sheetData>") <= begin <= header < end:
                    raise NotPlain
                self._head, text = text[:begin], text[begin:]
                form.refuse_other(text[: end - begin], form.rows_of_any(self._head))
                text = text[end - begin :]
                while (end := text.find(b"</sheetData>")) < 0:
                    more = file.read(BLOCK)
                    if not more or len(text) > 4 * BLOCK:
                        raise NotPlain
                    if cut := text.rfind(b"</row>") + 1:
                        cut += len(b"</row>") - 1
                        yield text[:cut], b""
                    text = text[cut:] + more
                yield text[:end], text[end:] + file.read()
        except (zipfile.BadZipFile, zlib.error, EOFError):
            raise NotPlain from None

    def _choose(self, text: bytes) -> None:
        """How each column is taken, by the first of its cells, and so what all of its cells have to be."""
        times, lengths = self._book._date_formats, self._book._timedelta_formats
        plain = set(range(min(len(self._book._cell_styles), form.MOST_STYLES))) - times
        columns, wanted = self._columns, {*self._columns.own, *self._columns.alike}
        of_time = {columns.start, columns.clock, *columns.times}
        is_count = columns.time_format in UNIX_UNITS and not columns.clock
        forms = []
        width = max(len(self._keys), form.width(text))
        if width > form.MOST_COLUMNS:
            raise NotPlain
        for place in range(width):
            key = self._keys[place] if place < len(self._keys) else ""
            letters = get_column_letter(place + 1)
            kind, style = form.first_kind(text, letters)
            if key not in wanted or self._place[key] != place:
                way, cells = UNUSED, form.ANY
            elif kind == "n" and style in times:
                way = LENGTHS if style in lengths else TIMES
                cells = form.number(lengths if way == LENGTHS else times - lengths, form.POSITIVE)
            elif kind == "n" and key in columns.alike:
                way, cells = NUMBERS, form.number(plain)
            else:
                kind, _ = form.first_kind(text, letters, of_text=True)
                way = MARKED if kind == "s" or (self._has_texts and not kind) else TEXTS
                cells = form.SHARED if way == MARKED else form.INLINE
                if way == MARKED and (key not in of_time or is_count):
                    cells += f"|{form.number(plain, form.POSITIVE)}"
                elif key in columns.own and (key not in of_time or is_count):
                    cells += f"|{form.number(plain, form.WHOLE)}"
            if way != UNUSED:
                self._wanted.append(letters)
                cells += f"|{form.ERROR}"
            self._ways.append(way)
            forms.append((letters, cells))
        self._pattern = form.rows_of(forms, self._head)

    def _own(self, key: str, cells: Any) -> Any:
        place = self._place[key]
        way, column = self._ways[place], cells.column(sheet_cells.name_of(place))
        if way == TEXTS:
            return pc.fill_null(column, "")
        if way == MARKED:
            return sheet_cells.texts_of(column, self._texts)
        if way == TIMES and key in (self._columns.start, *self._columns.times) and not self._columns.clock:
            return sheet_cells.moments(column.to_numpy(zero_copy_only=False), self._book.epoch)
        raise NotPlain

    def _alike(self, key: str, cells: Any) -> Any:
        place = self._place[key]
        column = cells.column(sheet_cells.name_of(place))
        return sheet_cells.alike(self._ways[place], column, self._texts, self._book.epoch)

    def _parse(self, xml: bytes) -> Iterator[tuple[int, list[dict[str, Any]]]]:
        """Rows as openpyxl reads them, which warns of what does not matter here."""
        book = self._book
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield from WorkSheetParser(
                io.BytesIO(xml),
                self._texts,
                data_only=True,
                epoch=book.epoch,
                date_formats=book._date_formats,
                timedelta_formats=book._timedelta_formats,
            ).parse()

    def _rows(self, xml: bytes) -> Iterator[tuple[int, Row]]:
        """Rows as the reader of single rows is given them; none that is blank."""
        for number, found in self._parse(sheet_cells.BEGIN + xml + sheet_cells.END):
            cells: list[Cell] = [None] * len(self._ways)
            for cell in found:
                cells[cell["column"] - 1] = cell["value"]
            if not all(map(is_blank, cells)):
                yield number, dict(zip(self._keys, cells, strict=False))

    def _refuse_odd(self, tail: bytes) -> None:
        """What stands around the rows has to be in order, and hold no more of them."""
        try:
            if list(self._parse(self._head + tail)):
                raise NotPlain
        except Exception:
            raise NotPlain from None
