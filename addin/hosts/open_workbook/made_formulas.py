"""The formulas of a workbook that was just made, and the same for other names of sheets and tables."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token

_FORMULA = b"<f>"

Run = tuple[int, int, list[str]]
"""Row and column (from 1) of formulas that stand side by side, and their text."""


def formulas_of(path: Path, sheets: Sequence[str]) -> dict[str, list[Run]]:
    """The formulas of each sheet that has any, row by row. Sheets without are not even looked through."""
    with zipfile.ZipFile(path) as parts:
        having = [
            name
            for number, name in enumerate(sheets, 1)
            if _FORMULA in parts.read(f"xl/worksheets/sheet{number}.xml")
        ]
    with closing(load_workbook(path, read_only=True)) as workbook:  # else it reads the sheets of calls, too
        return {name: _runs(workbook[name]) for name in having}


def _runs(sheet: object) -> list[Run]:
    runs: list[Run] = []
    for row in sheet.iter_rows():  # type: ignore[attr-defined]
        for cell in row:
            if cell.data_type != "f":
                continue
            if runs and runs[-1][0] == cell.row and runs[-1][1] + len(runs[-1][2]) == cell.column:
                runs[-1][2].append(cell.value)
            else:
                runs.append((cell.row, cell.column, [cell.value]))
    return runs


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
