"""Rated calls as a file: a workbook or a CSV, by the ending of its name."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from addin.errors import TollsheetError
from addin.hosts.report_files.writing import write_report, write_rows
from addin.reports.reconciliation.data import CallRow
from templates.as_csv import csv_rows
from templates.grid import FIRST_ROW
from templates.look import SHEET_ROWS
from templates.rated_calls import COLUMNS, build


def write_rated_calls(
    rows: Sequence[CallRow],
    path: Path,
    *,
    force: bool = False,
    inputs: Sequence[Path] = (),
    max_rows: int = SHEET_ROWS,
) -> None:
    """Write the rows to `path`, .xlsx or .csv; raises TollsheetError for any other ending, for more rows
    than a sheet holds (`max_rows`), and where the file cannot be written."""
    ending = path.suffix.lower()
    if ending not in (".xlsx", ".csv"):
        raise TollsheetError(f"{path} ends in neither .xlsx nor .csv", "Name one of the two.")
    if ending == ".xlsx" and len(rows) > max_rows - FIRST_ROW:
        raise TollsheetError(f"{len(rows):,} calls do not fit on a sheet", "Name a .csv file.")

    if ending == ".csv":
        write_rows(path, csv_rows(COLUMNS, rows), force=force, inputs=inputs)
    else:
        write_report(path, lambda workbook, _: build(workbook, rows), force=force, inputs=inputs)
