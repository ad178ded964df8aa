"""Columns of formulas: what is to be checked in a row, and helpers that people seldom need."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from xlsxwriter.worksheet import Worksheet

from templates import look as styles
from templates.grid import Kind
from templates.heads import head_width
from templates.inputs import InputTable
from templates.look import set_pages
from templates.shared.serials import serial
from templates.shared.tables import Entry, Figure, Shown, here

_WORDS, _NUMBER = Kind(widest=30), Kind(styles.PLAIN)
_HELPER = "Helper: "


def helper(header: str, note: str, formula: str, *, number: bool = False) -> Figure:
    """A column that other columns need, and people seldom."""
    return Figure(header, _NUMBER if number else _WORDS, f"{_HELPER}{note}", formula, 11)


def fold_helpers(sheet: Worksheet, fields: Sequence[Entry | Figure], pages: Sequence[str]) -> None:
    """Hide the helpers behind a + above the columns, and print the others on pages side by side; `pages` are
    the columns with which the second and later ones begin."""
    widths = [max(field.width, head_width(field.header, right=field.kind.is_number)) for field in fields]
    folded = [isinstance(field, Figure) and field.note.startswith(_HELPER) for field in fields]
    for index, (width, is_helper) in enumerate(zip(widths, folded, strict=True)):
        if is_helper:
            sheet.set_column(index, index, width, None, {"level": 1, "hidden": True})
    shown = widths[: folded.index(True)]
    sheet.set_column(len(widths), len(widths), None, None, {"collapsed": True})
    headers = [field.header for field in fields]
    set_pages(sheet, shown, 1, [headers.index(page) for page in pages])


def remark(is_blank: str, asked: Sequence[tuple[str, str]]) -> str:
    """The text of the first that holds; blank in a blank row, and said where nothing can be read.

    >>> remark('A2=""', [("A2<0", "below 0")])[:47]
    'IFERROR(IF(A2="","",IF(A2<0,"below 0","")),"Can'
    """
    return f'IFERROR(IF({is_blank},"",{chosen(asked)}),"{CANNOT}")'


def chosen(asked: Sequence[tuple[str, str]], otherwise: str = '""') -> str:
    """The text of the first that holds, else a formula. A text that begins with = is a formula, too.

    >>> chosen([("A2<0", "below 0"), ("A2>9", '="above "&B2')])
    'IF(A2<0,"below 0",IF(A2>9,"above "&B2,""))'
    """
    formula = otherwise
    for holds, text in reversed(asked):
        said = text[1:] if text.startswith("=") else f'"{text}"'
        formula = f"IF({holds},{said},{formula})"
    return formula


def has_error(table: InputTable[Any]) -> str:
    """Whether a yellow cell of the row is an error; engines that take no ranges into ISERROR tell it, too.

    >>> from templates.inputs import CALLS
    >>> has_error(CALLS)[:58]
    'ISERROR(Calls[[#This Row],[Call id]]&Calls[[#This Row],[St'
    """
    return f"ISERROR({'&'.join(here(table.name, column.header) for column in table.columns)})"


AN_ERROR = "A yellow cell of this row is an error, such as #N/A: type its value"


CANNOT = "Cannot be read: is one of its yellow cells an error, such as #N/A?"


def as_number(shown: Shown) -> Shown:
    """As a formula hands a cell on: an instant or a day is a number."""
    return serial(shown) if isinstance(shown, date) else shown
