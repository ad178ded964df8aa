"""How every report is written: its workbook whole or not at all, and rows as a CSV."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Sequence
from importlib.metadata import version
from pathlib import Path

from xlsxwriter import Workbook

from addin.errors import TollsheetError
from addin.hosts.collector import resting_collector
from addin.hosts.files import check_target, write_atomically
from addin.hosts.new_workbook import open_workbook
from templates.spliced import OnRows

Write = Callable[[Workbook, str], None]
"""Writes the sheets of a report into a new workbook, given the version that makes it."""


def write_report(
    path: Path,
    write: Write,
    *,
    force: bool = False,
    inputs: Sequence[Path] = (),
    on_rows: OnRows | None = None,
) -> None:
    """Write the workbook of a report. Raises TollsheetError where it cannot be written; then nothing is
    written over."""
    refuse_other_endings(path)

    def write_file(target: Path) -> None:
        with resting_collector(), open_workbook(target) as workbook:
            if on_rows is not None:
                workbook.on_rows = on_rows
            write(workbook, version("tollsheet"))

    write_atomically(path, force, write_file, inputs)


def check_outputs(
    workbook: Path, *others: Path | None, force: bool = False, inputs: Sequence[Path] = ()
) -> None:
    """Raise TollsheetError, before any work is done, where the workbook or one of the other outputs cannot be
    written, or two are one file."""
    refuse_other_endings(workbook)
    named: set[Path] = set()
    for path in (workbook, *(one for one in others if one)):
        if path.resolve() in named:
            raise TollsheetError(f"{path} is named for two outputs", "Give each a name of its own.")
        named.add(path.resolve())
        check_target(path, force=force, inputs=inputs)


def write_rows(
    path: Path, rows: Iterable[Sequence[str]], *, force: bool = False, inputs: Sequence[Path] = ()
) -> None:
    """Write rows as a CSV that spreadsheet programs open as UTF-8."""

    def write(target: Path) -> None:
        with target.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows(rows)

    write_atomically(path, force, write, inputs)


def refuse_other_endings(path: Path) -> None:
    """Raise TollsheetError where the file is to be no .xlsx."""
    if path.suffix.lower() != ".xlsx":
        raise TollsheetError(f"{path} does not end in .xlsx", "Name an .xlsx file.")
