"""Cells: their order, and what their numbers point to."""

from __future__ import annotations

import math
from collections.abc import Iterator

from tests.workbook_lint.book import Book, Sheet
from tests.workbook_lint.package import MAIN
from tests.workbook_lint.problem import Problem
from tests.workbook_lint.sheet import Cell, Row, place_of

RULES = {
    "shared-string": "the text of a cell is one of the shared strings",
    "cell-order": "rows and cells ascend, and none stands there twice",
    "cell-place": "a cell stands on the sheet, in its own row",
    "cell-style": "the style of a cell, row or column is one of the styles",
    "cell-text-length": "a text has 32,767 characters at most",
    "cell-value": "a number is a number, a truth 0 or 1, an error one that programs know",
    "missing-value": "a formula has its value beside it, or the workbook is calculated on opening",
    "row-height": "a row is at most 409.5 points high",
    "column-width": "a column is at most 255 wide, and described once",
}
LONGEST = 32_767
ERRORS = {"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA", "#SPILL!"}
ERRORS |= {"#CALC!", "#FIELD!", "#BLOCKED!", "#CONNECT!", "#UNKNOWN!"}


def check(book: Book) -> Iterator[Problem]:
    styles = number_of_styles(book)
    long_texts = {index for index, text in enumerate(book.texts) if _length(text) > LONGEST}
    for sheet in book.sheets:
        yield from _rows(sheet, styles)
        yield from _columns(sheet, styles)
        for row in sheet.rows:
            for cell in row.cells:
                if fault := _fault(cell, row, book, styles, long_texts):
                    yield Problem(fault[0], sheet.part, cell.address, fault[1])


def number_of_styles(book: Book) -> int:
    """How many cell formats there are."""
    parts = book.targets(book.workbook, "styles")
    return sum(len(list(book.tree(part).iterfind(f"{MAIN}cellXfs/{MAIN}xf"))) for part in parts) or 1


def _rows(sheet: Sheet, styles: int) -> Iterator[Problem]:
    before = 0
    for row in sheet.rows:
        number = int(row.number) if row.number.isdigit() else 0
        if number <= before:
            yield Problem("cell-order", sheet.part, f"row {row.number}", f"it stands after row {before}")
        before = number
        if not _within(row.style, styles):
            yield Problem("cell-style", sheet.part, f"row {row.number}", f"there is no style {row.style}")
        if row.height and not 0 <= _number(row.height) <= 409.5:
            yield Problem("row-height", sheet.part, f"row {row.number}", f"it is {row.height} high")
        column = 0
        for cell in row.cells:
            if cell.column and cell.column <= column:
                yield Problem("cell-order", sheet.part, cell.address, "it stands after a cell right of it")
            column = max(column, cell.column)


def _columns(sheet: Sheet, styles: int) -> Iterator[Problem]:
    before = 0
    for line in sheet.root.iterfind(f"{MAIN}cols/{MAIN}col"):
        first, last = (int(line.get(end, "0")) for end in ("min", "max"))
        place = f"columns {first} to {last}"
        if not before < first <= last <= 16_384:
            yield Problem(
                "column-width", sheet.part, place, f"they overlap or follow column {before} wrongly"
            )
        before = last
        if not 0 <= _number(line.get("width", "9")) <= 255:
            yield Problem("column-width", sheet.part, place, f"they are {line.get('width')} wide")
        if not _within(line.get("style", "0"), styles):
            yield Problem("cell-style", sheet.part, place, f"there is no style {line.get('style')}")


def _fault(cell: Cell, row: Row, book: Book, styles: int, long_texts: set[int]) -> tuple[str, str] | None:
    value = cell.value
    if place_of(cell.address) is None or str(cell.row) != row.number:
        return "cell-place", f"it stands in row {row.number}"
    if not _within(cell.style, styles):
        return "cell-style", f"there is no style {cell.style}"
    if cell.kind == "s":
        if value is None or not _within(value, len(book.texts)):
            return "shared-string", f"there is no shared string {value}; the last is {len(book.texts) - 1}"
        if int(value) in long_texts:
            return "cell-text-length", f"its text is longer than {LONGEST:,} characters"
    elif cell.kind in ("str", "inlineStr"):
        if _length(value or "") > LONGEST:
            return "cell-text-length", f"its text is longer than {LONGEST:,} characters"
    elif value is not None and not _is_value(cell.kind, value) and not (cell.formula and not value):
        return "cell-value", f"{value!r} is no value of kind {cell.kind}"
    is_blank = value is None or (
        cell.kind == "n" and not value
    )  # as XlsxWriter writes a formula's empty text
    if cell.formula and is_blank and not book.is_calculated_on_opening:
        return "missing-value", "there is no value beside its formula, and nothing asks for a calculation"
    return None


def _is_value(kind: str, value: str) -> bool:
    if kind == "b":
        return value in ("0", "1")
    if kind == "e":
        return value in ERRORS
    if kind == "n":
        return math.isfinite(_number(value)) and "_" not in value
    return kind == "d"


def _within(number: str, count: int) -> bool:
    return number.isascii() and number.isdigit() and int(number) < count


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return math.nan


def _length(text: str) -> int:
    """In the units that a spreadsheet counts in: a sign beyond the first 65,536 is two."""
    return len(text) if len(text) * 2 <= LONGEST else len(text.encode("utf-16-le", "surrogatepass")) // 2
