"""A large table of calls, read with every rule applied once to what is alike.

Rows that agree in all columns that are alike, and in what of their own values decides anything, are a kind:
one stands for all, read by the reader of single rows from these cells. So nothing is decided here: the same
code is asked less often.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from addin.records.alike import AlikeCalls
from addin.records.alike_csv import Block, CsvText, NotPlain, parsed
from addin.records.alike_kinds import Columns, Given, Kinds, Looked, Part
from addin.records.call import Call, Unreadable
from addin.records.fields import Reading
from addin.records.formats import Format, Own
from addin.records.rows import RowReader
from addin.records.tables import BadRow, Row, Table, fold

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
        text = CsvText(table, name)
        try:
            blocks = _Blocks(text, RowReader(name, found, fresh), _columns(found, found.own, fresh, more))
            for block, cells in _ahead(blocks.parsed()):
                blocks.read(block, cells)
                if on_rows:
                    on_rows(blocks.rows)
        except NotPlain:
            return None
        except Looked as looked:
            more.add(looked.column)
            continue
        reading.take(fresh)
        return AlikeTable(blocks.calls(), blocks.unreadable, blocks.rows)


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


class _Blocks:
    """The blocks of a table, one after the other."""

    def __init__(self, text: CsvText, rows: RowReader, columns: Columns) -> None:
        self.rows = 0
        self.unreadable: list[Unreadable] = []
        self._text, self._reader, self._columns = text, rows, columns
        self._kinds = Kinds(rows, columns)
        self._parts: list[Part] = []
        self._blocks: list[Block] = []
        self._place = {key: place for place, key in enumerate(text.keys)}

    def parsed(self) -> Iterator[tuple[Block, Any]]:
        """Each block with an arrow table of its cells."""
        alike = {self._place[key] for key in self._columns.alike}
        wanted = sorted(alike | {self._place[key] for key in self._columns.own})
        for block in self._text.blocks():
            yield block, parsed(block, len(self._text.keys), wanted, sorted(alike))

    def read(self, block: Block, table: Any) -> None:
        ends = None if table.num_rows == block.rows else block.ends()
        places = None
        if ends is not None:
            places = np.flatnonzero(block.width(ends) == len(self._text.keys))
            if len(places) != table.num_rows:
                raise NotPlain

        def row(place: int) -> Iterator[tuple[int, Row | BadRow]]:
            nonlocal ends
            if ends is None:
                ends = block.ends()
            start = int(ends[place - 1]) if place else 0
            return self._text.rows(block.text[start : ends[place]], block.number + place)

        cells = {
            key: _whole(table.column(str(self._place[key])))
            for key in (*self._columns.own, *self._columns.alike)
        }
        part = self._kinds.read(Given(cells, table.num_rows, block.number + 1, block.rows, places, row))
        self.rows += part.count
        self.unreadable += part.unreadable
        self._parts.append(part)
        self._blocks.append(replace(block, text=b""))

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
        numbers = rows[np.asarray(positions, np.int64)]
        before = np.array([block.number for block in self._blocks])
        where = np.searchsorted(before, numbers) - 1
        needed = [self._blocks[each] for each in np.unique(where)]
        reader = self._reader.without_notes()
        calls: list[Call] = []
        for block in self._text.again(needed):
            ends = np.concatenate(([0], block.ends()))
            its = numbers[(numbers > block.number) & (numbers <= block.number + block.rows)]
            first = its - block.number - 1
            pieces = (block.text[ends[at] : ends[at + 1]] for at in first.tolist())
            read = self._text.rows(b"".join(pieces), 0)
            for number, (_, row) in zip(its.tolist(), read, strict=True):
                record = reader.read(number, row)
                assert isinstance(record, Call)
                calls.append(record)
        return calls


def _ahead(items: Iterator[Item]) -> Iterator[Item]:
    """The same, each made while the one before is looked at: arrow needs no lock of Python's."""
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(1) as pool:
        coming = pool.submit(next, items, None)
        while (item := coming.result()) is not None:
            coming = pool.submit(next, items, None)
            yield item


def _whole(column: Any) -> Any:
    """One array of an arrow column."""
    import pyarrow as pa

    if pa.types.is_dictionary(column.type):
        column = column.unify_dictionaries()
    return column.combine_chunks()
