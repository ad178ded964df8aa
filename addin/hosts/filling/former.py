"""The former rows of a column: which formula they have in common, where it begins, and which rows differ.

A column may begin otherwise than it goes on: a running balance, a numbered list. Its first row stays then,
and the rows below are as its second one. Their formula names rows above, or its own column, which in a first
row would be a circle. A row that differs for itself, such as one that was typed over, was meant for its own
record, and the new rows are of others.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from addin.hosts.filling.areas import COLUMNS, ROWS, Area
from addin.hosts.filling.following import Carried
from addin.hosts.filling.formulas import Reference, references
from addin.hosts.filling.growth import LostError
from addin.hosts.filling.shared import Shared
from addin.hosts.filling.sheet_rows import Cell, attributes
from addin.hosts.filling.sheet_xml import SheetXml
from addin.hosts.letters import column_letters
from addin.hosts.package import Table
from addin.hosts.package.formula_text import PIECES
from templates.grid import column_reference

_BY_DISTANCE = re.compile(r"\b(?:OFFSET|INDIRECT)\(", re.IGNORECASE)
_OF_ITSELF = ("#this row", "#headers", "#totals")
"""Parts of a table that are no other row of its data."""


@dataclass(frozen=True, slots=True)
class Home:
    """The column of a table that a formula stands in."""

    sheet: str
    table: str
    data: Area
    column: int
    header: str

    def is_of(self, address: Reference) -> bool:
        """Whether an address of the sheet is of data of this column."""
        left, right = sorted((address.first.column or 1, address.last.column or COLUMNS))
        top, bottom = sorted((address.first.row or 1, address.last.row or ROWS))
        return left <= self.column <= right and top <= self.data.bottom and bottom >= self.data.top

    def is_named(self, formula: str) -> bool:
        """Whether a formula names this column by its header, or cells by their distance."""
        own = f"[{column_reference(self.header)}]".casefold()
        pieces = [*PIECES.finditer(formula)]
        return bool(_BY_DISTANCE.search(formula)) or any(
            (name["word"] or "").casefold() == self.table.casefold()
            and own in (said := (columns["columns"] or "").casefold())
            and not any(part in said for part in _OF_ITSELF)
            for name, columns in pairwise(pieces)
        )


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula as one of the rows has it."""

    text: str
    tag: Mapping[str, str]
    """What the tag of its cell's formula says."""
    row: int
    """That row: addresses by their distance are as seen from it."""

    def at(self, row: int) -> str:
        """The formula as it is in another row; empty where it would lead off the sheet."""
        try:
            return Carried(self.text, self.row).at(row)
        except LostError:
            return ""

    @property
    def is_by_distance(self) -> bool:
        """Whether it names rows by their distance from its own."""
        return any(not end.row_fixed for one in references(self.text) for end in one.ends if end.row)

    def goes_on(self, home: Home) -> bool:
        """Whether it takes something from other rows of its table, as from the one above."""
        here = [
            one
            for one in references(self.text)
            if not one.sheets or one.sheets[0].casefold() == home.sheet.casefold()
        ]
        above = (
            home.data.top <= end.row < self.row and not end.row_fixed for one in here for end in one.ends
        )
        return any(above) or any(map(home.is_of, here)) or home.is_named(self.text)


@dataclass(frozen=True, slots=True)
class Common:
    """What the former rows of a column have in common."""

    formula: Formula | None
    begins: bool = False
    """Whether the first row is something else, on which the others build."""
    others: int = 0
    """Further rows that hold something else than the formula."""


class FormerRows:
    """The rows of a table's data as they stand in the template."""

    def __init__(self, xml: SheetXml, shared: Shared, sheet: str, table: Table, data: Area) -> None:
        self._scanner = xml.scanner
        self._shared = shared
        self._homes = {
            column_letters(column): Home(sheet, table.name, data, column, header)
            for column, header in enumerate(table.columns, data.left)
        }
        self._top = data.top
        self._rows = [row for row in xml.rows if data.top <= row.number <= data.bottom]

    def first(self, letters: str) -> tuple[Cell | None, Formula | None]:
        """The cell of the first row, and its formula. Raises LostError where the shared one is missing."""
        return self._at(letters, self._top)

    def common(self, letters: str, told: Formula | None) -> Common:
        """What a column's rows have in common, `told` being the formula that the table keeps for new rows.
        Raises LostError as `first` does."""
        cell, first = self.first(letters)
        home = self._homes[letters]
        _, second = self._at(letters, self._top + 1)
        if told is not None and not told.is_by_distance:
            candidates = [told]
        else:  # from where the table's own counts its rows, only cells say
            candidates = [one for one in (first, second) if one is not None]
        if not candidates:
            return Common(told, others=self._counts(letters, told)[1] if told else 0)
        agree, filled = self._counts(letters, candidates[0])
        chosen = candidates[0]
        if agree < filled and len(candidates) == 2:
            others = self._counts(letters, candidates[1])[0]
            if (others, candidates[1].goes_on(home)) > (agree, chosen.goes_on(home)):
                agree, chosen = others, candidates[1]
        if first is None and told is None and 2 * agree < filled:
            return Common(None)  # typed but for some rows
        is_only = chosen is told and home.data.top == home.data.bottom and bool(cell and cell.has_content)
        begins = (
            chosen.goes_on(home)
            and (is_only or _has(second, chosen, self._top + 1))
            and not _has(first, chosen, self._top)
        )
        if begins:
            filled -= bool(cell and cell.has_content)
        return Common(chosen, begins, filled - agree)

    def _at(self, letters: str, number: int) -> tuple[Cell | None, Formula | None]:
        row = next((row for row in self._rows[:2] if row.number == number), None)
        cell = self._scanner.cell_at(row, letters) if row else None
        found = self._shared.formula(cell) if cell else None
        return cell, Formula(found[1], found[0], number) if found else None

    def _counts(self, letters: str, formula: Formula) -> tuple[int, int]:
        """How many rows have it, and how many have anything. A formula that is written as all others is told
        by its text; those that are shared are looked at once."""
        carried, scanner = Carried(formula.text, formula.row), self._scanner
        agree = filled = 0
        shared: dict[str, bool] = {}
        for row in self._rows:
            try:
                text = carried.at(row.number)
            except LostError:
                text = ""
            if text and scanner.begins_with(row, letters, text):
                agree, filled = agree + 1, filled + 1
            elif (cell := scanner.cell_at(row, letters)) is not None and cell.has_content:
                filled += 1
                agree += self._agrees(cell, text, shared)
        return agree, filled

    def _agrees(self, cell: Cell, text: str, shared: dict[str, bool]) -> bool:
        found = self._scanner.formula(cell)
        tag = attributes(found[0]) if found else {}
        if not found or found[1] or tag.get("t") != "shared":
            return found is not None and found[1] == text
        of = tag.get("si", "")
        if of not in shared:
            whole = self._shared.formula(cell)
            shared[of] = whole is not None and whole[1] == text
        return shared[of]


def _has(found: Formula | None, formula: Formula, row: int) -> bool:
    return found is not None and found.text == formula.at(row)
