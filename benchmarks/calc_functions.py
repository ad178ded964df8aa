"""How fast the functions are in LibreOffice Calc: `python benchmarks/calc_functions.py`.

Recalculations of a full column as one array formula and of many single cells, each beside the native formula
that does the same in floats, with numpy and without.
"""

from __future__ import annotations

import random
import shutil
import statistics
import tempfile
import time
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from benchmarks.frame.document import Section, main
from benchmarks.frame.rows import OURS, Figure, NotHere, Row, floor, ours
from benchmarks.frame.timing import FEWEST, in_turn

COLUMN_ROWS = 1_000_000
COLUMN_ROWS_WITHOUT_NUMPY = 100_000  # a million would take minutes
SINGLE_ROWS = 40_000
NATIVE = {
    "BILLED_MINUTES(A1)": "CEILING(A1;60)/60",
    "CALL_COST(A1;0.0085)": "ROUND(CEILING(A1;60)/60*0.0085;4)",
}
"""Our formulas, and the native one beside each."""
OWN_PART = "the add-in's own part, asked by no LibreOffice"


@lru_cache(maxsize=4)
def _seconds(numpy: bool, rows: int, is_column: bool) -> Mapping[str, float]:
    """The median of each formula, all of them in turn in one LibreOffice."""
    if not shutil.which("soffice"):
        raise NotHere("LibreOffice is missing; make office installs it")
    import xlsxwriter

    from tests.office.extension import unpack, with_numpy, without_numpy
    from tests.office.harness import office

    written = {formula: _written(formula, rows, is_column) for pair in NATIVE.items() for formula in pair}
    with tempfile.TemporaryDirectory(prefix="tollsheet-bench-") as place:
        folder = Path(place)
        workbook = folder / "empty.xlsx"
        with xlsxwriter.Workbook(workbook) as book:
            book.add_worksheet("Times")
        python_path = (with_numpy if numpy else without_numpy)(folder / "python")
        with office(extensions=unpack(folder / "extensions"), python_path=python_path) as running:
            answer = running.ask(
                "time_in_office.py", workbook, str(rows), str(FEWEST), *written.values(), timeout_s=3600
            )
    return {formula: statistics.median(answer[text]) for formula, text in written.items()}


def _written(formula: str, rows: int, is_column: bool) -> str:
    """As the cell holds it: over the whole column in braces, or for the first row."""
    return f"{{={formula.replace('A1', f'A1:A{rows}')}}}" if is_column else f"={formula}"


def _row(
    formula: str, rows: int, *, is_column: bool, numpy: bool = True, at_most: float | None = None
) -> Row:
    def measure() -> Mapping[str, Figure]:
        taken = _seconds(numpy, rows, is_column)
        found = {OURS: Figure(taken[formula]), native: Figure(taken[NATIVE[formula]])}
        return found if is_column else {**found, OWN_PART: Figure(_own_part(formula, rows))}

    native = f"`{NATIVE[formula]}`"
    kind = "one array formula" if is_column else "single formulas"
    work = f"`{formula}`, {kind}" + ("" if numpy else ", without numpy")
    ways = (ours(), floor(native, at_most), *(() if is_column else (floor(OWN_PART),)))
    return Row(work, f"{rows:,} rows", ways, measure)


@lru_cache(maxsize=4)
def _own_part(formula: str, rows: int) -> float:
    """The seconds that the add-in itself takes for cells that LibreOffice asks for one by one."""
    from addin.hosts.calc_addin.functions import answer
    from udfs.cells import CELL_FUNCTIONS

    name, _, given = formula.rstrip(")").partition("(")
    more = [float(each) for each in given.split(";")[1:]]
    left_out = [None] * (len(CELL_FUNCTIONS[name].arguments) - 1 - len(more))
    numbers = random.Random(20260901)
    durations = [float(numbers.randrange(3600)) for _ in range(rows)]

    def ask() -> None:
        for duration in durations:
            answer(name, (duration, *more, *left_out), lambda *failure: None)

    return in_turn({OWN_PART: ask}, clock=time.perf_counter)[OWN_PART]


SECTION = Section(
    title="Functions in LibreOffice Calc",
    note="A recalculation in LibreOffice, in its main thread as for a person who types, against the native "
    "formula that does the same in floats. A single cell goes from LibreOffice into Python and back: beside "
    "it stands what of that is the add-in's own, asked here for the same cells without LibreOffice. What was "
    "asked before is remembered, in both: durations and rates repeat. One formula over a range is the way to "
    "many calls. The clock's seconds.",
    libraries=("numpy",),
    rows=(
        *(_row(formula, COLUMN_ROWS, is_column=True) for formula in NATIVE),
        *(_row(formula, SINGLE_ROWS, is_column=False, at_most=10) for formula in NATIVE),
        *(_row(formula, COLUMN_ROWS_WITHOUT_NUMPY, is_column=True, numpy=False) for formula in NATIVE),
        *(_row(formula, SINGLE_ROWS, is_column=False, numpy=False) for formula in NATIVE),
    ),
)

if __name__ == "__main__":
    main(SECTION)
