"""When a scheduled report runs, in the computer's own time, and which periods its runs then are of."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo
from itertools import islice, pairwise

from addin.errors import TollsheetError, safe
from addin.reconcile.period import Days
from addin.reconcile.relative_period import named, resolve

DAY, WEEK, MONTH = "day", "week", "month"
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
LAST_DAY_OF_ALL_MONTHS = 28
_RUNS = 16
"""How many runs are looked at: more than a year of months, more than two weeks of days."""
_NEED_THE_RIGHT_DAY = ("last week", "last month", "last quarter")


@dataclass(frozen=True, slots=True)
class Schedule:
    """Every day, or a weekday of each week, or a day of each month; and the time."""

    every: str
    at: time
    on: int = 0
    """Of a month 1 to 28; of a week 0, Monday, to 6; of a day 0."""

    @classmethod
    def of(cls, every: str, at: str, on: str) -> Schedule:
        """Read what a person writes. Without a day it is the 1st, or Monday.

        >>> str(Schedule.of("month", "06:00", "")), str(Schedule.of("week", "18:30", "fri"))
        ('on day 1 of every month at 06:00', 'every Friday at 18:30')
        """
        found = re.fullmatch(r"([01]?[0-9]|2[0-3]):([0-5][0-9])", at.strip())
        if not found:
            raise TollsheetError(
                f'"{safe(at)}" is not a time', "Write hours and minutes, such as 06:00.", "--at"
            )
        return cls(every, time(int(found[1]), int(found[2])), _day(every, on.strip()))

    def __str__(self) -> str:
        days = {
            DAY: "every day",
            WEEK: f"every {WEEKDAYS[self.on % 7]}",
            MONTH: f"on day {self.on} of every month",
        }
        return f"{days[self.every]} at {self.at:%H:%M}"

    def runs(self, after: datetime) -> Iterator[datetime]:
        """The runs after a moment; all in the computer's own time, without a zone."""
        run = datetime.combine(after.date(), self.at)
        while True:
            fits = {DAY: True, WEEK: run.weekday() == self.on, MONTH: run.day == self.on}
            if run > after and fits[self.every]:
                yield run
            run += timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Run:
    """One run, and the period that it is of."""

    at: datetime
    days: Days

    def __str__(self) -> str:
        return f"{self.at:%a %Y-%m-%d %H:%M}: {named(self.days)}"


def planned(
    schedule: Schedule, period: str, zone: tzinfo, now: datetime, to_instant: Callable[[datetime], datetime]
) -> list[Run]:
    """The next runs with their periods.

    `now` is the computer's own time; `to_instant` gives the instant of such a time. The day of a run is the
    one in the report's zone. Raises TollsheetError where runs would be of the wrong period or of one twice.
    """
    runs = []
    for at in islice(schedule.runs(now), _RUNS):
        seen_on = to_instant(at).astimezone(zone).date()
        days = resolve(period, seen_on)
        if " ".join(period.casefold().split()) in _NEED_THE_RIGHT_DAY and days != resolve(period, at.date()):
            raise TollsheetError(
                f"At {schedule.at:%H:%M} on {at.date()} here it is {seen_on} in the report's zone, where "
                f'"{period}" still means {named(days)}',
                "Choose a later time or another day.",
                "--at, --on",
            )
        runs.append(Run(at, days))
    for earlier, later in pairwise(runs):
        if later.days == earlier.days:
            raise TollsheetError(
                f'"{period}" means {named(later.days)} on {earlier.at.date()} and on {later.at.date()}: '
                "the same report would be sent again",
                "Choose a schedule as long as the period.",
                "--every",
            )
    return runs


def left_out(runs: list[Run]) -> str:
    """A sentence on the first days that lie between two runs; empty where every day is in a report."""
    for earlier, later in pairwise(runs):
        first, last = earlier.days.next_first_day, later.days.first_day - timedelta(days=1)
        if first <= last:
            return f"Some days are in no report, such as {named(Days(first, last))}."
    return ""


def _day(every: str, on: str) -> int:
    if every == DAY:
        if on:
            raise TollsheetError("Every day takes no day", "Leave it out.", "--on")
        return 0
    if every == WEEK:
        names = [name.casefold() for name in WEEKDAYS]
        fitting = [n for n, name in enumerate(names) if len(on) > 1 and name.startswith(on.casefold())]
        if on and len(fitting) != 1:
            raise TollsheetError(f'"{safe(on)}" is not a day of the week', "Write monday to sunday.", "--on")
        return fitting[0] if on else 0
    if on and not (re.fullmatch("[0-9]{1,2}", on) and 1 <= int(on) <= LAST_DAY_OF_ALL_MONTHS):
        raise TollsheetError(
            f'"{safe(on)}" is not a day that every month has', "Write a number from 1 to 28.", "--on"
        )
    return int(on) if on else 1
