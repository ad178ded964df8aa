"""`tollsheet dispute`: from a reconciliation to what the provider is asked to credit."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from addin.cli import console
from addin.cli.exit_codes import FINE, LOOK
from addin.cli.options import FILE, Day, FilesOption, ManyFiles
from addin.cli.screens.disputes import show_disputes
from addin.disputes.checks import to_check
from addin.disputes.report import BUCKETS, MOST_ANSWER_DAYS, Choices, check_buckets
from addin.hosts.report_files.disputes import leftover_letters, report_of_files, write_disputes
from addin.hosts.report_files.writing import check_outputs
from addin.records.source import reportable

_MOST_ROWS = 1000


class _Days(click.ParamType[tuple[int, ...]]):
    """Ageing boundaries: whole days that rise, separated by commas."""

    name = "days"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, ...]:
        parts = [part.strip() for part in str(value).split(",")]
        if not all(part.isdecimal() and part.isascii() for part in parts):
            self.fail(f"{value!r} are no whole days, such as 30,60,90", param, ctx)
        return tuple(map(int, parts))


@click.command("dispute", cls=ManyFiles)
@click.argument("reconciliations", nargs=-1, required=True, type=FILE, metavar="RECONCILIATION.xlsx...")
@click.option(
    "--previous",
    cls=FilesOption,
    help="Earlier dispute workbooks. What people entered in them is kept, and disputes of earlier months "
    "that are not finished come along.",
)
@click.option(
    "--as-of",
    type=Day(),
    metavar="YYYY-MM-DD",
    help="The day on which ages are counted and new disputes are opened.  [default: today]",
)
@click.option(
    "--ageing",
    type=_Days(),
    default=",".join(map(str, BUCKETS)),
    show_default=True,
    metavar="DAYS",
    help="The last day of each ageing bucket but the last.",
)
@click.option("-o", "--output", required=True, type=FILE, metavar="OUT.xlsx", help="The workbook to write.")
@click.option(
    "--letter",
    type=FILE,
    metavar="OUT.txt",
    help="The letter as plain text; one for each provider, account and currency, the second named -2.",
)
@click.option(
    "--letter-rows",
    type=click.IntRange(1, _MOST_ROWS),
    default=Choices(date.min).letter_rows,
    show_default=True,
    metavar="N",
    help="How many of the largest disputes the letter lists.",
)
@click.option(
    "--answer-within",
    type=click.IntRange(1, MOST_ANSWER_DAYS),
    default=Choices(date.min).answer_days,
    show_default=True,
    metavar="DAYS",
    help="The letter asks for an answer within so many days.",
)
@click.option("--csv", "csv_output", type=FILE, metavar="OUT.csv", help="The disputes as CSV.")
@click.option("--json", "json_output", type=FILE, metavar="OUT.json", help="The same for programs.")
@click.option(
    "--force",
    is_flag=True,
    help="Replace existing output files. What people entered in a dispute workbook that is replaced is kept.",
)
def command(
    reconciliations: tuple[Path, ...],
    previous: tuple[Path, ...],
    as_of: date | None,
    ageing: tuple[int, ...],
    output: Path,
    letter: Path | None,
    letter_rows: int,
    answer_within: int,
    csv_output: Path | None,
    json_output: Path | None,
    force: bool,
) -> int:
    """List what the provider billed too much, and follow it up.

    Takes workbooks that `tollsheet reconcile` or the add-in made: one, or several months, providers and
    accounts. Exit codes: 0 nothing is open, 1 something is open or to be checked, 2 bad input.

    \b
    tollsheet dispute september.xlsx -o disputes.xlsx --letter letter.txt
    tollsheet dispute october.xlsx --previous disputes.xlsx -o disputes-october.xlsx
    """
    check_buckets(ageing)
    choices = Choices(as_of or date.today(), ageing, letter_rows, answer_within)
    inputs = (*reconciliations, *previous)
    check_outputs(output, csv_output, json_output, letter, force=force, inputs=inputs)
    with console.progress() as progress:
        progress("Reading", 0)
        report = report_of_files(reconciliations, previous, output, choices)
        progress("Writing", len(report.disputes))
        written = write_disputes(
            report,
            output,
            csv=csv_output,
            json=json_output,
            letter=letter,
            force=force,
            inputs=inputs,
        )
    leftover = leftover_letters(report, letter) if letter else []
    show_disputes(report, written, [reportable(name) for name in leftover])
    asked = any(one.is_unfinished or to_check(one) for one in report.disputes)
    return LOOK if asked else FINE
