"""MONTH_ATTRIBUTE and TO_UTC over a million local times with clock changes: `python benchmarks/months.py`.

Half of the times lie within three hours of a clock change, so that times that exist twice and times that are
missing are among them. The rule: the first occurrence, and the offset before the gap. What is right is said
by the standard library's zoneinfo, row by row.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

from benchmarks.frame.document import Section, main
from benchmarks.frame.rows import OURS, Figure, Row, floor, ours, peer
from benchmarks.frame.timing import in_turn, peak_mb

ZONES = (
    "America/New_York",
    "America/St_Johns",
    "Europe/London",
    "Europe/Dublin",
    "Australia/Lord_Howe",
)
HALF_AN_HOUR = "Australia/Lord_Howe"
"""The zone whose clocks are put forward by half an hour only: pandas takes no shift of that length."""

TIMES = 1_000_000
EACH = TIMES // len(ZONES)
SIZE = f"{TIMES:,} local times, {len(ZONES)} zones"
YEARS = range(2024, 2027)
ZERO, UNIX_ZERO = datetime(1899, 12, 30), datetime(1970, 1, 1)
DATEUTIL, PANDAS = "dateutil row by row", "pandas `tz_localize`"
COPY = "`np.copyto` of the column"
OFTEN = {OURS: 5, COPY: 5}

Walls = dict[str, Any]


def seconds_of_walls() -> Walls:
    """By zone: whole seconds by the wall clock since 1970."""
    import numpy as np

    random = np.random.default_rng(20260901)
    first, last = ((datetime(year, 1, 1) - UNIX_ZERO).days * 86_400 for year in (YEARS[0], YEARS[-1] + 1))
    found = {}
    for name in ZONES:
        near = random.choice(_changes(name), EACH // 2) + random.integers(-3 * 3600, 3 * 3600, EACH // 2)
        walls = np.concatenate([near, random.integers(first, last, EACH - EACH // 2)])
        random.shuffle(walls)
        found[name] = walls
    return found


def _changes(name: str) -> list[int]:
    """The hours after which a zone's offset differs, as seconds since 1970."""
    from zoneinfo import ZoneInfo

    zone, start = ZoneInfo(name), datetime(YEARS[0], 1, 1)
    hours = [start + timedelta(hours=hour) for hour in range(24 * 366 * len(YEARS))]
    pairs = pairwise(hours)
    return [
        int((one - UNIX_ZERO).total_seconds())
        for one, other in pairs
        if zone.utcoffset(one) != zone.utcoffset(other)
    ]


def serials(walls: Walls) -> Walls:
    """The same as a spreadsheet's date cells."""
    zero = (UNIX_ZERO - ZERO).days
    return {name: zero + seconds / 86_400 for name, seconds in walls.items()}


def datetimes(walls: Walls) -> dict[str, list[datetime]]:
    """The same as datetimes without a zone."""
    return {name: seconds.astype("datetime64[s]").tolist() for name, seconds in walls.items()}


def indexes(walls: Walls) -> Walls:
    """The same as pandas keeps them."""
    import pandas

    return {name: pandas.DatetimeIndex(seconds.astype("datetime64[s]")) for name, seconds in walls.items()}


def with_dateutil(times: dict[str, list[datetime]]) -> dict[str, list[datetime]]:
    """The instants in UTC, row by row."""
    from dateutil import tz

    found = {}
    for name, walls in times.items():
        zone = tz.gettz(name)
        found[name] = [wall.replace(tzinfo=zone).astimezone(UTC) for wall in walls]
    return found


def with_pandas(times: Walls) -> Walls:
    """The instants in UTC, by the options that come nearest to the rule."""
    import numpy as np
    import pandas

    first_occurrence, hour = np.ones(EACH, np.bool_), pandas.Timedelta(hours=1)
    found = {}
    for name, walls in times.items():
        missing = "shift_forward" if name == HALF_AN_HOUR else hour
        found[name] = walls.tz_localize(name, ambiguous=first_occurrence, nonexistent=missing).tz_convert(
            None
        )
    return found


def exact_seconds(times: dict[str, list[datetime]]) -> Walls:
    """The instants as seconds since 1970, by zoneinfo."""
    from zoneinfo import ZoneInfo

    import numpy as np

    found = {}
    for name, walls in times.items():
        zone = ZoneInfo(name)
        second = timedelta(seconds=1)
        found[name] = np.array([(wall - zone.utcoffset(wall) - UNIX_ZERO) // second for wall in walls])
    return found


def _differing(found: Walls, exact: Walls) -> int:
    import numpy as np

    return sum(int(np.count_nonzero(np.asarray(found[name]) != exact[name])) for name in exact)


def _figures(
    our_function: Callable[[Any, str], Any],
    dateutil_last: Callable[[dict[str, list[datetime]]], Any],
    pandas_last: Callable[[Any], Any],
    seconds_shown: Callable[[Any], Any],
) -> Mapping[str, Figure]:
    """All ways timed in turn; then what each gives held against zoneinfo, `seconds_shown` of it."""
    import numpy as np

    walls = seconds_of_walls()
    cells, times, index = serials(walls), datetimes(walls), indexes(walls)
    targets = {name: np.empty(EACH) for name in walls}

    def of_ours() -> Any:
        return {name: our_function(cells[name], name) for name in walls}

    def of_dateutil() -> Any:
        return dateutil_last(with_dateutil(times))

    def of_pandas() -> Any:
        return {name: pandas_last(found) for name, found in with_pandas(index).items()}

    def copy() -> None:
        for name, target in targets.items():
            np.copyto(target, cells[name])

    taken = in_turn({OURS: of_ours, COPY: copy, PANDAS: of_pandas, DATEUTIL: of_dateutil}, repeats=OFTEN)
    exact = {name: seconds_shown(seconds) for name, seconds in exact_seconds(times).items()}
    figures = {COPY: Figure(taken[COPY])}
    for name, way in ((OURS, of_ours), (DATEUTIL, of_dateutil), (PANDAS, of_pandas)):
        found = {zone: seconds_shown(values) for zone, values in way().items()}
        figures[name] = Figure(taken[name], _alone(name), _differing(found, exact))
    return figures


def _alone(way: str) -> float:
    """Peak memory of one way in a process of its own, the times included."""
    lines = {
        OURS: "from udfs import TO_UTC; [TO_UTC(c, n) for n, c in months.serials(walls).items()]",
        DATEUTIL: "months.with_dateutil(months.datetimes(walls))",
        PANDAS: "months.with_pandas(months.indexes(walls))",
    }
    return peak_mb("from benchmarks import months", "walls = months.seconds_of_walls()", lines[way])


def month_attribute() -> Mapping[str, Figure]:
    """The month of each, as its first day."""
    import numpy as np

    from udfs import MONTH_ATTRIBUTE

    def shown(values: Any) -> Any:
        values = np.asarray(values)
        return values.astype("datetime64[s]" if values.dtype.kind == "i" else "datetime64[D]").astype(
            "datetime64[M]"
        )

    return _figures(
        MONTH_ATTRIBUTE,
        lambda found: {
            name: [date(instant.year, instant.month, 1) for instant in instants]
            for name, instants in found.items()
        },
        lambda found: found.to_numpy().astype("datetime64[M]"),
        shown,
    )


def to_utc() -> Mapping[str, Figure]:
    """The instant of each."""
    import numpy as np

    from udfs import TO_UTC

    zero = (UNIX_ZERO - ZERO).days

    def shown(values: Any) -> Any:
        values = np.asarray(values)
        if values.dtype.kind == "f":
            return np.rint((values - zero) * 86_400).astype(np.int64)
        if values.dtype.kind == "O":
            return np.array([int(instant.timestamp()) for instant in values])
        return values.astype("datetime64[s]").astype(np.int64)

    return _figures(TO_UTC, lambda found: found, lambda found: found, shown)


_WAYS = (ours(none_wrong=True), peer(DATEUTIL, 40), peer(PANDAS, 1), floor(COPY))

SECTION = Section(
    title="Months of a million local times",
    note="Half of the times lie within three hours of a clock change. *Wrong* counts what differs from "
    "zoneinfo, row by row: of a time that exists twice the first, of one that is missing the offset before. "
    "pandas needs an array as `ambiguous` for that, and a shift of an hour as `nonexistent`; it takes no "
    "shift of half an hour, so that Lord Howe's missing times come out wrong there. "
    "Peak memory is that of the instants.",
    libraries=("numpy", "pandas", "python-dateutil"),
    rows=(
        Row("`MONTH_ATTRIBUTE` of date cells", SIZE, _WAYS, month_attribute),
        Row("`TO_UTC` of date cells", SIZE, _WAYS, to_utc),
    ),
)

if __name__ == "__main__":
    main(SECTION)
