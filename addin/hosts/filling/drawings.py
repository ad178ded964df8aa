"""Pictures, charts and shapes over a sheet: those below a table move with what is there."""

from __future__ import annotations

from addin.hosts.filling.anchors import moved_by
from addin.hosts.filling.areas import COLUMNS, Area
from addin.hosts.filling.following import Follower
from addin.hosts.filling.growth import LostError
from addin.hosts.filling.saying import Remarks, lost
from addin.hosts.filling.unmoved import check_link
from addin.hosts.package import Element, Package, XmlEdits

_SHEET_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
SHAPES_OF_CHART = "application/vnd.openxmlformats-officedocument.drawingml.chartshapes+xml"
_OF_A_CELL = "TxLink"
"""The kind of text that a program takes from the cell; LibreOffice shows it as it stands in the file."""
_ANCHORS = ("twoCellAnchor", "oneCellAnchor")


def move_drawing(package: Package, part: str, sheet: str, follower: Follower, remarks: Remarks) -> None:
    """Move what is below; a shape that shows a cell keeps showing it, without its text of before. Raises
    TollsheetError where that cell is gone, and for a picture of cells that move."""
    with package.edit(part) as xml:
        elements = xml.find(*_ANCHORS, "from", "to", "row", "col", namespace=_SHEET_DRAWING)
        for anchor in elements:
            if anchor.name in _ANCHORS:
                _move(xml, anchor, elements, sheet, follower)
        _follow_boxes(xml, f"{package.name}: sheet {sheet}, a shape", sheet, follower)
        for picture in xml.find("cameraTool", namespace=None):
            shown = picture.attributes.get("cellRange", "")
            check_link(shown, f"{package.name}: sheet {sheet}", sheet, follower, "a picture of cells")
            remarks.add(
                f"Sheet {sheet}: a picture of cells shows the figures of before until Excel opens the file."
            )


def follow_shapes_of_chart(package: Package, part: str, follower: Follower) -> None:
    """The shapes that lie in a chart. Raises TollsheetError where the cell that one shows is gone."""
    with package.edit(part) as xml:
        _follow_boxes(xml, f"{package.name}: a shape in a chart ({part})", "", follower)


def _follow_boxes(xml: XmlEdits, where: str, sheet: str, follower: Follower) -> None:
    for shape in xml.find("sp", namespace=None):
        link = shape.attributes.get("textlink", "")
        try:
            followed = follower.formula(link, sheet)
        except LostError as error:
            raise lost(where, error) from None
        if followed != link:
            xml.set_attributes(shape, {"textlink": followed})
    for text in xml.find("fld", "t", namespace=_DRAWING):
        if text.name == "t" and text.parent and text.parent.attributes.get("type") == _OF_A_CELL:
            xml.set_text(text, "")


def _move(xml: XmlEdits, anchor: Element, elements: list[Element], sheet: str, follower: Follower) -> None:
    ends = [
        one for one in elements if one.name in ("row", "col") and one.parent and one.parent.parent is anchor
    ]
    said = {(one.parent.name, one.name): int(xml.text(one)) for one in ends if one.parent}
    top, left = said["from", "row"] + 1, said["from", "col"] + 1
    bottom, right = said.get(("to", "row"), top - 1) + 1, said.get(("to", "col"), left - 1) + 1
    by = moved_by(follower.moves, sheet, Area(top, left, max(top, bottom), min(max(left, right), COLUMNS)))
    for one in ends if by else ():
        if one.name == "row":
            xml.set_text(one, str(int(xml.text(one)) + by))
