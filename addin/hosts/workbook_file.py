"""The reconciliation workbook as a file, with CSV files beside it where a month has too many calls."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import TypeVar

from addin.errors import TollsheetError
from addin.hosts.files import check_target, write_atomically
from addin.hosts.new_workbook import open_workbook
from addin.reports.reconciliation import ReconciliationReport
from templates.grid import Column, csv_rows
from templates.look import SHEET_ROWS
from templates.reconciliation import build
from templates.reconciliation.tables import BILLED_CALL_COLUMNS, Tables, call_columns

R = TypeVar("R")


def write_reconciliation(
    report: ReconciliationReport,
    path: Path,
    *,
    force: bool = False,
    inputs: Sequence[Path] = (),
    max_rows: int = SHEET_ROWS,
) -> list[Path]:
    """Write the workbook; gives the paths written, the workbook first.

    `max_rows` is what a sheet holds. Calls beyond it go to `<name>-calls.csv` (`<name>-billed.csv` for the
    bill's), and the formulas over them become values. Raises TollsheetError where something cannot be
    written; then nothing is written over.
    """
    if path.suffix.lower() != ".xlsx":
        raise TollsheetError(f"{path} does not end in .xlsx", "Name an .xlsx file.")
    tables = Tables(report, max_rows)
    calls_beside, billed_beside = (path.with_name(f"{path.stem}-{what}.csv") for what in ("calls", "billed"))
    besides: list[Path] = []
    if not tables.calls_fit:
        besides.append(calls_beside)
    if tables.by_call and not tables.billed_calls_fit:
        besides.append(billed_beside)
    for target in (path, *besides):
        check_target(target, force=force, inputs=inputs)
    if calls_beside in besides:
        _write_csv(calls_beside, call_columns(report), report.calls, force, inputs)
    if billed_beside in besides:
        _write_csv(billed_beside, BILLED_CALL_COLUMNS, report.billed_calls, force, inputs)

    def write(target: Path) -> None:
        with open_workbook(target) as workbook:
            build(workbook, tables, version("tollsheet"), calls_beside.name, billed_beside.name)

    write_atomically(path, force, write, inputs)
    return [path, *besides]


def _write_csv(
    path: Path, columns: Sequence[Column[R]], rows: Sequence[R], force: bool, inputs: Sequence[Path]
) -> None:
    def write(target: Path) -> None:
        with target.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows(csv_rows(columns, rows))

    write_atomically(path, force, write, inputs)
