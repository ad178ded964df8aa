"""Files and folders that must not outlive the run: they are known before they exist.

A signal can end the run between any two steps, also between the making of a file and the `try` around it.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

NAMED: list[Path] = []
"""The files of this run that are whole and have got their names."""
_KNOWN: set[Path] = set()


@contextmanager
def half_made_file(folder: Path, stem: str, suffix: str) -> Iterator[Path]:
    """A new, empty, private file in the folder, gone at the end unless it was renamed. Raises OSError."""
    path = folder / f".{stem}-{os.urandom(8).hex()}{suffix}"
    with _known(path):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        yield path


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """A new, private folder for temporary files, gone at the end."""
    path = Path(tempfile.gettempdir()) / f"tollsheet-{os.urandom(8).hex()}"
    with _known(path):
        path.mkdir(0o700)
        yield path


def remove_half_made() -> None:
    """Remove what is left; for the very end of a run."""
    for path in [*_KNOWN]:
        _remove(path)


@contextmanager
def _known(path: Path) -> Iterator[None]:
    _KNOWN.add(path)
    try:
        yield
    finally:
        _remove(path)
        _KNOWN.discard(path)


def _remove(path: Path) -> None:
    """On Windows a file may be held a little longer: then it stays."""
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):
            path.unlink()
