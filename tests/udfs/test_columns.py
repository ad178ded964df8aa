"""Columns give what the scalars give, element by element, errors and extremes included."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from udfs import BILLED_MINUTES, CALL_COST, MONTH_ATTRIBUTE, STORAGE_DAYS, TO_UTC
from udfs.errors import CellError, ErrorValue
from udfs.rating import columns, duration
from udfs.rating.cost import Terms

ZONES = (
    "America/New_York",
    "America/St_Johns",
    "America/Sao_Paulo",
    "Europe/London",
    "Europe/Dublin",
    "Africa/Casablanca",
    "Asia/Kolkata",
    "Asia/Tehran",
    "Australia/Lord_Howe",
    "Pacific/Apia",
)
ZERO = datetime(1899, 12, 30)

ODD = st.one_of(
    st.floats(),
    st.floats(0, 1e5),
    st.floats(0, 1e18),
    st.integers(0, 10**7).map(lambda ms: ms / 1000),
    st.integers(0, 10**6).map(lambda s: s + 6e-7),
    st.sampled_from(
        [0.0, -0.0, 0.5, 0.4999999999999999, 0.49999999999999994, 80 / 86400, -1.0, 60.0005, 1e9]
    ),
)
ODD_RATE = st.one_of(
    st.floats(),
    st.floats(0, 10),
    st.floats(0, 1e300),
    st.integers(0, 10**7).map(lambda units: units / 1e6),
    st.integers(0, 10**7).map(lambda units: units / 1e9),
    st.sampled_from([0.1 + 0.2, 1.1 * 3, 1 / 3, 0.0, -0.0, -1.0, 1e-300, 1e15, 9.99e14]),
)
TERMS = st.tuples(
    st.sampled_from([0, 1, 6, 30, 60, 0.001, 61.5, 1e6, 1e15]),
    st.sampled_from([0, 1, 6, 60, 0.007, 13, 1e15]),
    st.sampled_from([0, 0.015, 1 / 3, 1e-12, 1e16]),
    st.integers(0, 20),
    st.sampled_from(["up", "down", "half-up", "half-down", "none"]),
)


def shown(value: Any) -> Any:
    """A result that can be compared: an error as its code."""
    return value.code if isinstance(value, ErrorValue) else value


def scalar(function: Any, *cells: Any) -> Any:
    """What one cell shows."""
    try:
        return function(*cells)
    except CellError as error:
        return error.code


@settings(max_examples=200)
@given(st.lists(st.tuples(ODD, ODD_RATE), min_size=1, max_size=40), TERMS)
def test_costs(rows: list[tuple[float, float]], terms: tuple[Any, ...]) -> None:
    durations, rates = map(np.array, zip(*rows, strict=True))
    expected = [scalar(CALL_COST, *row, *terms) for row in rows]
    assert [shown(value) for value in CALL_COST(durations, rates, *terms)] == expected
    one_rate = rows[0][1]
    expected = [scalar(CALL_COST, row[0], one_rate, *terms) for row in rows]
    assert [shown(value) for value in CALL_COST(durations, one_rate, *terms)] == expected


@settings(max_examples=200)
@given(st.lists(ODD, min_size=1, max_size=40), TERMS)
def test_minutes(durations: list[float], terms: tuple[Any, ...]) -> None:
    expected = [scalar(BILLED_MINUTES, seconds, *terms[:2]) for seconds in durations]
    assert [shown(value) for value in BILLED_MINUTES(np.array(durations), *terms[:2])] == expected


@given(st.lists(st.integers(-10, 10**9), max_size=50), st.integers(0, 10**6), st.integers(0, 10**6))
def test_billed_ms(durations: list[int], minimum_ms: int, increment_ms: int) -> None:
    expected = [duration.billed_ms(ms, minimum_ms, increment_ms) for ms in durations]
    assert columns.billed_ms(np.array(durations, np.int64), minimum_ms, increment_ms).tolist() == expected


def test_a_list_with_every_kind_of_cell() -> None:
    """Long enough for the columns: only the odd elements take the scalar path."""
    cells = [61, "0:01:01", None, "", "#N/A", -2146826246, "busy", True, -5, 61.0, 10**30, 0.3] * 20
    expected = [scalar(CALL_COST, cell, 0.01) for cell in cells]
    assert [shown(value) for value in CALL_COST(cells, 0.01)] == expected
    assert expected[:6] == [0.02, 0.02, 0.0, 0.0, "#N/A", "#N/A"]
    assert expected[6:11] == ["#VALUE!", "#VALUE!", "#NUM!", 0.02, scalar(CALL_COST, 10**30, 0.01)]
    rates = [0.01, None, "#REF!", "0.01", -1] * 48
    expected = [scalar(CALL_COST, *row) for row in zip(cells, rates, strict=True)]
    assert [shown(value) for value in CALL_COST(cells, rates)] == expected


def test_more_than_one_block() -> None:
    durations = np.arange(100_000, dtype=float)
    durations[[0, 40_000, 99_999]] = [np.nan, -1, 0.25]
    costs = CALL_COST(durations, 0.01)
    assert [str(costs[place]) for place in (0, 40_000, 99_999)] == ["#NUM!"] * 3
    assert costs[39_999] == 6.67
    assert costs[70_000] == 11.67


def test_int64_is_not_outrun() -> None:
    """Amounts beyond 2^63 and costs beyond 2^53 steps take Python's integers."""
    durations = np.array([1e9, 60.0, 999_999_999.999])
    for rate in (0.0123456789, 99_999.5, 1e14, 123456789.123456):
        for places in (0, 4, 10):
            expected = [CALL_COST(seconds, rate, 0, 0, 0, places) for seconds in durations.tolist()]
            assert CALL_COST(durations, rate, 0, 0, 0, places).tolist() == expected
            assert CALL_COST(durations, np.full(3, rate), 0, 0, 0, places).tolist() == expected


@pytest.mark.parametrize("terms", [(60, 60), (30, 6), (0, 1), (0, 0), (1e6, 7), (3, 1.5e6)])
@pytest.mark.parametrize("rounding", ["half-up", "up", "none"])
def test_32_bits_are_not_outrun(terms: tuple[float, float], rounding: str) -> None:
    """Around the durations, the rates and the products where a column changes to integers of 64 bits."""
    widest = 2**31 - 1
    at_ms = [widest - step for step in (2_000_000, 60_001, 60_000, 6_001, 1001, 1, 0, -1, -60_000)]
    for durations in ([ms / 1000 for ms in at_ms], [0.0, 60.0, 3599.0], *([ms / 1000] * 2 for ms in at_ms)):
        for rate in (0.0085, widest / 1e6, (widest - 1) / 1e6, (widest + 1) / 1e6, widest / 3600e6):
            cells = (*terms, 0.015 if rounding == "up" else 0, 4, rounding)
            expected = [CALL_COST(seconds, rate, *cells) for seconds in durations]
            rates = np.full(len(durations), rate)
            assert CALL_COST(np.array(durations), rates, *cells).tolist() == expected
            assert CALL_COST(np.array(durations), rate, *cells).tolist() == expected
        minutes = [BILLED_MINUTES(seconds, *terms) for seconds in durations]
        assert BILLED_MINUTES(np.array(durations), *terms).tolist() == minutes


def test_a_float_is_not_outrun() -> None:
    """Costs of more than 2^53 units in the last place are not shown by a division of floats."""
    random = Random(3)
    durations = [random.randrange(10**8, 10**9) / 1.0 for _ in range(500)]
    rates = [random.randrange(10**6, 10**7) / 1e6 for _ in durations]
    for rounding in ("half-up", "none"):
        rows = zip(durations, rates, strict=True)
        expected = [CALL_COST(seconds, rate, 60, 60, 0, 10, rounding) for seconds, rate in rows]
        costs = CALL_COST(np.array(durations), np.array(rates), 60, 60, 0, 10, rounding)
        assert costs.tolist() == expected


def test_half_milliseconds() -> None:
    """Where the nearest millisecond hangs on the 15th digit, columns ask the scalar rule."""
    random = Random(4)
    halves = [random.randrange(10**7, 10**9) + 0.5 for _ in range(2_000)]
    near = [half + random.choice((-0.006, -0.001, 0, 0.001, 0.006)) for half in halves]
    for low in (61, 1_000, 45_000, 200_000, 2_000_000):
        serials = [low + ms / 86_400_000 for ms in near]
        assert TO_UTC(np.array(serials)).tolist() == [TO_UTC(serial) for serial in serials]
    seconds = [ms / 1000 for ms in near]
    assert BILLED_MINUTES(np.array(seconds), 0, 0).tolist() == [
        BILLED_MINUTES(cell, 0, 0) for cell in seconds
    ]


def test_the_slow_path_is_taken_by_single_elements_only() -> None:
    asked: list[int] = []

    def redo(place: int) -> float:
        asked.append(place)
        return -1.0

    durations = np.array([60.0, np.nan, 120.0, 0.2])
    costs = columns.call_cost(durations, np.array([0.01, 0.01, 1 / 3, 0.01]), Terms(Fraction(0)), redo)
    assert asked == [1, 2, 3]
    assert costs.tolist() == [0.01, -1.0, -1.0, -1.0]


@pytest.mark.parametrize("name", ZONES)
def test_zones_over_clock_changes(name: str) -> None:
    """Every 20 minutes around each change of 2019 to 2026, against the standard library, both ways."""
    there = ZoneInfo(name)
    walls = []
    for hours in range(0, 8 * 366 * 24, 6):
        wall = datetime(2019, 1, 1) + timedelta(hours=hours)
        if there.utcoffset(wall) != there.utcoffset(wall + timedelta(hours=6)):
            walls += [wall + timedelta(minutes=20 * step) for step in range(-12, 40)]
    walls += [datetime(2020, 1, 1) + timedelta(days=day, minutes=day) for day in range(0, 2200, 13)]
    instants = [wall.replace(tzinfo=there).astimezone(UTC).replace(tzinfo=None) for wall in walls]
    expected = [((instant - ZERO) // timedelta(milliseconds=1)) / 86_400_000 for instant in instants]
    months = [instant.date().replace(day=1) for instant in instants]
    serials = np.array([(wall - ZERO) / timedelta(days=1) for wall in walls])
    assert [TO_UTC(wall, name) for wall in walls] == expected
    assert TO_UTC(serials, name).tolist() == expected
    assert MONTH_ATTRIBUTE(serials, name).tolist() == months
    assert MONTH_ATTRIBUTE([wall.isoformat() for wall in walls], name) == months


@pytest.mark.parametrize("name", ["UTC", "America/New_York"])
def test_a_cell_that_is_no_instant_leaves_its_neighbours_fast(name: str) -> None:
    asked: list[int] = []
    serials = np.array([46000.0, np.nan, 46050.25, -1.0, 3e6, 46100.999])
    columns.utc_serials(serials, name, lambda place: asked.append(place) or 0.0)  # type: ignore[func-returns-value]
    columns.months(serials, name, lambda place: asked.append(place) or 0.0)  # type: ignore[func-returns-value]
    assert asked == [1, 3, 4] * 2


@pytest.mark.parametrize("name", ["UTC", "Asia/Tokyo", "America/New_York"])
def test_the_ends_of_the_calendar(name: str) -> None:
    """Alone, and beside days of today: both ends in one column are too long for a table of days."""
    ends = [61.0, 61.5, 62.9, 2958463.5, 2958464.25, 2958464.9999, 2958465.5]
    for serials in ([*ends, 46000.0], *([end, end] for end in ends)):
        expected = [scalar(MONTH_ATTRIBUTE, serial, name) for serial in serials]
        assert [shown(value) for value in MONTH_ATTRIBUTE(np.array(serials), name)] == expected


@settings(max_examples=100)
@given(
    st.lists(
        st.one_of(st.floats(61, 2958466), st.floats(40000, 50000), st.floats()), min_size=1, max_size=20
    ),
    st.sampled_from(["UTC", "America/New_York", "+05:30", "nowhere"]),
)
def test_serials(serials: list[float], zone: str) -> None:
    expected = [scalar(TO_UTC, serial, zone) for serial in serials]
    assert [shown(value) for value in TO_UTC(np.array(serials), zone)] == expected
    expected = [scalar(MONTH_ATTRIBUTE, serial, zone) for serial in serials]
    assert [shown(value) for value in MONTH_ATTRIBUTE(np.array(serials), zone)] == expected
    expected = [scalar(STORAGE_DAYS, serial, 46000.5) for serial in serials]
    assert [shown(value) for value in STORAGE_DAYS(np.array(serials), 46000.5)] == expected
