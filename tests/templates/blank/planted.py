"""A template in which something is typed as a person would, calculated by IronCalc."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import ironcalc
from openpyxl import load_workbook
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string


class Opened:
    """The template as a person has it open."""

    def __init__(self, path: Path) -> None:
        self._book = load_workbook(path)
        self._model = ironcalc.load_from_xlsx(str(path), "en", "UTC", "en")

    def cell(self, table: str, header: str, row: int) -> str:
        """The address of a cell of a table; rows count from 1, and may lie below it."""
        for sheet in self._book:
            if table in sheet.tables:
                heads = {one.value: one.coordinate for one in sheet[4]}
                column, _ = coordinate_from_string(heads[header])
                return f"{sheet.title}!{column}{4 + row}"
        raise KeyError(table)

    def named(self, name: str) -> str:
        """The address of a named cell."""
        return str(self._book.defined_names[name].attr_text).replace("$", "").replace("'", "")

    def type(self, address: str, text: str) -> None:
        sheet, cell = address.split("!")
        column, row = coordinate_from_string(cell)
        at = self._book.sheetnames.index(sheet), row, column_index_from_string(column)
        if text:
            self._model.set_user_input(*at, text)
        else:
            self._model.clear_cell_contents(*at)

    def value(self, address: str) -> Any:
        self._model.evaluate()
        return self._model.get_cell_value_by_ref(address)

    def failing(self) -> set[str]:
        """The checks that are not TRUE."""
        self._model.evaluate()
        names = [name for name in self._book.defined_names if name.startswith("check_")]
        return {name for name in names if self._model.get_cell_value_by_ref(self.named(name)) is not True}
