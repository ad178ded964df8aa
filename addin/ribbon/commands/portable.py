"""A copy of the workbook for people without the add-in, beside it."""

from __future__ import annotations

from addin.errors import TollsheetError
from addin.hosts.half_made import scratch_folder
from addin.hosts.open_workbook.place import path_of
from addin.hosts.package import read_package
from addin.hosts.portable.portable import default_target, write_portable
from addin.hosts.portable.wording import sentences
from addin.ribbon.desk import Cancelled, Desk


def make_portable(desk: Desk) -> str:
    """Write the copy; the workbook itself is neither changed nor saved."""
    place = path_of(desk.book)
    if place is None:
        raise TollsheetError(
            f"{desk.book.name} has no folder yet", "Save it on this computer, then try again."
        )
    desk.say("reading the workbook")
    with scratch_folder() as folder:
        package = read_package(desk.program.as_file(desk.book, folder), desk.book.name)
    target = default_target(place, package.ending)
    if target.exists() and not desk.ask(f"{target} exists already. Replace it?"):
        raise Cancelled
    desk.say("writing the copy")
    made = write_portable(package, target, force=True, inputs=[place])
    return "\n".join(
        [*sentences(made), f"The copy is {target}, and holds what is on the screen, saved or not."]
    )
