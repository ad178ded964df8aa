"""Timestamps: every form that providers write, zones in the value and beside it, and nothing guessed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from udfs import MONTH_ATTRIBUTE, TO_UTC
from udfs.errors import CellError
from udfs.rating.attribution import to_utc, zone

NOON = datetime(2024, 2, 29, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "written",
    [
        "2024-02-29T12:00:00Z",
        "2024-02-29t12:00z",
        "2024-02-29 12:00",
        "2024-02-29 12:00:00.000 UTC",
        "2024-02-29T12:00:00,000000+00:00",
        "2024-02-29 17:30:00+05:30",
        "2024-02-29T17:30:00+0530",
        "2024-02-29 04:00:00-08",
        "2024-02-29 04:00:00 PST",
        "2024-02-29 07:00 America/New_York",
        "Thu, 29 Feb 2024 12:00:00 +0000",
        "Thu, 29 Feb 2024 07:00:00 EST",
        "29 feb 2024 12:00 GMT",
        "Thu, 29 Feb 2024 12:00:00 +0000 (UTC)",
        "23:00:00 AEDT 2024-02-29",
        "12:00:00 2024-02-29",
        "  2024-02-29 12:00:00  ",
        45351.5,
        datetime(2024, 2, 29, 12),
        datetime(2024, 2, 29, 14, tzinfo=timezone(timedelta(hours=2))),
        datetime(2024, 2, 29, 7, tzinfo=ZoneInfo("America/New_York")),
    ],
)
def test_forms(written: Any) -> None:
    assert to_utc(written) == NOON
    assert TO_UTC(written) == 45351.5


@pytest.mark.parametrize(
    ("written", "name", "expected"),
    [
        ("2024-02-29 17:30", "Asia/Kolkata", NOON),
        ("2024-02-29 17:30", "+05:30", NOON),
        ("2024-02-29 07:00", "america/new york", NOON),
        ("2024-02-29 12:00Z", "Asia/Kolkata", NOON),
        ("2024-02-29 04:00 PST", "Asia/Kolkata", NOON),
        (45351.5 + 5.5 / 24, "Asia/Kolkata", NOON),
        (date(2024, 3, 1), "+12:00", NOON),
        ("2024-02-29 06:00:00 CST", "America/Chicago", NOON),
        ("2024-02-29 20:00:00 CST", "Asia/Shanghai", NOON),
        ("17:30:00 IST 2024-02-29", "Asia/Kolkata", NOON),
        ("17:30:00 IST 2024-02-29", "+05:30", NOON),
        ("2024-07-01 13:00 BST", "Europe/London", datetime(2024, 7, 1, 12, tzinfo=UTC)),
        ("2024-11-03 01:30 America/New_York", None, datetime(2024, 11, 3, 5, 30, tzinfo=UTC)),
        ("2024-11-03 01:30 EST", "America/New_York", datetime(2024, 11, 3, 6, 30, tzinfo=UTC)),
        ("2024-11-03 01:30 CST", "America/Chicago", datetime(2024, 11, 3, 7, 30, tzinfo=UTC)),
        ("2024-03-10 02:30", "America/New_York", datetime(2024, 3, 10, 7, 30, tzinfo=UTC)),
    ],
)
def test_zones(written: Any, name: str | None, expected: datetime) -> None:
    assert to_utc(written, name) == expected


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        (("03/09/2021 10:00",), "#VALUE!"),
        (("2021/03/09",), "#VALUE!"),
        (("20240229",), "#VALUE!"),
        (("2024-02-30",), "#VALUE!"),
        (("2024-02-29 24:00",), "#VALUE!"),
        (("2024-02-29 12:00:60",), "#VALUE!"),
        (("2024-02-29 12",), "#VALUE!"),
        (("noon",), "#VALUE!"),
        (("2024-02-29 12:00 CST",), "#VALUE!"),
        (("2024-02-29 12:00 CST", "UTC"), "#VALUE!"),
        (("2024-07-01 12:00 CST", "America/Chicago"), "#VALUE!"),
        (("2024-02-29 12:00 IST", "America/Chicago"), "#VALUE!"),
        (("2024-02-29 12:00 XYZ",), "#VALUE!"),
        (("2024-02-29 12:00+19:00",), "#VALUE!"),
        (("2024-02-29", "nowhere"), "#VALUE!"),
        (("2024-02-29", "localtime"), "#VALUE!"),
        (("2024-02-29", "../etc/passwd"), "#VALUE!"),
        (("2024-02-29", "CST"), "#VALUE!"),
        (("2024-02-29", 5), "#VALUE!"),
        ((True,), "#VALUE!"),
        ((60,), "#NUM!"),
        ((60.9, "-05:00"), "#NUM!"),
        ((61.1, "+05:00"), "#NUM!"),
        ((-1,), "#NUM!"),
        ((2958466,), "#NUM!"),
        ((float("nan"),), "#NUM!"),
        (("1899-12-31",), "#NUM!"),
        (("9999-12-31 23:00", "-05:00"), "#NUM!"),
        (("0001-01-01 00:00", "+05:00"), "#NUM!"),
        (("",), "#N/A"),
    ],
)
def test_what_is_no_instant(cells: tuple[Any, ...], code: str) -> None:
    for function in (TO_UTC, MONTH_ATTRIBUTE):
        with pytest.raises(CellError) as caught:
            function(*cells)
        assert caught.value.code == code


def test_serials_are_read_to_the_millisecond() -> None:
    assert to_utc(45352 - 1e-9) == datetime(2024, 3, 1, tzinfo=UTC)
    assert to_utc(45352 - 1 / 86_400_000) == datetime(2024, 2, 29, 23, 59, 59, 999000, tzinfo=UTC)
    assert MONTH_ATTRIBUTE(61) == date(1900, 3, 1)
    assert MONTH_ATTRIBUTE(2958465.99999) == date(9999, 12, 1)


@given(
    st.datetimes(datetime(1971, 1, 1), datetime(2037, 12, 31)),
    st.sampled_from(
        ["America/New_York", "Europe/Dublin", "Africa/Casablanca", "Asia/Kathmandu", "Antarctica/Troll"]
    ),
)
def test_the_zones_are_those_of_the_standard_library(wall: datetime, name: str) -> None:
    assert to_utc(wall, name) == wall.replace(tzinfo=ZoneInfo(name)).astimezone(UTC)
    first = wall.replace(tzinfo=ZoneInfo(name), fold=0)
    assert to_utc(f"{wall.isoformat()} {name}") == first.astimezone(UTC)
    assert zone(name) is zone(name)


def test_basis() -> None:
    start, billed = "2025-05-31 23:50", "2025-06-01 01:50"
    assert MONTH_ATTRIBUTE(start, None, "Start", billed) == date(2025, 5, 1)
    assert MONTH_ATTRIBUTE(start, None, "BILLED", billed) == date(2025, 6, 1)
    assert MONTH_ATTRIBUTE(start, "America/New_York", as_text=1) == "2025-06"
    for bad in ({"basis": "end"}, {"basis": 1}, {"as_text": "yes"}, {"as_text": 2}):
        with pytest.raises(CellError, match="#VALUE!"):
            MONTH_ATTRIBUTE(start, **bad)
