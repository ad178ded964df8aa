"""A small workbook that holds something of everything that the rules look at, and no fault."""

from __future__ import annotations

from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

FUNCTIONS = {
    "BILLED": "_xlfn.LAMBDA(_xlpm.duration,_xlop.minimum,"
    "_xlfn.LET(_xlpm.least,IF(_xlfn.ISOMITTED(_xlpm.minimum),60,_xlpm.minimum),"
    "IF(_xlpm.duration>_xlpm.least,_xlpm.duration,_xlpm.least)))",
    "COST": "_xlfn.LAMBDA(_xlpm.duration,_xlpm.rate,ROUND(BILLED(_xlpm.duration)/60*_xlpm.rate,4))",
}
ROWS = (("+15005550006", 61, 0.5), ("=1+1", 10, 0.25), ("Ann", 3600, 0.1))


def write_clean(path: Path) -> None:
    """Write the workbook."""
    with Workbook(path) as book:
        book.set_properties({"author": "Tollsheet", "comments": "Made by Tollsheet"})
        first, calls = book.add_worksheet("First"), book.add_worksheet("All calls")
        for name, text in FUNCTIONS.items():
            book.define_name(name, f"={text}")
        book.define_name("total_cost", "='All calls'!$E$8")
        _calls(book, calls)
        _first(book, first)


def _calls(book: Workbook, sheet: Worksheet) -> None:
    sheet.set_column(0, 0, 20)
    sheet.set_row(0, 30)
    sheet.write_string("A1", "All calls")
    sheet.repeat_columns(0)
    sheet.repeat_rows(3)
    columns = [
        {"header": "From [it's]", "total_string": "Total"},
        {"header": "Seconds"},
        {"header": "Rate"},
        {"header": "Billed", "formula": "BILLED(Calls[[#This Row],[Seconds]],30)"},
        {"header": "Cost", "formula": "Calls[[#This Row],[Billed]]/60*Calls[[#This Row],[Rate]]"},
    ]
    columns[-1]["total_function"] = "sum"
    options = {"name": "Calls", "columns": columns, "total_row": True}
    sheet.add_table("A4:E8", options)
    for number, (caller, seconds, rate) in enumerate(ROWS):
        row = 4 + number
        billed = max(seconds, 30)
        sheet.write_string(row, 0, caller)
        sheet.write_number(row, 1, seconds)
        sheet.write_number(row, 2, rate)
        sheet.write_formula(row, 3, f"={columns[3]['formula']}", None, billed)
        sheet.write_formula(row, 4, f"={columns[4]['formula']}", None, billed / 60 * rate)
    sheet.write_formula("E8", "=SUBTOTAL(109,Calls[Cost])", None, 6.6333)
    small = [{"header": "Kind"}, {"header": "Number"}]
    sheet.add_table("H4:I6", {"name": "Kinds", "columns": small, "data": [["a", 1], ["b", 2]]})
    sheet.protect("", {"select_locked_cells": True})


def _first(book: Workbook, sheet: Worksheet) -> None:
    bold = book.add_format({"bold": True})
    sheet.write_string("A1", "Summary", bold)
    sheet.write_formula("A2", "=SUM(Calls[Cost])", None, 6.55)
    sheet.write_formula("B2", "=total_cost", None, 6.55)
    sheet.write_formula("C2", "=SUM('All calls'!$B$5:$B$7)", None, 3671)
    sheet.write_formula("D2", '=IF(_xlfn.IFNA(A2,0)=0,"none","some; more")', None, "some; more")
    sheet.write_formula("E2", "=COST(61,0.5)", None, 0.5083)
    sheet.write_formula("F2", "=SUM({1,2;3,4})", None, 10)
    sheet.write_formula("G2", "=A2&A3:A3", None, "6.55")
    sheet.write_dynamic_array_formula("J2:J4", "=BILLED('All calls'!B5:B7)", None, 61)
    sheet.write_number("J3", 60)
    sheet.write_number("J4", 3600)
    sheet.write_formula("A3", "=A2+1", None, 7.55)
    sheet.write_boolean("B3", True)
    sheet.write_url("C3", "internal:'All calls'!A1", string="To the calls")
    sheet.merge_range("A5:B5", "Merged")
    sheet.merge_range("A6:B6", "Merged too")
    sheet.data_validation("A8", {"validate": "list", "source": ["open", "closed"], "input_message": "Choose"})
    sheet.data_validation("B8", {"validate": "list", "source": "='All calls'!$H$5:$H$6"})
    sheet.conditional_format("A2:A3", {"type": "formula", "criteria": "=$A2>5", "format": bold})
    sheet.conditional_format("B2:B3", {"type": "cell", "criteria": ">", "value": 5, "format": bold})
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "='All calls'!$B$5:$B$7", "categories": "='All calls'!$A$5:$A$7"})
    sheet.insert_chart("A10", chart)
    sheet.add_sparkline("A9", {"range": "'All calls'!B5:B7"})
