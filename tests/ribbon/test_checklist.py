"""The page to tick in a real Excel names every function and button, nothing else, and its promises hold."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from addin.ribbon.surface import COMMANDS, GROUPS
from templates.blank.made import BLANKS
from templates.formulas.lambdas import ADDIN_ONLY, LAMBDAS
from udfs.cells import CELL_FUNCTIONS
from udfs.errors import ERROR_TEXTS, CellError, ErrorValue

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "excel-checklist.md").read_text("utf-8")
FORMULAS = re.findall(r"^\| \[ \] \| `(=[^`]+)` \| (\S+) \|$", PAGE, re.M)
BUTTONS = re.findall(r"^\| \[ \] \| (?!`)([^|]+?) \| ([^|]+) \|$", PAGE, re.M)
TOKEN = re.compile(r'\s*("(?:[^"]|"")*"|#[A-Z0-9/]+[!?]?|[A-Z_]+(?=\()|[0-9.]+|TRUE|FALSE|[(){},;=])')


class Formula:
    """A formula of literals, computed with our functions; of Excel's own it knows SUM."""

    def __init__(self, text: str) -> None:
        self.tokens = TOKEN.findall(text.removeprefix("="))
        assert "".join(self.tokens) == text.removeprefix("=").replace(" ", "") or '"' in text

    def value(self) -> Any:
        token = self.tokens.pop(0)
        if token == "{":
            rows: list[list[Any]] = [[self.value()]]
            while (sign := self.tokens.pop(0)) != "}":
                if sign == ";":
                    rows.append([])
                rows[-1].append(self.value())
            return rows
        if self.tokens and self.tokens[0] == "(":
            self.tokens.pop(0)
            return self.called(token, self.arguments())
        if token in ERROR_TEXTS:
            return ErrorValue(token)
        if token in ("TRUE", "FALSE"):
            return token == "TRUE"
        return token[1:-1].replace('""', '"') if token[0] == '"' else float(token)

    def arguments(self) -> list[Any]:
        found: list[Any] = []
        while True:
            found.append(None if self.tokens[0] in ",)" else self.value())
            if self.tokens.pop(0) == ")":
                return found

    def called(self, name: str, arguments: list[Any]) -> Any:
        if name == "SUM":
            return sum(cell for rows in arguments for row in rows for cell in row)
        try:
            return CELL_FUNCTIONS[name].call(*arguments)
        except CellError as error:
            return error.value


def shown(value: Any) -> str:
    """As a cell in the format General shows it."""
    if isinstance(value, bool):
        return str(value).upper()
    return f"{value:.10g}" if isinstance(value, float) else str(value)


@pytest.mark.parametrize(("formula", "promised"), FORMULAS)
def test_a_formula_gives_what_the_page_promises(formula: str, promised: str) -> None:
    assert shown(Formula(formula).value()) == promised


def test_every_function_is_asked_and_no_other() -> None:
    asked = set(re.findall(r"[A-Z_]{4,}(?=\()", " ".join(formula for formula, _ in FORMULAS)))
    assert asked == set(CELL_FUNCTIONS)
    named = set(re.findall(r"\b[A-Z]+_[A-Z_]+\b", PAGE))
    assert named <= set(CELL_FUNCTIONS)


def test_every_button_is_pressed_and_no_other() -> None:
    assert sorted(label for label, _ in BUTTONS) == sorted(command.label for command in COMMANDS)
    assert all(f"*{group}*" in PAGE for group in GROUPS)


def test_the_spilled_example_holds() -> None:
    found = CELL_FUNCTIONS["BILLED_MINUTES"].call([[61.0], [None], ["busy"]])
    assert [str(cell) for row in found for cell in row] == ["2.0", "0.0", "#VALUE!"]
    assert "2, 0 and #VALUE! spill" in PAGE


def test_what_it_says_of_a_workbook_without_the_add_in_holds() -> None:
    after = PAGE.partition("**After.**")[2]
    assert f"lists {len(LAMBDAS)} of the functions, each a `LAMBDA`" in after
    there, not_there = re.findall(r"`(=[^`]+)` is (0\.136|#NAME\?)", after)
    assert "CALL_COST" in LAMBDAS
    assert shown(Formula(there[0]).value()) == there[1]
    assert [name for name in ADDIN_ONLY if f"={name}(" in not_there[0]]
    assert not_there[1] == "#NAME?"


def test_it_says_how_many_templates_the_menu_has() -> None:
    assert len(BLANKS) == 6
    assert "A menu: six templates" in PAGE


def test_the_files_it_takes_are_there() -> None:
    files = re.findall(r"`(examples/[^`]+)`", PAGE)
    assert len(files) == 2
    assert all((ROOT / file).is_file() for file in files)
    calls = (ROOT / files[0]).read_text("utf-8").count("\n") - 1
    assert f"its {calls:,} rows" in PAGE


def test_it_fits_on_one_page() -> None:
    assert len(PAGE.splitlines()) <= 60
    assert max(map(len, PAGE.splitlines())) <= 140


def test_a_wrong_promise_is_seen() -> None:
    assert shown(Formula("=BILLED_MINUTES(80)").value()) != "3"
    assert shown(Formula('=CALL_RATE("1",{"prefix","rate";"44",0.5})').value()) == "#N/A"
