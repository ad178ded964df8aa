"""Notes and comments of cells, and the old drawings in which notes and controls lie."""

from __future__ import annotations

import re

from addin.errors import TollsheetError
from addin.hosts.filling.anchors import moved_by
from addin.hosts.filling.areas import ROWS, Area
from addin.hosts.filling.following import Follower
from addin.hosts.filling.growth import LostError
from addin.hosts.filling.unmoved import check_link
from addin.hosts.package import Package

_COMMENTS = ("comment", "threadedComment")
_SHAPE = re.compile(r"<v:shape\b.*?</v:shape\s*>", re.DOTALL)
_ANCHOR = re.compile(r"(<x:Anchor\b[^>]*>)([^<]*)(</x:Anchor\s*>)")
_ROW = re.compile(r"(<x:Row\b[^>]*>)\s*(\d+)\s*(</x:Row\s*>)")
_COLUMN = re.compile(r"<x:Column\b[^>]*>\s*(\d+)\s*</x:Column\s*>")
_LINK = re.compile(r"<x:Fmla(?:Link|Range|Pict|Txbx)\b[^>]*>([^<]*)<")


def move_comments(package: Package, part: str, sheet: str, follower: Follower) -> None:
    """Notes go with their cells. Raises TollsheetError for one whose row is going."""
    with package.edit(part) as xml:
        for element in xml.find(*_COMMENTS, namespace=None):
            old = element.attributes.get("ref", "")
            try:
                new = str(follower.moves.area(sheet, Area.of(old)))
            except LostError as error:
                raise TollsheetError(
                    f"{package.name}: there is a note in {sheet}!{old}: {error}",
                    "Delete the note, or move it above the table.",
                ) from None
            if new != old:
                xml.set_attributes(element, {"ref": new})


def move_old_drawing(package: Package, part: str, sheet: str, follower: Follower) -> None:
    """The frames of notes, buttons and boxes. Raises TollsheetError where a control is linked to a cell that
    moves. Such a part need not be XML: only the places in it are read and changed."""
    text = package.content(part).decode("utf-8", "surrogateescape")

    def shape(match: re.Match[str]) -> str:
        return _moved(match[0], package.name, sheet, follower)

    package.put(part, _SHAPE.sub(shape, text).encode("utf-8", "surrogateescape"))


def _moved(shape: str, file: str, sheet: str, follower: Follower) -> str:
    for link in _LINK.findall(shape):
        check_link(link, f"{file}: sheet {sheet}", sheet, follower)
    anchor = _ANCHOR.search(shape)
    if anchor is None:
        return shape
    places = [int(one) for one in anchor[2].split(",")]
    left, top, right, bottom = places[0] + 1, places[2] + 1, places[4] + 1, places[6] + 1
    row, column = _ROW.search(shape), _COLUMN.search(shape)
    if row and column:  # a note moves with its cell, wherever its frame is
        at = Area(int(row[2]) + 1, int(column[1]) + 1, int(row[2]) + 1, int(column[1]) + 1)
        by = follower.moves.row(sheet, at.top, at.left) - at.top
    else:
        by = moved_by(follower.moves, sheet, Area(top, left, max(top, bottom), max(left, right)))
    if not by:
        return shape
    places[2], places[6] = max(0, places[2] + by), min(ROWS - 1, max(0, places[6] + by))
    shape = _ANCHOR.sub(lambda one: f"{one[1]}{', '.join(map(str, places))}{one[3]}", shape)
    return _ROW.sub(lambda one: f"{one[1]}{int(one[2]) + by}{one[3]}", shape)
