"""Every formula of a workbook, read once: its tokens and its calls, and whether a parser takes it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from formulon import FormulonError, Workbook
from openpyxl.utils import FORMULAE

from tests.workbook_lint.book import Book, Stored
from tests.workbook_lint.tokens import Call, Node, Token, calls_in, plain_function, tokens_of, tree_of

OLD = {name.upper() for name in FORMULAE} | {"USDOLLAR", "DBCS"}
"""The functions of Excel 2007, which are stored as they are typed."""

NEW = {
    name
    for name in (Workbook.function_name_at(index) for index in range(Workbook.function_count()))
    if name not in OLD and not name.startswith("_")
} | {"QUERYSTRING"}
"""Those that came later; they are stored with _xlfn."""

SINCE_2010 = {"FILTER", "SORT"}
"""New functions whose names an older one had: stored with _xlfn._xlws."""

ROW = re.compile(r"(?<![\w.])(\$?[A-Za-z]{1,3}\$?)\d{1,7}(?![\w.(!])")
"""The row of an address: formulas that differ in nothing else are read once."""


class Read(NamedTuple):
    """A formula as it was read."""

    tokens: tuple[Token, ...]
    tree: tuple[Node, ...]
    calls: tuple[Call, ...]
    problem: str  # "" where it can be read


@lru_cache(maxsize=50_000)
def read(text: str) -> Read:
    """The tokens and calls of a formula. No tokens where it cannot be cut into any."""
    tokens: list[Token] = []
    try:
        tokens = tokens_of(text)
        tree = tree_of(tokens)
    except ValueError as error:
        return Read(tuple(tokens), (), (), str(error))
    return Read(tuple(tokens), tuple(tree), tuple(calls_in(tree)), "")


def read_all(book: Book) -> Iterator[tuple[Stored, Read]]:
    """Every formula of the book; of those of cells that differ only in their rows, each is given."""
    for stored in book.formulas:
        yield stored, read(shape(stored.text))


def shape(text: str) -> str:
    """A formula whose addresses all stand in row 1; as it is where columns or sheets are named."""
    if any(sign in text for sign in "['!"):
        return text
    if '"' not in text:
        return ROW.sub(r"\g<1>1", text)
    parts = text.split('"')  # every second one stands in quotation marks
    parts[::2] = [ROW.sub(r"\g<1>1", part) for part in parts[::2]]
    return '"'.join(parts)


@lru_cache(maxsize=50_000)
def parser_says(text: str) -> str:
    """What the parser of a spreadsheet engine has against a formula; "" if nothing."""
    try:
        _scratch().set_formula(0, 0, 0, f"={text}")
    except FormulonError as error:
        return "it does not parse" if "does not parse" in str(error) else str(error)
    return ""


def functions_of(book: Book) -> dict[str, tuple[int, int]]:
    """The LAMBDA names of a workbook: how many arguments each needs, and takes at most."""
    found = {}
    for name in book.names:
        call = lambda_of(name.text)
        if call:
            parameters = [argument[:1] for argument in call.arguments[:-1]]
            optional = [one for one in parameters if one and str(one[0]).casefold().find("_xlop.") >= 0]
            found[name.name.upper()] = (len(parameters) - len(optional), len(parameters))
    return found


def lambda_of(text: str) -> Call | None:
    """The LAMBDA that the text of a name is."""
    tree = read(text).tree
    if len(tree) == 1 and isinstance(tree[0], Call) and plain_function(tree[0].name) == "LAMBDA":
        return tree[0]
    return None


@lru_cache(maxsize=1)
def _scratch() -> Workbook:
    return Workbook.create_default()
