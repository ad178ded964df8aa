"""`tollsheet reconcile`: a month of calls against what was billed for it."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction
from pathlib import Path

import click

from addin.cli import console
from addin.cli.exit_codes import FINE, LOOK
from addin.cli.options import FILE, Amount, FilesOption, ManyFiles, reading_options
from addin.cli.reading import Reading, rate_card_of
from addin.errors import TollsheetError
from addin.hosts.files import check_target, write_text
from addin.hosts.workbook_file import write_reconciliation
from addin.reconcile.measure import Tolerance
from addin.reconcile.period import Month
from addin.reconcile.reconciliation import Question
from addin.reconcile.reconciliation import reconcile as reconcile_records
from addin.records.source import signed_mappings
from addin.reports.build import Inputs, report_of
from addin.reports.contract import to_json


@click.command("reconcile", cls=ManyFiles)
@click.option("--month", required=True, metavar="YYYY-MM", help="The month, in UTC.")
@click.option("--calls", cls=FilesOption, required=True, help="The call log.")
@click.option(
    "--billed",
    cls=FilesOption,
    required=True,
    help="What was billed: usage records (compared by category and day), or the provider's own call records "
    "(compared call by call).",
)
@click.option(
    "--rates", type=FILE, metavar="FILE", help="Rate card. Without one, the log's own prices count."
)
@click.option("-o", "--output", required=True, type=FILE, metavar="OUT.xlsx", help="The workbook to write.")
@click.option("--json", "json_output", type=FILE, metavar="OUT.json", help="The same figures for programs.")
@click.option("--force", is_flag=True, help="Replace existing output files.")
@click.option(
    "--tolerance-minutes", type=Amount(), default=Fraction(0), metavar="N", help="Allowed difference."
)
@click.option(
    "--tolerance-amount", type=Amount(), default=Fraction(0), metavar="N", help="Allowed difference."
)
@click.option(
    "--match-window",
    type=click.IntRange(0, 86_400),
    default=60,
    show_default=True,
    metavar="SECONDS",
    help="How far apart two records of one call may start where ids do not match; 1 s where both have ids "
    "and other calls match by theirs.",
)
@reading_options
@click.option("--billed-provider", metavar="NAME", help="As --provider, for the bill.")
@click.option("--billed-mapping", type=FILE, metavar="FILE", help="As --mapping, for the bill.")
@click.option("--billed-time-zone", metavar="ZONE", help="As --time-zone, for the bill.  [default: the same]")
def command(
    month: str,
    calls: tuple[Path, ...],
    billed: tuple[Path, ...],
    rates: Path | None,
    output: Path,
    json_output: Path | None,
    force: bool,
    tolerance_minutes: Fraction,
    tolerance_amount: Fraction,
    match_window: int,
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
    question = Question(
        Month.parse(month),
        Tolerance(tolerance_minutes, tolerance_amount),
        timedelta(seconds=match_window),
    )
    log = Reading(calls, provider, mapping, time_zone, voicemail_billed)
    bill = Reading(billed, billed_provider, billed_mapping, billed_time_zone or time_zone, voicemail_billed)
    return reconcile_month(question, log, bill, rates, output, json_output, force)


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
        card, rate_sources = rate_card_of(rates)
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
