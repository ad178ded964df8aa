"""A billing report as files: the workbook, the CSV of its tables, and the charges that no sheet can hold."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from addin.hosts.files import all_or_none
from addin.hosts.report_files.writing import check_outputs, write_report, write_rows
from addin.reports.billing.report import BillingReport
from templates.as_csv import csv_rows
from templates.billing import ROWS_OF_A_SHEET, build
from templates.billing.charges import charge_columns
from templates.billing.csv import tables_csv


def write_billing(
    report: BillingReport,
    path: Path,
    *,
    csv_path: Path | None = None,
    force: bool = False,
    inputs: Sequence[Path] = (),
    max_rows: int = ROWS_OF_A_SHEET,
) -> list[Path]:
    """Write the workbook and, if asked for, the tables as CSV; gives the paths written, the workbook first.

    More charges than a sheet holds (`max_rows`) go to `<name>-charges.csv`, and figures are values then.
    Raises TollsheetError where something cannot be written; then nothing is written over.
    """
    beside = path.with_name(f"{path.stem}-charges.csv")
    besides = [beside] if len(report.lines) > max_rows else []
    check_outputs(path, *besides, csv_path, force=force, inputs=inputs)
    with all_or_none():
        if besides:
            rows = csv_rows(charge_columns(report.about.time_zone, report.lines), report.lines)
            write_rows(beside, rows, force=force, inputs=inputs)
        if csv_path:
            write_rows(csv_path, tables_csv(report), force=force, inputs=inputs)
        make = partial(_build, report, beside.name, max_rows)
        write_report(path, make, force=force, inputs=inputs)
    return [path, *besides, *([csv_path] if csv_path else [])]


def _build(report: BillingReport, beside: str, max_rows: int, workbook: object, version: str) -> None:
    build(workbook, report, version, beside, max_rows)
