"""Pivot tables: their source follows, the records that they keep go, and they are made anew on opening.

A list of no records is what stays of them: a program that finds one does not look for the old ones.
"""

from __future__ import annotations

from collections.abc import Iterable

from addin.hosts.filling.areas import Area
from addin.hosts.filling.following import Follower
from addin.hosts.filling.growth import LostError
from addin.hosts.filling.saying import lost
from addin.hosts.package import Package, Sheet
from addin.hosts.package.vocabulary import ID, MAIN, OFFICE

TO_RECORDS = f"{OFFICE}/pivotCacheRecords"
TO_PIVOT = f"{OFFICE}/pivotTable"


def renew_caches(package: Package, caches: Iterable[str], follower: Follower) -> None:
    """All that pivot tables keep of this workbook. Raises TollsheetError where a source cannot follow."""
    for part in caches:
        sources = package.find(part, "worksheetSource", namespace=MAIN)
        if not sources or ID in sources[0].attributes:  # of a database, or of another workbook
            continue
        with package.edit(part) as xml:
            [source] = xml.find("worksheetSource")
            ref, sheet = source.attributes.get("ref", ""), source.attributes.get("sheet", "")
            if ref:
                try:
                    new = str(follower.moves.area(sheet, Area.of(ref)))
                except LostError as error:
                    raise lost(f"{package.name}: the source of a pivot table ({part})", error) from None
                if new != ref:
                    xml.set_attributes(source, {"ref": new})
            [cache] = xml.find("pivotCacheDefinition")
            xml.set_attributes(cache, {"refreshOnLoad": "1", "recordCount": "0"})
        for one in package.relationships(part, TO_RECORDS):
            with package.edit(one.part) as xml:
                [records] = xml.find("pivotCacheRecords")
                xml.set_attributes(records, {"count": "0"})
                if not records.closes_itself:
                    xml.set_inner(records, "")


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
