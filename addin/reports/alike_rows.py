"""Rows of a report of which many say the same but for a few fields of their own.

A million rows as a million objects take gigabytes. What is alike is kept once, as one row for all of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

from addin.records import since_1970

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

R = TypeVar("R")

OwnValues = Any
"""A pyarrow ChunkedArray of strings; int64 of numpy: microseconds since 1970, in UTC; or int32: days since
1970. A value for each row, none missing."""

_AT_ONCE = 1 << 14


@dataclass(frozen=True, eq=False)
class AlikeRows(Sequence[R], Generic[R]):
    """The rows of a table; as a sequence, every one with all its fields.

    A field that is None in a row of `alike` is None in all rows that it stands for, whatever `own` holds.
    """

    alike: tuple[R, ...]
    code: NDArray[np.int32]
    """Of each row, its place in `alike`."""
    own: Mapping[str, OwnValues]
    """By the name of a field: what is each row's own."""

    def __post_init__(self) -> None:
        for name, values in self.own.items():
            if len(values) != len(self.code):
                raise ValueError(f"{len(self.code)} rows, but {len(values)} values of {name}")
            if getattr(values, "null_count", 0):
                raise ValueError(f"{values.null_count} rows without a value of {name}")

    def __len__(self) -> int:
        return len(self.code)

    @overload
    def __getitem__(self, index: int) -> R: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[R, ...]: ...
    def __getitem__(self, index: int | slice) -> R | tuple[R, ...]:
        if isinstance(index, slice):
            return tuple(self[at] for at in range(len(self))[index])
        at = range(len(self))[index]
        return next(self._between(at, at + 1))

    def __iter__(self) -> Iterator[R]:
        for start in range(0, len(self), _AT_ONCE):
            yield from self._between(start, start + _AT_ONCE)

    @cached_property
    def counts(self) -> Sequence[int]:
        """For how many rows each of `alike` stands."""
        counts = Counter[int]()
        for start in range(0, len(self), _AT_ONCE):
            counts.update(self.code[start : start + _AT_ONCE].tolist())
        return [counts[code] for code in range(len(self.alike))]

    @cached_property
    def shown(self) -> tuple[R, ...]:
        """One row for all that are alike; of its own fields only tells whether there is a value."""
        return tuple(row for row, count in zip(self.alike, self.counts, strict=True) if count)

    def _between(self, start: int, end: int) -> Iterator[R]:
        columns = [(name, values_of(values[start:end])) for name, values in self.own.items()]
        for at, code in enumerate(self.code[start:end].tolist()):
            row: Any = self.alike[code]
            own = {name: column[at] for name, column in columns if getattr(row, name) is not None}
            yield replace(row, **own)


def alike(rows: Sequence[R]) -> Sequence[R]:
    """Rows that say all that these say, but for what is each row's own."""
    return rows.shown if isinstance(rows, AlikeRows) else rows


def counted(rows: Sequence[R]) -> Iterator[tuple[R, int]]:
    """The same, and how many rows each stands for."""
    if isinstance(rows, AlikeRows):
        yield from ((row, count) for row, count in zip(rows.alike, rows.counts, strict=True) if count)
    else:
        yield from ((row, 1) for row in rows)


def values_of(values: OwnValues) -> list[Any]:
    """Values of rows as Python knows them."""
    kind = getattr(values, "dtype", None)
    if kind is None:
        found: list[Any] = values.to_pylist()
        return found
    if kind.itemsize == 8:
        return [*map(since_1970.instant, values.tolist())]
    return [*map(since_1970.day, values.tolist())]
