"""What can go wrong at a button: a clear message, and the workbook as it was."""

from __future__ import annotations

import shutil
import threading
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
import xlwings as xw

from addin.hosts.open_workbook.marks import LOG as LOG_ROLE
from addin.hosts.open_workbook.marks import marked
from addin.ribbon import entry
from addin.ribbon.commands import FILES, command, imported
from addin.ribbon.desk import Desk
from addin.ribbon.surface import ACTIONS, COMMANDS
from tests.ribbon.main_thread import run
from tests.ribbon.months import HEAD, LOG, write_csv
from tests.ribbon.scripted import Person
from tests.ribbon.test_build import cells


def state(book: Any) -> list[tuple[str, Any]]:
    return [(sheet.name, cells(sheet)) for sheet in book.sheets]


def test_every_command_of_the_ribbon_is_there() -> None:
    assert [*FILES] == [one.name for one in COMMANDS]
    assert all(callable(command(action.name)) for action in ACTIONS)


def test_no_workbook(app: xw.App, person: Person) -> None:
    run("about", None, person)
    assert person.problems == ["No workbook is open.\n\nOpen the workbook to build in, or a new one."]
    assert len(app.books) == 0


@pytest.mark.parametrize("name", ["import_call_log", "import_usage", "build_reconciliation"])
def test_a_cancelled_dialog_changes_nothing(name: str, book: Any, person: Person) -> None:
    before = state(book)
    person.answers = [None]
    run(name, book, person)
    assert (state(book), person.told, person.problems) == (before, [], [])


def test_a_rate_card_among_the_call_logs_belongs_on_a_sheet(
    book: Any, person: Person, examples: Path
) -> None:
    """No dialog of these commands asks for the file of a rate card."""
    folder = examples / "connexcs"
    for name in ("build_reconciliation", "investigate", "import_call_log"):
        person.answers = [[folder / "calls-cdr.csv", folder / "rates.csv"]]
        run(name, book, person)
        assert person.problems[-1] == (
            "rates.csv is a rate card, not a file of calls or usage.\n\n"
            "Put its rows on a sheet of this workbook: the button Rate card makes one."
        )


@pytest.mark.parametrize("name", ["import_call_log", "build_reconciliation", "function_help", "rate_card"])
def test_a_protected_workbook_is_said(name: str, book: Any, person: Person) -> None:
    before = state(book)
    book.api.protect("")
    run(name, book, person)
    assert person.problems == [
        f"The structure of {book.name} is protected, so no sheet can be added.\n\n"
        "Take the protection away (Tools > Protect Spreadsheet Structure), and try again."
    ]
    assert person.asked == []
    assert state(book) == before


def test_a_protected_sheet_of_ours_is_said(book: Any, person: Person) -> None:
    run("function_help", book, person)
    book.sheets["Tollsheet functions"].api.protect("")
    run("function_help", book, person)
    assert person.problems == [
        'The sheet "Tollsheet functions" is protected and would be replaced.\n\n'
        "Take its protection away (Tools > Protect Sheet), and try again."
    ]


@pytest.mark.parametrize(("rows", "said"), [(0, ""), (1, ", 1 row"), (1200, ", 1,200 rows")])
def test_the_status_bar_counts_rows(book: Any, person: Person, rows: int, said: str) -> None:
    Desk(book, person).say("reading log.csv", rows)
    assert book.app.status_bar == f"Tollsheet: reading log.csv{said} ..."


def test_a_protected_sheet_is_said_before_examples_are_written(book: Any, person: Person) -> None:
    book.sheets[0].api.protect("")
    run("insert_examples", book, person)
    assert "is protected" in person.problems[0]
    assert cells(book.sheets[0]) == {}


def test_examples_write_over_nothing(book: Any, person: Person) -> None:
    book.sheets[0]["B7"].value = "mine"
    run("insert_examples", book, person)
    assert "are not all empty" in person.problems[0]
    assert cells(book.sheets[0]) == {(7, 2): "mine"}


def test_a_table_that_lacks_columns_is_named(book: Any, person: Person, examples: Path) -> None:
    person.answers = [[examples / "twilio" / "calls-console.csv"]]
    run("import_call_log", book, person)
    sheet = book.sheets["Call log"]
    head = sheet["A1:Z1"].value
    sheet.range((1, head.index("Duration") + 1)).value = "Talk"
    before = state(book)
    run("build_reconciliation", book, person)
    assert 'The sheet "Call log" looks like' in person.problems[0]
    assert '"Duration"' in person.problems[0]
    assert state(book) == before


def test_days_from_1904_get_a_workbook_of_their_own(
    app: xw.App, book: Any, person: Person, examples: Path, tmp_path: Path
) -> None:
    zero = book.api.NullDate
    zero.Year, zero.Month, zero.Day = 1904, 1, 1
    book.api.NullDate = zero
    book.save(str(tmp_path / "old.ods"))
    before = state(book)
    folder = examples / "twilio"
    person.answers = [[folder / "calls-console.csv"], [folder / "usage-monthly.csv"], True]
    run("build_reconciliation", book, person)
    assert person.problems == []
    assert "counts its days from 1904" in person.told[0]
    assert (tmp_path / "old-reconciliation-2026-09.xlsx").exists()
    assert "old-reconciliation-2026-09.xlsx" in [one.name for one in app.books]
    assert state(book) == before


@pytest.mark.parametrize(
    "command",
    ["build_reconciliation", "billing_report", "storage_statement", "investigate", "dispute_sheet"],
)
def test_days_from_1904_without_a_folder_are_refused_before_files_are_asked_for(
    book: Any, person: Person, command: str
) -> None:
    zero = book.api.NullDate
    zero.Year, zero.Month, zero.Day = 1904, 1, 1
    book.api.NullDate = zero
    before = state(book)
    run(command, book, person)
    assert "counts its days from 1904 or another day" in person.problems[0]
    assert "Save it on this computer" in person.problems[0]
    assert person.asked == []
    assert state(book) == before


def test_two_clicks_start_one_run(book: Any, person: Person) -> None:
    assert entry._RUNNING.acquire(blocking=False)
    try:
        other = threading.Thread(target=run, args=("function_help", book, person))
        other.start()
        other.join(30)
    finally:
        entry._RUNNING.release()
    assert person.told == ["Tollsheet is still at work: wait until it says what it built."]
    assert len(book.sheets) == 1


def test_a_fault_is_logged_and_named(book: Any, person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(desk: Any) -> str:
        raise ZeroDivisionError("oh")

    monkeypatch.setattr("addin.ribbon.commands.settings.about", broken)
    run("about", book, person)
    path = entry.log_path()
    assert str(path) in person.problems[0]
    assert "ZeroDivisionError: oh" in path.read_text("utf-8")
    assert book.app.status_bar is False


def test_about_says_versions_and_log(book: Any, person: Person) -> None:
    run("about", book, person)
    assert "engine calc" in person.told[0]
    assert str(entry.log_path()) in person.told[0]


@pytest.mark.parametrize("first_day", [(1904, 1, 1), (1900, 1, 1)])
def test_days_are_not_imported_where_they_would_become_others(
    book: Any, person: Person, tmp_path: Path, first_day: tuple[int, int, int]
) -> None:
    zero = book.api.NullDate
    zero.Year, zero.Month, zero.Day = first_day
    book.api.NullDate = zero
    before = state(book)
    person.answers = [[with_day_cells(tmp_path / "log.xlsx")]]
    run("import_call_log", book, person)
    (problem,) = person.problems
    assert problem.startswith("This workbook counts its days from 1904 or another day")
    assert state(book) == before


def with_day_cells(path: Path) -> Path:
    with xlsxwriter.Workbook(path) as made:
        sheet = made.add_worksheet()
        sheet.write_row(0, 0, HEAD)
        for row, line in enumerate(LOG, 1):
            sheet.write_row(row, 0, line)
            column = HEAD.index("start_time")
            at = datetime.fromisoformat(line[column])
            sheet.write_datetime(row, column, at, made.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}))
    return path


def test_an_import_is_whole_or_nothing(
    book: Any, person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    short, long = (write_csv(tmp_path / f"{name}.csv", rows) for name, rows in (("a", LOG[:1]), ("b", LOG)))
    renamed = long.read_text("utf-8").replace("price_unit", "price_unit,more").replace("USD", "USD,x")
    long.write_text(renamed, "utf-8")
    before = state(book)
    monkeypatch.setattr(imported, "SHEET_ROWS", len(LOG))
    person.answers = [[short, long]]
    run("import_call_log", book, person)
    assert "5 rows do not fit on a sheet" in person.problems.pop()
    assert state(book) == before
    monkeypatch.undo()
    person.answers = [[short, long]]
    run("import_call_log", book, person)
    assert person.problems == []
    assert [sheet.name for sheet in marked(book, LOG_ROLE)] == ["Call log", "Call log 2"]
    again = Path(shutil.copy(long, tmp_path / "c.csv"))
    book.sheets["Call log 2"].delete()
    person.answers = [[long, again]]
    run("import_call_log", book, person)
    assert person.problems.pop().startswith("c.csv is the same file as b.csv")
    again.write_text(again.read_text("utf-8") + "\n", "utf-8")
    person.answers = [[long, again]]
    run("import_call_log", book, person)
    assert person.problems.pop().startswith("The rows of c.csv are those of b.csv, too.")


@pytest.mark.parametrize("name", ["about", "configuration"])
def test_a_workbook_in_the_cloud_has_no_path(
    book: Any, person: Person, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """What xlwings does where it finds no local copy of one in SharePoint."""

    def fullname(_: Any) -> str:
        raise UnboundLocalError("cannot access local variable 'depth'")

    monkeypatch.setattr(type(book), "fullname", property(fullname))
    run(name, book, person)
    assert person.problems == []
    assert len(person.told) == 1
