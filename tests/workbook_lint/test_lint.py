"""Every rule sees the fault that it is there for, and nothing else is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.validator.validate import problems as validator_problems
from tests.workbook_lint.clean import write_clean
from tests.workbook_lint.lint import RULES, problems
from tests.workbook_lint.plants import in_formulas, in_parts, on_sheets
from tests.workbook_lint.plants.planting import Plant, write_with

PLANTS = (*on_sheets.PLANTS, *in_formulas.PLANTS, *in_parts.PLANTS)


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("lint") / "clean.xlsx"
    write_clean(path)
    return path


def test_a_clean_workbook_has_no_problem(clean: Path) -> None:
    assert validator_problems(clean) == []
    assert problems(clean) == []


@pytest.mark.parametrize("plant", PLANTS, ids=lambda plant: f"{plant.rule}: {plant.edits[0].new[:40]!r}")
def test_a_planted_fault_is_seen_by_its_rule_alone(plant: Plant, clean: Path, tmp_path: Path) -> None:
    write_with(clean, plant.edits, tmp_path / "planted.xlsx")
    found = problems(tmp_path / "planted.xlsx")
    assert {line.partition(":")[0] for line in found} == {plant.rule}, "\n".join(found)


@pytest.mark.parametrize("plant", in_formulas.RIGHT, ids=lambda plant: repr(plant.edits[0].new[:60]))
def test_what_is_right_is_let_through(plant: Plant, clean: Path, tmp_path: Path) -> None:
    write_with(clean, plant.edits, tmp_path / "right.xlsx")
    assert problems(tmp_path / "right.xlsx") == []


def test_each_rule_is_shown_to_catch_a_fault() -> None:
    assert {plant.rule for plant in PLANTS} == RULES.keys()
