"""The cells of a sheet's rows that are in form: what fastexcel reads, and from that what openpyxl gives."""

from __future__ import annotations

import io
import math
import zipfile
import zlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import fastexcel
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import from_excel

from addin.records.alike import sheet_form as form
from addin.records.alike.given import NotPlain
from addin.records.sheet_texts import SharedTexts
from addin.records.tables import Cell
from addin.records.values import FIRST_TOO_LONG

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
BEGIN = f'<worksheet xmlns="{_MAIN}" xmlns:x14ac="x"><sheetData>'.encode()
END = b"</sheetData></worksheet>"


class Texts(dict[int, str]):
    """The texts of the table by their place, each made where it is asked for."""

    def __init__(self, column: Any, count: int) -> None:
        super().__init__()
        self.column, self.count = column, count

    def __missing__(self, place: int) -> str:
        text: str = self.column[place].as_py()
        return text


def read_texts(book: Any, texts: Any) -> Texts:
    """The workbook's table of texts."""
    if not isinstance(texts, SharedTexts):
        return Texts(None, 0)
    try:
        xml = book._archive.read(texts.path)
    except (zipfile.BadZipFile, zlib.error, EOFError):
        raise NotPlain from None
    column = form.entries(xml)
    return Texts(column, len(column))


def name_of(place: int) -> str:
    """As fastexcel names a column without a header."""
    return f"__UNNAMED__{place}"


def read_cells(text: bytes, numbers: NDArray[np.int64], ways: Sequence[int], has_texts: bool) -> Any:
    """An arrow table of the rows, and of those between that the sheet leaves out. A row before and one
    behind them say where they begin and end."""
    first, last = (numbers[0], numbers[-1]) if len(numbers) else (2, 1)
    ends = [
        f'<row r="{number}"><c r="A{number}"><v>1</v></c>'
        f'<c r="{get_column_letter(len(ways))}{number}"><v>1</v></c></row>'.encode()
        for number in (first - 1, last + 1)
    ]
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as book:
        for path, part in _BOOK.items():
            book.writestr(path, part)
        marked = text.replace(b' t="s"><v>', b"     ><v>-")
        book.writestr("xl/worksheets/sheet1.xml", b"".join((BEGIN, ends[0], marked, ends[1], END)))
    kinds: dict[str | int, Any] = {
        place: "string" if way == TEXTS else "float"
        for place, way in enumerate(ways)
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


def texts_of(column: Any, texts: Texts) -> Any:
    """Texts of the table; a whole number by its digits, as it is read."""
    values, marked = numbered(column, texts)
    found = texts.column.take(pa.array(np.where(marked, -values, 0).astype(np.int64), mask=~marked))
    counts = ~marked & ~np.isnan(values)
    if counts.any():
        whole = np.where(counts, values, 0)
        if (whole != np.rint(whole)).any() or (whole >= FIRST_TOO_LONG).any():
            raise NotPlain
        digits = pa.array(whole.astype(np.int64), mask=~counts).cast(pa.string())
        found = pc.coalesce(found, digits)
    return pc.fill_null(found, "")


def numbered(column: Any, texts: Texts) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """The numbers, and which of them are places in the table of texts."""
    values = column.to_numpy(zero_copy_only=False)
    marked = np.signbit(values) & ~np.isnan(values)
    if (values[marked] <= -texts.count).any():
        raise NotPlain
    return values, marked


def moments(values: NDArray[np.float64], epoch: datetime) -> Any:
    """As openpyxl reads times: to the millisecond."""
    blank = np.isnan(values)
    values = np.where(blank, FIRST_DAY, values)
    if (values < FIRST_DAY).any() or (values >= LAST_DAY).any():
        raise NotPlain
    days = np.floor(values)
    ms = np.rint((values - days) * DAY_S * 1000)
    zero = (epoch - datetime(1970, 1, 1)) // timedelta(milliseconds=1)
    ms += days * (DAY_S * 1000) + zero
    return pa.array(ms.astype(np.int64) * 1000, pa.timestamp("us"), mask=blank)


def alike(way: int, column: Any, texts: Texts, epoch: datetime) -> Any:
    """Its different values, and which of them each row has."""
    if way == TEXTS:
        return column.dictionary_encode(null_encoding="encode")
    bits = column.to_numpy(zero_copy_only=False).astype(np.float64).view(np.int64)
    encoded = pa.array(bits).dictionary_encode()
    values = [
        _cell(way, value, texts, epoch) for value in encoded.dictionary.to_numpy().view(np.float64).tolist()
    ]
    if len({type(value) for value in values if value is not None}) > 1:
        raise NotPlain
    return pa.DictionaryArray.from_arrays(encoded.indices, pa.array(values))


def _cell(way: int, value: float, texts: Texts, epoch: datetime) -> Cell:
    """A value as openpyxl gives it; a whole number is none of its own kind here."""
    if math.isnan(value):
        return None
    if way == MARKED and math.copysign(1, value) < 0:
        if -value >= texts.count:
            raise NotPlain
        return texts[int(-value)]
    if abs(value) >= FIRST_TOO_LONG or (value == 0 and math.copysign(1, value) < 0):
        raise NotPlain
    if way not in (TIMES, LENGTHS):
        return value
    try:
        return from_excel(value, epoch, timedelta=way == LENGTHS)
    except (OverflowError, ValueError):
        raise NotPlain from None
