"""What a stored recording is charged at a month's end, by Plivo's rule.

On the last day of each calendar month a recording stored for more than 90 days is charged its full minutes
at the rate, and again at every month's end after. Days are UTC dates, and the day of recording is day 1.
Assumptions where the source is silent: 0 s costs 0; part minutes round up; a recording deleted on the last
day is not charged.
"""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

FREE_DAYS = 90


def days_stored(created_on: date, on: date) -> int:
    """Days from the day of recording to the day asked for, both counted; 0 before.

    >>> days_stored(date(2023, 3, 16), date(2023, 3, 16)), days_stored(date(2023, 3, 16), date(2023, 6, 30))
    (1, 107)
    """
    return max((on - created_on).days + 1, 0)


def month_end(day: date) -> date:
    """The last day of the month that a day is in.

    >>> month_end(date(2024, 2, 10))
    datetime.date(2024, 2, 29)
    """
    if day.month == 12:
        return day.replace(day=31)
    return day.replace(month=day.month + 1, day=1) - timedelta(days=1)


def storage_charge(
    duration_ms: int,
    rate: Fraction,
    created_on: date,
    month_end_on: date,
    deleted_on: date | None = None,
    free_days: int = FREE_DAYS,
) -> Fraction:
    """The charge at this month's end, exact: whole minutes rounded up, times the rate.

    >>> str(storage_charge(119_000, Fraction("0.0004"), date(2023, 3, 16), date(2023, 6, 30)))
    '1/1250'
    """
    if deleted_on is not None and deleted_on <= month_end_on:
        return Fraction(0)
    if days_stored(created_on, month_end_on) <= free_days:
        return Fraction(0)
    return -(-duration_ms // 60_000) * rate
