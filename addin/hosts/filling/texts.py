"""The texts of former rows: a file keeps all texts in one part, where ids and numbers would travel on.

Cells name their text by its place in the list, so the list stays as long as it is: what no cell shows any
more is made blank.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from addin.hosts.filling.sheet_rows import Row
from addin.hosts.package import Package
from addin.hosts.package.elements import text_of
from addin.hosts.package.vocabulary import MAIN, OFFICE

_TO_TEXTS = f"{OFFICE}/sharedStrings"
_CELL = re.compile(r"\st=[\"']s[\"'][^>]*>\s*<(?:[\w.-]+:)?v\b[^>]*>\s*(\d+)\s*<")


def texts_in(rows: Iterable[Row]) -> Iterator[int]:
    """The places of the texts that cells of these rows show."""
    for row in rows:
        if '"s"' in row.cells or "'s'" in row.cells:
            yield from map(int, _CELL.findall(row.cells))


def text_at(package: Package, place: int) -> str:
    """The text of a place; empty where there is none."""
    for one in package.relationships(package.document, _TO_TEXTS):
        items = package.find(one.part, "si", namespace=MAIN)
        if place < len(items):
            return text_of(package.content(one.part), items[place])
    return ""


def blank_texts(package: Package, places: set[int]) -> None:
    """Take these texts out of the list."""
    for one in package.relationships(package.document, _TO_TEXTS) if places else ():
        with package.edit(one.part) as xml:
            for place, item in enumerate(xml.find("si")):
                if place in places and not item.closes_itself:
                    xml.set_inner(item, f"<{item.prefix}t/>")
