"""`tollsheet schedule`: what makes cron or Windows' Task Scheduler send a report by itself."""

from __future__ import annotations

import shlex
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import click

from addin.cli.mailing import Delivery
from addin.cli.options import FILE
from addin.cli.periods import PERIOD, zone_of
from addin.cli.saving import SavedCommand, configurations
from addin.errors import TollsheetError, safe
from addin.hosts.files import write_atomically, write_text
from addin.hosts.mail.password import VARIABLE, service_of
from addin.hosts.mail.settings import MailSettings
from addin.hosts.saved import Configuration
from addin.hosts.schedule.cron import crontab_line
from addin.hosts.schedule.when import DAY, MONTH, WEEK, Run, Schedule, left_out, planned
from addin.hosts.schedule.windows_task import task_file
from addin.reconcile.relative_period import KNOWN, is_relative

CRON, WINDOWS = "cron", "windows"
_SHOWN_RUNS = 3
_OUTPUTS = ("output", "csv", "json")
"""Options of reports that name a file to write."""


@click.command("schedule")
@click.option("--config", required=True, metavar="NAME", help="The saved configuration.")
@click.option("--every", required=True, type=click.Choice([MONTH, WEEK, DAY]), help="How often.")
@click.option("--at", required=True, metavar="HH:MM", help="The time, as the clock of this computer says.")
@click.option("--on", default="", metavar="DAY", help="1 to 28, or monday to sunday.  [default: 1, monday]")
@click.option(
    "--as",
    "form",
    type=click.Choice([CRON, WINDOWS]),
    default=WINDOWS if sys.platform == "win32" else CRON,
    show_default=True,
    help="What to write.",
)
@click.option("-o", "--output", type=FILE, metavar="FILE", help="Write to a file. Needed for windows: .xml")
@click.option("--force", is_flag=True, help="Replace an existing file.")
def command(config: str, every: str, at: str, on: str, form: str, output: Path | None, force: bool) -> None:
    """Write what makes cron or Task Scheduler send a report by itself.

    Nothing is scheduled by this: the command that does it is printed.

    \b
    tollsheet schedule --config chargeback --every month --on 2 --at 06:00 -o chargeback.cron
    """
    saved = configurations()
    configuration, path = saved.read(config), saved.path(config)
    _can_be_used(configuration, path)
    settings = _can_be_sent(configuration, path)
    schedule = Schedule.of(every, at, on)
    runs = _planned(schedule, configuration)
    log = path.with_suffix(".log")
    arguments = ["-P", "-m", "addin.cli", "--log", str(log)]
    arguments += [configuration.report, "--config", str(path), "--mail"]
    what = f"Tollsheet: {configuration.report} {path.stem}, {schedule}"
    if form == CRON:
        text = f"# {what}\n{crontab_line(schedule, [sys.executable, *arguments], log)}\n"
        if output:
            write_text(text, output, force=force)
            next_steps = f"(crontab -l 2>/dev/null; cat {shlex.quote(str(output.absolute()))}) | crontab -"
        else:
            click.echo(text)
            next_steps = "crontab -e    and add these two lines"
    else:
        if output is None:
            raise TollsheetError("Task Scheduler reads a file", "Name one that ends in .xml.", "-o")
        content = task_file(schedule, _without_a_window(), arguments, path.parent, what, runs[0].at)
        write_atomically(output, force, lambda target: target.write_bytes(content))
        names = ["schtasks", "/Create", "/TN", f"Tollsheet {path.stem}", "/XML", str(output.absolute())]
        next_steps = subprocess.list2cmdline(names)
    _tell(schedule, runs, settings, log, output, next_steps)
    if (form == WINDOWS) != (sys.platform == "win32"):
        click.echo("Note: its paths are of this computer, so it runs only here.")


def _can_be_used(configuration: Configuration, path: Path) -> None:
    """Raises TollsheetError for what a run would only say at night: no such report, an unknown choice."""
    ctx = click.get_current_context()
    group = ctx.parent.command if ctx.parent else None
    report = group.get_command(ctx, configuration.report) if isinstance(group, click.Group) else None
    where = f"Configuration {path.name}"
    if not isinstance(report, SavedCommand):
        raise TollsheetError(f'{where} is of "{safe(configuration.report)}", which is no report')
    report.values_of(configuration, where)


def _can_be_sent(configuration: Configuration, path: Path) -> MailSettings:
    """The mail settings. Raises TollsheetError where each run could not be of its own period, and sent."""
    where = f"Configuration {path.name}"
    period = str(configuration.choices.get("period", ""))
    if not is_relative(period):
        fixed = period or configuration.choices.get("month") or "none"
        raise TollsheetError(
            f"{where} has no period that moves on with time, but {fixed}: "
            "the same report would be sent for ever",
            f"Save it with one of {', '.join(KNOWN)}.",
            "--period",
        )
    for option in _OUTPUTS:
        target = configuration.choices.get(option, "" if option == "output" else PERIOD)
        if PERIOD not in Path(str(target)).name:
            raise TollsheetError(
                f"{where} names one {option} file for every period, which exists already at the second run",
                f'Save it with {PERIOD} in the name, such as "billing {PERIOD}.xlsx".',
                f"--{option}",
            )
    settings = MailSettings.of(configuration.mail, where)
    Delivery.to_all(settings, settings.to, path.stem)
    return settings


def _planned(schedule: Schedule, configuration: Configuration) -> list[Run]:
    report_zone = zone_of(str(configuration.choices.get("report_zone", "UTC")))
    local: Callable[[datetime], datetime] = datetime.astimezone  # of a time without zone: the computer's
    return planned(schedule, str(configuration.choices["period"]), report_zone, datetime.now(), local)


def _without_a_window() -> str:
    """The Python that opens no console window, where it is one of Windows."""
    quiet = Path(sys.executable).with_name("pythonw.exe")
    return str(quiet if quiet.is_file() else sys.executable)


def _tell(
    schedule: Schedule,
    runs: list[Run],
    settings: MailSettings,
    log: Path,
    output: Path | None,
    next_steps: str,
) -> None:
    if output:
        click.echo(f"Written: {output}")
    click.echo(f"Runs {schedule}, by the clock of this computer. The next ones and their periods:")
    for run in runs[:_SHOWN_RUNS]:
        click.echo(f"  {run}")
    if missing := left_out(runs):
        click.echo(f"Note: {missing}")
    click.echo(f"Mailed to {', '.join(settings.to)} through {settings.place}; what runs say is in {log}")
    if settings.user:
        click.echo(
            f"The password of {settings.user} comes from the key store (keyring set {service_of(settings)} "
            f"{settings.user}) or from {VARIABLE}, which the run must be given."
        )
    click.echo(f"To schedule it:\n  {next_steps}")
