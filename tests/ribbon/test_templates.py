"""New from template in a real spreadsheet: a new workbook, and the one that was open as it was."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import xlwings as xw

from addin.hosts.blank_templates import blank_path
from addin.hosts.excel.program import Excel
from addin.ribbon.commands.templates import QUESTION
from templates.blank.made import BLANKS
from tests.ribbon.main_thread import run
from tests.ribbon.scripted import Person
from tests.ribbon.test_build import cells

NUMBERS = {one.name: at for at, one in enumerate(BLANKS)}
"""As the question counts them, but from 0."""


@pytest.mark.parametrize(
    ("answer", "number"),
    [(True, 0), ("2", 1), (" Storage ", NUMBERS["storage"]), ("rate CALLS", NUMBERS["rating"])],
)
def test_a_copy_is_opened_that_has_no_file(
    answer: Any, number: int, app: xw.App, book: Any, person: Person
) -> None:
    book.sheets[0]["A1"].value = "mine"
    before, there = cells(book.sheets[0]), [one.name for one in app.books]
    template = blank_path(BLANKS[number]).read_bytes()
    person.answers = [answer]
    run("new_from_template", book, person)
    [opened] = [one for one in app.books if one.name not in there]
    try:
        assert person.problems == []
        assert BLANKS[number].title in person.told[0]
        assert opened.sheets[0].name == "How to use"
        assert opened.sheets[0]["A1"].value == BLANKS[number].title
        assert opened.sheets[0]["A4"].value == "All checks pass"
        assert not opened.api.hasLocation()
        assert cells(book.sheets[0]) == before
        assert blank_path(BLANKS[number]).read_bytes() == template
    finally:
        opened.api.close(True)


@pytest.mark.parametrize("answer", ["0", "99", "", "letter"])
def test_another_answer_opens_nothing(answer: str, app: xw.App, book: Any, person: Person) -> None:
    books = len(app.books)
    person.answers = [answer]
    run("new_from_template", book, person)
    assert person.problems[0].startswith(f'There is no template "{answer}"')
    assert person.told == []
    assert len(app.books) == books


def test_a_cancelled_question_opens_nothing(app: xw.App, book: Any, person: Person) -> None:
    books = len(app.books)
    person.answers = [None]
    run("new_from_template", book, person)
    assert (person.told, person.problems, len(app.books)) == ([], [], books)


def test_excel_opens_it_as_a_template() -> None:
    """`Workbooks.Add` with a file makes a new workbook of it, which is not that file."""
    added: list[str] = []
    books = SimpleNamespace(Add=lambda Template: added.append(Template))  # noqa: N803  # Excel's own name
    Excel(SimpleNamespace(api=SimpleNamespace(Workbooks=books))).open_copy(Path("templates/rating.xlsx"))
    assert added == [str(Path("templates/rating.xlsx"))]


def test_excel_shows_the_whole_question() -> None:
    assert len(QUESTION) <= 255
    assert all(one.title in QUESTION for one in BLANKS)
