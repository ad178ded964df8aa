"""A new workbook, written by XlsxWriter."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from xlsxwriter import Workbook

from templates.look import OPTIONS


@contextmanager
def open_workbook(path: Path) -> Iterator[Workbook]:
    """A new workbook, written when all is done; its half-made sheets never outlive it."""
    with tempfile.TemporaryDirectory(prefix="tollsheet-") as folder:
        workbook = Workbook(path, {**OPTIONS, "tmpdir": folder})
        yield workbook
        workbook.close()
