"""A new workbook, written by XlsxWriter."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from xlsxwriter import Workbook

from addin.hosts.half_made import scratch_folder
from templates.look import OPTIONS


@contextmanager
def open_workbook(path: Path) -> Iterator[Workbook]:
    """A new workbook, written when all is done; its half-made sheets never outlive it."""
    with scratch_folder() as folder:
        workbook = Workbook(path, {**OPTIONS, "tmpdir": str(folder)})
        yield workbook
        workbook.close()
