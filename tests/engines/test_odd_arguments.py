"""Each argument in turn holds something odd, in a cell of its own and in a range.

The name of the workbook gives what the function gives, or an error. Never another figure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from xlsxwriter.utility import xl_range, xl_rowcol_to_cell

from addin.hosts.new_workbook import open_workbook
from templates.formulas.lambdas import LAMBDAS
from tests.engines.calculated import ENGINES, Value, by_formulon
from tests.engines.rows import OMITTED, Arguments
from tests.engines.test_functions import _calculated, _expected, _same, _write
from udfs.cells import CELL_FUNCTIONS

ORDINARY = {
    "duration": 80,
    "rate": 0.01,
    "minimum": 60,
    "increment": 6,
    "connect_fee": 0.05,
    "decimals": 4,
    "rounding": "up",
    "created": 45_000,
    "on": 45_200,
    "month": "2024-05",
    "deleted": 46_000,
    "free_days": 90,
    "start": 45_000.5,
    "time_zone": "+05:30",
    "basis": "billed",
    "billed": 45_031.99,
    "as_text": False,
    "status": "completed",
    "timestamp": 45_000.25,
    "time": 0.001,
}
NUMBERS = (0, 1, -1, 0.3, 0.5, 2.5, 6, 7, 45_000, 1e5, 1e6, 9_999_999, 1e7, 1e9, 1e12, 1e16, 1e20, 1e100)
TINY = (1e-7, 5e-7, 1.0000005, -0.0000001)
WORDS = (
    "TRUE",
    "x",
    "5",
    "0.01",
    "1e5",
    " ",
    "\u00a0",
    "\t80",
    "none",
    "HALF UP",
    "half-even",
    "*up",
    "BILLED ",
)
CLOCKS = ("1:02:03", "24:00:00", "0:00:00", "1:02", "2777:46:39", "2777:46:40", "-1:00:00", "0:00:00.0004")
DAYS = (
    "2024-05-06",
    "2024-05-06T10:00:00Z",
    "2024-05-06T10:00:00.5+0530",
    "May 2024",
    "5/6/2024",
    "6 May 2024",
)
MONTHS = ("2024-5", " 2024-05", "2024/05", "2024\u201105", "1900-01", "9999-12", "2024-13", "9999-12-31")
ZONES = ("utc", "Etc/UTC", "+14", "+15:59", "-00:00", "+0", "America/New_York", "2024-05-06 10:00 EST")
ERRORS = ("#N/A", "#REF!", "#DIV/0!", "#NUM!", "#NAME?", "#NULL!", "#VALUE!")
ODD = (None, "", True, False, *NUMBERS, *TINY, *WORDS, *CLOCKS, *DAYS, *MONTHS, *ZONES, *ERRORS)


def _places() -> Iterator[tuple[str, int, Arguments]]:
    """Each argument of each function, and ordinary ones for all."""
    for name in LAMBDAS:
        ordinary = tuple(ORDINARY[one.name] for one in CELL_FUNCTIONS[name].arguments)
        for place in range(len(ordinary)):
            yield name, place, ordinary


def _with(ordinary: Arguments, place: int, value: Any) -> Arguments:
    return (*ordinary[:place], value, *ordinary[place + 1 :])


def _differing(calls: Sequence[tuple[str, Arguments]], given: Sequence[Value]) -> tuple[list[Any], int]:
    """Where the name gives neither the same nor an error in place of a figure; and how often the same."""
    wrong, same = [], 0
    for (name, arguments), got in zip(calls, given, strict=True):
        want = _expected(name, arguments)
        is_beyond = str(got) in ("#NUM!", "#VALUE!", "#N/A") and not str(want).startswith("#")
        same += _same(want, got)
        if not _same(want, got) and not is_beyond:
            wrong.append((name, arguments, want, got))
    return wrong, same


@pytest.mark.parametrize("engine", ENGINES)
def test_an_odd_cell_gives_the_function_s_result_or_an_error(engine: str, tmp_path: Path) -> None:
    calls = [(name, _with(all_, place, odd)) for name, place, all_ in _places() for odd in ODD]
    calls += [
        (name, _with(all_, place, OMITTED))
        for name, place, all_ in _places()
        if not CELL_FUNCTIONS[name].arguments[place].required
    ]
    wrong, same = _differing(calls, _calculated(tmp_path / "odd.xlsx", calls, engine))
    assert wrong == []
    assert same > 0.9 * len(calls)


def test_so_does_a_range_of_odd_cells(tmp_path: Path) -> None:
    path, calls = tmp_path / "range.xlsx", []
    with open_workbook(path) as workbook:
        sheet = workbook.add_worksheet("Range")
        for row, odd in enumerate(ODD):
            _write(sheet, row, 0, odd)
        for number, (name, place, ordinary) in enumerate(_places()):
            column = 2 * number + 1
            for row, value in enumerate(ordinary):
                _write(sheet, row, column, value)
            cells = [xl_rowcol_to_cell(row, column) for row in range(len(ordinary))]
            cells[place] = xl_range(0, 0, len(ODD) - 1, 0)
            spilled = 0, column + 1, len(ODD) - 1, column + 1
            sheet.write_dynamic_array_formula(*spilled, f"={name}({','.join(cells)})")
            calls += [
                ((name, _with(ordinary, place, odd)), xl_rowcol_to_cell(row, column + 1))
                for row, odd in enumerate(ODD)
            ]
    cell = by_formulon(path)
    wrong, same = _differing([call for call, _ in calls], [cell("Range", at) for _, at in calls])
    assert wrong == []
    assert same > 0.9 * len(calls)


def test_blank_rows_below_count_as_the_function_counts_them(tmp_path: Path) -> None:
    """A blank duration is 0 seconds, a blank rate is none."""
    path = tmp_path / "column.xlsx"
    with open_workbook(path) as workbook:
        sheet = workbook.add_worksheet("Column")
        sheet.write_column("A1", [80, 61, 0, 30])
        sheet.write_column("B1", [0.01, 0.02, 0.5, 0.03])
        sheet.write_dynamic_array_formula("D1:D1", "=SUM(BILLED_MINUTES(A1:A900))")
        sheet.write_dynamic_array_formula("D2:D2", "=SUM(IFERROR(CALL_COST(A1:A900,B1:B900),0))")
        sheet.write_dynamic_array_formula("D3:D3", "=SUM(CALL_COST(A1:A900,B1:B900))")
    cell = by_formulon(path)
    assert [cell("Column", f"D{row}") for row in (1, 2, 3)] == [5, 0.09, "#N/A"]
