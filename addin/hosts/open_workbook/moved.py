"""Whether a cell that a person's formulas lead to still says the same in a new report.

A reference keeps its address, and what stands there may be another call or another total. The texts at the
beginning of its row tell: those of the old sheet are compared with those of the new one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token, TokenizerError

from addin.hosts.program import Program, Rows
from templates.grid import HEADER_ROW

_CELLS = re.compile(r"\$?([A-Z]{1,3})\$?(\d+)(?::\$?([A-Z]{1,3})\$?(\d+))?")
_MOST = 5
"""Remarks; what is beyond is counted."""
_LONGEST = 60
_SAYING = ("Call id", "Currency", "File")
"""Heads of columns that say what a row is, beside the first column."""
_IN_A_TABLE, _ON_A_SUMMARY = 2, 5
"""The columns among which they are."""
_TOP = HEADER_ROW + 1
"""The rows above the first figure: titles, heads and the verdict, which speak for themselves."""
_HEADS, _STEP = ("Total", "Step"), "Step"
"""What heads the tables of a summary; the steps belong to the bridge that the row above names."""


@dataclass(frozen=True, slots=True)
class Led:
    """Cells of one sheet that a formula leads to."""

    sheet: str
    cells: str
    """As a person writes them, such as `Summary!D13`."""
    is_first_column: bool
    first: int
    last: int


def led_of(formula: str, sheets: Iterable[str]) -> list[Led]:
    """The cells of these sheets in a formula, but for whole columns, rows and tables.

    >>> [led.cells for led in led_of("=Summary!$D$13+SUM('By day'!B5:B9,Calls[Cost],Other!A1)",
    ...                              ["Summary", "By day"])]
    ['Summary!D13', "'By day'!B5:B9"]
    >>> led_of("=SUM(Summary:Calls!B2)", ["Calls"])[0].first
    2
    """
    known = {sheet.casefold(): sheet for sheet in sheets}
    found = []
    for text in _operands(formula):
        where, _, cells = text.rpartition("!")
        place = _CELLS.fullmatch(cells.upper())
        if not where or place is None:
            continue
        first_column, first, last_column, last = place.groups()
        for name in where.removeprefix("'").removesuffix("'").replace("''", "'").split(":"):
            if name.casefold() in known:
                told = f"{where}!{cells.replace('$', '')}"
                is_first = (last_column or first_column) == "A"
                found.append(Led(known[name.casefold()], told, is_first, int(first), int(last or first)))
    return found


def _operands(formula: str) -> list[str]:
    try:
        items = Tokenizer(formula).items
    except TokenizerError:  # no formula of Excel's: nothing is known of its cells
        return []
    return [one.value for one in items if one.type == Token.OPERAND and one.subtype == Token.RANGE]


@dataclass(slots=True)
class Moved:
    """The comparison of old sheets with the new ones of the same names."""

    program: Program
    old: Mapping[str, Any]
    """By the names that they had before they stepped aside."""
    new: Mapping[str, Any]

    def remarks(self, leading: Iterable[tuple[str, Sequence[str]]]) -> list[str]:
        """A sentence for each place (with its formulas) that now leads to something else; a few at most."""
        places = [
            (place, led)
            for place, formulas in leading
            if (led := [one for text in formulas for one in led_of(text, self.old) if one.sheet in self.new])
        ]
        rows: dict[str, tuple[dict[int, str], dict[int, str]]] = {}
        for sheet in {one.sheet for _, led in places for one in led}:
            its = [one for _, led in places for one in led if one.sheet == sheet]
            span = min(one.first for one in its), max(one.last for one in its)
            rows[sheet] = self._rows(self.old[sheet], *span), self._rows(self.new[sheet], *span)
        said = []
        for place, led in places:
            change = next((told for one in led if (told := _change(one, *rows[one.sheet]))), None)
            if change is not None:
                said.append(f"{place} leads to {change}")
        more = len(said) - _MOST
        return [*said[:_MOST], f"And {more} more such places."] if more > 0 else said

    def _rows(self, sheet: Any, first: int, last: int) -> dict[int, str]:
        """What each of the rows says it is."""
        last = min(last, sheet.used_range.last_cell.row)
        if last <= _TOP:
            return {}
        if not sheet.tables:
            return _on_a_summary(self.program.values_of(sheet.range((1, 1), (last, _ON_A_SUMMARY))))
        heads = self.program.values_of(sheet.range((_TOP, 1), (_TOP, _IN_A_TABLE)))[0]
        first = max(first, _TOP + 1)
        lines = self.program.values_of(sheet.range((first, 1), (max(first, last), _IN_A_TABLE)))
        return {row: _said(line, heads) for row, line in enumerate(lines, first)}


def _on_a_summary(lines: Rows) -> dict[int, str]:
    """What the rows of several tables say they are, with the bridge that a step belongs to."""
    found: dict[int, str] = {}
    heads: Sequence[Any] = ()
    bridge = ""
    for row, line in enumerate(lines, 1):
        if line[0] is None or line[0] in _HEADS:
            heads, bridge = (), ""
        if row > _TOP:
            found[row] = _said(line, heads) + bridge
        if line[0] in _HEADS:
            heads = line
        if line[0] == _STEP:
            bridge = f" ({str(lines[row - 2][0]).partition(':')[0]})"
    return found


def _said(line: Sequence[Any], heads: Sequence[Any]) -> str:
    texts = [_text(line[0])]
    texts += [_text(value) for value, head in zip(line[1:], heads[1:], strict=False) if head in _SAYING]
    return " ".join(filter(None, texts))


def _text(value: Any) -> str:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}"
    return f"{value:.15g}" if isinstance(value, float) else str(value or "")


def _change(led: Led, old: Mapping[int, str], new: Mapping[int, str]) -> str | None:
    """What became of the cells, or None. What is in the first column speaks for itself."""
    if led.is_first_column:
        return None
    for row, what in ((led.first, "first row "), (led.last, "last row ")):
        was, now = old.get(row, ""), new.get(row, "")
        if was != now and row > _TOP:
            which = f"whose {what}" if led.last != led.first else "which "
            return f"{led.cells}, {which}was {_told(was)} and is now {_told(now)}."
    return None


def _told(text: str) -> str:
    if not text:
        return "blank"
    return f'"{text}"' if len(text) <= _LONGEST else f'"{text[: _LONGEST - 1]}…"'
