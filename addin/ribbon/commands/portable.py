"""A copy of the workbook for people without the add-in, beside it."""

from __future__ import annotations

from addin.hosts.portable.portable import default_target, write_portable
from addin.hosts.portable.wording import sentences
from addin.ribbon.commands.copies import ask_to_replace, package_of, place_of
from addin.ribbon.desk import Desk


def make_portable(desk: Desk) -> str:
    """Write the copy; the workbook itself is neither changed nor saved."""
    place = place_of(desk)
    package = package_of(desk)
    target = default_target(place, package.ending)
    ask_to_replace(desk, target)
    desk.say("writing the copy")
    made = write_portable(package, target, force=True, inputs=[place])
    return "\n".join(
        [*sentences(made), f"The copy is {target}, and holds what is on the screen, saved or not."]
    )
