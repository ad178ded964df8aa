"""Workbooks calculated by two programs that know LAMBDA names, neither of them a spreadsheet with a window.

IronCalc reads the names as files keep them. formulon takes them in typed form: they are entered again.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import formulon
import ironcalc
from openpyxl.utils.cell import coordinate_to_tuple

from templates.formulas.lambdas import LAMBDAS

Value = float | str | bool | None
"""An error is its code, such as #N/A."""
Cell = Callable[[str, str], Value]
"""The value of a cell, by sheet and name."""


def by_ironcalc(path: Path) -> Cell:
    """The workbook exactly as it is, calculated by IronCalc."""
    model = ironcalc.load_from_xlsx(str(path), "en", "UTC", "en")
    model.evaluate()
    sheets = [sheet["name"] for sheet in model.get_worksheets_properties()]

    def cell(sheet: str, name: str) -> Value:
        row, column = coordinate_to_tuple(name)
        value: Value = model.get_cell_value(sheets.index(sheet), row, column)
        return value

    return cell


def by_formulon(path: Path) -> Cell:
    """The workbook calculated by formulon, with the functions' names in typed form."""
    workbook = formulon.Workbook.load(path.read_bytes())
    for one in LAMBDAS.values():
        workbook.set_defined_name(one.name, one.typed.removeprefix("="))
    workbook.recalc()
    sheets = [workbook.sheet_name(index) for index in range(workbook.sheet_count())]

    def cell(sheet: str, name: str) -> Value:
        row, column = coordinate_to_tuple(name)
        return _plain(workbook.get_value(sheets.index(sheet), row - 1, column - 1))

    return cell


def _plain(value: Any) -> Value:
    shown = value.to_python()
    if isinstance(shown, formulon.Value):
        return str(formulon.error_display_name(shown.error_code))
    return shown  # type: ignore[no-any-return]


ENGINES = {"IronCalc": by_ironcalc, "formulon": by_formulon}
