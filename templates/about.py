"""What every report workbook says of itself: the sheet Assumptions, the table of inputs, the properties."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from addin.reports.about import About, Assumption, Input
from templates.grid import COUNT, FIRST_ROW, HEADER_ROW, INSTANT, NOTE, TEXT, Column, Kind, write_table
from templates.look import Look, set_title, set_up_page

ASSUMPTIONS, INPUTS, ABOUT = "Assumptions", "Inputs", "About"
"""The titles of the sheet and the table that every report has, and of the sheet that holds the table."""
_LONG = Kind(widest=90, wraps=True)

ASSUMPTION_COLUMNS: tuple[Column[Assumption], ...] = (
    Column("Topic", TEXT, lambda row: row.topic, narrowest=20),
    Column("What is assumed", _LONG, lambda row: row.text, narrowest=60),
    Column("Source", _LONG, lambda row: row.source, narrowest=30),
)
INPUT_COLUMNS: tuple[Column[Input], ...] = (
    Column("Side", TEXT, lambda item: item.side, narrowest=16),
    Column("File", TEXT, lambda item: item.source.name, narrowest=30),
    Column("Format", TEXT, lambda item: item.source.format, narrowest=22),
    Column("Rows", COUNT, lambda item: item.source.rows, narrowest=10),
    Column("Bytes", COUNT, lambda item: item.source.size_bytes, narrowest=12),
    Column("SHA-256", Kind(widest=68), lambda item: item.source.sha256, narrowest=64),
    Column("Modified (UTC)", INSTANT, lambda item: item.source.modified_at),
    Column("Remark", NOTE, lambda item: "; ".join(item.source.notes), narrowest=20),
)


def set_properties(workbook: Workbook, title: str, subject: str, ends_on: date, version: str) -> None:
    """The document's properties; the same report gives the same bytes, so that it is created when its period
    ends."""
    workbook.set_properties(
        {
            "title": title,
            "subject": subject,
            "author": "Tollsheet",
            "company": "",
            "comments": f"Made by Tollsheet {version}",
            "created": datetime.combine(ends_on, time(), UTC),
        }
    )


def write_assumptions(
    sheet: Worksheet,
    look: Look,
    rows: Sequence[Assumption],
    period: str,
    kind: str = "call bill reconciliation",
) -> None:
    """Topic, rule, source."""
    set_up_page(sheet, period, kind=kind)
    set_title(sheet, look, ASSUMPTIONS, "Rules with their source, and choices that no source decides.")
    write_table(sheet, look, ASSUMPTIONS, ASSUMPTION_COLUMNS, rows)
    sheet.freeze_panes(FIRST_ROW, 0)
    sheet.repeat_rows(HEADER_ROW)


def write_inputs(sheet: Worksheet, look: Look, rows: Sequence[Input], header_row: int) -> None:
    """The inputs by hash and row count: they are never touched, so that the hashes prove what was read."""
    sheet.write_string(header_row - 1, 0, INPUTS, look.heading())
    write_table(sheet, look, INPUTS, INPUT_COLUMNS, rows, header_row=header_row)


def write_about(workbook: Workbook, look: Look, about: About, version: str) -> None:
    """The sheets at the end of a report: Assumptions, and About with the choices and the inputs."""
    write_assumptions(workbook.add_worksheet(ASSUMPTIONS), look, about.assumptions, about.period, about.kind)
    sheet = workbook.add_worksheet(ABOUT)
    set_up_page(sheet, about.period, kind=about.kind)
    set_title(
        sheet, look, "About this report", f"Made by Tollsheet {version}. Nothing was written to the inputs."
    )
    chosen = (("Period", about.period), ("Time zone", about.time_zone), *about.choices)
    for column, head in enumerate(("Choice", "Value")):
        sheet.write_string(HEADER_ROW, column, head, look.head())
    for row, (label, value) in enumerate(chosen, FIRST_ROW):
        sheet.write_string(row, 0, label, look.words(bold=True))
        sheet.write_string(row, 1, value, look.words(text_wrap=True))
    write_inputs(sheet, look, about.inputs, FIRST_ROW + len(chosen) + 2)
