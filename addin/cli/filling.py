"""From the files of `tollsheet fill` to the filled workbook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from addin.cli.console import Progress
from addin.cli.reading import Reading
from addin.errors import TollsheetError
from addin.hosts.files import check_target, write_atomically
from addin.hosts.filling.fill import Filled
from addin.hosts.filling.inputs import BILL, CALL_LOG, CHARGED, STORED, USERS, Inputs
from addin.hosts.package import read_package
from addin.records.call import Unreadable
from addin.records.source import NoRecords


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


def fill_template(
    files: FillFiles, month: str, output: Path, *, force: bool, on_progress: Progress
) -> tuple[Filled, Sequence[Unreadable]]:
    """Fill a template from files, and write it. Raises TollsheetError before anything is written."""
    check_target(output, force=force, inputs=files.every)
    package = read_package(files.template)
    inputs = Inputs(package)
    if output.suffix.lower() != package.ending:
        raise TollsheetError(
            f"{output.name} does not end in {package.ending}, as the template does", "Name it so."
        )
    _read_all(files, inputs, on_progress)
    on_progress("Filling", 0)
    filled = inputs.fill(month)
    on_progress("Writing", 0)
    write_atomically(output, force, package.write, files.every)
    return filled, inputs.unreadable


def _read_all(files: FillFiles, inputs: Inputs, on_progress: Progress) -> None:
    if not files.with_records:
        raise TollsheetError("No file is given to fill the template with", "Give a call log, with --calls.")
    log = files.reading(files.calls)
    bill = Reading.of_bill(files.billed, None, files.billed_mapping, None, log)
    if files.rates:
        inputs.add_rates(files.rates, "--rates")
    for what, reading, option in (
        (CALL_LOG, log, "--calls"),
        (BILL, bill, "--billed"),
        (STORED, files.reading(files.recordings), "--recordings"),
        (CHARGED, files.reading(files.charges), "--charges"),
        (USERS, files.reading(files.roster), "--roster"),
    ):
        if reading.paths:
            empty: list[NoRecords] = []
            records = reading.read(on_progress, empty.append)
            inputs.add(what, records, option, empty=empty)
