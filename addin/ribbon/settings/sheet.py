"""What a person has written on the sheet of settings: each cell as what it is to be, or refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from fractions import Fraction
from pathlib import Path
from typing import Any

from addin.errors import TollsheetError
from addin.hosts.open_workbook.marks import SETTINGS, marked
from addin.hosts.open_workbook.place import path_of
from addin.hosts.program import Rows
from addin.reconcile.period import Month, parse_day
from addin.records.values import text_of
from addin.ribbon.desk import Desk
from addin.ribbon.settings.sections import KNOWN, SHEET
from udfs.errors import ERROR_TEXTS

_ALIKE = 0.8
_FIRST_YEAR, _LAST_YEAR = 2000, 2099
"""Of a month or day that is given as a number: any other is a slip."""
_WORDS = {"": None, "yes": True, "no": False}


@dataclass(frozen=True, slots=True)
class Said:
    """The filled cells of the sheet by their label; a blank cell is not there. Each method raises
    TollsheetError, with the label, where the cell is not what it is to be."""

    values: Mapping[str, Any] = field(default_factory=dict)
    folder: Path | None = None
    """Of the workbook: relative paths count from it, since a program's own current one is anywhere."""

    def text(self, label: str) -> str:
        value = self.values.get(label)
        return "" if value is None else text_of(value).strip()

    def texts(self, label: str) -> tuple[str, ...]:
        """Several, separated by semicolons or lines, each once."""
        parts = self.text(label).replace("\n", ";").split(";")
        return tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))

    def choice(self, label: str, choices: Sequence[str], default: str) -> str:
        text = self.text(label) or default
        if text.casefold() not in choices:
            raise self.wrong(label, f"one of {', '.join(choices)}")
        return text.casefold()

    def yes_or_no(self, label: str) -> bool | None:
        """None for a blank."""
        text = self.text(label).casefold()
        if text not in _WORDS:
            raise self.wrong(label, "yes, no or blank")
        return _WORDS[text]

    def number(self, label: str, default: Fraction = Fraction(0)) -> Fraction:
        """A number of 0 or more, with the digits that the cell shows."""
        value = self.values.get(label)
        if not self.text(label):
            return default
        try:
            number = Decimal(repr(value) if isinstance(value, float) else self.text(label))
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite() or number < 0:
            raise self.wrong(label, "a number of 0 or more with a decimal point, such as 0.05")
        return Fraction(number)

    def whole(self, label: str, default: int, most: int) -> int:
        number = self.number(label, Fraction(default))
        if number > most or number.denominator != 1:
            raise self.wrong(label, f"a whole number up to {most}")
        return int(number)

    def month(self, label: str) -> Month | None:
        """A program may have made a date of 2026-09, or shows one as the number of its day."""
        value = _as_day(self.values.get(label))
        if isinstance(value, date) and value.year >= _FIRST_YEAR:
            return Month(value.year, value.month)
        if not self.text(label):
            return None
        try:
            return Month.parse(self.text(label))
        except TollsheetError:
            raise self.wrong(label, "a month as YYYY-MM, such as 2026-09") from None

    def day(self, label: str) -> date | None:
        value = _as_day(self.values.get(label))
        if isinstance(value, date):
            return value.date() if isinstance(value, datetime) else value
        if not self.text(label):
            return None
        try:
            return parse_day(self.text(label))
        except TollsheetError:
            raise self.wrong(label, "a day as YYYY-MM-DD, such as 2026-09-30") from None

    def path(self, label: str) -> Path | None:
        """A file: its path counts from the workbook's folder."""
        if not self.text(label):
            return None
        path = Path(self.text(label))
        if not path.is_absolute() and self.folder is None:
            raise TollsheetError(
                f'Sheet "{SHEET}", {label}: {path} counts from this workbook\'s folder, and it has none yet',
                "Save the workbook, or write the whole path.",
            )
        return path if self.folder is None else self.folder / path

    def wrong(self, label: str, right: str) -> TollsheetError:
        """The error for a cell that cannot be used; `right` says what could be."""
        value = self.values.get(label)
        shown = text_of(value) if isinstance(value, float) else value
        return TollsheetError(f'Sheet "{SHEET}", {label}: {shown} cannot be used', f"Write {right}.")


def read_said(desk: Desk) -> Said:
    """What stands on the workbook's sheet of settings; nothing where there is none."""
    path = path_of(desk.book)
    folder = path.parent if path else None
    sheets = marked(desk.book, SETTINGS)
    if not sheets:
        return Said({}, folder)
    rows = desk.values(sheets[0], most_columns=2)
    values = {label.strip(): value for label, value in rows if isinstance(label, str) and value is not None}
    said = Said(values, folder)
    _refuse_what_would_be_ignored(said)
    _refuse_percentages(sheets[0], rows)
    return said


def _refuse_percentages(sheet: Any, rows: Rows) -> None:
    """A number that is shown as 1 % is 0.01 in its cell, and would be read as that."""
    for number, (label, value) in enumerate(rows, 1):
        is_number = isinstance(value, float | int) and not isinstance(value, bool)
        if label in KNOWN and is_number and "%" in str(sheet.range((number, 2)).number_format):
            raise TollsheetError(
                f'Sheet "{SHEET}", {label}: B{number} is shown as a percentage, so that it is not clear '
                "which number is meant",
                "Format the cell as text, and write the number again; 1 percent is 1.",
            )


def _refuse_what_would_be_ignored(said: Said) -> None:
    """A setting under another label, or an error in its cell, would be left out in silence."""
    for label, value in said.values.items():
        if isinstance(value, str) and value.strip().upper() in ERROR_TEXTS:
            raise said.wrong(label, "no error")
    for label in said.values:
        if label not in KNOWN and (close := get_close_matches(label, KNOWN, 1, _ALIKE)):
            raise TollsheetError(
                f'The settings sheet has the unknown label "{label}"', f'Write it "{close[0]}" again.'
            )


def _as_day(value: Any) -> Any:
    """The day of a number, where it is one of this time; else the value."""
    if not isinstance(value, float | int) or isinstance(value, bool):
        return value
    try:
        day = datetime(1899, 12, 30) + timedelta(days=value)
    except OverflowError:
        return value
    return day if _FIRST_YEAR <= day.year <= _LAST_YEAR and value == int(value) else value
