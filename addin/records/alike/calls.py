"""Calls in columns: most calls of a month say the same as many others but for a few fields of their own.

A million calls as a million objects take gigabytes and a minute. What is alike is therefore kept once, as one
`Call` for all rows that say it; of each row there is only what is its own: id, numbers, start and place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from addin.records.call import Call, Place

Texts = Any
"""A pyarrow ChunkedArray of strings, one for each call."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


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

    def shown(self, index: int, kind: Call | None = None) -> Call:
        """The call at a position without reading it again: all but `updated_at`, `parent_id` and
        `row_values`, unless it was read by itself. `kind` takes the place of its own."""
        one = kind or self.kinds[self.kind[index]]
        return replace(
            one,
            place=Place(one.place.file, int(self.rows[index])),
            call_id=self.call_id[index].as_py(),
            from_number=self.from_number[index].as_py(),
            to_number=self.to_number[index].as_py(),
            started_at=_EPOCH + timedelta(microseconds=int(self.started_us[index])),
        )
