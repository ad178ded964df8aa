"""Days and instants as the numbers that stand beside formulas, and exact figures as floats."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from fractions import Fraction

_FIRST = datetime(1899, 12, 30)
_DAY = timedelta(days=1)


def serial(moment: date) -> int | float:
    """
    >>> from datetime import UTC
    >>> serial(date(2026, 9, 1)), serial(datetime(2026, 9, 1, 12, tzinfo=UTC))
    (46266, 46266.5)
    """
    if isinstance(moment, datetime):
        return (moment.replace(tzinfo=None) - _FIRST) / _DAY
    return (moment - _FIRST.date()).days


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
    scaled = abs(value) * 10**places
    whole = int(scaled + Fraction(1, 2))
    return Fraction(whole if value >= 0 else -whole, 10**places)


def is_day(value: object) -> bool:
    """Whether it is a day or an instant."""
    return isinstance(value, date)
