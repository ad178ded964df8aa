"""The commands of settings: the rate card's sheet, the sheet of settings, what runs where."""

from __future__ import annotations

import platform
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

import addin
from addin.hosts.log import log_path
from addin.hosts.open_workbook.marks import RATES, SETTINGS, marked
from addin.hosts.open_workbook.place import path_of
from addin.ribbon.desk import Desk
from addin.ribbon.settings.sections import SECTIONS, SHEET
from templates.look import INPUT
from templates.plain_sheets import write_rates, write_settings
from udfs.rating.rate_card_rows import COLUMNS

RATE_SHEET = "Rate card"
_HELP = {
    "prefix": "Leading digits of the number, without +. Blank: the default row.",
    "direction": "inbound or outbound. Blank: any.",
    "category": "calls or calls-client. Blank: any.",
    "currency": "Such as USD. Blank: the call's own.",
    "rate": "Price per minute. It must not be blank.",
    "minimum": "Seconds of the first block. Blank: 60.",
    "increment": "Seconds of the steps after it. Blank: as the minimum.",
    "connect_fee": "Once per answered call. Blank: 0.",
    "decimals": "Places of one call's cost. Blank: the provider's own.",
    "rounding": "half-up, half-down, up, down or none. Blank: half-up.",
    "duration_rounding": "The same, to whole seconds, before the minimum. Blank: none.",
    "anchor": "Where increments start: minimum or answer. Blank: minimum.",
    "valid_from": "First day in force, UTC. Blank: always.",
    "valid_until": "Last day in force, UTC. Blank: always.",
}


def rate_card(desk: Desk) -> str:
    """Open the sheet of the rate card, or make one with its columns."""
    if sheets := marked(desk.book, RATES):
        sheets[0].activate()
        return f'The rate card is on the sheet "{sheets[0].name}".'
    desk.refuse_protected()
    columns = [(column, _HELP.get(column, "For people.")) for column in COLUMNS]
    (sheet,) = desk.add_made(RATES, partial(write_rates, name=RATE_SHEET, columns=columns))
    return (
        f'The sheet "{sheet.name}" was made: a row for each prefix. Only prefix and rate are needed. '
        "Without rows, the log's own prices count."
    )


def configuration(desk: Desk) -> str:
    """Open the sheet of settings, with those added that an earlier version did not have; or make it."""
    if sheets := marked(desk.book, SETTINGS):
        added = _add_missing(desk, sheets[0])
        sheets[0].activate()
        said = f'The settings are on the sheet "{sheets[0].name}".'
        return f"{said} New ones were added below: {', '.join(added)}." if added else said
    desk.refuse_protected()
    sections = [(section.title, section.rows) for section in SECTIONS]
    (sheet,) = desk.add_made(SETTINGS, partial(write_settings, name=SHEET, sections=sections))
    return f'The sheet "{sheet.name}" was made. Every command works with what stands there.'


def _add_missing(desk: Desk, sheet: Any) -> list[str]:
    """Write the settings that the sheet does not have below the others, section by section."""
    there = {row[0] for row in desk.values(sheet, most_columns=1)}
    row = sheet.used_range.last_cell.row + 1
    added: list[str] = []
    for section in SECTIONS:
        missing = [one for one in section.rows if one[0] not in there]
        if missing:
            sheet.range((row + 1, 1)).value = section.title
            sheet.range((row + 1, 1)).font.bold = True
            cells = sheet.range((row + 2, 1), (row + 1 + len(missing), 3))
            sheet.range((row + 2, 2), (row + 1 + len(missing), 2)).number_format = "@"
            sheet.range((row + 2, 2), (row + 1 + len(missing), 2)).color = INPUT
            cells.value = [list(one) for one in missing]
            row, added = row + 1 + len(missing), [*added, *(label for label, _, _ in missing)]
    return added


def about(desk: Desk) -> str:
    """Which versions run, where they are installed, and where the log file is."""
    app = desk.book.app
    return "\n".join(
        (
            f"Tollsheet {version('tollsheet')}, in {Path(addin.__file__).parent.parent}",
            f"xlwings {version('xlwings')}, engine {app.engine.name}, program version {app.version}",
            f"Python {platform.python_version()} on {platform.system()} {platform.release()}",
            f"Workbook: {path_of(desk.book) or desk.book.name}",
            f"Log file: {log_path()}",
        )
    )
