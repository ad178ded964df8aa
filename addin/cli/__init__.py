"""The `tollsheet` command. Exit codes: 0 fine, 1 differences or calls left unread or unrated, 2 bad input.

Each command is a module of its name, imported when it is asked for: `tollsheet --help` needs none of them.
"""

from __future__ import annotations

import atexit
import gc
import signal
import sys
import traceback
from datetime import datetime
from importlib import import_module
from pathlib import Path

import click

from addin.cli.no_pandas import leave_pandas_out
from addin.errors import TollsheetError, safe
from addin.hosts.half_made import NAMED, remove_half_made

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}

_NO_MEMORY = (
    "there is not enough memory for this. Close other programs, or take fewer files at once; "
    "tollsheet reconcile --no-calls needs least."
)

COMMANDS = {
    "reconcile": "Compare a month of calls with what was billed for it.",
    "investigate": "Find what is behind a difference: the day, the hour, the call.",
    "dispute": "List what the provider billed too much, and follow it up.",
    "billing-report": "Report what calls cost in a period, by the moment they are billed.",
    "storage": "Say what storing recordings costs at each month end (Plivo).",
    "rate": "Write billed minutes, rate and cost of every call.",
    "template": "Write a template with live formulas and example rows, to fill by hand.",
    "fill": "Fill a template that you have made your own.",
    "portable": "Copy a workbook for people who have no add-in.",
    "inspect": "Say what files are: format, rows, period, sums, and each row that cannot be read.",
    "configurations": "List, show and delete saved configurations, and say where their mail goes out.",
    "schedule": "Write what makes cron or Task Scheduler send a report by itself.",
    "addin": "Put the add-in into Excel, or into LibreOffice Calc.",
}
"""The name of each command, and how its own help begins. A module is called so, with _ for -."""


class Commands(click.Group):
    """The commands of the list, in its order."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*COMMANDS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"addin.cli.{cmd_name.replace('-', '_')}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([*COMMANDS.items()])


@click.group(cls=Commands, context_settings=CONTEXT)
@click.version_option(package_name="tollsheet", prog_name="tollsheet")
@click.option(
    "--log", type=click.Path(path_type=Path), metavar="FILE", help="Append what is said to a file instead."
)
@click.pass_context
def tollsheet(ctx: click.Context, log: Path | None) -> None:
    """Rate telephone calls exactly and say why a bill and a call log differ.

    Exit codes: 0 balanced or within tolerance, 1 differences or calls left unread or unrated, 2 bad input.
    """
    if log:
        _say_to_file(log, ctx.invoked_subcommand or "")


def _say_to_file(path: Path, command: str) -> None:
    """From here on all that is said goes to the end of a file: a scheduled run has no terminal, and none of
    the two streams under pythonw.exe."""
    try:
        file = path.open("a", encoding="utf-8", buffering=1)
    except OSError as error:
        raise TollsheetError(
            f"{path} cannot be written: {error.strerror}", "Name another.", "--log"
        ) from None
    atexit.register(file.close)
    sys.stdout = sys.stderr = file
    click.echo(f"\n{datetime.now().astimezone():%Y-%m-%d %H:%M:%S %z} tollsheet {command}")


def main() -> None:
    """Run the command; bad input ends with 2, an interruption with 130, or 143 if the system ends it."""
    leave_pandas_out()
    for name in ("SIGTERM", "SIGHUP"):  # so that half-written files are removed then too
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), _end)
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _interrupt)
    try:
        _run()
    finally:
        remove_half_made()
        gc.freeze()  # the process ends, and with it all its memory: nothing is to be looked through for it


def _interrupt(number: int, _: object) -> None:
    """Once: who is impatient does not interrupt the removal of half-written files."""
    signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt


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
        written = f" Written before: {', '.join(map(str, NAMED))}." if NAMED else ""
        click.echo(f"Stopped.{written}", err=True)
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except MemoryError:
        click.echo(f"Error: {_NO_MEMORY}", err=True)
        sys.exit(2)
    except Exception:
        traceback.print_exc()
        click.echo(
            "Error: this is a fault of Tollsheet itself, not of your files. Please report it.", err=True
        )
        sys.exit(2)  # never 1, which would read as a result
    sys.exit(result if isinstance(result, int) else 0)
