"""One file: its tables are found, each row becomes a record or a row that could not be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from importlib.util import find_spec
from typing import Protocol

from addin.records.call import (
    Call,
    Charge,
    Deletion,
    Recording,
    Records,
    SourceFile,
    Unreadable,
    UsageRecord,
    User,
)
from addin.records.fields import Reading
from addin.records.formats import Format, Record
from addin.records.looked_through import NotLookedThrough
from addin.records.recognition import Choice, find_tables, headers_of
from addin.records.remarks import (
    note_on_bare_times,
    note_on_directions,
    note_on_shortened,
    notes_on_credits,
    notes_on_sheets,
)
from addin.records.rows import RowReader
from addin.records.source import NoRecords, Source
from addin.records.tables import Table, fold, tables_of

PROGRESS_STEP = 20_000
LARGE_BYTES = 1 << 19
"""Texts of so many bytes are worth the start of what reads in columns."""


class OnProgress(Protocol):
    """Told a file's name, the rows read so far and what share of the file that is (0: not known), now and
    then and at its end."""

    def __call__(self, name: str, rows: int, share: float, /) -> None: ...


@dataclass(frozen=True, slots=True)
class Settings:
    choice: Choice
    time_zone: str | None
    voicemail_billed: bool | None
    on_progress: OnProgress | None
    alike: bool = False
    """Whether the calls of large files are wanted in columns."""
    bytes_before: int = 0
    """Of the texts that were read before this one: many small files are as large as one."""


@dataclass(slots=True)
class Collected:
    """What the files have given so far."""

    calls: list[Call] = field(default_factory=list)
    runs: list[Sequence[Call]] = field(default_factory=list)
    """The calls before those, where some are in columns."""
    usage: list[UsageRecord] = field(default_factory=list)
    recordings: list[Recording] = field(default_factory=list)
    deletions: list[Deletion] = field(default_factory=list)
    charges: list[Charge] = field(default_factory=list)
    roster: list[User] = field(default_factory=list)
    unreadable: list[Unreadable] = field(default_factory=list)
    sources: list[SourceFile] = field(default_factory=list)

    def extend(self, other: Collected | Records) -> None:
        if isinstance(other, Collected):
            for run in other.runs:
                self.add_run(run)
        if isinstance(other.calls, list | tuple):
            self.calls += other.calls
        else:
            self.add_run(other.calls)
        self.usage += other.usage
        self.recordings += other.recordings
        self.deletions += other.deletions
        self.charges += other.charges
        self.roster += other.roster
        self.unreadable += other.unreadable
        self.sources += other.sources

    def add_run(self, calls: Sequence[Call]) -> None:
        """Calls that follow those so far."""
        self.runs += [self.calls, calls]
        self.calls = []

    def records(self) -> Records:
        """The same, so that nothing can change it."""
        return Records(
            calls=self._all_calls(),
            usage=tuple(self.usage),
            recordings=tuple(self.recordings),
            deletions=tuple(self.deletions),
            charges=tuple(self.charges),
            roster=tuple(self.roster),
            unreadable=tuple(self.unreadable),
            sources=tuple(self.sources),
        )

    def _all_calls(self) -> Sequence[Call]:
        if not any(map(len, self.runs)):
            return tuple(self.calls)
        from addin.records.alike.joined import joined

        return joined([*self.runs, self.calls])

    def add(self, record: Record | Unreadable) -> None:
        if isinstance(record, Call):
            self.calls.append(record)
        elif isinstance(record, Unreadable):
            self.unreadable.append(record)
        elif isinstance(record, UsageRecord):
            self.usage.append(record)
        elif isinstance(record, Recording):
            self.recordings.append(record)
        elif isinstance(record, Deletion):
            self.deletions.append(record)
        elif isinstance(record, Charge):
            self.charges.append(record)
        else:
            self.roster.append(record)


def read_file(source: Source, settings: Settings) -> Collected:
    """The records of a file; of a workbook those of every sheet that is recognised."""
    try:
        return _read_file(source, settings)
    except (NotLookedThrough, UnicodeDecodeError):
        if not source.is_presumed:
            raise
    return _read_file(source.looked_through(), settings)


def _read_file(source: Source, settings: Settings) -> Collected:
    found, left = find_tables(source.name, tables_of(source), settings.choice)
    notes = (*source.notes, *notes_on_sheets([table.sheet for table, _ in found], left))
    file = SourceFile(source.name, "", "", "", source.size_bytes, 0, source.modified_at, notes)
    collected = read_tables(file, found, settings)
    source.refuse_change()
    hashed = source.hashed()
    collected.sources = [replace(one, hashed=hashed) for one in collected.sources]
    return collected


def read_tables(file: SourceFile, found: Sequence[tuple[Table, Format]], settings: Settings) -> Collected:
    """The records of tables in known formats; `file` says where they come from, the rest is filled in."""
    collected = Collected()
    notes = dict.fromkeys(file.notes)
    shortened: list[str] = []
    directions: list[str] = []
    count, has_prices = 0, False
    for table, one in found:
        name = f"{file.name}[{table.sheet}]" if len(found) > 1 else file.name
        notes.update(dict.fromkeys(table.notes))
        if table.titles:
            notes[f"the header of {name} is row {table.header_row}: what stands above it was left out"] = None
        reading = Reading(
            headers=headers_of(table, one.columns(), name),
            zone=one.zone or settings.time_zone or "UTC",
            note_on_bare_times=note_on_bare_times(one, settings.time_zone, one is settings.choice.mapped),
            voicemail_billed=settings.voicemail_billed,
            notes=notes,
            shortened=shortened,
            unknown_directions=directions,
        )
        has_prices = has_prices or any(fold(column) in reading.headers for column in one.price)
        rows = _read_alike(name, table, one, reading, settings, collected) if settings.alike else None
        count += _read_rows(name, table, one, reading, settings, collected) if rows is None else rows
    said = replace(
        file,
        provider=found[0][1].provider,
        format=", ".join(dict.fromkeys(f"{one.name} {table.kind}" for table, one in found)),
        zone=found[0][1].zone or settings.time_zone or "UTC",
        has_prices=has_prices,
    )
    if not count:
        problem = "has column names but no records"
        kinds = [one.holds for _, one in found]
        raise NoRecords(file.name, f"{file.name} {problem}", kinds, replace(said, notes=(*notes, problem)))
    if shortened:
        notes[note_on_shortened(shortened)] = None
    if directions:
        notes[note_on_directions(directions)] = None
    notes.update(dict.fromkeys(notes_on_credits([*collected.runs, collected.calls])))
    collected.sources.append(replace(said, rows=count, notes=tuple(notes)))
    return collected


def _read_alike(
    name: str, table: Table, found: Format, reading: Reading, settings: Settings, collected: Collected
) -> int | None:
    """The number of rows, of which the calls are in columns; None where they have to be read one by one."""
    if table.source is None or find_spec("pyarrow") is None:
        return None
    if settings.bytes_before + table.source.text_bytes < LARGE_BYTES:
        return None
    from addin.records.alike.table import read_alike

    told = settings.on_progress or _nobody
    one = read_alike(name, table, found, reading, partial(told, name))
    if one is None:
        return None
    collected.add_run(one.calls)
    collected.unreadable += one.unreadable
    return one.rows


def _read_rows(
    name: str, table: Table, found: Format, reading: Reading, settings: Settings, collected: Collected
) -> int:
    """Make records of all rows; the number of rows."""
    reader = RowReader(name, found, reading)
    told, source, count = settings.on_progress or _nobody, table.source, 0
    if source is not None:
        source.refuse_presumed()
    for number, row in table.rows():
        record = reader.read(number, row)
        if record is None:
            continue
        count += 1
        collected.add(record)
        if count % PROGRESS_STEP == 0:
            told(name, count, source.share_read if source else 0)
    told(name, count, 1)
    return count


def _nobody(name: str, rows: int, share: float) -> None:
    """Where nobody is told."""
