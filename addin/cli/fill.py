"""`tollsheet fill`: a template that people have made their own, with the records of a month in its tables."""

from __future__ import annotations

from pathlib import Path

import click

from addin.cli import console
from addin.cli.exit_codes import FINE, LOOK
from addin.cli.filling import FillFiles, fill_template
from addin.cli.options import FILE, FilesOption, ManyFiles, reading_options
from addin.hosts.filling.wording import sentences
from addin.reconcile.period import Month


@click.command("fill", cls=ManyFiles)
@click.argument("template", type=FILE)
@click.option("--calls", cls=FilesOption, help="The call log, for the table Calls.")
@click.option(
    "--billed",
    cls=FilesOption,
    help="What was billed: the provider's call records, for the table Billed, or usage records, for Usage.",
)
@click.option("--rates", type=FILE, metavar="FILE", help="The rate card, for the table Rates.")
@click.option(
    "--recordings", cls=FilesOption, help="Recordings, and lists of deletions, for the table Recordings."
)
@click.option("--charges", cls=FilesOption, help="What calls were charged, for the table Charges.")
@click.option("--roster", cls=FilesOption, help="The users, for the table Roster.")
@click.option("--month", default="", metavar="YYYY-MM", help="For the cell named month.")
@click.option("-o", "--output", required=True, type=FILE, metavar="OUT", help="The workbook to write.")
@click.option("--force", is_flag=True, help="Replace an existing output file.")
@reading_options
@click.option(
    "--billed-mapping",
    type=FILE,
    metavar="FILE",
    help="As --mapping, for the bill.  [default: the same, where no other format fits]",
)
def command(
    template: Path,
    calls: tuple[Path, ...],
    billed: tuple[Path, ...],
    rates: Path | None,
    recordings: tuple[Path, ...],
    charges: tuple[Path, ...],
    roster: tuple[Path, ...],
    month: str,
    output: Path,
    force: bool,
    provider: str | None,
    mapping: Path | None,
    time_zone: str | None,
    voicemail_billed: bool | None,
    billed_mapping: Path | None,
) -> int:
    """Fill a template that you have made your own.

    The rows of its input tables are replaced, each table grows or shrinks as it has to, and formulas, charts
    and formats follow. All else stays as it is. A table for which no file is given is left alone.

    \b
    tollsheet fill my-rating.xlsx --calls calls.csv --rates rates.csv --month 2026-09 -o september.xlsx
    """
    files = FillFiles(
        template,
        calls,
        billed,
        rates,
        recordings,
        charges,
        roster,
        (provider, mapping, time_zone, voicemail_billed),
        billed_mapping,
    )
    written_month = str(Month.parse(month)) if month else ""
    with console.progress() as progress:
        filled, unreadable = fill_template(files, written_month, output, force=force, on_progress=progress)
    screen = console.open_console()
    for sentence in sentences(filled):
        screen.print(sentence, soft_wrap=True)
    console.show_unreadable(screen, unreadable)
    screen.print(f"Written: {output}", soft_wrap=True)
    screen.print("Its figures are calculated when you open it.")
    return LOOK if unreadable else FINE
