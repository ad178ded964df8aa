"""`tollsheet inspect`: what each file is and holds."""

from __future__ import annotations

from pathlib import Path

import click

from addin.cli import console
from addin.cli.exit_codes import FINE, LOOK
from addin.cli.options import FILE, ManyFiles, reading_options
from addin.cli.reading import Reading
from addin.cli.screens.records import show_records


@click.command("inspect", cls=ManyFiles)
@click.argument("files", nargs=-1, required=True, type=FILE)
@reading_options
def command(
    files: tuple[Path, ...],
    provider: str | None,
    mapping: Path | None,
    time_zone: str | None,
    voicemail_billed: bool | None,
) -> int:
    """Say what files are: format, rows, period, sums, and each row that cannot be read."""
    with console.progress() as progress:
        records = Reading(files, provider, mapping, time_zone, voicemail_billed).read(progress, alike=True)
    show_records(records)
    return LOOK if records.unreadable else FINE
