"""What the parts of a workbook say: its sheets, their tables, and the names that formulas use."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from addin.errors import TollsheetError
from addin.hosts.package.editing import XmlEdits, attribute, escaped
from addin.hosts.package.elements import Element, text_of
from addin.hosts.package.package import Package
from addin.hosts.package.vocabulary import ID, MAIN, TO_CALC_CHAIN, TO_TABLE

_BEFORE_NAMES = (
    "fileVersion", "fileSharing", "workbookPr", "workbookProtection", "bookViews", "sheets",
    "functionGroups", "externalReferences",
)  # fmt: skip
_BEFORE_CALCULATION = (*_BEFORE_NAMES, "definedNames")
"""What stands before in a workbook part; the format fixes the order."""

_SIGN = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of the workbook, in the order of the tabs."""

    name: str
    part: str
    state: str
    """visible, hidden or veryHidden."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a sheet."""

    name: str
    """As formulas name it."""
    ref: str
    """From its first header cell to its last cell, totals included: "A1:C9"."""
    columns: tuple[str, ...]
    part: str
    header_rows: int
    totals_rows: int


@dataclass(frozen=True, slots=True)
class DefinedName:
    """A name that formulas use."""

    name: str
    text: str
    """What it stands for, without a leading `=`."""
    comment: str
    sheet: str
    """The sheet that it belongs to; empty where it belongs to the whole workbook."""


class Workbook:
    """The workbook part of a package. All is read anew at each call, and changes go to the package."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.part = package.document

    def sheets(self) -> tuple[Sheet, ...]:
        """Every sheet, those with only a chart included. Raises TollsheetError where one has no part."""
        parts = {one.id: one.part for one in self.package.relationships(self.part)}
        found = []
        for element in self.package.find(self.part, "sheet", namespace=MAIN):
            said = element.attributes
            part = parts.get(said.get(ID, ""), "")
            if part not in self.package:
                raise self._damaged(f'its sheet "{said.get("name", "")}" is missing')
            found.append(Sheet(said.get("name", ""), part, said.get("state", "visible")))
        return tuple(found)

    def sheet(self, name: str) -> Sheet | None:
        """The sheet of the name; case does not matter, as in Excel."""
        return next((one for one in self.sheets() if one.name.casefold() == name.casefold()), None)

    def tables(self, sheet: Sheet) -> tuple[Table, ...]:
        """The tables of a sheet, in the order of its relationships."""
        return tuple(self._table(one.part) for one in self.package.relationships(sheet.part, TO_TABLE))

    def names(self) -> tuple[DefinedName, ...]:
        """Every defined name, in the order of the file."""
        content = self.package.content(self.part)
        sheets = [one.name for one in self.sheets()]
        return tuple(
            DefinedName(
                element.attributes.get("name", ""),
                text_of(content, element),
                element.attributes.get("comment", ""),
                _sheet_of(element, sheets),
            )
            for element in self.package.find(self.part, "definedName", namespace=MAIN)
        )

    def set_name(self, name: str, text: str, *, comment: str | None = None) -> None:
        """A name of the whole workbook: a new one, or other text for the one that is there, which keeps its
        place and what else is said of it. A comment is set where one is given."""
        with self.package.edit(self.part) as xml:
            if old := _name(xml, name):
                xml.set_text(old, text)
                if comment is not None:
                    xml.set_attributes(old, {"comment": comment})
                return
            said = f"name={attribute(name)}" + (f" comment={attribute(comment)}" if comment else "")
            first = self._after(xml, _BEFORE_NAMES)
            written = f"<{first.prefix}definedName {said}>{escaped(text)}</{first.prefix}definedName>"
            if names := xml.first("definedNames"):
                xml.append(names, written)
            else:
                xml.insert_after(first, f"<{first.prefix}definedNames>{written}</{first.prefix}definedNames>")

    def remove_name(self, name: str, *, sheet: str = "") -> None:
        """Take away a name of the whole workbook, or of one sheet, if there is one."""
        place = [one.name for one in self.sheets()].index(sheet) if sheet else None
        with self.package.edit(self.part) as xml:
            if old := _name(xml, name, place):
                [names] = xml.find("definedNames")
                xml.remove(names if len(xml.find("definedName")) == 1 else old)

    def calculate_on_opening(self) -> None:
        """Have the program calculate everything when it opens the file, and drop the order in which it
        last did."""
        with self.package.edit(self.part) as xml:
            if calculation := xml.first("calcPr"):
                xml.set_attributes(calculation, {"fullCalcOnLoad": "1"})
            else:
                last = self._after(xml, _BEFORE_CALCULATION)
                xml.insert_after(last, f'<{last.prefix}calcPr fullCalcOnLoad="1"/>')
        self.drop_calculation_chain()

    def drop_calculation_chain(self) -> None:
        """Take out the list of cells with formulas, which every program makes anew; a list that names a
        cell without a formula makes Excel repair the file."""
        for one in self.package.relationships(self.part, TO_CALC_CHAIN):
            if one.part in self.package:
                self.package.remove(one.part)
            else:
                self.package.unrelate(self.part, one.id)

    def _after(self, xml: XmlEdits, names: Sequence[str]) -> Element:
        """The last element of those that must stand before."""
        tops = [one for one in xml.find("workbook", *names) if one.parent and one.parent.name == "workbook"]
        if not tops:
            raise TollsheetError(f"{self.package.name} has no sheets", "Open it in Excel and save it again.")
        return tops[-1]

    def _table(self, part: str) -> Table:
        elements = self.package.find(part, "table", "tableColumn", namespace=MAIN)
        if not elements or elements[0].name != "table":
            raise self._damaged(f"{part} holds no table")
        said = elements[0].attributes
        rows = said.get("headerRowCount", "1"), said.get("totalsRowCount", "0")
        if not all(number.isdecimal() for number in rows):
            raise self._damaged(f"the rows of the table in {part} are no numbers")
        return Table(
            said.get("displayName") or said.get("name", ""),
            said.get("ref", ""),
            tuple(unescaped(one.attributes.get("name", "")) for one in elements[1:]),
            part,
            *map(int, rows),
        )

    def _damaged(self, why: str) -> TollsheetError:
        return TollsheetError(
            f"{self.package.name} is damaged: {why}", "Take the file from where it came once more."
        )


def unescaped(text: str) -> str:
    """Text of a cell or a header as people see it: files write signs that XML cannot as `_x000A_`.

    >>> unescaped("Rate_x000a_USD"), unescaped("a_x005F_x000A_b")
    ('Rate\\nUSD', 'a_x000A_b')
    """
    return _SIGN.sub(lambda found: chr(int(found[1], 16)), text)


def _name(xml: XmlEdits, name: str, sheet: int | None = None) -> Element | None:
    """The element of a name of the whole workbook or of a sheet; case does not matter, as in Excel."""
    for element in xml.find("definedName"):
        said = element.attributes
        place = said.get("localSheetId")
        if said.get("name", "").casefold() == name.casefold() and place == (
            None if sheet is None else str(sheet)
        ):
            return element
    return None


def _sheet_of(element: Element, sheets: Sequence[str]) -> str:
    place = element.attributes.get("localSheetId", "")
    return sheets[int(place)] if place.isdecimal() and int(place) < len(sheets) else ""
