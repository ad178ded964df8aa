"""No option of the command line in what people read in a spreadsheet: it means nothing there."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

READ_IN_A_SPREADSHEET = (
    "udfs", "addin/records", "addin/reconcile", "addin/reports", "templates", "addin/hosts",
    "addin/ribbon/commands", "addin/ribbon/desk.py", "addin/ribbon/entry.py",
)  # fmt: skip
_OPTION = re.compile(r"(?<![\w-])--[a-z]")
_ERRORS, _PLACE = ("TollsheetError", "NotRecognised", "RateCardGiven"), 2
"""Of the option among the arguments of an error: the command line alone shows it."""


def options_in(source: str) -> Iterator[int]:
    """The lines of texts that name an option; of docstrings, too: generated help is made of them."""
    tree = ast.parse(source)
    shown_by_the_command = {
        id(argument)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in _ERRORS
        for argument in node.args[_PLACE:]
    }
    for node in ast.walk(tree):
        is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
        if is_text and id(node) not in shown_by_the_command and _OPTION.search(node.value):
            yield node.lineno


@pytest.mark.parametrize("folder", READ_IN_A_SPREADSHEET)
def test_no_text_names_an_option(root: Path, folder: str) -> None:
    place = root / folder
    files = [place] if place.is_file() else sorted(place.rglob("*.py"))
    assert files
    found = [f"{file}:{line}" for file in files for line in options_in(file.read_text("utf-8"))]
    assert found == []


def test_the_check_sees_an_option() -> None:
    assert [*options_in('x = "say --month"')] == [1]
    assert [*options_in('TollsheetError("a", f"give {x} to --billed", "--billed")')] == [1]
    assert [*options_in('TollsheetError("a", "b", "--billed")\ny = "a -- b"')] == []
