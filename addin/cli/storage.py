"""`tollsheet storage`: what stored recordings are charged at each month end."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import click

from addin.cli import console
from addin.cli.exit_codes import FINE, LOOK
from addin.cli.options import FILE, Amount, Day, FilesOption, ManyFiles
from addin.cli.reading import Reading
from addin.cli.screens.storage import show_storage
from addin.errors import TollsheetError
from addin.hosts.files import all_or_none, write_text
from addin.hosts.report_files.storage import refuse_too_many, write_storage, write_view
from addin.hosts.report_files.writing import check_outputs
from addin.reconcile.period import Month
from addin.records.call import Records
from addin.records.open_sheets import together
from addin.records.source import signed_mappings
from addin.reports.storage.contract import to_json
from addin.reports.storage.report import report_of
from addin.storage.question import (
    MONTHS_AHEAD,
    MOST_AHEAD,
    OLDER_THAN,
    Question,
    StoredDays,
    currency_text,
    months_between,
    parse_invoices,
)
from addin.storage.statement import state

MOST_DAYS = 100_000


class Days(click.ParamType[int]):
    """A whole number of days."""

    name = "days"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        text = str(value)
        if not (text.isascii() and text.isdigit() and int(text) <= MOST_DAYS):
            self.fail(f"{value!r} is not a number of days, such as 90", param, ctx)
        return int(text)


@click.command("storage", cls=ManyFiles)
@click.option(
    "--recordings",
    cls=FilesOption,
    required=True,
    help="The recordings: pages of Plivo's API, a CSV or a workbook.",
)
@click.option(
    "--deletions", cls=FilesOption, help="What was deleted when: recording_id, deleted_at. No export tells."
)
@click.option("--month", metavar="YYYY-MM", help="The month whose last day charges.")
@click.option("--from-month", metavar="YYYY-MM", help="The first month of several.")
@click.option("--to-month", metavar="YYYY-MM", help="The last month of several.")
@click.option("-o", "--output", required=True, type=FILE, metavar="OUT.xlsx", help="The workbook to write.")
@click.option("--csv", "csv_output", type=FILE, metavar="OUT.csv", help="The recordings in view as a CSV.")
@click.option("--json", "json_output", type=FILE, metavar="OUT.json", help="The same figures for programs.")
@click.option("--force", is_flag=True, help="Replace existing output files.")
@click.option(
    "--rate", type=Amount(), metavar="N", help="Per minute and month, of recordings that name no rate."
)
@click.option("--currency", metavar="NAME", help="Of the amounts.  [default: the recordings' own, else USD]")
@click.option(
    "--as-of",
    type=Day(),
    metavar="DAY",
    help="The day of the filters and the forecast.  [default: the last day of the range]",
)
@click.option(
    "--stored-more-than",
    type=Days(),
    metavar="DAYS",
    help="View only recordings stored for more days (recording_storage_duration__gt). Two make a range.",
)
@click.option("--stored-at-least", type=Days(), metavar="DAYS", help="The same for __gte.")
@click.option("--stored-less-than", type=Days(), metavar="DAYS", help="The same for __lt.")
@click.option("--stored-at-most", type=Days(), metavar="DAYS", help="The same for __lte.")
@click.option(
    "--within-a-year",
    is_flag=True,
    help="View only recordings of the year before the day, as Plivo's console exports them.",
)
@click.option(
    "--exported-at",
    type=Day(),
    metavar="DAY",
    help="When Plivo exported the recordings.  [default: the day that their own days of storage tell, else "
    "when the file was last changed]",
)
@click.option(
    "--invoice",
    "invoices",
    multiple=True,
    metavar="MONTH=AMOUNT",
    help="What the invoice of a month says, such as 2023-06=0.0012. Give it once a month.",
)
@click.option(
    "--ahead",
    type=click.IntRange(1, MOST_AHEAD),
    default=MONTHS_AHEAD,
    show_default=True,
    metavar="N",
    help="Month ends to look ahead.",
)
@click.option(
    "--older-than",
    type=Days(),
    multiple=True,
    default=OLDER_THAN,
    metavar="DAYS",
    help="What deleting recordings stored for more days would save; may be given again.  "
    f"[default: {', '.join(map(str, OLDER_THAN))}]",
)
@click.option(
    "--day",
    "shown_days",
    type=Day(),
    multiple=True,
    metavar="DAY",
    help="A further day on the sheet Day by day; may be given again.",
)
@click.option("--provider", metavar="NAME", help="Format of the files, where their headers do not tell.")
@click.option("--mapping", type=FILE, metavar="FILE", help="TOML file that names the columns of an own list.")
@click.option(
    "--time-zone",
    metavar="ZONE",
    help="Zone of times that carry none, such as Asia/Kolkata or +05:30.  [default: UTC]",
)
def command(
    recordings: tuple[Path, ...],
    deletions: tuple[Path, ...],
    month: str | None,
    from_month: str | None,
    to_month: str | None,
    output: Path,
    csv_output: Path | None,
    json_output: Path | None,
    force: bool,
    rate: Fraction | None,
    currency: str | None,
    as_of: date | None,
    stored_more_than: int | None,
    stored_at_least: int | None,
    stored_less_than: int | None,
    stored_at_most: int | None,
    within_a_year: bool,
    exported_at: date | None,
    invoices: tuple[str, ...],
    ahead: int,
    older_than: tuple[int, ...],
    shown_days: tuple[date, ...],
    provider: str | None,
    mapping: Path | None,
    time_zone: str | None,
) -> int:
    """Say what storing recordings costs at each month end (Plivo).

    A recording stored for more than 90 days on the last day of a month is charged its whole minutes.
    Exit codes: 0 nothing to look at, 1 something differs from Plivo or is not known, 2 bad input.

    \b
    tollsheet storage --recordings recordings.json --month 2023-06 -o june.xlsx
    tollsheet storage --recordings recordings.json --deletions deleted.csv \\
        --from-month 2023-04 --to-month 2023-09 --invoice 2023-06=0.0012 -o storage.xlsx
    """
    months = _months(month, from_month, to_month)
    question = Question(
        months=months,
        as_of=as_of or months[-1].last_day,
        rate=rate,
        currency=currency_text(currency or ""),
        stored=StoredDays(stored_more_than, stored_at_least, stored_less_than, stored_at_most),
        within_a_year=within_a_year,
        exported_on=exported_at,
        invoices=parse_invoices(invoices),
        months_ahead=ahead,
        older_than=older_than,
        shown_days=shown_days,
    )
    lists = [Reading(paths, provider, mapping, time_zone, None) for paths in (recordings, deletions)]
    return state_storage(question, lists[0], lists[1], output, csv_output, json_output, force)


def state_storage(
    question: Question,
    kept: Reading,
    deleted: Reading,
    output: Path,
    csv_output: Path | None,
    json_output: Path | None,
    force: bool,
) -> int:
    """The statement as workbook and, if asked for, CSV and JSON."""
    question.refuse_what_cannot_be()
    inputs = (*kept.inputs, *deleted.paths)
    check_outputs(output, csv_output, json_output, force=force, inputs=inputs)
    with console.progress() as progress:
        records = together([kept.read(progress), _deletions(deleted, progress)])
        progress("Calculating", 0)
        statement = state(records, question)
        mappings = signed_mappings([kept.mapping] if kept.mapping else [])
        report = report_of(statement, (*records.sources, *mappings))
        refuse_too_many(report)
        progress("Writing", 0)
        with all_or_none():
            write_storage(report, output, force=force, inputs=inputs)
            if csv_output:
                write_view(report, csv_output, force=force, inputs=inputs)
            if json_output:
                write_text(to_json(report), json_output, force=force, inputs=inputs)
    show_storage(report, [target for target in (output, csv_output, json_output) if target])
    return FINE if report.is_fine else LOOK


def _months(month: str | None, first: str | None, last: str | None) -> tuple[Month, ...]:
    if month is not None and first is None and last is None:
        return (Month.parse(month),)
    if month is None and first is not None and last is not None:
        return months_between(Month.parse(first), Month.parse(last))
    raise TollsheetError(
        "It is not clear which months are meant", "Give one month, or both the first and the last.", "--month"
    )


def _deletions(deleted: Reading, progress: console.Progress) -> Records:
    """A file that holds recordings would count them in silence."""
    if not deleted.paths:
        return Records()
    records = deleted.read(progress)
    if records.recordings or records.calls or records.usage:
        wrong = next(source for source in records.sources if "deletion" not in source.format)
        raise TollsheetError(
            f"{wrong.name} is a {wrong.format} file, no list of deletions",
            "Give the columns recording_id and deleted_at alone.",
            "--deletions",
        )
    return records
