"""The one gate from a cell to a value: blank, error, number, time and text are told apart here and only here.

A float is read as the decimal it shows at 15 significant digits, which is what the person sees in the cell:
0.1 + 0.2 is 0.3. Text that looks like a number is not a number, and TRUE is not 1.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import isfinite
from typing import Any

from udfs.errors import CODE_OF_COM_INTEGER, ERROR_TEXTS, ErrorValue, NotAvailable, NotUsable, OutOfRange

Cell = Any
"""Whatever a spreadsheet, a file or a program puts into a cell."""

COM_MISSING = -2147352572
"""An optional argument that was left out, as COM hands it over."""

WIDEST_EXPONENT = 400
"""Numbers with more digits than this are refused before they are spelled out."""

_DURATION_TEXT = re.compile(r"(-?)([0-9]{1,9}):([0-5][0-9]):([0-5][0-9](?:\.[0-9]{1,12})?)", re.ASCII)
_MINUTES_TEXT = re.compile(r"(-?)([0-9]{1,9}):([0-5][0-9](?:\.[0-9]{1,12})?)", re.ASCII)
_NUMBER_REMEDY = "give a number, or the cell that holds it"
_TIME_REMEDY = "convert spreadsheet times with TO_SECONDS"


def plain(cell: Cell) -> Cell:
    """The cell as a plain Python value: numpy scalars unwrapped, a missing argument as None."""
    kind = getattr(getattr(cell, "dtype", None), "kind", "")
    if kind:
        if kind in "mM":  # nanosecond values would come out of item() as bare integers
            cell = cell.astype("datetime64[us]" if kind == "M" else "timedelta64[us]")
        elif kind == "f" and cell.dtype.itemsize != 8:
            cell = float(cell if cell.dtype.itemsize > 8 else str(cell))  # half a float's digits are noise
        if hasattr(cell, "item") and getattr(cell, "ndim", 0) == 0:
            cell = cell.item()
    return None if type(cell) is int and cell == COM_MISSING else cell


def is_blank(cell: Cell) -> bool:
    """An empty cell, empty text or an argument left out."""
    return cell is None or (isinstance(cell, str) and cell == "")


def error_in(cell: Cell) -> ErrorValue | None:
    """The error that a cell holds: an ErrorValue, the integer Excel hands over, or the code as text."""
    if isinstance(cell, ErrorValue):
        return cell
    if type(cell) in (int, float) and cell in CODE_OF_COM_INTEGER:
        return ErrorValue(CODE_OF_COM_INTEGER[cell], "an argument is an error")
    if isinstance(cell, str) and cell[:1] == "#" and cell.upper() in ERROR_TEXTS:
        return ErrorValue(cell.upper(), "an argument is an error")
    return None


def number(cell: Cell, name: str) -> Fraction:
    """The exact number in a cell; a float as the decimal it shows at 15 significant digits."""
    if isinstance(cell, bool):
        raise NotUsable(f"{name} is {str(cell).upper()}, not a number", _NUMBER_REMEDY)
    if isinstance(cell, float):
        if not isfinite(cell):
            raise OutOfRange(f"{name} is not a finite number", _NUMBER_REMEDY)
        return _shown(cell)
    if isinstance(cell, int):
        if cell.bit_length() > WIDEST_EXPONENT * 4:
            raise OutOfRange(f"{name} is absurdly large", _NUMBER_REMEDY)
        return Fraction(cell)
    if isinstance(cell, Decimal):
        if not cell.is_finite():
            raise OutOfRange(f"{name} is not a finite number", _NUMBER_REMEDY)
        if cell and abs(cell.adjusted()) > WIDEST_EXPONENT:
            raise OutOfRange(f"{name} is absurdly large or small", _NUMBER_REMEDY)
        return Fraction(cell) if cell else Fraction(0)
    if isinstance(cell, Fraction):
        return cell
    if is_blank(cell):
        raise NotAvailable(f"{name} is blank", "fill it in")
    if isinstance(cell, str):
        remedy = "convert numbers stored as text with VALUE()"
        raise NotUsable(f'{name} is the text "{cell[:40]}", not a number', remedy)
    raise NotUsable(f"{name} is not a number but a {type(cell).__name__}", _NUMBER_REMEDY)


@lru_cache(maxsize=65536)
def _shown(cell: float) -> Fraction:
    """The decimal that a float shows; a column holds few different rates."""
    return Fraction(Decimal(format(cell, ".15g")))


def amount(cell: Cell, name: str) -> Fraction:
    """A rate or a fee: a number that is not negative."""
    value = number(cell, name)
    if value < 0:
        raise OutOfRange(f"{name} is negative", "charges are positive here; turn the sign around")
    return value


def nearest_ms(seconds: Fraction) -> int:
    """Seconds as whole milliseconds, half up: spreadsheet subtraction leaves noise of under a microsecond."""
    return (2000 * seconds.numerator + seconds.denominator) // (2 * seconds.denominator)


def duration_ms(cell: Cell, name: str = "duration") -> int:
    """A duration in milliseconds, from a number of seconds or text `h:mm:ss`.

    A number strictly between 0 and 0.5 is a spreadsheet time (a fraction of a day) by mistake: it would pass
    for a few milliseconds and be billed one minute.
    """
    if isinstance(cell, str):
        if (match := _DURATION_TEXT.fullmatch(cell.strip())) is None:
            remedy = "write seconds as a number or h:mm:ss, or convert with TO_SECONDS or VALUE()"
            raise NotUsable(f'{name} is the text "{cell[:40]}", not a duration', remedy)
        sign, hours, minutes, seconds = match.groups()
        ms = nearest_ms(Fraction(int(hours) * 3600 + int(minutes) * 60) + Fraction(seconds))
        if sign and ms:
            raise OutOfRange(f"{name} is negative", "check the export")
        return ms
    if isinstance(cell, time | timedelta):
        raise OutOfRange(f"{name} is a spreadsheet time, not seconds", _TIME_REMEDY)
    value = number(cell, name)
    if value < 0:
        raise OutOfRange(f"{name} is negative", "check the export")
    if 0 < value < Fraction(1, 2):
        raise OutOfRange(f"{name} {float(value):g} looks like a spreadsheet time, not seconds", _TIME_REMEDY)
    return nearest_ms(value)


def whole_ms(cell: Cell, name: str) -> int:
    """A minimum or an increment in milliseconds; anything finer is a spreadsheet time by mistake."""
    if isinstance(cell, time | timedelta):
        raise OutOfRange(f"{name} is a spreadsheet time, not seconds", _TIME_REMEDY)
    ms = number(cell, name) * 1000
    if ms < 0:
        raise OutOfRange(f"{name} is negative", "give seconds, 0 or more")
    if ms.denominator != 1:
        raise OutOfRange(f"{name} is not a whole number of milliseconds", _TIME_REMEDY)
    return ms.numerator


def time_ms(cell: Cell, name: str) -> int:
    """A spreadsheet time (fraction of a day), a clock time or text `h:mm:ss` or `mm:ss`, in milliseconds."""
    if isinstance(cell, str):
        text = cell.strip()
        if (match := _MINUTES_TEXT.fullmatch(text)) is not None:
            text = f"{match[1]}{int(match[2]) // 60}:{int(match[2]) % 60:02}:{match[3]}"
        if _DURATION_TEXT.fullmatch(text) is None:
            raise NotUsable(f'{name} is the text "{cell[:40]}", not a time', "write h:mm:ss or mm:ss")
        return duration_ms(text, name)
    if isinstance(cell, time):
        cell = datetime.combine(date.min, cell.replace(tzinfo=None)) - datetime.min
    if isinstance(cell, timedelta):
        days = Fraction(cell // timedelta(microseconds=1), 86_400_000_000)
    elif isinstance(cell, date):
        raise NotUsable(f"{name} is a date, not a time of the clock", "subtract the date first")
    else:
        days = number(cell, name)
        if days.denominator == 1 and days > 1:
            problem = f"{name} {days} would be {days} whole days"
            raise OutOfRange(problem, "leave out TO_SECONDS where the cell holds seconds already")
    if days < 0:
        raise OutOfRange(f"{name} is negative", "subtract the earlier time from the later one")
    return nearest_ms(days * 86400)


def whole_number(cell: Cell, name: str, low: int, high: int) -> int:
    """A whole number within bounds, both included."""
    value = number(cell, name)
    if value.denominator != 1 or not low <= value <= high:
        raise OutOfRange(f"{name} is not a whole number from {low} to {high}", "give one that is")
    return value.numerator


def text(cell: Cell, name: str) -> str:
    """The text in a cell, without blanks around it."""
    if is_blank(cell):
        raise NotAvailable(f"{name} is blank", "fill it in")
    if not isinstance(cell, str):
        raise NotUsable(
            f"{name} is not text but a {type(cell).__name__}", "give it in quotes, or a cell of text"
        )
    return cell.strip()


def truth(cell: Cell, name: str) -> bool:
    """TRUE or FALSE, or 1 or 0."""
    if isinstance(cell, bool):
        return cell
    if not isinstance(cell, str | datetime) and number(cell, name) in (0, 1):
        return bool(cell)
    raise NotUsable(f"{name} is neither TRUE nor FALSE", "give one of the two, without quotes")


SHORTENED = "a spreadsheet has shortened it: take it from the export again, as text"


def is_shortened(number_text: str) -> bool:
    """Whether a telephone number was saved by a spreadsheet in scientific notation.

    >>> is_shortened("4.48E+11"), is_shortened("+448001111")
    (True, False)
    """
    return re.fullmatch(r"\s*\d([.,]\d+)?[eE]\+?\d+\s*", number_text, re.ASCII) is not None


def dialled(cell: Cell, name: str) -> str:
    """A telephone number or prefix as text; a number cell shows its digits, so 44.0 is `44`."""
    if is_blank(cell):
        return ""
    if isinstance(cell, str):
        if is_shortened(cell):
            raise NotUsable(f'{name} "{cell[:40]}" has lost its digits', SHORTENED)
        return cell
    value = number(cell, name)
    if value.denominator != 1 or not 0 <= value < 10**15:
        remedy = "store telephone numbers as text: a number cell keeps only 15 digits"
        raise NotUsable(f"{name} is a number that cannot be dialled", remedy)
    return str(value.numerator)
