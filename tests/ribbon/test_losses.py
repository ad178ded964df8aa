"""What of a person's own would be lost with an old report: they are asked or told before anything changes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from addin.errors import TollsheetError
from addin.hosts.calc import bridge
from addin.hosts.open_workbook.marks import HELP, REPORT, marked, own_cells
from addin.hosts.open_workbook.transfer import Transfer
from addin.ribbon.desk import Desk
from tests.ribbon.main_thread import run
from tests.ribbon.scripted import Person
from tests.ribbon.small_report import add_own, move, state, write_report

ASKED = "This would be lost. Replace the sheets all the same?"


@pytest.fixture
def built(book: Any, person: Person, tmp_path: Path) -> Any:
    """A workbook with a report, and a sheet of the person's that builds on it."""
    move(book, person, write_report(tmp_path / "first.xlsx"))
    add_own(book)
    return book


def losses(book: Any, person: Person) -> list[str]:
    return Transfer(book, person, Path(), REPORT, marked(book, REPORT)).losses()


@pytest.mark.parametrize("answer", [None, False, True])
def test_cells_added_to_our_sheet_are_asked_about(book: Any, person: Person, answer: bool | None) -> None:
    run("function_help", book, person)
    (sheet,) = marked(book, HELP)
    sheet["H3"].value = "my own"
    before = state(book)
    person.answers = [answer]
    run("function_help", book, person)
    name = f'The sheet "{sheet.name}"' if not answer else 'The sheet "Tollsheet functions"'
    assert person.asked == [f"{name} holds cells of your own, such as H3.\n\n{ASKED}"]
    assert person.cancellable == [False]  # two outcomes, two buttons
    assert person.problems == []
    assert len(person.told) == (2 if answer else 1)
    if answer:
        assert marked(book, HELP)[0]["H3"].value is None
    else:
        assert state(book) == before


@pytest.mark.parametrize("place", ["D2", "A9", "F20"])
def test_a_cell_beside_or_below_ours_is_the_persons(built: Any, person: Person, place: str) -> None:
    assert losses(built, person) == []
    built.sheets["Calls"][place].value = 0
    assert losses(built, person) == [f'The sheet "Calls" holds cells of your own, such as {place}.']


def test_a_formula_that_shows_nothing_is_the_persons_too(built: Any, person: Person) -> None:
    built.sheets["Calls"]["D2"].formula = '=IF(1=1,"","x")'
    assert losses(built, person) == ['The sheet "Calls" holds cells of your own, such as D2.']


def test_a_cell_far_away_is_found_too(built: Any, person: Person) -> None:
    calls = built.sheets["Calls"]
    calls["F900000"].value = 0
    assert losses(built, person) == ['The sheet "Calls" holds cells of your own, such as F900000.']


def test_ours_follow_the_rows_and_columns_that_a_person_inserts(built: Any, person: Person) -> None:
    calls = built.sheets["Calls"]
    calls.api.Rows.insertByIndex(0, 2)
    calls.api.Columns.insertByIndex(0, 1)
    assert losses(built, person) == []
    calls["A4"].value = "#"
    assert own_cells(built, REPORT)[calls.name] == "A4"
    calls["B1"].value = "#"
    assert own_cells(built, REPORT)[calls.name] == "B1"


def test_written_over_or_emptied_ours_stay_ours(built: Any, person: Person) -> None:
    calls = built.sheets["Calls"]
    calls["A2"].value = "note"
    calls["B2:B4"].clear_contents()
    assert losses(built, person) == []


def test_what_a_new_sheet_cannot_be_given_to_is_asked_about(built: Any, person: Person) -> None:
    own = built.sheets["Mine"]
    validity = own["F1"].api.Validation
    validity.Type = bridge.enum("sheet.ValidationType", "LIST")
    validity.setFormula1("$Calls.$A$2:$A$4")
    own["F1"].api.Validation = validity
    rules = own["G1"].api.ConditionalFormat
    by_formula = bridge.enum("sheet.ConditionOperator", "FORMULA")
    rules.addNew(bridge.properties(Operator=by_formula, Formula1="$Summary.$A$2>2", StyleName="Good"))
    own["G1"].api.ConditionalFormat = rules
    pivots = own.api.getDataPilotTables()
    pivot = pivots.createDataPilotDescriptor()
    pivot.setSourceRange(built.sheets["Calls"]["A1:B4"].api.getRangeAddress())
    pivots.insertNewByName("costs", bridge.cell_address(own.index - 1, 0, 20), pivot)
    assert losses(built, person) == [
        'The pivot table "costs" on the sheet "Mine" leads to cells that go.',
        'A conditional format on the sheet "Mine" leads to cells that go.',
        'A validity rule on the sheet "Mine" leads to cells that go.',
    ]


def test_a_rule_that_only_has_the_same_word_is_not_asked_about(built: Any, person: Person) -> None:
    rules = built.sheets["Mine"]["G1"].api.ConditionalFormat
    by_formula = bridge.enum("sheet.ConditionOperator", "FORMULA")
    rules.addNew(bridge.properties(Operator=by_formula, Formula1='$A$1="Calls"', StyleName="Good"))
    built.sheets["Mine"]["G1"].api.ConditionalFormat = rules
    assert losses(built, person) == []


def test_a_locked_cell_that_leads_to_the_report_is_said_before_any_question(
    built: Any, person: Person, tmp_path: Path
) -> None:
    built.sheets["Mine"].api.protect("")
    before = state(built)
    run("build_reconciliation", built, person)
    assert person.problems == [
        'The sheet "Mine" is protected, and its cell A1 leads to sheets that would be replaced: it could '
        "not be led to the new ones.\n\n"
        "Take the protection away (Tools > Protect Sheet), and try again."
    ]
    assert person.asked == []
    with pytest.raises(TollsheetError, match='The sheet "Mine" is protected'):
        move(built, person, write_report(tmp_path / "again.xlsx"))
    assert state(built) == before


def test_cells_that_are_not_locked_are_led_to_the_new_sheets(
    built: Any, person: Person, tmp_path: Path
) -> None:
    own = built.sheets["Mine"]
    protection = own["A1:C6"].api.CellProtection
    protection.IsLocked = False
    own["A1:C6"].api.CellProtection = protection
    own.api.protect("")
    Desk(built, person).refuse_protected(REPORT)
    move(built, person, write_report(tmp_path / "again.xlsx", (10.0, 20.0, 40.0)))
    assert own["A1:A6"].value == [140, 70, 70, 20, 20, 40]
    assert own["C1:C3"].value == [100, 200, 400]
