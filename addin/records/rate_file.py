"""A rate card from a CSV or .xlsx file. The rows and their rules are read in `udfs.rating.rate_card`.

That module speaks to a person in a worksheet; what it says of a cell is put here for one with a file.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from pathlib import Path

from addin.errors import TollsheetError, in_quotes
from addin.records.call import SourceFile
from addin.records.excel_tables import sheet_rows
from addin.records.formats import Format
from addin.records.reading import FORMATS
from addin.records.recognition import recognise
from addin.records.source import Source, open_source, signed_file
from addin.records.tables import HEADER_ROWS, Cell, Table, csv_cells, fold, tables_of
from addin.records.values import MOST_DIGITS, text_of
from udfs.errors import CellError
from udfs.rating.rate_card import RateCard
from udfs.rating.rate_card_rows import REQUIRED

_NO_NUMBER = re.compile(r'is the text "(.*)", not a number', re.DOTALL)
_HEAD = 1 << 10
"""Signs that tell what a text is."""
_STEPS = re.compile(r"(\d+) ?/ ?(\d+)", re.ASCII)
_CURRENCY = re.compile(r"^[A-Za-z]{3}\b|[A-Za-z]{3}$|[$\u00a3\u00a5\u20ac]", re.ASCII)
_DECIMAL_COMMA = re.compile(r"-?(?:0,\d+|\d+,(?:\d{1,2}|\d{4,}))", re.ASCII)
_FIGURE = re.compile(r"-?\d*\.?\d+(?:[Ee][+-]?\d{1,2})?", re.ASCII)


def read_rate_card(path: Path) -> RateCard:
    """Read a rate card; of a workbook its first sheet. Raises TollsheetError with file, row and column."""
    source = open_source(path, path.name)
    if not (source.is_workbook or source.is_parquet) and _begins_as_json(source):
        found = (recognise(FORMATS, table) for table in tables_of(source))
        raise _no_card(source.name, next(filter(None, found), None))
    rows: list[Sequence[Cell]] = (
        [*sheet_rows(source)]
        if source.is_workbook
        else [list(map(text_of, row)) for row in csv_cells(source)]
    )
    return rate_card_of(rows, source.name)


def signed_rate_card(path: Path) -> tuple[RateCard, SourceFile]:
    """The same with its line of the sign-off."""
    card = read_rate_card(path)
    return card, with_unused(signed_file(path, "rate card", len(card.rows)), card)


def rate_card_of(rows: list[Sequence[Cell]], name: str) -> RateCard:
    """The rate card of rows, wherever they stand; `name` is what messages call it."""
    try:
        card = RateCard.from_rows(_below_titles(rows), name)
    except CellError as error:
        if found := _other_format(rows):
            raise _no_card(name, found) from None
        raise TollsheetError(error.problem, _remedy(error)) from None
    if not card.rows:
        raise TollsheetError(f"{name} has column names but no rates", "Add a row, or a default row.")
    return card


def with_unused(source: SourceFile, card: RateCard) -> SourceFile:
    """The card as the sign-off lists it, with the columns that decide nothing."""
    if not card.unused:
        return source
    return replace(source, notes=(*source.notes, f"not used: {in_quotes(card.unused)}"))


def _below_titles(rows: list[Sequence[Cell]]) -> list[Sequence[Cell]]:
    """The rows with the header first: what stands above it becomes blank rows below, so that numbers hold."""
    for number, row in enumerate(rows[:HEADER_ROWS]):
        if {fold(cell) for cell in row if isinstance(cell, str)}.issuperset(REQUIRED):
            return [row, *([()] * number), *rows[number + 1 :]]
    return rows


def _begins_as_json(source: Source) -> bool:
    with source.open_text() as file:
        return file.read(_HEAD).lstrip("\ufeff \t\r\n")[:1] in ("{", "[")


def _other_format(rows: list[Sequence[Cell]]) -> Format | None:
    """In which the rows are, where they are no rates; None of what may be meant as rates."""
    for row in rows[:HEADER_ROWS]:
        headers = tuple(cell for cell in row if isinstance(cell, str))
        if {*map(fold, headers)}.issuperset(REQUIRED):
            return None
        if found := recognise(FORMATS, Table("", headers, lambda: iter(()))):
            return found
    return None


def _no_card(name: str, found: Format | None) -> TollsheetError:
    """Of a file that holds something else."""
    what = f"is a {found.name} export" if found else "is neither CSV nor .xlsx"
    return TollsheetError(
        f"{name} {what}, not a rate card", "Give the file that holds the rates, or none.", "--rates"
    )


def _remedy(error: CellError) -> str:
    """What to do about it in the file; a function of a worksheet helps nobody there."""
    if match := _NO_NUMBER.search(error.problem):
        return _how_to_write(match[1])
    if "TO_SECONDS" in error.remedy:
        return "Write it in seconds, such as 60."
    return error.remedy[:1].upper() + error.remedy[1:] + "." if error.remedy else ""


def _how_to_write(text: str) -> str:
    """A figure as a rate card holds it.

    >>> _how_to_write("$0.01"), _how_to_write("0,0085"), _how_to_write("1e-05")
    ('Write it as 0.01.', 'Write it as 0.0085.', 'Write it as 0.00001.')
    >>> _how_to_write("30/6"), _how_to_write("1,250")
    ('Write 30 under minimum and 6 under increment.', 'Write it as a plain number, such as 0.0085.')
    """
    if match := _STEPS.fullmatch(text.strip()):
        return f"Write {match[1]} under minimum and {match[2]} under increment."
    bare = _CURRENCY.sub("", text.strip()).strip()
    if _DECIMAL_COMMA.fullmatch(bare):
        bare = bare.replace(",", ".")
    try:
        figure = Decimal(bare) if _FIGURE.fullmatch(bare) else None
    except InvalidOperation:
        figure = None
    if figure is None or len(bare) > MOST_DIGITS:
        return "Write it as a plain number, such as 0.0085."
    return f"Write it as {figure:f}."
