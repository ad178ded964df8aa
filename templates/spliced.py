"""Rows put into the sheets of a finished workbook, where marks stand for them.

They go from the columns of a table through the deflater into the file, a few blocks at a time: as XML they
would fill a gigabyte of memory or of disk. Blocks are made and deflated side by side, by isal where it is
installed, which takes a fraction of the time.
"""

from __future__ import annotations

import os
import re
import zlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from addin.errors import TollsheetError
from templates.streamed import StreamedTable

deflating: Any
try:
    from isal import isal_zlib as deflating

    level = 1
except ImportError:
    deflating, level = zlib, 2

Bytes = bytes | memoryview
OnRows = Callable[[int, float], None]
"""Told how many rows of long tables are in the file, and which share that is of them."""

_SHEETS = "xl/worksheets/"
_MARK = re.compile(rb"(<\?rows \d+ \d+\?>)")
_LARGEST = (1 << 31) - 1
"""Bytes of a part: beyond, the file would have to be of another form."""
_WORKERS = min(4, os.cpu_count() or 1)


def splice(skeleton: Path, path: Path, tables: Sequence[StreamedTable[Any]], on_rows: OnRows) -> None:
    """Write the workbook anew, with the rows of the tables at their marks."""
    every = sum(len(table.rows) for table in tables)
    by_mark = {table.mark.encode(): table for table in tables}
    with (
        ZipFile(skeleton) as source,
        path.open("wb") as file,
        ZipFile(file, "w") as target,
        ThreadPoolExecutor(_WORKERS) as threads,
    ):
        for part in source.infolist():
            copy = ZipInfo(part.filename, part.date_time)
            crc = size = 0
            with target.open(copy, "w"):  # of what is written through it, another sum would be made
                for piece in _deflated(threads, _pieces(part.filename, source.read(part), by_mark)):
                    file.write(piece.deflated)
                    crc, size = deflating.crc32(piece.plain, crc), size + len(piece.plain)
                    piece.note()
                    written = sum(table.written for table in tables)
                    on_rows(written, written / every)
                file.write(_deflater().flush())
            if size > _LARGEST:
                raise TollsheetError(
                    f"The workbook would be too large: {part.filename} has {size / 1e9:.1f} GB",
                    "Make it of fewer calls, such as of one account or of half a month.",
                )
            copy.compress_type, copy.CRC, copy.file_size = ZIP_DEFLATED, crc, size
            copy.compress_size = target.start_dir - copy.header_offset - len(copy.FileHeader())
            file.seek(copy.header_offset)
            file.write(copy.FileHeader())
            file.seek(target.start_dir)


@dataclass(frozen=True, slots=True)
class _Piece:
    plain: Bytes
    deflated: bytes
    note: Callable[[], None]
    """To be called when it is in the file."""


_Make = tuple[Callable[[], Bytes], Callable[[], None]]


def _pieces(name: str, part: bytes, tables: Mapping[bytes, StreamedTable[Any]]) -> Iterator[_Make]:
    """How each piece of a part is made, and what to do when it is in the file."""
    marks = _MARK.split(part) if name.startswith(_SHEETS) else [part]
    for at, piece in enumerate(marks):
        if at % 2 == 0:
            yield partial(bytes, piece), _nothing
        else:
            table = tables[piece]
            for block in table.blocks():
                yield partial(table.xml, block), partial(table.note, block)


def _nothing() -> None:
    pass


def _deflated(threads: ThreadPoolExecutor, pieces: Iterable[_Make]) -> Iterator[_Piece]:
    """The pieces in their order; no more are made ahead than there are threads."""
    waiting: deque[Future[_Piece]] = deque()
    for make, note in pieces:
        waiting.append(threads.submit(_deflate, make, note))
        if len(waiting) > _WORKERS:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


def _deflate(make: Callable[[], Bytes], note: Callable[[], None]) -> _Piece:
    plain = make()
    deflater = _deflater()
    return _Piece(plain, deflater.compress(plain) + deflater.flush(zlib.Z_FULL_FLUSH), note)


def _deflater() -> Any:
    return deflating.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS)
