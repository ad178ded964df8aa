"""What must be true in a template: a cell of its own for each check, and one line that says how many fail."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xlsxwriter.worksheet import Worksheet

from templates import look as styles
from templates.grid import FIRST_ROW, HEADER_ROW
from templates.shared.book import CHECKS, Book
from templates.shared.tables import Shown, write_shown

_HEADS = ("Check", "Passes", "Found", "What to do if it fails")
_WIDTHS = (46, 11, 16, 74)


@dataclass(frozen=True, slots=True)
class Check:
    """Something that must not be there: its formula counts it, or gives a difference, and 0 is fine.

    An error or a text, too, fails the check.
    """

    name: str
    """Of the cell that is TRUE when all is fine: check_ and what is checked."""
    says: str
    """What is so when it passes: "Every call has a cost"."""
    formula: str
    remedy: str
    shown: Shown = 0
    """What the formula gives for the rows that the template is built with."""

    @property
    def passes(self) -> bool:
        return not isinstance(self.shown, str) and self.shown == 0


def write_checks(book: Book, checks: Sequence[Check]) -> None:
    """The sheet Checks, to be called last; the line on the sheet How to use; the name `check_all`."""
    sheet = book.result_sheet(
        CHECKS, _WIDTHS, "Each row must say TRUE; 0 found is fine. The last one is all."
    )
    look = book.look
    for index, head in enumerate(_HEADS):
        sheet.write_string(HEADER_ROW, index, head, look.head(right=head == "Found"))
    words = look.words(
        text_wrap=True
    )  # no heights: with them and its colours, LibreOffice 25.2 cannot print it
    for row, check in enumerate(checks, FIRST_ROW):
        sheet.write_string(row, 0, check.says, words)
        write_shown(sheet, row, 1, f"IFERROR(C{row + 1}=0,FALSE)", _truth(book), check.passes)
        write_shown(sheet, row, 2, check.formula, look.figure("#,##0.######"), check.shown)
        sheet.write_string(row, 3, check.remedy, words)
        book.define(check.name, CHECKS, row, 1)
    last = FIRST_ROW + len(checks)
    failing = sum(not check.passes for check in checks)
    passes = f"B{FIRST_ROW + 1}:B{last}"
    sheet.write_string(last, 0, "All checks", look.words(bold=True))
    write_shown(sheet, last, 1, f"C{last + 1}=0", _truth(book), failing == 0)
    write_shown(sheet, last, 2, f"SUMPRODUCT(1*({passes}<>TRUE))", look.figure("#,##0", bold=True), failing)
    sheet.write_string(last, 3, "The number of checks that fail.", words)
    book.define("check_all", CHECKS, last, 1)
    book.define("checks_failing", CHECKS, last, 2)
    _colour(book, sheet, FIRST_ROW, last)
    sheet.freeze_panes(FIRST_ROW, 0)
    sheet.repeat_rows(HEADER_ROW)
    write_line(book, book.guide, 3, 0, failing)


def write_line(book: Book, sheet: Worksheet, row: int, index: int, failing: int) -> None:
    """The visible line, live: all checks pass, or how many fail. On the sheet How to use it stands by itself;
    a sheet of results may repeat it."""
    formula = (
        'IF(checks_failing=0,"All checks pass",'
        'checks_failing&IF(checks_failing=1," check fails"," checks fail")&": see the sheet Checks")'
    )
    shown = "All checks pass"
    if failing:
        shown = f"{failing} check{'s' * (failing > 1)} fail{'s' * (failing == 1)}: see the sheet {CHECKS}"
    marked = book.look.format(bold=True, font_size=12, valign="vcenter")
    write_shown(sheet, row, index, formula, marked, shown)
    cell = f"{chr(ord('A') + index)}{row + 1}"
    for text, colour in (("All checks pass", styles.GOOD), ("fail", styles.BAD)):
        found = {"type": "text", "criteria": "containing", "value": text}
        sheet.conditional_format(cell, found | {"format": book.workbook.add_format({"font_color": colour})})


def _truth(book: Book) -> object:
    return book.look.body(bold=True, align="center")


def _colour(book: Book, sheet: Worksheet, first: int, last: int) -> None:
    """Cells of column B by what they say."""
    for condition, colour, pale in (
        ("B{0}=TRUE", styles.GOOD, styles.GOOD_PALE),
        ("B{0}<>TRUE", styles.BAD, styles.BAD_PALE),
    ):
        shown = book.workbook.add_format({"font_color": colour, "bg_color": pale})
        rule = {"type": "formula", "criteria": f"={condition.format(first + 1)}", "format": shown}
        sheet.conditional_format(first, 1, last, 1, rule)
