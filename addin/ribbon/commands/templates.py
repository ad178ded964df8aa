"""The command New from template: a copy of a blank template, as a new workbook that is not saved yet."""

from __future__ import annotations

from addin.hosts.blank_templates import blank_named, blank_path
from addin.ribbon.desk import Desk
from templates.shared.book import GUIDE


def new_from_template(desk: Desk, template: str) -> str:
    """Open a copy of the template of this name. The workbook that is open stays as it is."""
    blank = blank_named(template)
    desk.say("opening the template")
    desk.program.open_copy(blank_path(blank))
    return (
        f'A new workbook was opened from the template "{blank.title}". Begin with its sheet {GUIDE}; '
        "it is not saved yet."
    )
