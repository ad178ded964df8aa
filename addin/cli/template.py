"""`tollsheet template`: a workbook to fill by hand."""

from __future__ import annotations

from pathlib import Path

import click

from addin.cli.exit_codes import FINE
from addin.cli.options import FILE
from addin.errors import TollsheetError
from addin.hosts.blank_templates import blank_named, write_blank
from templates.blank.made import BLANKS


@click.command("template")
@click.argument("name", required=False)
@click.option("-o", "--output", type=FILE, metavar="OUT", help="The .xlsx to write.")
@click.option("--force", is_flag=True, help="Replace an existing output file.")
@click.option("--list", "lists", is_flag=True, help="Name the templates, and what each is for.")
def command(name: str | None, output: Path | None, force: bool, lists: bool) -> int:
    """Write a template with live formulas and example rows, to fill by hand.

    \b
    tollsheet template --list
    tollsheet template rating -o calls.xlsx
    """
    if lists:
        for one in BLANKS:
            click.echo(f"{one.name:<16}{one.purpose}")
        return FINE
    if name is None:
        names = ", ".join(one.name for one in BLANKS)
        raise TollsheetError("No template is named", f"The templates are {names}.")
    blank = blank_named(name)
    if output is None:
        raise TollsheetError("No file to write is named", f"Such as: -o {blank.name}.xlsx")
    write_blank(blank, output, force=force)
    click.echo(f"Wrote {output}: open it, and begin with the sheet How to use.")
    return FINE
