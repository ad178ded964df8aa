"""The letters of an earlier dispute workbook: what people filled in, and what else they changed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from addin.disputes.parties import PARTIES
from addin.hosts.report_reading.disputes.cells import Sheets
from addin.hosts.report_reading.sheets import UNCALCULATED, uncalculated
from templates.disputes.letter import FOR, LETTER
from templates.disputes.letter_page import mark_of

_MARK = re.compile(r"#[0-9a-f]{16}")


def parties_on(sheets: Sheets) -> dict[str, dict[str, str]]:
    """What was filled in beside its label, by whom the letter is for; what stood there before counts as
    nothing. Raises TollsheetError for a formula whose result is not stored."""
    found: dict[str, dict[str, str]] = {}
    for name, rows in _letters(sheets):
        said = found.setdefault(_for(rows), {})
        for number, row in enumerate(rows, 1):
            _read(name, number, row, said)
    return {name: said for name, said in found.items() if said}


def changed_on(sheets: Sheets) -> list[str]:
    """The cells of the letters outside the yellow ones that a person has changed, such as `Letter!A17`."""
    return [
        f"{name}!A{number}"
        for name, rows in _letters(sheets)
        for number, row in enumerate(rows, 1)
        for mark in [_mark(row)]
        if mark and mark != mark_of(_shown(row))
    ]


def _letters(sheets: Sheets) -> Iterator[tuple[str, Sequence[Sequence[Any]]]]:
    for name, rows_of in sheets:
        if name.startswith(LETTER):
            yield name, rows_of(None)


def _for(rows: Sequence[Sequence[Any]]) -> str:
    texts = (cell for row in rows for cell in row if isinstance(cell, str))
    return next((text.removeprefix(FOR).strip() for text in texts if text.startswith(FOR)), "")


def _read(name: str, number: int, row: Sequence[Any], said: dict[str, str]) -> None:
    blanks = dict(PARTIES)
    texts = [cell for cell in row if cell is not None and str(cell).strip()]
    label = next((cell for cell in texts if isinstance(cell, str) and cell in blanks), None)
    others = [cell for cell in texts if cell is not label]
    if label and others and label not in said and str(others[0]) != blanks[label]:
        value = others[0]
        if value is UNCALCULATED:
            raise uncalculated(name, f"in row {number} ({label})")
        is_whole = isinstance(value, float) and value.is_integer()
        said[label] = str(int(value)) if is_whole else str(value)


def _mark(row: Sequence[Any]) -> str:
    return next((cell for cell in row[1:] if isinstance(cell, str) and _MARK.fullmatch(cell)), "")


def _shown(row: Sequence[Any]) -> str:
    """What stands on the page; the mark and notes stand beside it."""
    return "" if not row or row[0] is None else str(row[0])
