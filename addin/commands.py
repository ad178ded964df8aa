"""What each command does, from its files to its exit code."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from addin import console
from addin.errors import TollsheetError
from addin.hosts.files import check_target, write_text
from addin.hosts.rated_calls import write_rated_calls
from addin.hosts.workbook_file import write_reconciliation
from addin.reconcile.expectation import Rater, expect
from addin.reconcile.lines import UNKNOWN_STATUS, UNRATED
from addin.reconcile.reconciliation import Question
from addin.reconcile.reconciliation import reconcile as reconcile_records
from addin.records import read_mapping, read_rate_card, read_records
from addin.records.call import Records, SourceFile
from addin.records.rate_file import with_unused
from addin.records.source import signed_file, signed_mappings
from addin.reports.build import Inputs, report_of
from addin.reports.contract import to_json
from addin.reports.rows import call_row
from udfs.rating.rate_card import RateCard

FINE, LOOK = 0, 1


@dataclass(frozen=True, slots=True)
class Reading:
    """Files and how to read them."""

    paths: tuple[Path, ...]
    provider: str | None
    mapping: Path | None
    time_zone: str | None
    voicemail_billed: bool | None

    @property
    def inputs(self) -> tuple[Path, ...]:
        return (*self.paths, self.mapping) if self.mapping else self.paths

    def read(self, on_progress: Callable[[str, int], None]) -> Records:
        return read_records(
            self.paths,
            provider=self.provider,
            mapping=read_mapping(self.mapping) if self.mapping else None,
            time_zone=self.time_zone,
            voicemail_billed=self.voicemail_billed,
            on_progress=on_progress,
        )


def reconcile_month(
    question: Question,
    log: Reading,
    bill: Reading,
    rates: Path | None,
    output: Path,
    json_output: Path | None,
    force: bool,
) -> int:
    """The month's reconciliation as workbook and, if asked for, JSON."""
    inputs = (*log.inputs, *bill.inputs, *((rates,) if rates else ()))
    if json_output and json_output.resolve() == output.resolve():
        raise TollsheetError(f"{output} is named for both outputs", "Give --json another name.")
    for target in (output, *((json_output,) if json_output else ())):
        check_target(target, force=force, inputs=inputs)
    with console.progress() as progress:
        called = log.read(progress)
        billed = bill.read(progress)
        card, rate_sources = _rate_card(rates)
        progress("Reconciling", 0)
        result = reconcile_records(called, billed, question, card)
        mappings = signed_mappings(side.mapping for side in (log, bill) if side.mapping)
        inputs_read = Inputs(called.sources, billed.sources, rate_sources, mappings)
        report = report_of(result, inputs_read)
        progress("Writing", 0)
        json_text = to_json(report) if json_output else ""
        written = write_reconciliation(report, output, force=force, inputs=inputs)
        if json_output:
            write_text(json_text, json_output, force=force, inputs=inputs)
            written.append(json_output)
    console.show_reconciliation(report, written)
    return FINE if report.is_fine else LOOK


def rate_calls(log: Reading, rates: Path, output: Path, force: bool) -> int:
    """Every call of a log with its billed minutes, rate and cost."""
    inputs = (*log.inputs, rates)
    check_target(output, force=force, inputs=inputs)
    with console.progress() as progress:
        called = log.read(progress)
        if not called.calls:
            raise TollsheetError("There is no call that can be read", "--calls takes a call log.")
        card, _ = _rate_card(rates)
        progress("Rating", 0)
        lines = expect(called.calls, None, Rater(card))
        progress("Writing", 0)
        write_rated_calls([call_row(line, "") for line in lines], output, force=force, inputs=inputs)
    console.show_rating(lines, called.unreadable, output)
    left = any(line.step in (UNRATED, UNKNOWN_STATUS) for line in lines)
    return LOOK if left or called.unreadable else FINE


def inspect_files(reading: Reading) -> int:
    """What each file is and holds."""
    with console.progress() as progress:
        records = reading.read(progress)
    console.show_records(records)
    return LOOK if records.unreadable else FINE


def _rate_card(path: Path | None) -> tuple[RateCard | None, tuple[SourceFile, ...]]:
    if path is None:
        return None, ()
    card = read_rate_card(path)
    return card, (with_unused(signed_file(path, "rate card", len(card.rows)), card),)
