"""Days, minutes and charges: the public cases, and random recordings against days counted one by one."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addin.reconcile.period import Month
from addin.storage.forecast import forecast
from addin.storage.lines import Line
from addin.storage.months import month_end
from tests.storage.make import day, recording

CASES = Path(__file__).parents[1] / "cases" / "storage_cases.csv"
LAST, NEXT = date(2023, 6, 30), date(2023, 7, 31)


def cases() -> Iterator[object]:
    with CASES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield pytest.param(row, id=row["description"][:50])


@pytest.mark.parametrize("row", [*cases()])
def test_public_cases(row: dict[str, str]) -> None:
    made = recording(
        created=row["created"],
        seconds=float(row["recording_s"]),
        rate=row["rate_per_min_month"],
        deleted=row["deleted"] or None,
    )
    line, on = Line.of(made, None), day(row["month_end"])
    assert line.minutes == int(row["expected_minutes"])
    assert line.charge(on) == Fraction(row["expected_charge"])
    if row["deleted"] and day(row["deleted"]) <= on:
        assert line.days(on) is None
    else:
        assert (line.days(on) or 0) == int(row["expected_day_number"])


@st.composite
def lines(draw: st.DrawFn) -> Line:
    created = datetime(2022, 1, 1, tzinfo=UTC) + timedelta(seconds=draw(st.integers(0, 600 * 86_400)))
    kept = draw(st.none() | st.integers(0, 500 * 86_400))
    made = recording(seconds=draw(st.integers(0, 8_000_000)) / 1000, created_at=created)
    rates = st.sampled_from([None, Fraction("0.0004"), Fraction("0.00045"), Fraction("1.23456789")])
    return Line.of(
        recording(
            seconds=made.duration_ms / 1000,
            rate=None,
            created_at=created,
            deleted_at=None if kept is None else created + timedelta(seconds=kept),
        ),
        draw(rates),
    )


def counted_days(line: Line, on: date) -> int | None:
    """One day after the other; None once it is deleted, or before it is made."""
    recorded, gone = line.recording.created_at.date(), line.recording.deleted_at
    if gone is not None and gone.date() <= on:
        return None
    days, current = 0, recorded
    while current <= on:
        days, current = days + 1, current + timedelta(days=1)
    return days or None


def counted_minutes(line: Line) -> int:
    minutes, left = 0, line.recording.duration_ms
    while left > 0:
        minutes, left = minutes + 1, left - 60_000
    return minutes


@given(st.lists(lines(), max_size=6))
def test_a_month_is_the_sum_of_its_days(made: list[Line]) -> None:
    due = [line for line in made if (counted_days(line, LAST) or 0) > 90]
    rated = [line for line in due if line.rate is not None]
    found = month_end(Month(2023, 6), made)
    assert found.held == sum(counted_days(line, LAST) is not None for line in made)
    unrated = [line for line in due if line.rate is None and counted_minutes(line)]
    assert (found.charged, found.unrated) == (len(due), len(unrated))
    assert found.minutes == sum(map(counted_minutes, due))
    assert found.amount == sum((counted_minutes(line) * (line.rate or 0) for line in rated), Fraction(0))


@given(st.lists(lines(), max_size=6), st.integers(0, 400))
def test_a_deletion_saves_what_the_month_end_without_it_would_charge(made: list[Line], days: int) -> None:
    found = forecast(made, LAST, 2, [days])
    old = [line for line in made if (counted_days(line, LAST) or 0) > days]
    rest = [line for line in made if line not in old]
    assert found.savings[0].recordings == len(old)
    assert [month.on for month in found.months] == [NEXT, date(2023, 8, 31)]
    before = forecast(rest, LAST, 2, []).months
    ends = [*zip(found.months, before, strict=True)]
    saved = [None if one.unrated > other.unrated else one.amount - other.amount for one, other in ends]
    assert found.savings[0].next == saved[0]
    assert found.savings[0].all == (None if None in saved else sum(filter(None, saved), Fraction(0)))


def test_the_forecast_begins_after_the_day() -> None:
    line = Line.of(recording(), None)
    assert forecast([line], date(2023, 6, 29), 1, []).months[0].on == LAST
    assert forecast([line], LAST, 1, []).months[0].on == NEXT
    late = Line.of(recording(created="2023-06-30"), None)
    assert forecast([late], date(2023, 6, 29), 3, []).months[0].held == 0, "nothing new is recorded"


def test_a_known_deletion_counts_in_the_forecast() -> None:
    line = Line.of(recording(deleted="2023-07-10"), None)
    assert [month.charged for month in forecast([line], date(2023, 6, 15), 2, []).months] == [1, 0]
