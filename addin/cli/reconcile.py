"""`tollsheet reconcile`: a month of calls against what was billed for it."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import click

from addin.cli.options import (
    FILE,
    FilesOption,
    Money,
    NamedMoney,
    Sections,
    comparing_options,
    reading_options,
)

if TYPE_CHECKING:
    from addin.reconcile.month_end.invoice import GivenLine

_SECTIONS = {
    "Month and files": (
        "--month",
        "--calls",
        "--billed",
        "--rates",
        "--output",
        "--json",
        "--force",
        "--no-calls",
    ),
    "Comparison": ("--tolerance-minutes", "--tolerance-amount", "--match-window"),
    "Invoice, books and the month before": (
        "--invoice-total",
        "--invoice-line",
        "--invoice-lines",
        "--accrual",
        "--account",
        "--previous",
    ),
    "Reading the files": (),
}


@click.command("reconcile", cls=Sections, sections=_SECTIONS)
@click.option("--month", required=True, metavar="YYYY-MM", help="The month, in UTC.")
@click.option("--calls", cls=FilesOption, required=True, help="The call log.")
@click.option(
    "--billed",
    cls=FilesOption,
    required=True,
    help="What was billed: usage records (compared by category and day), or the provider's own call records "
    "(compared call by call).",
)
@click.option("-o", "--output", required=True, type=FILE, metavar="OUT.xlsx", help="The workbook to write.")
@click.option("--json", "json_output", type=FILE, metavar="OUT.json", help="The same figures for programs.")
@click.option(
    "--force",
    is_flag=True,
    help="Replace existing output files. Notes and names that people wrote in the workbook are kept.",
)
@click.option(
    "--no-calls",
    is_flag=True,
    help="Leave the rows of single calls out of the workbook: of millions nobody looks at each.",
)
@comparing_options
@click.option(
    "--invoice-total",
    type=Money(),
    metavar="AMOUNT",
    help="Total of the invoice, such as 1234.56 or '1234.56 USD': what its lines leave over is named, and is "
    "a difference.",
)
@click.option(
    "--invoice-line",
    "invoice_lines",
    type=NamedMoney(),
    multiple=True,
    metavar="NAME=AMOUNT",
    help="A line that no usage record holds, such as VAT=12.34 or 'Credit=-5 USD'. Repeatable.",
)
@click.option(
    "--invoice-lines",
    "lines_file",
    type=FILE,
    metavar="FILE",
    help="The same as a CSV or sheet with the columns name, amount, currency.",
)
@click.option(
    "--previous",
    type=FILE,
    metavar="FILE",
    help="Reconciliation of the month before, its workbook or --json: what became of its findings is said.",
)
@click.option(
    "--accrual",
    type=FILE,
    metavar="OUT.csv",
    help="The lines for the books, one an account and currency, as a CSV.",
)
@click.option(
    "--account", default="", metavar="NAME", help="Account for the books, where the records name none."
)
@reading_options
@click.option("--billed-provider", metavar="NAME", help="As --provider, for the bill.")
@click.option(
    "--billed-mapping",
    type=FILE,
    metavar="FILE",
    help="As --mapping, for the bill.  [default: the same, where no other format fits]",
)
@click.option("--billed-time-zone", metavar="ZONE", help="As --time-zone, for the bill.  [default: the same]")
def command(
    month: str,
    calls: tuple[Path, ...],
    billed: tuple[Path, ...],
    rates: Path | None,
    output: Path,
    json_output: Path | None,
    force: bool,
    no_calls: bool,
    tolerance_minutes: Fraction,
    tolerance_amount: Fraction,
    match_window: int,
    invoice_total: tuple[Fraction, str] | None,
    invoice_lines: tuple[GivenLine, ...],
    lines_file: Path | None,
    previous: Path | None,
    accrual: Path | None,
    account: str,
    provider: str | None,
    mapping: Path | None,
    time_zone: str | None,
    voicemail_billed: bool | None,
    billed_provider: str | None,
    billed_mapping: Path | None,
    billed_time_zone: str | None,
) -> int:
    """Compare a month of calls with what was billed for it.

    Writes a workbook that leads from one total to the other step by step.

    \b
    tollsheet reconcile --month 2026-09 --calls calls.csv --billed usage.csv -o september.xlsx
    """
    # here, so that --help needs none of them
    from addin.cli.reading import Reading
    from addin.cli.reconciling import MonthEnd, Outputs, reconcile_month
    from addin.reconcile.measure import Tolerance
    from addin.reconcile.period import Month
    from addin.reconcile.reconciliation import Question

    question = Question(
        Month.parse(month),
        Tolerance(tolerance_minutes, tolerance_amount),
        timedelta(seconds=match_window),
    )
    log = Reading(calls, provider, mapping, time_zone, voicemail_billed)
    bill = Reading.of_bill(billed, billed_provider, billed_mapping, billed_time_zone, log)
    month_end = MonthEnd(invoice_total, invoice_lines, lines_file, previous, account)
    outputs = Outputs(output, json_output, accrual, force, with_calls=not no_calls)
    return reconcile_month(question, log, bill, rates, month_end, outputs)
