"""What the next month ends will charge if nothing is deleted, and what deleting old recordings would save."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from addin.reconcile.period import Month
from addin.storage.lines import Line
from addin.storage.months import MonthEnd, month_end
from addin.storage.question import months_after


@dataclass(frozen=True, slots=True)
class Saving:
    """Recordings stored for more than `days` on the day, and what they would be charged if kept."""

    days: int
    recordings: int
    next: Fraction | None
    """At the next month end; None where one of them would be charged at a rate that is not known."""
    all: Fraction | None
    """At all month ends of the forecast."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """From `as_of` on, with the recordings held on that day and no new ones; known deletions count."""

    as_of: date
    months: tuple[MonthEnd, ...]
    savings: tuple[Saving, ...]


def forecast(lines: Sequence[Line], as_of: date, count: int, older_than: Sequence[int]) -> Forecast:
    """The next `count` month ends after the day; a month end on the day itself has passed."""
    first = Month(as_of.year, as_of.month)
    months = months_after(first, count + 1)
    months = months[1:] if first.last_day == as_of else months[:-1]
    stored = [line for line in lines if line.days(as_of) is not None]
    ends = [month.last_day for month in months]
    savings = []
    for days in sorted(set(older_than)):
        old = [line for line in stored if (line.days(as_of) or 0) > days]
        at = [_sum(line.charge(end) for line in old) for end in ends]
        savings.append(Saving(days, len(old), at[0], _sum(at)))
    return Forecast(as_of, tuple(month_end(month, stored) for month in months), tuple(savings))


def _sum(charges: Iterable[Fraction | None]) -> Fraction | None:
    """None where one of them is not known."""
    total = Fraction(0)
    for charge in charges:
        if charge is None:
            return None
        total += charge
    return total
