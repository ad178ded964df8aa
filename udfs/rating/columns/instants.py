"""Instants over columns of spreadsheet serials: UTC, months and days stored.

Wall times become UTC by a table of the zone's changes and a binary search. A change at instant T from offset
a to b moves the wall clock's boundary to T + max(a, b): before it the old offset holds, which is the first
occurrence of a time that exists twice and the offset before a gap, as in the scalar rule. No zone changes its
offset twice within a day.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache

import numpy as np

from udfs.rating.attribution import FIRST_SERIAL, LAST_SERIAL, MS_PER_DAY, SERIAL_ZERO, zone
from udfs.rating.columns.arrays import Array, Flags, Floats, Integers, Redo, finished, floats

MS = timedelta(milliseconds=1)
LONGEST_SPAN_YEARS = 60
LAST_YEAR = 9990
UNIX_ZERO_MS = (datetime(1970, 1, 1) - SERIAL_ZERO) // MS


def utc_serials(serials: Array, zone_name: str, redo: Redo) -> Array:
    """`attribution.to_utc` over a column of serials, as serials."""
    utc_ms, bad = _utc_ms(floats(serials), zone_name)
    return finished(utc_ms / MS_PER_DAY, np.flatnonzero(bad).tolist(), redo)


def months(serials: Array, zone_name: str, redo: Redo) -> Array:
    """The first day of each serial's month in UTC, as dates."""
    utc_ms, bad = _utc_ms(floats(serials), zone_name)
    instants = (utc_ms - UNIX_ZERO_MS).astype("datetime64[ms]")
    days = instants.astype("datetime64[M]").astype("datetime64[D]").astype(object)
    return finished(days, np.flatnonzero(bad).tolist(), redo)


def storage_days(created: Array, on: Array, redo: Redo) -> Array:
    """`storage.days_stored` over two columns of serials in UTC."""
    (created_ms, bad), (on_ms, also_bad) = _utc_ms(floats(created), "UTC"), _utc_ms(floats(on), "UTC")
    days = np.maximum(on_ms // MS_PER_DAY - created_ms // MS_PER_DAY + 1, 0).astype(np.float64)
    return finished(days, np.flatnonzero(bad | also_bad).tolist(), redo)


def _utc_ms(serials: Floats, zone_name: str) -> tuple[Integers, Flags]:
    """Milliseconds since serial 0, and flags where the scalar rule has to decide."""
    with np.errstate(all="ignore"):
        exact = serials * float(MS_PER_DAY)
        rounded = np.rint(exact)
        bad = ~((serials >= float(FIRST_SERIAL)) & (serials <= float(LAST_SERIAL) - 1))
        bad |= ~(np.abs(exact - rounded) < _certain(serials))
    rounded[bad] = 2 * MS_PER_DAY * float(FIRST_SERIAL)
    wall_ms = rounded.astype(np.int64)
    if not len(wall_ms) or zone_name.casefold() == "utc":
        return wall_ms, bad
    first, last = (_year(int(ms)) for ms in (wall_ms.min(), wall_ms.max()))
    if last - first > LONGEST_SPAN_YEARS or last > LAST_YEAR:
        return wall_ms, np.ones(len(wall_ms), np.bool_)
    boundaries, offsets = _changes(zone_name, first - 1, last + 1)
    utc_ms = wall_ms - offsets[np.searchsorted(boundaries, wall_ms, side="right")]
    bad |= utc_ms < int(FIRST_SERIAL) * MS_PER_DAY
    return utc_ms, bad


def _certain(serials: Floats) -> Floats:
    """How far from a whole millisecond a product may lie for the scalar rule to round it the same way.

    15 digits leave a serial in doubt by half a unit of its 15th: 5e-14 of a day below 100, 5e-9 beyond 10^6.
    """
    doubt_ms = np.where(serials < 1e5, 5e-11, 5e-9) * MS_PER_DAY
    return 0.45 - doubt_ms


def _year(ms: int) -> int:
    return (SERIAL_ZERO + ms * MS).year


@lru_cache(maxsize=64)
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
