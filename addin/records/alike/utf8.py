"""The bytes of a text file as UTF-8, whatever it is written in."""

from __future__ import annotations

import codecs
import os
from collections.abc import Callable
from functools import partial
from typing import Any

from addin.records.looked_through import FALLBACK, NotLookedThrough
from addin.records.source import Source

MARK_LENGTHS = {"utf-8": 0, "utf-8-sig": len(codecs.BOM_UTF8)}
"""What stands before the text, of the encodings that need no other form."""


TextAfter = Callable[[bytes, int], bytes]
"""Gives what was read last and is not done with, and behind it the next bytes, about so many. At the end of
the file nothing is behind it."""


def as_utf8(file: Any, source: Source) -> TextAfter:
    if source.encoding in MARK_LENGTHS:
        file.read(MARK_LENGTHS[source.encoding])
        return partial(_joined if source.is_packed else _read_again, file)
    errors = "replace" if source.encoding == FALLBACK else "strict"
    decoder = codecs.getincrementaldecoder(source.encoding)(errors)

    def recoded(begun: bytes, size: int) -> bytes:
        while chunk := file.read(size):
            if more := decoder.decode(chunk):  # none of half a sign
                return begun + more.encode()
        return begun + decoder.decode(b"", final=True).encode()

    return recoded


def _joined(file: Any, begun: bytes, size: int) -> bytes:
    return begun + bytes(file.read(size))


def _read_again(file: Any, begun: bytes, size: int) -> bytes:
    """The end of a row that is read twice is soon read; two texts that are joined are copied."""
    file.seek(-len(begun), os.SEEK_CUR)
    return bytes(file.read(len(begun) + size))


def refuse_other_encoding(text: memoryview, source: Source, *, is_ascii: bool) -> None:
    """Raises NotLookedThrough where whole rows of a file are not in the encoding that is presumed."""
    if source.is_presumed and not is_ascii:
        try:
            str(text, "utf-8")
        except UnicodeDecodeError:
            raise NotLookedThrough from None
