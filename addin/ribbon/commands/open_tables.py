"""What the sheets of the open workbook hold: call log, bill and rate card, told by their headers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from addin.errors import TollsheetError, in_quotes
from addin.hosts.open_workbook.marks import BILL, HELP, LOG, RATES, REPORTS, SELECTION, SETTINGS, marked
from addin.reconcile.wording import counted
from addin.records.call import Records, SourceFile, Unreadable
from addin.records.one_file import Settings
from addin.records.open_sheets import (
    Found,
    OpenSheet,
    find,
    looks_like_rates,
    nearly,
    read_sheet,
    signed,
    together,
)
from addin.records.rate_file import rate_card_of, with_unused
from addin.records.tables import HEADER_ROWS
from addin.records.values import text_of
from addin.reports.about import Assumption
from addin.ribbon.desk import Desk
from udfs.rating.rate_card import RateCard

_REPORTED = (
    frozenset(("Place", "Started (UTC)", "Step")),
    frozenset(("Place", "First day", "Last day", "In total")),
    frozenset(("Kind", "Place in the log", "What was found")),
    frozenset(("Place", "Counted in", "Charged to")),
    frozenset(("Call id", "On", "Place in our log")),
    frozenset(("Recording id", "Place")),
)
"""Columns that only the tables of a report have: its calls, its usage, its findings, its charges, its
differences, its recordings. A report that the command has written is not marked."""


@dataclass(slots=True)
class Tables:
    """The tables found, by what they are."""

    log: list[Found] = field(default_factory=list)
    bill: list[Found] = field(default_factory=list)
    rates: list[OpenSheet] = field(default_factory=list)
    unread: list[TollsheetError] = field(default_factory=list)
    """What sheets lack that were meant to be read."""

    def assumption(self) -> Assumption | None:
        """Which sheets were read, and which were not though they look like it; None where there is none."""
        sides = (
            ("Call log", [found.sheet.name for found in self.log]),
            ("Bill", [found.sheet.name for found in self.bill]),
            ("Rate card", [sheet.name for sheet in _filled(self.rates)]),
        )
        said = [f"{side}: {in_quotes(names)}." for side, names in sides if names]
        said += map(not_read, self.unread)
        return Assumption("Sheets", " ".join(said), "as found in this workbook") if said else None


def not_read(lack: TollsheetError) -> str:
    """What is said of a sheet that was left out, where the report does without it."""
    return f"Not read: {lack.problem[:1].lower()}{lack.problem[1:]}."


def unread_rows(rows: Sequence[Unreadable]) -> list[str]:
    """How many rows of files cannot be read, with the first; nothing where all can."""
    if not rows:
        return []
    return [f"{counted(len(rows), 'row')} cannot be read, such as {rows[0].place}: {rows[0].problem}"]


def _unknown(sheet: str) -> TollsheetError:
    return TollsheetError(
        f'The sheet "{sheet}" was imported, but its columns are of no known format any more',
        "Delete it and import the export again.",
    )


def tables_of(desk: Desk, settings: Settings) -> Tables:
    """Look through the person's sheets. Sheets that an import has made say themselves what they are; else
    calls are the log where there is usage; two sheets of calls are asked about."""
    names = {role: {sheet.name for sheet in marked(desk.book, role)} for role in (LOG, BILL, RATES)}
    tables, calls = Tables(), []
    for sheet in own_sheets(desk.book):
        head = OpenSheet(sheet.name, desk.values(sheet, HEADER_ROWS), desk.book.name)
        found = find(head, settings)
        if found is None:
            if sheet.name in names[RATES] or looks_like_rates(head):
                tables.rates.append(OpenSheet(sheet.name, desk.values(sheet), desk.book.name))
            elif is_reported(head):
                continue
            elif (lack := nearly(head, settings)) is not None:
                tables.unread.append(lack)
            elif sheet.name in names[LOG] | names[BILL]:
                tables.unread.append(_unknown(sheet.name))
            continue
        if found.format.holds not in ("calls", "usage"):  # of another report
            continue
        desk.say(f"reading {sheet.name}")
        whole = find(OpenSheet(sheet.name, desk.values(sheet), desk.book.name), settings)
        assert whole is not None
        if sheet.name in names[LOG]:
            tables.log.append(whole)
        elif sheet.name in names[BILL] or found.format.holds == "usage":
            tables.bill.append(whole)
        else:
            calls.append(whole)
    if calls:
        _share(desk, tables, calls)
    return tables


def imported_sheets(desk: Desk, settings: Settings) -> list[Found]:
    """The sheets that imports have made, as far as they can still be read."""
    sheets = (sheet for role in (LOG, BILL) for sheet in marked(desk.book, role))
    found = (find(OpenSheet(sheet.name, desk.values(sheet), desk.book.name), settings) for sheet in sheets)
    return [one for one in found if one is not None]


def _share(desk: Desk, tables: Tables, calls: list[Found]) -> None:
    """Sheets of calls that do not say whose they are."""
    if (tables.bill and not tables.log) or (len(calls) == 1 and not tables.log):
        tables.log += calls
    elif tables.log and not tables.bill:
        tables.bill += calls
    elif len(calls) == 2 and not tables.log:
        one, other = (found.sheet.name for found in calls)
        is_so = desk.ask_which(
            f'Both "{one}" and "{other}" hold calls.\n\nYes: "{one}" is our call log, "{other}" the bill.\n'
            f'No: "{other}" is our call log, "{one}" the bill.'
        )
        first, second = calls if is_so else reversed(calls)
        tables.log.append(first)
        tables.bill.append(second)
    else:
        names = in_quotes([found.sheet.name for found in calls])
        raise TollsheetError(
            f"The sheets {names} hold calls, and it is not clear which are the log and which the bill",
            "Import them with Import call log and Import usage, which mark their sheets.",
        )


def records_of(found: Sequence[Found], settings: Settings) -> Records:
    return together([read_sheet(one, settings) for one in found])


def rate_card(sheets: Sequence[OpenSheet]) -> tuple[RateCard | None, tuple[SourceFile, ...]]:
    """The rate card on the sheet, if it has any rows."""
    filled = _filled(sheets)
    if len(filled) > 1:
        names = " and ".join(f'"{sheet.name}"' for sheet in filled)
        raise TollsheetError(f"The sheets {names} are both rate cards", "Keep one of them in this workbook.")
    if not filled:
        return None, ()
    card = rate_card_of([*filled[0].cells()], filled[0].place)
    return card, (with_unused(signed(filled[0], "rate card", len(card.rows)), card),)


def own_sheets(book: Any) -> Iterator[Any]:
    """The sheets that no report of ours, nor the settings or the help, stands on."""
    ours = {sheet.name for role in (*REPORTS, SETTINGS, HELP, SELECTION) for sheet in marked(book, role)}
    return (sheet for sheet in book.sheets if sheet.name not in ours)


def is_reported(sheet: OpenSheet) -> bool:
    """Whether it is a table of a report, which holds calls and is no export of them."""
    return any(columns.issubset(map(text_of, row)) for row in sheet.rows for columns in _REPORTED)


def _filled(sheets: Sequence[OpenSheet]) -> list[OpenSheet]:
    """Those with anything below their header."""
    return [sheet for sheet in sheets if sum(map(_has_values, sheet.rows)) > 1]


def _has_values(row: Sequence[Any]) -> bool:
    return any(cell is not None for cell in row)
