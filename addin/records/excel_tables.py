"""The sheets of an .xlsx workbook as tables, read row by row."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice
from typing import Any

from addin.errors import TollsheetError
from addin.records.source import Source
from addin.records.tables import HEADER_ROWS, BadRow, Cell, Row, Table, fold
from addin.records.values import FIRST_TOO_LONG, LongNumber

ReadOnlyWorksheet = Any
"""openpyxl's; it is imported only where a workbook is read."""

BATCH = 1000

NumberedCells = tuple[int, tuple[Cell, ...]]


def excel_tables(source: Source) -> Sequence[Table]:
    """A table for each sheet that is not empty; its first row with anything in it holds the column names."""
    tables = []
    for sheet in open_sheets(source):
        if as_tables := _as_tables(source, sheet):
            tables.append(replace(as_tables[0], lower=partial(iter, as_tables[1:])))
    if not tables:
        raise _nothing_in(source)
    return tables


def sheet_rows(source: Source) -> list[tuple[Cell, ...]]:
    """All rows of the first sheet that is not empty, blank ones included: their order is their number."""
    for sheet in open_sheets(source):
        rows: list[tuple[Cell, ...]] = []
        for number, cells in _cells(source, sheet):
            rows += [()] * (number - 1 - len(rows))
            rows.append(cells)
        if rows:
            return rows
    raise _nothing_in(source)


def _as_tables(source: Source, sheet: ReadOnlyWorksheet) -> list[Table]:
    """The sheet as a table, with each of its first rows as the header."""
    first = list(islice(_cells(source, sheet), HEADER_ROWS))
    return [
        _table(source, sheet, titles, header)
        for titles, header in enumerate(first)
        if titles == 0 or header[0] <= HEADER_ROWS
    ]


def _table(source: Source, sheet: ReadOnlyWorksheet, titles: int, header: NumberedCells) -> Table:
    headers = ["" if cell is None else str(cell) for cell in header[1]]
    while not headers[-1].strip():
        headers.pop()
    keys = [fold(header) for header in headers]

    def rows() -> Iterator[tuple[int, Row | BadRow]]:
        for number, cells in islice(_cells(source, sheet), titles + 1, None):
            padded = cells + (None,) * (len(keys) - len(cells))
            yield number, dict(zip(keys, map(as_kept, padded), strict=False))

    return Table("Excel", tuple(headers), rows, sheet.title, header[0], titles, source=source)


def as_kept(cell: Cell) -> Cell:
    """A spreadsheet keeps 15 digits of a number: of a longer one, whoever wrote it, some may be lost."""
    return LongNumber(cell) if type(cell) is int and abs(cell) >= FIRST_TOO_LONG else cell


def _cells(source: Source, sheet: ReadOnlyWorksheet) -> Iterator[NumberedCells]:
    """The rows of a sheet that are not blank. A size that the sheet states may be wrong and is dropped."""
    sheet.reset_dimensions()
    rows = enumerate(sheet.iter_rows(values_only=True), start=1)
    while batch := _next_batch(source, sheet, rows):
        yield from (row for row in batch if not all(map(is_blank, row[1])))


def is_blank(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _next_batch(
    source: Source, sheet: ReadOnlyWorksheet, rows: Iterator[NumberedCells]
) -> list[NumberedCells]:
    """Some rows at a time: openpyxl warns of what does not matter here, and fails in many ways."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            batch = list(islice(rows, BATCH))
            if len(batch) < BATCH and sheet._shared_strings != []:
                sheet._shared_strings.find_damage()
            return batch
        except Exception as error:
            raise _damaged(source, error) from None


def open_sheets(source: Source) -> list[ReadOnlyWorksheet]:
    """The sheets that have cells. The file is read into memory, so that none is left open."""
    from addin.records.sheet_texts import open_workbook

    with source.open_bytes() as file:
        content = io.BytesIO(file.read())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return list(open_workbook(content).worksheets)
        except Exception as error:
            raise _other_zip(source, content) or _damaged(source, error) from None


def _nothing_in(source: Source) -> TollsheetError:
    return TollsheetError(f"{source.name} has no sheet with anything in it", "Export it again.")


def _other_zip(source: Source, content: io.BytesIO) -> TollsheetError | None:
    """What a zip is that holds no .xlsx workbook; None where it does, or is cut."""
    try:
        names = zipfile.ZipFile(content).namelist()
    except (zipfile.BadZipFile, ValueError, OSError):
        return None
    if "xl/workbook.xml" in names:
        return None
    if "xl/workbook.bin" in names:
        return TollsheetError(f"{source.name} is a binary workbook (.xlsb)", "Save it as .xlsx.")
    listed = ", ".join(names[:3]) + (", ..." if len(names) > 3 else "")
    return TollsheetError(
        f"{source.name} is a zip of {listed or 'nothing'}, no .xlsx workbook",
        "Unpack it and name the files in it.",
    )


def _damaged(source: Source, error: Exception) -> TollsheetError:
    """A workbook that is cut or damaged."""
    detail = str(error).splitlines()[0][:100] if str(error) else type(error).__name__
    return TollsheetError(
        f"{source.name} is no .xlsx workbook that can be read ({detail})",
        "Save it as .xlsx again.",
    )
