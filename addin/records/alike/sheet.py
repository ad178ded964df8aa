"""The rows of a workbook's sheet for reading in columns.

Only rows of such forms are read so that every reader of XML finds the same in them (`sheet_form.py`): their
values are cut out of the text where they stand. All else is refused, for openpyxl, which reads single rows.
"""

from __future__ import annotations

import zipfile
import zlib
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow.compute as pc
from numpy.typing import NDArray
from openpyxl.utils import get_column_letter

from addin.records.alike import sheet_cells
from addin.records.alike import sheet_form as form
from addin.records.alike.given import Columns, Given, NotPlain
from addin.records.alike.sheet_cells import LENGTHS, MARKED, NUMBERS, TEXTS, TIMES, UNUSED
from addin.records.alike.sheet_single import refuse_odd, single_rows
from addin.records.alike.sheet_values import RowsAt, found_in
from addin.records.excel_tables import open_sheets
from addin.records.instants import UNIX_UNITS
from addin.records.sheet_texts import SharedTexts
from addin.records.tables import Row, Table, fold

inflating: Any
try:
    from isal import isal_zlib as inflating
except ImportError:
    inflating = zlib

BLOCK = 1 << 22
MOST_LEFT_OUT = 10_000
"""Rows that a block may leave out, beside as many as it has: each is asked for."""
HEAD = 1 << 20
"""In which a header stands."""


@dataclass(frozen=True, slots=True)
class _Block:
    """The XML of some rows; behind the last ones, what follows."""

    text: bytes
    tail: bytes
    share: float
    """How much of the sheet has been read with it."""


@dataclass(frozen=True, slots=True)
class _Read:
    """A block, where its rows are, which of them are not read by themselves, and the cells of those, column
    by column."""

    block: _Block
    rows: RowsAt
    kept: NDArray[np.int64]
    cells: list[sheet_cells.Cells]


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
        self._wanted: list[int] = []
        """The numbers of the columns that are looked at."""

    def coming(self) -> Iterator[_Block]:
        with ThreadPoolExecutor(1) as pool:
            self._coming_texts = pool.submit(sheet_cells.read_texts, self._book, self._sheet._shared_strings)
            for block in self._blocks():
                if not self._ways:
                    self._choose(block.text)
                yield block

    def made(self, block: _Block, /) -> _Read:
        form.refuse_other(block.text, self._pattern)
        rows, values = found_in(block.text)
        odd = values.error_rows[np.isin(values.error_columns, self._wanted)]
        kept = np.setdiff1d(np.arange(len(rows.numbers)), odd)
        places = np.full(len(rows.numbers), -1)
        places[kept] = np.arange(len(kept))
        cells = sheet_cells.cells_of(block.text, values, places, len(kept), self._ways)
        return _Read(block, rows, kept, cells)

    def given(self, batch: _Read, /) -> Given:
        block, numbers = batch.block, batch.rows.numbers
        if block.tail:
            refuse_odd(self._head + block.tail, self._book)
        first, last = (
            (int(numbers[0]), int(numbers[-1])) if len(numbers) else (self._before + 1, self._before)
        )
        if first <= self._before:
            raise NotPlain
        self._before = last
        for place, way in enumerate(self._ways):
            if way == UNUSED:
                batch.cells[place].texts(self._texts)
        count = last + 1 - first
        if count > 2 * len(numbers) + MOST_LEFT_OUT:
            raise NotPlain
        cells = {key: self._own(key, batch) for key in self._columns.own}
        cells |= {key: self._alike(key, batch) for key in self._columns.alike}

        def row(place: int) -> Iterator[tuple[int, Row]]:
            at = int(np.searchsorted(numbers, first + place))
            if numbers[at] == first + place:
                start, end = [*batch.rows.starts[at : at + 2], len(block.text)][:2]
                yield from self._rows(block.text[start:end])

        places = None if len(batch.kept) == count else numbers[batch.kept] - first
        return Given(cells, len(batch.kept), first, count, places, block.share, row)

    def again(self, numbers: NDArray[np.int64], /) -> Iterator[tuple[int, Row]]:
        wanted = deque(numbers.tolist())
        for block in self._blocks():
            text, at = block.text, 0
            while wanted and (at := text.find(b'<row r="%d"' % wanted[0], at)) >= 0:
                wanted.popleft()
                yield from self._rows(text[at : text.index(b"</row>", at) + len(b"</row>")])

    @property
    def _texts(self) -> sheet_cells.Texts:
        return self._coming_texts.result()

    def _blocks(self) -> Iterator[_Block]:
        """The rows below the header, and with the last of them what follows."""
        try:
            path = self._sheet._worksheet_path
            size = self._book._archive.getinfo(path).file_size
            with self._book._archive.open(path) as file:
                _inflate_fast(file)
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
                        yield _Block(text[:cut], b"", file.tell() / size)
                    text = text[cut:] + more
                yield _Block(text[:end], text[end:] + file.read(), 1)
        except (zipfile.BadZipFile, zlib.error, inflating.error, EOFError):
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
                self._wanted.append(place + 1)
                cells += f"|{form.ERROR}"
            self._ways.append(way)
            forms.append((letters, cells))
        self._pattern = form.rows_of(forms, self._head)

    def _own(self, key: str, batch: _Read) -> Any:
        place = self._place[key]
        way, cells = self._ways[place], batch.cells[place]
        if way == TEXTS:
            return pc.fill_null(cells.written, "")
        if way == MARKED:
            return sheet_cells.texts_of(cells, self._texts)
        if way == TIMES and key in (self._columns.start, *self._columns.times) and not self._columns.clock:
            return sheet_cells.moments(cells.numbers(), self._book.epoch)
        raise NotPlain

    def _alike(self, key: str, batch: _Read) -> Any:
        place = self._place[key]
        return sheet_cells.alike(self._ways[place], batch.cells[place], self._texts, self._book.epoch)

    def _rows(self, xml: bytes) -> Iterator[tuple[int, Row]]:
        return single_rows(xml, self._book, self._texts, self._keys)


def _inflate_fast(file: Any) -> None:
    """A part of a workbook that zipfile has opened: by isal, where that is installed."""
    if file._compress_type == zipfile.ZIP_DEFLATED:
        file._decompressor = inflating.decompressobj(-zlib.MAX_WBITS)
