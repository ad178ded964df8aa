"""Workbooks of one sheet that a person works with: settings, rate card, imported records, functions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from math import isfinite
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from addin.records.values import text_of
from templates.cells import write_value
from templates.look import DAY, INSTANT, Look, set_title, set_up_page
from templates.text import cell_text, lines_text

Cell = Any

_EXACT_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,10})(?:\.\d{1,10})?")
_MOST_DIGITS = 15
"""Of a number cell."""
_WIDEST, _NARROWEST = 44, 9
_MOST_SPOILT = 10
"""Of so many cells of a column of numbers one may be none; with more it is a column of texts."""
_SAMPLE = 200
"""Rows that are looked at for the width of a column."""


def write_records(
    workbook: Workbook, name: str, headers: Sequence[str], rows: Sequence[Sequence[Cell]], point: str = "."
) -> None:
    """The rows of an export under their headers, from A1 on, so that they are recognised again.

    What was a number stays one. A column of texts becomes numbers where each of them is one whose digits a
    cell keeps, written with the point of the export; all other texts stay such.
    """
    look = Look(workbook)
    sheet = workbook.add_worksheet(name)
    text = look.format(num_format="@")
    moment, day = look.format(num_format=INSTANT), look.format(num_format=DAY)
    for column, header in enumerate(headers):
        values = [row[column] if column < len(row) else None for row in rows]
        as_numbers = all(_is_exact(value, point) for value in values)
        sheet.write_string(0, column, cell_text(header), look.head())
        for row, value in enumerate(values, 1):
            _write(sheet, row, column, value, as_numbers, (text, moment, day))
        longest = max(
            (len(str(value)) for value in (header, *values[:_SAMPLE]) if value is not None), default=0
        )
        sheet.set_column(column, column, min(_WIDEST, max(_NARROWEST, longest + 2)))
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(1, len(rows)), len(headers) - 1)


@dataclass(frozen=True, slots=True)
class Spoilt:
    """A column of numbers with a few texts, and the first of these cells."""

    column: str
    """Its header."""
    cell: str
    """Where that cell stands on the sheet, such as `D15`."""
    text: str
    is_all_text: bool
    """Whether the numbers were texts, too, and so stay such."""


def spoilt_columns(headers: Sequence[str], rows: Sequence[Sequence[Cell]], point: str = ".") -> list[Spoilt]:
    """The columns of numbers that a few cells, at most one in ten of those filled, keep from being such."""
    found = []
    for column, header in enumerate(headers):
        values = [row[column] if column < len(row) else None for row in rows]
        wrong = [row for row, value in enumerate(values, 1) if not _is_exact(value, point)]
        filled = sum(value is not None and value != "" for value in values)
        if wrong and _MOST_SPOILT * len(wrong) <= filled:
            cell = xl_rowcol_to_cell(wrong[0], column)
            is_all_text = not any(map(_is_number, values))
            found.append(Spoilt(header, cell, text_of(values[wrong[0] - 1]), is_all_text))
    return found


def _is_exact(value: Cell, point: str = ".") -> bool:
    """Whether a cell is a number and shows the same digits as a number cell; a blank fits either.

    >>> _is_exact("0.0085"), _is_exact("0085"), _is_exact("+15005550009"), _is_exact("0.10")
    (True, False, False, True)
    >>> _is_exact("1.250", ","), _is_exact(1.25, ","), _is_exact(10**15)
    (False, True, False)
    """
    if isinstance(value, str):
        text = value.strip()
        if "." in text and (point != "." or len(text) > _MOST_DIGITS):
            return False
        return not text or _EXACT_NUMBER.fullmatch(text) is not None
    return value is None or _is_number(value)


def _is_number(value: Cell) -> bool:
    """A number that a cell keeps with all its digits, or that was one of a cell before."""
    if isinstance(value, Decimal):
        return value.is_finite() and len(value.as_tuple().digits) <= _MOST_DIGITS
    if isinstance(value, float):
        return isfinite(value)
    return type(value) is int and abs(value) < 10**_MOST_DIGITS


def _write(
    sheet: Worksheet, row: int, column: int, value: Cell, as_numbers: bool, formats: tuple[Format, ...]
) -> None:
    text, moment, day = formats
    if value is None or value == "":
        return
    if isinstance(value, datetime):
        sheet.write_datetime(row, column, value.replace(tzinfo=None), moment)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, day)
    elif _is_number(value) or (as_numbers and str(value).strip()):
        sheet.write_number(row, column, float(value))
    else:
        sheet.write_string(row, column, cell_text(text_of(value)), text)


Setting = tuple[str, str, str]


def write_settings(workbook: Workbook, name: str, sections: Sequence[tuple[str, Sequence[Setting]]]) -> None:
    """Label, value and help, a row each, by sections; the values are yellow and text, so that 2026-09 stays a
    month."""
    look = Look(workbook)
    sheet = workbook.add_worksheet(name)
    set_title(sheet, look, name, "What the commands of the tab Tollsheet work with. Yellow cells are yours.")
    for column, (head, width) in enumerate((("Setting", 30), ("Value", 26), ("What it does", 90))):
        sheet.set_column(column, column, width)
        sheet.write_string(3, column, head, look.head())
    row = 4
    for title, settings in sections:
        sheet.set_row(row, 22)
        sheet.write_string(row, 0, title, look.heading())
        for label, value, help_text in settings:
            row += 1
            sheet.write_string(row, 0, label, look.words(bold=True))
            write_value(sheet, row, 1, value, look.typed())
            sheet.write_string(row, 2, help_text, look.words(text_wrap=True))
        row += 1
    sheet.hide_gridlines(2)


def write_rates(workbook: Workbook, name: str, columns: Sequence[tuple[str, str]]) -> None:
    """The columns of a rate card, each with a remark that says what it holds."""
    look = Look(workbook)
    sheet = workbook.add_worksheet(name)
    for column, (header, help_text) in enumerate(columns):
        sheet.write_string(0, column, header, look.head())
        if help_text:
            sheet.write_comment(0, column, help_text)
        sheet.set_column(
            column, column, max(12, len(header) + 4), look.format(num_format="@") if column == 0 else None
        )
    sheet.freeze_panes(1, 0)


def write_list(
    workbook: Workbook, name: str, title: str, heads: Sequence[tuple[str, int]], rows: Sequence[Sequence[str]]
) -> None:
    """A titled list of our own texts; the first column is bold. It prints one page wide."""
    look = Look(workbook)
    sheet = workbook.add_worksheet(name)
    set_title(sheet, look, title, "Made anew by each press of the button: keep notes of yours elsewhere.")
    for column, (head, width) in enumerate(heads):
        sheet.set_column(column, column, width)
        sheet.write_string(3, column, head, look.head())
    for row, cells in enumerate(rows, 4):
        for column, text in enumerate(cells):
            sheet.write_string(row, column, lines_text(text), look.words(text_wrap=True, bold=column == 0))
    sheet.freeze_panes(4, 1)
    set_up_page(sheet, title)
    sheet.repeat_rows(3)
