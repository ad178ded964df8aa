"""The sheet Recordings: one row a recording, its month columns by the rule as formulas."""

from __future__ import annotations

from functools import partial

from xlsxwriter.workbook import Workbook

from addin.reports.storage.report import StorageReport
from addin.reports.storage.rows import RecordingRow
from templates.grid import FIRST_ROW, HEADER_ROW, write_table
from templates.live import Formula, write_formulas
from templates.look import Look, set_title, set_two_pages, set_up_page
from templates.storage import formulas
from templates.storage.columns import (
    DAY_1,
    MINUTES,
    RECORDINGS,
    TOTAL,
    as_of_head,
    charge_head,
    days_head,
    recording_columns,
)


def write_recordings(workbook: Workbook, look: Look, report: StorageReport) -> None:
    """Every recording that could be read, whatever the filters."""
    sheet = workbook.add_worksheet(RECORDINGS)
    set_up_page(sheet, report.about.period, kind=report.about.kind)
    set_title(sheet, look, RECORDINGS, _note(report))
    columns = recording_columns(report)
    written = write_table(sheet, look, RECORDINGS, columns, report.rows, total="Total")
    if formulas.is_live(report):
        write_formulas(sheet, columns, report.rows, written, FIRST_ROW, _formulas(report))
    sheet.freeze_panes(FIRST_ROW, 1)
    sheet.repeat_rows(HEADER_ROW)
    second = [column.header for column in columns].index(DAY_1)
    set_two_pages(sheet, written.widths, 1, second)


def _note(report: StorageReport) -> str:
    said = "Day 1 is the day of recording. A charge is minutes x rate once stored more than 90 days."
    if formulas.is_live(report):
        return f"{said} Days, charges and totals are formulas."
    return f"{said} Days, charges and totals are values: so many formulas would be slow to open."


def _formulas(report: StorageReport) -> dict[str, Formula[RecordingRow]]:
    decimals = formulas.places(report)
    texts = {
        MINUTES: formulas.minutes(),
        TOTAL: formulas.total(report.month_ends, decimals),
        as_of_head(report.as_of): formulas.days_on(report.as_of, is_month_end=False),
    }
    for on in report.month_ends:
        texts[days_head(on)] = formulas.days_on(on)
        texts[charge_head(on)] = formulas.charge(on, decimals)
    return {header: partial(_same, text) for header, text in texts.items()}


def _same(text: str, row: RecordingRow, number: int) -> str:
    """A formula that is the same in every row."""
    return text
