"""Charts: what they show is there."""

from __future__ import annotations

from collections.abc import Iterator

from tests.workbook_lint.book import Book
from tests.workbook_lint.formulas import read
from tests.workbook_lint.problem import Problem
from tests.workbook_lint.rules.references import sheets_of
from tests.workbook_lint.sheet import place_of

RULES = {
    "chart-reference": "what a chart shows is cells of a sheet that is there",
}
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


def check(book: Book) -> Iterator[Problem]:
    sheets = {line.get("name", "").casefold() for line in book.listed}
    names = {name.name.casefold() for name in book.names}
    for part in book.parts:
        if "/charts/" not in part or "/_rels/" in part:
            continue
        for line in book.tree(part).iter(f"{CHART}f"):
            if fault := _fault(line.text or "", sheets, names):
                yield Problem("chart-reference", part, line.text or "", fault)


def _fault(text: str, sheets: set[str], names: set[str]) -> str:
    formula = read(text)
    kinds = [token.kind for token in formula.tokens]
    if kinds == ["text"]:
        return ""  # the name of a series, spelled out
    if formula.problem or not kinds:
        return formula.problem or "it is empty"
    if "error" in kinds or "bracket" in kinds or "sheet" not in kinds:
        return "it names no cells of a sheet"
    for token in formula.tokens:
        if token.kind == "sheet" and not {name.casefold() for name in sheets_of(token.text)} <= sheets:
            return f"there is no sheet {token.text[:-1]}"
        is_place = token.kind != "word" or place_of(token.text) or token.text.casefold() in names
        if not is_place:
            return f"{token.text} is no cell"
    return ""
