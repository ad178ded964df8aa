"""Which sheets of a workbook are Tollsheet's: a defined name marks a sheet, and follows it when renamed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

REPORT, LOG, BILL, RATES, SETTINGS, HELP = "report", "log", "bill", "rates", "settings", "help"
ROLES = (REPORT, LOG, BILL, RATES, SETTINGS, HELP)
_PREFIX = "tollsheet"
_LOST = "#REF!"


def marked(book: Any, role: str) -> list[Any]:
    """The sheets of a role, in the order of the workbook."""
    names = {sheet.name for _, sheet in _marks(book, role)}
    return [sheet for sheet in book.sheets if sheet.name in names]


def mark(book: Any, role: str, sheet: Any) -> None:
    """Make the sheet one of the role."""
    taken = {name.name.casefold() for name in book.names}
    number = 1
    while f"{_PREFIX}_{role}_{number}" in taken:
        number += 1
    book.names.add(f"{_PREFIX}_{role}_{number}", f"={quoted(sheet.name)}!$A$1")


def unmark(book: Any, role: str, sheets: Sequence[Any]) -> None:
    """Take the marks of sheets away; the sheets stay."""
    names = {sheet.name for sheet in sheets}
    for mark_name, sheet in _marks(book, role):
        if sheet.name in names:
            book.names[mark_name].delete()


def quoted(sheet: str) -> str:
    """The name of a sheet as formulas write it.

    >>> quoted("Rob's calls")
    "'Rob''s calls'"
    """
    return "'" + sheet.replace("'", "''") + "'"


def is_mark(name: str) -> bool:
    return _role_of(name) is not None


def _marks(book: Any, role: str) -> list[tuple[str, Any]]:
    found = []
    for name in book.names:
        # the copy of a marked sheet has a name of its own scope, `Copy!tollsheet_...`: it is the person's
        if _role_of(name.name) == role and _LOST not in (name.refers_to or _LOST):
            found.append((name.name, name.refers_to_range.sheet))
    return found


def _role_of(name: str) -> str | None:
    prefix, _, rest = name.casefold().partition("_")
    role, _, number = rest.rpartition("_")
    return role if prefix == _PREFIX and role in ROLES and number.isdigit() else None
