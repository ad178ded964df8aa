"""Load an add-in in LibreOffice, fill cells, calculate formulas, click buttons: run by the system's Python.

    /usr/bin/python3 ask_office.py PIPE ADDIN < QUESTIONS

QUESTIONS is JSON: `cells` (name -> value or =formula), `formulas` (a list; a pair of range and formula is an
array formula), `macros`, and `null_date` (year, month, day), from which the workbook counts. The answer, JSON
too: what each formula shows, an array formula as rows.
"""

import json
import sys
from pathlib import Path

import uno

STRING = 2  # com.sun.star.sheet.FormulaResult

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "office"))

from shared_in_office import answer, opened  # noqa: E402


def main(pipe, path):
    questions = json.load(sys.stdin)
    how = {"Hidden": False, "FilterName": "Calc MS Excel 2007 VBA XML", "MacroExecutionMode": 4}
    with opened(pipe, path, **how) as document:
        document.Sheets.insertNewByName("Test", 0)
        sheet = document.Sheets.getByName("Test")
        if date := questions["null_date"]:
            document.NullDate = uno.createUnoStruct("com.sun.star.util.Date", *reversed(date))
        for name, value in questions["cells"].items():
            fill(sheet.getCellRangeByName(name), value)
        cells = [ask(sheet, row, formula) for row, formula in enumerate(questions["formulas"])]
        provider = document.getScriptProvider()
        for macro in questions["macros"]:
            url = f"vnd.sun.star.script:VBAProject.{macro}?language=Basic&location=document"
            provider.getScript(url).invoke((), (), ())
    answer(cells)


def fill(cell, value):
    if isinstance(value, str) and not value.startswith("="):
        cell.String = value
    elif isinstance(value, str):
        cell.Formula = value
    else:
        cell.Value = value


def ask(sheet, row, formula):
    if isinstance(formula, str):
        cell = sheet.getCellByPosition(30, row)
        cell.Formula = formula
        return shown(cell)
    area = sheet.getCellRangeByName(formula[0])
    area.setArrayFormula(formula[1])
    columns, rows = area.Columns.Count, area.Rows.Count
    return [[shown(area.getCellByPosition(x, y)) for x in range(columns)] for y in range(rows)]


def shown(cell):
    """A number, a text, or `!` and Calc's own error number."""
    if cell.getError():
        return f"!{cell.getError()}"
    return cell.String if cell.FormulaResultType2 == STRING else cell.Value


main(*sys.argv[1:])
