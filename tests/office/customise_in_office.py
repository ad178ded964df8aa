"""Make a template one's own inside LibreOffice, as a person does: run by the system's Python.

    /usr/bin/python3 customise_in_office.py PIPE WORKBOOK TARGET

Adds formulas on the table Calls to the sheet Summary, a pivot table of it, a conditional format, a note and
merged cells; then stores as .xlsx. The answer is the target, as JSON.
"""

import sys

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.sheet.ConditionOperator import GREATER
from com.sun.star.sheet.DataPilotFieldOrientation import DATA, ROW
from com.sun.star.sheet.GeneralFunction import SUM
from com.sun.star.table import CellAddress
from shared_in_office import answer, opened

FIRST, LAST = 5, 7
"""The rows of data of Calls, as people count them."""


def pivot(document, sheet, source):
    """Seconds by status."""
    tables = sheet.getDataPilotTables()
    made = tables.createDataPilotDescriptor()
    made.setSourceRange(source)
    fields = made.getDataPilotFields()
    fields.getByName("Status").Orientation = ROW
    seconds = fields.getByName("Seconds")
    seconds.Orientation, seconds.Function = DATA, SUM
    place = CellAddress(sheet.getRangeAddress().Sheet, 0, 29)
    tables.insertNewByName("Seconds by status", place, made)


def conditional(cells, formula):
    found = cells.ConditionalFormat
    found.addNew(
        (
            PropertyValue("Operator", 0, GREATER, 0),
            PropertyValue("Formula1", 0, formula, 0),
            PropertyValue("StyleName", 0, "Heading", 0),
        )
    )
    cells.ConditionalFormat = found


def main(pipe, path, target):
    with opened(pipe, path) as document:
        summary, calls = (document.Sheets.getByName(name) for name in ("Summary", "Calls"))
        formulas = {
            "B20": f"=SUM($Calls.H{FIRST}:H{LAST})*2",
            "B21": f"=AVERAGE($Calls.$H${FIRST}:$H${LAST})",
            "B22": f"=$Calls.H{FIRST}",
            "B23": "=SUM(Calls[Seconds])+1",
        }
        for cell, formula in formulas.items():
            summary.getCellRangeByName(cell).setFormula(formula)
        summary.getCellRangeByName("A25:C25").merge(True)
        summary.getCellRangeByName("A25").setString("Ours, merged")
        note = summary.getCellRangeByName("B20").getCellAddress()
        summary.getAnnotations().insertNew(note, "Twice the seconds")
        conditional(calls.getCellRangeByName(f"I{FIRST}:I{LAST}"), "0.01")
        pivot(document, summary, calls.getCellRangeByName(f"A4:N{LAST}").getRangeAddress())
        filter_name = PropertyValue("FilterName", 0, "Calc MS Excel 2007 XML", 0)
        document.storeToURL(uno.systemPathToFileUrl(target), (filter_name,))
    answer(target)


if __name__ == "__main__":
    main(*sys.argv[1:])
