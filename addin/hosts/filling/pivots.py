"""Pivot tables: their source follows, the records that they keep go, and they are made anew on opening.

A list of no records is what stays of them: a program that finds one does not look for the old ones. The words
of a field are listed beside them. Where a pivot table or a slicer shows the field, it names them by their
place, with what a person has hidden or unfolded, and they stay until it is made anew; of others they go.
"""

from __future__ import annotations

from collections.abc import Container, Iterable

from addin.hosts.filling.areas import Area
from addin.hosts.filling.following import Follower
from addin.hosts.filling.growth import LostError
from addin.hosts.filling.saying import lost
from addin.hosts.package import Package, Sheet, XmlEdits
from addin.hosts.package.vocabulary import ID, MAIN, OFFICE

TO_RECORDS = f"{OFFICE}/pivotCacheRecords"
TO_CACHE = f"{OFFICE}/pivotCacheDefinition"
_PIVOT = "application/vnd.openxmlformats-officedocument.spreadsheetml.pivotTable+xml"
_SLICERS = tuple(f"application/vnd.ms-excel.{one}Cache+xml" for one in ("slicer", "timeline"))
TO_PIVOT = f"{OFFICE}/pivotTable"
_SOURCES = ("worksheetSource", "rangeSet")
"""Cells of a sheet, or several of them that are consolidated."""


def renew_caches(package: Package, caches: Iterable[str], follower: Follower) -> None:
    """All that pivot tables keep of this workbook. Raises TollsheetError where a source cannot follow."""
    for part in caches:
        if all(ID in one.attributes for one in package.find(part, *_SOURCES, namespace=MAIN)):
            continue  # of a database, or of another workbook
        with package.edit(part) as xml:
            for source in xml.find(*_SOURCES):
                ref, sheet = source.attributes.get("ref", ""), source.attributes.get("sheet", "")
                if ref and ID not in source.attributes:
                    try:
                        new = str(follower.moves.area(sheet, Area.of(ref)))
                    except LostError as error:
                        raise lost(f"{package.name}: the source of a pivot table ({part})", error) from None
                    if new != ref:
                        xml.set_attributes(source, {"ref": new})
            _drop_words(xml, _shown_fields(package, part))
            [cache] = xml.find("pivotCacheDefinition")
            xml.set_attributes(cache, {"refreshOnLoad": "1", "recordCount": "0"})
        for one in package.relationships(part, TO_RECORDS):
            with package.edit(one.part) as xml:
                [records] = xml.find("pivotCacheRecords")
                xml.set_attributes(records, {"count": "0"})
                if not records.closes_itself:
                    xml.set_inner(records, "")


def _drop_words(xml: XmlEdits, shown: Container[int | str | None]) -> None:
    """Empty the lists of words of all fields that nobody shows."""
    found = xml.find("cacheField", "sharedItems", "fieldGroup")
    for number, field in enumerate(one for one in found if one.name == "cacheField"):
        within = {one.name: one for one in found if one.parent is field}
        items = within.get("sharedItems")
        if number in shown or field.attributes.get("name") in shown or "fieldGroup" in within:
            continue
        if items is not None and not items.closes_itself:
            xml.replace(items, f"<{items.prefix}sharedItems/>")


def _shown_fields(package: Package, cache: str) -> set[int | str]:
    """The fields of a cache that pivot tables list or filter, by their number; and those of slicers and
    timelines, by their name."""
    shown: set[int | str] = set()
    for part in package.parts:
        kind = package.content_type(part)
        if kind == _PIVOT and any(one.part == cache for one in package.relationships(part, TO_CACHE)):
            number = -1
            for element in package.find(part, "pivotField", "items", "filter", namespace=MAIN):
                if element.name == "pivotField":
                    number += 1
                elif element.name == "items":
                    shown.add(number)
                else:
                    shown.add(int(element.attributes.get("fld", -1)))
        elif kind in _SLICERS:
            roots = package.find(part, "slicerCacheDefinition", "timelineCacheDefinition", namespace=None)
            shown |= {one.attributes.get("sourceName", "") for one in roots}
    return shown


def outputs(package: Package, sheet: Sheet) -> list[Area]:
    """Where the pivot tables of a sheet show their results."""
    found = []
    for one in package.relationships(sheet.part, TO_PIVOT):
        for location in package.find(one.part, "location", namespace=MAIN):
            found.append(Area.of(location.attributes["ref"]))
    return found


def move_output(package: Package, part: str, sheet: str, follower: Follower) -> None:
    """A pivot table below a table that is filled stays below it. Raises TollsheetError where it cannot."""
    with package.edit(part) as xml:
        for location in xml.find("location"):
            old = location.attributes["ref"]
            try:
                new = str(follower.moves.area(sheet, Area.of(old)))
            except LostError as error:
                raise lost(f"{package.name}: sheet {sheet}, the pivot table at {old}", error) from None
            if new != old:
                xml.set_attributes(location, {"ref": new})
