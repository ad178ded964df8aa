"""LAMBDA and LET as files store them; a name that is not stored so is dropped by Excel without a word."""

from __future__ import annotations

from collections.abc import Iterator

from tests.workbook_lint.book import Book, Stored
from tests.workbook_lint.formulas import Read, functions_of, problems_of
from tests.workbook_lint.problem import Problem
from tests.workbook_lint.sheet import area_of
from tests.workbook_lint.tokens import (
    Call,
    Node,
    Token,
    is_local,
    items_of,
    local_name,
    only_word,
    plain_function,
    reads_as_cell,
)

RULES = {
    "lambda-brackets": "an optional parameter is stored as _xlop.name, never in brackets",
    "lambda-prefix": "a parameter is stored with _xlpm. or _xlop., a name of LET with _xlpm.",
    "lambda-optional": "_xlop. stands in the list of parameters alone, after those that are needed",
    "lambda-local": "a parameter is no address, no r or c, has no full stop and no function's own name",
    "lambda-twice": "no two parameters of a LAMBDA, or names of a LET, are the same",
    "lambda-unbound": "what a body uses is a parameter, or a name of LET, that stands around it",
    "lambda-shape": "LAMBDA and LET end with what is calculated",
    "lambda-arguments": "a LAMBDA name is called with as many arguments as it takes",
    "dynamic-array": "a formula that may return several values is stored as one that does",
}
Fault = tuple[str, str]
SPILLING = {"FILTER", "SORT", "SORTBY", "UNIQUE", "SEQUENCE", "RANDARRAY", "TEXTSPLIT", "MAKEARRAY", "MAP"}
SPILLING |= {"BYROW", "BYCOL", "SCAN", "VSTACK", "HSTACK", "TOROW", "TOCOL", "TAKE", "DROP", "EXPAND"}
SPILLING |= {"CHOOSEROWS", "CHOOSECOLS", "WRAPROWS", "WRAPCOLS", "GROUPBY", "PIVOTBY"}


def check(book: Book) -> Iterator[Problem]:
    functions = functions_of(book)
    own = {name.casefold() for name in functions}

    def faults(stored: Stored, formula: Read) -> Iterator[Fault]:
        if formula.problem:
            return  # said where formulas are parsed
        yield from _brackets(formula)
        yield from _scoped(list(formula.tree), frozenset(), own)
        for call in formula.calls:
            yield from _arguments(call, functions)
        if _returns_one(stored) and any(_may_spill(call, functions) for call in formula.calls):
            yield "dynamic-array", "it may return several values and is stored as one that returns one"

    yield from problems_of(book, faults, _returns_one)


def _brackets(formula: Read) -> Iterator[Fault]:
    for token in formula.tokens:
        if token.kind == "bracket" and is_local(token.text[1:]):
            yield "lambda-brackets", f"{token.text} stands in brackets"


def _scoped(nodes: list[Node], bound: frozenset[str], own: set[str]) -> Iterator[Fault]:
    for node in nodes:
        word = node.name if isinstance(node, Call) else node.text if node.kind == "word" else ""
        if is_local(word):
            if word.casefold().startswith("_xlop."):
                yield "lambda-optional", f"{word} stands outside a list of parameters"
            elif local_name(word) not in bound:
                yield "lambda-unbound", f"{word} is no parameter here"
        if isinstance(node, Call):
            kind = plain_function(node.name)
            if kind == "LAMBDA":
                yield from _lambda(node, bound, own)
            elif kind == "LET":
                yield from _let(node, bound, own)
            else:
                for argument in node.arguments:
                    yield from _scoped(argument, bound, own)


def _lambda(call: Call, bound: frozenset[str], own: set[str]) -> Iterator[Fault]:
    *parameters, body = call.arguments
    if not body:
        yield "lambda-shape", "LAMBDA has nothing to calculate"
    seen: set[str] = set()
    has_optional = False
    for parameter in parameters:
        word = only_word(parameter)
        if _is_bracketed(parameter):  # said as lambda-brackets, once
            seen.add(local_name(str(parameter[0].text)[1:-1]))  # type: ignore[union-attr]
            continue
        if not is_local(word):
            yield "lambda-prefix", f"the parameter {word or 'of a LAMBDA'} has no _xlpm. or _xlop."
            continue
        is_optional = word.casefold().startswith("_xlop.")
        if has_optional and not is_optional:
            yield "lambda-optional", f"{word} is needed, and stands after one that is not"
        has_optional = has_optional or is_optional
        yield from _local(word, seen, own)
        seen.add(local_name(word))
    yield from _scoped(body, bound | seen, own)


def _let(call: Call, bound: frozenset[str], own: set[str]) -> Iterator[Fault]:
    if call.count < 3 or call.count % 2 == 0:
        yield "lambda-shape", f"LET has {call.count} arguments: pairs, and what is calculated"
    seen: set[str] = set()
    *pairs, body = call.arguments
    for name, value in zip(pairs[::2], pairs[1::2], strict=False):
        word = only_word(name)
        yield from _scoped(value, bound | seen, own)
        if word.casefold().startswith("_xlop."):
            yield "lambda-optional", f"LET names {word}"
        elif not is_local(word):
            yield "lambda-prefix", f"the name {word or 'of a LET'} has no _xlpm."
            continue
        yield from _local(word, seen, own)
        seen.add(local_name(word))
    yield from _scoped(body, bound | seen, own)


def _local(word: str, seen: set[str], own: set[str]) -> Iterator[Fault]:
    name = local_name(word)
    if name in seen:
        yield "lambda-twice", f"{word} is there twice"
    if not name or "." in name or reads_as_cell(name) or name in ("true", "false"):
        yield "lambda-local", f"{word} is no name that Excel takes"
    elif name in own:
        yield "lambda-local", f"{word} is the name of a function too"


def _is_bracketed(parameter: list[Node]) -> bool:
    return len(parameter) == 1 and isinstance(parameter[0], Token) and parameter[0].kind == "bracket"


def _arguments(call: Call, functions: dict[str, tuple[int, int]]) -> Iterator[Fault]:
    least, most = functions.get(call.name.upper(), (0, 0))
    if call.name.upper() in functions and not least <= call.count <= most:
        yield "lambda-arguments", f"{call.name} takes {least} to {most} arguments, not {call.count}"


def _returns_one(stored: Stored) -> bool:
    """Whether a formula is stored as one that returns one value. In a table that is right: none can spill."""
    cell = stored.cell
    if cell is None or cell.formula is None or stored.sheet is None or stored.sheet.table_at(cell):
        return False
    return cell.formula.kind != "array" or not cell.metadata


def _may_spill(call: Call, functions: dict[str, tuple[int, int]]) -> bool:
    if plain_function(call.name) in SPILLING:
        return True
    return call.name.upper() in functions and any(_is_range(argument) for argument in call.arguments)


def _is_range(argument: list[Node]) -> bool:
    """Whether an argument names several cells itself, not inside a function that sums them up."""
    tokens = [node for node in argument if isinstance(node, Token)]
    for number, token in enumerate(tokens):
        if token.kind == "bracket" and "#this row" not in (
            item.casefold() for item in items_of(token.text)[0]
        ):
            return True
        if token == Token("sign", "#"):
            return True
        if token == Token("sign", ":") and 0 < number < len(tokens) - 1:
            area = area_of(f"{tokens[number - 1].text}:{tokens[number + 1].text}")
            if area is None or area[:2] != area[2:]:
                return True
    return any(_is_range(part) for node in argument if isinstance(node, Call) and not node.name
               for part in node.arguments)  # fmt: skip
