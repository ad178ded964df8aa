"""Charts: their ranges follow, and the values that they keep of them are dropped."""

from __future__ import annotations

from addin.hosts.filling.following import Follower
from addin.hosts.filling.growth import LostError
from addin.hosts.filling.saying import lost
from addin.hosts.package import Element, Package

CHART_TYPES = (
    "application/vnd.openxmlformats-officedocument.drawingml.chart+xml",
    "application/vnd.ms-office.chartex+xml",
)
_KEPT = ("numCache", "strCache", "multiLvlStrCache", "dlblRangeCache")
_KEPT_EX = ("lvl",)
"""What a chart of the newer kind keeps within a dimension of its data."""
_NAMES = ("tx", "title")
"""Of series: a cell of a row of its own, which does not grow."""


def follow_chart(package: Package, part: str, follower: Follower) -> None:
    """Raises TollsheetError where a range cannot follow."""
    with package.edit(part) as xml:
        elements = xml.find("f", "sqref", *_NAMES, *_KEPT, *_KEPT_EX, "numDim", "strDim", namespace=None)
        for one in elements:
            if one.name in ("f", "sqref"):
                old = xml.text(one)
                try:
                    new = follower.formula(old, "", grows=not _is_name(one))
                except LostError as error:
                    raise lost(f"{package.name}: a chart ({part})", error) from None
                if new != old:
                    xml.set_text(one, new)
            elif one.name in _KEPT or (
                one.name in _KEPT_EX and one.parent and one.parent.name.endswith("Dim")
            ):
                xml.remove(one)


def _is_name(element: Element) -> bool:
    return element.parent is not None and element.parent.name in _NAMES
