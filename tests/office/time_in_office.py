"""Time formulas inside LibreOffice: run by the system's Python.

    /usr/bin/python3 time_in_office.py PIPE WORKBOOK ROWS REPEATS FORMULA...

Column A of the workbook's first sheet is filled with durations; each formula is then timed over its rows, as
one array formula (where it stands in braces) or filled down. Every round times all of them in turn. The
answer is the seconds of each, by formula, as JSON; a formula that gives an error stops it.

All of it happens in LibreOffice's main thread, as what a person types does. Python was started there: a call
from any other thread makes a new state of Python's and drops it, which takes twice as long as the call.
"""

import random
import sys
import threading
import time

import uno
import unohelper
from com.sun.star.awt import XCallback
from shared_in_office import answer, opened, service


class Callback(unohelper.Base, XCallback):
    """Work that LibreOffice's main thread does: what is called from it is carried out there too."""

    def __init__(self, work):
        self.work = work
        self.given = None
        self.error = None
        self.is_done = threading.Event()

    def notify(self, data):
        try:
            self.given = self.work()
        except BaseException as error:
            self.error = error
        self.is_done.set()


def main(pipe, path, rows, repeats, *formulas):
    callback = Callback(lambda: timed(pipe, path, int(rows), int(repeats), formulas))
    service(pipe, "com.sun.star.awt.AsyncCallback").addCallback(callback, None)
    callback.is_done.wait()
    if callback.error:
        raise callback.error
    answer(callback.given)


def timed(pipe, path, rows, repeats, formulas):
    """The seconds of every round, by formula."""
    numbers = random.Random(20260901)
    durations = tuple((float(numbers.randrange(3600)),) for _ in range(rows))
    taken = {formula: [] for formula in formulas}
    with opened(pipe, path) as document:
        sheet = document.Sheets.getByIndex(0)
        sheet.getCellRangeByPosition(0, 0, 0, rows - 1).setDataArray(durations)
        for _ in range(repeats + 1):
            for formula in formulas:
                taken[formula].append(seconds(document, sheet, rows, formula))
    return {formula: times[1:] for formula, times in taken.items()}


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
        raise ValueError(f"{formula} gives {last.getString()}")
    target.clearContents(1 | 2 | 4 | 16)
    return taken


if __name__ == "__main__":
    main(*sys.argv[1:])
