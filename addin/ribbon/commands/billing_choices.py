"""The sheet Billing choices: its marks; made anew while nobody is chosen, and added to after that."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import partial

from addin.billing.billing import Billing
from addin.billing.offers import COUNTRY, LEFT, STRANGER, TEAM, USER, Offer
from addin.billing.people import folded
from addin.errors import TollsheetError
from addin.hosts.open_workbook.marks import SELECTION, mark, marked, marks_by_sheet
from addin.reconcile.wording import counted, listed
from addin.records.values import text_of
from addin.ribbon.desk import Desk
from templates.billing.choices_sheet import HEADS, SHEET, write_choices
from templates.grid import HEADER_ROW
from templates.look import INPUT
from templates.text import cell_text

_MARKED = frozenset(("x", "yes", "y", "1", "true"))
_NOT_MARKED = frozenset(("", "no", "n", "0", "false"))
_NAMED = 5


def marks_on(desk: Desk) -> list[Offer]:
    """What is marked."""
    offers = []
    for sheet in marked(desk.book, SELECTION):
        rows = desk.values(sheet, most_columns=len(HEADS))
        for number, (cell, kind, name, _) in enumerate(rows[HEADER_ROW + 1 :], HEADER_ROW + 2):
            said = text_of(cell).strip().casefold()
            if said in _MARKED:
                offers.append(Offer(text_of(kind), text_of(name)))
            elif said not in _NOT_MARKED:
                raise TollsheetError(
                    f'Sheet "{sheet.name}", A{number}: "{text_of(cell)[:40]}" is no mark',
                    "Write an x, or leave it blank.",
                )
    return offers


def made_anew(desk: Desk, offers: Sequence[Offer], marks: Collection[Offer]) -> str:
    """Make the sheet, or make it anew with what the files name now; marks of countries stay."""
    old = marked(desk.book, SELECTION)
    (sheet,) = desk.add_made(SELECTION, partial(write_choices, offers=offers, marked=marks), old=old)
    return (
        f'Nobody is chosen yet. The sheet "{sheet.name}" lists {counted(len(offers), "choice")}: the teams, '
        "users and countries of the files. Mark with an x whom the report is about (at least one team or "
        "user), and press Billing report again."
    )


def new_among(desk: Desk, offers: Sequence[Offer]) -> list[Offer]:
    """The offers that the sheet does not list, so that nobody can have marked them; none without a sheet."""
    sheets = marked(desk.book, SELECTION)
    there = {
        (text_of(kind), folded(text_of(name)))
        for sheet in sheets
        for _, kind, name, _ in desk.values(sheet, most_columns=len(HEADS))[HEADER_ROW + 1 :]
    }
    return [one for one in offers if sheets and (one.kind, folded(cell_text(one.name))) not in there]


def add_below(desk: Desk, new: Sequence[Offer]) -> str:
    """Write them below the others, unmarked; what a person has on the sheet stays. Says where they stand."""
    if not new:
        return ""
    sheet = marked(desk.book, SELECTION)[0]
    if desk.program.protected_sheets([sheet]):
        return f'The sheet "{sheet.name}" is protected, so that it does not list them.'
    first = max(sheet.used_range.last_cell.row, HEADER_ROW + 1) + 1
    cells = sheet.range((first, 1), (first + len(new) - 1, len(HEADS)))
    cells.number_format = "@"  # a name may read as a number
    cells.value = [[None, one.kind, cell_text(one.name), cell_text(one.more) or None] for one in new]
    sheet.range((first, 1), (first + len(new) - 1, 1)).color = INPUT
    for name in marks_by_sheet(desk.book, SELECTION)[sheet.name]:
        desk.book.names[name].delete()
    ours = sheet.range((1, 1), (first + len(new) - 1, len(HEADS)))
    mark(desk.book, SELECTION, sheet, ours.address, SHEET)
    return f'The sheet "{sheet.name}" lists them now: mark with an x whom the report is to be about, too.'


def said_of(new: Sequence[Offer], billing: Billing) -> list[str]:
    """What is new since the sheet was made, and whether the report is about it."""
    users = [one.name for one in new if one.kind in (USER, LEFT, STRANGER)]
    teams = [] if billing.choices.everyone else [one.name for one in new if one.kind == TEAM]
    countries = [one.name for one in new if one.kind == COUNTRY and billing.countries]
    out = [name for name in users if folded(name) not in billing.chosen]
    counted_too = [name for name in users if folded(name) in billing.chosen]
    groups = (
        ("user", "users", out, "not chosen"),
        ("user", "users", counted_too, "counted with their team or with everyone"),
        ("team", "teams", [one for one in teams if not _is_chosen(one, billing)], "not chosen"),
        ("country", "countries", [one for one in countries if one not in billing.countries], "in Other"),
    )
    said = []
    for one, many, names, what in groups:
        if names:
            count = counted(len(names), f"new {one}", f"new {many}")
            said.append(f"{count} since the choices were made, {what}: {_some(names)}.")
    return said


def _is_chosen(team: str, billing: Billing) -> bool:
    return folded(team) in map(folded, billing.choices.teams)


def _some(names: Sequence[str]) -> str:
    more = [f"{len(names) - _NAMED} others"] if len(names) > _NAMED else []
    return listed([*names[:_NAMED], *more])
