"""The text of a CSV table in blocks of whole rows that arrow can part as the reader of single rows does.

Only text of which that is known is read so: in it every quote opens at the beginning of a value or closes at
its end, or is doubled between those. All else is refused, for the row-by-row reader.
"""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from addin.errors import TollsheetError
from addin.records.alike.given import NotPlain
from addin.records.alike.signs import CR, LF, QUOTE, Signs, signs_of
from addin.records.alike.utf8 import MARK_LENGTHS, as_utf8, refuse_other_encoding
from addin.records.tables import (
    DELIMITERS,
    BadRow,
    Row,
    Table,
    begin,
    fold,
    numbered_rows,
    rows_by_column,
)

BLOCK = 1 << 24
PARSED = 1 << 21
"""Bytes that arrow parses in one go: what it makes of them stays near the processor."""
HEAD = 1 << 20
"""In which a header stands."""
LINE = 1 << 16
"""There is a line break in every so many bytes: a value of double the size would be an unclosed quote."""


@dataclass(frozen=True, slots=True)
class Block:
    """Some rows of a file, from the beginning of one to the end of one, in UTF-8."""

    start: int
    """In the file as UTF-8."""
    whole: bytes
    """The text begins it."""
    size: int
    number: int
    """Of the row before the first."""
    rows: int
    """Blank ones too."""
    has_breaks: bool
    """Whether values hold line breaks."""
    delimiter: str
    share: float
    """How much of the file has been read with it."""

    @property
    def text(self) -> memoryview:
        return memoryview(self.whole)[: self.size]

    def ends(self) -> NDArray[np.int64]:
        """Where each row ends."""
        signs = np.frombuffer(self.text, np.uint8)
        breaks = _outside(np.flatnonzero(signs == LF), signs)
        return np.asarray(breaks if signs[-1] == LF else np.append(breaks, self.size - 1)) + 1

    def width(self, ends: NDArray[np.int64]) -> NDArray[np.int64]:
        """The values in each row."""
        signs = np.frombuffer(self.text, np.uint8)
        parted = _outside(np.flatnonzero(signs == ord(self.delimiter)), signs)
        return np.diff(np.searchsorted(parted, ends), prepend=0) + 1


@dataclass(slots=True)
class CsvText:
    """The rows below the header of a table."""

    table: Table
    name: str
    delimiter: str = ""
    keys: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.keys = [fold(header) for header in self.table.headers]

    def blocks(self) -> Iterator[Block]:
        """Raises NotPlain where arrow might part the file, or what follows, in another way, and
        NotLookedThrough where a presumed encoding is not that of a block."""
        source = self.table.source
        assert source is not None
        with source.open_bytes() as file:
            text_after = as_utf8(file, source)
            head = text_after(b"", min(HEAD, BLOCK))  # no longer than a block
            start, number = self._below_header(head), self.table.header_row
            begun = head[start:]
            while True:
                text = text_after(begun, BLOCK)
                is_last, signs = len(text) == len(begun), signs_of(text)
                size = len(text) if is_last else _end_of_rows(text, signs)
                if size:
                    block = self._block(text, size, signs, start, number, source.share_of(file))
                    refuse_other_encoding(memoryview(text)[:size], source, is_ascii=signs.is_ascii)
                    yield block
                    start, number = start + size, number + block.rows
                if is_last:
                    return
                begun = text[size:]
                if len(begun) > 2 * BLOCK:
                    raise NotPlain

    def _block(self, text: bytes, size: int, signs: Signs, start: int, number: int, share: float) -> Block:
        """Of the first so many bytes; `signs` are those of the whole text."""
        if text.startswith(codecs.BOM_UTF8):  # arrow would take it for the mark of a file
            raise NotPlain
        if signs.has_returns and text.count(b"\r", 0, size) != text.count(b"\r\n", 0, size):
            raise NotPlain
        if any(text.find(b"\n", at, at + LINE) < 0 for at in range(0, size - LINE, LINE)):
            raise NotPlain
        is_open = text[size - 1] != LF
        rows, has_breaks = signs.breaks + is_open, False
        if signs.has_quotes:
            each = np.frombuffer(text, np.uint8, size)
            _refuse_odd_quotes(each, ord(self.delimiter))
            breaks = np.flatnonzero(each == LF)
            outside = len(_outside(breaks, each))
            rows, has_breaks = outside + is_open, outside < len(breaks)
        return Block(start, text, size, number, rows, has_breaks, self.delimiter, share)

    def again(self, blocks: Sequence[Block]) -> Iterator[Block]:
        """The same blocks, ascending, with their text."""
        source = self.table.source
        assert source is not None
        if source.encoding not in MARK_LENGTHS:
            starts = {block.start for block in blocks}
            yield from (block for block in self.blocks() if block.start in starts)
            return
        with source.open_bytes() as file:
            for block in blocks:
                file.seek(MARK_LENGTHS[source.encoding] + block.start)
                yield replace(block, whole=file.read(block.size))

    def rows(self, text: memoryview | bytes, number: int) -> Iterator[tuple[int, Row | BadRow]]:
        """The rows of a part of the text, of which so many rows stand before it."""
        lines = io.StringIO(str(text, "utf-8"), newline="")
        return rows_by_column(numbered_rows(iter(lines), number, self.delimiter, self.name), self.keys)

    def _below_header(self, head: bytes) -> int:
        """Where the rows begin."""
        read = 0

        def lines() -> Iterator[str]:
            nonlocal read
            for line in io.StringIO(head[: head.rfind(b"\n") + 1].decode(), newline=""):
                read += len(line.encode())
                yield line

        begun = begin(lines(), self.table.titles)
        try:
            header = None if begun is None else next(numbered_rows(*begun, self.name), None)
        except TollsheetError:
            header = None
        if begun is None or header is None or header[0] != self.table.header_row:
            raise NotPlain
        self.delimiter = begun[2]
        if self.delimiter not in DELIMITERS:
            raise NotPlain
        return read


def parsed(block: Block, width: int, columns: Sequence[int], alike: Sequence[int]) -> Any:
    """An arrow table, in one piece, of the rows that have so many values: of these columns, named by their
    place; the alike ones by the place of each text among the different ones."""
    import pyarrow as pa
    from pyarrow import csv

    types = {str(column): pa.string() for column in columns}
    types |= {str(column): pa.dictionary(pa.int32(), pa.string()) for column in alike}
    try:
        table = csv.read_csv(
            pa.BufferReader(block.text),
            csv.ReadOptions(
                use_threads=False,
                block_size=PARSED,
                column_names=[str(place) for place in range(width)],
            ),
            csv.ParseOptions(
                delimiter=block.delimiter,
                newlines_in_values=block.has_breaks,
                invalid_row_handler=lambda row: "skip",
            ),
            csv.ConvertOptions(
                check_utf8=False, column_types=types, include_columns=[str(column) for column in columns]
            ),
        )
    except pa.ArrowInvalid:
        raise NotPlain from None
    return table.combine_chunks()


def _end_of_rows(text: bytes, signs: Signs) -> int:
    """Where the last row ends that ends in this text; 0 where none does."""
    if not signs.has_quotes:
        return text.rfind(b"\n") + 1
    each = np.frombuffer(text, np.uint8)
    whole = _outside(np.flatnonzero(each == LF), each)
    return int(whole[-1]) + 1 if len(whole) else 0


def _outside(places: NDArray[np.int64], signs: NDArray[np.uint8]) -> NDArray[np.int64]:
    """The places that are in no quotes."""
    quotes = np.flatnonzero(signs == QUOTE)
    if not len(quotes):
        return places
    within: NDArray[np.bool_] = np.searchsorted(quotes, places) % 2 == 1
    return places[~within]


def _refuse_odd_quotes(signs: NDArray[np.uint8], delimiter: int) -> None:
    quotes = np.flatnonzero(signs == QUOTE)
    if not len(quotes):
        return
    if len(quotes) % 2:
        raise NotPlain
    opens, closes = quotes[::2], quotes[1::2]
    is_doubled = opens[1:] == closes[:-1] + 1
    begun, ended = opens[np.append(True, ~is_doubled)], closes[np.append(~is_doubled, True)]
    if (ended - begun).max() >= 2 * LINE:
        raise NotPlain
    before = signs[opens[1:][~is_doubled] - 1]
    after = signs[closes[:-1][~is_doubled] + 1]
    last = signs[closes[-1] + 1 : closes[-1] + 2]
    first = signs[max(opens[0] - 1, 0) : opens[0]]
    if not np.isin(np.concatenate((before, first)), (delimiter, LF)).all():
        raise NotPlain
    if not np.isin(np.concatenate((after, last)), (delimiter, LF, CR)).all():
        raise NotPlain
