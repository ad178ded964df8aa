"""Tables: what is said of one and what stands in its cells are the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from tests.workbook_lint.book import Book, Table, unescaped
from tests.workbook_lint.package import MAIN
from tests.workbook_lint.problem import Problem
from tests.workbook_lint.rules.names import FORM
from tests.workbook_lint.sheet import address_of, area_of
from tests.workbook_lint.tokens import reads_as_cell

RULES = {
    "table-name": "a table has a name that is a name, no address, and nobody else's",
    "table-id": "each table has a number of its own",
    "table-shape": "a table is as wide as its columns, and has a row",
    "table-header": "a column is called what its header cell says",
    "table-column-twice": "no two columns of a table have one name, in whatever case",
    "table-column-id": "no two columns of a table have one number",
    "table-overlap": "no two tables, and no table and merged cells, lie over each other",
    "table-filter": "the filter of a table covers its header and rows, not its totals",
    "table-formula": "the cells of a calculated column hold its formula",
    "table-totals": "the row of totals holds what the table says of it",
    "table-mixed": "no column holds formulas in some rows and plain text in others",
}
FUNCTIONS = {"average": 101, "countNums": 102, "count": 103, "max": 104, "min": 105, "stdDev": 107}
FUNCTIONS |= {"sum": 109, "var": 110}


def check(book: Book) -> Iterator[Problem]:
    names = [name.name.casefold() for name in book.names]
    taken = Counter([*names, *(table.name.casefold() for table in book.tables)])
    ids = Counter(table.id for table in book.tables)
    for table in book.tables:
        found = [*_named(table, taken, ids), *_shape(table), *_headers(book, table)]
        found += [*_overlaps(table), *_columns(book, table)]
        for rule, cell, text in found:
            yield Problem(rule, table.part, cell or table.name, text)


def _named(table: Table, taken: Counter[str], ids: Counter[str]) -> Iterator[tuple[str, str, str]]:
    if not FORM.fullmatch(table.name) or reads_as_cell(table.name) or len(table.name) > 255:
        yield "table-name", "", "Excel takes no such name"
    elif taken[table.name.casefold()] > 1:
        yield "table-name", "", "another table or a defined name is called so too"
    if ids[table.id] > 1:
        yield "table-id", "", f"two tables have the number {table.id}"


def _shape(table: Table) -> Iterator[tuple[str, str, str]]:
    area = table.area
    if area_of(table.ref) is None or area.right - area.left + 1 != len(table.columns):
        yield "table-shape", "", f"{table.ref} is not as wide as its {len(table.columns)} columns"
    elif not table.body:
        yield "table-shape", "", f"{table.ref} has no row"
    said = table.root.find(f"{MAIN}tableColumns")
    if said is not None and said.get("count", "") not in ("", str(len(table.columns))):
        yield "table-shape", "", f"it says that it has {said.get('count')} columns"
    filtered = table.root.find(f"{MAIN}autoFilter")
    if filtered is not None:
        right = f"{address_of(area.top, area.left)}:{address_of(area.bottom - table.has_totals, area.right)}"
        if filtered.get("ref", "").replace("$", "") != right:
            yield "table-filter", "", f"its filter covers {filtered.get('ref')}, not {right}"


def _headers(book: Book, table: Table) -> Iterator[tuple[str, str, str]]:
    heads = Counter(head.casefold() for head in table.headers)
    for head, times in heads.items():
        if times > 1:
            yield "table-column-twice", "", f"{times} columns are called {head}"
    for number, times in Counter(column.get("id") for column in table.columns).items():
        if times > 1:
            yield "table-column-id", "", f"{times} columns have the number {number}"
    if not table.has_header or table.area.right - table.area.left + 1 != len(table.columns):
        return
    for offset, head in enumerate(table.headers):
        place = table.area.top, table.area.left + offset
        cell = table.sheet.cells.get(place)
        shown = book.text_of(cell)
        if heads[head.casefold()] == 1 and (shown is None or _lines(shown) != _lines(head)):
            yield "table-header", address_of(*place), f"the cell says {shown!r}, the table {head!r}"


def _overlaps(table: Table) -> Iterator[tuple[str, str, str]]:
    for other in table.sheet.tables:
        if other is not table and other.area.meets(table.area):
            yield "table-overlap", table.ref, f"it lies over {other.name} ({other.ref})"
    for ref, area in table.sheet.merged:
        if area.meets(table.area):
            yield "table-overlap", ref, f"{table.name} has merged cells"


def _columns(book: Book, table: Table) -> Iterator[tuple[str, str, str]]:
    for offset, column in enumerate(table.columns):
        right = table.area.left + offset
        formula = column.find(f"{MAIN}calculatedColumnFormula")
        cells = [(row, table.sheet.cells.get((row, right))) for row in table.body]
        if formula is not None:
            for row, cell in cells:
                held = cell.formula if cell else None
                if held is None or (held.kind != "shared" and held.text != (formula.text or "")):
                    text = f"it holds {held.text if held else 'no formula'}, the column {formula.text}"
                    yield "table-formula", address_of(row, right), text
        elif any(cell and cell.formula for _, cell in cells):
            for row, cell in cells:
                if cell and not cell.formula and book.text_of(cell):
                    yield "table-mixed", address_of(row, right), "it holds text where other rows calculate"
        if table.has_totals:
            yield from _total(book, table, offset)


def _total(book: Book, table: Table, offset: int) -> Iterator[tuple[str, str, str]]:
    column, place = table.columns[offset], (table.area.bottom, table.area.left + offset)
    cell = table.sheet.cells.get(place)
    held = cell.formula.text if cell and cell.formula else ""
    label, function = column.get("totalsRowLabel"), column.get("totalsRowFunction")
    if label is not None and book.text_of(cell) != unescaped(label):
        yield "table-totals", address_of(*place), f"the cell says {book.text_of(cell)!r}, the table {label!r}"
    elif function == "custom":
        said = column.find(f"{MAIN}totalsRowFormula")
        if said is None or held != (said.text or ""):
            yield "table-totals", address_of(*place), f"the cell calculates {held!r}"
    elif function is not None:
        start = f"SUBTOTAL({FUNCTIONS.get(function)},{table.name}["
        if not held.startswith(start):
            yield (
                "table-totals",
                address_of(*place),
                f"the cell calculates {held!r}, the table its {function}",
            )
    elif held:
        yield "table-totals", address_of(*place), f"the cell calculates {held!r}, the table nothing"


def _lines(text: str) -> str:
    """A header may be broken into lines, however the lines end."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
