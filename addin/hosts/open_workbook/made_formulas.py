"""The formulas of a workbook that was just made, and the same for other names of sheets and tables."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from html import unescape
from itertools import groupby
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token

from addin.hosts.own_cells import is_over_own_cells

_FORMULA = re.compile(rb"<f>([^<]*)</f>")


@dataclass(slots=True)
class Block:
    """Formulas that stand side by side and below each other, from this row and column (counted from 1) on."""

    row: int
    column: int
    texts: list[list[str]]


def formulas_of(path: Path, sheets: Sequence[str]) -> dict[str, list[Block]]:
    """The formulas of each sheet that lead beyond its cells; others go where their sheet goes."""
    with zipfile.ZipFile(path) as parts:
        having = [
            name
            for number, name in enumerate(sheets, 1)
            if _leads_on(parts.read(f"xl/worksheets/sheet{number}.xml"))
        ]
    with closing(load_workbook(path, read_only=True)) as workbook:  # else it reads the sheets of calls, too
        return {name: list(_blocks(workbook[name])) for name in having}


def _leads_on(sheet: bytes) -> bool:
    return not all(is_over_own_cells(unescape(text.decode())) for text in _FORMULA.findall(sheet))


def _blocks(sheet: Any) -> Iterator[Block]:
    """A program takes thousands of formulas in one block as fast as one."""
    above: dict[tuple[int, int], Block] = {}  # by the columns that they fill
    for row in sheet.iter_rows():
        here: dict[tuple[int, int], Block] = {}
        for first, texts in _side_by_side(row):
            columns = first.column, len(texts)
            here[columns] = block = above.pop(columns, None) or Block(first.row, first.column, [])
            block.texts.append(texts)
        yield from above.values()
        above = here
    yield from above.values()


def _side_by_side(row: Iterable[Any]) -> Iterator[tuple[Any, list[str]]]:
    """The first cell and the texts of formulas that stand next to each other."""
    for leads_on, cells in groupby(
        row, lambda cell: cell.data_type == "f" and not is_over_own_cells(cell.value)
    ):
        if leads_on:
            first, *others = cells
            yield first, [first.value, *(cell.value for cell in others)]


def renamed(formula: str, tables: Mapping[str, str], sheets: Mapping[str, str]) -> str:
    """The formula with other names of tables and (quoted) sheets. Texts in it stay as they are.

    >>> renamed('=SUM(Calls[Cost])&"Calls[x]"', {"Calls": "Log"}, {})
    '=SUM(Log[Cost])&"Calls[x]"'
    >>> renamed("='By day'!A1", {}, {"'By day'": "'Mine'"})
    "='Mine'!A1"
    """
    parts = []
    for token in Tokenizer(formula).items:
        text = token.value
        if token.type == Token.OPERAND and token.subtype == Token.RANGE:
            for names, mark in ((tables, "["), (sheets, "!")):
                name, found, rest = text.partition(mark)
                if found and name in names:
                    text = names[name] + found + rest
        parts.append(text)
    return "=" + "".join(parts)
