"""The sheet Not rated: the calls that have no cost, and why."""

from __future__ import annotations

from datetime import date

from templates.blank.rating.calls import TABLE
from templates.blank.rating.values import Filled
from templates.grid import HEADER_ROW
from templates.look import INSTANT, PLAIN
from templates.shared.book import Book
from templates.shared.serials import serial
from templates.shared.tables import Shown, column, write_shown

SHEET, LISTED = "Not rated", 40
_HEADS = ("Row of the table Calls", "Call id", "Started (UTC)", "From", "To", "Status", "Seconds", "Problem")
_WIDTHS = (12, 30, 20, 20, 20, 16, 12, 62)


def write_open_calls(book: Book, filled: Filled) -> None:
    sheet = book.result_sheet(SHEET, _WIDTHS, f"Charged calls without a cost, the first {LISTED}, and why.")
    look, places = book.look, column(TABLE, "Problem row")
    found = [row for row in filled.calls if row["Problem row"] != ""]
    said = f"{len(found)} calls have no cost" if found else "Every call has its cost"
    formula = f'IF(COUNT({places})=0,"Every call has its cost",COUNT({places})&" calls have no cost")'
    write_shown(sheet, 2, 0, formula, look.format(bold=True), said)
    for index, head in enumerate(_HEADS):
        sheet.write_string(HEADER_ROW, index, head, look.head(right=head in (_HEADS[0], "Seconds")))
    sheet.set_row(HEADER_ROW, 32)
    for number in range(LISTED):
        row, cell = HEADER_ROW + 1 + number, f"$A{HEADER_ROW + 2 + number}"
        call = found[number] if number < len(found) else {}
        nth = f'IF({number + 1}>COUNT({places}),"",SMALL({places},{number + 1}))'
        write_shown(sheet, row, 0, nth, look.figure(PLAIN), call.get("Problem row", ""))
        for index, head in enumerate(_HEADS[1:], 1):
            value = f"INDEX({column(TABLE, head)},{cell})"
            formula = f'IF({cell}="","",IF({value}="","",{value}))'
            shown: Shown = call.get(head)
            if head == "Started (UTC)":
                look_of, shown = look.figure(INSTANT), _moment(shown)
            elif head == "Seconds":
                look_of = look.figure(PLAIN)
            else:
                look_of = look.words(text_wrap=head == "Problem")
            write_shown(sheet, row, index, formula, look_of, shown)
    sheet.freeze_panes(HEADER_ROW + 1, 2)
    sheet.repeat_rows(HEADER_ROW)


def _moment(value: Shown) -> Shown:
    return serial(value) if isinstance(value, date) else value
