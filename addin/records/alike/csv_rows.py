"""The rows of a CSV table for reading in columns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from addin.records.alike.csv import Block, CsvText, parsed
from addin.records.alike.given import Columns, Given, NotPlain
from addin.records.alike.texts import are_one
from addin.records.tables import BadRow, Row, Table

Cells = dict[int, Any]
"""Arrow arrays, by the place of their column."""


class CsvRows:
    """Each batch is a block of the text with an arrow table of its cells."""

    def __init__(self, table: Table, name: str, columns: Columns) -> None:
        self._text, self._columns = CsvText(table, name), columns
        self._blocks: list[Block] = []
        self._place = {key: place for place, key in enumerate(self._text.keys)}
        self._constant = frozenset[int]()
        """The alike columns that held one text in a block: in the next ones it is sooner seen that they hold
        one still than looked up row by row."""

    def coming(self) -> Iterator[Block]:
        return self._text.blocks()

    def made(self, block: Block, /) -> tuple[Block, Cells]:
        constant, alike = self._constant, {self._place[key] for key in self._columns.alike}
        wanted = sorted(alike | {self._place[key] for key in self._columns.own})
        table = parsed(block, len(self._text.keys), wanted, sorted(alike - constant))
        cells = {place: _whole(table.column(str(place))) for place in wanted}
        cells |= {place: _encoded(cells[place]) for place in alike & constant}
        self._constant = frozenset(place for place in alike if len(cells[place].dictionary) == 1)
        return block, cells

    def given(self, batch: tuple[Block, Cells], /) -> Given:
        block, cells = batch
        rows = len(next(iter(cells.values())))
        self._blocks.append(replace(block, whole=b""))
        ends = None if rows == block.rows else block.ends()
        places = None
        if ends is not None:
            places = np.flatnonzero(block.width(ends) == len(self._text.keys))
            if len(places) != rows:
                raise NotPlain

        def row(place: int) -> Iterator[tuple[int, Row | BadRow]]:
            nonlocal ends
            if ends is None:
                ends = block.ends()
            start = int(ends[place - 1]) if place else 0
            return self._text.rows(block.text[start : ends[place]], block.number + place)

        named = {key: cells[self._place[key]] for key in (*self._columns.own, *self._columns.alike)}
        return Given(named, rows, block.number + 1, block.rows, places, block.share, row)

    def again(self, numbers: NDArray[np.int64], /) -> Iterator[tuple[int, Row | BadRow]]:
        before = np.array([block.number for block in self._blocks])
        where = np.unique(np.searchsorted(before, numbers) - 1).tolist()
        for block in self._text.again([self._blocks[each] for each in where]):
            ends = np.concatenate(([0], block.ends()))
            its = numbers[(numbers > block.number) & (numbers <= block.number + block.rows)]
            pieces = (block.text[ends[at - 1] : ends[at]] for at in (its - block.number).tolist())
            read = self._text.rows(b"".join(pieces), 0)
            for number, (_, row) in zip(its.tolist(), read, strict=True):
                yield number, row


def _encoded(column: Any) -> Any:
    """Its different texts, and which of them each row has."""
    import pyarrow as pa

    if not are_one(column):
        return column.dictionary_encode()
    return pa.DictionaryArray.from_arrays(np.zeros(len(column), np.int32), column.slice(0, 1))


def _whole(column: Any) -> Any:
    """The one array of a column that is in one piece, or in none."""
    return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()
