"""The sheet Assumptions: what the figures rest on, and who says so."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from addin.reports.reconciliation import Assumption, ReconciliationReport
from templates.grid import FIRST_ROW, HEADER_ROW, TEXT, Column, Kind, write_table
from templates.look import Look, set_title, set_up_page

_LONG = Kind(widest=90, wraps=True)

COLUMNS: tuple[Column[Assumption], ...] = (
    Column("Topic", TEXT, lambda row: row.topic, narrowest=20),
    Column("What is assumed", _LONG, lambda row: row.text, narrowest=60),
    Column("Source", _LONG, lambda row: row.source, narrowest=30),
)


def write_assumptions(sheet: Worksheet, look: Look, report: ReconciliationReport) -> None:
    """Topic, rule, source."""
    set_up_page(sheet, report.month)
    set_title(sheet, look, "Assumptions", "Rules with their source, and choices that no source decides.")
    write_table(sheet, look, "Assumptions", COLUMNS, report.assumptions)
    sheet.freeze_panes(FIRST_ROW, 0)
    sheet.repeat_rows(HEADER_ROW)
