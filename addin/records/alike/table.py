"""A large table of calls, read with every rule applied once to what is alike.

Rows that agree in all columns that are alike, and in what of their own values decides anything, are a kind:
one stands for all, read by the reader of single rows from these cells. So nothing is decided here: the same
code is asked less often.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from addin.records.alike.calls import AlikeCalls
from addin.records.alike.given import Batches, Columns, Looked, NotPlain
from addin.records.alike.grown import Grown
from addin.records.alike.kept_memory import keep_freed_memory
from addin.records.alike.kept_texts import KeptTexts
from addin.records.alike.kinds import Kinds, Scanned
from addin.records.alike.threads import ahead
from addin.records.call import Call, Unreadable
from addin.records.fields import Reading
from addin.records.formats import Format, Own
from addin.records.rows import RowReader
from addin.records.source import Source
from addin.records.tables import Table, fold

ENOUGH_TO_TELL = 1 << 16
"""Rows after which it is known whether many are alike."""


@dataclass(slots=True)
class AlikeTable:
    """What a table gave."""

    calls: AlikeCalls
    unreadable: list[Unreadable]
    rows: int


def read_alike(
    name: str, table: Table, found: Format, reading: Reading, on_rows: Callable[[int, float], None]
) -> AlikeTable | None:
    """None, and `reading` as it was, where the table has to be read row by row."""
    if table.source is None or found.own is None or found.read is None or not found.is_alike:
        return None
    more: set[str] = set()
    if not any(fold(name) in reading.headers for name in found.own.start):
        return None
    keep_freed_memory()
    while True:
        fresh = reading.copy()
        columns = _columns(found, found.own, fresh, more)
        if not columns.call_id:  # without ids any two calls may be one: each is looked at by itself
            return None
        batches: Batches = _batches_of(table)(table, name, columns)
        with closing(_Calls(table.source, batches, RowReader(name, found, fresh), columns)) as calls:
            try:
                with (
                    closing(ahead(batches.coming(), batches.made)) as made,
                    closing(ahead(map(batches.given, made), calls.scanned)) as coming,
                ):
                    for scanned in coming:
                        calls.read(scanned)
                        on_rows(calls.rows, scanned.given.share)
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
        self._texts = KeptTexts()
        self._kind, self._started_us, self._numbers = Grown(np.int32), Grown(np.int64), Grown(np.int64)
        self.scanned = self._kinds.scanned

    def read(self, scanned: Scanned) -> None:
        part = self._kinds.read(scanned)
        self.rows += part.count
        if self.rows > ENOUGH_TO_TELL and len(self._kinds.calls) * 2 > self.rows:
            raise NotPlain  # where few rows are alike, columns beside them are but more to keep
        self.unreadable += part.unreadable
        self._kind.add(part.kind)
        self._started_us.add(part.started_us)
        self._numbers.add(part.rows)
        self._texts.add(part.texts)

    def close(self) -> None:
        self._texts.close()

    def calls(self) -> AlikeCalls:
        rows = self._numbers.whole()
        call_id, from_number, to_number = self._texts.columns()
        return AlikeCalls(
            tuple(self._kinds.calls),
            self._kind.whole(),
            self._started_us.whole(),
            rows,
            call_id,
            from_number,
            to_number,
            partial(_read_again, self._source, self._batches, self._reader.without_notes(), rows),
        )


def _read_again(
    source: Source, batches: Batches, reader: RowReader, rows: NDArray[np.int64], positions: Sequence[int]
) -> list[Call]:
    """The calls at these positions, read by themselves."""
    source.refuse_change()
    numbers = rows[np.asarray(positions, np.int64)]
    records = (reader.read(number, row) for number, row in batches.again(numbers))
    calls = [record for record in records if isinstance(record, Call)]
    assert len(calls) == len(numbers)
    return calls
