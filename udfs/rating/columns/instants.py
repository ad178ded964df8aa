"""Instants over columns of spreadsheet serials: UTC, months and days stored.

Wall times become UTC by a table of the zone's changes. A change at instant T from offset a to b moves the
wall clock's boundary to T + max(a, b): before it the old offset holds, which is the first occurrence of a
time that exists twice and the offset before a gap, as in the scalar rule. No zone changes its offset twice
within a day, so that a table of days says the offset before, the boundary and the offset after: a binary
search for each row would take three times as long.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache

import numpy as np

from udfs.rating.attribution import FIRST_SERIAL, LAST_SERIAL, MS_PER_DAY, SERIAL_ZERO, zone
from udfs.rating.columns.arrays import (
    Array,
    Flags,
    Floats,
    Integers,
    Redo,
    Scratch,
    blocks,
    finished,
    floats,
    places,
)

MS = timedelta(milliseconds=1)
LONGEST_SPAN_YEARS = 60
LAST_YEAR = 9990
UNIX_ZERO_DAYS = (datetime(1970, 1, 1) - SERIAL_ZERO).days
EVEN_BELOW = 1e5
DOUBT_DAYS = (5e-11, 5e-9)
"""How far 15 digits leave a serial in doubt: below that one (the year 2173), and from it on."""


def utc_serials(serials: Array, zone_name: str, redo: Redo) -> Array:
    """`attribution.to_utc` over a column of serials, as serials."""
    column = floats(serials)
    values, found = np.empty(len(column)), []
    for part, utc_ms, bad in _in_utc(column, zone_name):
        np.true_divide(utc_ms, MS_PER_DAY, out=values[part])
        found.append((part.start, bad))
    return finished(values, places(found), redo)


def months(serials: Array, zone_name: str, redo: Redo) -> Array:
    """The first day of each serial's month in UTC, as dates."""
    column = floats(serials)
    values, found = np.empty(len(column), object), []
    low, high = _range(column)
    first, last = int(low) - 2, int(high) + 2  # no zone is two days from UTC
    dates = _month_of_days(first, last) if last - first < LONGEST_SPAN_YEARS * 366 else None
    for part, utc_ms, bad in _in_utc(column, zone_name):
        utc_ms //= MS_PER_DAY
        if dates is None:
            values[part] = _months(utc_ms - UNIX_ZERO_DAYS).astype(object)
        else:
            utc_ms -= first
            dates.take(utc_ms, out=values[part], mode="clip")
        found.append((part.start, bad))
    return finished(values, places(found), redo)


def storage_days(created: Array, on: Array, redo: Redo) -> Array:
    """`storage.days_stored` over two columns of serials in UTC."""
    days, found = np.empty(len(created)), []
    both = zip(_in_utc(floats(created), "UTC"), _in_utc(floats(on), "UTC"), strict=True)
    for (part, created_ms, bad), (_, on_ms, also_bad) in both:
        np.maximum(on_ms // MS_PER_DAY - created_ms // MS_PER_DAY + 1, 0, out=days[part])
        found.append((part.start, bad | also_bad))
    return finished(days, places(found), redo)


def _month_of_days(first: int, last: int) -> Array:
    """The first day of the month of every day between two, as dates.

    A month is one object: a new one for each row would take most of the time.
    """
    days = np.arange(first - UNIX_ZERO_DAYS, last - UNIX_ZERO_DAYS + 1)
    starts, place = np.unique(_months(days), return_inverse=True)
    return starts.astype(object).take(place)


def _months(unix_days: Integers) -> Array:
    return unix_days.astype("datetime64[D]").astype("datetime64[M]").astype("datetime64[D]")


def _range(serials: Floats) -> tuple[float, float]:
    """The first and the last serial of those that are any; the first day there is where none is."""
    first, last = float(FIRST_SERIAL), float(LAST_SERIAL) - 1
    low, high = float(serials.min(initial=np.inf)), float(serials.max(initial=-np.inf))
    if not (low >= first and high <= last):
        fitting = serials[(serials >= first) & (serials <= last)]
        if not len(fitting):
            return first, first
        low, high = float(fitting.min()), float(fitting.max())
    return low, high


def _in_utc(serials: Floats, zone_name: str) -> Iterator[tuple[slice, Integers, Flags]]:
    """Each block's place, its instants in milliseconds since serial 0, and flags where the scalar rule has to
    decide. The block may be changed, and is used again for the next."""
    low, high = _range(serials)
    first, last = (_year(int(serial)) for serial in (low, high))
    is_utc = zone_name.casefold() == "utc"
    too_long = not is_utc and (last - first > LONGEST_SPAN_YEARS or last > LAST_YEAR)
    table = None if is_utc or too_long else _days(zone_name, first - 1, last + 1)
    scratch = Scratch(len(serials))
    for part in blocks(len(serials)):
        utc_ms, bad = _read_ms(serials[part], low, scratch)
        if table is not None:
            table.to_utc(utc_ms, scratch)
            bad |= utc_ms < int(FIRST_SERIAL) * MS_PER_DAY
        yield part, utc_ms, bad | too_long


def _read_ms(serials: Floats, instead: float, scratch: Scratch) -> tuple[Integers, Flags]:
    """Wall times in whole milliseconds since serial 0, and flags where the scalar rule has to decide: there
    another serial stands instead."""
    bad = np.zeros(len(serials), np.bool_)
    with np.errstate(all="ignore"):
        exact, rounded = scratch.floats(len(serials))
        np.multiply(serials, float(MS_PER_DAY), out=exact)
        np.rint(exact, out=rounded)
        exact -= rounded
        even = serials.min() >= float(FIRST_SERIAL) and serials.max() < EVEN_BELOW
        certain = 0.45 - DOUBT_DAYS[0] * MS_PER_DAY
        if not (even and exact.max() < certain and exact.min() > -certain):
            bad = ~((serials >= float(FIRST_SERIAL)) & (serials <= float(LAST_SERIAL) - 1))
            bad |= ~(np.abs(exact) < _certain(serials))
            rounded[bad] = np.rint(instead * MS_PER_DAY)
    wall_ms: Integers = scratch.integers(len(serials))[2]
    np.copyto(wall_ms, rounded, casting="unsafe")
    return wall_ms, bad


def _certain(serials: Floats) -> Floats:
    """How far from a whole millisecond a product may lie for the scalar rule to round it the same way.

    15 digits leave a serial in doubt by half a unit of its 15th: 5e-14 of a day below 100, 5e-9 beyond 10^6.
    """
    doubt_ms = np.where(serials < EVEN_BELOW, *DOUBT_DAYS) * MS_PER_DAY
    return 0.45 - doubt_ms


def _year(serial: int) -> int:
    return (SERIAL_ZERO + timedelta(days=serial)).year


@dataclass(frozen=True, slots=True)
class _Days:
    """For each day by the wall clock from the first on: the offset at its begin, the moment from which
    another one holds, and how much that one is larger."""

    first: int
    offsets: Integers
    boundaries: Integers
    steps: Integers

    def to_utc(self, wall_ms: Integers, scratch: Scratch) -> None:
        """Wall times become UTC, in place."""
        day, found, _ = scratch.integers(len(wall_ms))
        np.floor_divide(wall_ms, MS_PER_DAY, out=day)
        day -= self.first
        self.boundaries.take(day, out=found, mode="clip")
        has_changed = wall_ms >= found
        self.offsets.take(day, out=found, mode="clip")
        wall_ms -= found
        self.steps.take(day, out=found, mode="clip")
        found *= has_changed
        wall_ms -= found


@lru_cache(maxsize=64)
def _days(zone_name: str, first_year: int, last_year: int) -> _Days:
    """The table of the days of some years."""
    boundaries, offsets = _changes(zone_name, first_year, last_year)
    first, stop = (
        (datetime(year, month, day) - SERIAL_ZERO).days
        for year, month, day in ((first_year, 1, 1), (last_year, 12, 31))
    )
    before = np.searchsorted(boundaries, np.arange(first, stop + 1) * MS_PER_DAY, side="right")
    steps = np.append(np.diff(offsets), 0)
    never = np.append(boundaries, np.iinfo(np.int64).max)
    return _Days(first, offsets[before], never[before], steps[before])


def _changes(zone_name: str, first_year: int, last_year: int) -> tuple[Integers, Integers]:
    """The wall-clock boundaries of a zone's changes in ms since serial 0, and the offsets between them."""
    there = zone(zone_name)

    def offset_ms(instant_ms: int) -> int:
        instant = (SERIAL_ZERO + instant_ms * MS).replace(tzinfo=UTC)
        return (instant.astimezone(there).utcoffset() or timedelta()) // MS

    start = (datetime(first_year, 1, 1) - SERIAL_ZERO) // MS
    stop = (datetime(last_year + 1, 1, 1) - SERIAL_ZERO) // MS
    boundaries: list[int] = []
    offsets = [offset_ms(start)]
    for day in range(start, stop, MS_PER_DAY):
        if offset_ms(day + MS_PER_DAY) == offsets[-1]:
            continue
        before, after = day, day + MS_PER_DAY
        while after - before > 1:
            middle = (before + after) // 2
            before, after = (before, middle) if offset_ms(middle) != offsets[-1] else (middle, after)
        offsets.append(offset_ms(after))
        boundaries.append(after + max(offsets[-2:]))
    return np.array(boundaries, np.int64), np.array(offsets, np.int64)
