"""What people wrote on the sheets of an earlier report, read before a new one takes its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any

from addin.errors import TollsheetError
from addin.hosts.letters import column_letters
from addin.hosts.report_reading.sheets import UNCALCULATED
from addin.reconcile.wording import counted
from addin.records.open_sheets import time_of
from addin.reports.reconciliation.data import Note, ReconciliationReport, Signer
from addin.reports.reconciliation.notes import merged, with_notes
from templates.about import INPUTS
from templates.reconciliation.findings import COLUMNS, EARLIER, EARLIER_COLUMNS, FINDINGS
from templates.reconciliation.signoff import INTRODUCTION, SIGN_OFF
from templates.reconciliation.wording import TITLE, month_of

_OF_NOTE = (
    "Kind",
    "Call id",
    "Place in the log",
    "Place in the bill",
    "What was found",
    "Status",
    "Owner",
    "Note",
)
"""The columns that a `Note` is made of, in its order. Those from Status on are people's."""
_MONTH = "Month"
"""Of a note that an earlier report had left over."""
_WRITTEN = _OF_NOTE.index("Status")
_ENOUGH = 4
"""A row with so many of these names is the header: no other sheet of a report has more than two."""
_NAMES = {column.header for column in COLUMNS} | {column.header for column in EARLIER_COLUMNS}
_SIDE, _HASH = "Side", "SHA-256"
"""Names of columns of the sign-off's inputs, which no other sheet has."""
_NO_PEOPLE = (SIGN_OFF, INTRODUCTION, INPUTS)
"""What else stands on the left above the inputs."""
_FIRST_ROWS = 200
"""Where a header is looked for: people put rows above it."""

Rows = Sequence[Sequence[Any]]


@dataclass(frozen=True, slots=True)
class OldSheet:
    """A sheet of an earlier report; `rows` reads its first rows, or all (None), from A1 on."""

    name: str
    rows: Callable[[int | None], Rows]


@dataclass(frozen=True, slots=True)
class Kept:
    """What people wrote in a report. Of two that are added the first one counts more."""

    notes: tuple[Note, ...] = ()
    signers: tuple[Signer, ...] = ()
    own_columns: tuple[str, ...] = ()
    """Columns of a person beside the findings: they stand in no other report."""
    own_places: tuple[tuple[str, str], ...] = ()
    """Sheet and letters of each."""

    @classmethod
    def of(cls, sheets: Sequence[OldSheet]) -> Kept:
        """Raises TollsheetError where a sheet of notes has changed so that some would be lost."""
        own = {
            (sheet.name, column_letters(column + 1)): name
            for sheet in sheets
            for column, name in _own_columns(sheet)
        }
        names = dict.fromkeys(own.values())
        return cls(tuple(notes_on(sheets)), signers_on(sheets), tuple(names), tuple(own))

    def __add__(self, other: Kept) -> Kept:
        signers = self.signers if any(one.name for one in self.signers) else other.signers or self.signers
        own = (*self.own_columns, *other.own_columns)
        places = (*self.own_places, *other.own_places)
        return Kept(tuple(merged(self.notes, other.notes)), signers, own, places)

    @property
    def has_any(self) -> bool:
        return bool(self.notes) or any(signer.name for signer in self.signers)


def with_kept(report: ReconciliationReport, old: Kept) -> tuple[ReconciliationReport, list[str]]:
    """The report with what people wrote in earlier ones, and what is said of that."""
    report = replace(with_notes(report, old.notes), signers=old.signers)
    said = []
    if any(signer.name for signer in old.signers):
        said.append("Names on the sign-off were kept; dates and signatures were not: the figures are new.")
    kept = sum(finding.entered is not None for finding in report.findings)
    if kept or report.earlier_notes:
        said.append(f"{counted(kept, 'note')} kept beside their findings.")
    if report.earlier_notes:
        count = counted(len(report.earlier_notes), "note")
        said.append(f'{count} whose finding is gone: see the sheet "{EARLIER}".')
    return report, said


def notes_on(sheets: Sequence[OldSheet]) -> list[Note]:
    """The notes beside findings, and those that an earlier report had left over.

    Raises TollsheetError where a sheet of them has changed so that some would be lost.
    """
    month = month_on(sheets)
    return [note for sheet in sheets for note in _notes(sheet, month)]


def month_on(sheets: Sequence[OldSheet]) -> str:
    """The month of the report on these sheets, empty where none says it any more."""
    cells = (cell for sheet in sheets for row in sheet.rows(_FIRST_ROWS) for cell in row)
    titles = (cell for cell in cells if isinstance(cell, str) and cell.startswith(TITLE))
    return next(filter(None, map(month_of, titles)), "")


def signers_on(sheets: Sequence[OldSheet]) -> tuple[Signer, ...]:
    """Who signs off, as `Prepared by` and the like with the name beside it: the lines above the inputs."""
    for sheet in sheets:
        rows = sheet.rows(_FIRST_ROWS)
        end = next((at for at, row in enumerate(rows) if {_SIDE, _HASH} <= {*row}), None)
        if end is not None:
            left = rows[end].index(_SIDE)
            pairs = ((_text(row[left]).strip(), _text(row[left + 1])) for row in rows[:end])
            lines = [(does, name) for does, name in pairs if does or name.strip()]
            head = next((at for at, (does, _) in enumerate(lines) if not does), -1)
            people = (line for line in lines[head + 1 :] if not line[0].startswith(_NO_PEOPLE))
            return tuple(Signer(*line) for line in people)
    return ()


def _notes(sheet: OldSheet, month: str) -> Iterator[Note]:
    first = sheet.rows(_FIRST_ROWS)
    at = _header(first)
    if at is None and not _is_for_notes(sheet.name, first):
        return
    rows = sheet.rows(None)
    at = _header(rows) if at is None else at
    if at is None:
        raise TollsheetError(
            f'The sheet "{sheet.name}" has lost the row with its column names, so its notes cannot be read',
            f"Write them again above the findings ({', '.join(_OF_NOTE)}), or delete the sheet if it has no "
            "notes. Nothing was changed.",
        )
    place = _places(sheet.name, rows, at)
    for number, cells in enumerate(rows[at + 1 :], at + 2):
        _refuse_uncalculated(sheet.name, number, cells, place)
        texts = [_text(cells[place[name]]) if name in place else "" for name in _OF_NOTE]
        if any(text.strip() for text in texts[_WRITTEN:]):
            own = _text(cells[place[_MONTH]]) if _MONTH in place else ""
            yield replace(Note(*texts), month=own or month)


def _refuse_uncalculated(sheet: str, number: int, cells: Sequence[Any], place: dict[str, int]) -> None:
    """A formula whose result is not stored says nothing: a note would be lost."""
    for name, column in place.items():
        if cells[column] is UNCALCULATED:
            cell = f"{column_letters(column + 1)}{number}"
            raise TollsheetError(
                f'The cell {cell} ({name}) of the sheet "{sheet}" is a formula whose result is not stored',
                "Open the file in Excel or LibreOffice, save it, and build again. Nothing was changed.",
            )


def _header(rows: Rows) -> int | None:
    return next((at for at, row in enumerate(rows) if len({*map(_name, row)} & {*_OF_NOTE}) >= _ENOUGH), None)


def _is_for_notes(name: str, first: Rows) -> bool:
    """Whether a sheet without such a header had one: by its name, or the title that stands on it."""
    titles = {name, *(cell for row in first for cell in row[:1] if isinstance(cell, str))}
    return name.startswith((FINDINGS, EARLIER)) or not titles.isdisjoint((FINDINGS, EARLIER))


def _places(sheet: str, rows: Rows, header: int) -> dict[str, int]:
    """Where each column stands. One that was deleted holds nothing; one that was renamed would be lost."""
    names = [_name(cell) for cell in rows[header]]
    counted = Counter(names)
    place = {name: names.index(name) for name in (*_OF_NOTE, _MONTH) if name in names}
    for name in place:
        if counted[name] > 1:
            raise TollsheetError(
                f'The sheet "{sheet}" has the column "{name}" {counted[name]} times',
                "Rename all but the right one. Nothing was changed.",
            )
    missing = [name for name in _OF_NOTE if name not in place]
    strange = _strange(rows, header)
    if missing and strange:
        name = strange[0][1]
        called = f'one called "{name}"' if name else "one without a name"
        raise TollsheetError(
            f'The sheet "{sheet}" has no column "{missing[0]}" any more, but {called}: notes would be lost',
            f'Write "{missing[0]}" in row {header + 1} again, above the column that it was. Nothing was '
            "changed.",
        )
    return place


def _strange(rows: Rows, header: int) -> list[tuple[int, str]]:
    """Number and name of each column that is no report's, and holds something."""
    return [
        (column, name)
        for column, name in enumerate(map(_name, rows[header]))
        if name not in _NAMES and any(_text(cells[column]).strip() for cells in rows[header + 1 :])
    ]


def _own_columns(sheet: OldSheet) -> list[tuple[int, str]]:
    if _header(sheet.rows(_FIRST_ROWS)) is None:
        return []
    rows = sheet.rows(None)
    header = _header(rows)
    return [] if header is None else _strange(rows, header)


def _name(cell: Any) -> str:
    return " ".join(cell.split()) if isinstance(cell, str) else _text(cell)


def _text(value: Any) -> str:
    """What the cell shows: a ticket number keeps its digits, a day has no midnight.

    >>> _text(10482937.0), _text(0.00001), _text(datetime(2026, 10, 3)), _text("a\\nb"), _text(True)
    ('10482937', '0.00001', '2026-10-03', 'a\\nb', 'TRUE')
    >>> _text(datetime(1899, 12, 30, 14, 30)), _text(datetime(1899, 12, 31, 2))
    ('14:30:00', '26:00:00')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else f"{Decimal(repr(value)):f}"
    lasted = time_of(value) if isinstance(value, datetime) else None
    if lasted is not None and lasted >= timedelta():
        seconds = round(lasted.total_seconds())
        return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    if isinstance(value, datetime) and value.time() == time():
        return str(value.date())
    return str(value)
