"""Every workbook that is handed over passes Microsoft's validator and the lint."""

from __future__ import annotations

from pathlib import Path

import pytest

from addin.hosts.report_files.reconciliation import write_reconciliation
from tests.templates.reports import ALL
from tests.workbook_lint.delivered import faults
from tests.workbook_lint.orders import NAMES
from tests.workbook_lint.plants.planting import Edit, write_with


@pytest.mark.parametrize("name", NAMES)
def test_what_the_commands_write_has_no_fault(name: str, delivered: Path) -> None:
    assert faults(delivered / f"{name}.xlsx") == []


def test_no_workbook_is_left_out(delivered: Path) -> None:
    assert {path.stem for path in delivered.glob("*.xlsx")} == set(NAMES)


@pytest.mark.parametrize(("kind", "max_rows"), [*((kind, 1_000) for kind in ALL), ("calls", 50)])
def test_a_reconciliation_of_any_kind_has_no_fault(kind: str, max_rows: int, tmp_path: Path) -> None:
    write_reconciliation(ALL[kind](), tmp_path / "month.xlsx", max_rows=max_rows)
    assert faults(tmp_path / "month.xlsx") == []


@pytest.mark.parametrize(
    "edit",
    [
        Edit("xl/workbook.xml", "<sheets>", "<sheetz>"),
        Edit("xl/worksheets/sheet1.xml", "Rated[", "Rather["),
    ],
)
def test_both_are_asked(edit: Edit, delivered: Path, tmp_path: Path) -> None:
    write_with(delivered / "rated.xlsx", (edit,), tmp_path / "spoilt.xlsx")
    assert faults(tmp_path / "spoilt.xlsx")
