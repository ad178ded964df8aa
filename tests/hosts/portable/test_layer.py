"""Names and tables of a workbook that are called like the functions that it is to carry."""

from __future__ import annotations

from pathlib import Path

import pytest

from addin.errors import TollsheetError
from addin.hosts.package import Package, Workbook, read_package
from addin.hosts.package.editing import escaped
from templates.formulas.lambdas import LAMBDAS
from tests.hosts.portable.linked import linked_workbook
from tests.hosts.portable.test_portable import changed, converted
from tests.validator.validate import problems


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return linked_workbook(tmp_path / "book.xlsx")


def test_a_name_of_somebodys_own_is_refused(book: Path) -> None:
    changed(book, lambda package: Workbook(package).set_name("call_cost", "Calls!$A$1"))
    with pytest.raises(
        TollsheetError, match=r"book\.xlsx has a name call_cost that is not Tollsheet's: =Calls!\$A\$1"
    ):
        converted(book)
    assert not book.with_name("book (portable).xlsx").exists()


def test_a_total_of_an_earlier_report_is_told_from_that(book: Path) -> None:
    changed(book, lambda package: Workbook(package).set_name("billed_minutes", "Calls!$A$1"))
    with pytest.raises(TollsheetError, match="an earlier Tollsheet: its total billed_minutes is called like"):
        converted(book)


def test_a_lambda_of_somebodys_own_is_refused(book: Path) -> None:
    changed(
        book,
        lambda package: Workbook(package).set_name("CALL_COST", "_xlfn.LAMBDA(_xlpm.a,1)", comment="Ann's"),
    )
    with pytest.raises(TollsheetError, match=r"that is not Tollsheet's: =_xlfn\.LAMBDA"):
        converted(book)


def test_a_table_called_like_a_function_is_refused(book: Path) -> None:
    part = "xl/tables/table1.xml"
    changed(
        book,
        lambda package: package.put(
            part, package.content(part).replace(b'displayName="Log"', b'displayName="Call_Cost"')
        ),
    )
    with pytest.raises(TollsheetError, match='has a table called Call_Cost on its sheet "R & D"'):
        converted(book)


def test_an_earlier_one_of_ours_is_replaced_and_that_of_a_sheet_goes(book: Path) -> None:
    old = "_xlfn.LAMBDA(_xlpm.duration,1)"
    name = LAMBDAS["CALL_COST"]

    def earlier(package: Package) -> None:
        workbook = Workbook(package)
        workbook.set_name("CALL_COST", old, comment="What a call costs. Tollsheet.")
        with package.edit(workbook.part) as xml:
            [names] = xml.find("definedNames")
            xml.append(
                names, f'<definedName name="CALL_COST" localSheetId="1">{escaped(name.stored)}</definedName>'
            )

    target, made = converted(changed(book, earlier))
    assert made.names_replaced == ["CALL_COST"]
    found = [one for one in Workbook(read_package(target)).names() if one.name == "CALL_COST"]
    assert [(one.text, one.sheet) for one in found] == [(name.stored, "")]
    assert problems(target) == []
