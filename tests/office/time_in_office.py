"""Time formulas inside LibreOffice: run by the system's Python.

    /usr/bin/python3 time_in_office.py PIPE WORKBOOK ROWS REPEATS FORMULA...

Column A of the workbook's first sheet is filled with durations; each formula is then timed over its rows, as
one array formula (where it stands in braces) or filled down. Every round times all of them in turn. The
answer is the seconds of each, by formula, as JSON; a formula that gives an error stops it.
"""

import json
import random
import sys
import time

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.sheet.FillDirection import TO_BOTTOM
from read_in_office import connect


def main(pipe, path, rows, repeats, *formulas):
    rows = int(rows)
    desktop = connect(pipe)
    hidden = PropertyValue("Hidden", 0, True, 0)
    document = desktop.loadComponentFromURL(uno.systemPathToFileUrl(path), "_blank", 0, (hidden,))
    try:
        sheet = document.Sheets.getByIndex(0)
        numbers = random.Random(20260901)
        durations = tuple((float(numbers.randrange(3600)),) for _ in range(rows))
        sheet.getCellRangeByPosition(0, 0, 0, rows - 1).setDataArray(durations)
        answer = {formula: [] for formula in formulas}
        for _ in range(int(repeats) + 1):
            for formula in formulas:
                answer[formula].append(seconds(document, sheet, rows, formula))
    finally:
        document.close(True)
    json.dump({formula: taken[1:] for formula, taken in answer.items()}, sys.stdout)


def seconds(document, sheet, rows, formula):
    """How long a recalculation takes with the formula in column B."""
    target = sheet.getCellRangeByPosition(1, 0, 1, rows - 1)
    if formula.startswith("{"):
        target.setArrayFormula(formula.strip("{}"))
    else:
        sheet.getCellByPosition(1, 0).setFormula(formula)
        target.fillAuto(TO_BOTTOM, 1)
    start = time.perf_counter()
    document.calculateAll()
    taken = time.perf_counter() - start
    last = sheet.getCellByPosition(1, rows - 1)
    if last.getError() or not last.getValue():
        sys.exit(f"{formula} gives {last.getString()}")
    target.clearContents(1 | 2 | 4 | 16)
    return taken


if __name__ == "__main__":
    main(*sys.argv[1:])
