"""Calls in columns: most calls of a month say the same as many others but for a few fields of their own.

A million calls as a million objects take gigabytes and a minute. What is alike is therefore kept once, as one
`Call` for all rows that say it; of each row there is only what is its own: id, numbers, start and place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from addin.records import since_1970
from addin.records.call import Call, Place
from addin.records.replacing import replacing

Texts = Any
"""A pyarrow ChunkedArray of strings, one for each call."""
_with_these = replacing(Call, "place", "call_id", "from_number", "to_number", "started_at")


@dataclass(frozen=True, slots=True, eq=False)
class AlikeCalls(Sequence[Call]):
    """The calls of a log in the order of their rows; as a sequence, the very calls that reading them one by
    one gives.

    Of a kind that stands for calls that were read at once, the fields that are each call's own mean nothing:
    `call_id`, `from_number`, `to_number`, `started_at` and the row of `place`; `updated_at`, `parent_id` and
    `row_values` are blank. A call of which more is its own, or that was read by itself, is the only one of
    its kind, and that is the call itself: it has `row_values`.
    """

    kinds: tuple[Call, ...]
    kind: NDArray[np.int32]
    """Of each call, its place in `kinds`."""
    started_us: NDArray[np.int64]
    """Microseconds since 1970, in UTC."""
    rows: NDArray[np.int64]
    """Of the places."""
    call_id: Texts
    from_number: Texts
    to_number: Texts
    read: Callable[[Sequence[int]], list[Call]]
    """The calls at these positions, ascending, whole: read again from their rows."""

    def __len__(self) -> int:
        return len(self.kind)

    @overload
    def __getitem__(self, index: int) -> Call: ...
    @overload
    def __getitem__(self, index: slice) -> list[Call]: ...
    def __getitem__(self, index: int | slice) -> Call | list[Call]:
        if isinstance(index, slice):
            return self.read(range(len(self))[index])
        return self.read([range(len(self))[index]])[0]

    def __iter__(self) -> Iterator[Call]:
        return iter(self.read(range(len(self))))

    def ends(self) -> tuple[datetime, datetime]:
        """The first and the last start, of calls that are not none."""
        return since_1970.instant(int(self.started_us.min())), since_1970.instant(int(self.started_us.max()))

    def counted(self, meant: Callable[[Call], bool]) -> int:
        """How many are of kinds that are meant, which looks at nothing that is a call's own."""
        is_meant = np.array([meant(kind) for kind in self.kinds], np.bool_)
        return int(np.count_nonzero(is_meant[self.kind])) if is_meant.any() else 0

    def shown(self, index: int, kind: Call | None = None) -> Call:
        """The call at a position without reading it again: all but `updated_at`, `parent_id` and
        `row_values`, unless it was read by itself. `kind` takes the place of its own."""
        texts = (texts[index].as_py() for texts in self._texts)
        one = kind or self.kinds[self.kind[index]]
        return _with_own(one, int(self.rows[index]), int(self.started_us[index]), *texts)

    def shown_each(self, indices: Sequence[int]) -> list[Call]:
        """The same of several, sooner."""
        at = np.array(indices, np.int64)
        kinds = (self.kinds[kind] for kind in self.kind[at].tolist())
        own = self.rows[at].tolist(), self.started_us[at].tolist()
        texts = (taken(texts, at).to_pylist() for texts in self._texts)
        return [_with_own(*each) for each in zip(kinds, *own, *texts, strict=True)]

    @property
    def _texts(self) -> tuple[Texts, ...]:
        return self.call_id, self.from_number, self.to_number


def _with_own(kind: Call, row: int, started_us: int, call_id: str, from_number: str, to_number: str) -> Call:
    place, started_at = Place(kind.place.file, row), since_1970.instant(started_us)
    return _with_these(kind, place, call_id, from_number, to_number, started_at)


def starts_of(texts: Texts) -> NDArray[np.int64]:
    """The row with which each chunk begins, and at last how many rows there are."""
    return np.cumsum([0, *map(len, texts.chunks)])


def taken(texts: Texts, rows: NDArray[np.int64]) -> Any:
    """The texts of these rows, as one arrow array. Arrow's own `take` joins all chunks first."""
    import pyarrow as pa

    starts = starts_of(texts)
    order = np.argsort(rows, kind="stable")
    ordered = rows[order]
    ends = np.searchsorted(ordered, starts)
    parts = [
        texts.chunk(at).take(pa.array(ordered[ends[at] : ends[at + 1]] - starts[at]))
        for at in np.flatnonzero(np.diff(ends)).tolist()
    ]
    found = pa.concat_arrays(parts) if parts else pa.array([], pa.string())
    place = np.empty(len(rows), np.int64)
    place[order] = np.arange(len(rows))
    return found.take(pa.array(place))
