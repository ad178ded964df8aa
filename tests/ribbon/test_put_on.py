"""Comments, charts, pictures and shapes that a person put on the report: asked about before they are lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from addin.hosts.calc import bridge
from addin.hosts.open_workbook.marks import REPORT, marked
from addin.hosts.open_workbook.transfer import Transfer
from tests.ribbon.main_thread import run
from tests.ribbon.months import month_files
from tests.ribbon.scripted import Person

FILTERS = {"xlsx": "Calc MS Excel 2007 XML", "ods": "calc8"}


def losses(book: Any, person: Person) -> list[str]:
    return Transfer(book, person, Path(), REPORT, marked(book, REPORT)).losses()


def comment(sheet: Any, row: int, column: int) -> None:
    place = bridge.cell_address(sheet.index - 1, column - 1, row - 1)
    sheet.api.Annotations.insertNew(place, "Ask Mary")


def draw(sheet: Any, kind: str, name: str = "") -> None:
    shape = sheet.book.api.createInstance(f"com.sun.star.drawing.{kind}Shape")
    sheet.api.DrawPage.add(shape)
    shape.Name = name


def add_chart(sheet: Any) -> None:
    place = bridge.struct("awt.Rectangle", 9000, 500, 8000, 6000)
    source = sheet["A1:B4"].api.getRangeAddress()
    sheet.api.Charts.addNewByName("costs", place, (source,), True, True)


def stored(book: Any, folder: Path, ending: str) -> Any:
    """The workbook as it is after it was saved and opened again."""
    path = folder / f"stored.{ending}"
    book.api.storeToURL(path.as_uri(), bridge.properties(FilterName=FILTERS[ending]))
    return book.app.books.open(str(path))


def test_nothing_is_asked_of_what_is_ours_or_what_calc_draws(
    built: Any, person: Person, tmp_path: Path
) -> None:
    summary = built.sheets["Summary"]
    assert len(summary.api.Charts.ElementNames) == 2
    summary["B1"].formula = "=A1"
    summary.api.showPrecedents(bridge.cell_address(summary.index - 1, 1, 0))
    assert summary.api.DrawPage.Count > 2  # an arrow of the detective, beside our charts
    person.asked.clear()
    person.answers = month_files(tmp_path)
    run("build_reconciliation", built, person)
    assert person.problems == []
    assert len(person.asked) == 3  # both files and the month: no loss
    assert losses(built, person) == []


@pytest.mark.parametrize("ending", FILTERS)
def test_our_charts_are_known_in_a_stored_workbook(
    built: Any, person: Person, tmp_path: Path, ending: str
) -> None:
    comment(built.sheets["Findings"], 6, 6)
    opened = stored(built, tmp_path, ending)
    assert len(opened.sheets["Summary"].api.Charts.ElementNames) == 2
    assert losses(opened, person) == ['The sheet "Findings" holds a comment, in F6.']


@pytest.mark.parametrize("kind", ["GraphicObject", "Line", "Caption", "Custom", "Control"])
def test_a_picture_or_shape_is_asked_about(built: Any, person: Person, kind: str) -> None:
    draw(built.sheets["Assumptions"], kind)
    assert losses(built, person) == ['The sheet "Assumptions" holds a chart or picture of your own.']


def test_a_copy_of_our_chart_is_the_persons(built: Any, person: Person) -> None:
    draw(built.sheets["Summary"], "Rectangle", "Tollsheet chart 1")
    assert losses(built, person) == ['The sheet "Summary" holds a chart or picture of your own.']


@pytest.mark.parametrize("answer", [False, True])
def test_all_of_them_are_named_in_one_question(
    built: Any, person: Person, tmp_path: Path, answer: bool
) -> None:
    summary, findings = built.sheets["Summary"], built.sheets["Findings"]
    add_chart(summary)
    comment(findings, 9, 2)
    comment(findings, 6, 6)
    draw(findings, "GraphicObject")
    draw(findings, "Line", "arrow")
    person.asked.clear()
    person.answers = [*month_files(tmp_path), answer]
    run("build_reconciliation", built, person)
    assert person.problems == []
    assert person.asked[-1].splitlines() == [
        'The sheet "Summary" holds a chart or picture of your own.',
        'The sheet "Findings" holds 2 comments, the first in F6.',
        'The sheet "Findings" holds 2 charts or pictures of your own.',
        "",
        "They would be lost. Replace the sheets all the same?",
    ]
    assert built.sheets["Findings"].api.Annotations.Count == (0 if answer else 2)
    assert ("costs" in built.sheets["Summary"].api.Charts.ElementNames) is not answer
    assert len(losses(built, person)) == (0 if answer else 3)
