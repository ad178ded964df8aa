"""From text to exact values and back."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
import re
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import addin.records
from addin.records.instants import day_of, instant_of, is_bare
from addin.records.values import (
    BadValue,
    charge,
    currency_of,
    decimal_of,
    duration_ms_of,
    text_of,
)
from udfs.errors import CellError
from udfs.rating.attribution import to_utc

DECIMALS = st.decimals(
    min_value=Decimal(-(10**12)), max_value=Decimal(10**12), places=6, allow_nan=False, allow_infinity=False
)
INSTANTS = st.datetimes(min_value=datetime(1970, 1, 2), max_value=datetime(2100, 1, 1))


def test_the_examples_in_the_docstrings_hold() -> None:
    names = [info.name for info in pkgutil.iter_modules(addin.records.__path__, "addin.records.")]
    results = [doctest.testmod(importlib.import_module(name)) for name in names]
    assert sum(result.attempted for result in results) > 8
    assert [name for name, result in zip(names, results, strict=True) if result.failed] == []


@given(DECIMALS)
def test_a_number_written_is_the_number_read(number: Decimal) -> None:
    assert decimal_of(format(number, "f")) == number
    assert decimal_of(format(number, "f").replace(".", ","), ",") == number
    assert charge(decimal_of(format(number, "f")), -1) == -number


@given(st.integers(0, 10**12))
def test_a_duration_written_is_the_duration_read(ms: int) -> None:
    seconds, fraction = divmod(ms, 1000)
    clock = f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}.{fraction:03}"
    if ms == 0 or ms >= 500:
        assert duration_ms_of(f"{seconds}.{fraction:03}") == ms
    assert duration_ms_of(str(ms), "milliseconds") == ms
    if seconds < 10**9:
        assert duration_ms_of(clock) == ms
    if ms < 10**11 and (ms == 0 or ms % 86_400_000):  # whole days are seconds by mistake
        assert duration_ms_of(timedelta(milliseconds=ms)) == ms


@given(INSTANTS, st.integers(-14 * 60, 14 * 60))
def test_an_instant_written_is_the_instant_read(wall: datetime, offset: int) -> None:
    instant = wall.replace(tzinfo=UTC)
    ahead = f"{'-' if offset < 0 else '+'}{abs(offset) // 60:02}:{abs(offset) % 60:02}"
    written = (wall + timedelta(minutes=offset)).isoformat(" ") + ahead
    assert instant_of(written, "Asia/Tokyo") == instant
    assert not is_bare(written)
    assert instant_of(wall.isoformat(), "UTC") == instant
    assert is_bare(wall.isoformat())


FORMS = (
    "%Y-%m-%d %H:%M:%S{}",
    "%Y-%m-%dT%H:%M:%S.25{}",
    "%a, %d %b %Y %H:%M:%S {}",
    "%d %b %Y %H:%M:%S {} (some zone)",
    "%H:%M:%S {} %Y-%m-%d",
    "%Y-%m-%d %H:%M{}",
)
ZONES = (
    "",
    "Z",
    " UTC",
    "+05:30",
    "-0330",
    "\u22120800",
    " AEDT",
    " CST",
    "+00:00:30",
    " Australia/Lord_Howe",
    "+25:00",
)


@given(
    INSTANTS, st.sampled_from(FORMS), st.sampled_from(ZONES), st.sampled_from(["UTC", "Australia/Lord_Howe"])
)
@example(datetime(2026, 10, 4, 2, 15), FORMS[0], " Australia/Lord_Howe", "UTC")
@example(datetime(2026, 10, 4, 2, 45), FORMS[0], " Australia/Lord_Howe", "UTC")
@example(datetime(2026, 10, 4, 2, 45), FORMS[0], "", "Australia/Lord_Howe")
def test_a_short_cut_through_the_hour_changes_no_instant(
    wall: datetime, form: str, zone: str, given_zone: str
) -> None:
    written = wall.strftime(form).format(zone).strip()
    try:
        instant = to_utc(written, given_zone)
    except CellError as error:
        with pytest.raises(BadValue, match=re.escape(error.problem)):
            instant_of(written, given_zone)
    else:
        assert instant_of(written, given_zone) == instant


@pytest.mark.parametrize(
    "written", ["2026-09-01 24:00:00", "2026-09-01 10:60:00", "2026-02-30 10:11:12", "1900-02-28 23:59:59"]
)
def test_a_time_that_does_not_exist_is_named_as_it_is_written(written: str) -> None:
    with pytest.raises(BadValue, match=f"is '{written}'"):
        instant_of(written, "UTC")


@given(st.text())
def test_text_is_harmless_and_stays_so(text: str) -> None:
    read = text_of(text)
    assert text_of(read) in (read, "")
    assert not any(ord(sign) < 32 or 127 <= ord(sign) < 160 or 0xD800 <= ord(sign) < 0xE000 for sign in read)
    read.encode()


@given(st.text(max_size=12))
def test_what_is_no_number_is_said_to_be_none(text: str) -> None:
    try:
        number = decimal_of(text)
    except BadValue:
        return
    assert number is None or Decimal(text_of(text)) == number


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        ("null", ""),
        ("  a b ", "a b"),
        ("a\u202f\x00\x1b[31mb\x85\n", "a\u202f[31mb"),
        ("\ud83d", "\ufffd"),
        ('=HYPERLINK("x")', '=HYPERLINK("x")'),
        (14155551234.0, "14155551234"),
        (14155551234, "14155551234"),
        (0.5, "0.5"),
        (Decimal("1E+3"), "1000"),
        (Decimal("1E+999999"), "1E+999999"),
        (True, "True"),
    ],
)
def test_text(cell: Any, text: str) -> None:
    assert text_of(cell) == text


@pytest.mark.parametrize(
    "text",
    [
        "$0.05",
        "0.01x",
        "1,250",
        "1.250,00",
        "5.",
        ".",
        "1e3",
        "--1",
        "0x10",
        "\u0661",
        "1" * 30,
        "#N/A",
    ],
)
def test_no_number_is_guessed(text: str) -> None:
    with pytest.raises(BadValue, match=r"not a number|with more than 20 digits"):
        decimal_of(text)


def test_too_many_digits_are_said_to_be_that() -> None:
    with pytest.raises(BadValue, match="with more than 20 digits before or behind its point"):
        decimal_of("26234.53333333333333333333333")


@pytest.mark.parametrize(
    "text",
    [
        "0.05",
        "1.250",
        "12.50,00",
        "1.2500,0",
        "0.250,00",
        "1.250,",
        ".250,0",
        "1,250.00",
        "1,2,3",
        "1.250 ,5",
    ],
)
def test_a_point_is_no_comma(text: str) -> None:
    with pytest.raises(BadValue, match="not a number"):
        decimal_of(text, ",")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0,10", "0.10"),
        ("1250", "1250"),
        ("1.250,00", "1250.00"),
        ("-1.234.567,8901", "-1234567.8901"),
        ("1.234.567", "1234567"),
    ],
)
def test_points_may_stand_between_thousands(text: str, number: str) -> None:
    assert decimal_of(text, ",") == Decimal(number)


@pytest.mark.parametrize("text", ["0,10", "-1250,5", "1.250,00", "1,250"])
def test_a_decimal_comma_is_said_to_be_one(text: str) -> None:
    with pytest.raises(BadValue, match=r"not a number: if that is a decimal comma, .*decimal_comma = true"):
        decimal_of(text)


@pytest.mark.parametrize("cell", [float("nan"), float("inf"), Decimal("NaN"), Decimal("1e30"), 1e-30])
def test_numbers_that_cannot_be(cell: Any) -> None:
    with pytest.raises(BadValue, match="no number that can be"):
        decimal_of(cell)


@pytest.mark.parametrize(
    ("cell", "unit", "ms"),
    [
        ("", "seconds", None),
        (80, "seconds", 80_000),
        (Decimal("9.1"), "seconds", 9_100),
        ("9.0005", "seconds", 9_001),
        ("0.5", "seconds", 500),
        ("0", "seconds", 0),
        ("0.25", "minutes", 15_000),
        ("250", "milliseconds", 250),
        ("1.5", "minutes", 90_000),
        ("1:20", "seconds", 80_000),
        ("25:00:00", "seconds", 90_000_000),
        (time(0, 1, 20), "seconds", 80_000),
        (timedelta(hours=25), "seconds", 90_000_000),
        (datetime(1900, 1, 1, 1), "seconds", 90_000_000),
        ("0:01:20", "h:mm:ss", 80_000),
    ],
)
def test_durations(cell: Any, unit: str, ms: int | None) -> None:
    assert duration_ms_of(cell, unit) == ms


@pytest.mark.parametrize(
    ("cell", "unit", "problem"),
    [
        ("0:99", "seconds", "'0:99', not a duration"),
        ("-0:00:05", "seconds", "'-0:00:05', not a duration"),
        (-5, "seconds", "negative"),
        (0.000926, "seconds", r"is 0.000926, a spreadsheet time .*: format the column as h:mm:ss or as sec"),
        ("0.000925925925925926", "seconds", "a spreadsheet time"),
        (Decimal("0.000925925925925926"), "seconds", "a spreadsheet time"),
        ("0.499", "seconds", "a spreadsheet time"),
        ("0.008", "minutes", "a spreadsheet time"),
        ("0.4", "milliseconds", "a spreadsheet time"),
        ("80", "h:mm:ss", "'80', not h:mm:ss"),
        ("0:01:20 h", "seconds", "not a duration"),
        (True, "seconds", "'True', not a number"),
    ],
)
def test_durations_that_are_none(cell: Any, unit: str, problem: str) -> None:
    with pytest.raises(BadValue, match=problem):
        duration_ms_of(cell, unit)


@pytest.mark.parametrize(
    ("cell", "form", "instant"),
    [
        ("01.09.2026 10:00:00", "%d.%m.%Y %H:%M:%S", datetime(2026, 9, 1, 8, tzinfo=UTC)),
        ("1788220800", "unix", datetime(2026, 9, 1, tzinfo=UTC)),
        (1788220800250, "unix-ms", datetime(2026, 9, 1, 0, 0, 0, 250_000, tzinfo=UTC)),
        (datetime(2026, 9, 1, 10), "", datetime(2026, 9, 1, 8, tzinfo=UTC)),
        ("null", "", None),
    ],
)
def test_instants(cell: Any, form: str, instant: datetime | None) -> None:
    assert instant_of(cell, "Europe/Berlin", form) == instant


@pytest.mark.parametrize(
    ("cell", "form", "problem"),
    [
        ("2026-09-01", "%d.%m.%Y", "not a time written as %d.%m.%Y"),
        ("soon", "unix", "not a number"),
        ("1" * 20, "unix", "not a time written as unix"),
        ("45351.5", "", "in no known form"),
        (True, "", "TRUE, not a number"),
    ],
)
def test_instants_that_are_none(cell: Any, form: str, problem: str) -> None:
    with pytest.raises(BadValue, match=problem):
        instant_of(cell, "UTC", form)


def test_days_and_currencies() -> None:
    assert day_of("2026-09-30T23:59:59Z") == date(2026, 9, 30)
    assert day_of(datetime(2026, 9, 30)) == date(2026, 9, 30)
    assert day_of("30.09.2026", "%d.%m.%Y") == date(2026, 9, 30)
    with pytest.raises(BadValue, match=r"not a day \(YYYY-MM-DD\)"):
        day_of("2026-09-30 or so")
    assert currency_of("null") == ""
    with pytest.raises(BadValue, match="not a currency"):
        currency_of("US$")
