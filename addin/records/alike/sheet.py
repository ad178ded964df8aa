"""The rows of a workbook's sheet for reading in columns.

fastexcel reads cells fast, but not all as openpyxl does, which reads single rows. So it is given a workbook
of our own: only rows of forms that both read alike (`sheet_form.py`), no styles, so that a time is its
number, and of a text in the workbook's table its place there, as a number with a minus. All else is refused.
"""

from __future__ import annotations

import io
import math
import warnings
import zipfile
import zlib
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import fastexcel
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import from_excel
from openpyxl.worksheet._reader import WorkSheetParser

from addin.records.alike import sheet_form as form
from addin.records.alike.given import Columns, Given, NotPlain
from addin.records.excel_tables import is_blank, open_sheets
from addin.records.instants import UNIX_UNITS
from addin.records.sheet_texts import SharedTexts
from addin.records.tables import Cell, Row, Table, fold
from addin.records.values import FIRST_TOO_LONG

BLOCK = 1 << 22
HEAD = 1 << 20
"""In which a header stands."""
FIRST_DAY, LAST_DAY = 61, 2_900_000
"""Between March 1900 and the year 9000 all programs agree about the day that a number is."""
DAY_S = 24 * 60 * 60
NUMBERS, MARKED, TEXTS, TIMES, LENGTHS, UNUSED = range(6)
"""How the cells of a column are taken: all are numbers; numbers and texts of the table, those marked by a
minus; texts; times; lengths of time; or nobody looks at them."""

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_RELATED = (
    f'<Relationships xmlns="{_PACKAGE}">'
    f'<Relationship Id="a" Type="{_OFFICE}/%s" Target="%s"/></Relationships>'
)
_BOOK = {
    "_rels/.rels": _RELATED % ("officeDocument", "xl/workbook.xml"),
    "xl/_rels/workbook.xml.rels": _RELATED % ("worksheet", "worksheets/sheet1.xml"),
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
    '<sheet name="a" sheetId="1" r:id="a"/></sheets></workbook>',
}
_BEGIN = f'<worksheet xmlns="{_MAIN}" xmlns:x14ac="x"><sheetData>'.encode()
_END = b"</sheetData></worksheet>"


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
        self._header_row = self._before = table.header_row
        self._texts = _Texts(None, 0)
        self._head, self._pattern = b"", ""
        self._ways: list[int] = []
        self._wanted: list[str] = []
        """The letters of the columns that are looked at."""

    def coming(self) -> Iterator[_Read]:
        waiting: deque[Future[_Read]] = deque()
        with ThreadPoolExecutor(2) as pool:
            texts = pool.submit(_read_texts, self._book, self._sheet._shared_strings)
            for text, tail in self._blocks():
                if not self._ways:
                    self._choose(text)
                waiting.append(pool.submit(self._read, text, tail))
                if len(waiting) > 2:
                    self._texts = texts.result()
                    yield waiting.popleft().result()
            self._texts = texts.result()
            while waiting:
                yield waiting.popleft().result()

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
                self._numbered(batch.cells.column(_name(place)))
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
        has_texts = isinstance(self._sheet._shared_strings, SharedTexts)
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
                way = MARKED if kind == "s" or (has_texts and not kind) else TEXTS
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

    def _read(self, text: bytes, tail: bytes) -> _Read:
        form.refuse_other(text, self._pattern)
        form.refuse_escapes(text)
        rows = form.rows_at(text)
        return _Read(
            text, rows, form.rows_with_errors(text, rows, self._wanted), self._cells(text, rows), tail
        )

    def _cells(self, text: bytes, rows: form.RowsAt) -> Any:
        """An arrow table of the rows, and of those between that the sheet leaves out. A row before and one
        behind them say where they begin and end."""
        first, last = (rows.numbers[0], rows.numbers[-1]) if len(rows.numbers) else (2, 1)
        ends = [
            f'<row r="{number}"><c r="A{number}"><v>1</v></c>'
            f'<c r="{get_column_letter(len(self._ways))}{number}"><v>1</v></c></row>'.encode()
            for number in (first - 1, last + 1)
        ]
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w") as book:
            for path, part in _BOOK.items():
                book.writestr(path, part)
            marked = text.replace(b' t="s"><v>', b"     ><v>-")
            book.writestr("xl/worksheets/sheet1.xml", b"".join((_BEGIN, ends[0], marked, ends[1], _END)))
        has_texts = isinstance(self._sheet._shared_strings, SharedTexts)
        kinds: dict[str | int, Any] = {
            place: "string" if way == TEXTS else "float"
            for place, way in enumerate(self._ways)
            if way != UNUSED or has_texts
        }
        try:
            read = fastexcel.read_excel(content.getvalue()).load_sheet(
                0, header_row=None, dtypes=kinds, use_columns=[*map(int, kinds)], eager=True
            )
        except fastexcel.FastExcelError:
            raise NotPlain from None
        if read.num_rows != last - first + 3:
            raise NotPlain
        return read.slice(1, read.num_rows - 2)

    def _own(self, key: str, cells: Any) -> Any:
        way, column = self._ways[self._place[key]], cells.column(_name(self._place[key]))
        if way == TEXTS:
            return pc.fill_null(column, "")
        if way == TIMES and key in (self._columns.start, *self._columns.times) and not self._columns.clock:
            return self._moments(column.to_numpy(zero_copy_only=False))
        if way != MARKED:
            raise NotPlain
        values, marked = self._numbered(column)
        texts = self._texts.column.take(pa.array(np.where(marked, -values, 0).astype(np.int64), mask=~marked))
        counts = ~marked & ~np.isnan(values)
        if counts.any():
            whole = np.where(counts, values, 0)
            if (whole != np.rint(whole)).any() or (whole >= FIRST_TOO_LONG).any():
                raise NotPlain
            digits = pa.array(whole.astype(np.int64), mask=~counts).cast(pa.string())
            texts = pc.coalesce(texts, digits)
        return pc.fill_null(texts, "")

    def _numbered(self, column: Any) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
        """The numbers, and which of them are places in the table of texts."""
        values = column.to_numpy(zero_copy_only=False)
        marked = np.signbit(values) & ~np.isnan(values)
        if (values[marked] <= -self._texts.count).any():
            raise NotPlain
        return values, marked

    def _moments(self, values: NDArray[np.float64]) -> Any:
        """As openpyxl reads times: to the millisecond."""
        blank = np.isnan(values)
        values = np.where(blank, FIRST_DAY, values)
        if (values < FIRST_DAY).any() or (values >= LAST_DAY).any():
            raise NotPlain
        days = np.floor(values)
        ms = np.rint((values - days) * DAY_S * 1000)
        zero = (self._book.epoch - datetime(1970, 1, 1)) // timedelta(milliseconds=1)
        ms += days * (DAY_S * 1000) + zero
        return pa.array(ms.astype(np.int64) * 1000, pa.timestamp("us"), mask=blank)

    def _alike(self, key: str, cells: Any) -> Any:
        """Its different values, and which of them each row has."""
        way, column = self._ways[self._place[key]], cells.column(_name(self._place[key]))
        if way == TEXTS:
            return column.dictionary_encode(null_encoding="encode")
        bits = column.to_numpy(zero_copy_only=False).astype(np.float64).view(np.int64)
        encoded = pa.array(bits).dictionary_encode()
        values = [self._cell(way, value) for value in encoded.dictionary.to_numpy().view(np.float64).tolist()]
        if len({type(value) for value in values if value is not None}) > 1:
            raise NotPlain
        return pa.DictionaryArray.from_arrays(encoded.indices, pa.array(values))

    def _cell(self, way: int, value: float) -> Cell:
        """A value as openpyxl gives it; a whole number is none of its own kind here."""
        if math.isnan(value):
            return None
        if way == MARKED and math.copysign(1, value) < 0:
            if -value >= self._texts.count:
                raise NotPlain
            return self._texts[int(-value)]
        if abs(value) >= FIRST_TOO_LONG or (value == 0 and math.copysign(1, value) < 0):
            raise NotPlain
        if way not in (TIMES, LENGTHS):
            return value
        try:
            return from_excel(value, self._book.epoch, timedelta=way == LENGTHS)
        except (OverflowError, ValueError):
            raise NotPlain from None

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
        for number, found in self._parse(_BEGIN + xml + _END):
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


class _Texts(dict[int, str]):
    """The texts of the table by their place, each made where it is asked for."""

    def __init__(self, column: Any, count: int) -> None:
        super().__init__()
        self.column, self.count = column, count

    def __missing__(self, place: int) -> str:
        text: str = self.column[place].as_py()
        return text


def _read_texts(book: Any, texts: Any) -> _Texts:
    """The workbook's table of texts."""
    if not isinstance(texts, SharedTexts):
        return _Texts(None, 0)
    try:
        xml = book._archive.read(texts.path)
    except (zipfile.BadZipFile, zlib.error, EOFError):
        raise NotPlain from None
    column = form.entries(xml)
    return _Texts(column, len(column))


def _name(place: int) -> str:
    """As fastexcel names a column without a header."""
    return f"__UNNAMED__{place}"
