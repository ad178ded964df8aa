"""How fast the functions are in LibreOffice Calc: `python benchmarks/calc_functions.py`.

Prints medians of a recalculation, in one run: a full column as one array formula and many single cells, each
against the native formula beside it, with numpy and without.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from pathlib import Path

import xlsxwriter

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.office.extension import unpack, with_numpy, without_numpy
from tests.office.harness import Office, office

COLUMN_ROWS = 1_000_000
SINGLE_ROWS = 100_000
REPEATS = 5


def compare(running: Office, workbook: Path, rows: int, native: str, *ours: str) -> None:
    """One line a formula: its median, and how often the native one fits into it."""
    answer = running.ask(
        "time_in_office.py", workbook, str(rows), str(REPEATS), native, *ours, timeout_s=3600
    )
    unit = statistics.median(answer[native])
    for formula, taken in answer.items():
        median = statistics.median(taken)
        print(f"{rows:>9,}  {formula:48}{median:8.2f} s{median / unit:8.1f} x native")


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="tollsheet-bench-") as place:
        folder = Path(place)
        workbook = folder / "empty.xlsx"
        with xlsxwriter.Workbook(workbook) as book:
            book.add_worksheet("Times")
        extensions = unpack(folder / "extensions")
        for title, python_path, column_rows in (
            ("with numpy", with_numpy(folder / "with"), COLUMN_ROWS),
            ("without numpy", without_numpy(folder / "without"), COLUMN_ROWS // 10),  # it would take minutes
        ):
            print(f"LibreOffice Calc, {title}: medians of {REPEATS} recalculations")
            with office(extensions=extensions, python_path=python_path) as running:
                compare(
                    running,
                    workbook,
                    column_rows,
                    f"{{=CEILING(A1:A{column_rows};60)/60}}",
                    f"{{=BILLED_MINUTES(A1:A{column_rows})}}",
                    f"{{=CALL_COST(A1:A{column_rows};0.0085)}}",
                )
                compare(
                    running,
                    workbook,
                    SINGLE_ROWS,
                    "=CEILING(A1;60)/60",
                    "=BILLED_MINUTES(A1)",
                    "=CALL_COST(A1;0.0085)",
                )


if __name__ == "__main__":
    main()
