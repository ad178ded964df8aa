"""What a pattern of differences usually means where the bill is call records."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from fractions import Fraction

from addin.reconcile.beyond_the_month import beside_the_month
from addin.reconcile.bill_lines import BillLines
from addin.reconcile.lines import MATCHED, MISSING_IN_BILL, MISSING_IN_LOG, OUTSIDE
from addin.reconcile.log_lines import LogLines
from addin.reconcile.matching import numbers_of
from addin.reconcile.period import Period
from addin.reconcile.wording import calls, plain
from udfs.rating.attribution import zone

_STEP = timedelta(minutes=15)
"""Zones differ by whole quarters of an hour."""
_CLOSE = timedelta(minutes=2)
_FURTHEST = timedelta(hours=14)
_FEWEST = 3


def read_call_patterns(log: LogLines, bill: BillLines, month: Period, zones: Sequence[str] = ()) -> list[str]:
    """Sentences for the sheet; empty where no pattern fits. `zones` are those of the files."""
    twice = [sentence for name in zones if (sentence := _hour_that_exists_twice(log, bill, name))]
    # Those calls stand an hour apart too, and another zone would be wrong.
    found = [_shift_of_pairs(bill), "" if twice else _shift_of_unmatched(log, bill, month)]
    return [sentence for sentence in (*found, *twice) if sentence]


def _hour_that_exists_twice(log: LogLines, bill: BillLines, name: str) -> str:
    """Calls that each side lacks and that stand there at the same time of day, once before and once after
    the clocks went back. A time without its offset does not say which of the two it is."""
    clock = zone(name)
    if clock is UTC:
        return ""
    starts = defaultdict(list)
    for record in bill.select(
        lambda record: record.step == MISSING_IN_LOG and record.log is None and not record.is_credit
    ):
        start = record.call.started_at
        starts[numbers_of(record.call), _wall(start, clock)].append(record)
    pairs = []
    for line in log.select(lambda line: line.outcome == MISSING_IN_BILL and line.bill is None):
        wall = _wall(line.call.started_at, clock)
        records = starts.get((numbers_of(line.call), wall), [])
        others = [one for one in records if one.call.started_at != line.call.started_at]
        if others:
            records.remove(others[0])
            pairs.append((line.call, others[0].call, wall))
    if not pairs:
        return ""
    ours, theirs, wall = pairs[0]
    hours = Fraction((theirs.started_at - ours.started_at) // timedelta(minutes=1), 60)
    stand = "stands" if len(pairs) == 1 else "stand"
    return (
        f"{calls(len(pairs))} that the bill lacks {stand} in it {plain(abs(hours))} h "
        f"{'later' if hours > 0 else 'earlier'}, such as {ours.place} and {theirs.place}: "
        f"{wall:%Y-%m-%d %H:%M} in {name} is in the hour that exists twice, since the clocks went back. "
        "Most likely they are the same calls: export the times in UTC or with their offset."
    )


def _wall(instant: datetime, clock: tzinfo) -> datetime:
    return instant.astimezone(clock).replace(tzinfo=None, fold=0)


def _quarters(apart: timedelta) -> int | None:
    """The quarters of an hour between two starts, if it is a whole number of them, give or take a little."""
    quarters = round(apart / _STEP)
    is_whole = abs(apart - quarters * _STEP) <= _CLOSE and abs(apart) <= _FURTHEST
    return quarters if quarters and is_whole else None


def _shift_of_pairs(bill: BillLines) -> str:
    """Pairs that were matched by id, most of which start the same hours apart."""
    pairs = bill.select(lambda line: line.step == MATCHED and not line.is_credit)
    shifts = Counter[int | None]()
    for apart, times in pairs.later_than_log().items():
        shifts[_quarters(apart)] += times
    shift, count = _commonest(shifts)
    if count < _FEWEST or count * 2 <= len(pairs):
        return ""
    return _sentence(shift, f"{count} of {len(pairs)} matched calls start")


def _shift_of_unmatched(log: LogLines, bill: BillLines, month: Period) -> str:
    """Calls that each side lacks, but that would be there some hours earlier or later."""
    missing = log.select(lambda line: line.outcome == MISSING_IN_BILL)
    if len(missing) < _FEWEST:
        return ""
    alone = bill.select(lambda record: record.log is None and not record.is_credit)
    outside = alone.select(lambda record: record.step == OUTSIDE)
    starts = defaultdict(list)
    for record in (
        *alone.select(lambda record: record.step == MISSING_IN_LOG),
        *beside_the_month(outside, month, _FURTHEST),
    ):
        starts[numbers_of(record.call)].append(record.call.started_at)
    shifts = Counter[int | None]()
    for line in missing:
        shifts.update(
            {_quarters(start - line.call.started_at) for start in starts.get(numbers_of(line.call), ())}
        )
    shift, count = _commonest(shifts)
    if count < _FEWEST or count * 2 <= len(missing):
        return ""
    return _sentence(shift, f"{count} of {len(missing)} calls that are missing in the bill stand there")


def _commonest(shifts: Counter[int | None]) -> tuple[int, int]:
    del shifts[None]
    return shifts.most_common(1)[0] if shifts else (0, 0)  # type: ignore[return-value]


def _sentence(quarters: int, what: str) -> str:
    return (
        f"{what} {quarters / 4:+g} h from the log's start: usually a time zone. "
        "Say the time zone of the log or that of the bill, or name it in a column mapping."
    )
