"""New from template in a real spreadsheet: a new workbook, and the one that was open as it was."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import xlwings as xw

from addin.hosts.blank_templates import blank_path
from addin.hosts.excel.program import Excel
from addin.ribbon.surface import COMMANDS
from templates.blank.made import BLANKS, Blank
from tests.ribbon.main_thread import run
from tests.ribbon.scripted import Person
from tests.ribbon.test_build import cells

(MENU,) = (command for command in COMMANDS if command.name == "new_from_template")


def test_each_template_has_an_item_of_its_own() -> None:
    assert [(item.label, item.tip) for item in MENU.items] == [(one.title, one.purpose) for one in BLANKS]
    assert len({item.name for item in MENU.items}) == len(BLANKS)


@pytest.mark.parametrize(
    ("item", "blank"), list(zip(MENU.items, BLANKS, strict=True)), ids=[one.name for one in BLANKS]
)
def test_an_item_opens_a_copy_that_has_no_file(
    item: Any, blank: Blank, app: xw.App, book: Any, person: Person
) -> None:
    book.sheets[0]["A1"].value = "mine"
    before, there = cells(book.sheets[0]), [one.name for one in app.books]
    template = blank_path(blank).read_bytes()
    run(item.name, book, person)
    [opened] = [one for one in app.books if one.name not in there]
    try:
        assert (person.problems, person.asked) == ([], [])
        assert f'from the template "{item.label}"' in person.told[0]
        assert opened.sheets[0].name == "How to use"
        assert opened.sheets[0]["A1"].value == blank.title
        assert opened.sheets[0]["A4"].value == "All checks pass"
        assert not opened.api.hasLocation()
        assert cells(book.sheets[0]) == before
        assert blank_path(blank).read_bytes() == template
    finally:
        opened.api.close(True)


def test_an_item_that_a_version_does_not_know_opens_nothing(app: xw.App, book: Any, person: Person) -> None:
    books = len(app.books)
    run("new_from_template.letter", book, person)
    assert person.problems[0].startswith('There is no template "letter"')
    assert (person.told, len(app.books)) == ([], books)


def test_excel_opens_it_as_a_template() -> None:
    """`Workbooks.Add` with a file makes a new workbook of it, which is not that file."""
    added: list[str] = []
    books = SimpleNamespace(Add=lambda Template: added.append(Template))  # noqa: N803  # Excel's own name
    Excel(SimpleNamespace(api=SimpleNamespace(Workbooks=books))).open_copy(Path("templates/rating.xlsx"))
    assert added == [str(Path("templates/rating.xlsx"))]
