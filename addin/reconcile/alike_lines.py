"""The lines of a log of millions, and of call records of a bill: see `alike_kinds.py`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from addin.reconcile import alike_starts
from addin.reconcile.alike_kinds import AlikeKinds
from addin.reconcile.alike_sums import Integers
from addin.reconcile.bill_lines import BillLines
from addin.reconcile.each_line import K
from addin.reconcile.expectation import Rater
from addin.reconcile.lines import BillLine, LogLine
from addin.reconcile.log_lines import LogLines
from addin.records import since_1970
from addin.records.alike.calls import AlikeCalls
from addin.records.replacing import replacing

_with_call = replacing(LogLine, "call", "rate_problem", "bill")
_with_record = replacing(BillLine, "call", "log")


@dataclass(frozen=True, slots=True)
class Partners:
    """Calls of the other side, and of each row the position there of the same call: -1 where it has none."""

    calls: AlikeCalls
    row: Integers


class AlikeLines(AlikeKinds[LogLine], LogLines):
    """Of a call log."""

    def __init__(
        self,
        kinds: list[LogLine],
        kind: NDArray[np.int32],
        counts: Integers,
        calls: AlikeCalls,
        rater: Rater,
        apart: Integers,
        records: Partners | None = None,
    ) -> None:
        """`apart` are the rows that share their id with others; `records` those of the bill, once matched."""
        super().__init__(kinds, kind, counts, calls)
        self.rater = rater
        self.apart_rows = apart
        self.records = records

    def _line_of(self, row: int, kind: LogLine) -> LogLine:
        line = self.alone(row)
        if kind.bill is not None and self.records is not None:
            at = int(self.records.row[row])
            line.bill = _with_record(kind.bill, self.records.calls.shown(at, kind.bill.call), line)
        return line

    def alone(self, row: int) -> LogLine:
        """A line of its own for a row, without the record of it."""
        kind = self.kinds[self.kind[row]]
        call = self.calls.shown(row, kind.call)
        problem = self.rater.look_up(call)[2] if kind.rate_problem else ""
        return _with_call(kind, call, problem, None)

    @property
    def starts(self) -> Integers:
        """Microseconds since 1970, in UTC."""
        return self.calls.started_us if self._is_all else self.calls.started_us[self._rows]

    def slots(self) -> Counter[datetime]:
        return alike_starts.slots(self._parts())

    def ends(self) -> tuple[datetime, datetime] | None:
        return alike_starts.ends(self._parts())

    def longest_pause(self) -> timedelta:
        return alike_starts.longest_pause(self.starts)

    def all_at_midnight(self) -> bool:
        return alike_starts.all_at_midnight(self._parts())


class AlikeBillLines(AlikeKinds[BillLine], BillLines):
    """Of a bill's call records."""

    def __init__(
        self,
        kinds: list[BillLine],
        kind: NDArray[np.int32],
        counts: Integers,
        calls: AlikeCalls,
        compared_us: Integers,
        log: AlikeLines,
        row: Integers,
    ) -> None:
        """`compared_us` is the start of the log's call of each record, where there is one, and `row` its
        position there, else -1."""
        super().__init__(kinds, kind, counts, calls, compared_us)
        self.log, self.log_row = log, row

    def _line_of(self, row: int, kind: BillLine) -> BillLine:
        line = _with_record(kind, self.calls.shown(row, kind.call), None)
        if kind.log is not None:
            line.log = self.log.alone(int(self.log_row[row]))
            line.log.bill = line
        return line

    def latest(self, key: Callable[[BillLine], K]) -> dict[K, datetime]:
        last = np.full(len(self.kinds), np.iinfo(np.int64).min)
        rows = self.rows
        np.maximum.at(last, self.kind[rows], self.calls.started_us[rows])
        found: dict[K, datetime] = {}
        for kind in np.flatnonzero(self._counts).tolist():
            start, its = since_1970.instant(int(last[kind])), key(self.kinds[kind])
            found[its] = max(start, found.get(its, start))
        return found

    def later_than_log(self) -> Counter[timedelta]:
        has_call = np.array([line.log is not None for line in self.kinds], np.bool_)
        rows = self.rows
        rows = rows[has_call[self.kind[rows]]]
        later, counts = np.unique(self.calls.started_us[rows] - self.compared_us[rows], return_counts=True)
        pairs = zip(later.tolist(), counts.tolist(), strict=True)
        return Counter({timedelta(microseconds=us): count for us, count in pairs})
