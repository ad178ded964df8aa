"""The text of a formula: that it parses, and is written as files store it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tests.workbook_lint.book import Book, Stored
from tests.workbook_lint.formulas import (
    NEW,
    OLD,
    SINCE_2010,
    Read,
    functions_of,
    parser_says,
    problems_of,
    shape,
)
from tests.workbook_lint.problem import Problem
from tests.workbook_lint.tokens import Node, Token, is_elsewhere, is_local, plain_function

RULES = {
    "formula-parses": "a formula is one that a spreadsheet can read",
    "formula-equals": "no = stands before a stored formula",
    "formula-semicolon": "arguments are parted by commas in a file, whatever people type",
    "formula-at": "the @ that people type is not stored",
    "formula-length": "a formula has 8,192 characters at most",
    "formula-prefix": "a function newer than Excel 2007 is stored with its _xlfn., an older one without",
    "unknown-function": "a function is one of Excel's or a LAMBDA name of the workbook",
    "formula-error": "no formula holds #REF!",
    "external-link": "nothing refers to another workbook",
    "hyperlink": "no formula and no cell is a link to the outside",
}
LONGEST = 8_192


def check(book: Book) -> Iterator[Problem]:
    functions = functions_of(book)
    yield from problems_of(
        book,
        lambda stored, formula: _faults(stored, formula, functions),
        lambda stored: len(stored.text) > LONGEST,
    )
    for part in book.parts:
        if "/externalLinks/" in part:
            yield Problem("external-link", part, "", "it is a link to another workbook")


def _faults(
    stored: Stored, formula: Read, functions: dict[str, tuple[int, int]]
) -> Iterator[tuple[str, str]]:
    if not stored.text.strip():
        return  # of a name: see name-text
    signs = [token for token in formula.tokens if token.kind == "sign"]
    if len(stored.text) > LONGEST:
        yield "formula-length", f"it has {len(stored.text):,} characters"
        return
    if stored.text.lstrip().startswith("="):
        yield "formula-equals", "a = stands before it"
        return
    if _has_semicolon(formula.tokens):
        yield "formula-semicolon", "a semicolon parts its arguments"
        return
    if Token("sign", "@") in signs or any("[@" in one.text for one in formula.tokens):
        yield "formula-at", "an @ stands in it"
        return
    if formula.problem:
        yield "formula-parses", formula.problem
        return
    is_list = stored.name.startswith("_xlnm.")  # several areas, parted by commas: a union only in brackets
    if refused := parser_says(f"({stored.text})" if is_list else shape(stored.text)):
        yield "formula-parses", refused
    if any(token.kind == "error" and token.text == "#REF!" for token in formula.tokens):
        yield "formula-error", "it holds #REF!"
    if any(token.kind == "sheet" and is_elsewhere(token.text) for token in formula.tokens):
        yield "external-link", "it refers to another workbook"
    for call in formula.calls:
        if call.name and (fault := _of_function(call.name, functions)):
            yield fault
        if plain_function(call.name) == "HYPERLINK" and not _leads_inside(call.arguments[0]):
            yield "hyperlink", "it is a link to the outside"


def _of_function(name: str, functions: dict[str, tuple[int, int]]) -> tuple[str, str] | None:
    if is_local(name) or name.upper() in functions:
        return None  # whether a local is bound: see lambdas
    plain = plain_function(name)
    prefix = "_xlfn._xlws." if plain in SINCE_2010 else "_xlfn."
    if plain in NEW:
        wrong = name[: -len(plain)] != prefix
        return ("formula-prefix", f"{plain} is stored without {prefix}") if wrong else None
    if plain in OLD:
        return ("formula-prefix", f"{plain} is stored with a prefix") if name.upper() != plain else None
    return "unknown-function", f"there is no function {name}"


def _has_semicolon(tokens: tuple[Token, ...]) -> bool:
    depth = 0
    for token in tokens:
        if token.kind == "sign" and token.text in "{}":
            depth += 1 if token.text == "{" else -1
        elif token == Token("sign", ";") and not depth:
            return True
    return False


def _leads_inside(argument: list[Node]) -> bool:
    first = argument[0] if argument else None
    return isinstance(first, Token) and re.match(r'"#', first.text) is not None
