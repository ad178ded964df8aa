"""Names and tables: what they stand for follows the rows."""

from __future__ import annotations

import re
from collections.abc import Container

from addin.errors import TollsheetError
from addin.hosts.filling.areas import Area
from addin.hosts.filling.following import Follower
from addin.hosts.filling.formulas import references
from addin.hosts.filling.growth import LostError
from addin.hosts.filling.saying import Remarks, lost
from addin.hosts.filling.targets import Found
from addin.hosts.package import Package, Workbook
from addin.hosts.package.formula_text import PIECES
from templates.inputs import MONTH

_TABLE_AREAS = ("table", "autoFilter", "sortState", "sortCondition")

_NO_ROWS = ("insertRow", "insertRowShift")
"""How Excel says of a table that it has no rows, and shows a blank one to write into."""


def follow_names(package: Package, follower: Follower, remarks: Remarks) -> None:
    """The names of the workbook. Raises TollsheetError where one names rows that are gone."""
    with package.edit(package.document) as xml:
        for element in xml.find("definedName"):
            old = xml.text(element)
            try:
                new = follower.name(old)
            except LostError as error:
                raise lost(f'{package.name}: the name "{element.attributes.get("name")}"', error) from None
            if new != old:
                xml.set_text(element, new)
            name = element.attributes.get("name")
            if follower.moves.change_anything:
                remarks.add_indirect(old, f"The name {name}")
            for one, table in follower.no_longer_last(old, ""):
                remarks.add_no_longer_last(one.text, table, f"The name {name}")
            for address in follower.left(old):
                remarks.add(
                    f"The name {name} says {address}, which means other cells for each cell that uses it: it "
                    "stays as it is. Write its rows with $ to have them follow."
                )


def growing_words(workbook: Workbook, follower: Follower) -> frozenset[str]:
    """What formulas call cells of which there are more or fewer afterwards: tables, and names that stand for
    such areas, in small letters."""
    words = {
        growth.table.casefold()
        for sheet in workbook.sheets()
        for growth in follower.moves.on(sheet.name)
        if growth.by
    }
    names = {one.name.casefold(): one.text for one in workbook.names()}
    before = 0
    while len(words) > before:  # a name may stand for another one
        before = len(words)
        for name, text in names.items():
            if mentions(text, words) or follower.grows(text, ""):
                words.add(name)
    return frozenset(words)


def mentions(formula: str, words: Container[str]) -> bool:
    """Whether a formula holds one of these tables or names."""
    return any(one["word"] and one["word"].casefold() in words for one in PIECES.finditer(formula))


def follow_table(package: Package, found: Found, follower: Follower) -> None:
    """A table with its filter and its formulas. Raises TollsheetError where one cannot follow."""
    sheet, moves = found.sheet.name, follower.moves
    where = f"{package.name}: the table {found.table.name}"
    try:
        top = found.data.top
        shift = moves.row(sheet, top, found.area.left) - top
        is_filled = found.table.name in {growth.table for growth in moves.on(sheet)}
        with package.edit(found.table.part) as xml:
            for element in xml.find(*_TABLE_AREAS, "calculatedColumnFormula", "totalsRowFormula"):
                if element.name in _TABLE_AREAS:
                    old = element.attributes.get("ref", "")
                    new = str(moves.area(sheet, Area.of(old), grows=True))
                    changed: dict[str, str | None] = {"ref": new} if new != old else {}
                    if element.name == "table" and is_filled:
                        changed |= {name: None for name in _NO_ROWS if name in element.attributes}
                    if changed:
                        xml.set_attributes(element, changed)
                    continue
                old = xml.text(element)
                if element.name == "totalsRowFormula":
                    new = follower.formula(old, sheet)
                else:
                    new = follower.row_formula(old, sheet, shift, moves.data_at(sheet, found.data))
                if new != old:
                    xml.set_text(element, new)
    except LostError as error:
        raise lost(where, error) from None


def month_cell(workbook: Workbook) -> tuple[str, int, int] | None:
    """The sheet, row and column of the cell that is named for the month, if there is one. Raises
    TollsheetError where the name stands for something else."""
    text = _text_of(workbook, MONTH)
    if text and one_cell(text) is None:
        raise TollsheetError(
            f'{workbook.package.name}: the name "{MONTH}" is {text}, not one cell',
            "Let it name the cell that holds the month.",
        )
    return one_cell(text)


def named_cell(workbook: Workbook, name: str) -> tuple[str, int, int] | None:
    """The sheet, row and column of the one cell that a name stands for, if it does."""
    return one_cell(_text_of(workbook, name))


def one_cell(text: str) -> tuple[str, int, int] | None:
    """
    >>> one_cell("'How to use'!$B$9"), one_cell("Calls!$B$5:$B$9"), one_cell("")
    (('How to use', 9, 2), None, None)
    """
    found = [*references(text)]
    if len(found) != 1 or found[0].is_range or not re.fullmatch(r".+!\$?[A-Za-z]+\$?\d+", text):
        return None
    [sheet] = found[0].sheets
    return sheet, found[0].first.row, found[0].first.column


def _text_of(workbook: Workbook, name: str) -> str:
    """What a name of the whole workbook stands for; empty where there is none."""
    return next((one.text for one in workbook.names() if one.name.casefold() == name and not one.sheet), "")
