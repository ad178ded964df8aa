"""The rows of a Parquet file for reading in columns."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from addin.records.alike.given import Columns, Given, NotPlain
from addin.records.parquet_tables import batches, cells_of, open_parquet, rows_of
from addin.records.tables import Row, Table, fold


class ParquetRows:
    """Each batch is the number of the row before it with an arrow table of its cells."""

    def __init__(self, table: Table, name: str, columns: Columns) -> None:
        assert table.source is not None
        self._source, self._columns = table.source, columns
        self._headers = table.headers
        self._keys = [fold(header) for header in table.headers]
        self._count = 0
        self._whole: Iterator[Any] | None = None
        self._whole_before = 0

    def coming(self) -> Iterator[tuple[int, Any]]:
        written = dict(zip(self._keys, self._headers, strict=True))
        if len(written) < len(self._keys) or any("." in header for header in self._headers):
            raise NotPlain  # columns are chosen by name, and a dot parts the names of nested ones
        wanted = [*self._columns.own, *self._columns.alike]
        number = 0
        for batch in self._batches([written[key] for key in wanted]):
            yield number, batch.select([written[key] for key in wanted]).rename_columns(wanted)
            number += batch.num_rows

    def made(self, item: tuple[int, Any], /) -> tuple[int, Any]:
        return item

    def given(self, batch: tuple[int, Any], /) -> Given:
        number, table = batch
        times = {self._columns.start, *self._columns.times}
        cells = {key: _own(_one(table.column(key)), key in times) for key in self._columns.own}
        cells |= {key: _alike(_one(table.column(key))) for key in self._columns.alike}
        if self._columns.clock and not all(
            pa.types.is_string(cells[key].type) for key in (self._columns.start, self._columns.clock)
        ):
            raise NotPlain
        rows: list[Row] = []

        def row(place: int) -> Iterator[tuple[int, Row]]:
            if not rows:
                rows.extend(rows_of(self._whole_batch(number, table.num_rows), self._keys))
            yield number + place + 1, rows[place]

        share = (number + table.num_rows) / self._count
        return Given(cells, table.num_rows, number + 1, table.num_rows, None, share, row)

    def again(self, numbers: NDArray[np.int64], /) -> Iterator[tuple[int, Row]]:
        file = open_parquet(self._source)
        first = 0
        for group in range(file.num_row_groups):
            end = first + file.metadata.row_group(group).num_rows
            its = numbers[(numbers > first) & (numbers <= end)]
            for batch in batches(self._source, file, [group], None) if len(its) else ():
                here = its[(its > first) & (its <= first + batch.num_rows)]
                rows = rows_of(batch.take(pa.array(here - first - 1)), self._keys)
                yield from zip(here.tolist(), rows, strict=True)
                first += batch.num_rows
            first = end

    def _batches(self, columns: list[str] | None) -> Iterator[Any]:
        file = open_parquet(self._source)
        self._count = file.metadata.num_rows
        return batches(self._source, file, range(file.num_row_groups), columns)

    def _whole_batch(self, number: int, count: int) -> Any:
        """All columns of a batch; batches are asked for in their order."""
        if self._whole is None:
            self._whole = self._batches(None)
        for batch in self._whole:
            before, self._whole_before = self._whole_before, self._whole_before + batch.num_rows
            if (before, batch.num_rows) == (number, count):
                return batch
        raise NotPlain


def _one(column: Any) -> Any:
    return column.combine_chunks()


def _own(column: Any, is_time: bool) -> Any:
    """Text, or times; a whole number by its digits, as it is read."""
    kind = column.type
    if pa.types.is_timestamp(kind) and is_time:
        return column
    if pa.types.is_null(kind) or pa.types.is_integer(kind):
        column = pc.cast(column, pa.string())
    elif not pa.types.is_string(kind):
        raise NotPlain
    return pc.fill_null(column, "")


def _alike(column: Any) -> Any:
    """Its values in a dictionary, where a missing one is a value too. A float of -0 is not the one of 0."""
    kind = column.type
    if pa.types.is_floating(kind):
        values = column.to_numpy(zero_copy_only=False)
        if (np.signbit(values) & (values == 0)).any():
            raise NotPlain
        column = column if pa.types.is_float64(kind) else pa.array(cells_of(column), pa.float64())
    elif pa.types.is_nested(kind):
        raise NotPlain
    return pc.dictionary_encode(column, null_encoding="encode")
