"""A template open in a program that calculates, to type into its cells and see what becomes of its checks;
and one without its stored values, as files come that were just filled."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import ironcalc
from openpyxl import load_workbook
from openpyxl.utils import coordinate_to_tuple


class Planting:
    """IronCalc with the file. Rows are those of the sheet, as a person counts them."""

    def __init__(self, path: Path) -> None:
        self.model: Any = ironcalc.load_from_xlsx(str(path), "en", "UTC", "en")
        book = load_workbook(path)
        self.sheets = book.sheetnames
        self.model.evaluate()
        self.names = {
            name: str(one.attr_text).replace("$", "").replace("'", "")
            for name, one in book.defined_names.items()
            if "!" in str(one.attr_text) and "(" not in str(one.attr_text)
        }
        self.heads = {
            (sheet.title, cell.value): cell.column for sheet in book for cell in sheet[4] if cell.value
        }

    def value(self, where: str) -> Any:
        """Of a named cell, or of one such as Sheet!A1."""
        return self.model.get_cell_value_by_ref(self.names.get(where, where))

    def in_table(self, sheet: str, row: int, header: str, value: str) -> None:
        """Type into a cell of a table."""
        self._type(sheet, row, self.heads[sheet, header], value)

    def in_setting(self, name: str, value: str) -> None:
        """Type into a named cell."""
        sheet, cell = self.names[name].split("!")
        self._type(sheet, *coordinate_to_tuple(cell), value)

    def _type(self, sheet: str, row: int, column: int, value: str) -> None:
        self.model.set_user_input(self.sheets.index(sheet), row, column, value)
        self.model.evaluate()


def without_values(source: Path, target: Path) -> None:
    """Write the workbook with its formulas alone."""
    with ZipFile(source) as old, ZipFile(target, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name.startswith("xl/worksheets/sheet"):
                text = re.sub(r"(</f>)<v>[^<]*</v>", r"\1", content.decode())
                content = re.sub(r'(<c [^>]*) t="(?:str|b|e)"([^>]*><f>)', r"\1\2", text).encode()
            new.writestr(name, content)
