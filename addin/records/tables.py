"""Any file as tables: column names, and one row after the other by column. What it means is not decided here.

A file is recognised by its content: gzip is unpacked, a zip is a workbook, Parquet says what it is, text that
begins with `{` or `[` is JSON, all else is CSV. Rows are read while they are asked for; a month may hold a
million calls.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain
from typing import Any

from addin.errors import TollsheetError
from addin.records.source import Source

Cell = Any
"""What stands in a cell: text (CSV), or a number, a time or nothing (JSON, workbooks)."""
Row = Mapping[str, Cell]
"""A row by folded column name."""

HEADER_ROWS = 10
"""A header stands in one of the first rows."""

DELIMITERS = ",;\t|"
NOTHING = DELIMITERS + '" \r\n'
"""What a line without any value may hold."""


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row whose columns cannot be told apart."""

    problem: str


def _no_tables() -> Iterator[Table]:
    return iter(())


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a file. `rows` gives each row's number as a person sees it, and opens the file anew."""

    kind: str
    """`CSV`, `JSON`, `JSON lines`, `Excel` or `Parquet`."""
    headers: tuple[str, ...]
    """As written; of JSON the fields of all the first records, of which each may lack some."""
    rows: Callable[[], Iterator[tuple[int, Row | BadRow]]]
    sheet: str = ""
    header_row: int = 1
    titles: int = 0
    """Rows with anything in them that stand above the header."""
    notes: tuple[str, ...] = ()
    """What a person has to know of it."""
    lower: Callable[[], Iterator[Table]] = _no_tables
    """The table again with each of the next rows as its header: titles may stand above it."""
    source: Source | None = None
    """Of a table of CSV or Parquet: the file, to read it in another way."""


@lru_cache(maxsize=4096)
def fold(header: str) -> str:
    """A column name as it is compared: case, blanks, `_` and `-` do not matter.

    >>> fold("Call Sid"), fold("call_sid"), fold("Call-SID ")
    ('callsid', 'callsid', 'callsid')
    """
    return "".join(sign for sign in header.casefold() if sign.isprintable() and sign not in " _-\u00a0")


def tables_of(source: Source) -> Sequence[Table]:
    """The tables of a file, at least one; a workbook has one for each sheet that is not empty."""
    if source.is_workbook:
        from addin.records.excel_tables import excel_tables

        return excel_tables(source)
    if source.is_parquet:
        from addin.records.parquet_tables import parquet_tables

        return parquet_tables(source)
    with source.open_text() as file:
        start = next((line.lstrip() for line in file if line.strip()), "")
    if not start:
        raise TollsheetError(f"{source.name} holds nothing but blanks", "Export it again.")
    if start[0] in "{[":
        from addin.records.json_tables import json_tables

        return json_tables(source)
    return (csv_table(source),)


def csv_table(source: Source) -> Table:
    """The one table of a CSV file; commas, semicolons, tabs and bars are told apart by its header row."""
    first = next(_csv_rows(source), None)
    if first is None:
        raise _no_header(source)
    header_row, headers = first
    if isinstance(headers, BadRow):
        raise TollsheetError(f"{source.name}, row {header_row}: {headers.problem}", "Correct the first row.")
    return replace(_csv_table(source, 0, header_row, headers), lower=lambda: _lower_tables(source))


def _lower_tables(source: Source) -> Iterator[Table]:
    for titles in range(1, HEADER_ROWS):
        try:
            header_row, headers = next(_csv_rows(source, titles), (HEADER_ROWS + 1, []))
        except TollsheetError:  # a quote that is never closed: that is no header
            return
        if header_row > HEADER_ROWS:
            return
        if not isinstance(headers, BadRow):
            yield _csv_table(source, titles, header_row, headers)


def _csv_table(source: Source, titles: int, header_row: int, headers: list[str]) -> Table:
    keys = [fold(header) for header in headers]
    return Table(
        "CSV",
        tuple(headers),
        lambda: _by_column(_csv_rows(source, titles), keys),
        header_row=header_row,
        titles=titles,
        source=source,
    )


def csv_cells(source: Source) -> list[list[str]]:
    """All rows of a CSV file, blank ones included, so that their order is their number."""
    if source.is_parquet:
        raise TollsheetError(f"{source.name} is a Parquet file", "Save it as CSV or .xlsx.")
    rows: list[list[str]] = []
    for number, cells in _csv_rows(source):
        if isinstance(cells, BadRow):
            raise TollsheetError(f"{source.name}, row {number}: {cells.problem}", "Correct that row.")
        rows += [[]] * (number - 1 - len(rows))
        rows.append(cells)
    if not rows:
        raise _no_header(source)
    return rows


def _by_column(
    rows: Iterator[tuple[int, list[str] | BadRow]], keys: Sequence[str]
) -> Iterator[tuple[int, Row | BadRow]]:
    next(rows)
    return rows_by_column(rows, keys)


def rows_by_column(
    rows: Iterable[tuple[int, list[str] | BadRow]], keys: Sequence[str]
) -> Iterator[tuple[int, Row | BadRow]]:
    """Rows below the header, as they are read."""
    width = len(keys)
    for number, cells in rows:
        if isinstance(cells, BadRow):
            yield number, cells
        elif len(cells) == width or (len(cells) > width and not any(cells[width:])):
            yield number, dict(zip(keys, cells, strict=False))
        else:
            yield number, BadRow(f"has {len(cells)} values under {width} columns")


def _csv_rows(source: Source, titles: int = 0) -> Iterator[tuple[int, list[str] | BadRow]]:
    """The rows below so many titles that are not blank, numbered as a spreadsheet shows them."""
    with source.open_text() as file:
        if begun := begin(file, titles):
            yield from numbered_rows(*begun, source.name)


def begin(lines: Iterator[str], titles: int) -> tuple[Iterator[str], int, str] | None:
    """The lines from the header on, the number of rows above it, and the delimiter, which it tells."""
    first = next(lines, "")
    if first.strip().casefold()[:4] == "sep=" and len(first.strip()) == 5:
        delimiter = first.strip()[4]
    else:
        delimiter, lines = "", chain([first], lines)
    skipped, in_quotes = 0, False
    for line in lines:
        if not in_quotes and line.strip(NOTHING):
            if titles == 0:
                return chain([line], lines), skipped, delimiter or _delimiter(line)
            titles -= 1
        in_quotes ^= line.count('"') % 2 == 1
        skipped += not in_quotes
    return None


def numbered_rows(
    lines: Iterator[str], number: int, delimiter: str, name: str
) -> Iterator[tuple[int, list[str] | BadRow]]:
    """The rows that are not blank, where so many stand above them. A row may hold line breaks."""
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield number, _bad_row(error, name, number)
            continue
        if any(cell and not cell.isspace() for cell in cells):
            yield number, cells


def _no_header(source: Source) -> TollsheetError:
    return TollsheetError(f"{source.name} has no header row", "Export it again.")


def _delimiter(line: str) -> str:
    """The one that the header row has most of, outside quotes."""
    outside = "".join(line.split('"')[::2])
    return max(DELIMITERS, key=outside.count)


def _bad_row(error: csv.Error, name: str, number: int) -> BadRow:
    if "unexpected end" in str(error) or "field larger" in str(error):
        raise TollsheetError(
            f"{name}, row {number}: a quote opens that is never closed, so all that follows is lost",
            "Close it, or export the file again.",
        ) from None
    return BadRow(f"its quotes do not match ({error})")
