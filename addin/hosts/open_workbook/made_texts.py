"""Texts of a report that name another of its sheets, in a workbook where that sheet is called otherwise."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from addin.hosts.program import Program
from templates.look import INPUT

_MOST_ROWS, _MOST_COLUMNS = 400, 20
"""Where such texts stand: the pages of a report, and the lines above its tables of records."""
_THEIRS = tuple(bytes.fromhex(INPUT.removeprefix("#")))
"""The colour of cells that people fill in: what they wrote may speak of sheets of their own."""


def renamed_in_text(text: str, sheets: Mapping[str, str]) -> str:
    """The text with other names of sheets where it speaks of `the sheet Findings`. A place in an open
    workbook (`sheet Calls:12`) is on a sheet of the person's.

    >>> sheets = {"By day": "By day (Reconcile)", "Days": "Mine", "Findings": "Findings"}
    >>> renamed_in_text("See the sheets By day, Days and Findings. By day: the sheet Days:7.", sheets)
    'See the sheets By day (Reconcile), Mine and Findings. By day: the sheet Days:7.'
    """
    known = "|".join(re.escape(name) for name in sorted(sheets, key=len, reverse=True))
    name = rf"(?:{known})(?!\w|:\d)"
    speaking = re.compile(rf"(\b[Tt]he sheets? |\(sheet )({name}(?:(?:, | and ){name})*)")
    one = re.compile(name)
    return speaking.sub(lambda found: found[1] + one.sub(lambda inner: sheets[inner[0]], found[2]), text)


def name_sheets_anew(sheet: Any, sheets: Mapping[str, str], program: Program) -> None:
    """Write such texts of a sheet again; formulas stay, and what people filled in."""
    changed = {old: new for old, new in sheets.items() if old != new}
    if not changed:
        return
    last = sheet.used_range.last_cell
    corner = min(last.row, _MOST_ROWS), min(last.column, _MOST_COLUMNS)
    for row, line in enumerate(program.values_of(sheet.range((1, 1), corner)), 1):
        for column, text in enumerate(line, 1):
            if not isinstance(text, str) or (said := renamed_in_text(text, sheets)) == text:
                continue
            cell = sheet.range((row, column))
            if cell.color != _THEIRS and not str(cell.formula).startswith("="):
                cell.value = said
