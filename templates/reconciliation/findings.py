"""The sheet Findings: what a person has to look at, with room for what they find."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from addin.reports.reconciliation import FindingRow, ReconciliationReport, Sum
from templates.grid import (
    AMOUNT,
    AMOUNT_VARIANCE,
    COUNT,
    COUNT_VARIANCE,
    FIRST_ROW,
    HEADER_ROW,
    INPUT,
    MINUTES,
    MINUTES_VARIANCE,
    NOTE,
    TEXT,
    Column,
    write_table,
)
from templates.look import Look, set_title, set_up_page

STATES = ("open", "asked the provider", "disputed", "credited", "accepted", "our side")


def _currency(row: FindingRow) -> str | None:
    sums: tuple[Sum, ...] = (row.sums.variance, row.sums.expected, row.sums.billed)
    return next((one.currency for one in sums if one.currency), None)


COLUMNS: tuple[Column[FindingRow], ...] = (
    Column("Kind", TEXT, lambda row: row.kind),
    Column("Call id", TEXT, lambda row: row.call_id),
    Column("Place in the log", TEXT, lambda row: row.log_place),
    Column("Place in the bill", TEXT, lambda row: row.billed_place),
    Column("What was found", NOTE, lambda row: row.note, narrowest=50),
    Column("Expected calls", COUNT, lambda row: row.sums.expected.calls),
    Column("Expected minutes", MINUTES, lambda row: row.sums.expected.minutes),
    Column("Expected cost", AMOUNT, lambda row: row.sums.expected.cost),
    Column("Billed calls", COUNT, lambda row: row.sums.billed.calls),
    Column("Billed minutes", MINUTES, lambda row: row.sums.billed.minutes),
    Column("Billed cost", AMOUNT, lambda row: row.sums.billed.cost),
    Column("Variance calls", COUNT_VARIANCE, lambda row: row.sums.variance.calls),
    Column("Variance minutes", MINUTES_VARIANCE, lambda row: row.sums.variance.minutes),
    Column("Variance cost", AMOUNT_VARIANCE, lambda row: row.sums.variance.cost),
    Column("Currency", TEXT, _currency),
    Column("Status", INPUT, lambda row: None, narrowest=18),
    Column("Owner", INPUT, lambda row: None, narrowest=14),
    Column("Note", INPUT, lambda row: None, narrowest=24),
)


def write_findings(sheet: Worksheet, look: Look, report: ReconciliationReport) -> None:
    """One row a finding; Status, Owner and Note are left for people."""
    set_up_page(sheet, report.month)
    note = "What a person has to look at. Status, Owner and Note are yours to fill in."
    set_title(sheet, look, "Findings", note if report.findings else "Nothing was found.")
    write_table(sheet, look, "Findings", COLUMNS, report.findings)
    sheet.freeze_panes(FIRST_ROW, 1)
    sheet.repeat_rows(HEADER_ROW)
    last_row = FIRST_ROW + max(1, len(report.findings)) - 1
    status = [column.header for column in COLUMNS].index("Status")
    states = {"validate": "list", "source": list(STATES), "error_type": "warning"}
    sheet.data_validation(FIRST_ROW, status, last_row, status, states)
