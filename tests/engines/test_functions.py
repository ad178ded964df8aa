"""The functions as names of a workbook against the functions themselves, on ten thousand rows each."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import pytest
from xlsxwriter.utility import xl_rowcol_to_cell

import udfs
from addin.hosts.new_workbook import open_workbook
from templates.formulas.lambdas import ADDIN_ONLY, LAMBDAS, LONGEST_COMMENT, LONGEST_FORMULA
from tests.engines.calculated import ENGINES, Value, by_formulon
from tests.engines.rows import BEYOND, OMITTED, ROWS, Arguments
from tests.office.extension import unpack, with_numpy
from tests.office.harness import OfficeError, office, recalculate
from udfs.cells import CELL_FUNCTIONS
from udfs.errors import CellError

COUNT = 10_000
CASES = Path(__file__).parents[1] / "cases"


def test_every_function_is_a_name_but_those_of_the_rate_card() -> None:
    assert ADDIN_ONLY == ("CARD_COST", "CALL_RATE")
    assert set(LAMBDAS) | set(ADDIN_ONLY) == set(CELL_FUNCTIONS)


@pytest.mark.parametrize("name", LAMBDAS)
def test_a_name_fits_into_what_excel_keeps(name: str) -> None:
    one = LAMBDAS[name]
    assert len(one.stored) <= LONGEST_FORMULA
    assert 20 < len(one.comment) <= LONGEST_COMMENT
    assert one.comment.startswith(CELL_FUNCTIONS[name].description[:200])


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("asked", ROWS)
def test_the_name_gives_what_the_function_gives(asked: str, engine: str, tmp_path: Path) -> None:
    name, make = ROWS[asked]
    random = Random(f"{asked} 2026")
    rows = [make(random) for _ in range(COUNT)]
    given = _calculated(tmp_path / "rows.xlsx", [(name, row) for row in rows], engine)
    expected = [_expected(name, row) for row in rows]
    differing = [
        (row, want, got) for row, want, got in zip(rows, expected, given, strict=True) if not _same(want, got)
    ]
    assert differing == []
    errors = sum(isinstance(value, str) and value.startswith("#") for value in expected)
    assert errors < 0.9 * COUNT, "most rows are to have a result"


@pytest.mark.parametrize("engine", ENGINES)
def test_what_only_the_addin_can_do_is_an_error(engine: str, tmp_path: Path) -> None:
    given = _calculated(tmp_path / "beyond.xlsx", BEYOND, engine)
    for (name, arguments), value in zip(BEYOND, given, strict=True):
        assert not str(_expected(name, arguments)).startswith("#"), "the function answers"
        assert value in ("#VALUE!", "#NUM!"), (name, arguments, value)


@pytest.mark.parametrize("engine", ENGINES)
def test_public_cases(engine: str, tmp_path: Path) -> None:
    """Rating and storage cases that others published, as the case tables hold them."""
    calls: list[tuple[str, Arguments]] = []
    expected: list[float] = []
    with (CASES / "rating_cases.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            rate = Fraction(row["rate"]) * 60 / Fraction(row["rate_unit_s"])
            blocks = [float(row[key]) for key in ("minimum_s", "increment_s", "connect_fee")]
            places = int(row["decimals"]) if row["decimals"] else None
            if rate * 10**6 % 1 == 0 and (places or 0) <= 6:
                arguments = (float(row["duration_s"]), float(rate), *blocks, places, row["rounding"])
                calls.append(("CALL_COST", arguments))
                expected.append(float(row["expected_cost"]))
    with (CASES / "storage_cases.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            days = row["created"], row["month_end"], row["deleted"] or None, int(row["free_days"])
            calls.append(
                ("STORAGE_CHARGE", (float(row["recording_s"]), float(row["rate_per_min_month"]), *days))
            )
            expected.append(float(row["expected_charge"]))
    assert len(calls) >= 80
    assert _calculated(tmp_path / "cases.xlsx", calls, engine) == expected


def test_a_range_in_gives_a_range_out(tmp_path: Path) -> None:
    """formulon lifts names over ranges, as Excel does; IronCalc does not."""
    path = tmp_path / "range.xlsx"
    durations = [80, "1:02:03", None, -1, "x", 9.1]
    with open_workbook(path) as workbook:
        sheet = workbook.add_worksheet("Range")
        for row, duration in enumerate(durations):
            _write(sheet, row, 0, duration)
        sheet.write_dynamic_array_formula(0, 2, 5, 2, "=CALL_COST(A1:A6,0.005,30,6)")
        sheet.write_dynamic_array_formula(0, 3, 5, 3, "=BILLED_MINUTES(A1:A6)")
        sheet.write_dynamic_array_formula(0, 4, 0, 4, "=SUM(IFERROR(BILLED_MINUTES(A1:A6),0))")
    cell = by_formulon(path)
    for column, name, arguments in (("C", "CALL_COST", (0.005, 30, 6)), ("D", "BILLED_MINUTES", ())):
        for row, duration in enumerate(durations, 1):
            assert cell("Range", f"{column}{row}") == _expected(name, (duration, *arguments)), (
                name,
                duration,
            )
    assert cell("Range", "E1") == 2 + 63 + 0 + 1


def test_calc_with_the_extension_gives_the_same_from_the_same_file(tmp_path: Path) -> None:
    """The workbook carries names and the program has functions of the same names: either may win."""
    random = Random(11)
    made = [(name, make(random)) for name, make in ROWS.values() for _ in range(500)]
    calls = [one for one in made if not any(_differs_in_calc(cell) for cell in one[1])]
    assert len(calls) > 3_000
    path = tmp_path / "both.xlsx"
    _write_calls(path, calls)
    numpy = with_numpy(tmp_path / "numpy")
    with office(extensions=unpack(tmp_path / "extensions"), python_path=numpy) as running:
        sheet = running.read_workbook(path)["Rows"]
    differing = []
    for row, (name, arguments) in enumerate(calls, 1):
        want, got = _expected(name, arguments), sheet.values.get(f"A{row}")
        got = got.text if isinstance(got, OfficeError) else got
        if got != (float(want) if isinstance(want, bool) else want):
            differing.append((name, arguments, want, got))
    assert differing == []
    assert "ORG.TOLLSHEET" in sheet.formulas["A1"], "here the extension wins"


def test_calc_without_the_extension_shows_errors(tmp_path: Path) -> None:
    path = tmp_path / "names.xlsx"
    _write_calls(path, [(name, make(Random(1))) for name, make in ROWS.values()])
    values = recalculate(path)["Rows"]
    assert all(isinstance(values[f"A{row}"], OfficeError) for row in range(1, len(ROWS) + 1))


def _differs_in_calc(cell: Any) -> bool:
    """Calc hands TRUE over as 1 and a blank cell as 0, as docs/calc.md says."""
    return isinstance(cell, bool) or cell is None


def _calculated(path: Path, calls: Sequence[tuple[str, Arguments]], engine: str) -> list[Value]:
    """A formula a row, over the cells that hold its arguments."""
    _write_calls(path, calls)
    cell = ENGINES[engine](path)
    return [cell("Rows", f"A{row}") for row in range(1, len(calls) + 1)]


def _write_calls(path: Path, calls: Sequence[tuple[str, Arguments]]) -> None:
    with open_workbook(path) as workbook:
        sheet = workbook.add_worksheet("Rows")
        for row, (name, arguments) in enumerate(calls):
            cells = []
            for column, argument in enumerate(arguments, 1):
                _write(sheet, row, column, argument)
                cells.append("" if argument is OMITTED else xl_rowcol_to_cell(row, column))
            while cells and not cells[-1]:
                cells.pop()
            sheet.write_formula(row, 0, f"={name}({','.join(cells)})")


def _write(sheet: Any, row: int, column: int, value: Any) -> None:
    if value is None or value is OMITTED:
        return
    if isinstance(value, str) and value.startswith("#"):
        sheet.write_formula(row, column, f"={value}", None, value)
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, str):
        sheet.write_string(row, column, value)
    else:
        sheet.write_number(row, column, value)


def _expected(name: str, arguments: Arguments) -> Value:
    """What the add-in's cell shows."""
    try:
        given = [None if argument is OMITTED else argument for argument in arguments]
        value = getattr(udfs, name)(*given)
    except CellError as error:
        return error.code
    return float((value - date(1899, 12, 30)).days) if isinstance(value, date) else value


def _same(want: Value, got: Value) -> bool:
    """Exactly; TRUE is not 1."""
    return isinstance(want, bool) == isinstance(got, bool) and want == got
