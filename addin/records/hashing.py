"""The hash of a file, made beside what else is done with it."""

from __future__ import annotations

import atexit
import hashlib
import os
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread, get_native_id
from threading import enumerate as enumerate_threads

from addin.errors import TollsheetError

CHUNK = 1 << 23
_LAST = 19
"""The rank of what can wait."""
_PATIENCE_S = 2
"""At the end of the process, for one that waits for a slow disk."""


class Hashing(Thread):
    """The hash of a file, begun when it has been read, which needs all processors, and made beside what is
    done with its records then, which needs one."""

    def __init__(self, path: Path, name: str, stat: os.stat_result) -> None:
        super().__init__(daemon=True)  # what is refused meanwhile does not wait for it
        self._path, self._named, self._digest = path, name, hashlib.sha256()
        self._read = version_of(stat)
        self._error: OSError | TollsheetError | None = None
        self._is_done = False

    def begin(self) -> None:
        if self.ident is None:
            self.start()

    def refuse_change(self) -> None:
        """Raises TollsheetError where the file is no longer the one that was looked through."""
        if version_of(self._path.stat()) != self._read:
            raise TollsheetError(f"{self._named} was changed while it was read", "Run it again.")

    def run(self) -> None:
        _stand_back()
        try:
            with self._path.open("rb") as file:
                while (chunk := file.read(CHUNK)) and not _is_over.is_set():
                    self._digest.update(chunk)
            self.refuse_change()
            self._is_done = not chunk
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
        if not self._is_done:
            raise RuntimeError(f"{self._named} was not hashed to its end")
        return self._digest.hexdigest()


_is_over = Event()
"""The process ends: who still hashes a file lets go of the library that does so before it is taken down."""


@atexit.register
def _end() -> None:
    _is_over.set()
    for thread in enumerate_threads():
        if isinstance(thread, Hashing):
            thread.join(_PATIENCE_S)


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


def version_of(stat: os.stat_result) -> tuple[int, ...]:
    """What is another one where a file was changed, or another stands in its place."""
    return stat.st_size, stat.st_mtime_ns, stat.st_ino


def not_read(name: str, error: OSError) -> TollsheetError:
    return TollsheetError(f"{name} cannot be read: {error.strerror}", "Check its permissions.")
