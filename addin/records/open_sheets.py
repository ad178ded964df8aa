"""The sheets of an open workbook as tables: recognised by their headers and read exactly as files are."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from addin.errors import TollsheetError
from addin.records.call import Records, SourceFile
from addin.records.formats import Format
from addin.records.one_file import Collected, Settings, read_tables
from addin.records.recognition import closest, is_rate_card, recognised, the_columns
from addin.records.tables import HEADER_ROWS, BadRow, Cell, Row, Table, fold

KIND = "sheet"
_DAY_ZERO = datetime(1899, 12, 30)
"""Programs hand a time over as one of this day, and one of 25 hours as one of the next."""
_NO_CALENDAR = _DAY_ZERO + timedelta(days=31)
"""No call is from January 1900: what is before is a time."""
_READ_FROM, _VALUES = "read from the open workbook", ": hash and size are those of the sheet's values"
_NEARLY = 0.5
"""A sheet that has more than this part of a format's columns was meant to be one."""


@dataclass(frozen=True, slots=True)
class OpenSheet:
    """The cells of a sheet from A1 on, as a spreadsheet program hands them over: blanks are None."""

    name: str
    rows: Sequence[Sequence[Cell]]
    workbook: str = ""
    """The name of the workbook that it stands in."""

    @property
    def place(self) -> str:
        """What it is called where a file is named: a place reads `sheet Log:17`.

        >>> OpenSheet("Log", ()).place
        'sheet Log'
        """
        return f"sheet {self.name}"

    def cells(self, first: int = 0) -> Iterator[list[Cell]]:
        """The rows from one on, with times as such."""
        return ([*map(_plain, row)] for row in self.rows[first:])


@dataclass(frozen=True, slots=True)
class Found:
    """A sheet that can be read, with the format it is in."""

    sheet: OpenSheet
    table: Table
    format: Format


def find(sheet: OpenSheet, settings: Settings) -> Found | None:
    """The table of a sheet, if it is in a known format."""
    tables = _tables(sheet)
    if not tables:
        return None
    readable = recognised(replace(tables[0], lower=partial(iter, tables[1:])), settings.choice)
    return None if readable is None else Found(sheet, *readable)


def looks_like_rates(sheet: OpenSheet) -> bool:
    """Whether the sheet is a rate card."""
    return any(is_rate_card(table) for table in _tables(sheet))


def nearly(sheet: OpenSheet, settings: Settings) -> TollsheetError | None:
    """What a sheet lacks that was meant to be a table of a known format; None where it was not."""
    best: tuple[Format, list[str]] | None = None
    for table in _tables(sheet):
        gap = closest(settings.choice.formats, table)
        if gap is not None and (best is None or len(gap[1]) < len(best[1])):
            best = gap
    if best is None or len(best[1]) > len(best[0].required) * _NEARLY:
        return None
    one, missing = best
    return TollsheetError(
        f'The sheet "{sheet.name}" looks like a {one.name} export, but lacks {the_columns(missing)}',
        "Add what is missing, or import the export again.",
    )


def read_sheet(found: Found, settings: Settings) -> Records:
    """The records of a sheet, with its hash for the sign-off."""
    return read_tables(_as_file(found.sheet), [(found.table, found.format)], settings).records()


def together(several: Sequence[Records]) -> Records:
    """The records of several sheets, or of sheets and files."""
    collected = Collected()
    for one in several:
        collected.extend(one)
    return collected.records()


def signed(sheet: OpenSheet, what: str, rows: int) -> SourceFile:
    """A sheet beside the records that decides figures too, as the sign-off lists it."""
    return replace(_as_file(sheet), format=what, rows=rows)


def _as_file(sheet: OpenSheet) -> SourceFile:
    """The hash is of the values, so that it tells whether one was changed since; a sheet has no bytes."""
    content = json.dumps(sheet.rows, default=str, ensure_ascii=False).encode("utf-8", "surrogatepass")
    return SourceFile(
        name=sheet.place,
        provider="",
        format="",
        hashed=hashlib.sha256(content).hexdigest(),
        size_bytes=len(content),
        rows=0,
        notes=(f"{_READ_FROM}{f' {sheet.workbook}' if sheet.workbook else ''}{_VALUES}",),
    )


def workbook_in(note: str) -> str:
    """The workbook that such a note names; empty where it names none.

    >>> workbook_in("read from the open workbook calls.xlsx: hash and size are those of the sheet's values")
    'calls.xlsx'
    """
    before, found, _ = note.partition(_VALUES)
    return before.rpartition(_READ_FROM)[2].strip() if found and _READ_FROM in before else ""


def _tables(sheet: OpenSheet) -> list[Table]:
    """The sheet as a table, with each of its first rows as the header."""
    filled = [number for number, row in enumerate(sheet.rows[:HEADER_ROWS], 1) if _is_filled(row)]
    return [_table(sheet, titles, number) for titles, number in enumerate(filled)]


def _table(sheet: OpenSheet, titles: int, header_row: int) -> Table:
    headers = ["" if cell is None else str(cell) for cell in sheet.rows[header_row - 1]]
    while not headers[-1].strip():
        headers.pop()
    keys = [fold(header) for header in headers]

    def rows() -> Iterator[tuple[int, Row | BadRow]]:
        for number, cells in enumerate(sheet.cells(header_row), header_row + 1):
            if _is_filled(cells):
                yield number, dict(zip(keys, cells, strict=False))

    return Table(KIND, tuple(headers), rows, sheet.name, header_row, titles)


def _is_filled(row: Sequence[Cell]) -> bool:
    return any(not (cell is None or (isinstance(cell, str) and not cell.strip())) for cell in row)


def _plain(cell: Cell) -> Cell:
    """A moment to the millisecond, for a spreadsheet's float of days holds no more; a time as a timedelta.

    >>> _plain(datetime(1899, 12, 30, 0, 1, 20)), _plain(datetime(1899, 12, 31, 2))
    (datetime.timedelta(seconds=80), datetime.timedelta(days=1, seconds=7200))
    """
    if not isinstance(cell, datetime):
        return cell
    if cell.microsecond % 1000:
        cell += timedelta(microseconds=round(cell.microsecond, -3) - cell.microsecond)
    lasted = time_of(cell)
    return cell if lasted is None else lasted


def time_of(moment: datetime) -> timedelta | None:
    """The time that a program hands over as a moment; None where it is one."""
    return moment - _DAY_ZERO if moment < _NO_CALENDAR else None
