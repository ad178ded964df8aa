"""Workbooks as a real LibreOffice with the extension saves them, made portable and opened again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import xlsxwriter

from addin.hosts.package import Workbook, read_package
from addin.hosts.portable.portable import save_portable
from templates.formulas.lambdas import LAMBDAS
from tests.hosts.package.made import unzipped
from tests.hosts.portable.linked import OTHER, linked_workbook
from tests.hosts.portable.test_portable import texts
from tests.office.cells import WRITERS
from tests.office.extension import unpack
from tests.office.harness import Office, office
from tests.validator.validate import problems

SHEET = "xl/worksheets/sheet1.xml"


@pytest.fixture(scope="module")
def calc(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with office(extensions=unpack(tmp_path_factory.mktemp("extensions"))) as running:
        yield running


def portable(calc: Office, book: Path) -> Path:
    """As LibreOffice saves it, made portable."""
    saved = book.with_name("saved.xlsx")
    calc.save_recalculated(book, saved)
    target, _ = save_portable(saved, None, force=False)
    assert problems(target) == problems(saved)  # LibreOffice's styles are not all in order
    return target


def test_cells_of_every_function_show_the_same_after_it(calc: Office, tmp_path: Path) -> None:
    saved = tmp_path / "saved.xlsx"
    calc.save_recalculated(WRITERS["XlsxWriter"](tmp_path / "cells.xlsx"), saved)
    target, made = save_portable(saved, None, force=False)
    assert made.uses
    assert any("CARD_COST" in one.what for one in made.needing)
    before, after = unzipped(saved.read_bytes()), unzipped(target.read_bytes())
    assert {part for part in before if before[part] != after[part]} == {"xl/workbook.xml"}
    assert problems(target) == problems(saved)
    old, new = calc.read_workbook(saved), calc.read_workbook(target)
    assert {name: sheet.values for name, sheet in new.items()} == {
        name: sheet.values for name, sheet in old.items()
    }


def test_what_calc_does_not_resolve_becomes_plain(calc: Office, tmp_path: Path) -> None:
    """Rules and formulas of Excel's that Calc keeps as text, in small letters."""
    book = tmp_path / "book.xlsx"
    workbook = xlsxwriter.Workbook(book)
    sheet = workbook.add_worksheet("Mine")
    sheet.write_number("A1", 80)
    sheet.write_formula("B1", "=BILLED_MINUTES(A1)")
    sheet.write_formula("B2", "='C:\\add-ins\\tollsheet.xlam'!BILLED_MINUTES(A1)")
    sheet.write_formula("B3", "=_xludf.BILLED_MINUTES(A1)")
    sheet.write_formula("B4", '="BILLED_MINUTES("&A1')
    sheet.conditional_format("A1", {"type": "formula", "criteria": "=BILLED_MINUTES(A1)=2"})
    sheet.data_validation("A2", {"validate": "custom", "value": "=BILLED_MINUTES(A1)=2"})
    workbook.close()
    target = portable(calc, book)
    assert texts(target, SHEET, "f", "formula", "formula1") == [
        "BILLED_MINUTES(A1)",
        "BILLED_MINUTES(A1)",
        "BILLED_MINUTES(A1)",
        '"BILLED_MINUTES("&A1',
        "BILLED_MINUTES(A1)=2",
        "BILLED_MINUTES(A1)=2",
    ]
    assert [calc.read_workbook(target)["Mine"].values[f"B{row}"] for row in (1, 2, 3)] == [2.0, 2.0, 2.0]


def test_links_that_calc_dropped_are_not_taken_for_others(calc: Office, tmp_path: Path) -> None:
    """Calc drops the link to the add-in, so that its `[1]` is the number of the next one."""
    target = portable(calc, linked_workbook(tmp_path / "book.xlsx"))
    found = texts(target, SHEET, "f")
    assert "CALL_COST(A2,B2)" in found
    assert 'CALL_COST(A3,[1]Rates!$B$2)&"[1]!CALL_COST("' in found
    assert OTHER.encode() in unzipped(target.read_bytes())["xl/externalLinks/_rels/externalLink1.xml.rels"]
    assert calc.read_workbook(target)["Calls"].values["C2"] == pytest.approx(0.02)


def test_a_portable_workbook_that_calc_saved_is_made_portable_again(calc: Office, tmp_path: Path) -> None:
    """Calc drops the comments and writes LAMBDA in small letters, which Excel may not take."""
    first, _ = save_portable(linked_workbook(tmp_path / "book.xlsx"), None, force=False)
    again = tmp_path / "again.xlsx"
    calc.save_recalculated(first, again)
    stale = {one.name: one.text for one in Workbook(read_package(again)).names()}
    assert stale["CALL_COST"] != LAMBDAS["CALL_COST"].stored
    target, made = save_portable(again, None, force=False)
    assert made.names_replaced == [*LAMBDAS]
    assert made.needing == []
    named = {one.name: (one.text, one.comment) for one in Workbook(read_package(target)).names()}
    assert {name: (one.stored, one.comment) for name, one in LAMBDAS.items()}.items() <= named.items()
    assert problems(target) == problems(again)
