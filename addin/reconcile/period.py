"""The month, or other days, that are reconciled: half open, in UTC."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from addin.errors import TollsheetError, safe

MONTH_NAMES = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


FIRST_YEAR, LAST_YEAR = 1900, 9998


def parse_day(text: str) -> date:
    """Read `YYYY-MM-DD`; anything else is an error, never a guess: 05/06 is two days, depending on who reads.

    >>> parse_day(" 2026-09-30 ")
    datetime.date(2026, 9, 30)
    >>> parse_day("2026-W40-4")
    Traceback (most recent call last):
    addin.errors.TollsheetError: "2026-W40-4" is not a day. Write it as YYYY-MM-DD, for example 2026-09-30.
    """
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        day = date.min
    if str(day) != text.strip() or not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise TollsheetError(
            f'"{safe(text)}" is not a day', "Write it as YYYY-MM-DD, for example 2026-09-30."
        )
    return day


@dataclass(frozen=True, slots=True)
class Month:
    """A calendar month in UTC, from the 1st 00:00 to before the 1st of the next month.

    Half open because a bound of `<=` the last day means its midnight and loses that day.

    >>> september = Month.parse("2026-09")
    >>> september.contains(datetime(2026, 9, 30, 23, 59, 59, 999999, tzinfo=UTC))
    True
    >>> september.contains(datetime(2026, 10, 1, tzinfo=UTC))
    False
    """

    year: int
    month: int

    @classmethod
    def parse(cls, text: str) -> Month:
        """Read `YYYY-MM`; anything else is an error, never a guess."""
        found = re.fullmatch(r"(\d{4})-(\d{2})", text.strip())
        if not found or not 1 <= int(found[2]) <= 12 or not FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
            raise TollsheetError(f"{text!r} is not a month", "Write it as YYYY-MM, for example 2026-09.")
        return cls(int(found[1]), int(found[2]))

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    @property
    def name(self) -> str:
        """
        >>> Month(2026, 9).name
        'September 2026'
        """
        return f"{MONTH_NAMES[self.month - 1]} {self.year}"

    @property
    def first_day(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def next_first_day(self) -> date:
        return date(self.year + self.month // 12, self.month % 12 + 1, 1)

    @property
    def last_day(self) -> date:
        return self.next_first_day - timedelta(days=1)

    def days(self) -> list[date]:
        """Every day of the month."""
        return [self.first_day + timedelta(days=n) for n in range(self.last_day.day)]

    def contains(self, instant: datetime) -> bool:
        """Whether an instant (zone-aware) falls into the month in UTC."""
        utc = instant.astimezone(UTC)
        return (utc.year, utc.month) == (self.year, self.month)


@dataclass(frozen=True, slots=True)
class Days:
    """A range of days, both included: from the first 00:00 to before 00:00 of the day after the last. In UTC,
    unless something else says by whose clocks.

    >>> days = Days(date(2026, 9, 28), date(2026, 10, 2))
    >>> str(days), len(days.days()), days.contains(datetime(2026, 10, 2, 23, 59, 59, tzinfo=UTC))
    ('2026-09-28 to 2026-10-02', 5, True)
    """

    first_day: date
    last_day: date

    def __post_init__(self) -> None:
        if self.last_day < self.first_day:
            raise TollsheetError(
                f"The last day, {self.last_day}, is before the first, {self.first_day}", "Swap them."
            )

    def __str__(self) -> str:
        return (
            f"{self.first_day} to {self.last_day}" if self.first_day < self.last_day else str(self.first_day)
        )

    @property
    def next_first_day(self) -> date:
        return self.last_day + timedelta(days=1)

    def days(self) -> list[date]:
        """Every one of them."""
        return [self.first_day + timedelta(days=n) for n in range((self.last_day - self.first_day).days + 1)]

    def holds(self, day: date) -> bool:
        """Whether it is one of them."""
        return self.first_day <= day <= self.last_day

    def contains(self, instant: datetime) -> bool:
        """Whether an instant (zone-aware) falls on one of the days in UTC."""
        return self.holds(instant.astimezone(UTC).date())


Period = Month | Days


def midnight(day: date) -> datetime:
    """When a day begins, in UTC.

    >>> str(midnight(date(2026, 10, 1)))
    '2026-10-01 00:00:00+00:00'
    """
    return datetime.combine(day, time(), UTC)
