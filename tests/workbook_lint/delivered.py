"""The gate for every file that is delivered: the Open XML validator, and the lint for the rest."""

from __future__ import annotations

from pathlib import Path

from tests.validator.validate import problems as validator_problems
from tests.workbook_lint.lint import problems as lint_problems


def faults(path: Path) -> list[str]:
    """What is wrong with a workbook; nothing where it can be handed over."""
    return [*(str(problem) for problem in validator_problems(path)), *lint_problems(path)]
