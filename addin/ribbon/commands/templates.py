"""The command New from template: a copy of a blank template, as a new workbook that is not saved yet."""

from __future__ import annotations

from addin.errors import TollsheetError
from addin.hosts.blank_templates import blank_path
from addin.ribbon.desk import Desk
from templates.blank.made import BLANKS, Blank
from templates.shared.book import GUIDE

QUESTION = "\n".join(
    ["Which template? Write its number.", "", *(f"{at}  {one.title}" for at, one in enumerate(BLANKS, 1))]
)
"""Excel shows no more than 255 signs of a question."""


def new_from_template(desk: Desk) -> str:
    """Ask which template is meant, and open a copy of it. The workbook that is open stays as it is."""
    blank = _meant(desk.ask_for_text(QUESTION, "1"))
    desk.say("opening the template")
    desk.program.open_copy(blank_path(blank))
    return (
        f'A new workbook was opened from the template "{blank.title}". Begin with its sheet {GUIDE}; '
        "it is not saved yet."
    )


def _meant(answer: str) -> Blank:
    """The template of a number, a name or a title."""
    wanted = answer.strip().casefold()
    for number, one in enumerate(BLANKS, 1):
        if wanted in (str(number), one.name.casefold(), one.title.casefold()):
            return one
    raise TollsheetError(
        f'There is no template "{answer.strip()[:40]}"',
        f"Press the button again, and write a number from 1 to {len(BLANKS)}.",
    )
