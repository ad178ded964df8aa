"""Every function in cells of a real LibreOffice, in files of both writers, saved and opened again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from addin.ribbon.building.oxt_parts import help_of
from tests.office.case_formulas import tables
from tests.office.cells import ARRAYS, CELLS, WRITERS
from tests.office.extension import unpack, with_numpy, without_numpy
from tests.office.harness import Office, OfficeError, Sheet, cell_name, office
from udfs import CELL_FUNCTIONS

Sheets = dict[str, Sheet]


@pytest.fixture(scope="module")
def extensions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return unpack(tmp_path_factory.mktemp("extensions"))


@pytest.fixture(scope="module")
def calc(extensions: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """LibreOffice with the extension, and numpy in reach."""
    with office(extensions=extensions, python_path=with_numpy(tmp_path_factory.mktemp("numpy"))) as running:
        yield running


@pytest.fixture(scope="module", params=WRITERS)
def workbook(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return WRITERS[request.param](tmp_path_factory.mktemp("cells") / f"{request.param}.xlsx")


def shown(value: Any) -> Any:
    """A value of a cell as a person reads it: errors by their text."""
    return value.text if isinstance(value, OfficeError) else value


def differences(sheets: Sheets) -> dict[str, tuple[Any, Any]]:
    """Formulas whose cells show anything else than they must: what they show, what they must."""
    found: dict[str, tuple[Any, Any]] = {}

    def compare(what: str, value: Any, expected: Any) -> None:
        value = shown(value)
        same = isinstance(value, float) and value == pytest.approx(expected, rel=1e-14, abs=1e-15)
        if not same and value != expected:
            found[what] = (value, expected)

    cells = sheets["Cells"].values
    for row, (formula, expected) in enumerate(CELLS.items(), 1):
        compare(formula, cells.get(f"B{row}"), expected)
    top = 0
    for placed in ARRAYS:
        for offset, values in enumerate(placed.rows):
            for column, expected in enumerate(values):
                value = sheets["Arrays"].values.get(cell_name(column, top + offset))
                compare(f"{placed.formula} [{offset}, {column}]", value, expected)
        top += len(placed.rows)
    for table in tables():
        for row, formula in table.formulas:
            value = sheets[table.name].values.get(cell_name(table.result, row))
            compare(f"{table.name} {row + 1}: {formula}", value, table.expected[row])
        for row, (expected,) in enumerate(table.array.rows if table.array else ()):
            value = sheets[table.name].values.get(cell_name(table.result + 1, row))
            compare(f"{table.name} array {row + 1}", value, expected)
    return found


def test_every_function_is_tried_in_cells_and_in_arrays() -> None:
    for name in CELL_FUNCTIONS:
        assert any(re.search(rf"\b{name}\(", formula) for formula in CELLS), name
        assert any(placed.formula.startswith(f"{name}(") for placed in ARRAYS), name
    assert {table.name: len(table.expected) for table in tables()} == {
        "Rating": 65,
        "Quirks": 8,
        "Amounts": 8,
        "Durations": 4,
        "Storage": 23,
        "Days": 23,
        "Months": 16,
    }


def test_cells_show_what_they_must(calc: Office, workbook: Path) -> None:
    assert differences(calc.read_workbook(workbook)) == {}
    assert not log_of(calc)


def test_cells_show_it_after_saving_and_opening(calc: Office, workbook: Path, tmp_path: Path) -> None:
    targets = [tmp_path / "again.xlsx", tmp_path / "again.ods"]
    calc.save_recalculated(workbook, *targets)
    for target in targets:
        again = calc.read_workbook(target)
        assert differences(again) == {}
        assert again["Cells"].loaded["B1"] == 2.0


def test_cells_show_it_without_numpy(extensions: Path, tmp_path: Path) -> None:
    path = WRITERS["XlsxWriter"](tmp_path / "cells.xlsx")
    with office(extensions=extensions, python_path=without_numpy(tmp_path / "hidden")) as running:
        assert differences(running.read_workbook(path)) == {}
        assert not log_of(running)


def test_months_are_right_in_a_workbook_that_counts_from_1904(calc: Office, tmp_path: Path) -> None:
    formulas = {
        'MONTH_ATTRIBUTE(A1,"America/New_York")': 45383.0 - 1462,
        'MONTH_ATTRIBUTE("2024-03-31 20:00",,,,TRUE)': "2024-03",
        "MONTH_ATTRIBUTE(A9)": "#NUM!",
        "TO_UTC(A1)": 45382.875 - 1462,
        "STORAGE_DAYS(A1,A1+1)": 2.0,
        'STORAGE_CHARGE(119,0.0004,"2023-03-16",A1,A9)': 0.0008,
        "CALL_RATE(44,C1:D2,A1)": 0.01,
        "CALL_RATE(44,C1:E2,A1)": "#N/A",
        "BILLED_MINUTES(61)": 2.0,
    }
    path = tmp_path / "old.xlsx"
    with xlsxwriter.Workbook(path, {"date_1904": True}) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        sheet = book.add_worksheet("Old")
        sheet.write_datetime("A1", datetime(2024, 3, 31, 21), day)
        sheet.write_row("C1", ["prefix", "rate", "valid_until"])
        sheet.write_row("C2", ["44", 0.01])
        sheet.write_datetime("E2", datetime(2024, 3, 30), day)
        for row, formula in enumerate(formulas):
            sheet.write_formula(row, 1, f"={formula}", None, 0)
    values = calc.read_workbook(path)["Old"].values
    assert {formula: shown(values.get(f"B{row}")) for row, formula in enumerate(formulas, 1)} == formulas


def test_the_function_wizard_tells_what_the_list_says(calc: Office, tmp_path: Path) -> None:
    told = calc.ask("wizard_in_office.py", WRITERS["XlsxWriter"](tmp_path / "cells.xlsx"), *CELL_FUNCTIONS)
    assert told == {
        name: [function.description, [[found.name, help_of(found)] for found in function.arguments]]
        for name, function in CELL_FUNCTIONS.items()
    }


def log_of(running: Office) -> str:
    """What the functions have logged: failures that are no fault of an argument."""
    return "".join(path.read_text("utf-8") for path in running.profile.rglob("tollsheet.log"))
