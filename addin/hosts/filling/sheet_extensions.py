"""What newer programs say about cells behind the rest of a sheet: sparklines, and more formats and rules."""

from __future__ import annotations

from collections.abc import Sequence

from addin.errors import TollsheetError
from addin.hosts.filling.areas import Area
from addin.hosts.filling.following import Carried
from addin.hosts.filling.growth import Growth, LostError
from addin.hosts.filling.saying import lost
from addin.hosts.filling.sheet_frame import SheetFrame
from addin.hosts.letters import column_letters
from addin.hosts.package import Element
from addin.hosts.package.editing import escaped

_X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
_XM = "http://schemas.microsoft.com/office/excel/2006/main"
_OWNERS = ("sparklineGroup", "sparkline", "conditionalFormatting", "dataValidation")


class SheetExtensions:
    """The extensions of one sheet."""

    def __init__(self, frame: SheetFrame) -> None:
        self.frame = frame
        self._found = [
            one
            for one in frame.xml.find(*_OWNERS, "f", "sqref", namespace=None)
            if one.namespace in (_X14, _XM)
        ]
        self._inside: dict[int, dict[str, Element]] = {}
        for one in self._found:
            if one.namespace == _XM and (owner := _owner(one)):
                self._inside.setdefault(id(owner), {}).setdefault(one.name, one)

    def rewrite(self) -> None:
        """Change what has to change. Raises TollsheetError where something cannot follow."""
        in_rows = {
            id(one): (one, growth)
            for one in self._found
            if one.name == "sparkline" and (growth := self._growth(one))
        }
        self._row_sparklines([*in_rows.values()])
        for one in self._found:
            owner = _owner(one)
            if one.namespace != _XM or id(owner) in in_rows:
                continue
            if one.name == "sqref":
                self._sqref(one)
            elif owner is None or owner.name in ("sparkline", "sparklineGroup"):
                self._source(one)
            else:
                self._rule(one, owner)

    def _sqref(self, element: Element) -> None:
        old = self.frame.xml.text(element)
        new = self.frame.followed(old)
        if not new:
            raise TollsheetError(
                f"{self.frame.where}: the rows of {old} are going, and a format or rule is set for them",
                "Take it away there, and save the workbook.",
            )
        if new != old:
            self.frame.xml.set_text(element, new)

    def _source(self, element: Element) -> None:
        """The cells that a sparkline shows."""
        old = self.frame.xml.text(element)
        try:
            new = self.frame.follower.formula(old, self.frame.sheet.name, grows=True)
        except LostError as error:
            raise lost(f"{self.frame.where}, a sparkline", error) from None
        if new != old:
            self.frame.xml.set_text(element, new)

    def _rule(self, element: Element, owner: Element) -> None:
        sqref, old = self._said(owner, "sqref"), self.frame.xml.text(element)
        if sqref and (new := self.frame.rule(old, sqref)) != old:
            self.frame.xml.set_text(element, new)

    def _said(self, owner: Element, name: str) -> str:
        """The text of what an element says of itself."""
        element = self._inside.get(id(owner), {}).get(name)
        return self.frame.xml.text(element) if element else ""

    def _growth(self, sparkline: Element) -> Growth | None:
        """The table in whose data a sparkline stands."""
        try:
            area = Area.of(self._said(sparkline, "sqref"))
        except ValueError:
            return None
        return self.frame.follower.moves.data_at(self.frame.sheet.name, area)

    def _row_sparklines(self, sparklines: Sequence[tuple[Element, Growth]]) -> None:
        """Sparklines in the rows of a table: the first row's is there for each new row."""
        places = [(one, growth, Area.of(self._said(one, "sqref"))) for one, growth in sparklines]
        carried = [place for place in places if place[2].top == place[1].data.top]
        gone = [place for place in places if place[2].top != place[1].data.top]
        for one, growth, area in carried:
            self.frame.xml.replace(one, self._carried(one, growth, area.left))
        columns = {area.left for _, _, area in carried}
        for _, _, area in gone:
            if area.left not in columns:
                self.frame.remarks.add(f"{self.frame.where}: the sparkline of {area} went with its row.")
        self._take_out([one for one, _, _ in gone])

    def _take_out(self, gone: Sequence[Element]) -> None:
        """Remove sparklines, and what is around them where nothing else is left in it."""
        starts = {one.start for one in gone}
        around = self.frame.xml.find("extLst", "ext", "sparklineGroup", "sparkline", namespace=None)
        for one in reversed(around):  # from the inside out
            inside = (
                [other.start for other in around if other.parent is one] if one.name != "sparkline" else []
            )
            if inside and starts.issuperset(inside):
                starts.add(one.start)
        for one in around:
            if one.start in starts and not (one.parent and one.parent.start in starts):
                self.frame.xml.remove(one)

    def _carried(self, sparkline: Element, growth: Growth, column: int) -> str:
        sheet, moves = self.frame.sheet.name, self.frame.follower.moves
        shift = moves.shift(sheet, growth)
        source = self._inside[id(sparkline)].get("f")
        if source is None:  # it shows nothing
            return ""
        tag = self.frame.xml.content[sparkline.start : sparkline.inner].decode("utf-8")
        closed, xm, letters = f"</{sparkline.prefix}sparkline>", source.prefix, column_letters(column)
        top = growth.data.top + shift
        try:
            formula = Carried(
                self.frame.follower.row_formula(self.frame.xml.text(source), sheet, shift, growth), top
            )
            said = [(row, escaped(formula.at(row))) for row in range(top, growth.last + shift + 1)]
        except LostError as error:
            raise lost(f"{self.frame.where}, a sparkline in {growth.table}", error) from None
        return "".join(
            f"{tag}<{xm}f>{text}</{xm}f><{xm}sqref>{letters}{row}</{xm}sqref>{closed}" for row, text in said
        )


def _owner(element: Element) -> Element | None:
    """The nearest thing around an address that has cells of its own."""
    parent = element.parent
    while parent is not None and parent.name not in _OWNERS:
        parent = parent.parent
    return parent
