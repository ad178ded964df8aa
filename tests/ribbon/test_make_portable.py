"""Make portable: a copy of the open workbook beside it, and the workbook as it was."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import xlwings as xw

from addin.hosts.calc import bridge
from addin.hosts.package import Workbook, read_package
from templates.formulas.lambdas import LAMBDAS
from tests.hosts.portable.linked import linked_workbook
from tests.hosts.portable.test_portable import texts
from tests.ribbon.main_thread import run
from tests.ribbon.scripted import Person
from tests.ribbon.test_bad_input import state

SHEET = "xl/worksheets/sheet1.xml"


def written(folder: Path) -> list[str]:
    """The workbooks in a folder; not the files by which a program says that it has one open."""
    return sorted(path.name for path in folder.iterdir() if path.suffix in (".xlsx", ".ods"))


def test_what_is_not_saved_yet_is_in_the_copy(book: Any, person: Person, tmp_path: Path) -> None:
    book.save(str(tmp_path / "mine.ods"))
    stored = (tmp_path / "mine.ods").read_bytes()
    book.sheets[0]["A1"].value = 80
    book.sheets[0]["B1"].formula = "=BILLED_MINUTES(A1)"
    before = state(book)
    run("make_portable", book, person)
    copy = tmp_path / "mine (portable).xlsx"
    assert person.problems == []
    assert person.told == [
        "1 formula changed.\n"
        "8 functions are in the workbook itself: Excel 365 and 2024 calculate them without the add-in.\n"
        f"The copy is {copy}, and holds what is on the screen, saved or not."
    ]
    assert texts(copy, SHEET, "f") == ["BILLED_MINUTES(A1)"]
    assert {one.name for one in Workbook(read_package(copy)).names()} == {*LAMBDAS}
    assert (state(book), book.api.isModified()) == (before, True)
    assert (tmp_path / "mine.ods").read_bytes() == stored
    assert book.fullname == str(tmp_path / "mine.ods")


def test_a_workbook_of_excel_s_is_copied_as_excel_left_it(
    app: xw.App, person: Person, tmp_path: Path
) -> None:
    """What Calc does not know, such as sparklines, is in the copy, since nothing was changed in Calc."""
    path = linked_workbook(tmp_path / "book.xlsx")
    before = read_package(path)
    book = app.books.open(str(path))
    run("make_portable", book, person)
    book.close()
    assert person.problems == []
    copy = read_package(tmp_path / "book (portable).xlsx")
    assert copy.content("xl/styles.xml") == before.content("xl/styles.xml")
    assert b"sparkline" in copy.content(SHEET)


def test_a_changed_workbook_with_macros_stays_one(
    app: xw.App, book: Any, person: Person, tmp_path: Path
) -> None:
    path = tmp_path / "mine.xlsm"
    options = bridge.properties(FilterName="Calc MS Excel 2007 VBA XML")
    book.api.storeAsURL(path.as_uri(), options)
    book.sheets[0]["A1"].value = 80
    run("make_portable", book, person)
    assert person.problems == []
    assert read_package(tmp_path / "mine (portable).xlsm").ending == ".xlsm"


def test_a_copy_that_is_there_is_asked_for(book: Any, person: Person, tmp_path: Path) -> None:
    book.save(str(tmp_path / "mine.ods"))
    copy = tmp_path / "mine (portable).xlsx"
    copy.write_bytes(b"mine")
    person.answers = [False]
    run("make_portable", book, person)
    assert person.asked == [f"{copy} exists already. Replace it?"]
    assert (person.told, person.problems, copy.read_bytes()) == ([], [], b"mine")
    person.answers = [True]
    run("make_portable", book, person)
    assert copy.read_bytes().startswith(b"PK")


def test_a_workbook_without_a_folder_is_said(book: Any, person: Person) -> None:
    run("make_portable", book, person)
    assert person.problems == [f"{book.name} has no folder yet.\n\nSave it on this computer, then try again."]


@pytest.mark.parametrize("ending", ["xlsx", "ods"])
def test_a_workbook_with_a_password_is_refused(
    app: xw.App, book: Any, person: Person, tmp_path: Path, ending: str
) -> None:
    """A copy that Calc stores would not have it."""
    path = tmp_path / f"secret.{ending}"
    filter_name = {"xlsx": "Calc MS Excel 2007 XML", "ods": "calc8"}[ending]
    book.api.storeAsURL(path.as_uri(), bridge.properties(FilterName=filter_name, Password="x"))
    book.sheets[0]["A1"].value = 1
    run("make_portable", book, person)
    problem = f"secret.{ending} has a password, which a copy would not have."
    assert person.problems == [f"{problem}\n\nSave it without one, then try again."]
    assert written(tmp_path) == [path.name]


def test_a_name_that_is_taken_is_said_by_the_name_of_the_workbook(
    app: xw.App, person: Person, tmp_path: Path
) -> None:
    path = linked_workbook(tmp_path / "book.xlsx")
    package = read_package(path)
    Workbook(package).set_name("CALL_COST", "Calls!$A$1")
    package.write(path)
    book = app.books.open(str(path))
    book.sheets[0]["A1"].value = 1
    run("make_portable", book, person)
    book.close()
    assert person.problems[0].startswith(
        "book.xlsx has a name CALL_COST that is not Tollsheet's: =Calls!$A$1."
    )
    assert written(tmp_path) == ["book.xlsx"]
