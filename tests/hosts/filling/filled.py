"""Records for templates, and what filling them changes, part by part."""

from __future__ import annotations

import difflib
import io
import re
import warnings
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import openpyxl

from addin.hosts.filling.fill import Filled, fill
from addin.hosts.filling.targets import Given
from addin.hosts.package import Package
from addin.records.call import Call, Place
from tests.hosts.package.made import unzipped

START = datetime(2026, 9, 1, 8, 30, tzinfo=UTC)


def calls(count: int, **changes: object) -> list[Call]:
    """Calls of 7, 14, 21 ... seconds; all else the same but for the id, the start and the place."""
    return [
        Call(
            **{
                "place": Place("calls.csv", number + 1),
                "provider": "twilio",
                "call_id": f"CA{number}",
                "from_number": "+15005550006",
                "to_number": "+442079460000",
                "direction": "outbound",
                "category": "calls",
                "status": "completed" if number % 2 else "busy",
                "is_billed": True,
                "started_at": START + timedelta(hours=number),
                "duration_ms": number * 7_000,
                "cost": Decimal("0.014") * number,
                "currency": "USD",
            }
            | changes
        )
        for number in range(1, count + 1)
    ]


def filled(template: bytes, *given: Given, month: str = "", name: str = "mine.xlsx") -> tuple[bytes, Filled]:
    """A template with these tables filled, and what was said."""
    package = Package(template, name)
    said = fill(package, given, month)
    file = io.BytesIO()
    package.write(file)
    return file.getvalue(), said


def opened(file: bytes) -> openpyxl.Workbook:
    """The workbook as openpyxl reads it, without its complaints about what it does not know."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        return openpyxl.load_workbook(io.BytesIO(file))


def changes(before: bytes, after: bytes) -> dict[str, list[str]]:
    """The parts that are not the same, with their lines that went (-) and came (+)."""
    old, new = unzipped(before), unzipped(after)
    assert list(old) == list(new), "no part came and none went"
    return {name: changed_lines(old[name], new[name]) for name in old if old[name] != new[name]}


def changed_lines(old: bytes, new: bytes) -> list[str]:
    """The difference of two parts, a line an element. Of one attribute alone it is `name: old -> new`."""
    lines = difflib.unified_diff(_lines(old), _lines(new), lineterm="", n=0)
    found = [line for line in lines if not line.startswith(("---", "+++", "@@"))]
    return _by_attribute(found)


def _by_attribute(lines: Sequence[str]) -> list[str]:
    """Neighbours that differ in the value of some attributes, told by these."""
    gone = [line[1:] for line in lines if line.startswith("-")]
    come = [line[1:] for line in lines if line.startswith("+")]
    if len(gone) != len(come) or not gone:
        return list(lines)
    told = []
    for old, new in zip(gone, come, strict=True):
        before, after = (dict(re.findall(r'([\w:]+)="([^"]*)"', line)) for line in (old, new))
        if before.keys() != after.keys() or re.sub('"[^"]*"', "", old) != re.sub('"[^"]*"', "", new):
            return list(lines)
        element = re.match(r"<?([\w:]+)", old)
        assert element
        for key in before:
            if before[key] != after[key]:
                told.append(f"{element[1]} {key}: {before[key]} -> {after[key]}")
    return told


def _lines(part: bytes) -> list[str]:
    return re.sub(r">\s*<", ">\n<", part.decode("utf-8", "replace")).split("\n")
