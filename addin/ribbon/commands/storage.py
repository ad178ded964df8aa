"""The command Storage: the statement of recordings on sheets of this workbook, or in files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from addin.errors import TollsheetError, in_quotes
from addin.hosts.open_workbook.marks import STORAGE
from addin.hosts.report_files.storage import write_storage
from addin.reconcile.period import Month
from addin.records import read_mapping, read_records
from addin.records.call import Records
from addin.records.one_file import Settings
from addin.records.open_sheets import Found, OpenSheet, find, nearly
from addin.records.reading import reading_settings
from addin.records.source import signed_mappings
from addin.records.tables import HEADER_ROWS
from addin.reports.about import Assumption
from addin.reports.storage.report import StorageReport, period_of, report_of
from addin.ribbon.commands.imported import sorted_paths
from addin.ribbon.commands.open_tables import is_reported, not_read, own_sheets, records_of
from addin.ribbon.commands.placing import Placing
from addin.ribbon.desk import Desk
from addin.ribbon.settings.storage import StorageChosen, read_storage_settings
from addin.storage.proposal import proposed_month
from addin.storage.statement import state

_HELD = ("recordings", "deletions")
"""What a sheet has to hold to be read here."""


@dataclass(slots=True)
class _Read:
    """The recordings with their deletions, and where they were found."""

    records: Records
    mapping: Path | None
    sheets: list[str] = field(default_factory=list)
    unread: list[TollsheetError] = field(default_factory=list)


def storage_statement(desk: Desk) -> str:
    """State what the recordings are charged, on sheets beside the person's, or in the place of old ones."""
    desk.refuse_protected(STORAGE)
    chosen = read_storage_settings(desk)
    read = _read(desk, chosen)
    question = chosen.question(chosen.first or _asked_for(desk, read.records, chosen))
    desk.say(f"calculating {question.period}")
    statement = state(read.records, question)
    mappings = signed_mappings([read.mapping] if read.mapping else [])
    report = _with_sheets(report_of(statement, (*read.records.sources, *mappings)), read)
    name = f"storage-{period_of(question.months)}"
    rows = len(report.rows) + len(report.compared) + len(report.findings)
    placing = Placing(desk, STORAGE, name, rows + (len(report.view) if report.view_said else 0))
    said = placing.place(partial(write_storage, report))
    return "\n".join(
        (f"{report.verdict.capitalize()}. {report.sentence}", *said, *map(not_read, read.unread))
    )


def _asked_for(desk: Desk, records: Records, chosen: StorageChosen) -> Month:
    proposed = proposed_month(records, chosen.exported_on)
    text = "Which month is to be stated? Recordings are charged on its last day."
    return Month.parse(desk.ask_for_text(text, str(proposed)))


def _read(desk: Desk, chosen: StorageChosen) -> _Read:
    """From the sheets of the workbook, else from files that are asked for."""
    settings = _of_recordings(reading_settings(None, chosen.mapping, chosen.time_zone, None, desk.say))
    found, unread = _sheets(desk, settings)
    if any(one.format.holds == "recordings" for one in found):
        names = [one.sheet.name for one in found]
        return _Read(records_of(found, settings), chosen.mapping_path, names, unread)
    if unread:
        raise unread[0]
    files = desk.choose_files("Recordings, and deletions if there are any: choose the files")
    exports, mapping = sorted_paths(files, chosen.mapping_path)
    records = read_records(
        exports,
        mapping=read_mapping(mapping) if mapping else None,
        time_zone=chosen.time_zone,
        on_progress=desk.say,
    )
    return _Read(records, mapping)


def _of_recordings(settings: Settings) -> Settings:
    """The same, so that only recordings and deletions are recognised."""
    choice = settings.choice
    formats = tuple(one for one in choice.formats if one.holds in _HELD and one.read is not None)
    mapped = choice.mapped if choice.mapped in formats else None
    return replace(settings, choice=replace(choice, formats=formats, mapped=mapped))


def _sheets(desk: Desk, settings: Settings) -> tuple[list[Found], list[TollsheetError]]:
    """The sheets of recordings and deletions, and what others lack that were meant to be such."""
    found, unread = [], []
    for sheet in own_sheets(desk.book):
        head = OpenSheet(sheet.name, desk.values(sheet, HEADER_ROWS))
        if find(head, settings) is None:
            lack = None if is_reported(head) else nearly(head, settings)
            unread += [lack] if lack else []
            continue
        desk.say(f"reading {sheet.name}")
        whole = find(OpenSheet(sheet.name, desk.values(sheet)), settings)
        assert whole is not None
        found.append(whole)
    return found, unread


def _with_sheets(report: StorageReport, read: _Read) -> StorageReport:
    """The report with the sheets that it was made from."""
    said: Sequence[str] = [
        *([f"Recordings and deletions: {in_quotes(read.sheets)}."] if read.sheets else []),
        *map(not_read, read.unread),
    ]
    if not said:
        return report
    row = Assumption("Sheets", " ".join(said), "as found in this workbook")
    about = replace(report.about, assumptions=(*report.about.assumptions, row))
    return replace(report, about=about)
