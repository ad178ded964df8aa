"""Arguments of the cell functions: ordinary ones, and those at which a formula is most likely to go wrong.

All lie in what a formula of a workbook can do; what only the add-in can do is in `BEYOND`.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

Arguments = tuple[Any, ...]


class _Omitted:
    def __repr__(self) -> str:
        return "OMITTED"


OMITTED = _Omitted()
"""An argument that is left out; None is a blank cell."""

_DURATION_TEXTS = (
    "1:02:03",
    "0:00:59.5",
    "00:01:20",
    "1:60:00",
    " 0:01:20 ",
    "-0:00:01",
    "-0:00:00",
    "0:0:5",
)
_ODD_DURATIONS = (
    0,
    None,
    "",
    -1,
    0.2,
    0.5,
    "x",
    "80",
    True,
    "#N/A",
    "12:30",
    "1:02:03.123456",
)
_STAMPS = (
    *(
        "2024-01-31T23:58:00Z",
        "2024-02-29",
        "2023-02-29",
        "2024-13-01",
        "2024-00-10",
        "2024-04-31",
        "2024-01-00",
    ),
    *(
        "2024-03-31 20:00",
        "2024-03-31 20:00:59.999999+05:30",
        "2024-03-31 20:00:59,5 -0800",
        "2024-02-01T00:07:00Z",
    ),
    *(
        "2024-12-31T23:59:60Z",
        "2024-01-01 9:05",
        "2024-01-01  9:05 UTC",
        "1899-12-31",
        "0001-01-01",
        "1900-03-01",
    ),
    *("2024-01-31T24:00", "2024-06-30T23:30:00-02", "03/09/2021", " 2024-05-01 ", "2024-1-05", "2024-05-01T"),
    *(
        "9999-12-31 23:00-05",
        "1900-02-28",
        "#N/A",
        "2024-01-31 23:58:00+16:00",
        "1e3-01-01",
        "2024-01-31 12:3",
    ),
    *(
        "2024-01-31t23:58:00z",
        "2024-05-31 23:59:59.9999999Z",
        "2024-05-31 23:59:59.Z",
        "2024-01-31 12:30:",
        "+024-01-01",
    ),
)


def billed_minutes(random: Random) -> Arguments:
    return _duration(random), _seconds(random), _seconds(random)


def call_cost(random: Random) -> Arguments:
    if random.random() < 0.4:  # a cost that ends in a five: the half that rounding turns on
        places = random.randint(0, 5)
        rate = round(
            (2 * random.randint(0, 500) + 1) * 5 / 10 ** (places + 1) / random.choice((1, 2, 5, 10)), 6
        )
        talked, blocks = (
            random.choice((60, 120, 30, 6, 12, 600)),
            (random.choice((60, 0, 6)), random.choice((60, 6, 1, 0))),
        )
        mode = random.choice(("half-up", "half-down", "up", "down", "none"))
        return talked, rate, *blocks, random.choice((0, OMITTED, 0.01)), places, mode
    rate = random.choice(
        (
            0.0085,
            0.005,
            round(random.random() / 10, random.randint(2, 6)),
            round(random.random() * 5, 4),
            0,
            None,
        )
    )
    if random.random() < 0.1:
        rate = random.choice(("x", -0.1, "#NUM!", True, 10, "0.01"))
    talked = _duration(random)
    if isinstance(talked, int) and talked > 20_000:
        rate = 0.0085  # a call may cost up to 1,666 where it is billed by parts of a second
    fee = random.choice((0, 0, OMITTED, OMITTED, None, 0.01, 0.0005, 0.000001, 1.25, -1, "x"))
    places = random.choice((4, 4, OMITTED, OMITTED, None, 0, 1, 2, 3, 5, 6, 2.5, -1, "x", 25))
    modes = (
        "half-up",
        "half-up",
        OMITTED,
        OMITTED,
        None,
        "up",
        "down",
        "half-down",
        "none",
        "Half_Up",
        "FULL-UP",
        "*middle",
    )
    mode = random.choice((*modes, "Full Down", "x", 5, True, "half up", "bankers"))
    return talked, rate, _seconds(random), _seconds(random), fee, places, mode


def storage_days(random: Random) -> Arguments:
    return _moment(random), _moment(random)


def storage_charge(random: Random) -> Arguments:
    rate = random.choice((0.0004, 0.0004, 0.000123, round(random.random(), 6), 0, None, "x", -1))
    month = random.choice((_moment(random), "2024-05", " 2024-06 ", "2024-13"))
    deleted = random.choice((OMITTED, None, 0, _moment(random), False))
    free = random.choice((OMITTED, None, 90, 0, 30, -1, 1.5, "x"))
    return _duration(random), rate, _moment(random), month, deleted, free


def month_attribute(random: Random) -> Arguments:
    basis = random.choice((OMITTED, OMITTED, "start", "billed", " Billed ", "x", None))
    as_text = random.choice((OMITTED, OMITTED, True, False, 0, 1, "x", None, 2))
    return _moment(random), _zone(random), basis, _moment(random), as_text


def month_of_instant(random: Random) -> Arguments:
    """Instants in UTC close to a month's end."""
    serial = random.randint(500, 1_400) * 30.436875 + 20_000
    return (random.choice((serial, float(int(serial)), int(serial) - 1 / 86_400, int(serial) + 0.99999)),)


def is_billed(random: Random) -> Arguments:
    words = (
        "completed",
        "Answered",
        "no-answer",
        "No Answer",
        "BUSY",
        "in-progress",
        " failed ",
        "canceled",
        "in progress",
    )
    return (
        random.choice((*words, "x", None, True, 5, "no_answer", "completed|", "answered_by_VM", "#REF!")),
    )


def to_utc(random: Random) -> Arguments:
    return _moment(random), _zone(random)


def to_seconds(random: Random) -> Arguments:
    clocks = ("1:02:03", "01:20", "1:20:5", "99:59", "99:60", "x", None, True, "-0:01", "#REF!", "1:02:03.25")
    numbers = (80 / 86_400, random.random(), random.uniform(0, 50), 0, 1, 2, 3.5, -0.1, 0.5)
    return (random.choice((*clocks, *numbers)),)


ROWS: dict[str, tuple[str, Callable[[Random], Arguments]]] = {
    "BILLED_MINUTES": ("BILLED_MINUTES", billed_minutes),
    "CALL_COST": ("CALL_COST", call_cost),
    "STORAGE_DAYS": ("STORAGE_DAYS", storage_days),
    "STORAGE_CHARGE": ("STORAGE_CHARGE", storage_charge),
    "MONTH_ATTRIBUTE": ("MONTH_ATTRIBUTE", month_attribute),
    "month of instants": ("MONTH_ATTRIBUTE", month_of_instant),
    "IS_BILLED": ("IS_BILLED", is_billed),
    "TO_UTC": ("TO_UTC", to_utc),
    "TO_SECONDS": ("TO_SECONDS", to_seconds),
}
"""By what is asked: the function, and what makes its arguments."""

BEYOND: tuple[tuple[str, Arguments], ...] = (
    ("BILLED_MINUTES", (10_000_000,)),
    ("BILLED_MINUTES", ("123456789:00:00",)),
    ("CALL_COST", (60, 0.1234567)),
    ("CALL_COST", (60, 0.01, 60, 60, 0, 7)),
    ("CALL_COST", (60, 0.01, 60, 60, 0.0000001)),
    ("CALL_COST", (9_000_000, 1_000)),
    ("CALL_COST", (100.5, 2_000, 0, 0)),
    ("STORAGE_CHARGE", (60, 0.0000001, "2024-01-01", "2024-12-01")),
    ("STORAGE_CHARGE", (60, 1_666_667, "2024-01-01", "2024-12-01")),
    ("STORAGE_CHARGE", (9_999_999, 10, "2024-01-01", "2024-12-01")),
    ("STORAGE_DAYS", (9_999, 45_000)),
    ("MONTH_ATTRIBUTE", ("2024-03-31 20:00", "America/New_York")),
    ("MONTH_ATTRIBUTE", ("Fri, 18 Oct 2019 17:02:00 +0000",)),
    ("TO_UTC", ("13:15:00 AEDT 2021-03-09",)),
    ("TO_UTC", (100_000, "UTC")),
    ("TO_UTC", (45_000.5, "Europe/London")),
)
"""What the add-in answers and a LAMBDA cannot: its cell is an error."""


def _duration(random: Random) -> Any:
    kind = random.random()
    if kind < 0.5:
        return random.randint(0, 4_000)
    if kind < 0.7:
        return round(random.uniform(0.5, 9_999), random.choice((1, 2, 3, 4)))
    if kind < 0.8:
        return random.choice(
            (random.randint(1, 166_000) * 60, 9_999_999, 60, 61, 59.999, 0.001 * random.randint(500, 99_999))
        )
    return random.choice(_DURATION_TEXTS if kind < 0.9 else _ODD_DURATIONS)


def _seconds(random: Random) -> Any:
    """A minimum or an increment."""
    common = (60, 60, 30, 6, 1, OMITTED, OMITTED, None)
    return random.choice((*common, 0, 18, 0.1, 0.001, 7, 100, 1.5, 0.0001, -1, "x", True))


def _moment(random: Random) -> Any:
    kind = random.random()
    if kind < 0.3:
        return random.randint(40_000, 47_000)
    if kind < 0.6:
        return random.choice((round(random.uniform(40_000, 47_000), 10), random.uniform(10_000, 99_999)))
    if kind < 0.7:
        return random.randint(40_000, 47_000) + random.choice(
            (0.5, 0.99999, 0.999999999, 0.0000000001, 0.9999999942)
        )
    if kind < 0.9:
        return random.choice(_STAMPS)
    return random.choice((None, "x", True, 0, 60, -1, 99_999.5, 3_000_000, "#NUM!"))


def _zone(random: Random) -> Any:
    common = ("UTC", OMITTED, OMITTED, OMITTED, None, "z", "GMT")
    return random.choice((*common, "+05:30", "-0800", "+02", "-03:30", "x", "+16:00", "+5", 5, True))
