"""What is handed over between those who read a table in columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from addin.records.call import Unreadable
from addin.records.tables import BadRow, Row


class Looked(Exception):
    """The reader of rows looked at a column that is not among those known to be looked at."""

    def __init__(self, column: str) -> None:
        self.column = column


class NotPlain(Exception):
    """A table that has to be read row by row."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Folded names; empty of what the file does not have."""

    call_id: str
    from_number: str
    to_number: str
    parent: str
    start: str
    clock: str
    times: tuple[str, ...]
    alike: tuple[str, ...]
    time_format: str

    @property
    def own(self) -> tuple[str, ...]:
        names = (self.call_id, self.from_number, self.to_number, self.parent, self.start, self.clock)
        return tuple(dict.fromkeys(name for name in (*names, *self.times) if name))


@dataclass(frozen=True, slots=True)
class Given:
    """Some rows of a table."""

    cells: dict[str, Any]
    """Arrow arrays by folded column name: strings, of the alike ones dictionaries."""
    count: int
    """Of the cells."""
    first_row: int
    rows: int
    """Those without cells too, which are read by themselves."""
    places: NDArray[np.int64] | None
    """Which of the rows the cells are of; None if of all."""
    share: float
    """How much of the file has been read with them."""
    row: Callable[[int], Iterator[tuple[int, Row | BadRow]]]
    """One of the rows by its place, as the reader of single rows is given it; none if it is blank."""


class Batches(Protocol):
    """The rows of a table, some after the other."""

    def coming(self) -> Iterator[Any]:
        """What `made` makes something of; in one thread at a time, which may be another one."""

    def made(self, item: Any, /) -> Any:
        """What `given` makes something of; several at once, in other threads."""

    def given(self, batch: Any, /) -> Given:
        """One after the other, in their order; in one thread at a time, which may be another one."""

    def again(self, numbers: NDArray[np.int64], /) -> Iterator[tuple[int, Row | BadRow]]:
        """Rows by their numbers, ascending, as the reader of single rows is given them."""


@dataclass(frozen=True, slots=True)
class Part:
    """Of some rows, what each call has of its own, and what is no call."""

    kind: NDArray[np.int32]
    started_us: NDArray[np.int64]
    rows: NDArray[np.int64]
    texts: Sequence[Any]
    """Arrow arrays: ids, from, to."""
    unreadable: list[Unreadable]
    count: int
    """Rows that hold a record, readable or not."""
