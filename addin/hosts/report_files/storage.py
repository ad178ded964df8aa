"""A storage statement as files: a workbook, and the view as a CSV."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from addin.errors import TollsheetError
from addin.hosts.report_files.writing import write_report, write_rows
from addin.reports.storage.report import StorageReport
from templates.as_csv import csv_rows
from templates.grid import FIRST_ROW
from templates.look import SHEET_ROWS
from templates.storage import build
from templates.storage.columns import recording_columns


def write_storage(
    report: StorageReport,
    path: Path,
    *,
    force: bool = False,
    inputs: Sequence[Path] = (),
    max_rows: int = SHEET_ROWS,
) -> None:
    """Write the workbook. Raises TollsheetError where it cannot be written, or for more recordings than a
    sheet holds (`max_rows`)."""
    refuse_too_many(report, max_rows)
    write_report(path, lambda workbook, made_by: build(workbook, report, made_by), force=force, inputs=inputs)


def refuse_too_many(report: StorageReport, max_rows: int = SHEET_ROWS) -> None:
    rows = max(len(report.rows), len(report.findings))
    if rows > max_rows - FIRST_ROW - 1:
        raise TollsheetError(
            f"{rows:,} rows do not fit on a sheet", "Make a statement for each part of the recordings."
        )


def write_view(
    report: StorageReport, path: Path, *, force: bool = False, inputs: Sequence[Path] = ()
) -> None:
    """Write the recordings that the filters keep, or all, as a CSV."""
    rows = csv_rows(recording_columns(report), report.view)
    write_rows(path, rows, force=force, inputs=inputs)
