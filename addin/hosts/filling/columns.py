"""What a column of a table puts into each new row: a value of the record, its own formula, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from addin.hosts.filling.areas import column_letters
from addin.hosts.filling.cells import value_xml
from addin.hosts.filling.following import Carried, Follower
from addin.hosts.filling.formulas import references
from addin.hosts.filling.growth import Growth, LostError
from addin.hosts.filling.saying import Remarks, lost
from addin.hosts.filling.shared import Shared
from addin.hosts.filling.sheet_rows import Cell, Row, Scanner, attributes, tag_text
from addin.hosts.filling.sheet_xml import SheetXml
from addin.hosts.filling.targets import Target
from addin.hosts.package import Package
from addin.hosts.package.elements import text_of
from addin.hosts.package.vocabulary import MAIN
from templates.cells import Value


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

    def cell(self, row: int, final_row: int, record: Any, scanner: Scanner, *, is_1904: bool) -> str:
        """The cell for a record. It is written into `row`, and stands in `final_row` at the end."""
        p, said, inner = scanner.prefix, "", ""
        style = f' s="{self.style}"' if self.style else ""
        if self.formula is not None:
            ref = f' ref="{self.letters}{final_row}"' if self.is_array else ""
            said = f' cm="{self.metadata}"' if self.metadata else ""
            inner = f"<{p}f{self.formula_tag}{ref}>{escape(self.formula.at(final_row))}</{p}f>"
        elif self.of is not None and record is not None:
            said, inner = value_xml(self.of(record), prefix=p, is_1904=is_1904)
        if inner:
            return f'<{p}c r="{self.letters}{row}"{style}{said}>{inner}</{p}c>'
        return f'<{p}c r="{self.letters}{row}"{style}/>' if style else ""


def new_columns(
    package: Package,
    target: Target,
    growth: Growth,
    xml: SheetXml,
    shared: Shared,
    follower: Follower,
    remarks: Remarks,
) -> list[NewColumn]:
    """The columns of a table's new rows, as its first row of data has them. Raises TollsheetError where a
    formula cannot follow."""
    sheet, table, data = target.found.sheet.name, target.found.table, growth.data
    first, below = (
        next((row for row in xml.rows if row.number == number), None) for number in (data.top, data.top + 1)
    )
    cells = {cell.column: cell for cell in xml.scanner.cells(first)} if first else {}
    cells_below = {cell.column: cell for cell in xml.scanner.cells(below)} if below else {}
    styles = _Styles(xml, first)
    calculated = _calculated(package, table.part)
    shift = follower.moves.shift(sheet, growth)
    made = []
    for number, (ours, header) in enumerate(zip(target.columns, table.columns, strict=True)):
        column, where = data.left + number, f"{package.name}, {table.name}[{header}]"
        cell = cells.get(column)
        own = shared.formula(cell) if cell else None
        if data.bottom > data.top and ours is None and column in cells_below:
            _say_it_differs(
                own, shared.formula(cells_below[column]), data.top, f"{table.name}[{header}]", remarks
            )
        text, tag = _formula_of(calculated.get(number), own, is_ours=ours is not None)
        if text is None:
            of = ours.of if ours else None
            if ours and own:
                remarks.add(
                    f"{table.name}[{header}] holds a formula in its first row, and the table keeps none for "
                    "new rows: it was replaced by values."
                )
            made.append(NewColumn(column_letters(column), styles.of(cell, column), of))
            continue
        if ours is not None:
            remarks.add(f"{table.name}[{header}] holds a formula in this template: it was kept.")
        try:
            formula = Carried(follower.row_formula(text, sheet, shift, growth), data.top + shift)
            formula.at(growth.last + shift)
        except LostError as error:
            raise lost(where, error) from None
        is_array = tag.get("t") == "array"
        kept = {name: said for name, said in tag.items() if name in ("t", "aca", "ca") and said != "shared"}
        metadata = attributes(cell.tag).get("cm", "") if cell and is_array else ""
        style, letters = styles.of(cell, column), column_letters(column)
        made.append(NewColumn(letters, style, None, formula, tag_text(kept), is_array, metadata))
    _say_what_is_left(target, growth, xml, made, remarks)
    return made


def _say_it_differs(
    first: tuple[dict[str, str], str] | None,
    second: tuple[dict[str, str], str] | None,
    row: int,
    where: str,
    remarks: Remarks,
) -> None:
    """Say of a column that begins otherwise than it goes on, such as a running balance: which of the two is
    meant for new rows cannot be known."""
    if second is None or (first is not None and Carried(first[1], row).at(row + 1) == second[1]):
        return
    remarks.add(
        f"{where}: its first row is made otherwise than the row below, and every new row is as the first. "
        "Look at this column, and fill it down from its second row where that was meant."
    )


def _formula_of(
    calculated: tuple[str, bool] | None, own: tuple[dict[str, str], str] | None, *, is_ours: bool
) -> tuple[str | None, dict[str, str]]:
    """The formula of a column with what its tag says, or None. The one that the table keeps for new rows
    wins, unless it names cells by their distance: from where, only the cell of the first row says."""
    if calculated is None:
        return (None, {}) if own is None or is_ours else (own[1], own[0])
    text, is_array = calculated
    if own is not None and any(not end.row_fixed for one in references(text) for end in one.ends if end.row):
        return own[1], own[0]
    return text, {"t": "array"} if is_array else {}


def _calculated(package: Package, part: str) -> Mapping[int, tuple[str, bool]]:
    """The formulas that a table keeps for new rows, by the number of the column, and which are arrays."""
    content = package.content(part)
    found, number = {}, -1
    for element in package.find(part, "tableColumn", "calculatedColumnFormula", namespace=MAIN):
        if element.name == "tableColumn":
            number += 1
        else:
            is_array = element.attributes.get("array") in ("1", "true")
            found[number] = (text_of(content, element), is_array)
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
    """Of what was typed beside the former rows: it belongs to them, and new rows are others."""
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
                f"{target.found.table.name}[{left[column]}]: what was typed there ({count:,} of the former "
                "rows) is not in the new rows."
            )
