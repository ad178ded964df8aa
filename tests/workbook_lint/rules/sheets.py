"""Sheets: their names, merged cells, validations, conditional formats, links and locks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import combinations

from tests.workbook_lint.book import Book, Sheet
from tests.workbook_lint.package import MAIN, OFFICE
from tests.workbook_lint.problem import Problem
from tests.workbook_lint.rules.references import sheets_of

RULES = {
    "sheet-name": "a sheet is called what Excel takes: 31 characters, none of \\ / ? * [ ] :",
    "sheet-twice": "no two sheets have one name, in whatever case",
    "merge-overlap": "no two merged areas lie over each other",
    "validation-list": "a list that a validation spells out has 255 characters at most",
    "validation-text": "the title of a validation has 32 characters at most, its text 255",
    "format-priority": "no two conditional formats of a sheet have one priority",
    "format-style": "the look of a conditional format or a table is there",
    "password": "no sheet and no workbook is locked by a password",
    "hyperlink": "no cell is a link to the outside",
    "link-place": "a link inside the workbook leads to a sheet that is there",
}
FORBIDDEN = set("\\/?*[]:")
LOCKED_BY = ("password", "hashValue", "algorithmName", "saltValue", "workbookPassword", "workbookHashValue")


def check(book: Book) -> Iterator[Problem]:
    names = [line.get("name", "") for line in book.listed]
    for name in names:
        is_odd = (
            not 0 < len(name) <= 31 or FORBIDDEN & set(name) or name.startswith("'") or name.endswith("'")
        )
        if is_odd or name.casefold() == "history":
            yield Problem("sheet-name", book.workbook, name, "Excel takes no such name")
    for name, times in Counter(name.casefold() for name in names).items():
        if times > 1:
            yield Problem("sheet-twice", book.workbook, name, f"{times} sheets are called so")
    styles = sum(
        len(list(book.tree(part).iterfind(f"{MAIN}dxfs/{MAIN}dxf")))
        for part in book.targets(book.workbook, "styles")
    )
    for line in book.root.iter(f"{MAIN}workbookProtection"):
        yield from _locked(book.workbook, line.attrib)
    known = {name.casefold() for name in names} | {name.name.casefold() for name in book.names}
    for sheet in book.sheets:
        for line in sheet.root.iter(f"{MAIN}sheetProtection"):
            yield from _locked(sheet.part, line.attrib)
        yield from _merges(sheet)
        yield from _validations(sheet)
        yield from _formats(sheet, styles)
        yield from _links(book, sheet, known)


def _locked(part: str, attributes: dict[str, str]) -> Iterator[Problem]:
    if found := [name for name in LOCKED_BY if attributes.get(name)]:
        yield Problem("password", part, "", f"it is locked by a password ({', '.join(found)})")


def _merges(sheet: Sheet) -> Iterator[Problem]:
    for (first, one), (second, other) in combinations(sheet.merged, 2):
        if one.meets(other):
            yield Problem("merge-overlap", sheet.part, second, f"it lies over {first}")


def _validations(sheet: Sheet) -> Iterator[Problem]:
    for line in sheet.root.iter(f"{MAIN}dataValidation"):
        place = line.get("sqref", "")
        listed = line.findtext(f"{MAIN}formula1", "")
        if line.get("type") == "list" and listed.startswith('"') and len(listed) - 2 > 255:
            text = f"its list has {len(listed) - 2} characters"
            yield Problem("validation-list", sheet.part, place, text)
        limits = {"promptTitle": 32, "errorTitle": 32, "prompt": 255, "error": 255}
        for name, longest in limits.items():
            if len(line.get(name, "")) > longest:
                text = f"its {name} has {len(line.get(name, ''))} characters"
                yield Problem("validation-text", sheet.part, place, text)


def _formats(sheet: Sheet, styles: int) -> Iterator[Problem]:
    lines = list(sheet.root.iter(f"{MAIN}cfRule"))
    for priority, times in Counter(line.get("priority") for line in lines).items():
        if times > 1:
            text = f"{times} conditional formats have the priority {priority}"
            yield Problem("format-priority", sheet.part, "", text)
    looks = [("conditional format", line.get("dxfId"), sheet.part) for line in lines]
    for table in sheet.tables:
        for line in table.root.iter():
            looks += [
                (table.name, line.get(name), table.part) for name in line.attrib if name.endswith("DxfId")
            ]
    for place, look, part in looks:
        if look is not None and not (look.isdigit() and int(look) < styles):
            yield Problem("format-style", part, place, f"there is no look number {look}")


def _links(book: Book, sheet: Sheet, known: set[str]) -> Iterator[Problem]:
    related = book.relationships(sheet.part)
    for line in sheet.root.iter(f"{MAIN}hyperlink"):
        place, target = line.get("ref", ""), related.get(line.get(f"{OFFICE}id", ""))
        if target and target.is_external:
            yield Problem("hyperlink", sheet.part, place, f"it leads to {target.target}")
        location = line.get("location", "")
        if location and not target:
            name, mark, _ = location.rpartition("!")
            if (sheets_of(name + "!")[0] if mark else location).casefold() not in known:
                yield Problem("link-place", sheet.part, place, f"there is no {location}")
