"""The bytes of a text file as UTF-8, whatever it is written in."""

from __future__ import annotations

import codecs
from typing import Any, Protocol

from addin.records.looked_through import FALLBACK, NotLookedThrough
from addin.records.source import Source

MARK_LENGTHS = {"utf-8": 0, "utf-8-sig": len(codecs.BOM_UTF8)}
"""What stands before the text, of the encodings that need no other form."""


class _Bytes(Protocol):
    def read(self, size: int, /) -> bytes: ...


def as_utf8(file: Any, source: Source) -> _Bytes:
    if source.encoding not in MARK_LENGTHS:
        return _Recoded(file, source.encoding)
    file.read(MARK_LENGTHS[source.encoding])
    return file  # type: ignore[no-any-return]


class _Recoded:
    """A file in another encoding, as UTF-8."""

    def __init__(self, file: Any, encoding: str) -> None:
        errors = "replace" if encoding == FALLBACK else "strict"
        self._file, self._decoder = file, codecs.getincrementaldecoder(encoding)(errors)

    def read(self, size: int, /) -> bytes:
        chunk = self._file.read(size)
        return self._decoder.decode(chunk, final=not chunk).encode()


def refuse_other_encoding(text: bytes, source: Source, *, is_ascii: bool) -> None:
    """Raises NotLookedThrough where whole rows of a file are not in the encoding that is presumed."""
    if source.is_presumed and not is_ascii:
        try:
            text.decode()
        except UnicodeDecodeError:
            raise NotLookedThrough from None
