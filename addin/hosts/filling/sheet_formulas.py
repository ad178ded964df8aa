"""The formulas in the cells of a sheet: they follow what moves, and no value that was stored for them stays.

A value that a program stored beside a formula is of the time before the filling. Which of them are still
right, only a calculation tells; so all go, and the program that opens the file calculates them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from addin.errors import TollsheetError
from addin.hosts.filling.areas import Area
from addin.hosts.filling.following import Follower
from addin.hosts.filling.formulas import references
from addin.hosts.filling.growth import LostError
from addin.hosts.filling.names import mentions
from addin.hosts.filling.saying import Remarks, cell_place, lost
from addin.hosts.filling.shared import Shared
from addin.hosts.filling.sheet_rows import Cell, Row, Scanner, attributes, tag_text


@dataclass(slots=True)
class SheetFormulas:
    """The formulas of one sheet."""

    file: str
    sheet: str
    scanner: Scanner
    shared: Shared
    follower: Follower
    stale: list[Area]
    """Areas whose values are results though their cells hold no formula: of arrays, of pivot tables."""
    remarks: Remarks
    growing: frozenset[str]
    """Tables and names of areas that have more or fewer rows afterwards, in small letters."""
    _beside: dict[tuple[str, int], list[int]] = field(default_factory=dict)
    """Rows with a formula beside a table that names cells of the table in its row, by table and column."""

    def rewritten(self, rows: Sequence[Row]) -> list[Row]:
        """The rows with formulas that follow, and without values of formulas. Cells of data that are going to
        be replaced are left. Raises TollsheetError where a formula cannot follow."""
        self.stale += [area for row in rows for area in self._results(row)]
        found = [self.scanner.changed(row, self._cell) if self._concerns(row) else row for row in rows]
        for (table, column), numbers in self._beside.items():
            if len(numbers) > 1:
                area = Area(min(numbers), column, max(numbers), column)
                self.remarks.add(
                    f"{self.sheet}!{area} holds formulas beside {table}, each of its own row: they are as "
                    "many as before. Make the column one of the table."
                )
        return found

    def _concerns(self, row: Row) -> bool:
        if not row.cells:
            return False
        if not self.scanner.has_formulas(row):
            return any(area.top <= row.number <= area.bottom for area in self.stale)
        for growth in self.follower.moves.on(self.sheet):
            data = growth.data
            if data.top <= row.number <= data.bottom:
                left, _, right = self.scanner.split(row, data.left, data.right)
                return bool(left or right)
        return True

    def _results(self, row: Row) -> list[Area]:
        """The areas of arrays and data tables that begin in a row."""
        if " ref=" not in row.cells:
            return []
        found = []
        for cell in self.scanner.cells(row):
            if formula := self.scanner.formula(cell):
                tag = attributes(formula[0])
                if tag.get("t") in ("array", "dataTable") and "ref" in tag:
                    found.append(Area.of(tag["ref"]))
        return found

    def _cell(self, cell: Cell) -> str:
        if any(one.data.holds(cell.row, cell.column) for one in self.follower.moves.on(self.sheet)):
            return cell.text
        formula = self.scanner.formula(cell)
        if formula is None:
            is_result = any(area.holds(cell.row, cell.column) for area in self.stale)
            return self.scanner.without_value(cell) if is_result else cell.text
        try:
            return self.scanner.without_value(cell, self._formula(cell, attributes(formula[0]), formula[1]))
        except LostError as error:
            place = cell_place(self.sheet, cell.row, cell.column)
            raise lost(f"{self.file}: {place}", error) from None

    def _formula(self, cell: Cell, tag: dict[str, str], text: str) -> str | None:
        """The formula's XML; None where it stays as it is."""
        if self.follower.moves.change_anything:
            self.remarks.add_indirect(text, cell_place(self.sheet, cell.row, cell.column))
        if tag.get("t") == "array" and "ref" in tag:
            self._say_what_stays(cell, tag["ref"], text)
        if tag.get("t") == "dataTable":
            self._check_data_table(cell, tag)
            return None
        if tag.get("t") == "shared":
            origin = text or self.shared.origin(tag.get("si", ""))
            if not self.follower.concerns(origin, self.sheet) and not self.follower.moves.on(self.sheet):
                return None
            _, text = self.shared.formula(cell) or (tag, "")
            tag = {name: said for name, said in tag.items() if name not in ("t", "si", "ref")}
        elif not self.follower.concerns(text, self.sheet) and not (self._moves_here and "ref" in tag):
            return None
        self._note_beside(cell, text)
        self._say_what_was_last(cell, text)
        if "ref" in tag:
            tag = tag | {"ref": str(self.follower.moves.area(self.sheet, Area.of(tag["ref"])))}
        p, text = self.scanner.prefix, self.follower.formula(text, self.sheet)
        return f"<{p}f{tag_text(tag)}>{escape(text)}</{p}f>"

    def _note_beside(self, cell: Cell, text: str) -> None:
        for growth in self.follower.moves.on(self.sheet):
            data = growth.data
            if not growth.by or not data.top <= cell.row <= data.bottom:
                continue
            is_of_row = any(
                not one.sheets
                and not one.is_range
                and not one.first.row_fixed
                and one.first.row == cell.row
                and data.left <= one.first.column <= data.right
                for one in references(text)
            )
            if is_of_row:
                self._beside.setdefault((growth.table, cell.column), []).append(cell.row)

    def _say_what_was_last(self, cell: Cell, text: str) -> None:
        for one, table in self.follower.no_longer_last(text, self.sheet):
            is_of_row = not one.sheets and not one.first.row_fixed and one.first.row == cell.row
            if not is_of_row:  # those beside the table are said together
                place = cell_place(self.sheet, cell.row, cell.column)
                self.remarks.add_no_longer_last(one.text, table, place)

    def _say_what_stays(self, cell: Cell, ref: str, text: str) -> None:
        """An array fills the cells that it was entered into: more rows to calculate are no more cells."""
        area = Area.of(ref)
        after = self.follower.moves.area(self.sheet, area)
        is_alike = after.bottom - after.top == area.bottom - area.top > 0
        if is_alike and (mentions(text, self.growing) or self.follower.grows(text, self.sheet)):
            what = (
                "Excel fills as many cells as it needs when it opens the file, LibreOffice as many as before."
                if "cm" in attributes(cell.tag)
                else "it fills as many cells as before. Enter it again over as many rows as the table has."
            )
            self.remarks.add(f"{self.sheet}!{after} is one array formula over rows of a table: {what}")

    @property
    def _moves_here(self) -> bool:
        return self.follower.moves.change(self.sheet)

    def _check_data_table(self, cell: Cell, tag: dict[str, str]) -> None:
        """What-if tables name their cells in a way of their own: none of them may move."""
        for name in ("ref", "r1", "r2"):
            if name in tag:
                area = Area.of(tag[name])
                if self.follower.moves.area(self.sheet, area) != area:
                    raise TollsheetError(
                        f"{self.file}: {cell_place(self.sheet, cell.row, cell.column)} is a what-if data "
                        "table, and cells that it uses would move",
                        "Move the data table to another sheet.",
                    )
