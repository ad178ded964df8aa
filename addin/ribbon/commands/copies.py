"""Copies beside the workbook, of what is on the screen, saved or not: the workbook itself stays as it is."""

from __future__ import annotations

from pathlib import Path

from addin.errors import TollsheetError
from addin.hosts.half_made import scratch_folder
from addin.hosts.open_workbook.place import path_of
from addin.hosts.package import Package, read_package
from addin.ribbon.desk import Cancelled, Desk


def place_of(desk: Desk) -> Path:
    """Where the workbook lies. Raises TollsheetError where it has no folder."""
    place = path_of(desk.book)
    if place is None:
        raise TollsheetError(
            f"{desk.book.name} has no folder yet", "Save it on this computer, then try again."
        )
    return place


def package_of(desk: Desk) -> Package:
    """The parts of a file of it. Raises TollsheetError where it would lose its password."""
    desk.say("reading the workbook")
    with scratch_folder() as folder:
        return read_package(desk.program.as_file(desk.book, folder), desk.book.name)


def ask_to_replace(desk: Desk, target: Path) -> None:
    """Ask about a file that is there already; a no ends the command."""
    if target.exists() and not desk.ask(f"{target} exists already. Replace it?"):
        raise Cancelled
