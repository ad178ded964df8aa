"""Fill this workbook: a filled copy of the open workbook beside it, and the workbook as it was."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import xlwings as xw

from addin.hosts.blank_templates import blank_path
from addin.hosts.open_workbook.place import path_of
from templates.blank.made import BLANKS
from tests.hosts.filling.filled import opened
from tests.hosts.filling.templates import write_template
from tests.ribbon.main_thread import run
from tests.ribbon.months import LOG, row, set_settings, write_csv
from tests.ribbon.scripted import Person
from tests.ribbon.test_bad_input import state
from tests.ribbon.test_make_portable import written

CALL_LOG = "The call log, for the table Calls: choose the files, or cancel to leave it alone"
RATES = "The rate card, for the table Rates: choose the files, or cancel to leave it alone"
MONTH = "Which month is the workbook filled for, as YYYY-MM? 5 of 5 calls of our log are in 2026-09 (UTC)."
CARD = (("prefix", "rate", "currency"), ("44", "0.0158", "USD"), ("1", "0.0085", "USD"), ("", "0.5", "USD"))


@pytest.fixture
def template(app: xw.App, book: Any, tmp_path: Path) -> Any:
    """A template that somebody made their own, opened; closed with all the others."""
    return app.books.open(str(write_template(tmp_path / "mine.xlsx")))


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return write_csv(tmp_path / "log.csv", LOG)


@pytest.fixture
def card(tmp_path: Path) -> Path:
    return write_csv(tmp_path / "card.csv", CARD[1:], CARD[0])


def column(path: Path, table: str, header: str) -> list[object]:
    """What a table of a file holds in one column."""
    for sheet in opened(path.read_bytes()):
        if table in sheet.tables:
            rows = [[cell.value for cell in cells] for cells in sheet[sheet.tables[table].ref]]
            at = rows[0].index(header)
            return [cells[at] for cells in rows[1:]]
    raise AssertionError(f"no table {table}")


def test_a_filled_copy_is_written_and_opened(
    app: xw.App, template: Any, person: Person, tmp_path: Path, log: Path, card: Path
) -> None:
    before, stored = state(template), (tmp_path / "mine.xlsx").read_bytes()
    person.answers = [[log], [card], True]
    run("fill_workbook", template, person)
    copy = tmp_path / "mine 2026-09.xlsx"
    assert person.problems == []
    assert person.asked == [CALL_LOG, RATES, MONTH]
    [told] = person.told
    assert told.startswith("Filled: Calls with 5 rows and Rates with 3 rows.\n")
    assert 'Calls has no column "' not in told
    assert "Calls[Team]: what stood there (1 of the former rows) is not in the new rows." in told
    assert "Summary!B13 uses INDIRECT: addresses in its text do not follow the tables." in told
    assert told.endswith(f"The copy is {copy}, now open. All else in it is as on the screen, saved or not.")
    assert column(copy, "Calls", "Call id")[:5] == [f"CA{number}" for number in range(1, 6)]
    assert opened(copy.read_bytes())["Summary"]["B3"].value == "2026-09"
    [shown] = [one for one in app.books if path_of(one) == copy]
    assert shown.sheets["Summary"]["B5"].value == 5 * 61
    assert (state(template), template.api.isModified()) == (before, False)
    assert (tmp_path / "mine.xlsx").read_bytes() == stored


def test_what_is_not_saved_yet_is_in_the_copy(
    template: Any, person: Person, tmp_path: Path, log: Path
) -> None:
    template.sheets["Summary"]["A3"].value = "The month"
    person.answers = [[log], None, True]
    run("fill_workbook", template, person)
    assert person.problems == []
    assert "\nNot filled, and still with the rows of this workbook: Rates.\n" in person.told[0]
    copy = tmp_path / "mine 2026-09.xlsx"
    assert opened(copy.read_bytes())["Summary"]["A3"].value == "The month"
    assert column(copy, "Calls", "Call id")[:5] == [f"CA{number}" for number in range(1, 6)]
    assert template.api.isModified()


@pytest.mark.parametrize(
    ("name", "is_changed"),
    [("rating", True), ("reconciliation", False), ("storage", True), ("billing-report", False)],
)
def test_the_templates_of_tollsheet_are_filled(
    name: str,
    is_changed: bool,
    app: xw.App,
    book: Any,
    person: Person,
    tmp_path: Path,
    examples: Path,
    card: Path,
) -> None:
    [blank] = [one for one in BLANKS if one.name == name]
    (tmp_path / "mine.xlsx").write_bytes(blank_path(blank).read_bytes())
    twilio, plivo, billing = (examples / one for one in ("twilio", "plivo", "billing"))
    person.answers = {
        "rating": [[twilio / "calls-console.csv"], [card], True],
        "reconciliation": [
            [twilio / "calls-console.csv"],
            [plivo / "billed-cdr.csv", twilio / "usage-monthly.csv"],
            None,
            True,
        ],
        "storage": [sorted(plivo.glob("storage-example*")), "2026-09"],
        "billing-report": [[billing / "charges.csv"], [billing / "roster.csv"], True],
    }[name]
    mine = app.books.open(str(tmp_path / "mine.xlsx"))
    if is_changed:  # so that it is Calc that stores what is filled
        mine.api.setModified(True)
    run("fill_workbook", mine, person)
    assert person.problems == []
    assert person.answers == [], "all was asked"
    assert written(tmp_path) == ["mine 2026-09.xlsx", "mine.xlsx"]
    [shown] = [one for one in app.books if path_of(one) == tmp_path / "mine 2026-09.xlsx"]
    assert "check" in shown.sheets["How to use"]["A4"].value, "its formulas are calculated"


def test_cancel_in_every_dialog_does_nothing(template: Any, person: Person, tmp_path: Path) -> None:
    person.answers = [None, None]
    run("fill_workbook", template, person)
    assert person.asked == [CALL_LOG, RATES]
    assert (person.told, person.problems, written(tmp_path)) == ([], [], ["mine.xlsx"])


def test_a_copy_that_is_there_is_asked_for(template: Any, person: Person, tmp_path: Path, log: Path) -> None:
    copy = tmp_path / "mine 2026-09.xlsx"
    copy.write_bytes(b"mine")
    person.answers = [[log], None, True, False]
    run("fill_workbook", template, person)
    assert person.asked[-1] == f"{copy} exists already. Replace it?"
    assert (person.told, person.problems, copy.read_bytes()) == ([], [], b"mine")
    person.answers = [[log], None, True, True]
    run("fill_workbook", template, person)
    assert (person.problems, column(copy, "Calls", "Call id")[0]) == ([], "CA1")
    person.answers = [[log], None, True]
    run("fill_workbook", template, person)
    assert person.problems == ["A workbook mine 2026-09.xlsx is open.\n\nClose it, then try again."]


def test_the_month_of_the_settings_counts_and_another_one_is_asked_about(
    template: Any, person: Person, tmp_path: Path, log: Path
) -> None:
    run("configuration", template, person)
    set_settings(template, Month="2026-08")
    question = (
        "The settings say 2026-08. 5 of 5 calls of our log are in 2026-09 (UTC). Fill the workbook for "
        "2026-08 all the same?"
    )
    person.answers = [[log], None, False]
    run("fill_workbook", template, person)
    assert person.asked[-1] == question
    assert written(tmp_path) == ["mine.xlsx"]
    set_settings(template, Month="2026-09")
    person.answers = [[log], None]
    run("fill_workbook", template, person)
    assert person.problems == []
    assert written(tmp_path) == ["mine 2026-09.xlsx", "mine.xlsx"]


def test_a_copy_of_last_month_is_filled_for_the_next(
    app: xw.App, book: Any, person: Person, tmp_path: Path, log: Path
) -> None:
    path = write_template(tmp_path / "mine 2026-08.xlsx")
    last = app.books.open(str(path))
    person.answers = [[log], None, True]
    run("fill_workbook", last, person)
    assert written(tmp_path) == ["mine 2026-08.xlsx", "mine 2026-09.xlsx"]
    person.answers = [[log], None, "2026-08"]
    run("fill_workbook", last, person)
    assert person.problems == [
        "mine 2026-08.xlsx is named as the copy for 2026-08 would be.\n\nOpen the template, and fill that."
    ]


def test_a_month_that_a_formula_gives_is_left_to_it(
    template: Any, person: Person, tmp_path: Path, log: Path
) -> None:
    template.sheets["Summary"]["B3"].formula = '=TEXT(DATE(2026,9,1),"yyyy-mm")'
    person.answers = [[log], None, True]
    run("fill_workbook", template, person)
    assert person.problems == []
    assert "\nThe cell named month holds a formula, which was kept.\n" in person.told[0]
    assert str(opened((tmp_path / "mine 2026-09.xlsx").read_bytes())["Summary"]["B3"].value).startswith("=")


def test_rows_that_cannot_be_read_are_said(template: Any, person: Person, tmp_path: Path) -> None:
    log = write_csv(tmp_path / "log.csv", [*LOG, row("CA6", start_time="yesterday")])
    person.answers = [[log], None, True]
    run("fill_workbook", template, person)
    assert person.problems == []
    assert "\nNot in the copy: 1 row cannot be read, such as log.csv:7: " in person.told[0]
    assert "Calls with 5 rows" in person.told[0]


def test_a_month_without_calls_is_filled_with_none(template: Any, person: Person, tmp_path: Path) -> None:
    log = write_csv(tmp_path / "log.csv", [])
    person.answers = [[log], None, "2026-09"]
    run("fill_workbook", template, person)
    assert person.problems == []
    assert (
        "log.csv has column names but no records: is it the export of a month without any?" in person.told[0]
    )
    assert column(tmp_path / "mine 2026-09.xlsx", "Calls", "Call id") == [None, "Total"]


@pytest.mark.parametrize("is_card", [False, True])
def test_a_file_that_belongs_elsewhere_is_refused(
    is_card: bool, template: Any, person: Person, tmp_path: Path, examples: Path, card: Path
) -> None:
    person.answers = [[card if is_card else examples / "twilio" / "usage-monthly.csv"]]
    run("fill_workbook", template, person)
    said = "card.csv is a rate card, not" if is_card else '"usage-monthly.csv" holds usage.\n\nGive the file'
    assert person.problems[0].startswith(said)
    assert "--" not in person.problems[0]
    assert written(tmp_path) == ["mine.xlsx"]


def test_two_rate_cards_are_refused(template: Any, person: Person, card: Path, log: Path) -> None:
    person.answers = [None, [card, log]]
    run("fill_workbook", template, person)
    assert person.problems == ["card.csv and log.csv are several files.\n\nChoose one rate card."]


def test_a_workbook_without_such_tables_is_said(book: Any, person: Person, tmp_path: Path) -> None:
    book.save(str(tmp_path / "plain.ods"))
    run("fill_workbook", book, person)
    assert person.problems[0].startswith("plain.ods has no table that can be filled.\n\nThey are known by")


def test_a_workbook_without_a_folder_is_said(book: Any, person: Person) -> None:
    run("fill_workbook", book, person)
    assert person.problems == [f"{book.name} has no folder yet.\n\nSave it on this computer, then try again."]
