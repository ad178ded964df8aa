"""What stands by cells in ways that Tollsheet does not rewrite: it must not have to move."""

from __future__ import annotations

from addin.errors import TollsheetError
from addin.hosts.filling.anchors import moved_by
from addin.hosts.filling.areas import Area
from addin.hosts.filling.following import Follower
from addin.hosts.filling.growth import LostError
from addin.hosts.package import Element, XmlEdits

_LINKS = ("linkedCell", "listFillRange", "fmlaLink", "fmlaRange", "fmlaTxbx")
"""Attributes in which controls name cells."""


def check_unmoved(xml: XmlEdits, where: str, sheet: str, follower: Follower) -> None:
    """Raise TollsheetError where a control, an object, a scenario or a view of the sheet had to follow."""
    moves = follower.moves
    if not moves.change(sheet):
        return
    if any(one.moves_sheet and one.by for one in moves.on(sheet)) and xml.find("customSheetView"):
        raise _refused(where, "custom views")
    for element in xml.find("inputCells"):
        if _moves(follower, sheet, Area.of(element.attributes.get("r", "A1"))):
            raise _refused(where, "scenarios")
    elements = xml.find("anchor", "from", "to", "row", "col", namespace=None)
    for anchor in elements:
        if (
            anchor.name == "anchor"
            and (area := _area(anchor, elements, xml))
            and moved_by(moves, sheet, area)
        ):
            raise _refused(where, f"a control or an object at {area}")


def check_links(xml: XmlEdits, where: str, sheet: str, follower: Follower) -> None:
    """Raise TollsheetError where a control is linked to cells that move."""
    for element in xml.find("formControlPr", "controlPr", namespace=None):
        for name in _LINKS:
            check_link(element.attributes.get(name, ""), where, sheet, follower)


def check_link(link: str, where: str, sheet: str, follower: Follower, what: str = "a control") -> None:
    """Raise TollsheetError where a control of the sheet is linked to cells that move."""
    try:
        followed = follower.formula(link, sheet, grows=True)
    except LostError:
        followed = ""
    if followed != link:
        raise TollsheetError(
            f"{where}: {what} is linked to {link}, which moves",
            "Link it to a cell of another sheet, or above the table.",
        )


def _moves(follower: Follower, sheet: str, area: Area) -> bool:
    try:
        return follower.moves.area(sheet, area) != area
    except LostError:
        return True


def _area(anchor: Element, elements: list[Element], xml: XmlEdits) -> Area | None:
    """The cells that a control lies over."""
    said = {
        (one.parent.name, one.name): int(xml.text(one)) + 1
        for one in elements
        if one.name in ("row", "col") and one.parent and one.parent.parent is anchor
    }
    try:
        return Area(said["from", "row"], said["from", "col"], said["to", "row"], said["to", "col"])
    except KeyError:
        return None


def _refused(where: str, what: str) -> TollsheetError:
    return TollsheetError(
        f"{where} has {what}, and these cells move as the table grows",
        "Move the table, or what is below it, to a sheet of its own.",
    )
