"""The lines of the call log as every rule asks for them: sums by what they share, and single ones in order.

A question that only looks at what lines share (step, status, cost) is asked through `counted`, `select` and
the sums. A log of millions keeps one line for all that are alike (`alike_lines.py`) and answers the same
questions without looking at each row; here each line stands for itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import TypeVar, overload

from addin.reconcile.lines import LogLine, expected_of
from addin.reconcile.measure import Measure, Running

K = TypeVar("K", bound=Hashable)

Wanted = Callable[[LogLine], bool]
"""Whether lines like this one are meant: it looks at nothing that is a row's own (id, numbers, start)."""
Moved = Callable[[LogLine], timedelta]
"""By how much the start of lines like this one is moved."""

HALF_HOUR = timedelta(minutes=30)


class LogLines(Sequence[LogLine]):
    """Lines in the order of the log, each for itself."""

    def __init__(self, lines: Iterable[LogLine]) -> None:
        self._lines = list(lines)

    def __len__(self) -> int:
        return len(self._lines)

    @overload
    def __getitem__(self, index: int) -> LogLine: ...
    @overload
    def __getitem__(self, index: slice) -> list[LogLine]: ...
    def __getitem__(self, index: int | slice) -> LogLine | list[LogLine]:
        return self._lines[index]

    def __iter__(self) -> Iterator[LogLine]:
        return iter(self._lines)

    def counted(self) -> Iterator[tuple[LogLine, int]]:
        """Each line with the number of rows that it stands for. Of one that stands for several, the id, the
        numbers, the start and the place are those of the first row."""
        return ((line, 1) for line in self._lines)

    def select(
        self,
        wanted: Wanted | None = None,
        since: datetime | None = None,
        before: datetime | None = None,
        moved: Moved | None = None,
    ) -> LogLines:
        """The wanted lines whose start, moved or not, lies in a half open span."""

        def is_in(line: LogLine) -> bool:
            at = line.call.started_at + moved(line) if moved else line.call.started_at
            return (since is None or at >= since) and (before is None or at < before)

        lines = self._lines if wanted is None else filter(wanted, self._lines)
        return LogLines(lines if since is before is None else filter(is_in, lines))

    def with_ids(self, ids: Collection[str]) -> list[LogLine]:
        """Those with one of these call ids."""
        return [line for line in self._lines if line.call.call_id in ids]

    def total(self, of: Callable[[LogLine], Measure] = expected_of) -> Measure:
        """The sum of a figure of each."""
        whole = Running()
        for line, times in self.counted():
            whole.add(of(line), times)
        return whole.whole()

    def totals(
        self, key: Callable[[LogLine], K | None], of: Callable[[LogLine], Measure] = expected_of
    ) -> dict[K, Measure]:
        """The sums by a key that lines share; lines without one are left out."""
        sums: dict[K, Running] = {}
        for line, times in self.counted():
            its = key(line)
            if its is not None:
                if its not in sums:
                    sums[its] = Running()
                sums[its].add(of(line), times)
        return {its: one.whole() for its, one in sums.items()}

    def by_day(
        self, key: Callable[[LogLine], K], of: Callable[[LogLine], Measure] = expected_of
    ) -> dict[tuple[date, K], Measure]:
        """The sums of a figure, by the day of the start in UTC and by a key that lines share."""
        return self.totals(lambda line: (line.call.started_at.date(), key(line)), of)

    def days(self) -> Counter[date]:
        """How many start on each day in UTC."""
        return Counter(line.call.started_at.date() for line in self._lines)

    def slots(self) -> Counter[datetime]:
        """How many start in each half hour."""
        found = Counter[datetime]()
        for line in self._lines:
            start = line.call.started_at
            found[start.replace(minute=start.minute // 30 * 30, second=0, microsecond=0)] += 1
        return found

    def ends(self) -> tuple[datetime, datetime] | None:
        """The first and the last start; None without lines."""
        starts = [line.call.started_at for line in self._lines]
        return (min(starts), max(starts)) if starts else None

    def longest_pause(self) -> timedelta:
        """Between two starts that follow each other."""
        starts = sorted(line.call.started_at for line in self._lines)
        return max((after - one for one, after in pairwise(starts)), default=timedelta(0))

    def all_at_midnight(self) -> bool:
        """Whether no start has a time of day."""
        return all(line.call.started_at.time() == time() for line in self._lines)
