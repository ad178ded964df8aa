"""Days without a time of day: whether a cell says one, and when it ends."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from addin.records.values import Cell, text_of
from udfs.rating.attribution import to_utc
from udfs.rating.attribution import zone as named_zone


def is_whole_day(cell: Cell) -> bool:
    """Whether it says a day and no time of day. A workbook's cell of a day is one of its midnight.

    >>> is_whole_day("2026-09-30"), is_whole_day("2026-09-30 00:00"), is_whole_day(datetime(2026, 9, 30))
    (True, False, True)
    """
    if isinstance(cell, str):
        return ":" not in cell and bool(text_of(cell))
    return isinstance(cell, date) and (not isinstance(cell, datetime) or cell.time() == time())


def next_midnight(instant: datetime, zone: str) -> datetime:
    """When the day of an instant ends on the clocks of a zone: in 23 to 25 hours where they change.

    >>> str(next_midnight(datetime.fromisoformat("2026-10-24T22:00Z"), "Europe/Berlin"))
    '2026-10-25 23:00:00+00:00'
    """
    wall = instant.astimezone(named_zone(zone))
    return to_utc(datetime.combine(wall.date() + timedelta(days=1), time()), zone)
