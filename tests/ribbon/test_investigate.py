"""Investigate in a real spreadsheet: the sheets of the command, with the choices of the settings sheet."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from addin.cli.reading import Reading
from addin.hosts.open_workbook.marks import INVESTIGATION, marked
from addin.hosts.report_files.investigation import write_investigation
from addin.investigation.export import exports_of, moment_of
from addin.investigation.investigation import investigate
from addin.reconcile.period import Month
from addin.reconcile.reconciliation import Question, reconcile
from addin.reports.investigation.build import investigation_report
from addin.reports.reconciliation.build import Inputs
from tests.ribbon.main_thread import run
from tests.ribbon.months import LOG, month_files, put, row
from tests.ribbon.scripted import Person
from tests.ribbon.test_build import differences, page

SHEETS = [
    *("Investigation", "Report text", "Days", "Hours", "Missing calls", "Largest differences", "The call"),
    *("Our calls", "Their calls", "Minutes x rate", "Assumptions", "About"),
]


def set_choice(book: Any, label: str, value: Any) -> None:
    sheet = book.sheets["Tollsheet settings"]
    labels = sheet["A1:A60"].value
    sheet.range((labels.index(label) + 1, 2)).value = value


def test_the_sheets_are_those_of_the_command(book: Any, person: Person, tmp_path: Path) -> None:
    run("configuration", book, person)
    set_choice(book, "Export made at", "2026-10-02 06:00")
    person.answers = month_files(tmp_path)
    log, bill = (Reading((path,), None, None, None, None) for (path,) in person.answers[:2])
    run("investigate", book, person)
    assert person.problems == []
    assert [sheet.name for sheet in book.sheets][2:] == SHEETS
    assert len(marked(book, INVESTIGATION)) == len(SHEETS)
    assert person.told[-1].startswith(
        "2026-09: duration issue. 2026-09-10 (UTC): the connected calls roughly"
    )
    assert "2 calls on one side only" in "".join(map(str, book.sheets["Investigation"]["A30:A60"].value))
    sides = [one.read(lambda *_: None) for one in (log, bill)]
    month = Month(2026, 9)
    exports = exports_of(month, sides[0].sources, sides[1].sources, moment_of("2026-10-02 06:00"))
    found = investigate(reconcile(*sides, Question(month)), exports)
    report = investigation_report(found, Inputs(sides[0].sources, sides[1].sources))
    path = tmp_path / "wanted.xlsx"
    partial(write_investigation, report)(path)
    app = book.app
    wanted = app.books.open(str(path))
    wanted.api.calculateAll()
    assert [line for sheet in wanted.sheets for line in differences(book.sheets[sheet.name], sheet)] == []
    assert [page(sheet) for sheet in book.sheets][2:] == [page(sheet) for sheet in wanted.sheets]
    # the formulas live: a call that goes is missed at the questions
    first = book.sheets["Investigation"]
    labels = first["A1:A60"].value
    figure = first.range((labels.index("Connected calls") + 1, 3))
    was = figure.value
    calls = book.sheets["Our calls"]
    calls.range((5, calls["A4:Q4"].value.index("Currency") + 1)).clear_contents()
    app.calculate()
    assert figure.value == was - 1


def test_run_again_it_takes_its_own_place_and_leaves_the_person_s(book: Any, person: Person) -> None:
    put(book, "Our log", LOG)
    put(book, "Bill", [row("CA1"), row("CA2", 200, "-0.056"), row("CA3"), row("CA4"), row("CA5")])
    person.answers = [True, True]
    run("investigate", book, person)
    before = [sheet.name for sheet in book.sheets]
    person.answers = [True, True]
    run("investigate", book, person)
    assert person.problems == []
    assert [sheet.name for sheet in book.sheets] == before
    told = person.told[-1]
    assert "2026-09: duration issue. 2026-09-10 (UTC): " in told
    assert "when it was exported is not known" in told, "a sheet has no file time"
    assert "CA2" in book.sheets["The call"]["B5"].value


def test_settings_decide(book: Any, person: Person) -> None:
    put(book, "Our log", LOG)
    put(book, "Bill", [row("CA1"), row("CA2", 200, "-0.056"), row("CA3"), row("CA4"), row("CA5")])
    run("configuration", book, person)
    set_choice(book, "Investigate from day", "2026-09-10")
    set_choice(book, "Investigate to day", "2026-09-12")
    set_choice(book, "Investigation threshold, percent", "60")
    set_choice(book, "Ledger, opening balance", "1")
    set_choice(book, "Ledger, closing balance", "0.832 USD")
    person.answers = [True]
    run("investigate", book, person)
    assert person.problems == []
    told = person.told[-1]
    assert told.startswith("2026-09-10 to 2026-09-12: duration issue.")
    assert "The threshold passes it" in told
    assert "Balance: agrees." in told
    assert book.sheets["Ledger"]["A8"].value == "Opening balance"


def test_a_setting_that_cannot_be_used_is_named(book: Any, person: Person) -> None:
    run("configuration", book, person)
    for label, value, right in (
        ("Investigation threshold, percent", "all", "percent of 0 or more, such as 1"),
        ("Export made at", "soon", "a moment as YYYY-MM-DD HH:MM"),
    ):
        set_choice(book, label, value)
        run("investigate", book, person)
        assert f"{label}: {value} cannot be used.\n\nWrite {right}" in person.problems[-1]
        set_choice(book, label, None)
    for label, value, problem in (
        ("Ledger, credits", "ten", "'ten' is no credit amount"),
        ("Ledger, closing balance read at", "2026-10-01", "The closing balance has a time and no amount"),
    ):
        set_choice(book, label, value)
        run("investigate", book, person)
        assert f"{label}: {problem}" in person.problems[-1]
        set_choice(book, label, None)
    set_choice(book, "Investigate to day", "2026-09-12")
    run("investigate", book, person)
    assert "Investigate from day is blank" in person.problems[-1]
