"""`tollsheet investigate`: from the daily totals down to the call behind a difference."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import click

from addin.cli import console
from addin.cli.exit_codes import FINE, LOOK
from addin.cli.options import FILE, Amount, Day, FilesOption, ManyFiles, comparing_options, reading_options
from addin.cli.reading import Reading, rate_card_of
from addin.cli.screens.investigation import show_investigation
from addin.errors import TollsheetError
from addin.hosts.files import all_or_none, write_text
from addin.hosts.report_files.investigation import write_investigation, write_report_text
from addin.hosts.report_files.writing import check_outputs
from addin.investigation.balance import Ledger
from addin.investigation.export import exports_of, moment_of
from addin.investigation.given_ledger import (
    CLOSING_AT,
    LEDGER_FILE,
    LONGEST_STALENESS_S,
    GivenLedger,
    ledger_of,
)
from addin.investigation.investigation import investigate
from addin.investigation.questions import share_of
from addin.reconcile.measure import Tolerance
from addin.reconcile.period import Days, Month, Period
from addin.reconcile.reconciliation import Question, reconcile
from addin.records.call import SourceFile
from addin.records.ledger_file import CLOSING, CREDIT, OPENING, OTHER, STORAGE, TOP_UP
from addin.records.source import signed_mappings
from addin.reports.investigation.build import investigation_report
from addin.reports.investigation.contract import to_json
from addin.reports.reconciliation.build import Inputs

_AMOUNTS = {
    "opening_balance": (OPENING, "Balance before the period, such as 100 or '100 USD'."),
    "top_ups": (TOP_UP, "What was paid in."),
    "credits": (CREDIT, "What was credited."),
    "storage": (STORAGE, "What was charged for recordings."),
    "other_charges": (OTHER, "What else was charged: numbers, messages."),
    "closing_balance": (CLOSING, "Balance that is stated after it."),
}


def _amount_options(command: Callable[..., Any]) -> Callable[..., Any]:
    for name, (_, told) in reversed(_AMOUNTS.items()):
        command = click.option(f"--{name.replace('_', '-')}", metavar="AMOUNT", help=told)(command)
    return command


@click.command("investigate", cls=ManyFiles)
@click.option("--month", metavar="YYYY-MM", help="The month, in UTC.")
@click.option("--from", "first", type=Day(), metavar="DAY", help="Or its first day, YYYY-MM-DD, in UTC.")
@click.option("--to", "last", type=Day(), metavar="DAY", help="The last day.")
@click.option("--calls", cls=FilesOption, required=True, help="The call log.")
@click.option(
    "--billed",
    cls=FilesOption,
    required=True,
    help="What was billed: the provider's call records, or its usage records by day.",
)
@click.option("-o", "--output", required=True, type=FILE, metavar="OUT.xlsx", help="The workbook to write.")
@click.option("--text", "text_output", type=FILE, metavar="OUT.txt", help="The report text, ready to send.")
@click.option("--json", "json_output", type=FILE, metavar="OUT.json", help="The same for programs.")
@click.option("--force", is_flag=True, help="Replace existing output files.")
@click.option(
    "--threshold",
    default="1%",
    show_default=True,
    metavar="PERCENT",
    help="By how much calls and durations of a day may differ and still roughly match.",
)
@click.option(
    "--exported-at",
    metavar="TIME",
    help="When both sides were exported, such as '2026-10-02 06:00' (UTC).  [default: the files' own times]",
)
@comparing_options
@click.option(
    "--ledger",
    type=FILE,
    metavar="FILE",
    help="Statement of the balance: rows of kind, amount, at, currency, reference, where kind is opening, "
    "top-up, credit, storage, other or closing. Or state the amounts:",
)
@_amount_options
@click.option("--closing-at", metavar="TIME", help="When the closing balance was read (UTC).")
@click.option(
    "--balance-buffer",
    type=Amount(),
    default=Fraction(0),
    metavar="N",
    help="What the provider may hold back of the balance.",
)
@click.option(
    "--balance-staleness",
    type=click.IntRange(0, LONGEST_STALENESS_S),
    default=60,
    show_default=True,
    metavar="SECONDS",
    help="How old the closing balance may be: calls that ended since may not be in it.",
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
def command(**given: Any) -> int:
    """Find what is behind a difference: the day, the hour, the call.

    Compares the daily totals in UTC and asks: do the connected calls roughly match, do the durations? Ends at
    the missing calls, a duration issue or a rating issue, with the single call that differs most and the
    formula of both costs. Checks a balance against its ledger, too.

    \b
    tollsheet investigate --month 2026-09 --calls calls.csv --billed cdr.csv --rates rates.csv \\
        -o difference.xlsx --text report.txt

    Exit codes: 0 nothing differs, 1 a difference or something left unread, 2 bad input.
    """
    period = _period(given["month"], given["first"], given["last"])
    threshold = share_of(given["threshold"], "--threshold")
    exported_at = moment_of(given["exported_at"], "--exported-at") if given["exported_at"] else None
    question = Question(
        period,
        Tolerance(given["tolerance_minutes"], given["tolerance_amount"]),
        timedelta(seconds=given["match_window"]),
    )
    zone, voicemail = given["time_zone"], given["voicemail_billed"]
    log = Reading(given["calls"], given["provider"], given["mapping"], zone, voicemail)
    bill = Reading.of_bill(
        given["billed"], given["billed_provider"], given["billed_mapping"], given["billed_time_zone"], log
    )
    outputs = [given["output"], given["text_output"], given["json_output"]]
    inputs = (*log.inputs, *bill.inputs, *filter(None, (given["rates"], given["ledger"])))
    check_outputs(*outputs, force=given["force"], inputs=inputs)
    ledger, ledger_sources = _ledger(given)
    with console.progress() as progress:
        called, billed = log.read(progress), bill.read(progress)
        card, rate_sources = rate_card_of(given["rates"])
        progress("Investigating", 0)
        result = reconcile(called, billed, question, card)
        exports = exports_of(period, called.sources, billed.sources, exported_at)
        found = investigate(result, exports, threshold, ledger)
        mappings = signed_mappings(side.mapping for side in (log, bill) if side.mapping)
        read = Inputs(called.sources, billed.sources, rate_sources, mappings)
        report = investigation_report(found, read, ledger_sources)
        progress("Writing", 0)
        force = given["force"]
        with all_or_none():
            write_investigation(report, given["output"], force=force, inputs=inputs)
            if given["text_output"]:
                write_report_text(report, given["text_output"], force=force, inputs=inputs)
            if given["json_output"]:
                write_text(to_json(report), given["json_output"], force=force, inputs=inputs)
    show_investigation(report, [path for path in outputs if path])
    return LOOK if report.differs else FINE


def _period(month: str | None, first: date | None, last: date | None) -> Period:
    if month and not (first or last):
        return Month.parse(month)
    if not month and first and last:
        return Days(first, last)
    raise TollsheetError(
        "The period is not clear",
        "Give the month, or both its first and its last day.",
        "--month, --from, --to",
    )


def _ledger(given: dict[str, Any]) -> tuple[Ledger | None, tuple[SourceFile, ...]]:
    """From a file, or from the amounts that are stated. It is the provider's, as the bill."""
    options = {LEDGER_FILE: "ledger", CLOSING_AT: "closing_at"}
    options |= {kind: name for name, (kind, _) in _AMOUNTS.items()}

    def refuse(which: str, problem: str, remedy: str) -> TollsheetError:
        return TollsheetError(problem, remedy, f"--{options[which].replace('_', '-')}")

    return ledger_of(
        GivenLedger(
            given["ledger"],
            {kind: given[name] for name, (kind, _) in _AMOUNTS.items() if given[name] is not None},
            given["closing_at"] or "",
            given["balance_buffer"],
            timedelta(seconds=given["balance_staleness"]),
            given["billed_time_zone"] or given["time_zone"],
        ),
        refuse,
    )
