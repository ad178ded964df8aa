"""Cells as xlwings hands them over: numbers, texts, moments, blanks, and errors as Excel numbers them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

ERROR_OF = {
    502: -2146826273,
    503: -2146826252,
    504: -2146826265,
    519: -2146826273,
    521: -2146826288,
    524: -2146826265,
    525: -2146826259,
    532: -2146826281,
    32767: -2146826246,
}
"""LibreOffice's number of an error: the number by which Excel hands it over."""
TEXT_OF = {
    -2146826281: "#DIV/0!",
    -2146826246: "#N/A",
    -2146826259: "#NAME?",
    -2146826288: "#NULL!",
    -2146826252: "#NUM!",
    -2146826265: "#REF!",
    -2146826273: "#VALUE!",
}
OTHER_ERROR = -2146826273
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([Ee][+-]?\d+)?")
_MS_A_DAY = 86_400_000
TIME_ZERO = date(1899, 12, 30)
"""A time without a day is one of this day in every workbook, as Excel hands it over."""

Rows = Sequence[Sequence[Any]]


def for_cell(value: Any) -> Any:
    """A Python value as the cell takes it: None is blank."""
    if value is None:
        return ""
    if isinstance(value, Decimal | Fraction):
        return float(value)
    if hasattr(value, "dtype"):
        return value.item()
    return value


def cleaned(data: Rows, dates: Any, empty: Any, numbers: Any, err_to_str: bool) -> list[list[Any]]:
    """What was read, as the options of a range ask for it."""

    def clean(value: Any) -> Any:
        if value is None or value == "":
            return empty
        if isinstance(value, datetime):
            parts = (value.year, value.month, value.day)
            if dates is datetime:
                return value
            clock = {"hour": value.hour, "minute": value.minute, "second": value.second}
            return dates(*parts, **clock, microsecond=value.microsecond)
        if isinstance(value, int) and not isinstance(value, bool):
            return TEXT_OF[value] if err_to_str else None
        if numbers is not None and isinstance(value, float):
            return numbers(value)
        return value

    return [[clean(value) for value in row] for row in data]


def moment(serial: float, day_zero: date) -> datetime:
    """The moment of a serial, to the millisecond: a float of days holds no more.

    >>> moment(46295.5, date(1899, 12, 30)), moment(46295.5 - 1462, date(1904, 1, 1))
    (datetime.datetime(2026, 9, 30, 12, 0), datetime.datetime(2026, 9, 30, 12, 0))
    """
    return datetime(day_zero.year, day_zero.month, day_zero.day) + timedelta(
        milliseconds=round(serial * _MS_A_DAY)
    )


def serial_of(value: date | datetime | time | timedelta, day_zero: date) -> float:
    """The serial of a moment, a day, or a time."""
    if isinstance(value, timedelta):
        return value / timedelta(days=1)
    if isinstance(value, time):
        value = datetime(day_zero.year, day_zero.month, day_zero.day, value.hour, value.minute, value.second)
    if not isinstance(value, datetime):
        value = datetime(value.year, value.month, value.day)
    zero = datetime(day_zero.year, day_zero.month, day_zero.day)
    return (value.replace(tzinfo=None) - zero) / timedelta(days=1)


def typed_in(text: str) -> float | str:
    """What Excel makes of a text that is put into a cell which is not formatted as text.

    >>> typed_in("0012"), typed_in("CA12")
    (12.0, 'CA12')
    """
    return float(text) if _NUMBER.fullmatch(text.strip()) else text


def rows_of(value: Any, shape: tuple[int, int]) -> list[list[Any]]:
    """What is to be written, as rows; one value fills the range."""
    if not isinstance(value, list | tuple):
        return [[value] * shape[1] for _ in range(shape[0])]
    if value and not isinstance(value[0], list | tuple):
        return [list(value)]
    return [list(row) for row in value]


def each(rows: Rows, change: Callable[[Any], Any]) -> tuple[tuple[Any, ...], ...]:
    """Rows as UNO takes them."""
    return tuple(tuple(map(change, row)) for row in rows)
