"""The hash of a file, made beside what else is done with it."""

from __future__ import annotations

import hashlib
import os
import sys
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread, get_native_id

from addin.errors import TollsheetError
from addin.records.looked_through import CHUNK

_LAST = 19
"""The rank of what can wait."""


class Hashing(Thread):
    """The hash of a file, made beside what is done with its records: that needs no lock of Python's, and
    leaves a processor idle that the reading of a large file has use for."""

    def __init__(self, path: Path, name: str, stat: os.stat_result) -> None:
        super().__init__(daemon=True)  # what is refused meanwhile does not wait for it
        self._path, self._named, self._digest = path, name, hashlib.sha256()
        self._version = version_of(stat)
        self._error: OSError | TollsheetError | None = None
        self._is_done = False

    def begin(self) -> None:
        if self.ident is None:
            self.start()

    def run(self) -> None:
        _stand_back()
        try:
            with self._path.open("rb") as file:
                while chunk := file.read(CHUNK):
                    self._digest.update(chunk)
            if version_of(self._path.stat()) != self._version:
                raise changed(self._named)
            self._is_done = True
        except (OSError, TollsheetError) as error:
            self._error = error

    def sha256(self) -> str:
        """Raises TollsheetError where the file cannot be read to its end, or was changed before that."""
        self.begin()
        self.join()
        if isinstance(self._error, OSError):
            raise not_read(self._named, self._error)
        if self._error is not None:
            raise self._error
        assert self._is_done
        return self._digest.hexdigest()


def _stand_back() -> None:
    """Let this thread have what the others leave of the processors, where threads can have ranks."""
    if sys.platform == "linux":
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, get_native_id(), _LAST)


@dataclass(frozen=True, slots=True, eq=False)
class Hashed:
    """A hash that is perhaps still being made."""

    hashing: Hashing

    def __call__(self) -> str:
        return self.hashing.sha256()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Hashed) and self() == other()

    def __hash__(self) -> int:
        return hash(self())


def version_of(stat: os.stat_result) -> tuple[int, datetime]:
    """What is another one where a file was changed."""
    return stat.st_size, datetime.fromtimestamp(stat.st_mtime, UTC)


def changed(name: str) -> TollsheetError:
    return TollsheetError(f"{name} was changed while it was read", "Run it again.")


def not_read(name: str, error: OSError) -> TollsheetError:
    return TollsheetError(f"{name} cannot be read: {error.strerror}", "Check its permissions.")
