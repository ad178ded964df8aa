"""The lines of one side as every rule asks for them: sums by what they share, and single ones in order.

A question that only looks at what lines share (step, status, cost) is asked through `counted`, `select` and
the sums. Of millions one line is kept for all that are alike (`alike_kinds.py`), and the same questions are
answered without looking at each row; here each line stands for itself.
"""

from __future__ import annotations

from abc import abstractmethod
from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Generic, Self, TypeVar, overload

from addin.reconcile.lines import BillLine, LogLine
from addin.reconcile.measure import Measure, Running

K = TypeVar("K", bound=Hashable)
L = TypeVar("L", bound=LogLine | BillLine)

Wanted = Callable[[L], bool]
"""Whether lines like this one are meant: it looks at nothing that is a row's own (id, numbers, start)."""
Moved = Callable[[L], timedelta]
"""By how much the start of lines like this one is moved."""
Figure = Callable[[L], Measure]
"""What lines like this one count; it may be asked of lines that are left out in the end."""


class Lines(Sequence[L], Generic[L]):
    """Lines in the order of their rows, each for itself."""

    def __init__(self, lines: Iterable[L] = ()) -> None:
        self._lines = list(lines)

    @abstractmethod
    def figure_of(self, line: L) -> Measure:
        """What a line adds to its side's total."""

    @abstractmethod
    def day_of(self, line: L) -> date:
        """On which day in UTC it is compared."""

    def __len__(self) -> int:
        return len(self._lines)

    @overload
    def __getitem__(self, index: int) -> L: ...
    @overload
    def __getitem__(self, index: slice) -> list[L]: ...
    def __getitem__(self, index: int | slice) -> L | list[L]:
        return self._lines[index]

    def __iter__(self) -> Iterator[L]:
        return iter(self._lines)

    def counted(self) -> Iterator[tuple[L, int]]:
        """Each line with the number of rows that it stands for. Of one that stands for several, the id, the
        numbers, the start and the place are those of the first row."""
        return ((line, 1) for line in self._lines)

    def select(
        self,
        wanted: Wanted[L] | None = None,
        since: datetime | None = None,
        before: datetime | None = None,
        moved: Moved[L] | None = None,
    ) -> Self:
        """The wanted lines whose start, moved or not, lies in a half open span."""

        def is_in(line: L) -> bool:
            at = line.call.started_at + moved(line) if moved else line.call.started_at
            return (since is None or at >= since) and (before is None or at < before)

        lines = self._lines if wanted is None else filter(wanted, self._lines)
        return type(self)(lines if since is before is None else filter(is_in, lines))

    def of_currency(self, currency: str) -> Self:
        """Those of one currency."""
        return self.select(lambda line: line.currency == currency)

    def with_ids(self, ids: Collection[str]) -> list[L]:
        """Those with one of these call ids."""
        return [line for line in self._lines if line.call.call_id in ids]

    def total(self, of: Figure[L] | None = None) -> Measure:
        """The sum of a figure of each, by default of `figure_of`."""
        figure, whole = of or self.figure_of, Running()
        for line, times in self.counted():
            whole.add(figure(line), times)
        return whole.whole()

    def totals(self, key: Callable[[L], K | None], of: Figure[L] | None = None) -> dict[K, Measure]:
        """The sums by a key that lines share; lines without one are left out."""
        figure = of or self.figure_of
        sums: dict[K, Running] = {}
        for line, times in self.counted():
            its = key(line)
            if its is not None:
                if its not in sums:
                    sums[its] = Running()
                sums[its].add(figure(line), times)
        return {its: one.whole() for its, one in sums.items()}

    def by_day(self, key: Callable[[L], K], of: Figure[L] | None = None) -> dict[tuple[date, K], Measure]:
        """The sums of a figure, by the day on which lines are compared and by a key that they share."""
        return self.totals(lambda line: (self.day_of(line), key(line)), of)

    def days(self) -> Counter[date]:
        """How many are compared on each day."""
        return Counter(map(self.day_of, self._lines))
