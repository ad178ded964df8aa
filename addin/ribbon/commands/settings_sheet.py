"""The sheet of settings: its rows, and what a person has written beside them."""

from __future__ import annotations

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
from addin.reconcile.measure import Tolerance
from addin.reconcile.period import Month
from addin.records import ColumnMapping, read_mapping
from addin.records.values import text_of
from addin.ribbon.desk import Desk
from udfs.errors import ERROR_TEXTS

SHEET = "Tollsheet settings"
MONTH, ZONE, BILL_ZONE = "Month", "Time zone", "Time zone of the bill"
MINUTES, AMOUNT, WINDOW = "Tolerance, minutes", "Tolerance, amount", "Matching window, seconds"
VOICEMAIL, MAPPING = "Voicemail is billed", "Column mapping"
ROWS = (
    (MONTH, "", "YYYY-MM, in UTC. Blank: the month that the call log covers is proposed."),
    (ZONE, "", "Of times that name none, such as America/New_York or +05:30. Blank: UTC."),
    (BILL_ZONE, "", "The same for the bill. Blank: as above."),
    (MINUTES, "0", "The difference in minutes that is allowed in each category and day."),
    (AMOUNT, "0", "The same for amounts."),
    (WINDOW, "60", "How far apart two records of one call may start where their ids do not match."),
    (VOICEMAIL, "", "yes or no (Voiso). Blank: calls answered by voicemail have an unknown status."),
    (MAPPING, "", "A mapping file (.toml) for other exports: its path, counted from this workbook's folder."),
)
KNOWN = frozenset(label for label, _, _ in ROWS)
_ALIKE = 0.8
_LONGEST_WINDOW_S = 86_400
_FIRST_YEAR, _LAST_YEAR = 2000, 2099
"""Of a month that is given as a date: any other number is a slip."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The settings of a workbook, checked."""

    month: Month | None = None
    time_zone: str | None = None
    bill_time_zone: str | None = None
    tolerance: Tolerance = field(default_factory=Tolerance)
    window: timedelta = timedelta(seconds=60)
    voicemail_billed: bool | None = None
    mapping_path: Path | None = None

    @property
    def mapping(self) -> ColumnMapping | None:
        return read_mapping(self.mapping_path) if self.mapping_path else None


def read_settings(desk: Desk) -> Chosen:
    """What stands on the workbook's sheet of settings; the defaults where there is none."""
    sheets = marked(desk.book, SETTINGS)
    if not sheets:
        return Chosen()
    rows = desk.values(sheets[0], most_columns=2)
    said = {label.strip(): value for label, value in rows if isinstance(label, str) and value is not None}
    _refuse_what_would_be_ignored(said)
    zone = _text(said.get(ZONE))
    mapping = _text(said.get(MAPPING))
    window_s = _number(said, WINDOW, Fraction(60))
    if window_s > _LONGEST_WINDOW_S or window_s.denominator != 1:
        raise _wrong(WINDOW, said[WINDOW], f"a whole number up to {_LONGEST_WINDOW_S}")
    return Chosen(
        month=_month(said.get(MONTH)),
        time_zone=zone or None,
        bill_time_zone=_text(said.get(BILL_ZONE)) or zone or None,
        tolerance=Tolerance(_number(said, MINUTES), _number(said, AMOUNT)),
        window=timedelta(seconds=int(window_s)),
        voicemail_billed=_yes_or_no(said.get(VOICEMAIL)),
        mapping_path=_beside(desk.book, mapping) if mapping else None,
    )


def _beside(book: Any, written: str) -> Path:
    """A path as it is written counts from the workbook's folder: a program's own current one is anywhere."""
    path, workbook = Path(written), path_of(book)
    if path.is_absolute():
        return path
    if workbook is None:
        raise TollsheetError(
            f'Sheet "{SHEET}", {MAPPING}: {written} counts from this workbook\'s folder, and it has none yet',
            "Save the workbook, or write the whole path.",
        )
    return workbook.parent / path


def _refuse_what_would_be_ignored(said: dict[str, Any]) -> None:
    """A setting under another label, or an error in its cell, would be left out in silence."""
    for label, value in said.items():
        if isinstance(value, str) and value.strip().upper() in ERROR_TEXTS:
            raise _wrong(label, value, "no error")
    for label in said:
        if label not in KNOWN and (close := get_close_matches(label, KNOWN, 1, _ALIKE)):
            raise TollsheetError(
                f'The settings sheet has the unknown label "{label}"', f'Write it "{close[0]}" again.'
            )


def _text(value: Any) -> str:
    return "" if value is None else str(value).strip()


def _month(value: Any) -> Month | None:
    """A program may have made a date of 2026-09, or shows one as the number of its day."""
    if isinstance(value, float | int) and not isinstance(value, bool):
        value = _day_of(value)
    if isinstance(value, date | datetime) and value.year >= _FIRST_YEAR:
        return Month(value.year, value.month)
    if not _text(value):
        return None
    try:
        return Month.parse(_text(value))
    except TollsheetError:
        raise _wrong(MONTH, value, "a month as YYYY-MM, such as 2026-09") from None


def _day_of(number: float) -> Any:
    """The day of that number, where it is one of this time; else the number."""
    try:
        day = datetime(1899, 12, 30) + timedelta(days=number)
    except OverflowError:
        return number
    return day if _FIRST_YEAR <= day.year <= _LAST_YEAR and number == int(number) else number


def _number(said: dict[str, Any], label: str, default: Fraction = Fraction(0)) -> Fraction:
    value = said.get(label)
    if not _text(value):
        return default
    try:
        number = Decimal(repr(value) if isinstance(value, float) else _text(value))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or number < 0:
        raise _wrong(label, value, "a number of 0 or more with a decimal point, such as 0.05")
    return Fraction(number)


def _yes_or_no(value: Any) -> bool | None:
    text = _text(value).casefold()
    if text not in ("", "yes", "no"):
        raise _wrong(VOICEMAIL, value, "yes, no or blank")
    return {"": None, "yes": True, "no": False}[text]


def _wrong(label: str, value: Any, right: str) -> TollsheetError:
    shown = text_of(value) if isinstance(value, float) else value
    return TollsheetError(f'Sheet "{SHEET}", {label}: {shown} cannot be used', f"Write {right}.")
