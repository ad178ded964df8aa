"""Every formula of a workbook, read once: its tokens and its calls, and whether a parser takes it."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from formulon import FormulonError, Workbook
from openpyxl.utils import FORMULAE

from tests.workbook_lint.book import Book, Stored
from tests.workbook_lint.problem import Problem
from tests.workbook_lint.sheet import LAST_ROW
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

PIECES = re.compile(
    r"""
    "(?:[^"]|"")*"|'(?:[^']|'')*'!|[\w.]+!  # a text, a sheet: they stay what they are
    |\[(?:[^\[\]']|'.|\[(?:[^\[\]']|'.)*\])*\]  # a column
    |(?<![\w.])(\$?[A-Za-z]{1,3}\$?)(\d{1,7})(?![\w.(])
    """,
    re.VERBOSE,
)


_THIS_ROW = re.compile(r"\[\[#This Row\],(\[(?:[^\]']|'.)*\])\]")
_MOST_OF_THIS_ROW = 40
"""The parser gives up at fifty references of this kind, which Excel does not; it takes whole columns."""


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


def problems_of(
    book: Book,
    faults: Callable[[Stored, Read], Iterable[tuple[str, str]]],
    standing: Callable[[Stored], Hashable],
) -> Iterator[Problem]:
    """The faults, as pairs of rule and text, of every formula. Those that differ in their rows alone are
    looked at once where they stand alike: `standing` is what else the faults depend on."""
    known: dict[Hashable, list[tuple[str, str]]] = {}
    for stored, text in _shapes(book):
        key = (text, stored.is_bare, stored.name, standing(stored))
        if key not in known:
            known[key] = [*faults(stored, read(text))]
        for rule, said in known[key]:
            yield Problem(rule, stored.part, stored.place, f"{said}: {stored.text[:200]}")


@lru_cache(maxsize=2)
def _shapes(book: Book) -> list[tuple[Stored, str]]:
    return [(stored, shape(stored.text)) for stored in book.formulas]


def shape(text: str) -> str:
    """A formula whose first row is 1, its next 2: of formulas that are filled down, all are one."""
    rows: dict[str, str] = {}

    def renumbered(match: re.Match[str]) -> str:
        if match[1] is None or not 1 <= int(match[2]) <= LAST_ROW:
            return match[0]
        return match[1] + rows.setdefault(match[2], str(len(rows) + 1))

    return PIECES.sub(renumbered, text)


@lru_cache(maxsize=50_000)
def parser_says(text: str) -> str:
    """What the parser of a spreadsheet engine has against a formula; "" if nothing."""
    if text.count("[#This Row]") > _MOST_OF_THIS_ROW:
        text = _THIS_ROW.sub(r"\1", text)
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
