"""A period said in words, such as "last month", for reports that are run again: resolved against a given day.

Nothing here knows what day it is: the day comes in, and whoever passes it prints it. Both bounds are whole
days of the report's zone, and both belong to the period; the day itself never does, since it is not over.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from addin.errors import TollsheetError
from addin.reconcile.period import Days

KNOWN = ("yesterday", "last week", "last month", "last quarter", "last 7 days")
"""What may be written; any number of days from 1 to 366 may stand in the last of them."""
MOST_DAYS = 366


def is_relative(text: str) -> bool:
    """Whether the words mean another period on another day.

    >>> is_relative("Last  month"), is_relative("last 30 days"), is_relative("2026-09")
    (True, True, False)
    """
    return _folded(text) in KNOWN or _days(text) is not None


def resolve(text: str, as_of: date) -> Days:
    """The days of the period as seen on a day. Weeks begin on Monday.

    >>> str(resolve("last month", date(2028, 3, 31)))
    '2028-02-01 to 2028-02-29'
    >>> str(resolve("last week", date(2026, 11, 25)))
    '2026-11-16 to 2026-11-22'
    >>> str(resolve("last 7 days", date(2026, 1, 3)))
    '2025-12-27 to 2026-01-02'
    >>> str(resolve("last quarter", date(2026, 2, 3)))
    '2025-10-01 to 2025-12-31'
    >>> resolve("last moon", date(2026, 2, 3))
    Traceback (most recent call last):
    addin.errors.TollsheetError: "last moon" is not a period. It may be yesterday, last week, last month, ...
    """
    words = _folded(text)
    if words == "yesterday":
        return Days(as_of - timedelta(days=1), as_of - timedelta(days=1))
    if words == "last week":
        monday = as_of - timedelta(days=as_of.weekday() + 7)
        return Days(monday, monday + timedelta(days=6))
    if words in ("last month", "last quarter"):
        months = 1 if words == "last month" else 3
        this = date(as_of.year, as_of.month - (as_of.month - 1) % months, 1)
        index = this.year * 12 + this.month - 1 - months
        return Days(date(index // 12, index % 12 + 1, 1), this - timedelta(days=1))
    if (count := _days(text)) is not None:
        return Days(as_of - timedelta(days=count), as_of - timedelta(days=1))
    raise TollsheetError(f'"{text}" is not a period', f"It may be {', '.join(KNOWN)}.")


def named(days: Days) -> str:
    """The period as files and titles name it: a whole month as such.

    >>> named(Days(date(2026, 9, 1), date(2026, 9, 30)))
    '2026-09'
    >>> named(Days(date(2026, 9, 7), date(2026, 9, 7))), named(Days(date(2026, 9, 7), date(2026, 9, 13)))
    ('2026-09-07', '2026-09-07 to 2026-09-13')
    """
    first, after = days.first_day, days.next_first_day
    is_month = first.day == after.day == 1 and (after - first).days <= 31
    return f"{first:%Y-%m}" if is_month else str(days)


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _days(text: str) -> int | None:
    found = re.fullmatch(r"last ([0-9]{1,3}) days?", _folded(text))
    return int(found[1]) if found and 1 <= int(found[1]) <= MOST_DAYS else None
