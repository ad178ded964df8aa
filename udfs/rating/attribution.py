"""Which month a record belongs to: any timestamp becomes an instant in UTC, then the first day of its month.

Source: Twilio attributes a call to the month of its start, in UTC; Voiso's billing report to the moment it
is billed. A zone written in the value wins over the zone given beside it, and each value has its own offset:
19:30 in New York on 31 March is March, at the offset of January it would be April.

Choices at clock changes: a wall time that exists twice means the first occurrence; one that does not exist
takes the offset in force before the gap. A datetime whose fold says otherwise is taken at its word.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from fractions import Fraction
from functools import lru_cache

from udfs.cell_values import Cell, number, text
from udfs.errors import NotAvailable, NotUsable, OutOfRange
from udfs.rating.timestamp_text import Written, fixed_offset, offset_of_abbreviation, read_timestamp

SERIAL_ZERO = datetime(1899, 12, 30)
"""Day 0 of a spreadsheet's serials, as far as they hold: from serial 61, 1 March 1900."""
FIRST_SERIAL, LAST_SERIAL = Fraction(61), Fraction("2958465.99999")
MS_PER_DAY = 86_400_000

_FIRST_INSTANT = datetime(1900, 3, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


@lru_cache(maxsize=256)
def zone(name: str) -> tzinfo:
    """The time zone of an IANA name or a fixed offset.

    >>> zone("+05:30")
    datetime.timezone(datetime.timedelta(seconds=19800))
    >>> zone("UTC") is zone("z")
    True
    """
    written = name.strip()
    if written.casefold() in ("utc", "z", "gmt"):
        return UTC
    if (offset := fixed_offset(written)) is not None:
        return timezone(offset)
    folded = written.casefold().replace(" ", "_")
    found = _named_zone(_zone_names()[folded]) if folded in _zone_names() else None
    if found is None:
        remedy = "use a name like America/New_York or an offset like +05:30"
        raise NotUsable(f'time zone "{name[:40]}" is unknown', remedy)
    return found


@lru_cache(maxsize=1)
def _zone_names() -> dict[str, str]:
    """Every IANA name by its folded form; `localtime` is the machine's own, which no rule may depend on."""
    from zoneinfo import available_timezones

    return {name.casefold(): name for name in available_timezones() if name not in ("localtime", "Factory")}


def _named_zone(name: str) -> tzinfo | None:
    """dateutil's zone where it is installed, else the standard library's; a test shows that they agree."""
    try:
        from dateutil import tz
    except ImportError:
        from zoneinfo import ZoneInfo

        return ZoneInfo(name)
    found: tzinfo | None = tz.gettz(name)
    return found


def to_utc(value: Cell, zone_name: str | None = None) -> datetime:
    """The instant of a serial, a text, a date or a datetime, in UTC. Without a zone anywhere it is UTC.

    >>> to_utc("13:15:00 AEDT 2021-03-09")
    datetime.datetime(2021, 3, 9, 2, 15, tzinfo=datetime.timezone.utc)
    >>> to_utc(45351.5, "Asia/Kolkata")
    datetime.datetime(2024, 2, 29, 6, 30, tzinfo=datetime.timezone.utc)
    """
    given = None if zone_name is None else zone(zone_name)
    try:
        instant = _instant(value, given)
    except OverflowError:
        raise OutOfRange("timestamp lies outside the calendar", "check its year") from None
    if instant < _FIRST_INSTANT:
        raise OutOfRange("timestamp lies before 1 March 1900", "check the date")
    return instant


def _instant(value: Cell, given: tzinfo | None) -> datetime:
    if isinstance(value, str):
        written = read_timestamp(text(value, "timestamp"))
        return _in_utc(written.wall, _offset_of_text(written, given))
    if isinstance(value, datetime):
        own_offset = value.utcoffset()
        wall = value.replace(tzinfo=None)
        return _in_utc(wall, _offset(wall, given) if own_offset is None else own_offset)
    if isinstance(value, date):
        wall = datetime.combine(value, time())
    else:
        wall = _wall_of_serial(number(value, "timestamp"))
    return _in_utc(wall, _offset(wall, given))


def _in_utc(wall: datetime, offset: timedelta) -> datetime:
    return (wall - offset).replace(tzinfo=UTC, fold=0)


def _offset(wall: datetime, given: tzinfo | None) -> timedelta:
    """The zone's offset at a wall time: of the first occurrence and, in a gap, the one before (fold 0)."""
    offset = UTC.utcoffset(None) if given is None else given.utcoffset(wall.replace(tzinfo=given))
    return offset or timedelta()


def _offset_of_text(written: Written, given: tzinfo | None) -> timedelta:
    """The offset that a text says itself; an ambiguous abbreviation takes the given zone's, if it uses it."""
    if written.offset is not None:
        return written.offset
    if not written.zone:
        return _offset(written.wall, given)
    if (offset := offset_of_abbreviation(written.zone)) is not None:
        return offset
    if "/" in written.zone:
        return _offset(written.wall, zone(written.zone))
    if isinstance(given, timezone) and given is not UTC:
        return given.utcoffset(None)
    for fold in (0, 1) if given is not None else ():
        local = written.wall.replace(tzinfo=given, fold=fold)
        if local.tzname() == written.zone.upper():
            return local.utcoffset() or timedelta()
    remedy = "name the zone beside it, as in America/Chicago"
    raise NotUsable(f'zone abbreviation "{written.zone}" may mean several zones', remedy)


def _wall_of_serial(serial: Fraction) -> datetime:
    if not FIRST_SERIAL <= serial <= LAST_SERIAL:
        remedy = "serials run from 61 (1900-03-01) to 2958465 (9999-12-31)"
        raise OutOfRange("timestamp is a number outside the calendar", remedy)
    ms = serial * MS_PER_DAY
    whole_ms = (2 * ms.numerator + ms.denominator) // (2 * ms.denominator)
    return SERIAL_ZERO + timedelta(milliseconds=whole_ms)


def month_of(instant: datetime) -> date:
    """The first day of the month of an instant, in UTC.

    >>> month_of(to_utc("2024-03-31 20:00", "America/New_York"))
    datetime.date(2024, 4, 1)
    """
    return instant.astimezone(UTC).date().replace(day=1)


def day_of_month(month: Cell) -> date:
    """A day of the month that is meant: of any date in it, or of the text `YYYY-MM`.

    >>> day_of_month("2023-06"), day_of_month("2023-06-30")
    (datetime.date(2023, 6, 1), datetime.date(2023, 6, 30))
    """
    if isinstance(month, str) and re.fullmatch(r"\s*\d{4}-\d\d\s*", month, re.ASCII):
        month = f"{month.strip()}-01"
    return to_utc(month).date()


def serial_of(instant: datetime) -> Fraction:
    """The exact spreadsheet serial of an instant, in UTC.

    >>> float(serial_of(to_utc("2024-02-29T12:00Z")))
    45351.5
    """
    return Fraction(
        (instant.astimezone(UTC).replace(tzinfo=None) - SERIAL_ZERO) // _MICROSECOND, 86_400_000_000
    )


def attributed_month(start: Cell, billed: Cell, basis: str, zone_name: str | None) -> date:
    """The month of the start, or of the moment billed; `basis` says which."""
    folded = basis.casefold()
    if folded == "start":
        return month_of(to_utc(start, zone_name))
    if folded != "billed":
        raise NotUsable(f'basis "{basis[:40]}" is unknown', "use start or billed")
    if billed is None:
        raise NotAvailable("billed is blank", "give the moment the call was billed")
    to_utc(start, zone_name)  # a start that cannot be read is an error on either basis
    return month_of(to_utc(billed, zone_name))
