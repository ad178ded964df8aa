"""`tollsheet addin`: install, look, uninstall. Exit codes: 0 fine, 1 something to do, 2 it cannot be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from addin.ribbon.installing.excel import Done

_WORDS = ("ok", "to do", "cannot")
_STYLES = ("green", "yellow", "red")
CALC = click.option("--calc", is_flag=True, help="LibreOffice Calc instead of Excel.")


@click.group("addin")
def command() -> None:
    """Put the add-in into Excel, or into LibreOffice Calc.

    \b
    tollsheet addin install            Excel on Windows: functions in cells and the tab "Tollsheet"
    tollsheet addin install --calc     LibreOffice Calc on Windows, macOS and Linux
    """


@command.command()
@CALC
@click.option("--force", is_flag=True, help="Replace a tollsheet.xlam that this command did not put there.")
def install(calc: bool, force: bool) -> int:
    """Install or update the add-in for you alone.

    No administrator rights are needed, and Excel need not run. For Excel it copies tollsheet.xlam into the
    folder XLSTART and writes .tollsheet\\tollsheet.conf in your user folder.
    """
    from addin.ribbon.installing import calc as libreoffice
    from addin.ribbon.installing import excel
    from addin.ribbon.installing.machine import this_machine

    machine = this_machine()
    return _tell(libreoffice.install_calc(machine) if calc else excel.install(machine, force=force))


@command.command()
@CALC
def status(calc: bool) -> int:
    """Show each part: where it is, its version, and what to do.

    Exit codes: 0 fine, 1 something to do, 2 not possible on this computer.
    """
    from addin.ribbon.installing.calc import parts_of_calc
    from addin.ribbon.installing.machine import this_machine
    from addin.ribbon.installing.status import parts_of_excel

    machine = this_machine()
    parts = parts_of_calc(machine) if calc else parts_of_excel(machine)
    console = Console(highlight=False, markup=False, emoji=False)
    if not console.is_terminal:
        console.width = 160
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    for heading, fold in (("part", False), ("version", False), ("state", False), ("where", True)):
        table.add_column(heading, overflow="fold", no_wrap=not fold)
    for part in parts:
        state = Text(_WORDS[part.state], _STYLES[part.state])
        table.add_row(part.name, part.version, state, part.place)
    console.print(table)
    for part in parts:
        if part.problem:
            console.print(f"\n{part.name}: {part.problem}.\n  {part.remedy}")
    return max(int(part.state) for part in parts)


@command.command()
@CALC
def uninstall(calc: bool) -> int:
    """Remove what install wrote, and nothing else."""
    from addin.ribbon.installing import calc as libreoffice
    from addin.ribbon.installing import excel
    from addin.ribbon.installing.machine import this_machine

    machine = this_machine()
    return _tell(libreoffice.uninstall_calc(machine) if calc else excel.uninstall(machine))


def _tell(done: Done) -> int:
    for line in done.lines:
        click.echo(line)
    if done.next:
        click.echo()
    for line in done.next:
        click.echo(line)
    return 0
