"""From the files of `tollsheet fill` to the filled workbook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from addin.cli.console import Progress
from addin.cli.reading import Reading, rate_card_of
from addin.errors import TollsheetError, in_quotes
from addin.hosts.files import check_target, write_atomically
from addin.hosts.filling.fill import Filled, fill
from addin.hosts.filling.targets import Given
from addin.hosts.package import Package, Workbook, read_package
from addin.records.call import Records, Unreadable
from addin.storage.held import held
from templates.inputs import BILLED, CALLS, CHARGES, RATES, RECORDINGS, ROSTER, USAGE, InputTable

_ENDINGS = (".xlsx", ".xlsm")


@dataclass(frozen=True, slots=True)
class FillFiles:
    """What a template is filled from."""

    template: Path
    calls: tuple[Path, ...]
    billed: tuple[Path, ...]
    rates: Path | None
    recordings: tuple[Path, ...]
    charges: tuple[Path, ...]
    roster: tuple[Path, ...]
    how: tuple[str | None, Path | None, str | None, bool | None]
    """Provider, mapping, time zone, and whether voicemail is billed."""
    billed_mapping: Path | None

    @property
    def with_records(self) -> tuple[Path, ...]:
        """What the tables are filled from."""
        rates = (self.rates,) if self.rates else ()
        return (*self.calls, *self.billed, *rates, *self.recordings, *self.charges, *self.roster)

    @property
    def every(self) -> tuple[Path, ...]:
        """All that is read, and never written over."""
        mappings = (path for path in (self.how[1], self.billed_mapping) if path)
        return (self.template, *mappings, *self.with_records)

    def reading(self, paths: tuple[Path, ...]) -> Reading:
        return Reading(paths, *self.how)


class _Inputs:
    """The records of all files, by table."""

    def __init__(self, tables: Sequence[str], on_progress: Progress) -> None:
        self.given: list[Given] = []
        self.unreadable: list[Unreadable] = []
        self.remarks: list[str] = []
        self._tables = {name.casefold() for name in tables}
        self._on_progress = on_progress

    def read(self, reading: Reading) -> Records:
        records = reading.read(self._on_progress)
        self.unreadable += records.unreadable
        return records

    def add(self, option: str, *found: tuple[InputTable[Any], Sequence[Any]]) -> None:
        """The records of one option. A table of the same option for which there are none is emptied: what it
        holds is of other files."""
        if not any(records for _, records in found):
            raise TollsheetError(
                f"There are no {' or '.join(table.holds for table, _ in found)} that can be read",
                "Is it the right file?",
                option,
            )
        for table, records in found:
            if records or table.name.casefold() in self._tables:
                self.given.append(Given(table, records))


def fill_template(
    files: FillFiles, month: str, output: Path, *, force: bool, on_progress: Progress
) -> tuple[Filled, Sequence[Unreadable]]:
    """Fill a template from files, and write it. Raises TollsheetError before anything is written."""
    check_target(output, force=force, inputs=files.every)
    package = read_package(files.template)
    if package.ending not in _ENDINGS:
        raise TollsheetError(
            f"{files.template.name} is a {package.ending} file", "Save it as .xlsx, or as .xlsm with macros."
        )
    if output.suffix.lower() != package.ending:
        raise TollsheetError(
            f"{output.name} does not end in {package.ending}, as the template does", "Name it so."
        )
    inputs = _Inputs(_table_names(package), on_progress)
    _read_all(files, inputs)
    on_progress("Filling", 0)
    filled = fill(package, inputs.given, month)
    on_progress("Writing", 0)
    write_atomically(output, force, package.write, files.every)
    return Filled(filled.rows, (*inputs.remarks, *filled.remarks)), inputs.unreadable


def _table_names(package: Package) -> list[str]:
    workbook = Workbook(package)
    return [table.name for sheet in workbook.sheets() for table in workbook.tables(sheet)]


def _read_all(files: FillFiles, inputs: _Inputs) -> None:
    if not files.with_records:
        raise TollsheetError("No file is given to fill the template with", "Give a call log, with --calls.")
    log = files.reading(files.calls)
    if files.calls:
        records = inputs.read(log)
        _refuse_others("--calls", records, "calls")
        inputs.add("--calls", (CALLS, records.calls))
    if files.billed:
        records = inputs.read(Reading.of_bill(files.billed, None, files.billed_mapping, None, log))
        _refuse_others("--billed", records, "calls", "usage")
        inputs.add("--billed", (BILLED, records.calls), (USAGE, records.usage))
    if files.rates:
        card, [source] = rate_card_of(files.rates)
        inputs.remarks += [f"{source.name}: {note}" for note in source.notes]
        inputs.add("--rates", (RATES, card.rows if card else ()))
    if files.recordings:
        records = inputs.read(files.reading(files.recordings))
        _refuse_others("--recordings", records, "recordings", "deletions")
        stored, odd = held(records, date.max)
        inputs.remarks += [f"{one.place}: {one.recording_id}: {one.text}" for one in odd]
        inputs.add("--recordings", (RECORDINGS, stored))
    if files.charges:
        records = inputs.read(files.reading(files.charges))
        _refuse_others("--charges", records, "charges")
        inputs.add("--charges", (CHARGES, records.charges))
    if files.roster:
        records = inputs.read(files.reading(files.roster))
        _refuse_others("--roster", records, "roster")
        inputs.add("--roster", (ROSTER, records.roster))


def _refuse_others(option: str, records: Records, *meant: str) -> None:
    """Records of another kind have no place in the table: they are not left out in silence."""
    kinds = ("calls", "usage", "recordings", "deletions", "charges", "roster")
    others = [kind for kind in kinds if kind not in meant and getattr(records, kind)]
    if others:
        files = {one.place.file for kind in others for one in getattr(records, kind)}
        raise TollsheetError(
            f"{in_quotes(sorted(files))} holds {' and '.join(others)}",
            "Give the file where it belongs.",
            option,
        )
