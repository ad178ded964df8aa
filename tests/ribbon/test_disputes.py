"""The button Dispute in a real spreadsheet: from the reconciliation beside it, keeping what people enter."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from addin.hosts.open_workbook.marks import DISPUTES, REPORT, marked
from addin.hosts.report_files.disputes import write_disputes
from addin.hosts.report_files.reconciliation import write_reconciliation
from tests.disputes.make import month
from tests.disputes.make import run as run_disputes
from tests.disputes.test_earlier import OCTOBER
from tests.ribbon.main_thread import run
from tests.ribbon.months import BILL, LOG, put, set_settings
from tests.ribbon.scripted import Person
from tests.ribbon.test_notes import build

SHEETS = ["Dispute summary", "Disputes", "Not disputed", "Letter"]
SUMMARY, TABLE, LETTER = SHEETS[0], SHEETS[1], SHEETS[3]


@pytest.fixture
def reconciled(built: Any, person: Person) -> Any:
    """A stored workbook with its reconciliation, and a day on the settings' sheet."""
    set_day(built, person)
    return built


def set_day(book: Any, person: Person) -> None:
    run("configuration", book, person)
    set_settings(book, Disputes_as_of="2026-10-05")
    assert person.problems == []


def at(sheet: Any, call_id: str, header: str) -> Any:
    """The cell of a dispute, wherever it stands."""
    heads = sheet["A4:AG4"].value
    ids = sheet["B1:B20"].value
    return sheet.range((ids.index(call_id) + 1, heads.index(header) + 1))


def test_from_the_reconciliation_of_the_workbook(reconciled: Any, person: Person) -> None:
    book = reconciled
    before = [sheet.name for sheet in book.sheets]
    run("dispute_sheet", book, person)
    assert person.problems == []
    names = [sheet.name for sheet in book.sheets]
    assert names[: len(before)] == before
    assert names[len(before) :] == [*SHEETS, "Assumptions (Dispute)", "About"]
    table = book.sheets[TABLE]
    assert [one for one in table["B5:B9"].value if one] == ["CA1", "CA2", "CA9"]
    assert at(table, "CA1", "In question").value == pytest.approx(0.028)
    assert at(table, "CA9", "Reason").value == "Call not in our records"
    assert at(table, "CA1", "Age, days").value == 0
    assert book.names["check_disputes"].refers_to_range.value == 1
    assert "Disputes 2026-09: open. As of 2026-10-05: 3 disputes" in person.told[-1]
    book.names["dispute_as_of"].refers_to_range.value = datetime(2026, 11, 5)
    book.app.calculate()
    assert at(table, "CA1", "Age, days").value == 31
    assert at(table, "CA1", "Age bucket").value == "31 to 60 days"


def alarm_of(book: Any) -> tuple[int, int]:
    """The colours of a variance that is not 0."""
    (rule, *_) = book.sheets["Summary"].api.ConditionalFormats.getConditionalFormats()
    style = book.api.StyleFamilies.getByName("CellStyles").getByName(rule.getByIndex(0).StyleName)
    return style.CharColor, style.CellBackColor


def test_tables_and_colours_of_other_reports_stay(reconciled: Any, person: Person) -> None:
    book = reconciled
    own = book.sheets[0]
    own["A1"].formula = "=ROWS(Days)"
    days = own["A1"].value
    alarm = alarm_of(book)
    run("dispute_sheet", book, person)
    assert person.problems == []
    assert (own["A1"].formula, own["A1"].value) == ("=ROWS(Days)", days)
    assert book.names["check_all"].refers_to_range.value == 1
    assert alarm_of(book) == alarm


def test_run_again_it_keeps_every_yellow_cell(reconciled: Any, person: Person) -> None:
    book = reconciled
    reports = len(marked(book, REPORT))
    run("dispute_sheet", book, person)
    table, letter = book.sheets[TABLE], book.sheets[LETTER]
    typed = {"Status": "accepted", "Reference": "0012", "Owner": "agent01", "Note": "=x"}
    for header, text in typed.items():
        at(table, "CA1", header).value = text
    at(table, "CA1", "Amount credited").value = 0.01
    at(table, "CA1", "Status date").value = datetime(2026, 10, 4)
    letter["A4"].value = "Example Telecom"
    assert letter["J4"].value == "Provider"
    own = book.sheets[0]
    own["A1"].formula = "=Disputes!K5"
    run("dispute_sheet", book, person)
    assert person.problems == []
    assert len(marked(book, DISPUTES)) == 6
    assert len(marked(book, REPORT)) == reports
    table, letter = book.sheets[TABLE], book.sheets[LETTER]
    assert {header: at(table, "CA1", header).value for header in typed} == typed
    assert at(table, "CA1", "Amount credited").value == 0.01
    assert at(table, "CA1", "Outstanding").value == pytest.approx(0.018)
    assert at(table, "CA1", "Status date").value == datetime(2026, 10, 4)
    assert letter["A4"].value == "Example Telecom"
    assert own["A1"].formula == "=Disputes!K5"
    assert "What was entered beside 3 earlier disputes was kept." in person.told[-1]


def test_a_column_of_the_person_s_own_is_asked_about_once(reconciled: Any, person: Person) -> None:
    book = reconciled
    run("dispute_sheet", book, person)
    table = book.sheets[TABLE]
    last = table.used_range.last_cell.column
    table.range((4, last + 1)).value, table.range((5, last + 1)).value = "Mine", "seen"
    person.answers = [False]
    run("dispute_sheet", book, person)
    assert person.asked[-1] == (
        'Beside the disputes stands "Mine", which the new sheet will not have: it keeps its yellow cells.\n\n'
        "This would be lost. Replace the sheets all the same?"
    )
    table.range((1, last + 3)).value = "a note above"
    person.answers = [False]
    run("dispute_sheet", book, person)
    assert 'The sheet "Disputes" holds cells of your own, such as ' in person.asked[-1]
    assert person.asked[-1].endswith("They would be lost. Replace the sheets all the same?")


def test_the_letter_names_workbook_and_sheet(book: Any, person: Person, tmp_path: Path) -> None:
    put(book, "Our log", LOG)
    put(book, "Bill", BILL)
    run("configuration", book, person)
    set_settings(book, Disputes_as_of="2026-10-05")
    person.answers = [True, True]
    run("build_reconciliation", book, person)
    run("dispute_sheet", book, person)
    assert person.problems == []
    row = [cell for cell in book.sheets[LETTER]["H1:H40"].value if cell and "CA" not in cell]
    name = book.name
    assert f"our record {name}, sheet Our log, row 2, your record {name}, sheet Bill, row 2" in row, row
    assert at(book.sheets[TABLE], "CA1", "Place in the bill").value == f"{name}, sheet Bill:2"


def test_a_status_that_is_none_is_named_and_nothing_is_changed(reconciled: Any, person: Person) -> None:
    book = reconciled
    run("dispute_sheet", book, person)
    at(book.sheets[TABLE], "CA2", "Status").value = "disputed"
    names = [sheet.name for sheet in book.sheets]
    run("dispute_sheet", book, person)
    assert "cell Disputes!M6 (Status): 'disputed' cannot be used" in person.problems[-1]
    assert [sheet.name for sheet in book.sheets] == names


def test_disputes_of_the_month_before_come_along(book: Any, person: Person, tmp_path: Path) -> None:
    """Without a reconciliation in the workbook its file is asked for."""
    write_reconciliation(month(), tmp_path / "september.xlsx")
    earlier = run_disputes(OCTOBER)
    write_disputes(earlier, tmp_path / "earlier.xlsx")
    run("configuration", book, person)
    day, before = "2026-10-05", str(tmp_path / "earlier.xlsx")
    set_settings(book, Disputes_as_of=day, Earlier_dispute_workbook=before)
    person.answers = [[tmp_path / "september.xlsx"]]
    run("dispute_sheet", book, person)
    assert person.problems == []
    assert "holds a reconciliation" in person.asked[-1]
    about = book.sheets["About"]
    assert "earlier.xlsx" in about["B1:B30"].value


@pytest.mark.parametrize(
    ("setting", "value"), [("Ageing_boundaries__days", "60; 30"), ("Disputes_as_of", "soon")]
)
def test_a_setting_that_cannot_be_used_is_named(
    setting: str, value: str, reconciled: Any, person: Person
) -> None:
    set_settings(reconciled, **{setting: value})
    run("dispute_sheet", reconciled, person)
    assert len(person.problems) == 1
    assert SUMMARY not in [sheet.name for sheet in reconciled.sheets]


def test_formulas_of_the_reconciliation_stay_over_their_own_tables(
    book: Any, person: Person, tmp_path: Path
) -> None:
    """In the workbook where it was built: LibreOffice stores a name of a table as its cells."""

    def formulas() -> list[Any]:
        return [sheet.used_range.formula for sheet in marked(book, REPORT)]

    build(book, person, tmp_path)
    set_day(book, person)
    before = formulas()
    assert "Categories[" in str(before)
    run("dispute_sheet", book, person)
    assert person.problems == []
    assert formulas() == before
    book.api.calculateAll()
    assert book.names["check_all"].refers_to_range.value == 1
