"""The sheet Day by day: a few recordings on the days that matter, as Plivo's own example prints them."""

from __future__ import annotations

from collections.abc import Callable

from xlsxwriter.workbook import Workbook

from addin.reports.storage.report import StorageReport
from addin.storage.calendar import Day
from templates.cells import Value
from templates.grid import DAY, Column, Kind
from templates.look import Look
from templates.page import write_rows
from templates.text import cell_text

_LONGEST_HEAD = 60
_WORDS = Kind(widest=34, wraps=True)


def write_days(workbook: Workbook, look: Look, report: StorageReport) -> None:
    """A row for each day, a column for each recording."""
    note = "Days of recording, month ends, the 90th day, deletions. Charges fall on the last day of a month."
    write_rows(workbook, look, report.about, "Day by day", note, "Day_by_day", _columns(report), report.days)


def _columns(report: StorageReport) -> tuple[Column[Day], ...]:
    by_id = {row.recording_id: row for row in report.rows}
    columns: list[Column[Day]] = [
        Column("Day", DAY, lambda day: day.on),
        Column("Month end", Kind(widest=12), lambda day: "yes" if day.is_month_end else "", narrowest=13),
    ]
    for number, recording_id in enumerate(report.days_of):
        seconds = by_id[recording_id].seconds
        head = cell_text(f"{number + 1}: {recording_id[:_LONGEST_HEAD]}, {seconds.normalize():f} s")
        columns.append(Column(head, _WORDS, _cell(number), narrowest=26))
    return tuple(columns)


def _cell(number: int) -> Callable[[Day], Value]:
    return lambda day: day.cells[number]
