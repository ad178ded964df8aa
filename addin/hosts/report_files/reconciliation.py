"""The reconciliation workbook as a file, with CSV files beside it where a month has too many calls."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from xlsxwriter import Workbook

from addin.errors import TollsheetError
from addin.hosts.files import all_or_none, check_target
from addin.hosts.report_files.writing import refuse_other_endings, write_report, write_rows
from addin.hosts.report_reading.disputes.cells import find_table
from addin.hosts.report_reading.disputes.reconciliation import FINDINGS_NEEDED
from addin.hosts.report_reading.notes import Kept, OldSheet, month_on
from addin.hosts.report_reading.own import own_in
from addin.hosts.report_reading.sheets import sheets_of
from addin.records.source import reportable
from addin.reports.reconciliation.data import ReconciliationReport
from templates.as_csv import csv_rows
from templates.look import SHEET_ROWS
from templates.reconciliation import SHEETS, build
from templates.reconciliation.tables import BILLED_CALL_COLUMNS, Tables, call_columns
from templates.spliced import OnRows


def kept_in_replaced(path: Path) -> Kept:
    """What people wrote in the reconciliation that will be replaced; nothing where there is none, or
    something else stands there.

    Raises TollsheetError where it holds columns or sheets of a person's own, or cannot be read any more so
    that notes would be lost.
    """
    if not path.is_file():
        return Kept()
    try:
        read = [(sheet, cache(rows)) for sheet, rows in sheets_of(path)]
    except TollsheetError:
        return Kept()  # no workbook: nobody can have written anything
    sheets = [OldSheet(*one) for one in read]
    if not month_on(sheets) and find_table(path.name, read, FINDINGS_NEEDED, ()) is None:
        return Kept()
    kept = Kept.of(sheets)
    others = (sheet.name for sheet in sheets if sheet.name not in SHEETS)
    if own := own_in(reportable(path.name), "reconciliation", kept.own_columns, others):
        raise TollsheetError(own, "Write to another name, or move it to a workbook of your own.", "--output")
    return kept


def left_beside(path: Path, written: Sequence[Path], inputs: Sequence[Path]) -> list[str]:
    """What is said of CSV files of calls beside the workbook that are of an earlier one of its name."""
    known = {one.resolve() for one in (*written, *inputs)}
    return [
        f"{one.name} is of an earlier run: nothing of this report stands in it."
        for one in _beside(path)
        if one.exists() and one.resolve() not in known
    ]


def _beside(path: Path) -> tuple[Path, Path]:
    """Where calls go of which a month has too many, and those of the bill."""
    return path.with_name(f"{path.stem}-calls.csv"), path.with_name(f"{path.stem}-billed.csv")


def write_reconciliation(
    report: ReconciliationReport,
    path: Path,
    *,
    force: bool = False,
    inputs: Sequence[Path] = (),
    max_rows: int = SHEET_ROWS,
    on_rows: OnRows | None = None,
) -> list[Path]:
    """Write the workbook; gives the paths written, the workbook first.

    `max_rows` is what a sheet holds. Calls beyond it go to `<name>-calls.csv` (`<name>-billed.csv` for the
    bill's), and the formulas over them become values. `on_rows` is told of the rows of calls as they are
    written. Raises TollsheetError where something cannot be written; then nothing is written over.
    """
    refuse_other_endings(path)
    tables = Tables(report, max_rows)
    calls_beside, billed_beside = _beside(path)
    besides: list[Path] = []
    if not (tables.calls_fit or report.rows_left_out):
        besides.append(calls_beside)
    if tables.by_call and not (tables.billed_calls_fit or report.rows_left_out):
        besides.append(billed_beside)
    check_target(path, force=force, inputs=inputs)
    for beside in besides:
        try:
            check_target(beside, force=force, inputs=inputs)
        except TollsheetError as error:
            raise TollsheetError(
                f"{beside.name} is where the calls go that a sheet cannot hold, and {error.problem}",
                error.remedy,
                error.option,
            ) from None

    def write(workbook: Workbook, made_by: str) -> None:
        build(workbook, tables, made_by, calls_beside.name, billed_beside.name)

    with all_or_none():
        if calls_beside in besides:
            rows = csv_rows(call_columns(report), report.calls)
            write_rows(calls_beside, rows, force=force, inputs=inputs)
        if billed_beside in besides:
            rows = csv_rows(BILLED_CALL_COLUMNS, report.billed_calls)
            write_rows(billed_beside, rows, force=force, inputs=inputs)
        write_report(path, write, force=force, inputs=inputs, on_rows=on_rows)
    return [path, *besides]
