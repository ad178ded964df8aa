"""A large table of calls, read with every rule applied once to what is alike.

Rows that agree in all columns that are alike, and in what of their own values decides anything, are a kind:
one stands for all, read by the reader of single rows from these cells. So nothing is decided here: the same
code is asked less often.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from addin.records.alike.calls import AlikeCalls
from addin.records.alike.given import Batches, Columns, Given, Looked, NotPlain, Part
from addin.records.alike.kinds import Kinds
from addin.records.call import Call, Unreadable
from addin.records.fields import Reading
from addin.records.formats import Format, Own
from addin.records.rows import RowReader
from addin.records.source import Source
from addin.records.tables import Table, fold

Item = TypeVar("Item")


@dataclass(slots=True)
class AlikeTable:
    """What a table gave."""

    calls: AlikeCalls
    unreadable: list[Unreadable]
    rows: int


def read_alike(
    name: str, table: Table, found: Format, reading: Reading, on_rows: Callable[[int], None] | None
) -> AlikeTable | None:
    """None, and `reading` as it was, where the table has to be read row by row."""
    if table.source is None or found.own is None or found.read is None:
        return None
    more: set[str] = set()
    if not any(fold(name) in reading.headers for name in found.own.start):
        return None
    while True:
        fresh = reading.copy()
        columns = _columns(found, found.own, fresh, more)
        batches: Batches = _batches_of(table)(table, name, columns)
        calls = _Calls(table.source, batches, RowReader(name, found, fresh), columns)
        try:
            with closing(_ahead(batches.coming())) as coming:
                for batch in coming:
                    calls.read(batches.given(batch))
                    if on_rows:
                        on_rows(calls.rows)
        except NotPlain:
            return None
        except Looked as looked:
            more.add(looked.column)
            continue
        reading.take(fresh)
        return AlikeTable(calls.calls(), calls.unreadable, calls.rows)


def _columns(found: Format, own: Own, reading: Reading, more: Iterable[str]) -> Columns:
    def meant(names: tuple[str, ...]) -> str:
        return next((one for one in map(fold, names) if one in reading.headers), "")

    return Columns(
        call_id=meant(own.call_id),
        from_number=meant(own.from_number),
        to_number=meant(own.to_number),
        parent=meant(own.parent),
        start=meant(own.start),
        clock=meant(own.clock),
        times=tuple(name for name in map(meant, own.times) if name),
        alike=tuple(sorted((found.columns() - own.columns()) & reading.headers.keys() | set(more))),
        time_format=own.time_format,
    )


def _batches_of(table: Table) -> Callable[[Table, str, Columns], Batches]:
    if table.source is not None and table.source.is_parquet:
        from addin.records.alike.parquet import ParquetRows

        return ParquetRows
    if table.kind == "Excel":
        from addin.records.alike.sheet import SheetRows

        return SheetRows
    from addin.records.alike.csv_rows import CsvRows

    return CsvRows


class _Calls:
    """The calls of a table, batch by batch."""

    def __init__(self, source: Source, batches: Batches, rows: RowReader, columns: Columns) -> None:
        self.rows = 0
        self.unreadable: list[Unreadable] = []
        self._source, self._batches, self._reader = source, batches, rows
        self._kinds = Kinds(rows, columns)
        self._parts: list[Part] = []

    def read(self, given: Given) -> None:
        part = self._kinds.read(given)
        self.rows += part.count
        self.unreadable += part.unreadable
        self._parts.append(part)

    def calls(self) -> AlikeCalls:
        import pyarrow as pa

        parts = self._parts
        rows = np.concatenate([np.zeros(0, np.int64), *(part.rows for part in parts)])
        texts = [pa.chunked_array([part.texts[each] for part in parts], pa.string()) for each in range(3)]
        return AlikeCalls(
            tuple(self._kinds.calls),
            np.concatenate([np.zeros(0, np.int32), *(part.kind for part in parts)]),
            np.concatenate([np.zeros(0, np.int64), *(part.started_us for part in parts)]),
            rows,
            texts[0],
            texts[1],
            texts[2],
            partial(self._again, rows),
        )

    def _again(self, rows: NDArray[np.int64], positions: Sequence[int]) -> list[Call]:
        """The calls at these positions, read by themselves."""
        self._source.refuse_change()
        reader = self._reader.without_notes()
        numbers = rows[np.asarray(positions, np.int64)]
        records = (reader.read(number, row) for number, row in self._batches.again(numbers))
        calls = [record for record in records if isinstance(record, Call)]
        assert len(calls) == len(numbers)
        return calls


def _ahead(items: Iterator[Item]) -> Generator[Item, None, None]:
    """The same, each made while the one before is looked at: arrow needs no lock of Python's."""
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(1) as pool:
        coming = pool.submit(next, items, None)
        while (item := coming.result()) is not None:
            coming = pool.submit(next, items, None)
            yield item
