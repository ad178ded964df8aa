"""What a formula names is there: sheets, tables, columns, names."""

from __future__ import annotations

from collections.abc import Iterator

from tests.workbook_lint.book import Book, Stored, Table
from tests.workbook_lint.formulas import Read, problems_of
from tests.workbook_lint.problem import Problem
from tests.workbook_lint.sheet import place_of
from tests.workbook_lint.tokens import (
    COLUMN,
    Token,
    is_elsewhere,
    is_local,
    items_of,
    only_word,
    plain_function,
)

RULES = {
    "unknown-sheet": "a sheet that a formula or a chart names is there",
    "unknown-table": "a table that a formula names is there",
    "unknown-column": "a column that a formula names is in its table",
    "unknown-name": "a name that a formula uses is defined",
    "this-row": "a formula that means the row it stands in stands in a row of that table",
    "table-reference": "validations, conditional formats and charts name cells, never a table",
}
ITEMS = {"#all", "#data", "#headers", "#totals", "#this row"}


def check(book: Book) -> Iterator[Problem]:
    sheets = {line.get("name", "").casefold() for line in book.listed}
    tables = {table.name.casefold(): table for table in reversed(book.tables)}  # of two, the first
    names = {name.name.casefold() for name in book.names}
    yield from problems_of(
        book,
        lambda stored, formula: _faults(stored, formula, sheets, tables, names | _bare_locals(formula)),
        _row_of,
    )


def _row_of(stored: Stored) -> tuple[str, ...] | None:
    """The tables in whose rows a cell stands, beside them too; None where it is no cell."""
    if stored.cell is None or stored.sheet is None:
        return None
    return tuple(table.name for table in stored.sheet.tables if stored.cell.row in table.body)


def sheets_of(token: str) -> list[str]:
    """The sheets that stand before a !, one or the two ends of several."""
    text = token[:-1]
    if text.startswith("'"):
        text = text[1:-1].replace("''", "'")
    return text.split(":")


def _faults(
    stored: Stored, formula: Read, sheets: set[str], tables: dict[str, Table], names: set[str]
) -> Iterator[tuple[str, str]]:
    tokens = formula.tokens
    for number, token in enumerate(tokens):
        following = tokens[number + 1] if number + 1 < len(tokens) else Token("", "")
        before = tokens[number - 1] if number else Token("", "")
        if token.kind == "sheet" and not is_elsewhere(token.text):
            for sheet in sheets_of(token.text):
                if sheet.casefold() not in sheets:
                    yield "unknown-sheet", f"there is no sheet {sheet}"
        elif token.kind == "bracket" and not is_local(token.text[1:]) and "[@" not in token.text:
            # [_xlpm.x]: see lambdas; [@x]: see formula_text
            table = tables.get(before.text.casefold()) if before.kind == "word" else None
            if stored.is_bare:
                yield "table-reference", "a table is named where only cells can be"
            elif before.kind != "word":
                yield "unknown-table", f"no table is named before {token.text}"
            elif table is None:
                yield "unknown-table", f"there is no table {before.text}"
            else:
                yield from _in_table(stored, table, token.text)
        elif token.kind == "word" and following.kind != "bracket" and following != Token("sign", "("):
            is_known = token.text.casefold() in names or token.text.casefold() in tables
            if not (is_known or _is_own(token, before, following)):
                yield "unknown-name", f"there is no name {token.text}"


def _bare_locals(formula: Read) -> set[str]:
    """Parameters and names of LET without their prefix: see lambda-prefix."""
    found = set()
    for call in formula.calls:
        kind, several = plain_function(call.name), call.arguments[:-1]
        if kind in ("LAMBDA", "LET"):
            found |= {only_word(one).casefold() for one in (several if kind == "LAMBDA" else several[::2])}
    return found


def _in_table(stored: Stored, table: Table, bracket: str) -> Iterator[tuple[str, str]]:
    items, columns = items_of(bracket)
    heads = {head.casefold() for head in table.headers}
    for column in columns:
        if column.casefold() not in heads:
            yield "unknown-column", f"{table.name} has no column {column}"
    for item in items:
        if item.casefold() not in ITEMS:
            yield "unknown-column", f"{item} is no part of a table"
    rows = _row_of(stored)
    is_this_row = "#this row" in (item.casefold() for item in items)
    if is_this_row and rows is not None and table.name not in rows:
        yield "this-row", f"it stands in no row of {table.name}"


def _is_own(token: Token, before: Token, following: Token) -> bool:
    """A cell, a truth, a parameter, or an end of whole columns (A:C)."""
    word = token.text
    if word.upper() in ("TRUE", "FALSE") or is_local(word):
        return True
    colon = Token("sign", ":")
    if COLUMN.fullmatch(word) and colon in (before, following):
        return True
    return place_of(word) is not None
