"""The parts of the file: each is there, has a type and is referred to; none tells of the machine."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tests.workbook_lint.book import Book
from tests.workbook_lint.package import MAIN, OFFICE, TYPES
from tests.workbook_lint.problem import Problem
from tests.workbook_lint.sheet import place_of

RULES = {
    "xml": "every part can be read",
    "part-twice": "no part is in the file twice",
    "relationship-target": "what a part refers to is there",
    "relationship-id": "every r:id of a part is one of its relationships",
    "part-unused": "every part is referred to",
    "content-type": "every part has a type, and every type a part",
    "calculation-chain": "the chain of calculations names cells with formulas",
    "machine-path": "the file names no folder of the machine that made it",
}
TYPE = "{http://schemas.openxmlformats.org/package/2006/content-types}"
PATH = re.compile(
    r"[A-Za-z]:\\\w|\\\\\w+\\|file:/|(?<![\w./:<])/(?:home|root|tmp|work|Users|private|var|mnt|opt)/\w"
)
TOLD = ("docProps/", "xl/workbook.xml", "xl/connections.xml", "xl/externalLinks/")


def check(book: Book) -> Iterator[Problem]:
    for part in book.parts:
        if part.endswith((".xml", ".rels", ".vml")):
            book.tree(part)
    for part, text in book.broken.items():
        yield Problem("xml", part, "", text)
    for part in book.twice:
        yield Problem("part-twice", part, "", "it is in the file twice")
    yield from _types(book)
    yield from _relations(book)
    yield from _chain(book)
    for part, content in book.parts.items():
        if part.startswith(TOLD) and (found := PATH.search(content.decode("utf-8", "replace"))):
            yield Problem("machine-path", part, "", f"it names a folder: …{found[0]}…")
        if b"absPath" in content and part == book.workbook:
            yield Problem("machine-path", part, "absPath", "it names the folder that it was saved in")


def _types(book: Book) -> Iterator[Problem]:
    root = book.tree(TYPES)
    endings = {line.get("Extension", "").lower() for line in root.iter(f"{TYPE}Default")}
    named = {line.get("PartName", "").lstrip("/") for line in root.iter(f"{TYPE}Override")}
    for part in book.parts:
        has_ending = part.rpartition(".")[2].lower() in endings
        is_plain = not part.endswith(".xml") or not part.startswith(("xl/", "docProps/"))
        is_typed = part in named or (has_ending and is_plain)
        if part != TYPES and not is_typed:
            yield Problem("content-type", part, "", "it has no type")
    for part in sorted(named - book.parts.keys()):
        yield Problem("content-type", TYPES, part, "there is no such part")


def _relations(book: Book) -> Iterator[Problem]:
    reached, waiting = {TYPES}, [""]
    while waiting:
        part = waiting.pop()
        folder, _, name = part.rpartition("/")
        reached |= {part, f"{folder}/_rels/{name}.rels".lstrip("/")}
        related = book.relationships(part)
        for line in related.values():
            if line.is_external or line.target.startswith("#"):
                continue
            if line.target not in book.parts:
                yield Problem(
                    "relationship-target", part or "_rels/.rels", line.id, f"no {line.target} is there"
                )
            elif line.target not in reached and line.target not in waiting:
                waiting.append(line.target)
        if part.endswith((".xml", ".vml")):
            for element in book.tree(part).iter():
                for key, value in element.attrib.items():
                    if key.startswith(OFFICE) and value and value not in related:
                        yield Problem("relationship-id", part, value, "it is none of its relationships")
    for part in sorted(book.parts.keys() - reached):
        yield Problem("part-unused", part, "", "nothing refers to it")


def _chain(book: Book) -> Iterator[Problem]:
    by_id = {
        line.get("sheetId"): sheet
        for line in book.listed
        for sheet in book.sheets
        if sheet.name == line.get("name")
    }
    for part in book.targets(book.workbook, "calcChain"):
        sheet_id = ""
        for line in book.tree(part).iter(f"{MAIN}c"):
            sheet_id = line.get("i", sheet_id)  # said where it changes
            sheet, place = by_id.get(sheet_id), place_of(line.get("r", ""))
            cell = sheet.cells.get(place) if sheet and place else None
            if cell is None or cell.formula is None:
                yield Problem("calculation-chain", part, line.get("r", ""), "no formula stands there")
