"""Lists with room for many rows: only as many are printed as a page holds, and a line says what is not.

A print area is the same whatever the formulas give: with all rows in it, every page of blank ones would be
printed.
"""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter.worksheet import Worksheet

from templates import look as styles
from templates.look import rows_of_page
from templates.shared.book import Book
from templates.shared.tables import write_shown

_NOTE_ROW = 2
_HOW = "To print all, clear the print area: Page Layout > Print Area; in Calc, Format > Print Ranges."


def print_a_page(
    book: Book,
    sheet: Worksheet,
    widths: Sequence[float],
    rows: tuple[int, int, float],
    counted: tuple[str, int],
) -> None:
    """`rows` are the first row of the list, the rows that it has room for, and the height above it in points;
    `counted` is the formula of the rows that are filled, and what it gives. The line stands on the third row
    of the sheet."""
    first, most, above = rows
    count, shown = counted
    printed = min(most, rows_of_page(widths, above))
    sheet.print_area(0, 0, first + printed - 1, len(widths) - 1)
    formula = f'IF({count}>{printed},"Printed are {printed} of "&{count}&" rows. {_HOW}","")'
    said = f"Printed are {printed} of {shown} rows. {_HOW}" if shown > printed else ""
    write_shown(sheet, _NOTE_ROW, 0, formula, book.look.format(font_color=styles.BAD), said)
