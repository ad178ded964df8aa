"""`tollsheet portable`: a copy of a workbook for people without the add-in."""

from __future__ import annotations

from pathlib import Path

import click

from addin.cli.console import open_console, progress
from addin.cli.exit_codes import FINE, LOOK
from addin.cli.options import FILE
from addin.hosts.portable.portable import save_portable
from addin.hosts.portable.wording import sentences


@click.command("portable")
@click.argument("workbook", type=FILE, metavar="WORKBOOK.xlsx")
@click.option(
    "-o",
    "--output",
    type=FILE,
    metavar="OUT.xlsx",
    help='The copy to write.  [default: "NAME (portable).xlsx" beside the workbook]',
)
@click.option("--force", is_flag=True, help="Replace an existing copy.")
def command(workbook: Path, output: Path | None, force: bool) -> int:
    """Copy a workbook for people who have no add-in.

    Links to the add-in are taken out of the formulas, and the functions go into the workbook itself; all
    else stays as it is. Exit codes: 0 done, 1 done, but something shows an error without the add-in, 2 bad
    input.

    \b
    tollsheet portable september.xlsx
    """
    with progress() as told:
        told("Copying", 0)
        target, made = save_portable(workbook, output, force=force)
    console = open_console()
    for sentence in sentences(made):
        console.print(sentence, soft_wrap=True)
    console.print(f"Written: {target}", soft_wrap=True)
    return LOOK if made.needing or made.buttons else FINE
