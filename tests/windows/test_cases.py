"""The cases that the Windows chain is asked are right, and leave no function out."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.windows.cases import CASES, MISSING, Error
from udfs.cells import CELL_FUNCTIONS
from udfs.errors import CODE_OF_COM_INTEGER, CellError


def given(argument: Any) -> Any:
    """As COM would hand it over."""
    if isinstance(argument, list):
        return tuple(tuple(given(cell) for cell in row) for row in argument)
    return argument.number if isinstance(argument, Error) else argument


def shown(result: Any) -> Any:
    """As the cases write it."""
    if isinstance(result, list):
        rows = [shown(element) for element in result]
        return rows[0] if len(rows) == 1 and isinstance(rows[0], list) else rows
    if isinstance(result, date):
        return float(result.toordinal() - date(1899, 12, 30).toordinal())
    return str(result) if str(result) in CODE_OF_COM_INTEGER.values() else result


def expected_of(expected: Any) -> Any:
    if isinstance(expected, list):
        return [expected_of(element) for element in expected]
    return CODE_OF_COM_INTEGER[expected.number] if isinstance(expected, Error) else expected


@pytest.mark.parametrize(("name", "arguments", "expected"), CASES)
def test_the_functions_answer_as_the_case_says(name: str, arguments: tuple[Any, ...], expected: Any) -> None:
    try:
        result = CELL_FUNCTIONS[name].call(*map(given, arguments))
    except CellError as error:
        result = error.value
    assert shown(result) == expected_of(expected)


@pytest.mark.parametrize("name", CELL_FUNCTIONS)
def test_each_function_is_asked_with_a_single_cell(name: str) -> None:
    asked = [arguments for function, arguments, _ in CASES if function == name]
    assert any(not any(isinstance(cell, list) for cell in arguments[:1]) for arguments in asked)


def test_ranges_omissions_and_errors_are_among_them() -> None:
    arguments = [argument for _, given_ones, _ in CASES for argument in given_ones]
    assert sum(isinstance(argument, list) for argument in arguments) >= 10
    assert sum(argument == MISSING for argument in arguments) >= 3
    errors = {argument.number for argument in arguments if isinstance(argument, Error)} - {MISSING.number}
    assert len(errors) >= 2


def test_the_page_tells_their_number(root: Path) -> None:
    page = (root / "docs" / "windows-chain.md").read_text("utf-8")
    assert f"{len(CASES)} cases over the {len(CELL_FUNCTIONS)} functions" in page
