"""A rate card from a CSV or .xlsx file. The rows and their rules are read in `udfs.rating.rate_card`."""

from __future__ import annotations

from pathlib import Path

from addin.errors import TollsheetError
from addin.records.excel_tables import sheet_rows
from addin.records.source import open_source
from addin.records.tables import csv_cells
from addin.records.values import text_of
from udfs.errors import CellError
from udfs.rating.rate_card import RateCard


def read_rate_card(path: Path, *, default_places: int = 4) -> RateCard:
    """Read a rate card; of a workbook its first sheet. Raises TollsheetError with file, row and column."""
    source = open_source(path, path.name)
    rows = (
        sheet_rows(source) if source.is_workbook else [list(map(text_of, row)) for row in csv_cells(source)]
    )
    try:
        card = RateCard.from_rows(rows, default_places, source.name)
    except CellError as error:
        raise TollsheetError(error.problem, error.remedy[:1].upper() + error.remedy[1:] + ".") from None
    if not card.rows:
        raise TollsheetError(f"{source.name} has column names but no rates", "Add a row, or a default row.")
    return card
