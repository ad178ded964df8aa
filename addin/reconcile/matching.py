"""Pairs the log's calls with the provider's records of them: by id, else by numbers and start."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import TypeVar

from addin.reconcile.lines import BillLine, LogLine
from addin.records.call import Call
from udfs.rating.rate_card import normal_number

DEFAULT_WINDOW = timedelta(seconds=60)
"""How far apart two systems may put the start of one call (one counts from the ring, one from the answer)."""

SAME_ID_SPACE_WINDOW = timedelta(seconds=1)
"""The same where both records have an id, ids differ, and other calls of the two files agree by id: then a
different id nearly always is a different call (a redial), unless it starts in the same second."""


Line = TypeVar("Line", LogLine, BillLine)
Pair = tuple[LogLine, BillLine]


def match(
    log: Sequence[LogLine],
    bill: Sequence[BillLine],
    window: timedelta = DEFAULT_WINDOW,
    *,
    ids_agree: bool = False,
) -> list[Pair]:
    """The pairs of one call each; a line of either side is in one pair at most. `ids_agree` says that other
    calls of the two files agree by id."""
    pairs = _by_id(log, bill)
    taken = {id(line) for pair in pairs for line in pair}
    return pairs + _by_start(
        [line for line in log if id(line) not in taken],
        [line for line in bill if id(line) not in taken],
        window,
        min(window, SAME_ID_SPACE_WINDOW) if pairs or ids_agree else window,
    )


def _by_id(log: Iterable[LogLine], bill: Iterable[BillLine]) -> list[Pair]:
    """An id that several calls of a side share tells none of them from the others."""
    ours, theirs = _unique(log), _unique(bill)
    return [(line, theirs[call_id]) for call_id, line in ours.items() if call_id in theirs]


def _unique(lines: Iterable[Line]) -> dict[str, Line]:
    found: dict[str, Line] = {}
    shared: set[str] = set()
    for line in lines:
        call_id = line.call.call_id
        if call_id and found.setdefault(call_id, line) is not line:
            shared.add(call_id)
    return {call_id: line for call_id, line in found.items() if call_id not in shared}


def _by_start(
    log: Iterable[LogLine], bill: Iterable[BillLine], window: timedelta, window_with_ids: timedelta
) -> list[Pair]:
    """Nearest first, one to one: all pairs within the window by distance, then by likeness of duration."""
    by_numbers: dict[tuple[str, str], list[BillLine]] = defaultdict(list)
    for record in sorted(bill, key=_start):
        by_numbers[numbers_of(record.call)].append(record)
    possible = []
    for line in log:
        start, records = line.call.started_at, by_numbers.get(numbers_of(line.call), [])
        first = bisect_left(records, start - window, key=_start)
        for record in records[first : bisect_right(records, start + window, key=_start)]:
            apart = abs(start - record.call.started_at)
            if apart <= (window_with_ids if line.call.call_id and record.call.call_id else window):
                longer = abs(line.call.duration_ms - record.call.duration_ms)
                possible.append((apart, longer, line.call.place.row, record.call.place.row, line, record))
    pairs: list[Pair] = []
    taken: set[int] = set()
    for *_, line, record in sorted(possible, key=lambda found: found[:4]):
        if id(line) not in taken and id(record) not in taken:
            taken |= {id(line), id(record)}
            pairs.append((line, record))
    return pairs


def _start(line: BillLine) -> datetime:
    return line.call.started_at


def numbers_of(call: Call) -> tuple[str, str]:
    """The calling and the called number as they are compared."""
    return normal_number(call.from_number), normal_number(call.to_number)
