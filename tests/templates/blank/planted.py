"""A template in which something is typed as a person would, calculated by IronCalc; and one without its
stored values, as files come that were just filled."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string

from tests.engines.calculated import ironcalc_model


class Opened:
    """The template as a person has it open."""

    def __init__(self, path: Path) -> None:
        content = path.read_bytes()
        self._book, self._model = _read(content), ironcalc_model(content)

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

    def in_table(self, sheet: str, row: int, header: str, text: str) -> None:
        """Type into a column of the table on a sheet; rows are counted on the sheet, from 1."""
        column = next(one.column_letter for one in self._book[sheet][4] if one.value == header)
        self.type(f"{sheet}!{column}{row}", text)

    def in_setting(self, name: str, text: str) -> None:
        """Type into a named cell."""
        self.type(self.named(name), text)

    def value(self, where: str) -> Any:
        """Of a named cell, or of one such as Sheet!A1."""
        self._model.evaluate()
        address = self.named(where) if where in self._book.defined_names else where
        return self._model.get_cell_value_by_ref(address)

    def failing(self) -> set[str]:
        """The checks that are not TRUE."""
        self._model.evaluate()
        names = [name for name in self._book.defined_names if name.startswith("check_")]
        return {name for name in names if self._model.get_cell_value_by_ref(self.named(name)) is not True}


def built_once(build: Callable[[], bytes]) -> Any:
    """A fixture: the template that this builds, for all tests of a module."""

    @pytest.fixture(scope="module")
    def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
        path: Path = tmp_path_factory.mktemp("blank") / "template.xlsx"
        path.write_bytes(build())
        return path

    return template


@lru_cache(maxsize=8)
def _read(content: bytes) -> Workbook:
    """For addresses: one template is opened for one fault after the other."""
    return load_workbook(BytesIO(content))


def without_values(source: Path, target: Path) -> None:
    """Write the workbook with its formulas alone."""
    with ZipFile(source) as old, ZipFile(target, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name.startswith("xl/worksheets/sheet"):
                text = re.sub(r"(</f>)<v>[^<]*</v>", r"\1", content.decode())
                content = re.sub(r'(<c [^>]*) t="(?:str|b|e)"([^>]*><f>)', r"\1\2", text).encode()
            new.writestr(name, content)
