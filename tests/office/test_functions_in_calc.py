"""Every function in cells of a real LibreOffice, in files of both writers, saved and opened again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from addin.ribbon.oxt_parts import help_of
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


def test_the_function_wizard_tells_what_the_list_says(calc: Office, tmp_path: Path) -> None:
    told = calc.ask("wizard_in_office.py", WRITERS["XlsxWriter"](tmp_path / "cells.xlsx"), *CELL_FUNCTIONS)
    assert told == {
        name: [function.description, [[found.name, help_of(found)] for found in function.arguments]]
        for name, function in CELL_FUNCTIONS.items()
    }


def log_of(running: Office) -> str:
    """What the functions have logged: failures that are no fault of an argument."""
    return "".join(path.read_text("utf-8") for path in running.profile.rglob("calc.log"))
