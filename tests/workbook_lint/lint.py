"""What is wrong with a workbook that Microsoft's validator does not see."""

from __future__ import annotations

from pathlib import Path

from tests.workbook_lint.book import Book
from tests.workbook_lint.rules import (
    cells,
    charts,
    formula_text,
    lambdas,
    names,
    parts,
    references,
    sheets,
    tables,
)

SUBJECTS = (parts, sheets, cells, names, tables, formula_text, references, lambdas, charts)
PARSES = "formula-parses"
EXPLAINING = {rule for subject in (formula_text, references, lambdas) for rule in subject.RULES} - {PARSES}
"""The rules that say why a formula does not parse: where one of them speaks, that alone is said."""

RULES = {rule: text for subject in SUBJECTS for rule, text in subject.RULES.items()}


def problems(path: Path) -> list[str]:
    """What is wrong with a file; each line says the rule, the part, the cell and what is wrong."""
    book = Book(path)
    found = [problem for subject in SUBJECTS for problem in subject.check(book)]
    explained = {(one.part, one.cell) for one in found if one.rule in EXPLAINING}
    return [str(one) for one in found if one.rule != PARSES or (one.part, one.cell) not in explained]
