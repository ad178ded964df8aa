"""Days and instants as the numbers that stand beside formulas, and exact figures as floats."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from fractions import Fraction

from udfs.rating.attribution import SERIAL_ZERO
from udfs.rating.rounding import round_amount

_DAY = timedelta(days=1)


def serial(moment: date) -> int | float:
    """
    >>> from datetime import UTC
    >>> serial(date(2026, 9, 1)), serial(datetime(2026, 9, 1, 12, tzinfo=UTC))
    (46266, 46266.5)
    """
    if isinstance(moment, datetime):
        return (moment.replace(tzinfo=None) - SERIAL_ZERO) / _DAY
    return (moment - SERIAL_ZERO.date()).days


def day_of(value: date) -> date:
    """The day of an instant or a day."""
    return value.date() if isinstance(value, datetime) else value


def month_of(value: date) -> date:
    """The first day of its month."""
    return day_of(value).replace(day=1)


def rounded(value: Fraction, places: int) -> Fraction:
    """Half away from zero, as ROUND.

    >>> rounded(Fraction(5, 2), 0), rounded(Fraction(-5, 2), 0)
    (Fraction(3, 1), Fraction(-3, 1))
    """
    return round_amount(value, places, "half-up")


def is_day(value: object) -> bool:
    """Whether it is a day or an instant."""
    return isinstance(value, date)
