"""Reading files: each is recognised, its rows become records, what cannot be read is kept by its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC
from pathlib import Path

from addin.errors import TollsheetError
from addin.records import connexcs, generic, plivo, twilio, voiso
from addin.records.call import Call, Place, Recording, Records, SourceFile, Unreadable, UsageRecord
from addin.records.fields import Fields, Reading
from addin.records.formats import Format, Record
from addin.records.mapping import ColumnMapping
from addin.records.recognition import Choice, find_table, headers_of
from addin.records.source import Source, open_source
from addin.records.tables import BadRow, Row, Table, fold
from addin.records.values import BadValue, text_of
from udfs.errors import CellError
from udfs.rating.attribution import zone

FORMATS = (*twilio.FORMATS, *plivo.FORMATS, *connexcs.FORMATS, *voiso.FORMATS)
PROVIDERS = tuple(dict.fromkeys(one.provider for one in FORMATS))
PROGRESS_STEP = 20_000

OnProgress = Callable[[str, int], None]
"""Told a file's name and the rows read so far, now and then and at its end."""


@dataclass(frozen=True, slots=True)
class _Settings:
    choice: Choice
    time_zone: str | None
    voicemail_billed: bool | None
    on_progress: OnProgress | None


@dataclass(slots=True)
class _Collected:
    """What the files have given so far."""

    calls: list[Call] = field(default_factory=list)
    usage: list[UsageRecord] = field(default_factory=list)
    recordings: list[Recording] = field(default_factory=list)
    unreadable: list[Unreadable] = field(default_factory=list)
    sources: list[SourceFile] = field(default_factory=list)

    def add(self, record: Record) -> None:
        if isinstance(record, Call):
            self.calls.append(record)
        elif isinstance(record, UsageRecord):
            self.usage.append(record)
        else:
            self.recordings.append(record)


def read_records(
    paths: Sequence[Path],
    *,
    provider: str | None = None,
    mapping: ColumnMapping | None = None,
    time_zone: str | None = None,
    voicemail_billed: bool | None = None,
    on_progress: OnProgress | None = None,
) -> Records:
    """Read any mix of call, usage and recording files.

    `provider` keeps to the formats of one provider; a file that has all columns of `mapping` is read by it.
    `time_zone` is the zone of times that name none (UTC by default); a zone in the value wins. Raises
    TollsheetError where a file cannot be read at all; single bad rows are in `unreadable`.
    """
    if time_zone is not None:
        try:
            zone(time_zone)
        except CellError as error:
            raise TollsheetError(_sentence(error.problem), _sentence(error.remedy) + ".") from None
    mapped = None if mapping is None else generic.format_of(mapping)
    settings = _Settings(
        Choice(_formats(provider, mapped), mapped, FORMATS), time_zone, voicemail_billed, on_progress
    )
    collected = _Collected()
    for path, name in zip(paths, _names(paths), strict=True):
        collected.sources.append(_read_file(open_source(path, name), settings, collected))
    return Records(
        calls=tuple(collected.calls),
        usage=tuple(collected.usage),
        recordings=tuple(collected.recordings),
        unreadable=tuple(collected.unreadable),
        sources=tuple(collected.sources),
    )


def _formats(provider: str | None, mapped: Format | None) -> tuple[Format, ...]:
    """The formats to choose from, the mapped one included."""
    every = FORMATS if mapped is None else (mapped, *FORMATS)
    if provider is None:
        return every
    wanted = [one for one in every if one.provider == provider.strip().casefold()]
    if not wanted:
        known = ", ".join(dict.fromkeys(one.provider for one in every))
        raise TollsheetError(
            f'Provider "{provider}" is unknown', f"Known are {known}; describe others with --mapping."
        )
    return tuple(wanted)


def _names(paths: Sequence[Path]) -> list[str]:
    """What each file is called: its base name, with as many folders before it as tell it apart."""
    full = [path.resolve() for path in paths]
    if len(set(full)) < len(full):
        twice = next(path for path in full if full.count(path) > 1)
        raise TollsheetError(f"{twice.name} is given twice", "Name each file once.")
    names = []
    for path in full:
        length = 1
        while sum(other.parts[-length:] == path.parts[-length:] for other in full) > 1:
            length += 1
        names.append("/".join(path.parts[-length:]))
    return names


def _read_file(source: Source, settings: _Settings, collected: _Collected) -> SourceFile:
    table, found, several = find_table(source, settings.choice)
    headers = headers_of(table, found.columns(), source.name)
    reading = Reading(
        headers=headers,
        zone=found.zone or settings.time_zone or "UTC",
        note_on_bare_times=_note_on_bare_times(found, settings),
        voicemail_billed=settings.voicemail_billed,
        notes=dict.fromkeys(source.notes),
    )
    if several:
        reading.notes[f'read from sheet "{table.sheet}"'] = None
    count = _read_rows(source.name, table, found, reading, settings, collected)
    if reading.shortened:
        reading.notes[_note_on_shortened(reading.shortened)] = None
    return SourceFile(
        name=source.name,
        provider=found.provider,
        format=f"{found.name} {table.kind}",
        sha256=source.sha256,
        size_bytes=source.size_bytes,
        rows=count,
        modified_at=source.modified_at,
        notes=tuple(reading.notes),
    )


def _note_on_bare_times(found: Format, settings: _Settings) -> str:
    """What a person has to know of times without a zone: the one assumed, or that theirs was not used."""
    if not found.zone:
        return f"times without a zone were read as {settings.time_zone or 'UTC'}"
    if found is settings.choice.mapped or settings.time_zone is None or zone(settings.time_zone) is UTC:
        return ""
    return (
        f"times without a zone are {found.zone} by definition: --time-zone {settings.time_zone} was not used"
    )


def _note_on_shortened(numbers: Sequence[str]) -> str:
    count = "1 number was" if len(numbers) == 1 else f"{len(numbers):,} numbers were"
    return f"{count} shortened by a spreadsheet, such as {numbers[0]}: export again"


def _read_rows(
    name: str, table: Table, found: Format, reading: Reading, settings: _Settings, collected: _Collected
) -> int:
    """Make records of all rows; the number of rows."""
    assert found.read is not None
    needed = {reading.meant(names)[0]: reading.written(names) for names in found.required_names()}
    count = 0
    for number, row in table.rows():
        count += 1
        place = Place(name, number)
        if isinstance(row, BadRow):
            collected.unreadable.append(Unreadable(place, "", row.problem))
        else:
            try:
                _refuse_gaps(row, needed)
                collected.add(found.read(Fields(row, place, reading)))
            except BadValue as error:
                call_id = text_of(row.get(fold(found.id_column)))
                collected.unreadable.append(Unreadable(place, call_id, str(error)))
        if settings.on_progress and count % PROGRESS_STEP == 0:
            settings.on_progress(name, count)
    if not count:
        raise TollsheetError(
            f"{name} has column names but no records", "Export it again, for a month that has some."
        )
    if settings.on_progress:
        settings.on_progress(name, count)
    return count


def _refuse_gaps(row: Row, needed: Mapping[str, str]) -> None:
    """A JSON record may lack a field that the others have: blank would mean 0 seconds, which is no answer."""
    if not row.keys() >= needed.keys():
        raise BadValue(f'has no "{next(written for folded, written in needed.items() if folded not in row)}"')


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
