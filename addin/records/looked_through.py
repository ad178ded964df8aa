"""What a file is by its bytes: text in some encoding, a workbook, a Parquet file, or nothing that is read."""

from __future__ import annotations

import codecs
import gzip
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from addin.errors import TollsheetError

CHUNK = 1 << 20
GZIP_MAGIC = b"\x1f\x8b"
ZIP_MAGIC = b"PK\x03\x04"
PDF_MAGIC = b"%PDF"
ODS_TYPE = b"application/vnd.oasis.opendocument"
"""It stands at the beginning of such a zip, unpacked."""
PARQUET_MAGIC = b"PAR1"
OLE_MAGIC = b"\xd0\xcf\x11\xe0"

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
FALLBACK = "cp1252"


@dataclass(frozen=True, slots=True)
class Looked:
    """What was seen."""

    encoding: str = ""
    """Empty of what is no text."""
    magic: bytes = b""
    """How it begins where it is a workbook or a Parquet file instead of text."""
    is_presumed: bool = False
    """Whether the encoding is what the beginning says, and the rest may say otherwise."""


class NotLookedThrough(Exception):
    """The encoding of a file is only presumed, and has to be known."""


def look_through(path: Path, name: str, *, is_packed: bool, presume: bool = False) -> Looked:
    """`presume` is content with the beginning of a long text that is not packed. Raises TollsheetError for
    what cannot be read, and OSError."""
    chunks = _chunks(path, name, is_packed)
    head = next(chunks, b"")
    if not head:
        raise TollsheetError(f"{name} is a packed empty file", "Export it again.")
    if head.startswith(PDF_MAGIC):
        raise TollsheetError(f"{name} is a PDF", "Export it as CSV or .xlsx.")
    if head.startswith(ZIP_MAGIC) and ODS_TYPE in head[:200]:
        raise TollsheetError(f"{name} is an OpenDocument spreadsheet (.ods)", "Save it as .xlsx or CSV.")
    if magic := next((magic for magic in (ZIP_MAGIC, PARQUET_MAGIC) if head.startswith(magic)), b""):
        for _ in chunks:  # to its end: a cut gzip is found here
            pass
        return Looked(magic=magic)
    if head.startswith(OLE_MAGIC):
        raise TollsheetError(
            f"{name} is an old Excel workbook (.xls) or one with a password", "Save it as .xlsx without one."
        )
    encoding = next((encoding for mark, encoding in _MARKS if head.startswith(mark)), "utf-8")
    if encoding != "utf-16" and head[:4096].count(0) * 10 > len(head[:4096]):
        raise TollsheetError(f"{name} is neither text nor .xlsx", "Export it as CSV (UTF-8), JSON or .xlsx.")
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        decoder.decode(head)
        has_more = len(head) == CHUNK
        if presume and has_more and not is_packed and encoding != "utf-16":
            return Looked(encoding, is_presumed=True)
        for chunk in chunks:
            is_plain = encoding != "utf-16" and not decoder.getstate()[0] and chunk.isascii()
            if not is_plain:
                decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        if encoding == "utf-16":
            raise TollsheetError(
                f"{name} is cut in the middle of its UTF-16 text", "Export it again."
            ) from None
        encoding = FALLBACK
        for _ in chunks:
            pass
    return Looked(encoding)


def _chunks(path: Path, name: str, is_packed: bool) -> Iterator[bytes]:
    with gzip.open(path) if is_packed else path.open("rb") as file:
        try:
            while chunk := file.read(CHUNK):
                yield chunk
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise TollsheetError(
                f"{name} is a gzip file that is cut or damaged ({error})",
                "Download it again; nothing was read.",
            ) from None
