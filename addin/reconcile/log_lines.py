"""The lines of the call log, and what is asked of their starts alone."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from addin.reconcile.each_line import Lines
from addin.reconcile.lines import LogLine, expected_of
from addin.reconcile.measure import Measure

HALF_HOUR = timedelta(minutes=30)


class LogLines(Lines[LogLine]):
    """In the order of the log; a call is compared on the day of its start."""

    def figure_of(self, line: LogLine) -> Measure:
        return expected_of(line)

    def day_of(self, line: LogLine) -> date:
        return line.call.started_at.date()

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
