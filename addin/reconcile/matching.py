"""Pairs the log's calls with the provider's records of them: by id, else by numbers and start."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import timedelta

from addin.reconcile.lines import BillLine, LogLine
from addin.records.call import Call
from udfs.rating.rate_card import normal_number

DEFAULT_WINDOW = timedelta(seconds=60)
"""How far apart two systems may put the start of one call (one counts from the ring, one from the answer)."""

SAME_ID_SPACE_WINDOW = timedelta(seconds=1)
"""The same where both records have an id, ids differ, and other calls of the two files agree by id: then a
different id nearly always is a different call (a redial), unless it starts in the same second."""


def match(log: Sequence[LogLine], bill: Sequence[BillLine], window: timedelta = DEFAULT_WINDOW) -> None:
    """Link each line to at most one of the other side, in place."""
    by_id = _match_by_id(log, bill)
    _match_by_start(
        [line for line in log if line.bill is None],
        [line for line in bill if line.log is None],
        window,
        min(window, SAME_ID_SPACE_WINDOW) if by_id else window,
    )


def _link(log: LogLine, bill: BillLine) -> None:
    log.bill, bill.log = bill, log


def _match_by_id(log: Iterable[LogLine], bill: Iterable[BillLine]) -> int:
    by_id = {line.call.call_id: line for line in bill if line.call.call_id}
    matched = 0
    for line in log:
        other = by_id.get(line.call.call_id) if line.call.call_id else None
        if other is not None and other.log is None:
            _link(line, other)
            matched += 1
    return matched


def _match_by_start(
    log: Iterable[LogLine], bill: Iterable[BillLine], window: timedelta, window_with_ids: timedelta
) -> None:
    """Nearest first, one to one: all pairs within the window by distance, then by likeness of duration."""
    by_numbers: dict[tuple[str, str], list[BillLine]] = defaultdict(list)
    for record in bill:
        by_numbers[_numbers(record.call)].append(record)
    pairs = []
    for line in log:
        for record in by_numbers.get(_numbers(line.call), ()):
            apart = abs(line.call.started_at - record.call.started_at)
            allowed = window_with_ids if line.call.call_id and record.call.call_id else window
            if apart <= allowed:
                longer = abs(line.call.duration_ms - record.call.duration_ms)
                pairs.append((apart, longer, line.call.place.row, record.call.place.row, line, record))
    for *_, line, record in sorted(pairs, key=lambda pair: pair[:4]):
        if line.bill is None and record.log is None:
            _link(line, record)


def _numbers(call: Call) -> tuple[str, str]:
    return normal_number(call.from_number), normal_number(call.to_number)
