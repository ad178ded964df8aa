"""Formulas with what a cell must show, and the workbooks that hold them, by each of the two writers.

A sheet `In` holds what the formulas refer to, `Cells` one formula a row (column B), `Arrays` array formulas,
`Tables` the public cases of tests/cases.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter
from openpyxl.worksheet.formula import ArrayFormula

from tests.office.case_formulas import Placed, tables

INPUTS: list[
    list[Any]
] = [  # rows of the sheet In, from A1: durations, rates, numbers, status, moments, errors
    [80, 0.0085, "+44 20 7946 0958", "completed", datetime(2024, 3, 31, 20, 0), "=NA()"],
    [31, 0.0085, "447700900123", "No Answer", date(2024, 2, 29), "=1/0"],
    ["80", None, 442079460958, "answered_by_VM", "2024-03-31 20:00", "=1E+308*10"],
    [None, 0.01, "+1 212 555 0100", None, "13:15:00 AEDT 2021-03-09", '=VALUE("x")'],
    [9.1, 0.005, "+44 20 7946 0958", "busy", "03/04/2024", None],
]
RATES = [  # the sheet Rates, from A1
    ["prefix", "rate", "minimum", "increment", "valid_from", "valid_until"],
    ["44", 0.01, 30, 6, None, None],
    ["447", 0.02, None, None, None, None],
    ["1", 0.5, 60, 60, date(2026, 1, 1), None],
]
CARD = "Rates!$A$1:$F$4"

CELLS: dict[str, Any] = {
    "BILLED_MINUTES(In!A1)": 2.0,
    "BILLED_MINUTES(In!A2,30,6)": 0.6,
    "BILLED_MINUTES(In!A2,30)": 1.0,
    "BILLED_MINUTES(61,,6)": 1.1,
    'BILLED_MINUTES("0:01:20")': 2.0,
    "BILLED_MINUTES(In!A3)": "#VALUE!",
    "BILLED_MINUTES(In!A4)": 0.0,
    "BILLED_MINUTES(-1)": "#NUM!",
    "BILLED_MINUTES(80/86400)": "#NUM!",
    "BILLED_MINUTES(TO_SECONDS(80/86400))": 2.0,
    "BILLED_MINUTES(60,0)": "#NUM!",
    "BILLED_MINUTES(In!F1)": "#N/A",
    "BILLED_MINUTES(In!F2)": "#DIV/0!",
    "BILLED_MINUTES(In!F3)": "#NUM!",
    "BILLED_MINUTES(In!F4)": "#VALUE!",
    'BILLED_MINUTES("#REF!")': "#REF!",
    "BILLED_MINUTES()": "#N/A",
    "SUM(BILLED_MINUTES(In!A1:A2))": 3.0,
    "SUM(BILLED_MINUTES({61;10}))": 3.0,
    "BILLED_MINUTES(In!F1:F5)": "Err:504",
    "CALL_COST(In!A5,In!B5,0,0)": 0.0008,
    "CALL_COST(924,In!B1,60,60,0,5)": 0.136,
    "CALL_COST(80,0.00851,,,,5)": 0.01702,
    'CALL_COST(60,0.00005,,,,4,"half-down")': 0.0,
    "CALL_COST(60,0.00005)": 0.0001,
    "CALL_COST(60,In!F1)": "#N/A",
    'CALL_COST(60,"0.01")': "#VALUE!",
    "CALL_COST(60,0.01,60,60,0,21)": "#NUM!",
    'CALL_COST(60,0.01,60,60,0,4,"sideways")': "#VALUE!",
    "SUM(CALL_COST(In!A1:A2,In!B1:B2))": 0.0255,
    "CALL_COST(80,In!B3)": 0.0,  # Calc hands a blank cell over as 0: documented
    f"CARD_COST(31,In!C1,{CARD})": 0.006,
    f"CARD_COST(31,In!C2,{CARD})": 0.02,
    f"CARD_COST(31,In!C3,{CARD})": 0.006,
    f"CARD_COST(31,In!C4,{CARD})": "#N/A",
    f"CARD_COST(31,In!C4,{CARD},DATE(2026,9,1))": 0.5,
    f'CARD_COST(31,In!C4,{CARD},"2025-12-31")': "#N/A",
    f'CARD_COST(31,In!C1,{CARD},,"sideways")': "#VALUE!",
    f"SUM(CARD_COST(In!A1:A2,In!C1:C2,{CARD}))": 0.014 + 0.02,
    f"CALL_RATE(In!C1,{CARD})": 0.01,
    f"CALL_RATE(In!C2,{CARD})": 0.02,
    f'CALL_RATE("33",{CARD})': "#N/A",
    f'IFERROR(CALL_RATE("33",{CARD}),"no rate")': "no rate",
    'STORAGE_DAYS("2023-03-16","2023-06-30")': 107.0,
    "STORAGE_DAYS(DATE(2023,3,16),EOMONTH(DATE(2023,3,16),3))": 107.0,
    'STORAGE_DAYS("03/04/2023","2023-06-30")': "#VALUE!",
    'STORAGE_CHARGE(119,0.0004,"2023-03-16","2023-06-01")': 0.0008,
    'STORAGE_CHARGE(150,0.0004,"2023-03-16","2023-06",In!A4)': 0.0012,
    'STORAGE_CHARGE(150,0.0004,"2023-03-16","2023-06","2023-06-29")': 0.0,
    'STORAGE_CHARGE(119,0.0004,"2023-03-16","2023-06",,120)': 0.0,
    "MONTH_ATTRIBUTE(In!E1)": 45352.0,
    'MONTH_ATTRIBUTE(In!E1,"America/New_York")': 45383.0,
    "MONTH_ATTRIBUTE(In!E2)": 45323.0,
    'MONTH_ATTRIBUTE(In!E3,"America/New_York")': 45383.0,
    "MONTH_ATTRIBUTE(In!E3,,,,TRUE)": "2024-03",
    'MONTH_ATTRIBUTE("2025-05-31 23:50",,"billed","2025-06-01 01:50",1)': "2025-06",
    "MONTH_ATTRIBUTE(In!E5)": "#VALUE!",
    'MONTH_ATTRIBUTE(In!E3,"Nowhere/Here")': "#VALUE!",
    "MONTH_ATTRIBUTE(In!D4)": "#NUM!",  # a blank cell is 0 here, which is no date
    "IS_BILLED(In!D1)": 1.0,
    "IS_BILLED(In!D2)": 0.0,
    "IS_BILLED(In!D3)": "#N/A",
    'IF(IS_BILLED("busy"),"billed","not billed")': "not billed",
    'IF(IS_BILLED("completed"),"billed","not billed")': "billed",
    "TO_UTC(In!E4)": 44264.09375,
    'TO_UTC(45351.5,"+06:00")': 45351.25,
    'TO_UTC(In!E1,"America/New_York")': 45383.0,
    'TO_UTC("soon")': "#VALUE!",
    'TO_SECONDS("1:20")': 80.0,
    "TO_SECONDS(0.5)": 43200.0,
    "TO_SECONDS(2)": "#NUM!",
    'TO_SECONDS("long")': "#VALUE!",
}
"""By formula, in Excel's grammar: a number, a text, or the error that the cell shows."""


ARRAYS: list[Placed] = [
    Placed("BILLED_MINUTES(In!A1:A5)", [[2.0], [1.0], ["#VALUE!"], [0.0], [1.0]]),
    Placed("CALL_COST(In!A1:A5,In!B1:B5)", [[0.017], [0.0085], ["#N/A"], [0.0], [0.005]]),
    Placed("CALL_COST(60,In!B1:B5)", [[0.0085], [0.0085], ["#N/A"], [0.01], [0.005]]),
    Placed("CALL_COST(In!A1:A2,{0.01,0.1})", [[0.02, 0.2], [0.01, 0.1]]),
    Placed(f"CARD_COST(31,In!C1:C5,{CARD})", [[0.006], [0.02], [0.006], ["#N/A"], [0.006]]),
    Placed(f"CALL_RATE(In!C1:C3,{CARD})", [[0.01], [0.02], [0.01]]),
    Placed('STORAGE_DAYS(In!E2:E3,"2024-04-01")', [[33.0], [2.0]]),
    Placed('STORAGE_CHARGE(In!A1:A2,0.0004,"2023-03-16","2023-06")', [[0.0008], [0.0004]]),
    Placed(
        'MONTH_ATTRIBUTE(In!E1:E5,"America/New_York")',
        [[45383.0], [45323.0], [45383.0], [44256.0], ["#VALUE!"]],
    ),
    Placed("IS_BILLED(In!D1:D5)", [[1.0], [0.0], ["#N/A"], ["#N/A"], [0.0]]),
    Placed("TO_UTC(In!E1:E3)", [[45382.83333333333], [45351.0], [45382.83333333333]]),
    Placed("TO_SECONDS({0.5;1})", [[43200.0], [86400.0]]),
    Placed("BILLED_MINUTES(ROW(In!A1:A100)*60)", [[float(minute)] for minute in range(1, 101)]),
]
"""Array formulas and the rows that they give."""


@dataclass(frozen=True, slots=True)
class Written:
    """A cell to be written: a value or a formula; `spans` says how many rows and columns an array fills."""

    sheet: str
    row: int
    column: int
    value: Any
    spans: tuple[int, int] | None = None


def written() -> list[Written]:
    """Every cell of the workbook."""
    cells = [
        Written(sheet, row, column, value)
        for sheet, rows in (("In", INPUTS), ("Rates", RATES))
        for row, values in enumerate(rows)
        for column, value in enumerate(values)
        if value is not None
    ]
    cells += [Written("Cells", row, 1, f"={formula}") for row, formula in enumerate(CELLS)]
    top = 0
    for placed in ARRAYS:
        size = (len(placed.rows), len(placed.rows[0]))
        cells.append(Written("Arrays", top, 0, f"={placed.formula}", size))
        top += size[0]
    for table in tables():
        cells += [Written(table.name, row, column, value) for row, column, value in table.inputs]
        cells += [Written(table.name, row, table.result, f"={formula}") for row, formula in table.formulas]
        if table.array is not None:
            size = (len(table.array.rows), 1)
            cells.append(Written(table.name, 0, table.result + 1, f"={table.array.formula}", size))
    return cells


def write_with_xlsxwriter(path: Path) -> Path:
    """The workbook, by XlsxWriter."""
    with xlsxwriter.Workbook(path) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        for cell in written():
            sheet = book.get_worksheet_by_name(cell.sheet) or book.add_worksheet(cell.sheet)
            at = (cell.row, cell.column)
            if cell.spans is not None:
                end = (cell.row + cell.spans[0] - 1, cell.column + cell.spans[1] - 1)
                sheet.write_array_formula(*at, *end, f"{{{cell.value}}}")
            elif isinstance(cell.value, date):
                sheet.write_datetime(*at, cell.value, day)
            elif isinstance(cell.value, str) and not cell.value.startswith("="):
                sheet.write_string(*at, cell.value)
            else:
                sheet.write(*at, cell.value)
    return path


def write_with_openpyxl(path: Path) -> Path:
    """The workbook, by openpyxl."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for cell in written():
        sheet = book[cell.sheet] if cell.sheet in book.sheetnames else book.create_sheet(cell.sheet)
        target = sheet.cell(cell.row + 1, cell.column + 1)
        target.value = cell.value
        if isinstance(cell.value, date):
            target.number_format = "yyyy-mm-dd hh:mm"
        if cell.spans is not None:
            end = sheet.cell(cell.row + cell.spans[0], cell.column + cell.spans[1]).coordinate
            target.value = ArrayFormula(f"{target.coordinate}:{end}", cell.value)
    book.save(path)
    return path


WRITERS = {"XlsxWriter": write_with_xlsxwriter, "openpyxl": write_with_openpyxl}
