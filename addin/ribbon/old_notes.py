"""What people wrote on the report's sheets, read before new ones take their place."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from addin.reports.reconciliation import Note
from templates.reconciliation.wording import title_of

FINDINGS, EARLIER = ("Kind", "What was found", "Status", "Owner", "Note"), "Earlier notes"
_COLUMNS = (
    "Kind",
    "Call id",
    "Place in the log",
    "Place in the bill",
    "What was found",
    "Status",
    "Owner",
    "Note",
)
_HEADER_ROWS = 10


def notes_on(sheets: Sequence[Any]) -> list[Note]:
    """The notes on the sheets of a report: of its findings, and of those of earlier reports."""
    return [note for sheet in sheets for note in _notes(sheet)]


def is_of(sheets: Sequence[Any], month: str) -> bool:
    """Whether the report on these sheets is of that month."""
    return any(sheet["A1"].value == title_of(month) for sheet in sheets)


def names_on(sheets: Sequence[Any]) -> dict[str, str]:
    """Who signed off: `Prepared by` and the like with the name beside it."""
    for sheet in sheets:
        last = min(sheet.used_range.last_cell.row, _HEADER_ROWS)
        rows = sheet.range((1, 1), (max(2, last), 2)).options(ndim=2).value
        found = {
            label: str(name)
            for label, name in rows
            if isinstance(label, str) and label.endswith(" by") and name
        }
        if found:
            return found
    return {}


def _notes(sheet: Any) -> list[Note]:
    last = sheet.used_range.last_cell
    head = sheet.range((1, 1), (min(_HEADER_ROWS, last.row), last.column)).options(ndim=2).value
    number = next((at for at, row in enumerate(head, 1) if set(FINDINGS) <= set(row)), None)
    if number is None:
        return []
    row = head[number - 1]
    place = {name: row.index(name) for name in _COLUMNS if name in row}
    rows = sheet.range((number + 1, 1), (max(number + 1, last.row), last.column))
    rows = rows.options(ndim=2, err_to_str=True).value
    notes = []
    for cells in rows:
        texts = {name: _text(cells[index]) for name, index in place.items()}
        if texts["Status"] or texts["Owner"] or texts["Note"]:
            notes.append(Note(*(texts.get(name, "") for name in _COLUMNS)))
    return notes


def _text(value: Any) -> str:
    """What the cell shows: a ticket number keeps its digits, a day has no midnight.

    >>> _text(10482937.0), _text(0.5), _text(datetime(2026, 10, 3)), _text("a\\nb")
    ('10482937', '0.5', '2026-10-03', 'a\\nb')
    """
    if value is None:
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime) and value.time() == time():
        return str(value.date())
    return str(value)
