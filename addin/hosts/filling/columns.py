"""What a column of a table puts into each new row: a value of the record, its own formula, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from xml.sax.saxutils import escape

from addin.hosts.filling.cells import value_xml
from addin.hosts.filling.following import Carried, Follower
from addin.hosts.filling.former import Common, FormerRows, Formula
from addin.hosts.filling.growth import Growth, LostError
from addin.hosts.filling.saying import Remarks, lost
from addin.hosts.filling.shared import Shared
from addin.hosts.filling.sheet_rows import Cell, Row, Scanner, attributes, tag_text
from addin.hosts.filling.sheet_xml import SheetXml
from addin.hosts.filling.targets import Target
from addin.hosts.letters import column_letters
from addin.hosts.package import Package
from addin.hosts.package.elements import text_of
from addin.hosts.package.vocabulary import MAIN
from templates.cells import Value
from templates.grid import Column


@dataclass(frozen=True, slots=True)
class NewColumn:
    """One column of new rows."""

    letters: str
    style: str
    """The number of its style; empty for none."""
    of: Callable[[Any], Value] | None = None
    formula: Carried | None = None
    formula_tag: str = ""
    is_array: bool = False
    metadata: str = ""
    """Of a dynamic array: the attribute cm."""
    typed: tuple[str, str] | None = None
    """What stands in each cell whatever the record: in its tag, and between its tags."""
    first: NewColumn | None = None
    """What the first row has instead."""

    def cell(self, row: int, final_row: int, record: Any, scanner: Scanner, *, is_1904: bool) -> str:
        """The cell for a record. It is written into `row`, and stands in `final_row` at the end."""
        p, said, inner = scanner.prefix, "", ""
        style = f' s="{self.style}"' if self.style else ""
        if self.formula is not None:
            ref = f' ref="{self.letters}{final_row}"' if self.is_array else ""
            said = f' cm="{self.metadata}"' if self.metadata else ""
            inner = f"<{p}f{self.formula_tag}{ref}>{escape(self.formula_at(final_row))}</{p}f>"
        elif self.typed is not None:
            said, inner = self.typed
        elif self.of is not None and record is not None:
            said, inner = value_xml(self.of(record), prefix=p, is_1904=is_1904)
        if inner:
            return f'<{p}c r="{self.letters}{row}"{style}{said}>{inner}</{p}c>'
        return f'<{p}c r="{self.letters}{row}"{style}/>' if style else ""

    def formula_at(self, row: int) -> str:
        """The formula of a row; empty without one. Raises LostError where it leads off the sheet."""
        return self.formula.at(row) if self.formula else ""


class NewColumns:
    """The columns of a table's new rows, as its former rows have them."""

    def __init__(
        self,
        package: Package,
        target: Target,
        growth: Growth,
        xml: SheetXml,
        shared: Shared,
        follower: Follower,
        remarks: Remarks,
    ) -> None:
        self._target, self._growth, self._xml = target, growth, xml
        self._sheet, self._table = target.found.sheet.name, target.found.table
        self._file, self._follower, self._remarks = package.name, follower, remarks
        self._former = FormerRows(xml, shared, self._sheet, self._table, growth.data)
        self._styles = _Styles(xml, next((row for row in xml.rows if row.number == growth.data.top), None))
        self._calculated = _calculated(package, self._table.part, growth.data.top)
        self._shift = follower.moves.shift(self._sheet, growth)

    def made(self) -> list[NewColumn]:
        """Raises TollsheetError where a formula cannot follow."""
        given = zip(self._target.columns, self._table.columns, strict=True)
        made = [self._column(number, ours, header) for number, (ours, header) in enumerate(given)]
        _say_what_is_left(self._target, self._growth, self._xml, made, self._remarks)
        return made

    def _column(self, number: int, ours: Column[Any] | None, header: str) -> NewColumn:
        letters, where = column_letters(self._growth.data.left + number), f"{self._table.name}[{header}]"
        cell, own = self._former.first(letters)
        style = self._styles.of(cell, self._growth.data.left + number)
        told = self._calculated.get(number)
        if ours is not None and told is None:
            if own:
                self._remarks.add(
                    f"{where} holds a formula in its first row, and the table keeps none for new rows: it "
                    "was replaced by values."
                )
            return NewColumn(letters, style, ours.of)
        common = self._former.common(letters, told)
        if common.formula is None:
            return NewColumn(letters, style)
        self._say(common, where, is_ours=ours is not None)
        try:
            made = self._carried(common.formula, letters, style, cell)
            made.formula_at(self._growth.last + self._shift)
            return replace(made, first=self._first(own, letters, style, cell)) if common.begins else made
        except LostError as error:
            raise lost(f"{self._file}, {where}", error) from None

    def _carried(self, formula: Formula, letters: str, style: str, cell: Cell | None) -> NewColumn:
        """A column of a formula. Raises LostError where it cannot follow."""
        text = self._follower.row_formula(formula.text, self._sheet, self._shift, self._growth)
        is_array = formula.tag.get("t") == "array"
        kept = {
            name: said
            for name, said in formula.tag.items()
            if name in ("t", "aca", "ca") and said != "shared"
        }
        metadata = attributes(cell.tag).get("cm", "") if cell and is_array else ""
        carried = Carried(text, formula.row + self._shift)
        return NewColumn(letters, style, None, carried, tag_text(kept), is_array, metadata)

    def _first(self, own: Formula | None, letters: str, style: str, cell: Cell | None) -> NewColumn:
        """The first row of a column that begins otherwise. Raises LostError where it cannot follow."""
        if own is not None:
            return self._carried(own, letters, style, cell)
        tag = {} if cell is None else attributes(cell.tag)
        said = tag_text({name: one for name, one in tag.items() if name not in ("r", "s")})
        return NewColumn(letters, style, typed=(said, cell.inner if cell else ""))

    def _say(self, common: Common, where: str, *, is_ours: bool) -> None:
        if is_ours:
            self._remarks.add(f"{where} holds a formula in this template: it was kept.")
        if common.begins:
            self._remarks.add(
                f"{where} begins otherwise than it goes on: its first row is kept as it was, and the rows "
                "below are made as its second one. Look at where it begins."
            )
        if common.others:
            self._remarks.add(
                f"{where}: {common.others:,} of the former rows held something else than the column's "
                "formula. Every new row has the formula."
            )


def _calculated(package: Package, part: str, top: int) -> Mapping[int, Formula]:
    """The formulas that a table keeps for new rows, by the number of the column."""
    content = package.content(part)
    found: dict[int, Formula] = {}
    number = -1
    for element in package.find(part, "tableColumn", "calculatedColumnFormula", namespace=MAIN):
        if element.name == "tableColumn":
            number += 1
        else:
            is_array = element.attributes.get("array") in ("1", "true")
            found[number] = Formula(text_of(content, element), {"t": "array"} if is_array else {}, top)
    return found


class _Styles:
    """The style of cells in new rows: that of the first row's cell, else of its row, else of its column."""

    def __init__(self, xml: SheetXml, first: Row | None) -> None:
        tag = attributes(first.tag) if first else {}
        self._row = tag.get("s", "") if tag.get("customFormat") in ("1", "true") else ""
        self._columns = [
            (int(one.attributes["min"]), int(one.attributes["max"]), one.attributes.get("style", ""))
            for one in xml.frame.find("col")
        ]

    def of(self, cell: Cell | None, column: int) -> str:
        if cell is not None:
            return attributes(cell.tag).get("s", "")
        of_column = (said for low, high, said in self._columns if low <= column <= high)
        return self._row or next(of_column, "")


def _say_what_is_left(
    target: Target, growth: Growth, xml: SheetXml, made: Sequence[NewColumn], remarks: Remarks
) -> None:
    """Of what stood beside the former rows: it belongs to them, and new rows are others."""
    left = {
        growth.data.left + number: header
        for number, (column, header) in enumerate(zip(made, target.found.table.columns, strict=True))
        if column.of is None and column.formula is None
    }
    counts = dict.fromkeys(left, 0)
    for row in xml.rows if left else ():
        if growth.data.top <= row.number <= growth.data.bottom:
            for column in left:
                counts[column] += xml.scanner.holds(row, column_letters(column))
    for column, count in counts.items():
        if count:
            remarks.add(
                f"{target.found.table.name}[{left[column]}]: what stood there ({count:,} of the former "
                "rows) is not in the new rows."
            )
