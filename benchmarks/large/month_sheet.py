"""A month's log as a workbook, as people save it: texts in a table, times, lengths and prices as such."""

from __future__ import annotations

import csv
from datetime import datetime
from pathlib import Path

import xlsxwriter

TIMES = ("Start Time", "End Time")
NUMBERS = ("Duration", "Price")


def write_sheet(log: Path) -> Path:
    """The workbook beside the log, written where it is missing."""
    path = log.with_suffix(".xlsx")
    if path.exists():
        return path
    part = path.with_suffix(".part")
    with (
        log.open(newline="") as file,
        xlsxwriter.Workbook(part, {"default_date_format": "yyyy-mm-dd hh:mm:ss"}) as book,
    ):
        sheet = book.add_worksheet("Calls")
        headers, *rows = csv.reader(file)
        sheet.write_row(0, 0, headers)
        for number, row in enumerate(rows, start=1):
            for column, (header, cell) in enumerate(zip(headers, row, strict=True)):
                if cell and header in TIMES:
                    sheet.write_datetime(number, column, datetime.fromisoformat(cell).replace(tzinfo=None))
                elif cell and header in NUMBERS:
                    sheet.write_number(number, column, float(cell))
                elif cell:
                    sheet.write_string(number, column, cell)
    part.rename(path)
    return path
