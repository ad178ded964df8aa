"""A new workbook, written by XlsxWriter."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from xlsxwriter import Workbook, __version__
from xlsxwriter.exceptions import FileCreateError

from addin.errors import TollsheetError, in_quotes
from addin.hosts.half_made import scratch_folder
from templates.formulas.names import WorkbookWithFunctions
from templates.held import lost
from templates.look import OPTIONS
from templates.workbook import WorkbookToCopy

TESTED = "3.2.3 to 3.3.1"
"""Versions of XlsxWriter that the tests were run with, the oldest and the newest."""


_are_copied: ContextVar[bool] = ContextVar("_are_copied", default=False)


@contextmanager
def for_copying() -> Iterator[None]:
    """Workbooks that are made meanwhile are only to be copied from: their sheets go into an open workbook."""
    before = _are_copied.set(True)
    try:
        yield
    finally:
        _are_copied.reset(before)


@contextmanager
def open_workbook(path: Path) -> Iterator[Workbook]:
    """A new workbook, written when all is done; its half-made sheets never outlive it. Raises TollsheetError
    where rows are not in it.

    It carries the cell functions as names, unless it is made `for_copying`.
    """
    make = WorkbookToCopy if _are_copied.get() else WorkbookWithFunctions
    with scratch_folder() as folder:
        workbook = make(path, {**OPTIONS, "tmpdir": str(folder)})
        yield workbook
        try:
            workbook.close()
        except FileCreateError as error:  # which is no OSError, but made of one
            raise OSError(*error.args[0].args) from error
        if names := lost(workbook.worksheets()):
            raise TollsheetError(
                f"The workbook was not made: XlsxWriter {__version__} leaves out rows of {in_quotes(names)}",
                f"Install a version of XlsxWriter that Tollsheet is tested with: {TESTED}.",
            )
