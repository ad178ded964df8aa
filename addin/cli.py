"""The `tollsheet` command. Exit codes: 0 fine, 1 differences or calls left unread or unrated, 2 bad input."""

from __future__ import annotations

import signal
import sys
import traceback
from datetime import timedelta
from fractions import Fraction
from pathlib import Path

import click

from addin.addin_commands import addin
from addin.errors import TollsheetError, safe
from addin.hosts.half_made import remove_half_made
from addin.options import FILE, Amount, FilesOption, ManyFiles, reading_options

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


@click.group(context_settings=CONTEXT)
@click.version_option(package_name="tollsheet", prog_name="tollsheet")
def tollsheet() -> None:
    """Rate telephone calls exactly and say why a bill and a call log differ.

    Exit codes: 0 balanced or within tolerance, 1 differences or calls left unread or unrated, 2 bad input.
    """


@tollsheet.command(cls=ManyFiles)
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
def reconcile(
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
    from addin.commands import Reading, reconcile_month
    from addin.reconcile.measure import Tolerance
    from addin.reconcile.period import Month
    from addin.reconcile.reconciliation import Question

    question = Question(
        Month.parse(month),
        Tolerance(tolerance_minutes, tolerance_amount),
        timedelta(seconds=match_window),
    )
    log = Reading(calls, provider, mapping, time_zone, voicemail_billed)
    bill = Reading(billed, billed_provider, billed_mapping, billed_time_zone or time_zone, voicemail_billed)
    return reconcile_month(question, log, bill, rates, output, json_output, force)


@tollsheet.command(cls=ManyFiles)
@click.option("--calls", cls=FilesOption, required=True, help="The call log.")
@click.option("--rates", type=FILE, required=True, metavar="FILE", help="The rate card.")
@click.option("-o", "--output", required=True, type=FILE, metavar="OUT", help="What to write: .xlsx or .csv.")
@click.option("--force", is_flag=True, help="Replace an existing output file.")
@reading_options
def rate(
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
    from addin.commands import Reading, rate_calls

    log = Reading(calls, provider, mapping, time_zone, voicemail_billed)
    return rate_calls(log, rates, output, force)


@tollsheet.command(cls=ManyFiles)
@click.argument("files", nargs=-1, required=True, type=FILE)
@reading_options
def inspect(
    files: tuple[Path, ...],
    provider: str | None,
    mapping: Path | None,
    time_zone: str | None,
    voicemail_billed: bool | None,
) -> int:
    """Say what files are: format, rows, period, sums, and each row that cannot be read."""
    from addin.commands import Reading, inspect_files

    return inspect_files(Reading(files, provider, mapping, time_zone, voicemail_billed))


tollsheet.add_command(addin)


def main() -> None:
    """Run the command; bad input ends with 2, an interruption with 130, or 143 if the system ends it."""
    for name in ("SIGTERM", "SIGHUP"):  # so that half-written files are removed then too
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), _end)
    try:
        _run()
    finally:
        remove_half_made()


def _end(number: int, _: object) -> None:
    signal.signal(number, signal.SIG_IGN)
    sys.exit(143)


def _run() -> None:
    try:
        result = tollsheet.main(standalone_mode=False)
    except TollsheetError as error:
        option = f" Option: {error.option}." if error.option else ""
        click.echo(f"Error: {safe(str(error))}{option}", err=True)
        sys.exit(error.exit_code)
    except click.exceptions.Abort:
        click.echo("Stopped.", err=True)
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except Exception:
        traceback.print_exc()
        click.echo(
            "Error: this is a fault of Tollsheet itself, not of your files. Please report it.", err=True
        )
        sys.exit(2)  # never 1, which would read as a result
    sys.exit(result if isinstance(result, int) else 0)


if __name__ == "__main__":
    main()
