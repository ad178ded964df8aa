"""Read a workbook inside LibreOffice: run by the system's Python (the one with `uno`), answers in JSON.

    /usr/bin/python3 read_in_office.py PIPE WORKBOOK

The soffice behind PIPE was started by harness.py. The answer holds each sheet twice: as loaded (cached values
are trusted on load) and after a hard recalculation of everything.
"""

import sys

from shared_in_office import answer, opened

VALUE, DATETIME, STRING, FORMULA = 1, 2, 4, 16
ANY_RESULT, ERROR_RESULT = 7, 4


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
    with opened(pipe, path) as document:
        sheets = document.Sheets
        told = {"loaded": {name: snapshot(sheets.getByName(name)) for name in sheets.ElementNames}}
        document.calculateAll()
        told["calculated"] = {name: snapshot(sheets.getByName(name)) for name in sheets.ElementNames}
    answer(told)


if __name__ == "__main__":
    main(*sys.argv[1:])
