"""The zip that a workbook file is: its parts in their order, with their dates and how they are packed."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from typing import IO

from addin.errors import TollsheetError

LARGEST = 2 * 1024**3
"""Of all parts together, unpacked: a million rows of 20 columns take about 1 GB."""
_PACKED_TOO_WELL, _FROM = 300, 20 * 1024**2
"""Sheets pack 5 to 40 times; what packs better than this, from this size on, is made to fill memory."""

_OLD_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_SAVE_AGAIN = "Open it in Excel or LibreOffice and save it as .xlsx, or as .xlsm where it has macros."


class ZippedParts:
    """The parts of one file, unpacked as they are asked for."""

    def __init__(self, content: bytes, name: str) -> None:
        """Raises TollsheetError where `content` is no zip, is encrypted, or unpacks to too much."""
        self.name = name
        self._zip = _opened(content, name)
        self.entries = {entry.filename.lstrip("/"): entry for entry in self._zip.infolist()}
        """By the name of the part, without a leading slash."""
        _check_names(name, [entry.filename for entry in self._zip.infolist()])
        _check_sizes(name, self.entries.values())

    def content(self, part: str) -> bytes:
        try:
            return self._zip.read(self.entries[part])
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as error:
            raise TollsheetError(
                f"{self.name} is damaged: its part {part} cannot be unpacked ({error})",
                "Take the file from where it came once more.",
            ) from None


def write_parts(
    target: Path | IO[bytes],
    parts: Iterable[tuple[str, zipfile.ZipInfo | None]],
    content: Callable[[str], bytes],
) -> None:
    """Parts one after the other, each with the date and the packing of its old entry, where it had one."""
    with zipfile.ZipFile(target, "w") as written:
        for part, old in parts:
            entry = zipfile.ZipInfo(part)  # dated 1980, as Excel does it: the same file twice is the same
            entry.compress_type = zipfile.ZIP_DEFLATED
            if old:
                entry.date_time, entry.compress_type = old.date_time, old.compress_type
                entry.external_attr, entry.create_system = old.external_attr, old.create_system
                entry.comment = old.comment
            written.writestr(entry, content(part))


def _opened(content: bytes, name: str) -> zipfile.ZipFile:
    if content.startswith(_OLD_FILE):
        if _ENCRYPTED in content:
            raise TollsheetError(
                f"{name} is encrypted with a password", "Take the password away in Excel and save a copy."
            )
        raise TollsheetError(f"{name} is a workbook in the old .xls format", _SAVE_AGAIN)
    try:
        opened = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise TollsheetError(f"{name} is no Excel workbook, or is cut off", _SAVE_AGAIN) from None
    if any(entry.flag_bits & 1 for entry in opened.infolist()):
        raise TollsheetError(f"{name} is a zip file with a password", _SAVE_AGAIN)
    return opened


def _check_names(name: str, parts: list[str]) -> None:
    """Names of parts differ by more than case; of two that do not, programs take one or the other."""
    folded = [part.lstrip("/").casefold() for part in parts]
    if twice := sorted({part for part in folded if folded.count(part) > 1}):
        raise TollsheetError(f"{name} is damaged: it holds the part {twice[0]} twice", _SAVE_AGAIN)


def _check_sizes(name: str, entries: Collection[zipfile.ZipInfo]) -> None:
    """By the sizes that the file states: no more than these is ever unpacked."""
    for entry in entries:
        if entry.file_size >= _FROM and entry.file_size > _PACKED_TOO_WELL * max(entry.compress_size, 1):
            raise TollsheetError(
                f"{name} is refused: its part {entry.filename} unpacks to {entry.file_size:,} bytes from "
                f"{entry.compress_size:,}, as no workbook does",
                "Ask whoever sent it.",
            )
    if (total := sum(entry.file_size for entry in entries)) > LARGEST:
        raise TollsheetError(
            f"{name} is too large: it unpacks to {total:,} bytes, and at most {LARGEST:,} are read",
            "Split the workbook.",
        )
