"""The sheets Calls and Billed: every record, one row each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TypeVar

from xlsxwriter.worksheet import Worksheet

from addin.reports.reconciliation.data import CallRow, ReconciliationReport
from templates.grid import FIRST_ROW, HEADER_ROW, Column, write_table
from templates.live import Formula, write_formulas
from templates.look import Look, set_title, set_two_pages, set_up_page
from templates.rated_formulas import RatedTable, rated_call
from templates.reconciliation.tables import (
    BILLED_CALL_COLUMNS,
    Tables,
    call_columns,
    usage_columns,
)

R = TypeVar("R")

RATED = RatedTable(
    "Calls", rated_call, "Expected seconds", "Expected minutes", "Expected cost", "Talked cost"
)
"""Of the table Calls, what is formulas over the terms of a call."""


def write_calls(
    sheet: Worksheet, look: Look, tables: Tables, beside: str, formulas: Mapping[str, Formula[CallRow]]
) -> None:
    """The sheet Calls, or where its rows are. `beside` names the CSV written beside the workbook."""
    report = tables.report
    note = "Every readable row of the log, and the step at which it leaves the bridge. Times are UTC."
    if not tables.calls_fit:
        note = absent_note(report, len(report.calls), beside)
    _start(sheet, look, report, "Calls", note)
    if tables.calls_fit:
        _finish(sheet, look, RATED.name, call_columns(report), report.calls, "Billed place", formulas)


def write_billed_calls(sheet: Worksheet, look: Look, tables: Tables, beside: str) -> None:
    """The sheet Billed where the bill is the provider's own call records."""
    report = tables.report
    note = "Every readable row of the bill, and what became of it. Times are UTC."
    if not tables.billed_calls_fit:
        note = absent_note(report, len(report.billed_calls), beside)
    _start(sheet, look, report, "Billed", note)
    if tables.billed_calls_fit:
        _finish(sheet, look, "Billed", BILLED_CALL_COLUMNS, report.billed_calls, "Category")


def write_billed_usage(sheet: Worksheet, look: Look, tables: Tables) -> None:
    """The usage records: the sheet Billed, or a sheet of their own beside the bill's calls."""
    report = tables.report
    note = "Every usage record, and why it counts or not. Days are UTC."
    _start(sheet, look, report, sheet.get_name(), note)
    _finish(sheet, look, tables.usage_name, usage_columns(report), report.billed_usage)


def absent_note(report: ReconciliationReport, count: int, beside: str) -> str:
    """What is said where a sheet has no rows: they are left out, or do not fit."""
    if report.rows_left_out:
        return "The rows of single calls are left out, as asked for, and figures here are values."
    return f"{count:,} calls do not fit on a sheet: they are in {beside}, and figures here are values."


def _start(sheet: Worksheet, look: Look, report: ReconciliationReport, title: str, note: str) -> None:
    set_up_page(sheet, report.month)
    set_title(sheet, look, title, note)


def _finish(
    sheet: Worksheet,
    look: Look,
    table: str,
    columns: Sequence[Column[R]],
    rows: Sequence[R],
    second_page: str = "",
    formulas: Mapping[str, Formula[R]] = MappingProxyType({}),
) -> None:
    """`second_page` is the column with which the second printed page begins; without, there is one."""
    written = write_table(sheet, look, table, columns, rows)
    write_formulas(sheet, columns, rows, written, FIRST_ROW, formulas)
    sheet.freeze_panes(FIRST_ROW, 1)
    sheet.repeat_rows(HEADER_ROW)
    if second_page:
        second = [column.header for column in columns].index(second_page)
        set_two_pages(sheet, written.widths, 1, second)
