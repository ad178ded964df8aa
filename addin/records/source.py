"""A file before its meaning: its bytes, their hash, whether they are packed, how their text is written.

The whole file is looked through once before it is read, so that a truncated gzip or a broken encoding is
known before the first record is believed. Of a long text that is read block by block each block is.
"""

from __future__ import annotations

import gzip
import io
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO

from addin.errors import TollsheetError
from addin.records.call import SourceFile
from addin.records.hashing import Hashed, Hashing, not_read
from addin.records.looked_through import (
    FALLBACK,
    GZIP_MAGIC,
    PARQUET_MAGIC,
    ZIP_MAGIC,
    Looked,
    NotLookedThrough,
    look_through,
)

ENDINGS = ("csv", "tsv", "txt", "json", "jsonl", "ndjson", "parquet", "xlsx", "xlsm", "gz")
"""How names of files that can be read end. A dialog offers these; what a file is, its content decides."""

_PACKED = 8
"""Times that packed text is shorter, about."""


class NoRecords(TollsheetError):
    """A file in order in which there is nothing: that of a month without calls, or a wrong one."""

    def __init__(
        self, file: str, problem: str, holds: Sequence[str] = (), said: SourceFile | None = None
    ) -> None:
        """`holds` is what its records would be, where its columns tell: `calls`, `usage`, `recordings` …;
        `said` is the file then, as it is listed beside others that have some."""
        self.file = file
        self.holds = tuple(holds)
        self.said = said
        super().__init__(problem, "Export it again, for a month that has some.")


@dataclass(frozen=True, slots=True)
class Source:
    """A file that can be opened: looked through, and found whole."""

    path: Path
    name: str
    """As it is called in places and messages."""
    hashing: Hashing
    size_bytes: int
    modified_at: datetime
    is_packed: bool
    is_workbook: bool
    is_parquet: bool
    encoding: str
    """Empty of what is no text."""
    notes: tuple[str, ...]
    is_presumed: bool = False
    """Whether the encoding is what the beginning says, and the rest may say otherwise."""
    _opened: list[Any] = field(default_factory=list, compare=False, repr=False)
    """The file on disk as it was opened last."""

    @property
    def sha256(self) -> str:
        """Of the bytes on disk, packed or not. Raises TollsheetError where those were no longer the same."""
        return self.hashing.sha256()

    def hashed(self) -> Hashed:
        """The same, asked for as late as can be: it is made meanwhile."""
        self.hashing.begin()
        return Hashed(self.hashing)

    def looked_through(self) -> Source:
        """The same where the encoding is known."""
        looked = _looked(self.path, self.name, is_packed=self.is_packed, presume=False)
        notes = (*_notes_on(looked), *self.notes)
        return replace(self, encoding=looked.encoding, notes=notes, is_presumed=False)

    def refuse_presumed(self) -> None:
        """Raises NotLookedThrough where the encoding is not known."""
        if self.is_presumed:
            raise NotLookedThrough

    def refuse_change(self) -> None:
        """Raises TollsheetError where the file is no longer the one that was looked through."""
        self.hashing.refuse_change()

    def open_bytes(self) -> gzip.GzipFile | io.BufferedReader:
        """The content, unpacked."""
        file = (gzip.open if self.is_packed else Path.open)(self.path, "rb")
        self._opened[:] = [file]
        return file

    @property
    def text_bytes(self) -> int:
        """The length of the content as text; about, where it is packed."""
        return self.size_bytes * (_PACKED if self.is_packed or self.is_parquet else 1)

    def share_of(self, file: gzip.GzipFile | io.BufferedReader) -> float:
        """How much of the bytes on disk was read by one that `open_bytes` gave."""
        on_disk: Any = file.fileobj if isinstance(file, gzip.GzipFile) else file
        return float(on_disk.tell() / self.size_bytes)

    @property
    def share_read(self) -> float:
        """The same of the one that was opened last: 0 where that is closed."""
        return self.share_of(self._opened[0]) if self._opened and not self._opened[0].closed else 0

    def open_text(self) -> TextIO:
        """The content as text; line ends are left as they are written."""
        errors = "replace" if self.encoding == FALLBACK else "strict"
        return io.TextIOWrapper(self.open_bytes(), encoding=self.encoding, errors=errors, newline="")


def open_source(path: Path, name: str, *, presume: bool = False) -> Source:
    """Look a file through; `presume` is content with the beginning of a text. Raises TollsheetError where it
    is missing, empty, cut or of no known kind."""
    if path.is_dir():
        raise TollsheetError(f"{name} is a folder", "Name the files in it.")
    try:
        stat = path.stat()
        with path.open("rb") as file:
            is_packed = file.read(2) == GZIP_MAGIC
    except FileNotFoundError:
        raise TollsheetError(f"{name} is not there", f"Check the path: {path}") from None
    except OSError as error:
        raise not_read(name, error) from None
    if stat.st_size == 0:
        raise TollsheetError(f"{name} is empty (0 bytes)", "Export it again.")
    looked = _looked(path, name, is_packed=is_packed, presume=presume)
    return Source(
        path=path,
        name=name,
        hashing=Hashing(path, name, stat),
        size_bytes=stat.st_size,
        modified_at=datetime.fromtimestamp(stat.st_mtime, UTC),
        is_packed=is_packed,
        is_workbook=looked.magic == ZIP_MAGIC,
        is_parquet=looked.magic == PARQUET_MAGIC,
        encoding=looked.encoding,
        notes=_notes_on(looked),
        is_presumed=looked.is_presumed,
    )


def _looked(path: Path, name: str, *, is_packed: bool, presume: bool) -> Looked:
    try:
        return look_through(path, name, is_packed=is_packed, presume=presume)
    except OSError as error:
        raise not_read(name, error) from None


def _notes_on(looked: Looked) -> tuple[str, ...]:
    return ("read as Windows-1252, because it is not UTF-8",) if looked.encoding == FALLBACK else ()


def reportable(name: str) -> str:
    """A file's name as a report can hold it: a name may be no UTF-8, a report has to be."""
    return os.fsencode(name).decode("utf-8", "replace")


def signed_file(path: Path, what: str, rows: int) -> SourceFile:
    """A file beside the records that decides figures too, as the sign-off lists it."""
    file = open_source(path, reportable(path.name))
    return SourceFile(file.name, "", what, file.sha256, file.size_bytes, rows, file.modified_at, file.notes)


def signed_mappings(paths: Iterable[Path]) -> tuple[SourceFile, ...]:
    """Mapping files, each once, with their lines."""
    return tuple(
        signed_file(path, "column mapping", len(path.read_text("utf-8-sig").splitlines()))
        for path in dict.fromkeys(paths)
    )
