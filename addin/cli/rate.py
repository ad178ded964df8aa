"""`tollsheet rate`: every call of a log with its billed minutes, rate and cost."""

from __future__ import annotations

from pathlib import Path

import click

from addin.cli import console
from addin.cli.exit_codes import FINE, LOOK
from addin.cli.options import FILE, FilesOption, ManyFiles, reading_options
from addin.cli.reading import Reading, rate_card_of
from addin.cli.screens.rating import show_rating
from addin.errors import TollsheetError
from addin.hosts.files import check_target
from addin.hosts.report_files.rated_calls import write_rated_calls
from addin.reconcile.expectation import Rater, expect
from addin.reconcile.lines import UNKNOWN_STATUS, UNRATED
from addin.reports.reconciliation.rows import call_row


@click.command("rate", cls=ManyFiles)
@click.option("--calls", cls=FilesOption, required=True, help="The call log.")
@click.option("--rates", type=FILE, required=True, metavar="FILE", help="The rate card.")
@click.option("-o", "--output", required=True, type=FILE, metavar="OUT", help="What to write: .xlsx or .csv.")
@click.option("--force", is_flag=True, help="Replace an existing output file.")
@reading_options
def command(
    calls: tuple[Path, ...],
    rates: Path,
    output: Path,
    force: bool,
    provider: str | None,
    mapping: Path | None,
    time_zone: str | None,
    voicemail_billed: bool | None,
) -> int:
    """Write billed minutes, rate and cost of every call.

    \b
    tollsheet rate --calls calls.csv --rates rates.csv -o rated.xlsx
    """
    return rate_calls(Reading(calls, provider, mapping, time_zone, voicemail_billed), rates, output, force)


def rate_calls(log: Reading, rates: Path, output: Path, force: bool) -> int:
    """Every call of a log with its billed minutes, rate and cost."""
    inputs = (*log.inputs, rates)
    check_target(output, force=force, inputs=inputs)
    with console.progress() as progress:
        called = log.read(progress)
        if not called.calls:
            raise TollsheetError("There is no call that can be read", "--calls takes a call log.")
        card, _ = rate_card_of(rates)
        progress("Rating", 0)
        lines = expect(called.calls, None, Rater(card))
        progress("Writing", 0)
        write_rated_calls([*map(call_row, lines)], output, force=force, inputs=inputs)
    show_rating(lines, called.unreadable, output)
    left = any(line.step in (UNRATED, UNKNOWN_STATUS) for line in lines)
    return LOOK if left or called.unreadable else FINE
