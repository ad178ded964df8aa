"""The lines of a log of millions: one for all rows that share everything the rules ask for.

What differs row by row (the start) stands in arrays, so that a sum takes a pass over integers in place of a
walk over objects. All sums are of whole numbers: milliseconds, and amounts in their smallest common part.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from math import lcm
from typing import overload

import numpy as np
from numpy.typing import NDArray

from addin.reconcile.expectation import Rater
from addin.reconcile.lines import LogLine, expected_of
from addin.reconcile.log_lines import HALF_HOUR, K, LogLines, Moved, Span, Wanted
from addin.reconcile.measure import Measure
from addin.records.alike import AlikeCalls

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_US = timedelta(microseconds=1)
_DAY_US = timedelta(days=1) // _US
_HALF_HOUR_US = HALF_HOUR // _US
_MOST = 2**62
"""Sums beyond it do not fit into 64 bits, and are added as Python's own integers."""

Integers = NDArray[np.int64]


class AlikeLines(LogLines):
    """Some rows of `calls`, each with the line that stands for all that are like it.

    `kinds` stand in the order of their first rows. A kind of one row is that row's own line.
    """

    def __init__(
        self, kinds: list[LogLine], kind: NDArray[np.int32], calls: AlikeCalls, rater: Rater
    ) -> None:
        self.kinds = kinds
        self.kind = kind
        self._calls = calls
        self._rater = rater
        self._rows: Integers | None = None
        """The positions of the rows in `calls`; None where these are all."""
        self._single = np.bincount(kind, minlength=len(kinds)) == 1

    def __len__(self) -> int:
        return len(self.kind)

    @overload
    def __getitem__(self, index: int) -> LogLine: ...
    @overload
    def __getitem__(self, index: slice) -> list[LogLine]: ...
    def __getitem__(self, index: int | slice) -> LogLine | list[LogLine]:
        if isinstance(index, slice):
            return [self._line(one) for one in range(len(self))[index]]
        return self._line(range(len(self))[index])

    def __iter__(self) -> Iterator[LogLine]:
        return map(self._line, range(len(self)))

    def _line(self, index: int) -> LogLine:
        line = self.kinds[int(self.kind[index])]
        if self._single[self.kind[index]]:
            return line
        row = index if self._rows is None else int(self._rows[index])
        call = self._calls.shown(row, line.call)
        problem = self._rater.look_up(call)[2] if line.rate_problem else ""
        return replace(line, call=call, rate_problem=problem)

    @property
    def starts(self) -> Integers:
        """Microseconds since 1970, in UTC."""
        return self._calls.started_us if self._rows is None else self._calls.started_us[self._rows]

    @property
    def calls(self) -> AlikeCalls:
        """Of all rows of the log."""
        return self._calls

    def _counts(self) -> Integers:
        return np.bincount(self.kind, minlength=len(self.kinds))

    def counted(self) -> Iterator[tuple[LogLine, int]]:
        counts = self._counts()
        return ((self.kinds[kind], int(counts[kind])) for kind in np.flatnonzero(counts))

    def select(
        self,
        wanted: Wanted | None = None,
        since: datetime | None = None,
        before: datetime | None = None,
        moved: Moved | None = None,
    ) -> LogLines:
        counts = self._counts()
        is_wanted = counts > 0
        if wanted is not None:
            for kind in np.flatnonzero(is_wanted):
                is_wanted[kind] = wanted(self.kinds[kind])
        if since is None and before is None and not np.any((counts > 0) & ~is_wanted):
            return self
        found = is_wanted[self.kind]
        if since is not None or before is not None:
            starts = self.starts
            if moved is not None:
                by = np.zeros(len(self.kinds), np.int64)
                for kind in np.flatnonzero(is_wanted):
                    by[kind] = moved(self.kinds[kind]) // _US
                starts = starts + by[self.kind]
            if since is not None:
                found &= starts >= _us(since)
            if before is not None:
                found &= starts < _us(before)
        return self._at(np.flatnonzero(found))

    def with_ids(self, ids: Collection[str]) -> list[LogLine]:
        import pyarrow as pa
        import pyarrow.compute as pc

        found = pc.is_in(self._calls.call_id, value_set=pa.array([*ids], pa.string()))
        rows = np.flatnonzero(found.to_numpy())
        at = rows if self._rows is None else np.flatnonzero(np.isin(self._rows, rows))
        return [self._line(int(index)) for index in at]

    def _at(self, index: Integers) -> AlikeLines:
        lines = object.__new__(AlikeLines)
        lines.kinds, lines.kind, lines._single = self.kinds, self.kind[index], self._single
        lines._calls, lines._rater = self._calls, self._rater
        lines._rows = index if self._rows is None else self._rows[index]
        return lines

    def by_day(
        self, key: Callable[[LogLine], K], of: Callable[[LogLine], Measure] = expected_of
    ) -> dict[tuple[date, K], Measure]:
        counts = self._counts()
        if not len(self):
            return {}
        keys: dict[K, int] = {}
        key_of = np.zeros(len(self.kinds), np.int64)
        values = [Measure()] * len(self.kinds)
        for kind in np.flatnonzero(counts):
            line = self.kinds[kind]
            key_of[kind] = keys.setdefault(key(line), len(keys))
            values[kind] = of(line)
        day = self.starts // _DAY_US
        first = int(day.min())
        length = int(day.max()) - first + 1
        group = key_of[self.kind] * length + (day - first)
        rows = np.bincount(group, minlength=len(keys) * length)
        sums = _Sums(values, self.kind, group, len(rows))
        names = list(keys)
        return {
            (_day(first + int(at) % length), names[int(at) // length]): sums.at(int(at))
            for at in np.flatnonzero(rows)
        }

    def days(self) -> Counter[date]:
        days, counts = np.unique(self.starts // _DAY_US, return_counts=True)
        return Counter({_day(int(day)): int(count) for day, count in zip(days, counts, strict=True)})

    def slots(self) -> Counter[datetime]:
        slots, counts = np.unique(self.starts // _HALF_HOUR_US, return_counts=True)
        return Counter(
            {_EPOCH + int(slot) * HALF_HOUR: int(count) for slot, count in zip(slots, counts, strict=True)}
        )

    def span(self) -> Span | None:
        if not len(self):
            return None
        starts = np.sort(self.starts)
        pause = int(np.diff(starts).max()) if len(starts) > 1 else 0
        first, last = (_EPOCH + int(one) * _US for one in (starts[0], starts[-1]))
        return Span(first, last, pause * _US)

    def all_at_midnight(self) -> bool:
        return not np.any(self.starts % _DAY_US)


class _Sums:
    """Sums of the measures of rows, group by group."""

    def __init__(self, values: list[Measure], kind: NDArray[np.int32], group: Integers, groups: int) -> None:
        self._part = lcm(*{value.cost.denominator for value in values})
        """Of the currency unit: every cost is a whole number of it."""
        self._ms_part = lcm(*{Fraction(value.ms).denominator for value in values})

        def add(each: list[int]) -> list[int]:
            most = max(map(abs, each), default=0) * len(kind)
            sums = np.zeros(groups, np.int64 if most < _MOST else object)
            np.add.at(sums, group, np.array(each, sums.dtype)[kind])
            return [int(one) for one in sums]

        self._calls = add([value.calls for value in values])
        self._ms = add([int(value.ms * self._ms_part) for value in values])
        self._cost = add([int(value.cost * self._part) for value in values])
        self._unpriced = add([value.unpriced for value in values])

    def at(self, group: int) -> Measure:
        ms = Fraction(self._ms[group], self._ms_part)
        return Measure(
            self._calls[group],
            ms.numerator if ms.denominator == 1 else ms,
            Fraction(self._cost[group], self._part),
            self._unpriced[group],
        )


def _us(instant: datetime) -> int:
    return (instant - _EPOCH) // _US


def _day(number: int) -> date:
    return date(1970, 1, 1) + timedelta(days=number)
