"""Names and tables: what they stand for follows the rows."""

from __future__ import annotations

import re

from addin.errors import TollsheetError
from addin.hosts.filling.areas import Area
from addin.hosts.filling.following import Follower
from addin.hosts.filling.formulas import references
from addin.hosts.filling.growth import LostError
from addin.hosts.filling.saying import lost
from addin.hosts.filling.targets import Found
from addin.hosts.package import Package, Workbook
from templates.inputs import MONTH

_TABLE_AREAS = ("table", "autoFilter", "sortState", "sortCondition")


def follow_names(package: Package, follower: Follower) -> None:
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


def follow_table(package: Package, found: Found, follower: Follower) -> None:
    """A table with its filter and its formulas. Raises TollsheetError where one cannot follow."""
    sheet, moves = found.sheet.name, follower.moves
    where = f"{package.name}: the table {found.table.name}"
    try:
        top = found.data.top
        shift = moves.row(sheet, top, found.area.left) - top
        with package.edit(found.table.part) as xml:
            for element in xml.find(*_TABLE_AREAS, "calculatedColumnFormula", "totalsRowFormula"):
                if element.name in _TABLE_AREAS:
                    old = element.attributes.get("ref", "")
                    new = str(moves.area(sheet, Area.of(old), grows=True))
                    if new != old:
                        xml.set_attributes(element, {"ref": new})
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
    for name in workbook.names():
        if name.name.casefold() == MONTH and not name.sheet:
            found = [*references(name.text)]
            if len(found) != 1 or found[0].is_range or not re.fullmatch(r".+!\$?[A-Za-z]+\$?\d+", name.text):
                raise TollsheetError(
                    f'{workbook.package.name}: the name "{name.name}" is {name.text}, not one cell',
                    "Let it name the cell that holds the month.",
                )
            [sheet] = found[0].sheets
            return sheet, found[0].first.row, found[0].first.column
    return None
