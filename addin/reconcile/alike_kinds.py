"""The lines of millions of rows: one for all that share everything the rules ask for.

What differs row by row (the start) stands in arrays, so that a sum takes a pass over integers in place of a
walk over objects.
"""

from __future__ import annotations

from abc import abstractmethod
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from copy import copy
from datetime import date, datetime
from functools import cached_property, partial
from typing import Self, overload

import numpy as np
from numpy.typing import NDArray

from addin.reconcile import alike_starts
from addin.reconcile.alike_sums import Figures, Integers
from addin.reconcile.each_line import Figure, K, L, Lines, Moved, Wanted
from addin.reconcile.measure import Measure
from addin.records import since_1970
from addin.records.alike.calls import AlikeCalls
from addin.records.alike.threads import at_once, blocks


class AlikeKinds(Lines[L]):
    """Rows of `calls`, each with the line that stands for all that are like it.

    `kinds` stand in the order of their first rows. A kind of one row is that row's own line. A selection by
    what lines share is one of kinds: its rows are looked for when something asks for them.
    """

    def __init__(
        self,
        kinds: list[L],
        kind: NDArray[np.int32],
        counts: Integers,
        calls: AlikeCalls,
        compared_us: Integers | None = None,
    ) -> None:
        """`counts` says of how many rows each kind is; `compared_us` when each row starts as it is compared,
        if that is not its own start."""
        self.kinds = kinds
        self.kind = kind
        """Of each row."""
        self.calls = calls
        self.compared_us = calls.started_us if compared_us is None else compared_us
        self._counts = counts
        self._single = self._counts == 1
        self._known_rows: Integers | None = None
        self._is_all = True
        self._kept_figures: list[Figures] = []
        """None or one, which a selection has in common with all. Totals are asked for once both sides are
        settled: from then on no figure changes."""
        self._whole: Self | None = None
        """That of whose kinds these are some."""

    @abstractmethod
    def _line_of(self, row: int, kind: L) -> L:
        """The line of a row, of one of several that are alike."""

    def __len__(self) -> int:
        return int(self._counts.sum())

    @overload
    def __getitem__(self, index: int) -> L: ...
    @overload
    def __getitem__(self, index: slice) -> list[L]: ...
    def __getitem__(self, index: int | slice) -> L | list[L]:
        rows = range(len(self)) if self._is_all else self._rows
        if isinstance(index, slice):
            return [self.line_at(int(row)) for row in rows[index]]
        return self.line_at(int(rows[index]))

    def __iter__(self) -> Iterator[L]:
        return map(self.line_at, range(len(self)) if self._is_all else self._rows.tolist())

    def line_at(self, row: int) -> L:
        """The line of a row of the file."""
        kind = int(self.kind[row])
        line = self.kinds[kind]
        return line if self._single[kind] else self._line_of(row, line)

    @property
    def _rows(self) -> Integers:
        """The positions of the rows in their file."""
        if self._known_rows is None:
            is_meant = self._counts > 0

            def found(block: slice) -> Integers:
                return np.asarray(np.flatnonzero(is_meant.take(self.kind[block])) + block.start)

            among = blocks(len(self.kind)) if is_meant.any() else []
            self._known_rows = np.concatenate([np.zeros(0, np.int64), *at_once(found, among)])
        return self._known_rows

    @property
    def rows(self) -> Integers:
        """The same, of all rows too."""
        return np.arange(len(self.kind)) if self._is_all else self._rows

    def _parts(self) -> list[alike_starts.Part]:
        among = self.kind if self._known_rows is None else self._known_rows
        return [partial(self._part, block) for block in blocks(len(among))]

    def _part(self, block: slice) -> tuple[Integers, NDArray[np.int32]]:
        """Starts and kinds of the rows of a block, or of the known rows."""
        if self._known_rows is not None:
            rows = self._known_rows[block]
            return self.compared_us[rows], self.kind[rows]
        starts, kind = self.compared_us[block], self.kind[block]
        if self._is_all:
            return starts, kind
        meant = (self._counts > 0)[kind]
        return starts[meant], kind[meant]

    def counted(self) -> Iterator[tuple[L, int]]:
        met = np.flatnonzero(self._counts)
        return zip(self._of(met), self._counts[met].tolist(), strict=True)

    def _of(self, kinds: Integers) -> Iterator[L]:
        """The lines of some kinds."""
        return (
            iter(self.kinds) if len(kinds) == len(self.kinds) else map(self.kinds.__getitem__, kinds.tolist())
        )

    def select(
        self,
        wanted: Wanted[L] | None = None,
        since: datetime | None = None,
        before: datetime | None = None,
        moved: Moved[L] | None = None,
    ) -> Self:
        lines = self if wanted is None else self._of_kinds(wanted)
        return lines if since is before is None else lines._between(since, before, moved)

    def _of_kinds(self, wanted: Wanted[L]) -> Self:
        met = np.flatnonzero(self._counts)
        is_wanted = np.fromiter(map(wanted, self._of(met)), np.bool_, len(met))
        left = met[~is_wanted]
        if not len(left):
            return self
        lines = copy(self)
        lines._whole, lines._is_all = self if self._whole is None else self._whole, False
        lines._counts = self._counts.copy()
        lines._counts[left] = 0
        if self._known_rows is not None:
            rows = self._known_rows
            lines._known_rows = rows[lines._counts[self.kind[rows]] > 0]
        return lines

    def _between(self, since: datetime | None, before: datetime | None, moved: Moved[L] | None) -> Self:
        by = np.zeros(len(self.kinds), np.int64)
        met = np.flatnonzero(self._counts)
        if moved is not None:
            by[met] = [since_1970.length_us(moved(line)) for line in self._of(met)]
        known, is_meant = self._known_rows, self._counts > 0

        def found(block: slice) -> Integers:
            rows = block if known is None else known[block]
            kind = self.kind[rows]
            at = alike_starts.between(self.calls.started_us[rows], kind, by, since, before)
            at = at[is_meant[kind[at]]]
            return at + block.start if known is None else known[block][at]

        whole = blocks(len(self.kind if known is None else known))
        lines = copy(self)
        lines._known_rows = np.concatenate([np.zeros(0, np.int64), *at_once(found, whole)])
        lines._counts = np.bincount(self.kind[lines._known_rows], minlength=len(self.kinds))
        lines._whole, lines._is_all = None, False
        lines.__dict__.pop("_by_kind_and_day", None)
        return lines

    def with_ids(self, ids: Collection[str]) -> list[L]:
        if not ids:
            return []
        import pyarrow as pa
        import pyarrow.compute as pc

        found = pc.is_in(self.calls.call_id, value_set=pa.array([*ids], pa.string()))
        rows = np.flatnonzero(found.to_numpy())
        rows = rows if self._is_all else rows[np.isin(rows, self._rows)]
        return [self.line_at(row) for row in rows.tolist()]

    def total(self, of: Figure[L] | None = None) -> Measure:
        met = np.flatnonzero(self._counts)
        [whole] = self._sums(of, met, self._counts[met], np.zeros(len(met), np.int64), 1)
        return whole

    def totals(self, key: Callable[[L], K | None], of: Figure[L] | None = None) -> dict[K, Measure]:
        met = np.flatnonzero(self._counts)
        key_of, keys = self._keys(key)
        sums = self._sums(of, met, self._counts[met], key_of[met], len(keys))
        return {its: whole for its, whole in zip(keys, sums, strict=True) if its is not None}

    def _keys(self, key: Callable[[L], K]) -> tuple[Integers, list[K]]:
        """Of each kind the place of its key among all."""
        places: dict[K, int] = {}
        key_of = np.zeros(len(self.kinds), np.int64)
        met = np.flatnonzero(self._counts)
        key_of[met] = [places.setdefault(key(line), len(places)) for line in self._of(met)]
        return key_of, list(places)

    def _sums(
        self, of: Figure[L] | None, kinds: Integers, counts: Integers, group: Integers, groups: int
    ) -> list[Measure]:
        """Of each group. What a kind adds to the total is asked for again and again, and kept."""
        if of is None:
            if not self._kept_figures:
                self._kept_figures.append(Figures([*map(self.figure_of, self.kinds)]))
            return self._kept_figures[0].sums(kinds, counts, group, groups)
        met = np.flatnonzero(self._counts)
        place = np.zeros(len(self.kinds), np.int64)
        place[met] = np.arange(len(met))
        return Figures([*map(of, self._of(met))]).sums(place[kinds], counts, group, groups)

    @cached_property
    def _by_kind_and_day(self) -> tuple[Integers, Integers, Integers]:
        return alike_starts.kinds_and_days(self._parts(), len(self.kinds))

    def _kinds_and_days(self) -> tuple[Integers, Integers, Integers]:
        kinds, days, counts = (self if self._whole is None else self._whole)._by_kind_and_day
        met = self._counts[kinds] > 0
        return kinds[met], days[met], counts[met]

    def by_day(self, key: Callable[[L], K], of: Figure[L] | None = None) -> dict[tuple[date, K], Measure]:
        if not len(self):
            return {}
        key_of, keys = self._keys(key)
        kinds, days, counts = self._kinds_and_days()
        first, length = int(days.min()), int(days.max() - days.min()) + 1
        group, at = np.unique(key_of[kinds] * length + (days - first), return_inverse=True)
        sums = self._sums(of, kinds, counts, at, len(group))
        return {
            (since_1970.day(first + one % length), keys[one // length]): whole
            for one, whole in zip(group.tolist(), sums, strict=True)
        }

    def days(self) -> Counter[date]:
        _, days, counts = self._kinds_and_days()
        met, at = np.unique(days, return_inverse=True)
        sums = np.zeros(len(met), np.int64)
        np.add.at(sums, at, counts)
        return Counter(dict(zip(map(since_1970.day, met.tolist()), sums.tolist(), strict=True)))
