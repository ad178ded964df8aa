"""Workbooks calculated by two programs that know LAMBDA names, neither of them a spreadsheet with a window.

IronCalc reads the names as files keep them. formulon takes them in typed form.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from xml.sax.saxutils import escape
from zipfile import ZipFile

import formulon
import ironcalc
from openpyxl.utils.cell import coordinate_to_tuple

from templates.formulas.lambdas import LAMBDAS

Value = float | str | bool | None
"""An error is its code, such as #N/A."""
Cell = Callable[[str, str], Value]
"""The value of a cell, by sheet and name."""


def ironcalc_model(content: bytes) -> Any:
    """A workbook as IronCalc has it open, not calculated yet."""
    return ironcalc.load_from_bytes(_read(content), "en")


@lru_cache(maxsize=8)
def _read(content: bytes) -> bytes:
    """In IronCalc's own form, read four times as fast: one workbook is opened for many faults."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "book.xlsx"
        path.write_bytes(content)
        return bytes(ironcalc.load_from_xlsx(str(path), "en", "UTC", "en").to_bytes())


def by_ironcalc(path: Path, change: Mapping[str, str | float | None] | None = None) -> Cell:
    """The workbook exactly as it is, calculated by IronCalc; or once some cells ("sheet!cell") hold something
    else: text, a number, or None for nothing."""
    model = ironcalc_model(path.read_bytes())
    sheets = [sheet["name"] for sheet in model.get_worksheets_properties()]
    for at, value in (change or {}).items():
        sheet, _, cell_name = at.rpartition("!")
        place = sheets.index(sheet), *coordinate_to_tuple(cell_name)
        if value is None:
            model.clear_cell_contents(*place)
        elif isinstance(value, str):
            model.update_cell_with_text(*place, value)
        else:
            model.update_cell_with_number(*place, float(value))
    model.evaluate()

    def cell(sheet: str, name: str) -> Value:
        row, column = coordinate_to_tuple(name)
        value: Value = model.get_cell_value(sheets.index(sheet), row, column)
        return value

    return cell


def by_formulon(path: Path, *, is_1904: bool = False) -> Cell:
    """The workbook calculated by formulon, with the functions' names in typed form; or as if from 1904."""
    workbook = formulon.Workbook.load(_with_typed_names(path))
    if is_1904:
        workbook.set_date1904(True)
    workbook.recalc()
    sheets = [workbook.sheet_name(index) for index in range(workbook.sheet_count())]

    def cell(sheet: str, name: str) -> Value:
        row, column = coordinate_to_tuple(name)
        return _plain(workbook.get_value(sheets.index(sheet), row - 1, column - 1))

    return cell


def _with_typed_names(path: Path) -> bytes:
    """The workbook with the names as they are typed. Entered in the open workbook, each makes formulon go
    through all formulas."""
    made = BytesIO()
    with ZipFile(path) as source, ZipFile(made, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            if name == "xl/workbook.xml":
                for one in LAMBDAS.values():
                    kept, typed = (
                        escape(text.removeprefix("=")).encode() for text in (one.stored, one.typed)
                    )
                    assert part.count(b">" + kept + b"</definedName>") <= 1
                    part = part.replace(b">" + kept + b"</definedName>", b">" + typed + b"</definedName>")
            target.writestr(name, part)
    return made.getvalue()


def _plain(value: Any) -> Value:
    shown = value.to_python()
    if isinstance(shown, formulon.Value):
        return str(formulon.error_display_name(shown.error_code))
    return shown  # type: ignore[no-any-return]


ENGINES = {"IronCalc": by_ironcalc, "formulon": by_formulon}
