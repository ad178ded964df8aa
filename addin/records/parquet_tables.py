"""A Parquet file as a table, read batch by batch; its cells are texts, numbers, times and nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from addin.errors import TollsheetError
from addin.records.source import Source
from addin.records.tables import Cell, Row, Table, fold

BATCH = 1 << 16
"""Rows that are held at a time."""

ParquetFile = Any
"""pyarrow's; it is imported only where a Parquet file is read."""


def parquet_tables(source: Source) -> Sequence[Table]:
    """The one table of a Parquet file."""
    file = open_parquet(source)
    headers = tuple(file.schema_arrow.names)
    keys = [fold(header) for header in headers]

    def rows() -> Iterator[tuple[int, Row]]:
        number = 0
        for batch in batches(source, open_parquet(source), range(file.num_row_groups), None):
            for row in rows_of(batch, keys):
                number += 1
                yield number, row

    return (Table("Parquet", headers, rows, header_row=0, source=source),)


def open_parquet(source: Source) -> ParquetFile:
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError:
        raise TollsheetError(
            f"{source.name} is a Parquet file, and pyarrow is not installed, which reads those",
            'Install it (pip install "tollsheet[large]"), or export the calls as CSV.',
        ) from None
    try:
        if source.is_packed:
            with source.open_bytes() as file:
                return parquet.ParquetFile(pa.BufferReader(file.read()))
        return parquet.ParquetFile(source.path)
    except (pa.ArrowException, OSError) as error:
        raise _damaged(source, error) from None


def batches(
    source: Source, file: ParquetFile, groups: Sequence[int], columns: Sequence[str] | None
) -> Iterator[Any]:
    """Some rows after the other as arrow tables, of all columns or of these."""
    import pyarrow as pa

    coming = file.iter_batches(BATCH, row_groups=list(groups), columns=columns)
    while True:
        try:
            batch = next(coming, None)
            if batch is None:
                return
            table = pa.Table.from_arrays([plain(column) for column in batch.columns], batch.schema.names)
        except (pa.ArrowException, OSError) as error:
            raise _damaged(source, error) from None
        yield table


def rows_of(batch: Any, keys: Sequence[str]) -> Iterator[Row]:
    """The rows of a batch of all columns."""
    columns = [cells_of(column) for column in batch.columns]
    return (dict(zip(keys, cells, strict=True)) for cells in zip(*columns, strict=True))


def plain(column: Any) -> Any:
    """An arrow array as one of values that a cell may hold: a time to the microsecond, text as such."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    kind = column.type
    if pa.types.is_timestamp(kind):
        return pc.cast(column, options=_to_microseconds(pa.timestamp("us", kind.tz)))
    if pa.types.is_duration(kind):
        return pc.cast(column, options=_to_microseconds(pa.duration("us")))
    if pa.types.is_time(kind):
        return pc.cast(column, options=_to_microseconds(pa.time64("us")))
    if pa.types.is_large_string(kind) or pa.types.is_string_view(kind):
        return pc.cast(column, pa.string())
    if pa.types.is_binary(kind) or pa.types.is_large_binary(kind) or pa.types.is_fixed_size_binary(kind):
        texts = (None if cell is None else cell.decode("utf-8", "replace") for cell in column.to_pylist())
        return pa.array(texts, pa.string())
    return column


def _to_microseconds(kind: Any) -> Any:
    import pyarrow.compute as pc

    return pc.CastOptions(kind, allow_time_truncate=True)


def cells_of(column: Any) -> list[Cell]:
    """The values of an arrow array that `plain` gave. A float of 32 bits shows fewer digits than one of 64; a
    time that Python cannot hold is text, to make its own row unreadable, and so is a list of those."""
    import pyarrow as pa

    try:
        cells: list[Cell] = column.to_pylist()
    except (ValueError, OverflowError):
        return list(map(_cell, column))
    if pa.types.is_float16(column.type) or pa.types.is_float32(column.type):
        import numpy as np

        narrow = np.float16 if pa.types.is_float16(column.type) else np.float32
        return [None if cell is None else float(str(narrow(cell))) for cell in cells]
    return cells


def _cell(value: Any) -> Cell:
    try:
        return value.as_py()
    except (ValueError, OverflowError):
        return f"{value.value} microseconds" if hasattr(value, "value") else f"a {value.type}"


def _damaged(source: Source, error: Exception) -> TollsheetError:
    detail = str(error).splitlines()[0][:100] if str(error) else type(error).__name__
    return TollsheetError(
        f"{source.name} is no Parquet file that can be read ({detail})", "Export or download it again."
    )
