"""Reading files: each is recognised, its rows become records, what cannot be read is kept by its place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from addin.errors import TollsheetError
from addin.records import charges, connexcs, generic, plivo, twilio, voiso
from addin.records.call import Records, SourceFile
from addin.records.formats import Format
from addin.records.mapping import ColumnMapping
from addin.records.one_file import Collected, OnProgress, Settings, read_file
from addin.records.recognition import Choice, NotRecognised
from addin.records.source import NoRecords, Source, open_source, reportable
from udfs.errors import CellError
from udfs.rating.attribution import zone

FORMATS = (*twilio.FORMATS, *plivo.FORMATS, *connexcs.FORMATS, *voiso.FORMATS, *charges.FORMATS)
PROVIDERS = tuple(dict.fromkeys(one.provider for one in FORMATS))


SPARE_NOTE = "in no known format: read by the mapping that was given for the other side"
OnRefusal = Callable[[str, TollsheetError], None]
"""Told the name of a file that cannot be read, and why."""
OnEmpty = Callable[[NoRecords], None]
"""Told of a file without records."""


def read_records(
    paths: Sequence[Path],
    *,
    provider: str | None = None,
    mapping: ColumnMapping | None = None,
    spare: ColumnMapping | None = None,
    time_zone: str | None = None,
    voicemail_billed: bool | None = None,
    on_progress: OnProgress | None = None,
    on_refusal: OnRefusal | None = None,
    on_empty: OnEmpty | None = None,
    alike: bool = False,
) -> Records:
    """Read any mix of call, usage and recording files.

    `provider` keeps to the formats of one provider; a file that has all columns of `mapping` is read by it.
    A file that is in no format is read by the `spare` mapping, where it has all columns of that.
    `time_zone` is the zone of times that name none (UTC by default); a zone in the value wins. Raises
    TollsheetError where a file cannot be read at all; single bad rows are in `unreadable`. With `on_refusal`
    such a file is told there with the reason, nothing of it is kept, and the others are read; with `on_empty`
    so is one without records, which else is listed without any where others have some. With `alike` the calls
    are AlikeCalls where files are large, one or all of them together, if pyarrow is installed.
    """
    settings = reading_settings(provider, mapping, time_zone, voicemail_billed, on_progress)
    collected, length = Collected(), 0
    empty: NoRecords | None = None
    for path, name in zip(paths, _names(paths), strict=True):
        try:
            source = open_source(path, name, presume=alike)
            read = _read(source, replace(settings, alike=alike, bytes_before=length), spare)
            length += source.text_bytes
            _refuse_same(collected.sources, read.sources)
            collected.extend(read)
        except TollsheetError as error:
            if on_empty is not None and isinstance(error, NoRecords):
                on_empty(error)
                continue
            if on_refusal is None and isinstance(error, NoRecords) and error.said is not None:
                empty = empty or error
                collected.sources.append(replace(error.said, hashed=source.hashed()))
                continue
            if on_refusal is None:
                raise
            on_refusal(name, error)
    if empty and not any(one.rows for one in collected.sources):
        raise empty
    return collected.records()


def _refuse_same(before: Sequence[SourceFile], now: Sequence[SourceFile]) -> None:
    """A file under two names would double every call of it."""
    for one in now:
        for other in before:
            if other.size_bytes == one.size_bytes and other.sha256 == one.sha256:
                raise TollsheetError(
                    f"{one.name} is the same file as {other.name}: its records would count twice",
                    "Name each file once.",
                )


def _read(source: Source, settings: Settings, spare: ColumnMapping | None) -> Collected:
    try:
        return read_file(source, settings)
    except NotRecognised as error:
        if spare is None:
            raise
        mapped = generic.format_of(spare)
        try:
            notes = (*source.notes, SPARE_NOTE)
            choice = Choice((mapped,), mapped, FORMATS)
            return read_file(replace(source, notes=notes), replace(settings, choice=choice))
        except NoRecords:
            raise
        except TollsheetError as other:
            raise NotRecognised(
                error.problem, f"The mapping of the other side does not fit: {other}", error.option
            ) from None


def reading_settings(
    provider: str | None = None,
    mapping: ColumnMapping | None = None,
    time_zone: str | None = None,
    voicemail_billed: bool | None = None,
    on_progress: OnProgress | None = None,
) -> Settings:
    """How records are read, checked. Raises TollsheetError for an unknown zone or provider."""
    if time_zone is not None:
        try:
            zone(time_zone)
        except CellError as error:
            raise TollsheetError(_sentence(error.problem), _sentence(error.remedy) + ".") from None
    mapped = None if mapping is None else generic.format_of(mapping)
    return Settings(
        Choice(_formats(provider, mapped), mapped, FORMATS), time_zone, voicemail_billed, on_progress
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
            f'Provider "{provider}" is unknown',
            f"Known are {known}; describe others in a mapping file.",
            "--mapping",
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
        names.append(reportable("/".join(path.parts[-length:])))
    return names


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
