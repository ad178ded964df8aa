"""The cells of a sheet's rows that are in form, as openpyxl gives them."""

from __future__ import annotations

import math
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from openpyxl.utils.datetime import from_excel

from addin.records.alike import sheet_form as form
from addin.records.alike.given import NotPlain
from addin.records.alike.sheet_values import ValuesAt
from addin.records.sheet_texts import SharedTexts
from addin.records.tables import Cell
from addin.records.values import FIRST_TOO_LONG

FIRST_DAY, LAST_DAY = 61, 2_900_000
"""Between March 1900 and the year 9000 all programs agree about the day that a number is."""
DAY_S = 24 * 60 * 60
LONGEST_NUMBER = 300
"""Signs of one that all programs read."""
_MARK = "#"
"""Before a place in the table of texts."""
NUMBERS, MARKED, TEXTS, TIMES, LENGTHS, UNUSED = range(6)
"""How the cells of a column are taken: all are numbers; numbers and texts of the table; texts; times; lengths
of time; or nobody looks at them."""


class Texts:
    """The texts of the table by their place, each made where it is asked for."""

    def __init__(self, column: Any) -> None:
        self.column = column

    def __getitem__(self, place: int) -> str:
        text: str = self.column[place].as_py()
        return text


def read_texts(book: Any, texts: Any) -> Texts:
    """The workbook's table of texts."""
    if not isinstance(texts, SharedTexts):
        return Texts(pa.array([], pa.string()))
    try:
        xml = book._archive.read(texts.path)
    except (zipfile.BadZipFile, zlib.error, EOFError):
        raise NotPlain from None
    return Texts(form.entries(xml))


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of a column, each as it is written; null where it is blank."""

    written: Any
    """An arrow array of strings."""
    is_shared: NDArray[np.bool_]
    """Which of them are places in the table of texts."""

    def numbers(self) -> NDArray[np.float64]:
        """nan where a cell is blank. Of places, too."""
        return np.asarray(_read(self.written, pa.float64()).to_numpy(zero_copy_only=False), np.float64)

    def texts(self, texts: Texts) -> Any:
        """Those of the table; null where a cell holds none."""
        places = _read(self.written.filter(pa.array(self.is_shared)), pa.int64())
        try:
            found = texts.column.take(places)
        except pa.ArrowIndexError:
            raise NotPlain from None
        if self.is_shared.all():
            return found
        where = np.cumsum(self.is_shared) - 1
        return found.take(pa.array(where, mask=~self.is_shared))


def _read(written: Any, kind: Any) -> Any:
    """Texts as numbers. Raises NotPlain where there is none that large."""
    try:
        return written.cast(kind)
    except pa.ArrowInvalid:
        raise NotPlain from None


def cells_of(
    text: bytes, values: ValuesAt, places: NDArray[np.int64], count: int, ways: Sequence[int]
) -> list[Cells]:
    """The cells of so many rows, column by column. `places` has for each row of the block its place among
    those, -1 where it is read by itself."""
    at = places[values.rows]
    found = []
    for column, way in enumerate(ways, start=1):
        its = np.flatnonzero((values.columns == column) & (at >= 0))
        starts, ends, shared = values.starts[its], values.ends[its], values.is_shared[its]
        is_number = shared if way in (TEXTS, UNUSED) else np.True_
        if ((ends - starts > LONGEST_NUMBER) & is_number).any():
            raise NotPlain
        between = pa.LargeBinaryArray.from_buffers(
            pa.large_binary(),
            max(2 * len(its) - 1, 0),
            [None, pa.py_buffer(np.column_stack((starts, ends)).ravel()), pa.py_buffer(text)],
        )  # the values, and what stands between each two of them
        taken = np.full(count, -1)
        taken[at[its]] = 2 * np.arange(len(its))
        written = between.take(pa.array(taken, mask=taken < 0)).cast(pa.binary()).cast(pa.string())
        is_shared = np.zeros(count, np.bool_)
        is_shared[at[its]] = shared
        found.append(Cells(form.unescaped(written) if way == TEXTS else written, is_shared))
    return found


def texts_of(cells: Cells, texts: Texts) -> Any:
    """Texts of the table; a whole number by its digits, as it is read."""
    is_number = cells.written.is_valid().to_numpy(zero_copy_only=False) & ~cells.is_shared
    found = cells.texts(texts)
    if is_number.any():
        numbers = np.where(is_number, cells.numbers(), 0)
        if (numbers != np.rint(numbers)).any() or (numbers >= FIRST_TOO_LONG).any():
            raise NotPlain
        digits = pa.array(numbers.astype(np.int64), mask=~is_number).cast(pa.string())
        found = pc.coalesce(found, digits)
    return pc.fill_null(found, "")


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


def alike(way: int, cells: Cells, texts: Texts, epoch: datetime) -> Any:
    """Its different values, and which of them each row has."""
    if way == TEXTS:
        return cells.written.dictionary_encode(null_encoding="encode")
    written = cells.written
    if cells.is_shared.all():
        return cells.texts(texts).dictionary_encode()
    if cells.is_shared.any():
        marks = pa.array(np.where(cells.is_shared, _MARK, ""))
        written = pc.binary_join_element_wise(marks, written, "")
    encoded = written.dictionary_encode(null_encoding="encode")
    values = [_cell(way, one, texts, epoch) for one in encoded.dictionary.to_pylist()]
    if len({type(value) for value in values if value is not None}) > 1:
        raise NotPlain
    return pa.DictionaryArray.from_arrays(encoded.indices, pa.array(values))


def _cell(way: int, written: str | None, texts: Texts, epoch: datetime) -> Cell:
    """A value as openpyxl gives it; a whole number is none of its own kind here."""
    if written is None:
        return None
    if written.startswith(_MARK):
        place = int(written.removeprefix(_MARK))
        if place >= len(texts.column):
            raise NotPlain
        return texts[place]
    value = float(written)
    if abs(value) >= FIRST_TOO_LONG or (value == 0 and math.copysign(1, value) < 0):
        raise NotPlain
    if way not in (TIMES, LENGTHS):
        return value
    try:
        return from_excel(value, epoch, timedelta=way == LENGTHS)
    except (OverflowError, ValueError):
        raise NotPlain from None
