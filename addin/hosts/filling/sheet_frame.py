"""What a sheet says about its cells around its rows: formats, validations, merged cells, links, breaks."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from addin.errors import TollsheetError
from addin.hosts.filling.areas import Area
from addin.hosts.filling.following import Follower
from addin.hosts.filling.growth import LostError
from addin.hosts.filling.saying import Remarks, lost
from addin.hosts.filling.unmoved import check_links, check_unmoved
from addin.hosts.package import Element, Package, Sheet, XmlEdits

_AREAS = {
    "mergeCell": "ref",
    "autoFilter": "ref",
    "sortState": "ref",
    "sortCondition": "ref",
    "protectedRange": "sqref",
    "ignoredError": "sqref",
}
_FORMULAS = ("formula", "formula1", "formula2")


@dataclass(slots=True)
class SheetFrame:
    """What is said around the rows of one sheet."""

    package: Package
    sheet: Sheet
    xml: XmlEdits
    follower: Follower
    remarks: Remarks

    def rewrite(self, last_row: int) -> None:
        """Change what has to change. Raises TollsheetError where something cannot follow."""
        name, moves = self.sheet.name, self.follower.moves
        if moves.change(name):
            check_unmoved(self.xml, self.where, name, self.follower)
            self._dimension(last_row)
            for element in self.xml.find(*_AREAS):
                self._areas(element, _AREAS[element.name])
            self._breaks()
        check_links(self.xml, self.where, name, self.follower)
        self._links()
        self._ruled("conditionalFormatting", "conditionalFormatting", "cfRule")
        self._ruled("dataValidations", "dataValidation", "dataValidation")

    @property
    def where(self) -> str:
        return f"{self.package.name}: sheet {self.sheet.name}"

    def followed(self, sqref: str) -> str:
        """The areas of a format or a rule, without those whose rows are gone."""
        found = []
        for ref in sqref.split():
            try:
                found.append(str(self.follower.moves.area(self.sheet.name, Area.of(ref), grows=True)))
            except LostError:
                continue
            except ValueError:  # whole columns and rows
                found.append(ref)
        return " ".join(found)

    def rule(self, text: str, sqref: str) -> str:
        """A formula that is told for the first cell of some areas. Raises TollsheetError where it is lost."""
        name, moves = self.sheet.name, self.follower.moves
        if moves.change_anything:
            self.remarks.add_indirect(text, f"{self.where}: a format or rule of {sqref}")
        try:
            first = Area.of(sqref.split()[0])
            growth = moves.data_at(name, first)
        except ValueError:
            growth = None
        try:
            if growth is None:
                return self.follower.formula(text, name)
            return self.follower.row_formula(text, name, moves.shift(name, growth), growth)
        except LostError as error:
            raise lost(f"{self.where}, a format or rule of {sqref}", error) from None

    def _areas(self, element: Element, attribute: str) -> None:
        old = element.attributes.get(attribute, "")
        new = self.followed(old)
        if not new:
            raise TollsheetError(
                f"{self.where}: the rows of {old} are going, and something is set for them ({element.name})",
                "Take it away there, and save the workbook.",
            )
        if new != old:
            self.xml.set_attributes(element, {attribute: new})

    def _ruled(self, holder: str, owner: str, rule: str) -> None:
        """Areas with rules for them. Rules of rows that are gone go with them."""
        elements = self.xml.find(*{holder, owner, rule, "cfvo", *_FORMULAS})
        owners = [one for one in elements if one.name == owner]
        gone = []
        for one in owners:
            old = one.attributes.get("sqref", "")
            new = self.followed(old)
            if old and not new:
                gone.append(one)
                self.remarks.add(f"{self.where}: a format or rule of {old} went with these rows.")
                continue
            if new != old:
                self.xml.set_attributes(one, {"sqref": new})
            inside = [each for each in elements if one.start < each.start and each.end <= one.end]
            inside = [each for each in inside if each.name in ("cfvo", *_FORMULAS)]
            self._formulas(inside, old)
        self._take_out(gone, owners, [one for one in elements if one.name == holder != owner])

    def _formulas(self, elements: Sequence[Element], sqref: str) -> None:
        for element in elements:
            if element.name in _FORMULAS:
                old = self.xml.text(element)
                if (new := self.rule(old, sqref)) != old:
                    self.xml.set_text(element, new)
            else:
                old = element.attributes.get("val", "")
                if (new := self.rule(old, sqref)) != old:
                    self.xml.set_attributes(element, {"val": new})

    def _take_out(self, gone: Sequence[Element], all_: Sequence[Element], holders: Sequence[Element]) -> None:
        """Remove elements, and the holder with the last of them; a holder counts those that are left."""
        if gone and holders and len(gone) == len(all_):
            self.xml.remove(holders[0])
            return
        for one in gone:
            self.xml.remove(one)
        if gone and holders and "count" in holders[0].attributes:
            self.xml.set_attributes(holders[0], {"count": str(len(all_) - len(gone))})

    def _links(self) -> None:
        """Links of cells. Those of rows that are replaced go with them."""
        name, moves = self.sheet.name, self.follower.moves
        links, gone = self.xml.find("hyperlink"), []
        for one in links:
            area = Area.of(one.attributes["ref"])
            if moves.data_at(name, area):
                gone.append(one)
                continue
            new = {"ref": str(moves.area(name, area))}
            with suppress(LostError):  # a link to a row that is gone leads to where it was
                new["location"] = self.follower.formula(one.attributes.get("location", ""), name)
            new = {key: said for key, said in new.items() if said != one.attributes.get(key, "")}
            if new:
                self.xml.set_attributes(one, new)
        for one in gone:
            for id in [said for key, said in one.attributes.items() if key.endswith("}id")]:
                self.package.unrelate(self.sheet.part, id)
        if gone:
            self.remarks.add(f"{self.where}: links of rows that were replaced are gone.")
        self._take_out(gone, links, self.xml.find("hyperlinks"))

    def _breaks(self) -> None:
        """Breaks between printed pages; one stands behind the row that it names."""
        holders = [one for one in self.xml.find("rowBreaks", "colBreaks") if one.name == "rowBreaks"]
        for holder in holders:
            breaks = [one for one in self.xml.find("brk") if holder.start < one.start < holder.end]
            places = [self._break(int(one.attributes.get("id", "0"))) for one in breaks]
            gone = [one for one, place in zip(breaks, places, strict=True) if place == 0]
            for one, place in zip(breaks, places, strict=True):
                if place and place != int(one.attributes.get("id", "0")):
                    self.xml.set_attributes(one, {"id": str(place)})
            if gone and len(gone) == len(breaks):
                self.xml.remove(holder)
                continue
            for one in gone:
                self.xml.remove(one)
            if gone:
                manual = [one for one in breaks if one not in gone and one.attributes.get("man") == "1"]
                counts = {"count": str(len(breaks) - len(gone)), "manualBreakCount": str(len(manual))}
                self.xml.set_attributes(holder, counts)

    def _break(self, row: int) -> int:
        """The row behind which a break stands afterwards; 0 where that is gone."""
        for growth in self.follower.moves.on(self.sheet.name):
            if growth.moves_sheet and row >= growth.data.bottom:
                row += growth.by
            elif growth.moves_sheet and row >= growth.data.top and row > growth.last:
                return 0
        return row

    def _dimension(self, last_row: int) -> None:
        if (element := self.xml.first("dimension")) is None:
            return
        area = Area.of(element.attributes["ref"])
        new = Area(min(area.top, last_row), area.left, last_row, area.right)
        if new != area:
            self.xml.set_attributes(element, {"ref": str(new)})
