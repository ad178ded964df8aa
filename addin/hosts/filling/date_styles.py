"""Which styles of a workbook show a number as a date."""

from __future__ import annotations

import re

from addin.hosts.package import Package
from addin.hosts.package.vocabulary import MAIN, OFFICE

_BUILT_IN = range(14, 23)
_NOT_MEANT = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')


def date_styles(package: Package) -> frozenset[str]:
    """The numbers of the cell formats with a day or a year in them, as cells name them."""
    found = set()
    for part in package.relationships(package.document, f"{OFFICE}/styles"):
        elements = package.find(part.part, "numFmt", "cellXfs", "xf", namespace=MAIN)
        codes = {
            one.attributes["numFmtId"]: one.attributes.get("formatCode", "")
            for one in elements
            if one.name == "numFmt" and "numFmtId" in one.attributes
        }
        cells = [one for one in elements if one.name == "xf" and one.parent and one.parent.name == "cellXfs"]
        for number, one in enumerate(cells):
            format_id = one.attributes.get("numFmtId", "0")
            if _is_date(codes.get(format_id, "")) or (format_id.isdecimal() and int(format_id) in _BUILT_IN):
                found.add(str(number))
    return frozenset(found)


def _is_date(code: str) -> bool:
    """
    >>> _is_date("yyyy-mm-dd hh:mm"), _is_date('#,##0.00 "days"'), _is_date("[Red]0")
    (True, False, False)
    """
    return bool(re.search("[yd]", _NOT_MEANT.sub("", code.lower())))
