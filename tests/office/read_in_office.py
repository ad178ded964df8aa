"""Read a workbook inside LibreOffice: run by the system's Python (the one with `uno`), answers in JSON.

    /usr/bin/python3 read_in_office.py PIPE WORKBOOK

The soffice behind PIPE was started by harness.py. The answer holds each sheet twice: as loaded (cached values
are trusted on load) and after a hard recalculation of everything.
"""

import json
import os
import sys
import time

import uno
from com.sun.star.beans import PropertyValue

VALUE, DATETIME, STRING, FORMULA = 1, 2, 4, 16
ANY_RESULT, ERROR_RESULT = 7, 4


def connect(pipe, seconds=60):
    """The desktop behind the pipe, once it answers."""
    return service(pipe, "com.sun.star.frame.Desktop", seconds)


def service(pipe, name, seconds=60):
    """A new instance of a service of the LibreOffice behind the pipe, once it answers."""
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    deadline = time.monotonic() + seconds
    while True:
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return context.ServiceManager.createInstanceWithContext(name, context)
        except Exception:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def spans(ranges):
    """[first column, first row, last column, last row] of each range."""
    return [[a.StartColumn, a.StartRow, a.EndColumn, a.EndRow] for a in ranges.getRangeAddresses()]


def snapshot(sheet):
    """The used area of one sheet: values, formulas, which cells are formulas, which of them are errors."""
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)
    address = cursor.getRangeAddress()
    area = sheet.getCellRangeByPosition(0, 0, address.EndColumn, address.EndRow)
    errors = []
    for left, top, right, bottom in spans(area.queryFormulaCells(ERROR_RESULT)):
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                cell = sheet.getCellByPosition(column, row)
                errors.append([column, row, cell.getError(), cell.getString()])
    return {
        "values": area.getDataArray(),
        "formulas": area.getFormulaArray(),
        "filled": spans(area.queryContentCells(VALUE | DATETIME | STRING | FORMULA)),
        "formula_spans": spans(area.queryFormulaCells(ANY_RESULT)),
        "errors": errors,
    }


def main(pipe, path):
    """Print {"loaded": {sheet: snapshot}, "calculated": {sheet: snapshot}}."""
    desktop = connect(pipe)
    hidden = PropertyValue("Hidden", 0, True, 0)
    document = desktop.loadComponentFromURL(uno.systemPathToFileUrl(path), "_blank", 0, (hidden,))
    if document is None:
        sys.exit(f"LibreOffice cannot open {path}")
    try:
        sheets = document.Sheets
        answer = {"loaded": {name: snapshot(sheets.getByName(name)) for name in sheets.ElementNames}}
        document.calculateAll()
        answer["calculated"] = {name: snapshot(sheets.getByName(name)) for name in sheets.ElementNames}
    finally:
        document.close(True)
    sys.stdout.write(json.dumps(answer))
    sys.stdout.flush()
    os._exit(0)  # the bridge's threads now and then crash an interpreter that shuts down


if __name__ == "__main__":
    main(*sys.argv[1:])
