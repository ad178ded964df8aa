"""A few recordings day by day, as Plivo's own example prints them: what happens on the days that matter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from addin.reconcile.wording import amount
from addin.storage.lines import Line
from udfs.rating.storage import FREE_DAYS, month_end

MOST_RECORDINGS = 8
"""What a page shows side by side."""
_NEXT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Day:
    """One day: what each recording is on it, in words."""

    on: date
    is_month_end: bool
    cells: tuple[str, ...]


def calendar(lines: Sequence[Line], until: date, more: Sequence[date], currency: str) -> list[Day]:
    """The days of recording, month ends, the last free day, deletions, and `more`, up to a day."""
    days = {day for day in more if day <= until}
    for line in lines:
        days |= {line.created_on, line.created_on + timedelta(days=FREE_DAYS - 1)}
        if line.deleted_on is not None:
            days.add(line.deleted_on)
    first = min((line.created_on for line in lines), default=until)
    end = month_end(first)
    while end <= until:
        days.add(end)
        end = month_end(end + _NEXT)
    return [
        Day(on, on == month_end(on), tuple(_said(line, on, currency) for line in lines))
        for on in sorted(days)
        if first <= on <= until
    ]


def _said(line: Line, on: date, currency: str) -> str:
    if on < line.created_on:
        return ""
    if line.deleted_on is not None and on >= line.deleted_on:
        deleted = "deleted" if on == line.deleted_on else ""
        return ", ".join(filter(None, (deleted, "not considered" if on == month_end(on) else "")))
    said = f"day {line.days(on)}"
    if on != month_end(on) or not line.is_charged(on):
        return said
    charge = line.charge(on)
    return f"{said}, {'rate not known' if charge is None else amount(charge, currency)}"
