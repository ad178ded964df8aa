"""IronCalc, an engine of its own, calculates every delivered workbook to the values that are stored in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.engines.calculated import by_ironcalc
from tests.workbook_lint.book import Book
from tests.workbook_lint.orders import NAMES
from tests.workbook_lint.plants.planting import Edit, write_with
from tests.workbook_lint.sheet import Cell

TOLERANCE = 1e-9
"""Floats of sums; a cent is ten million times as much."""


def differences(path: Path) -> tuple[int, list[str]]:
    """How many formulas there are, and those that do not come to the value beside them."""
    calculated = by_ironcalc(path)
    seen, found = 0, []
    for sheet in Book(path).sheets:
        for cell in sheet.cells.values():
            if cell.formula:
                seen += 1
                value = calculated(sheet.name, cell.address)
                if not _is(cell, value):
                    found.append(f"{sheet.name}!{cell.address}: written {cell.value}, calculated {value}")
    return seen, found


def _is(cell: Cell, value: object) -> bool:
    if not cell.value:
        return value in ("", None)
    if cell.kind == "b":
        return value is (cell.value == "1")
    if cell.kind == "n":
        is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
        return is_number and abs(value - float(cell.value)) <= TOLERANCE  # type: ignore[operator]
    return value == cell.value


@pytest.mark.parametrize("name", NAMES)
def test_stored_values_are_what_is_calculated(name: str, delivered: Path) -> None:
    seen, found = differences(delivered / f"{name}.xlsx")
    assert seen > 5
    assert found == []


def test_a_value_that_is_stale_is_seen(delivered: Path, tmp_path: Path) -> None:
    edit = Edit("xl/worksheets/sheet1.xml", "<v>11.2366</v>", "<v>11.2367</v>")
    write_with(delivered / "rated.xlsx", (edit,), tmp_path / "stale.xlsx")
    _, found = differences(tmp_path / "stale.xlsx")
    assert any("written 11.2367, calculated 11.2366" in line for line in found)
