"""A rate card from a CSV or .xlsx file. The rows and their rules are read in `udfs.rating.rate_card`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from addin.errors import TollsheetError
from addin.records.excel_tables import sheet_rows
from addin.records.source import open_source
from addin.records.tables import Cell, csv_cells, fold
from addin.records.values import BadValue, decimal_of, text_of
from udfs.errors import CellError
from udfs.rating.rate_card import RateCard

NUMBERS = frozenset(map(fold, ("rate", "minimum", "increment", "connect_fee", "decimals")))
"""Columns whose text in a CSV file is a number; a prefix stays text, whatever it looks like."""


def read_rate_card(path: Path, *, default_places: int = 4) -> RateCard:
    """Read a rate card; of a workbook its first sheet. Raises TollsheetError with file, row and column."""
    source = open_source(path, path.name)
    rows = sheet_rows(source) if source.is_workbook else _numbers(csv_cells(source))
    try:
        card = RateCard.from_rows(rows, default_places, source.name)
    except CellError as error:
        raise TollsheetError(error.problem, error.remedy[:1].upper() + error.remedy[1:] + ".") from None
    if not card.rows:
        raise TollsheetError(f"{source.name} has column names but no rates", "Add a row, or a default row.")
    return card


def _numbers(rows: Sequence[Sequence[str]]) -> list[list[Cell]]:
    """CSV rows with their numbers as numbers. The rest stays text, for the rate card to complain of."""
    keys = [fold(cell) for cell in rows[0]]
    return [list(rows[0])] + [
        [_number(cell) if key in NUMBERS else text_of(cell) for key, cell in zip(keys, row, strict=False)]
        for row in rows[1:]
    ]


def _number(cell: str) -> Cell:
    try:
        return decimal_of(cell)
    except BadValue:
        return text_of(cell)
