"""Which sheets of a workbook are Tollsheet's: a defined name marks a sheet, and follows it when renamed.

The name refers to the cells that Tollsheet filled, so that what a person adds beside them can be told apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from addin.hosts.program import as_rows

REPORT, LOG, BILL, RATES, SETTINGS, HELP = "report", "log", "bill", "rates", "settings", "help"
BILLING, STORAGE, INVESTIGATION, DISPUTES = "billing", "storage", "investigation", "disputes"
CHARGES, ROSTER, RECORDINGS = "charges", "roster", "recordings"
SELECTION = "selection"
"""The sheet on which a person marks whom a billing report is about."""
REPORTS = (REPORT, BILLING, STORAGE, INVESTIGATION, DISPUTES)
"""The first is the reconciliation's."""
SHORT_NAMES = {
    REPORT: "Reconcile",
    BILLING: "Billing",
    STORAGE: "Storage",
    INVESTIGATION: "Investigate",
    DISPUTES: "Dispute",
}
"""Of the reports: beside the name of a sheet that the workbook has already."""
ROLES = (*REPORTS, LOG, BILL, RATES, CHARGES, ROSTER, RECORDINGS, SELECTION, SETTINGS, HELP)
_PREFIX = "tollsheet"
_MARK = re.compile(rf"({_PREFIX}_([a-z]+)_[0-9]+)(?:_([a-z0-9_]+))?")
"""The mark's stem, its role, and what the sheet is called in its report."""
_LOST = "#REF!"
_MOST_READ = 200_000
"""Cells that are read one by one. More are searched, which in Excel passes over hidden ones: a format that
reaches down to the last row makes a sheet's used range that large."""


def marked(book: Any, role: str) -> list[Any]:
    """The sheets of a role, in the order of the workbook."""
    names = {cells.sheet.name for _, cells in _marks(book, role)}
    return [sheet for sheet in book.sheets if sheet.name in names]


def mark(book: Any, role: str, sheet: Any, cells: str = "$A$1", called: str = "") -> str:
    """Make the sheet one of the role, with the cells (an address) that are Tollsheet's; gives the mark.
    `called` is the sheet's name in its report, by which it is known again when a person renames it."""
    taken = {found[1] for name in book.names if (found := _MARK.fullmatch(name.name.casefold()))}
    number = 1
    while f"{_PREFIX}_{role}_{number}" in taken:
        number += 1
    name = f"{_PREFIX}_{role}_{number}" + (f"_{_plain(called)}" if called else "")
    book.names.add(name, f"={quoted(sheet.name)}!{cells}")
    return name


def marks_by_sheet(book: Any, role: str) -> dict[str, list[str]]:
    """The names of the sheets of a role, each with its marks."""
    found: dict[str, list[str]] = {}
    for name, cells in _marks(book, role):
        found.setdefault(cells.sheet.name, []).append(name)
    return found


def names_of(book: Any, role: str, called: Sequence[str]) -> dict[str, str]:
    """What the sheets of a role that are called so in their report are called now."""
    plain = {_plain(name): name for name in called}
    found: dict[str, str] = {}
    for name, cells in _marks(book, role):
        match = _MARK.fullmatch(name.casefold())
        if match and match[3] in plain:
            found.setdefault(plain[match[3]], cells.sheet.name)
    return found


def own_cells(book: Any, role: str) -> dict[str, str]:
    """The names of marked sheets on which a person filled cells outside Tollsheet's, each with the first one,
    such as `N5`."""
    found: dict[str, str] = {}
    for _, ours in _marks(book, role):
        name = ours.sheet.name
        if name not in found and len(ours) > 1 and (place := _first_around(ours)) is not None:
            found[name] = place
    return found


def _first_around(ours: Any) -> str | None:
    """The first filled cell of a sheet outside these."""
    sheet, last, end = ours.sheet, ours.last_cell, ours.sheet.used_range.last_cell
    around = (
        ((1, 1), (ours.row - 1, end.column)),
        ((last.row + 1, 1), (end.row, end.column)),
        ((ours.row, 1), (last.row, ours.column - 1)),
        ((ours.row, last.column + 1), (min(last.row, end.row), end.column)),
    )
    for first, corner in around:
        if first <= corner and first[1] <= corner[1]:
            place = _first_filled(sheet.range(first, corner))
            if place is not None:
                return place
    return None


def quoted(sheet: str) -> str:
    """The name of a sheet as formulas write it.

    >>> quoted("Rob's calls")
    "'Rob''s calls'"
    """
    return "'" + sheet.replace("'", "''") + "'"


def spelled(sheet: str) -> str:
    """The name of a sheet as a person writes it: in quotation marks where it needs them.

    >>> spelled("Board"), spelled("By day")
    ('Board', "'By day'")
    """
    return sheet if re.fullmatch(r"[^\W\d]\w*", sheet) else quoted(sheet)


def is_mark(name: str) -> bool:
    return _role_of(name) is not None


def lost_marks(book: Any) -> list[Any]:
    """The marks of sheets that a person deleted: names that lead nowhere, in whatever is passed on."""
    return [name for name in book.names if is_mark(name.name) and _LOST in (name.refers_to or "")]


def _marks(book: Any, role: str) -> Iterator[tuple[str, Any]]:
    for name in book.names:
        # the copy of a marked sheet has a name of its own scope, `Copy!tollsheet_...`: it is the person's;
        # that of a sheet which the person deleted leads nowhere
        if _role_of(name.name) == role and _LOST not in (name.refers_to or _LOST):
            yield name.name, name.refers_to_range


def _role_of(name: str) -> str | None:
    """
    >>> _role_of("tollsheet_report_1"), _role_of("Tollsheet_storage_12_by_month"), _role_of("tollsheet_x_1")
    ('report', 'storage', None)
    """
    found = _MARK.fullmatch(name.casefold())
    return found[2] if found and found[2] in ROLES else None


def _plain(called: str) -> str:
    """The name of a sheet as a part of a defined name.

    >>> _plain("Day by day"), _plain("Minutes x rate (2)")
    ('day_by_day', 'minutes_x_rate_2')
    """
    return re.sub("[^a-z0-9]+", "_", called.casefold()).strip("_")


def _first_filled(cells: Any) -> str | None:
    if len(cells) > _MOST_READ:
        found = cells.find("*")
        return None if found is None else str(found.get_address(False, False))
    for row, line in enumerate(as_rows(cells.formula), cells.row):  # a formula may show nothing
        for column, text in enumerate(line, cells.column):
            if text not in ("", None):
                return str(cells.sheet.range((row, column)).get_address(False, False))
    return None
