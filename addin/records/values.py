"""From what an export writes to exact values: text, decimals, durations, currencies.

An export writes numbers as text, so text is a number here if it is one strictly: digits, one point, perhaps a
minus. Nothing is guessed: `$0.05`, `1,250` and `0.01x` are none. Blank and `null` are nothing.
"""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any

from udfs.cell_values import error_in, nearest_ms, time_ms
from udfs.errors import CellError

Cell = Any

DURATION_UNITS = {"seconds": Decimal(1), "milliseconds": Decimal("0.001"), "minutes": Decimal(60)}
LONGEST_S = 10**9
"""No call lasts thirty years: a longer duration is a wrong unit or a wrong column."""
HALF = Decimal("0.5")
"""A duration over 0 and under half a second is a spreadsheet time: 0:01:20 is 0.000926 of a day, and would be
billed one minute."""
FIRST_TOO_LONG = 1e15
"""A number cell of a workbook keeps 15 digits; ids and telephone numbers with more have lost the rest."""

MOST_DIGITS = 20
"""Before and behind the point."""

_DECIMAL = re.compile(rf"-?(?=\.?\d)\d{{0,{MOST_DIGITS}}}(?:\.\d{{1,{MOST_DIGITS}}})?", re.ASCII)
_TOO_LONG = re.compile(r"-?(?=\.?\d)\d*(?:\.\d+)?", re.ASCII)
_GROUPED = re.compile(r"-?[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?", re.ASCII)
_SHORTENED = re.compile(r"\+?\d(?:[.,]\d+)?[Ee]\+\d{1,3}", re.ASCII)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ufffe\uffff]")
_BETWEEN_WORDS = re.compile(r"[\s_-]+")
_LONE_SURROGATE = re.compile(r"[\ud800-\udfff]")
_CALC_ERROR = re.compile(r"Err:\d{3}", re.ASCII)
"""As LibreOffice writes errors that Excel has no name for."""
_SPREADSHEET_DAY_ZERO = datetime(1899, 12, 31)
_LONGEST_TIME = timedelta(days=31)
"""Of calls that workbooks hold as times. Later in 1900 programs disagree about the days, too."""


class BadValue(Exception):
    """A cell that cannot be read; its text says what is wrong with it."""


def refuse_error(cell: Cell) -> Cell:
    """The cell, unless it is an error: as text it would pass for a status or a telephone number.

    >>> refuse_error("#1"), refuse_error(80)
    ('#1', 80)
    """
    if isinstance(cell, str):
        if "#" not in cell and "Err:" not in cell:
            return cell
        text = cell.strip()
        code = text if _CALC_ERROR.fullmatch(text) else str(error_in(text) or "")
    else:
        code = str(error_in(cell) or "")
    if code:
        raise BadValue(f"is {code}: the cell is an error, correct the cell it comes from")
    return cell


def text_of(cell: Cell) -> str:
    """A cell as harmless text: control characters gone, `null` and blanks empty, a number cell by its digits.

    >>> text_of(" Bell\\x07 "), text_of("null"), text_of(14155551234.0), text_of("=1+1")
    ('Bell', '', '14155551234', '=1+1')
    """
    if cell is None:
        return ""
    if isinstance(cell, str):
        text = cell if cell.isprintable() else _LONE_SURROGATE.sub("\ufffd", _CONTROL.sub("", cell))
        text = text.strip()
        return "" if text in ("null", "NULL") else text
    if isinstance(cell, timedelta):
        return _clock(cell)
    if isinstance(cell, float):
        cell = Decimal(format(cell, ".15g"))
    if isinstance(cell, Decimal) and cell.is_finite() and abs(cell.adjusted()) < MOST_DIGITS:
        text = format(cell, "f")
        return text.rstrip("0").rstrip(".") if "." in text else text
    return str(cell)


def _clock(lasted: timedelta) -> str:
    """A time as a spreadsheet shows it, also of more than a day: `25:00:00`."""
    seconds, rest = divmod(abs(lasted), timedelta(seconds=1))
    shown = f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    fraction = f".{rest.microseconds:06}".rstrip("0") if rest else ""
    return f"{'-' if lasted < timedelta(0) else ''}{shown}{fraction}"


class LongNumber(int):
    """A whole number of a workbook's cell, as it is written, that is too long to be sure of its digits."""


def has_lost_digits(cell: Cell) -> bool:
    """Whether a number cell is too long to have kept all digits of an id or a telephone number."""
    return isinstance(cell, LongNumber) or (isinstance(cell, float) and abs(cell) >= FIRST_TOO_LONG)


def is_shortened(text: str) -> bool:
    """Whether an id or a telephone number is as a spreadsheet shows a long number: its other digits are lost.

    >>> is_shortened("4.48E+11"), is_shortened("448123456789"), is_shortened("4e10")
    (True, False, False)
    """
    return ("E+" in text or "e+" in text) and _SHORTENED.fullmatch(text) is not None


def decimal_of(cell: Cell, point: str = ".") -> Decimal | None:
    """The exact number in a cell, None where it is blank.

    >>> decimal_of("-0.03000"), decimal_of("null"), decimal_of(0.1), decimal_of("1.234,56", ",")
    (Decimal('-0.03000'), None, Decimal('0.1'), Decimal('1234.56'))
    """
    if isinstance(cell, Decimal | int | float) and not isinstance(cell, bool):
        return _plain_number(cell)
    return _written_number(text_of(cell), point)


@lru_cache(maxsize=16384)
def _written_number(text: str, point: str) -> Decimal | None:
    """Prices and durations repeat: each is read once, and kept once."""
    if not text:
        return None
    normal = text if point == "." else _with_point(text)
    if _DECIMAL.fullmatch(normal) is None:
        if _TOO_LONG.fullmatch(normal):
            raise BadValue(
                f"is {text[:60]!r}, with more than {MOST_DIGITS} digits before or behind its point"
            )
        raise BadValue(f"is {text[:40]!r}, not a number{_how_to_read(text, point)}")
    return Decimal(normal)


def _with_point(text: str) -> str:
    """A number with a decimal comma as one with a point. Points between thousands go where every group has
    three digits; `1.234` may be 1234 as well as a number with a decimal point, and stays no number.

    >>> _with_point("0,05"), _with_point("-1.234,56"), _with_point("1.234.567")
    ('0.05', '-1234.56', '1234567')
    >>> _with_point("1.234"), _with_point("12.34,5"), _with_point("0.123,4")
    ('', '', '')
    """
    if "." in text:
        grouped = _GROUPED.fullmatch(text) is not None and (text.count(".") > 1 or "," in text)
        text = text.replace(".", "") if grouped else ""
    return text.replace(",", ".")


def _how_to_read(text: str, point: str) -> str:
    """What to do about a number that is written in another way than the file's others are said to be."""
    if point == "." and _DECIMAL.fullmatch(_with_point(text)):
        return ": if that is a decimal comma, write a point, or decimal_comma = true in a mapping file"
    if point != "." and _DECIMAL.fullmatch(text):
        return " with a decimal comma: its point may be a decimal one, or stand between thousands"
    return ""


def _plain_number(cell: Decimal | int | float) -> Decimal:
    number = Decimal(format(cell, ".15g")) if isinstance(cell, float) else Decimal(cell)
    if not number.is_finite() or (number and abs(number.adjusted()) >= MOST_DIGITS):
        raise BadValue(f"is {text_of(cell)[:40]!r}, no number that can be")
    return number or Decimal(0)


def whole_of(cell: Cell) -> int | None:
    """A whole number that is not negative, None where it is blank."""
    number = decimal_of(cell)
    if number is None:
        return None
    if number < 0 or number != number.to_integral_value():
        raise BadValue(f"is {text_of(cell)[:40]!r}, not a whole number")
    return int(number)


def duration_ms_of(cell: Cell, unit: str = "seconds", point: str = ".") -> int | None:
    """A duration in milliseconds, None where it is blank: a number of units, `h:mm:ss`, `mm:ss`, a time cell.

    >>> duration_ms_of("80"), duration_ms_of("0:01:20"), duration_ms_of("345100.00000", "milliseconds")
    (80000, 80000, 345100)
    """
    if isinstance(cell, datetime):
        cell = _more_than_a_day(cell)
    if isinstance(cell, timedelta) and cell and not cell % timedelta(days=1):
        raise BadValue(
            f"is {cell.days} whole days: seconds that are formatted as a time. Format them as a number"
        )
    if isinstance(cell, time | timedelta) or (isinstance(cell, str) and ":" in cell):
        try:
            return time_ms(text_of(cell) if isinstance(cell, str) else cell, "")
        except CellError:
            raise BadValue(f"is {text_of(cell)[:40]!r}, not a duration") from None
    number = decimal_of(cell, point)
    if number is None:
        return None
    if unit not in DURATION_UNITS:
        raise BadValue(f"is {text_of(cell)[:40]!r}, not {unit}")
    if number < 0:
        raise BadValue(f"is negative ({text_of(cell)})")
    seconds = number * DURATION_UNITS[unit]
    if number and max(number, seconds) < HALF:
        raise BadValue(
            f"is {text_of(cell)[:40]}, a spreadsheet time (a part of a day): "
            "format the column as h:mm:ss or as seconds"
        )
    if seconds > LONGEST_S:
        raise BadValue(f"is {text_of(cell)[:40]}, longer than any call")
    whole = int(seconds)
    return whole * 1000 if whole == seconds else nearest_ms(Fraction(seconds))


def _more_than_a_day(cell: datetime) -> timedelta:
    """A time of over 24 hours, which a workbook's reader takes for a day of January 1900."""
    lasted = cell - _SPREADSHEET_DAY_ZERO
    if not timedelta(0) <= lasted < _LONGEST_TIME:
        raise BadValue(
            f"is the date {cell:%Y-%m-%d}, not a duration: format the column as h:mm:ss or as seconds"
        )
    return lasted


def currency_of(cell: Cell) -> str:
    """A currency by its three letters, empty where it is blank.

    >>> currency_of("usd")
    'USD'
    """
    text = text_of(cell).upper()
    if text and not (len(text) == 3 and text.isascii() and text.isalpha()):
        raise BadValue(f"is {text[:40]!r}, not a currency such as USD")
    return text


@lru_cache(maxsize=4096)
def category_of(written: str) -> str:
    """A category as it is compared: spreadsheets do not tell case apart, and providers write it in two ways.

    >>> category_of("Calls Inbound"), category_of("calls_inbound"), category_of(" calls-inbound ")
    ('calls-inbound', 'calls-inbound', 'calls-inbound')
    """
    return _BETWEEN_WORDS.sub("-", written.strip().casefold())


def charge(price: Decimal | None, sign: int = 1) -> Decimal | None:
    """A price as a positive charge; `sign` is -1 where charges are written as negative amounts.

    >>> charge(Decimal("-0.03000"), -1), charge(Decimal("0"), -1)
    (Decimal('0.03000'), Decimal('0'))
    """
    if not price:
        return price if price is None else price.copy_abs()
    return price if sign > 0 else price.copy_negate()
