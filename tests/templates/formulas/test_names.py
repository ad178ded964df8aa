"""The functions as names: in every workbook that is written, in the form in which Excel keeps them."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest

from addin.hosts.new_workbook import for_copying, open_workbook
from templates.formulas.lambdas import LAMBDAS
from templates.formulas.stored import LATER, PLAIN, compact, stored_lambda
from udfs.cells import CELL_FUNCTIONS

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def test_a_workbook_carries_them_with_their_help(tmp_path: Path) -> None:
    path = tmp_path / "new.xlsx"
    with open_workbook(path) as workbook:
        workbook.add_worksheet("Mine")
        workbook.define_name("tolerance", "=Mine!$A$1")
    with ZipFile(path) as package:
        names = ElementTree.fromstring(package.read("xl/workbook.xml")).iter(f"{_MAIN}definedName")
        found = {one.get("name"): (one.text, one.get("comment")) for one in names}
        properties = package.read("docProps/app.xml").decode()
    assert found == {
        **{name: (one.stored, one.comment) for name, one in LAMBDAS.items()},
        "tolerance": ("Mine!$A$1", None),
    }
    assert "<vt:lpstr>tolerance</vt:lpstr>" in properties
    assert "CALL_COST" not in properties, "a function is no range"


def test_one_that_is_to_be_copied_from_carries_none(tmp_path: Path) -> None:
    path = tmp_path / "copied.xlsx"
    with for_copying(), open_workbook(path) as workbook:
        workbook.add_worksheet("Mine")
    with ZipFile(path) as package:
        assert b"LAMBDA" not in package.read("xl/workbook.xml")


@pytest.mark.parametrize("name", LAMBDAS)
def test_variables_are_told_from_functions_and_cells(name: str) -> None:
    """IronCalc took a variable is_billed for the name IS_BILLED; formulon a variable text for TEXT."""
    variables = set(re.findall(r"_xl[po][pm]\.(\w+)", LAMBDAS[name].stored))
    own = {argument.name for argument in CELL_FUNCTIONS[name].arguments}
    folded = {one.upper() for one in variables - own}
    assert folded.isdisjoint(LAMBDAS)
    assert folded.isdisjoint(LATER | PLAIN)
    assert not {one for one in variables if re.fullmatch(r"[a-z]{1,3}\d+|[rc]\d*", one)}
    called = set(re.findall(r"(?<![.\w])([A-Z]+)\(", LAMBDAS[name].stored))
    assert {one for one in own if one.upper() in called} == set(), "a call would take the argument for itself"


@pytest.mark.parametrize(
    "typed", ["SUMIF(rate)", "Rate+1", "rate+[fee]", "ab1+1", "r*2", "XLOOKUP(rate)", "rate;1", "#REF!"]
)
def test_what_is_not_known_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r"cannot|no function"):
        stored_lambda(["rate"], [], typed)


def test_texts_keep_their_blanks() -> None:
    assert compact('IF( a = "he said "" x "" ", 1, 2 )') == 'IF(a="he said "" x "" ",1,2)'
