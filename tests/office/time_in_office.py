"""Time formulas inside LibreOffice: run by the system's Python.

    /usr/bin/python3 time_in_office.py PIPE WORKBOOK ROWS REPEATS FORMULA...

Column A of the workbook's first sheet is filled with durations; each formula is then timed over its rows, as
one array formula (where it stands in braces) or filled down. Every round times all of them in turn. The
answer is the seconds of each, by formula, as JSON; a formula that gives an error stops it.
"""

import random
import sys
import time

import uno
from shared_in_office import answer, opened


def main(pipe, path, rows, repeats, *formulas):
    rows = int(rows)
    with opened(pipe, path) as document:
        sheet = document.Sheets.getByIndex(0)
        numbers = random.Random(20260901)
        durations = tuple((float(numbers.randrange(3600)),) for _ in range(rows))
        sheet.getCellRangeByPosition(0, 0, 0, rows - 1).setDataArray(durations)
        taken = {formula: [] for formula in formulas}
        for _ in range(int(repeats) + 1):
            for formula in formulas:
                taken[formula].append(seconds(document, sheet, rows, formula))
    answer({formula: times[1:] for formula, times in taken.items()})


def seconds(document, sheet, rows, formula):
    """How long a recalculation takes with the formula in column B."""
    target = sheet.getCellRangeByPosition(1, 0, 1, rows - 1)
    if formula.startswith("{"):
        target.setArrayFormula(formula.strip("{}"))
    else:
        sheet.getCellByPosition(1, 0).setFormula(formula)
        target.fillAuto(uno.Enum("com.sun.star.sheet.FillDirection", "TO_BOTTOM"), 1)
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
