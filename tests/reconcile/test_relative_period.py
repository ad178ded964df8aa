"""Periods in words: whole days before the day that is given, next to each other, never that day itself."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addin.errors import TollsheetError
from addin.reconcile.relative_period import is_relative, named, resolve

AS_OF = st.dates(date(1950, 1, 1), date(2200, 12, 31))


@pytest.mark.parametrize(
    ("period", "as_of", "days"),
    [
        ("last month", "2026-01-01", "2025-12-01 to 2025-12-31"),
        ("last month", "2026-01-31", "2025-12-01 to 2025-12-31"),
        ("LAST  Month ", "2027-03-01", "2027-02-01 to 2027-02-28"),
        ("last quarter", "2026-12-31", "2026-07-01 to 2026-09-30"),
        ("last quarter", "2027-01-01", "2026-10-01 to 2026-12-31"),
        ("last week", "2026-11-30", "2026-11-23 to 2026-11-29"),  # a Monday
        ("last week", "2026-11-29", "2026-11-16 to 2026-11-22"),  # a Sunday
        ("yesterday", "2028-03-01", "2028-02-29 to 2028-02-29"),
        ("last 1 day", "2028-03-01", "2028-02-29 to 2028-02-29"),
        ("last 366 days", "2029-01-01", "2028-01-01 to 2028-12-31"),
    ],
)
def test_periods(period: str, as_of: str, days: str) -> None:
    found = resolve(period, date.fromisoformat(as_of))
    assert f"{found.first_day} to {found.last_day}" == days


@given(AS_OF)
def test_a_month_is_followed_by_the_next(as_of: date) -> None:
    days = resolve("last month", as_of)
    first, last = days.first_day, days.last_day
    assert (first.day, (last + timedelta(days=1)).day) == (1, 1)
    assert last < as_of <= last + timedelta(days=31)
    assert resolve("last month", last + timedelta(days=1)) == days
    assert resolve("last month", last).next_first_day == first
    assert named(days) == f"{first:%Y-%m}"


@given(AS_OF)
def test_a_week_is_monday_to_sunday(as_of: date) -> None:
    days = resolve("last week", as_of)
    first, last = days.first_day, days.last_day
    assert (first.weekday(), last.weekday(), (last - first).days) == (0, 6, 6)
    assert 1 <= (as_of - last).days <= 7


@given(AS_OF, st.integers(1, 366))
def test_so_many_days_end_yesterday(as_of: date, count: int) -> None:
    days = resolve(f"last {count} days", as_of)
    assert (len(days.days()), days.last_day) == (count, as_of - timedelta(days=1))


@pytest.mark.parametrize(
    "text", ["", "last", "last 0 days", "last 367 days", "today", "2026-09", "last -1 days"]
)
def test_other_words_are_no_period(text: str) -> None:
    assert not is_relative(text)
    with pytest.raises(TollsheetError, match="is not a period"):
        resolve(text, date(2026, 1, 1))
