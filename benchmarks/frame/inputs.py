"""Generated inputs, made once and kept in a temporary folder: a million calls take long to write."""

from __future__ import annotations

import getpass
import hashlib
import inspect
import os
import tempfile
from collections.abc import Callable
from pathlib import Path


def folder() -> Path:
    """The folder of this person's inputs, readable by nobody else."""
    place = Path(tempfile.gettempdir()) / f"tollsheet-benchmarks-{getpass.getuser()}"
    place.mkdir(mode=0o700, exist_ok=True)
    if hasattr(os, "getuid") and place.lstat().st_uid != os.getuid():
        raise PermissionError(f"{place} belongs to somebody else: set TMPDIR to another folder")
    return place


def made(name: str, write: Callable[[Path], object], *, within: Path | None = None) -> Path:
    """The file of that name, written by `write` where it is missing or was written by other code.

    The name has to say all that the content depends on beside the code of the file that holds `write`.
    """
    code = inspect.getsourcefile(inspect.unwrap(write))
    mark = hashlib.sha256(Path(code).read_bytes() if code else b"").hexdigest()[:12]
    path = (within or folder()) / f"{mark}-{name}"
    if not path.exists():
        half = path.with_name(f"half-{os.getpid()}-{path.name}")
        try:
            write(half)
            half.replace(path)
        finally:
            half.unlink(missing_ok=True)
    return path
