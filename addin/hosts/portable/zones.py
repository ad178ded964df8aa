"""Calls that give a time zone by its name: its clock changes are known to the add-in alone."""

from __future__ import annotations

import re

from addin.hosts.portable.arguments import argument
from udfs.cells import CELL_FUNCTIONS

_ZONE = "time_zone"
_KNOWN = re.compile(r"utc|gmt|z|[+-]\d\d(?::?\d\d)?", re.IGNORECASE)
"""What a workbook that carries the functions takes for a zone itself."""


def zone_by_name(function: str, formula: str, opening: int) -> str:
    """What a call needs the add-in for, in words; empty where it gives no zone, or UTC or an offset.
    `opening` is where its bracket stands.

    >>> zone_by_name("TO_UTC", 'TO_UTC(A1,"Europe/Berlin")', 6)
    'TO_UTC with the time zone Europe/Berlin'
    >>> zone_by_name("TO_UTC", "TO_UTC(A1,B1)", 6), zone_by_name("TO_UTC", 'TO_UTC(A1,"+05:30")', 6)
    ('TO_UTC if B1 is a time zone by name', '')
    """
    places = [place for place, one in enumerate(CELL_FUNCTIONS[function].arguments) if one.name == _ZONE]
    given = argument(formula, opening, places[0]) if places else ""
    if not given:
        return ""
    if re.fullmatch(r'"(?:[^"]|"")*"', given):
        name = given[1:-1].strip()
        return f"{function} with the time zone {name}" if name and not _KNOWN.fullmatch(name) else ""
    return f"{function} if {given} is a time zone by name"
