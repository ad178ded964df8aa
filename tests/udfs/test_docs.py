"""What is said of the functions is true: the examples run, the help is whole, the pages are up to date."""

from __future__ import annotations

import doctest
import importlib
import inspect
import pkgutil
import re
from pathlib import Path

import pytest

import udfs
from udfs import CELL_FUNCTIONS
from udfs.cells.registry import LONGEST_HELP
from udfs.reference import markdown

FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
MODULES = [found.name for found in pkgutil.walk_packages(udfs.__path__, "udfs.")]


def failures(name: str, text: str, names: dict[str, object]) -> tuple[int, int]:
    """How many examples a text holds, and how many of them fail."""
    test = doctest.DocTestParser().get_doctest(text, names, name, None, 0)
    result = doctest.DocTestRunner(optionflags=FLAGS).run(test, out=lambda _: None)
    return result.attempted, result.failed


@pytest.mark.parametrize("name", CELL_FUNCTIONS)
def test_every_function_has_examples_that_run(name: str) -> None:
    attempted, failed = failures(name, inspect.getdoc(CELL_FUNCTIONS[name].call) or "", dict(vars(udfs)))
    assert attempted >= 1
    assert failed == 0


def test_a_wrong_example_is_seen() -> None:
    assert failures("planted", ">>> BILLED_MINUTES(80)\n3.0\n", dict(vars(udfs))) == (1, 1)


@pytest.mark.parametrize("module", MODULES)
def test_the_examples_of_the_rules_run(module: str) -> None:
    result = doctest.testmod(importlib.import_module(module), optionflags=FLAGS)
    assert result.failed == 0


@pytest.mark.parametrize("function", CELL_FUNCTIONS.values(), ids=list(CELL_FUNCTIONS))
def test_help_fits_where_a_spreadsheet_shows_it(function: udfs.cells.registry.CellFunction) -> None:
    assert 20 < len(function.description) <= LONGEST_HELP
    for argument in function.arguments:
        assert 5 < len(argument.help) <= LONGEST_HELP
    assert {"Args", "Errors", "Source", "Excel", "Examples"} <= set(function.sections)
    required = [argument.required for argument in function.arguments]
    assert required == sorted(required, reverse=True)


def test_arguments_that_are_dates_are_known_as_such() -> None:
    """One that is not would be read four years off in a workbook that counts from 1904."""
    for function in CELL_FUNCTIONS.values():
        for argument in function.arguments:
            says_so = re.search(r"\b(date|day|serial|when)\b", argument.help.lower()) is not None
            is_length = argument.name in ("free_days", "time")  # a number of days, a fraction of one
            assert argument.is_date == (says_so and not is_length), argument
        says_so = re.search(r"\b(date|instant)\b", function.description) is not None
        assert function.gives_date == says_so, function.name


def test_the_list_is_what_the_package_hands_on() -> None:
    assert set(CELL_FUNCTIONS) == set(udfs.__all__) - {"CELL_FUNCTIONS"}
    assert len(CELL_FUNCTIONS) == 10


def test_the_page_of_the_functions_is_up_to_date(root: Path) -> None:
    page = (root / "docs" / "functions.md").read_text(encoding="utf-8")
    assert page == markdown(), "write it again: python -m udfs.reference > docs/functions.md"
