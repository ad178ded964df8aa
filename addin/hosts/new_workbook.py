"""A new workbook, written by XlsxWriter."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from xlsxwriter import Workbook, __version__

from addin.errors import TollsheetError, in_quotes
from addin.hosts.half_made import scratch_folder
from templates.formulas.names import WorkbookWithFunctions
from templates.held import lost
from templates.look import OPTIONS
from templates.workbook import RepeatingWorkbook

TESTED = "3.2.3 to 3.3.1"
"""Versions of XlsxWriter that the tests were run with, the oldest and the newest."""


@contextmanager
def open_workbook(path: Path, *, is_copied: bool = False) -> Iterator[Workbook]:
    """A new workbook, written when all is done; its half-made sheets never outlive it. Raises TollsheetError
    where rows are not in it.

    It carries the cell functions as names, unless its sheets are to be copied into another workbook
    (`is_copied`).
    """
    make = RepeatingWorkbook if is_copied else WorkbookWithFunctions
    with scratch_folder() as folder:
        workbook = make(path, {**OPTIONS, "tmpdir": str(folder)})
        yield workbook
        workbook.close()
        if names := lost(workbook.worksheets()):
            raise TollsheetError(
                f"The workbook was not made: XlsxWriter {__version__} leaves out rows of {in_quotes(names)}",
                f"Install a version of XlsxWriter that Tollsheet is tested with: {TESTED}.",
            )
