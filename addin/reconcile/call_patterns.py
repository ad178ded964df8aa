"""What a pattern of differences usually means where the bill is call records."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import timedelta

from addin.reconcile.lines import MATCHED, MISSING_IN_BILL, MISSING_IN_LOG, OUTSIDE, BillLine, LogLine
from addin.reconcile.matching import numbers_of

_STEP = timedelta(minutes=15)
"""Zones differ by whole quarters of an hour."""
_CLOSE = timedelta(minutes=2)
_FURTHEST = timedelta(hours=14)
_FEWEST = 3


def read_call_patterns(log: Sequence[LogLine], bill: Sequence[BillLine]) -> list[str]:
    """Sentences for the sheet; empty where no pattern fits."""
    found = [_shift_of_pairs(bill), _shift_of_unmatched(log, bill)]
    return [sentence for sentence in found if sentence]


def _quarters(apart: timedelta) -> int | None:
    """The quarters of an hour between two starts, if it is a whole number of them, give or take a little."""
    quarters = round(apart / _STEP)
    is_whole = abs(apart - quarters * _STEP) <= _CLOSE and abs(apart) <= _FURTHEST
    return quarters if quarters and is_whole else None


def _shift_of_pairs(bill: Sequence[BillLine]) -> str:
    """Pairs that were matched by id, most of which start the same hours apart."""
    pairs = [line for line in bill if line.step == MATCHED and line.log is not None]
    shifts = Counter(
        _quarters(line.call.started_at - line.log.call.started_at) for line in pairs if line.log is not None
    )
    shift, count = _commonest(shifts)
    if count < _FEWEST or count * 2 <= len(pairs):
        return ""
    return _sentence(shift, f"{count} of {len(pairs)} matched calls start")


def _shift_of_unmatched(log: Sequence[LogLine], bill: Sequence[BillLine]) -> str:
    """Calls that each side lacks, but that would be there some hours earlier or later."""
    starts = defaultdict(list)
    for record in bill:
        if record.step in (MISSING_IN_LOG, OUTSIDE) and record.log is None:
            starts[numbers_of(record.call)].append(record.call.started_at)
    missing = [line for line in log if line.outcome == MISSING_IN_BILL]
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
