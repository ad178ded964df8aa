"""Formulas in the grammar of Excel files, as xlwings users write them: `Sheet!A1`, `Table[Column]`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from addin.hosts.calc import bridge
from addin.hosts.calc.bridge import Uno

_EXCEL_FILE = 3
"""The grammar of formulas in .xlsx files, as `AddressConvention` counts it: the only one with commas and
table references."""


def parser_of(book: Any) -> Uno:
    """What reads and prints the formulas of a workbook."""
    parser = book.doc.createInstance("com.sun.star.sheet.FormulaParser")
    parser.CompileEnglish = True
    parser.FormulaConvention = _EXCEL_FILE
    return parser


def write(parser: Uno, cell: Uno, formula: str) -> None:
    """Put a formula (with its `=`) into a cell."""
    cell.setTokens(parser.parseFormula(formula[1:], cell.getCellAddress()))


def write_all(book: Any, cells: Uno, rows: Sequence[Sequence[str]]) -> None:
    """Put formulas into all cells of a rectangle at once: one by one, Calc takes ten times as long."""
    parser, printer = parser_of(book), _printer_of(book)
    address = cells.getCellByPosition(0, 0).getCellAddress()
    printed = {
        text: f"={printer.printFormula(parser.parseFormula(text[1:], address), address)}"
        for text in {text for row in rows for text in row}
    }
    cells.setFormulaArray(tuple(tuple(printed[text] for text in row) for row in rows))


def read(parser: Uno, cell: Uno) -> str:
    """The formula of a cell with its `=`."""
    return "=" + str(parser.printFormula(cell.getTokens(), cell.getCellAddress()))


def printed(book: Any, tokens: Any, address: Uno) -> str:
    return str(parser_of(book).printFormula(tokens, address))


def content_of(book: Any, refers_to: str) -> str:
    """What a name refers to, as UNO wants it written: `='By day'!$A$1` is `$'By day'.$A$1`."""
    address = bridge.cell_address(0, 0, 0)
    tokens = parser_of(book).parseFormula(refers_to.removeprefix("="), address)
    return str(_printer_of(book).printFormula(tokens, address))


def _printer_of(book: Any) -> Uno:
    """What prints formulas as UNO itself wants them."""
    printer = book.doc.createInstance("com.sun.star.sheet.FormulaParser")
    printer.CompileEnglish = True
    return printer
