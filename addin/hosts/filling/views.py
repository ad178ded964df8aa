"""Sheet views that several people have of one sheet: the areas of their filters follow the tables."""

from __future__ import annotations

from addin.hosts.filling.areas import Area
from addin.hosts.filling.following import Follower
from addin.hosts.filling.growth import LostError
from addin.hosts.filling.saying import lost
from addin.hosts.package import Package

TO_VIEWS = "http://schemas.microsoft.com/office/2019/04/relationships/namedSheetView"


def follow_views(package: Package, part: str, sheet: str, follower: Follower) -> None:
    """Raises TollsheetError where an area cannot follow."""
    with package.edit(part) as xml:
        for element in xml.find("nsvFilter", "autoFilter", "sortCondition", namespace=None):
            old = element.attributes.get("ref", "")
            try:
                new = str(follower.moves.area(sheet, Area.of(old), grows=True)) if old else ""
            except LostError as error:
                raise lost(f"{package.name}: a view of the sheet {sheet}", error) from None
            if new != old:
                xml.set_attributes(element, {"ref": new})
