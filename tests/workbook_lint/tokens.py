"""A stored formula cut into tokens, and its calls as a tree. What does not fit raises ValueError."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from tests.workbook_lint.sheet import place_of

WORD = r"(?:[^\W\d]|[\\$_])[\w.$\\?]*"
SCANNER = re.compile(
    rf"""
    (?P<text>"(?:[^"]|"")*")
    |(?P<sheet>(?:'(?:[^']|'')*'|\[\d+\][\w. ]*|[\w.]+(?::[\w.]+)?)!)
    |(?P<error>\#(?:REF!|NAME\?|VALUE!|DIV/0!|N/A|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA))
    |(?P<number>(?:\d+\.?\d*|\.\d+)(?:[Ee][+-]?\d+)?(?![\w.]))
    |(?P<rows>\$?\d+(?=:\$?\d+)|(?<=:)\$?\d+)
    |(?P<word>{WORD})
    |(?P<sign><=|>=|<>|[-+*/^&=<>%:,;(){{}}@\#])
    |(?P<space>\s+)
    """,
    re.VERBOSE,
)
COLUMN = re.compile(r"\$?[A-Za-z]{1,3}")
LOCAL = re.compile(r"_xl(?:pm|op)\.", re.IGNORECASE)


class Token(NamedTuple):
    kind: str  # text, sheet, error, number, rows, word, sign, bracket
    text: str


@dataclass
class Call:
    """A function with its arguments, or a pair of brackets without a function (name is "")."""

    name: str
    arguments: list[list[Token | Call]] = field(default_factory=lambda: [[]])

    @property
    def count(self) -> int:
        """How many arguments there are; F() has none."""
        return 0 if self.arguments == [[]] else len(self.arguments)


Node = Token | Call


def tokens_of(formula: str) -> list[Token]:
    """The tokens of a formula, without blanks."""
    tokens, at = [], 0
    while at < len(formula):
        if formula[at] == "[":
            end = _end_of_bracket(formula, at)
            external = re.match(r"\[\d+\][\w. ]*!", formula[at:])
            if external:
                tokens.append(Token("sheet", external[0]))
                end = at + external.end()
            else:
                _check_bracket(formula[at:end])
                tokens.append(Token("bracket", formula[at:end]))
            at = end
            continue
        match = SCANNER.match(formula, at)
        if not match:
            raise ValueError(f"{formula[at : at + 10]!r} is nothing that a formula may hold")
        if match.lastgroup != "space":
            tokens.append(Token(match.lastgroup or "", match[0]))
        at = match.end()
    return tokens


def tree_of(tokens: list[Token]) -> list[Node]:
    """The formula as calls within calls."""
    root = Call("")
    open_calls = [root]
    in_array = 0
    for number, token in enumerate(tokens):
        here = open_calls[-1].arguments[-1]
        if token == Token("sign", "{"):
            in_array += 1
        elif token == Token("sign", "}"):
            in_array -= 1
        elif token == Token("sign", "("):
            is_function = here and isinstance(here[-1], Token) and here[-1].kind == "word" and number
            call = Call(here.pop().text if is_function else "")  # type: ignore[union-attr]
            here.append(call)
            open_calls.append(call)
        elif token == Token("sign", ")"):
            if len(open_calls) == 1:
                raise ValueError("a bracket is closed that was not opened")
            open_calls.pop()
        elif token == Token("sign", ",") and not in_array and len(open_calls) > 1:
            open_calls[-1].arguments.append([])
        else:
            here.append(token)
    if len(open_calls) > 1 or in_array:
        raise ValueError("a bracket is not closed")
    return root.arguments[0]


def calls_in(nodes: list[Node]) -> Iterator[Call]:
    """Every call, from the outside in."""
    for node in nodes:
        if isinstance(node, Call):
            yield node
            for argument in node.arguments:
                yield from calls_in(argument)


def only_word(argument: list[Node]) -> str:
    """The word that an argument consists of; "" where it is more or less."""
    node = argument[0] if len(argument) == 1 else None
    return node.text if isinstance(node, Token) and node.kind == "word" else ""


def reads_as_cell(word: str) -> bool:
    """Whether a word is an address on a sheet, A1 or R1C1, or a whole row or column of that style."""
    if place_of(word.replace("$", "")) is not None:
        return True
    return re.fullmatch(r"(?i)r(\d+)?(c(\d+)?)?|c(\d+)?", word) is not None


def is_local(word: str) -> bool:
    """Whether a word is a parameter of LAMBDA or a name of LET."""
    return LOCAL.match(word) is not None


def is_elsewhere(sheet: str) -> bool:
    """Whether what stands before a ! is another workbook: [1], a path, the name of a file."""
    return re.search(r"[\[\\/]|\.(?:xl\w{1,2}|ods|csv)'?!$", sheet, re.IGNORECASE) is not None


def local_name(word: str) -> str:
    """The name behind the prefix, in one case."""
    return LOCAL.sub("", word).casefold()


def plain_function(name: str) -> str:
    """The name of a function as people type it."""
    upper = name.upper()
    return upper.removeprefix("_XLFN.").removeprefix("_XLWS.")


def items_of(bracket: str) -> tuple[list[str], list[str]]:
    """The special items (#This Row) and the columns that a table reference names."""
    inside = bracket[1:-1].strip()
    if inside.startswith("["):
        parts, at = [], 0
        while at < len(inside):
            if inside[at] == "[":
                end = _end_of_bracket(inside, at)
                parts.append(inside[at + 1 : end - 1])
                at = end
            else:
                at += 1
    else:
        parts = [inside] if inside else []
    items = [part for part in parts if part.startswith("#")]
    columns = [re.sub(r"'(.)", r"\1", part) for part in parts if not part.startswith("#")]
    return items, columns


def _check_bracket(bracket: str) -> None:
    """Raise ValueError where a bracket stands in the name of a column without the ' that it needs."""
    depth, before, at = 0, "[", 0
    while at < len(bracket):
        if bracket[at] == "'":
            at += 1
        elif bracket[at] == "[":
            depth += 1
            if depth > 2 or before not in "[,:":
                raise ValueError(f"a bracket in {bracket} needs a ' before it")
        elif bracket[at] == "]":
            depth -= 1
        before = bracket[at] if at < len(bracket) and not bracket[at].isspace() else before
        at += 1


def _end_of_bracket(text: str, start: int) -> int:
    depth, at = 0, start
    while at < len(text):
        if text[at] == "'":
            at += 1
        elif text[at] == "[":
            depth += 1
        elif text[at] == "]":
            depth -= 1
            if not depth:
                return at + 1
        at += 1
    raise ValueError("a [ is not closed")
