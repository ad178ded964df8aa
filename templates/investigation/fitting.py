"""Sheets whose columns are as wide as their tables need them."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter.workbook import Workbook

from addin.reports.investigation.data import InvestigationReport
from templates.grid import Written
from templates.look import Look
from templates.page import Page

_WIDE = (14,) * 12
"""Until the tables of a sheet are known: sentences and charts count with it."""


def wide_page(workbook: Workbook, look: Look, report: InvestigationReport, name: str, note: str) -> Page:
    page = Page.new(workbook, look, name, report.about, _WIDE)
    page.title(name, note)
    return page


def fit(page: Page, tables: Sequence[Written]) -> None:
    """Columns as wide as the widest table of the sheet needs them, and heads as high."""
    for column in range(max((len(table.widths) for table in tables), default=0)):
        width = max(table.widths[column] for table in tables if column < len(table.widths))
        page.sheet.set_column(column, column, width)
    for table in tables:
        page.sheet.set_row(table.header_row, table.head_points)
