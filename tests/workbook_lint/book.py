"""A workbook as the rules look at it: sheets, names, tables, texts, and every formula with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from tests.workbook_lint.package import MAIN, OFFICE, Element, Package
from tests.workbook_lint.sheet import Area, Cell, Row, area_of, rows_of

IN_LIST = "{http://schemas.microsoft.com/office/excel/2006/main}"
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


class Name(NamedTuple):
    """A defined name; sheet is the number of the sheet it belongs to, "" where it is the workbook's."""

    name: str
    text: str
    sheet: str
    comment: str


class Table:
    """A table and where it stands."""

    def __init__(self, part: str, root: Element, sheet: Sheet) -> None:
        self.part, self.root, self.sheet = part, root, sheet
        self.id = root.get("id", "")
        self.name = root.get("displayName", "")
        self.ref = root.get("ref", "")
        self.area = area_of(self.ref) or Area(1, 1, 1, 1)
        self.columns = list(root.iterfind(f"{MAIN}tableColumns/{MAIN}tableColumn"))
        self.headers = [unescaped(column.get("name", "")) for column in self.columns]
        self.has_header = root.get("headerRowCount", "1") != "0"
        self.has_totals = root.get("totalsRowCount", "0") != "0"

    @property
    def body(self) -> range:
        """The rows between header and totals."""
        return range(self.area.top + self.has_header, self.area.bottom + 1 - self.has_totals)


class Sheet:
    """A sheet and what stands on it."""

    def __init__(self, package: Package, part: str, name: str) -> None:
        self.package, self.part, self.name = package, part, name
        self.root = package.tree(part)
        self.tables = [Table(name, package.tree(name), self) for name in package.targets(part, "table")]

    @cached_property
    def rows(self) -> list[Row]:
        return rows_of(self.root)

    @cached_property
    def cells(self) -> dict[tuple[int, int], Cell]:
        return {(cell.row, cell.column): cell for row in self.rows for cell in row.cells}

    @cached_property
    def merged(self) -> list[tuple[str, Area]]:
        lines = (line.get("ref", "") for line in self.root.iter(f"{MAIN}mergeCell"))
        return [(ref, area) for ref in lines if (area := area_of(ref))]

    def table_at(self, cell: Cell) -> Table | None:
        """The table that a cell is in."""
        return next((table for table in self.tables if table.area.holds(cell.row, cell.column)), None)


class Stored(NamedTuple):
    """A formula of any kind and its place. Of a cell, where `cell` is given."""

    text: str
    part: str
    place: str
    sheet: Sheet | None = None
    cell: Cell | None = None
    name: str = ""  # of the defined name, where it is one
    is_bare: bool = False  # of a validation, a conditional format or a chart: no tables can be named


class Book(Package):
    """A workbook."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.root = self.tree(self.workbook)
        related = self.relationships(self.workbook)
        self.listed = list(self.root.iterfind(f"{MAIN}sheets/{MAIN}sheet"))
        found = ((line, related.get(line.get(f"{OFFICE}id", ""))) for line in self.listed)
        self.sheets = [
            Sheet(self, target.target, line.get("name", ""))
            for line, target in found
            if target and target.kind == "worksheet"
        ]
        self.tables = [table for sheet in self.sheets for table in sheet.tables]
        self.names = [
            Name(line.get("name", ""), line.text or "", line.get("localSheetId", ""), line.get("comment", ""))
            for line in self.root.iterfind(f"{MAIN}definedNames/{MAIN}definedName")
        ]
        calculation = self.root.find(f"{MAIN}calcPr")
        self.is_calculated_on_opening = calculation is not None and calculation.get("fullCalcOnLoad") in (
            "1",
            "true",
        )

    @cached_property
    def texts(self) -> list[str]:
        """The shared strings."""
        parts = self.targets(self.workbook, "sharedStrings")
        return [
            unescaped("".join(run.text or "" for run in item.iter(f"{MAIN}t")))
            for part in parts
            for item in self.tree(part).iterfind(f"{MAIN}si")
        ]

    def text_of(self, cell: Cell | None) -> str | None:
        """The text that a cell shows; None where it holds none."""
        if cell is None or cell.value is None:
            return None
        if cell.kind == "s":
            index = int(cell.value) if cell.value.isascii() and cell.value.isdigit() else len(self.texts)
            return self.texts[index] if index < len(self.texts) else None
        return unescaped(cell.value) if cell.kind in ("str", "inlineStr") else None

    @cached_property
    def formulas(self) -> list[Stored]:
        """Every formula of the workbook: of names, cells, validations, conditional formats and tables."""
        return [*self._named(), *(stored for sheet in self.sheets for stored in self._on(sheet))]

    def _named(self) -> Iterator[Stored]:
        for name in self.names:
            yield Stored(name.text, self.workbook, f"name {name.name}", name=name.name)

    def _on(self, sheet: Sheet) -> Iterator[Stored]:
        for row in sheet.rows:
            for cell in row.cells:
                if cell.formula and cell.formula.text:
                    yield Stored(cell.formula.text, sheet.part, cell.address, sheet, cell)
        for line in sheet.root.iter(f"{MAIN}dataValidation"):
            for formula in line:
                if formula.text:
                    place = f"validation of {line.get('sqref')}"
                    yield Stored(formula.text, sheet.part, place, sheet, is_bare=True)
        for line in sheet.root.iter(f"{MAIN}conditionalFormatting"):
            for formula in line.iter(f"{MAIN}formula"):
                if formula.text:
                    place = f"conditional format of {line.get('sqref')}"
                    yield Stored(formula.text, sheet.part, place, sheet, is_bare=True)
        for line in sheet.root.iterfind(f"{MAIN}extLst"):  # sparklines, and formats and validations of 2010
            for formula in line.iter(f"{IN_LIST}f"):
                if formula.text:
                    yield Stored(formula.text, sheet.part, "extension list", sheet, is_bare=True)
        for table in sheet.tables:
            for column in table.columns:
                for kind in ("calculatedColumnFormula", "totalsRowFormula"):
                    held = column.find(f"{MAIN}{kind}")
                    if held is not None and held.text:
                        yield Stored(held.text, table.part, f"column {column.get('name')}", sheet)


def unescaped(text: str) -> str:
    """A text with its _x000A_ as the signs that they are."""
    return ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text
