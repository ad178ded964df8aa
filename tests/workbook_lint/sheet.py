"""A worksheet as it is stored: rows, cells, formulas, in the order of the file."""

from __future__ import annotations

import re
from typing import NamedTuple

from tests.workbook_lint.package import MAIN, Element

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
ADDRESS = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")


class Formula(NamedTuple):
    """The <f> of a cell; text is empty where a cell shares the formula of another."""

    text: str
    kind: str  # normal, array, shared, dataTable
    area: str


class Cell(NamedTuple):
    """A cell as stored; value is None where there is no <v>."""

    address: str
    row: int
    column: int
    kind: str  # s, str, inlineStr, n, b, e, d
    style: str
    value: str | None
    formula: Formula | None
    metadata: str  # cm


class Row(NamedTuple):
    number: str  # as it is written
    style: str
    height: str
    cells: tuple[Cell, ...]


class Area(NamedTuple):
    """A range of cells, both ends of it."""

    top: int
    left: int
    bottom: int
    right: int

    def holds(self, row: int, column: int) -> bool:
        return self.top <= row <= self.bottom and self.left <= column <= self.right

    def meets(self, other: Area) -> bool:
        return (
            self.top <= other.bottom
            and other.top <= self.bottom
            and self.left <= other.right
            and other.left <= self.right
        )


def place_of(address: str) -> tuple[int, int] | None:
    """The row and column of an address; None where it is none or not on a sheet."""
    match = ADDRESS.fullmatch(address)
    if not match:
        return None
    column = 0
    for letter in match[1].upper():
        column = column * 26 + ord(letter) - 64
    row = int(match[2])
    return (row, column) if 1 <= row <= LAST_ROW and 1 <= column <= LAST_COLUMN else None


def area_of(text: str) -> Area | None:
    """The area of `A1` or `A1:B2`; None where it is none."""
    first, _, last = text.partition(":")
    ends = place_of(first), place_of(last or first)
    if ends[0] is None or ends[1] is None:
        return None
    return Area(*ends[0], *ends[1])


def address_of(row: int, column: int) -> str:
    """The address of a place, without $."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


def rows_of(sheet: Element) -> list[Row]:
    """The rows of a worksheet part."""
    rows = []
    for number, line in enumerate(sheet.iterfind(f"{MAIN}sheetData/{MAIN}row"), 1):
        cells = []
        for position, one in enumerate(line, 1):
            address = one.get("r", address_of(number, position))
            row, column = place_of(address) or (0, 0)
            value, formula = one.find(f"{MAIN}v"), one.find(f"{MAIN}f")
            kind = one.get("t", "n")
            text = None if value is None else value.text or ""
            if kind == "inlineStr":
                text = "".join(part.text or "" for part in one.iter(f"{MAIN}t"))
            cells.append(
                Cell(
                    address,
                    row,
                    column,
                    kind,
                    one.get("s", "0"),
                    text,
                    None
                    if formula is None
                    else Formula(formula.text or "", formula.get("t", "normal"), formula.get("ref", "")),
                    one.get("cm", ""),
                )
            )
        rows.append(Row(line.get("r", str(number)), line.get("s", "0"), line.get("ht", ""), tuple(cells)))
    return rows
