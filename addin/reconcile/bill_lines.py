"""The lines of the provider's own call records, and what is asked of their starts alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta

from addin.reconcile.each_line import K, Lines
from addin.reconcile.lines import BillLine, billed_of
from addin.reconcile.measure import Measure


class BillLines(Lines[BillLine]):
    """In the order of the bill. A record is compared on the day of the log's call, so that two clocks that
    differ by seconds make no difference at midnight; one without a call on its own."""

    def figure_of(self, line: BillLine) -> Measure:
        return billed_of(line)

    def day_of(self, line: BillLine) -> date:
        return line.compared_on

    def latest(self, key: Callable[[BillLine], K]) -> dict[K, datetime]:
        """The last start of a record, by a key that lines share."""
        found: dict[K, datetime] = {}
        for line in self._lines:
            start, its = line.call.started_at, key(line)
            found[its] = max(start, found.get(its, start))
        return found

    def later_than_log(self) -> Counter[timedelta]:
        """How much later than the log's call records of the same call start; others are left out."""
        return Counter(
            line.call.started_at - line.log.call.started_at for line in self._lines if line.log is not None
        )
