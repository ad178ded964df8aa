"""A value written into a cell as what it is, and the characters that it needs."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from templates.text import cell_text, text_width

Value = str | int | Decimal | date | datetime | None

_LONGEST_GENERAL = 10
OLDEST = date(1900, 3, 1)
"""Spreadsheets disagree about the days before."""


def write_value(
    sheet: Worksheet,
    row: int,
    column: int,
    value: Value,
    cell_format: Format,
    decimals: int = 0,
    *,
    keeps_lines: bool = False,
) -> int:
    """Write a value as what it is; text is never read as a number, a link or a formula. Gives its width."""
    if isinstance(value, str):
        if not value:
            sheet.write_blank(row, column, None, cell_format)
            return 0
        text = cell_text(value, keeps_lines=keeps_lines)
        sheet.write_string(row, column, text, cell_format)
        return max(map(text_width, text.split("\n")))
    if value is None:
        sheet.write_blank(row, column, None, cell_format)
        return 0
    if isinstance(value, date):
        return _write_date(sheet, row, column, value, cell_format)
    sheet.write_number(row, column, float(value), cell_format)
    return number_width(value, decimals)


def number_width(value: Decimal | int, decimals: int = 0) -> int:
    """The characters of a number with its sign, separators and decimals (its own, where none are told)."""
    if isinstance(value, int):
        return len(f"{value:,}") + 2
    whole, _, own = f"{value:,f}".partition(".")
    return len(whole) + 1 + (decimals or min(len(own), _LONGEST_GENERAL)) + 2


def _write_date(sheet: Worksheet, row: int, column: int, value: date, cell_format: Format) -> int:
    if isinstance(value, datetime):
        value = value.replace(tzinfo=None)
    day = value.date() if isinstance(value, datetime) else value
    if day < OLDEST:
        sheet.write_string(row, column, str(value), cell_format)
    else:
        sheet.write_datetime(row, column, value, cell_format)
    return len(str(value).partition(".")[0])
