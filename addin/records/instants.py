"""From what an export writes to instants in UTC and days of a calendar. Nothing is guessed."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from addin.records.values import BadValue, Cell, decimal_of, text_of
from udfs.cell_values import nearest_ms, time_ms
from udfs.errors import CellError
from udfs.rating.attribution import to_utc
from udfs.rating.attribution import zone as named_zone
from udfs.rating.timestamp_text import read_timestamp

UNIX_UNITS = {"unix": Decimal(1), "unix-ms": Decimal("0.001")}
"""Time formats that count from 1970 instead of naming a date, in seconds."""

_ZONED = re.compile(r"[A-Za-z]$|[+\-\u2212]\d\d:?\d\d$|[A-Za-z]{2,} +\d{4}-|\)$|/", re.ASCII)
_CLOCK = re.compile(r"(\d\d):([0-5]\d):([0-5]\d)", re.ASCII)
_DAY = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ]\d.*)?", re.ASCII)
_UNIX_ZERO = datetime(1970, 1, 1, tzinfo=UTC)
_NAME_THE_FORM = "; a column mapping can name it by time_format"


def instant_of(cell: Cell, zone: str, time_format: str = "") -> datetime | None:
    """An instant in UTC, None where it is blank. A zone in the value wins over the zone given.

    `time_format` is one of strptime, or `unix` or `unix-ms`; without it, any form that needs no guessing.
    """
    value = text_of(cell) if isinstance(cell, str) else cell
    if value is None or value == "":
        return None
    try:
        if time_format in UNIX_UNITS:
            seconds = (decimal_of(cell) or Decimal(0)) * UNIX_UNITS[time_format]
            return _UNIX_ZERO + timedelta(milliseconds=nearest_ms(Fraction(seconds)))
        if time_format and isinstance(value, str):
            value = datetime.strptime(value, time_format)
        if zone == "UTC" and isinstance(value, str):
            return _instant_of_text(value)
        return to_utc(value, zone)
    except CellError as error:
        hint = "" if time_format or "no known form" not in error.problem else _NAME_THE_FORM
        raise BadValue(f"is {text_of(cell)[:40]!r}: {error.problem}{hint}") from None
    except (ValueError, OverflowError):
        form = f"written as {time_format}" if time_format else "that can be"
        raise BadValue(f"is {text_of(cell)[:40]!r}, not a time {form}") from None


def offset_s_of(cell: Cell, zone: str, instant: datetime, time_format: str = "") -> int:
    """The seconds by which the clock that the cell shows is ahead of UTC, given the instant that it means.

    >>> offset_s_of("02:15:32 EDT 2026-10-01", "UTC", datetime(2026, 10, 1, 6, 15, 32, tzinfo=UTC))
    -14400
    """
    if isinstance(cell, datetime) and (own := cell.utcoffset()) is not None:
        return round(own.total_seconds())
    if time_format:
        return 0 if time_format in UNIX_UNITS else _zone_offset_s(zone, instant)
    if isinstance(cell, str) and _ZONED.search(text := cell.strip()):
        if text.endswith(("Z", "z", "+00:00", "+0000", "UTC", "GMT")):
            return 0
        wall = read_timestamp(text).wall.replace(tzinfo=UTC)
        return round((wall - instant).total_seconds())
    return _zone_offset_s(zone, instant)


def _zone_offset_s(name: str, instant: datetime) -> int:
    """Of an instant, not of a wall time, which may exist twice."""
    if name == "UTC":
        return 0
    offset = instant.astimezone(named_zone(name)).utcoffset() or timedelta()
    return round(offset.total_seconds())


def day_and_time(day: Cell, clock: Cell) -> Cell:
    """One cell of a day and a time of day that stand in two.

    >>> day_and_time("01.09.2026", "23:30"), day_and_time(datetime(2026, 9, 1), timedelta(hours=23.5))
    ('01.09.2026 23:30', datetime.datetime(2026, 9, 1, 23, 30))
    """
    if text_of(day) == "":
        return None
    if text_of(clock) == "":
        raise BadValue(f"is {text_of(day)[:40]!r}, and the time of day is blank")
    if isinstance(day, str) and isinstance(clock, str):
        return f"{text_of(day)} {text_of(clock)}"
    try:
        ms = time_ms(text_of(clock) if isinstance(clock, str) else clock, "the time of day")
    except CellError as error:
        raise BadValue(f"is {text_of(day)[:40]!r}: {error.problem}") from None
    if isinstance(day, str):
        return f"{text_of(day)} {ms // 3_600_000:02}:{ms // 60_000 % 60:02}:{ms // 1000 % 60:02}"
    if isinstance(day, date):
        return datetime(day.year, day.month, day.day) + timedelta(milliseconds=ms)
    raise BadValue(f"is {text_of(day)[:40]!r}, not a day")


def _instant_of_text(text: str) -> datetime:
    """A bare time is in UTC. The hours of a month are few: each is read once, and minutes are added."""
    clock = _CLOCK.search(text)
    if clock is None or "/" in text:  # a place's offset may change within the hour, one that is written not
        return to_utc(text, "UTC")
    try:
        hour = _instant_of_hour(f"{text[: clock.end(1)]}:00:00{text[clock.end() :]}")
    except CellError:  # said of the time as it is written
        return to_utc(text, "UTC")
    return hour + timedelta(minutes=int(clock[2]), seconds=int(clock[3]))


@lru_cache(maxsize=16384)
def _instant_of_hour(text: str) -> datetime:
    return to_utc(text, "UTC")


def is_bare(cell: Cell) -> bool:
    """Whether a time names no zone of its own.

    >>> is_bare("2026-09-01 10:00:00"), is_bare("2026-09-01T10:00:00Z"), is_bare("10:00:00 CET 2026-09-01")
    (True, False, False)
    """
    if isinstance(cell, datetime):
        return cell.utcoffset() is None
    return not isinstance(cell, str) or _ZONED.search(cell.strip()) is None


def day_of(cell: Cell, time_format: str = "") -> date | None:
    """A day of a calendar, None where it is blank; of a time its day as written.

    >>> day_of("2026-09-30"), day_of("")
    (datetime.date(2026, 9, 30), None)
    """
    if isinstance(cell, str):
        text = text_of(cell)
        if not text:
            return None
        try:
            if time_format:
                return datetime.strptime(text, time_format).date()
            return date.fromisoformat(match[1] if (match := _DAY.fullmatch(text)) else "")
        except ValueError:
            raise BadValue(f"is {text[:40]!r}, not a day ({time_format or 'YYYY-MM-DD'})") from None
    instant = instant_of(cell, "UTC")
    return None if instant is None else instant.date()
