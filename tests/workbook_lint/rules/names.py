"""Defined names: that Excel takes them, and no two are one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tests.workbook_lint.book import Book
from tests.workbook_lint.problem import Problem
from tests.workbook_lint.tokens import reads_as_cell

RULES = {
    "name-twice": "a name is defined once in a workbook or a sheet, in whatever case",
    "name-form": "a name starts with a letter or _ and holds letters, digits, _ and full stops",
    "name-reads-as-cell": "a name is no address: A1, R1C1, OPT2",
    "name-length": "a name has 255 characters at most",
    "name-comment": "its comment has 255 characters at most",
    "name-text": "a name means something, in 8,192 characters at most (see formula-length)",
    "name-scope": "the sheet that a name belongs to is there",
}
FORM = re.compile(r"(?:[^\W\d]|[_\\])[\w.\\?]*")
LONGEST = 255


def check(book: Book) -> Iterator[Problem]:
    seen: set[tuple[str, str]] = set()
    for name in book.names:
        if fault := _fault(name.name, seen_already=(name.name.casefold(), name.sheet) in seen):
            yield Problem(fault[0], book.workbook, f"name {name.name}", fault[1])
        seen.add((name.name.casefold(), name.sheet))
        place = f"name {name.name}"
        if _length(name.comment) > LONGEST:
            text = f"its comment has {_length(name.comment)} characters"
            yield Problem("name-comment", book.workbook, place, text)
        if not name.text.strip():
            yield Problem("name-text", book.workbook, place, "it means nothing")
        if name.sheet and not (name.sheet.isdigit() and int(name.sheet) < len(book.listed)):
            yield Problem("name-scope", book.workbook, place, f"there is no sheet number {name.sheet}")


def _fault(name: str, *, seen_already: bool) -> tuple[str, str] | None:
    if seen_already:
        return "name-twice", "it is defined twice"
    if _length(name) > LONGEST:
        return "name-length", f"it has {_length(name)} characters"
    if not FORM.fullmatch(name):
        return "name-form", "Excel takes no such name"
    if reads_as_cell(name):
        return "name-reads-as-cell", "it reads as the address of a cell"
    return None


def _length(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
