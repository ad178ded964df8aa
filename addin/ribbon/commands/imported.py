"""Exports put on a sheet: as they are, so that the sheet is recognised like the file, row by row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

from addin.errors import TollsheetError
from addin.hosts.open_workbook.marks import BILL, LOG
from addin.reconcile.wording import counted
from addin.records import read_mapping, read_records
from addin.records.copies import is_copied
from addin.records.mapping import ENDING
from addin.records.reading import reading_settings
from addin.records.recognition import RateCardGiven, find_tables
from addin.records.source import open_source
from addin.records.tables import BadRow, Table, fold, tables_of
from addin.ribbon.commands.open_tables import imported_sheets, unread_rows
from addin.ribbon.desk import Desk
from addin.ribbon.settings.month import Chosen, read_settings
from templates.look import SHEET_ROWS
from templates.plain_sheets import Spoilt, spoilt_columns, write_records

_NAMES = {LOG: "Call log", BILL: "Provider's bill"}


@dataclass(slots=True)
class Import:
    """Rows of one set of columns, perhaps of several files."""

    headers: tuple[str, ...]
    rows: list[list[Any]]
    files: list[str]
    point: str


@contextmanager
def rates_on_a_sheet() -> Iterator[None]:
    """While files are read: say of a rate card among them where it belongs, since no dialog asks for one."""
    try:
        yield
    except RateCardGiven as error:
        remedy = "Put its rows on a sheet of this workbook: the button Rate card makes one."
        raise TollsheetError(error.problem, remedy) from error


def import_files(desk: Desk, role: str, what: str) -> str:
    """Ask for files and put their rows on sheets: one for each set of columns."""
    desk.refuse_protected()
    chosen = read_settings(desk)
    files = desk.choose_files(f"{what}: choose the files")
    exports, mapping_path = sorted_files(files, chosen)
    mapping = read_mapping(mapping_path) if mapping_path else None
    with rates_on_a_sheet():
        records = read_records(
            exports,
            mapping=mapping,
            time_zone=chosen.time_zone,
            voicemail_billed=chosen.voicemail_billed,
            on_progress=desk.say,
        )
    if role == LOG and records.usage and not records.calls:
        raise TollsheetError(f"{exports[0].name} holds usage, not calls", "Use Import usage for it.")
    settings = reading_settings(None, mapping, chosen.time_zone, chosen.voicemail_billed)
    imports: list[Import] = []
    imported = imported_sheets(desk, settings)
    before = [(f'are already on the sheet "{one.sheet.name}"', one.table) for one in imported]
    for path in exports:
        source = open_source(path, path.name)
        found, _ = find_tables(source.name, tables_of(source), settings.choice)
        for table, form in found:
            _refuse_copy(path, table, before)
            before.append((f"are those of {path.name}, too", table))
            is_comma = mapping is not None and mapping.decimal_comma and form is settings.choice.mapped
            _add(imports, path, table, "," if is_comma else ".")
    _refuse_what_a_sheet_cannot_hold(desk, imports)
    desk.say("writing the sheets", sum(len(one.rows) for one in imports))
    writes = [
        partial(write_records, name=name, headers=one.headers, rows=one.rows, point=one.point)
        for name, one in zip(_names(role), imports, strict=False)
    ]
    sheets = desk.add_made(role, *writes)
    names = [
        f'"{sheet.name}" ({counted(len(one.rows), "row")} of {", ".join(one.files)})'
        for sheet, one in zip(sheets, imports, strict=True)
    ]
    said = f"{what} imported to {' and '.join(names)}."
    for sheet, one in zip(sheets, imports, strict=True):
        for spoilt in spoilt_columns(one.headers, one.rows, one.point):
            said += f"\n{_said_of_spoilt(sheet.name, spoilt)}"
    return "\n".join([said, *unread_rows(records.unreadable)])


def _said_of_spoilt(sheet: str, one: Spoilt) -> str:
    """Numbers beside one text would add up without it: as texts they add up to nothing, which is seen."""
    what, sums = (
        ("text as a whole", "sums over it are 0")
        if one.is_all_text
        else ("no column of numbers", "sums leave such cells out")
    )
    return (
        f'"{one.column}" on "{sheet}" is {what}, since {one.cell} is "{one.text[:40]}": {sums}. Correct that '
        "in the file and import it again if you calculate with the column."
    )


def _names(role: str) -> Iterator[str]:
    """`Call log`, `Call log 2` and so on."""
    yield _NAMES[role]
    for number in count(2):
        yield f"{_NAMES[role]} {number}"


def _refuse_what_a_sheet_cannot_hold(desk: Desk, imports: Sequence[Import]) -> None:
    """All is looked at before the first sheet is made."""
    most = max(len(one.rows) for one in imports)
    if most >= SHEET_ROWS:
        raise TollsheetError(
            f"{counted(most, 'row')} do not fit on a sheet",
            "Leave them in the file: Build reconciliation asks for files where no sheet holds the calls.",
        )
    cells = (cell for one in imports for row in one.rows for cell in row)
    if desk.program.state_of(desk.book).counts_otherwise and any(isinstance(cell, date) for cell in cells):
        raise TollsheetError(
            "This workbook counts its days from 1904 or another day, and the dates of the file would become "
            "others",
            "Import into a new workbook.",
        )


def _refuse_copy(path: Path, table: Table, before: Sequence[tuple[str, Table]]) -> None:
    """The same export once more would make two calls of each, or two bills of one."""
    for where, other in before:
        if is_copied(table, other):
            raise TollsheetError(
                f"The rows of {path.name} {where}",
                "Nothing was imported. Choose each export once; to import one anew, delete its sheet first.",
            )


def sorted_files(files: Sequence[Path], chosen: Chosen) -> tuple[list[Path], Path | None]:
    """The exports, and the mapping file that was chosen with them, else that of the settings."""
    return sorted_paths(files, chosen.mapping_path)


def sorted_paths(files: Sequence[Path], mapping_path: Path | None) -> tuple[list[Path], Path | None]:
    """The same with the mapping file alone."""
    mappings = [path for path in files if path.suffix.casefold() == f".{ENDING}"]
    exports = [path for path in files if path not in mappings]
    if not exports:
        raise TollsheetError("Only a mapping file was chosen", "Choose the exports together with it.")
    if len(mappings) > 1:
        names = " and ".join(path.name for path in mappings)
        raise TollsheetError(f"{names} are both mapping files", "Choose the one that describes the exports.")
    return exports, mappings[0] if mappings else mapping_path


def _add(imports: list[Import], path: Path, table: Table, point: str) -> None:
    """Files of the same columns follow each other on one sheet."""
    keys = [fold(header) for header in table.headers]
    for one in imports:
        if [fold(header) for header in one.headers] == keys:
            break
    else:
        one = Import(table.headers, [], [], point)
        imports.append(one)
    one.files.append(path.name)
    for number, row in table.rows():
        if isinstance(row, BadRow):  # it must not be lost, nor read as a call
            one.rows.append([f"{path.name}, row {number}: {row.problem}"])
        else:
            one.rows.append([row.get(key) for key in keys])
