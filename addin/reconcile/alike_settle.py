"""Call by call for millions: calls whose ids agree are compared once for all that are alike on both sides.

Every other record of the bill (of a shared id, a credit, one that no id finds) is settled by itself, as those
of a short bill are, with the calls of the log that may be of one. So what stays alike are pairs, records of
other months, and calls that nobody has to be billed for and no record is of; a call or record that the other
side lacks never is, and may be told by its line where it stands elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Generic

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from addin.reconcile import alike_starts
from addin.reconcile.alike_ids import paired, repeated
from addin.reconcile.alike_lines import AlikeBillLines, AlikeLines, Partners
from addin.reconcile.duplicates import credited
from addin.reconcile.each_line import L
from addin.reconcile.expectation import Rater
from addin.reconcile.lines import EXPECTED, OUTSIDE, BillLine, LogLine
from addin.reconcile.period import Period
from addin.reconcile.settle import compare_pair, line_of_record, settle
from addin.records import since_1970
from addin.records.alike.calls import AlikeCalls, Texts, taken
from addin.records.alike.codes import Joined, first_rows
from udfs.rating.rate_card import normal_number

Rows = NDArray[np.int64]
Flags = NDArray[np.bool_]


def settle_alike(
    log: AlikeLines,
    records: AlikeCalls,
    month: Period,
    rater: Rater,
    window: timedelta,
    *,
    both_priced: bool,
) -> tuple[AlikeLines, AlikeBillLines]:
    """The same lines as `settle` gives, one for all that are alike on both sides."""
    sides = _Sides(log, records, month)
    ours, theirs = paired(log.calls.call_id, records.call_id, *sides.with_ids_of_their_own())
    pairs = _Pairs(log, records, ours, theirs, rater, both_priced)
    own_records = sides.records_by_themselves(theirs)
    own_calls = sides.calls_by_themselves(ours, own_records, window)
    calls = [log.line_at(row) for row in own_calls.tolist()]
    bill = settle(
        calls,
        records.read(own_records.tolist()),
        month,
        rater,
        window,
        both_priced=both_priced,
        ids_agree=bool(len(ours)),
    )
    return _joined(log, records, pairs, (own_calls, calls), (own_records, bill))


class _Sides:
    """Which rows of the two sides ids may decide on, and which have to be looked at by themselves."""

    def __init__(self, log: AlikeLines, records: AlikeCalls, month: Period) -> None:
        self._log, self._records = log, records
        outside = np.array([line.step == OUTSIDE for line in log.kinds], np.bool_)
        expected = np.array([line.step == EXPECTED for line in log.kinds], np.bool_)
        self._is_log_outside, self._is_expected = outside[log.kind], expected[log.kind]
        self._is_in_month = alike_starts.in_period(records.started_us, month)
        self._is_shared = np.zeros(len(records), np.bool_)
        self._is_shared[repeated(records.call_id)] = True
        self._is_apart = np.zeros(len(log.kind), np.bool_)
        self._is_apart[log.apart_rows] = True

    def with_ids_of_their_own(self) -> tuple[Rows, Rows]:
        """Of the month, without credits of the bill: the rows whose id tells them from all others."""
        credits = np.array([credited(kind) is not None for kind in self._records.kinds], np.bool_)
        ours = ~self._is_apart & ~self._is_log_outside & ~_is_blank(self._log.calls.call_id)
        theirs = ~self._is_shared & self._is_in_month & ~credits[self._records.kind]
        return np.flatnonzero(ours), np.flatnonzero(theirs & ~_is_blank(self._records.call_id))

    def records_by_themselves(self, matched: Rows) -> Rows:
        """Of the bill: all but those of other months, and those that are matched."""
        left = self._is_in_month | self._is_shared
        left[matched] = False
        return np.flatnonzero(left)

    def calls_by_themselves(self, matched: Rows, records: Rows, window: timedelta) -> Rows:
        """Of the log: those that the bill has to have, and those that may be the call of such a record."""
        ids = taken(self._records.call_id, records)
        is_named = pc.is_in(self._log.calls.call_id, value_set=ids).to_numpy()
        is_open = ~self._is_log_outside
        is_open[matched] = False
        found = is_open & (self._is_expected | is_named | self._is_apart)
        found[self._near(np.flatnonzero(is_open & ~found), records, window)] = True
        return np.flatnonzero(found)

    def _near(self, rows: Rows, records: Rows, window: timedelta) -> Rows:
        """Those of these rows of the log that such a record may be of by its start and numbers."""
        starts = np.sort(self._records.started_us[records])
        ours, reach = self._log.calls.started_us[rows], since_1970.length_us(window)
        rows = rows[np.searchsorted(starts, ours - reach) < np.searchsorted(starts, ours + reach, "right")]
        for side in ("from_number", "to_number"):
            written = taken(getattr(self._records, side), records).unique().to_pylist()
            rows = rows[_may_be(taken(getattr(self._log.calls, side), rows), {*map(normal_number, written)})]
        return rows


def _is_blank(texts: Texts) -> Flags:
    return np.asarray(pc.equal(pc.binary_length(texts), 0).to_numpy())


def _may_be(written: pa.StringArray, numbers: set[str]) -> Flags:
    """Whether each number may be one of these, as numbers are compared: of digits alone it is known."""
    is_plain = pc.match_substring_regex(written, r"^\+?[0-9]+$")
    is_one = pc.is_in(pc.utf8_ltrim(written, "+"), value_set=pa.array([*numbers], pa.string()))
    return np.asarray(pc.or_(pc.invert(is_plain), is_one).to_numpy(zero_copy_only=False), np.bool_)


class _Pairs:
    """Calls of the log with the records of the same id, and the lines that each of their kinds has."""

    def __init__(
        self,
        log: AlikeLines,
        records: AlikeCalls,
        ours: Rows,
        theirs: Rows,
        rater: Rater,
        both_priced: bool,
    ) -> None:
        self.ours, self.theirs = ours, theirs
        kinds = Joined(log.kind[ours].astype(np.int64), len(log.kinds))
        kinds.join(records.kind[theirs], len(records.kinds))
        self.code, count = kinds.numbered()
        first = ours[first_rows(self.code, count)]
        first_record = np.full(count, len(records))
        np.minimum.at(first_record, self.code, theirs)  # of the bill, which has an order of its own
        self.calls: list[LogLine] = []
        self.records: list[BillLine] = []
        for row, other in zip(first.tolist(), first_record.tolist(), strict=True):
            call, record = log.alone(row), line_of_record(records.shown(other))
            call.bill, record.log = record, call
            compare_pair(record, rater, both_priced)
            self.calls.append(call)
            self.records.append(record)


def _joined(
    log: AlikeLines,
    records: AlikeCalls,
    pairs: _Pairs,
    own_calls: tuple[Rows, list[LogLine]],
    own_records: tuple[Rows, list[BillLine]],
) -> tuple[AlikeLines, AlikeBillLines]:
    """The lines of both sides, in the order of their first rows."""
    record_of, call_of = (np.full(len(one.kind), -1, np.int64) for one in (log, records))
    record_of[pairs.ours], call_of[pairs.theirs] = pairs.theirs, pairs.ours

    rows_of_records = {
        id(line): row for row, line in zip(own_records[0].tolist(), own_records[1], strict=True)
    }
    rows_of_calls = {id(line): row for row, line in zip(own_calls[0].tolist(), own_calls[1], strict=True)}
    for line in own_calls[1]:
        if line.bill is not None:
            record_of[rows_of_calls[id(line)]] = rows_of_records[id(line.bill)]
    for record in own_records[1]:
        if record.log is not None:
            call_of[rows_of_records[id(record)]] = rows_of_calls[id(record.log)]

    log_kinds = _Kinds[LogLine](log.kind, len(log.kinds))
    log_kinds.put(pairs.ours, pairs.code, pairs.calls)
    log_kinds.put(own_calls[0], np.arange(len(own_calls[0])), own_calls[1])
    lines, kind, counts = log_kinds.numbered(log.line_at)
    calls = AlikeLines(
        lines, kind, counts, log.calls, log.rater, log.apart_rows, Partners(records, record_of)
    )

    bill_kinds = _Kinds[BillLine](records.kind, len(records.kinds))
    bill_kinds.put(pairs.theirs, pairs.code, pairs.records)
    bill_kinds.put(own_records[0], np.arange(len(own_records[0])), own_records[1])

    def outside(row: int) -> BillLine:
        line = line_of_record(records.shown(row))
        line.step = OUTSIDE
        return line

    compared_us = records.started_us.copy()
    compared_us[pairs.theirs] = log.calls.started_us[pairs.ours]
    compared_us[own_records[0]] = [
        since_1970.microseconds((line.log or line.charge or line).call.started_at) for line in own_records[1]
    ]
    return calls, AlikeBillLines(*bill_kinds.numbered(outside), records, compared_us, calls, call_of)


class _Kinds(Generic[L]):
    """Which rows are alike now: what was alike before, but for rows whose lines are given."""

    def __init__(self, kind: NDArray[np.int32], kinds: int) -> None:
        """Of each row its kind before, and how many there were."""
        self._code, self._before = kind.astype(np.int64), kinds
        self._lines: list[L] = []

    def put(self, rows: Rows, code: NDArray[np.int32] | Rows, lines: list[L]) -> None:
        """`code` says of each of these rows which of these lines it has."""
        self._code[rows] = self._before + len(self._lines) + code
        self._lines += lines

    def numbered(self, line_at: Callable[[int], L]) -> tuple[list[L], NDArray[np.int32], Rows]:
        """The lines in the order of their first rows, of each row its line, and how many rows each has.
        `line_at` makes the line of rows that are as before, of the first of them."""
        encoded = pa.array(self._code).dictionary_encode()
        kind, codes = encoded.indices.to_numpy(), encoded.dictionary.to_pylist()
        first = first_rows(kind, len(codes)).tolist()
        lines = [
            line_at(row) if code < self._before else self._lines[code - self._before]
            for code, row in zip(codes, first, strict=True)
        ]
        return lines, kind, np.bincount(kind, minlength=len(codes))
