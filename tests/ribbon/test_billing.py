"""Billing report in a real spreadsheet: first the sheet of choices, then what the command line writes."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from addin.billing.billing import bill
from addin.billing.choices import Choices
from addin.hosts.open_workbook.marks import BILLING, SELECTION, marked, own_cells
from addin.hosts.report_files.billing import write_billing
from addin.records import read_records
from addin.reports.billing.report import billing_report_of
from tests.ribbon.main_thread import run
from tests.ribbon.months import LOG
from tests.ribbon.months import put as put_calls
from tests.ribbon.scripted import Person

REPORT = [
    "Summary",
    "Tables",
    "By team",
    "By country",
    "By month",
    "Charges",
    "Assumptions",
    "About",
]


@pytest.fixture
def folder(examples: Path) -> Path:
    return examples / "billing"


def put(book: Any, name: str, path: Path) -> Any:
    """A file's rows on a sheet, ids and numbers as text, costs as numbers."""
    with path.open(encoding="utf-8", newline="") as file:
        head, *rows = csv.reader(file)
    sheet = book.sheets.add(name, after=book.sheets[-1])
    sheet.range((1, 1), (len(rows) + 1, len(head))).number_format = "@"
    cost = head.index("cost") if "cost" in head else None
    if cost is not None:
        sheet.range((2, cost + 1), (len(rows) + 1, cost + 1)).number_format = "General"
        for row in rows:
            row[cost] = float(row[cost]) if row[cost] else None  # type: ignore[call-overload]
    sheet["A1"].value = [head, *rows]
    return sheet


def mark(book: Any, *names: str) -> None:
    (sheet,) = marked(book, SELECTION)
    last = sheet.used_range.last_cell.row
    shown = sheet.range((1, 3), (last, 3)).value
    for name in names:
        sheet.range((shown.index(name) + 1, 1)).value = "x"


def total_of(book: Any) -> float:
    """The last figure of the totals on Summary."""
    summary = book.sheets["Summary"]
    labels = summary["A1:A60"].value
    row = labels.index("Total", labels.index("Totals, USD")) + 1
    return float(summary.range((row, 3)).value)


def test_the_first_press_lists_what_can_be_marked(book: Any, person: Person, folder: Path) -> None:
    person.answers = [[folder / "charges.csv", folder / "roster.csv"]]
    run("billing_report", book, person)
    assert person.problems == []
    assert "Nobody is chosen yet" in person.told[-1]
    sheet = book.sheets["Billing choices"]
    cells = sheet.range((5, 2), (30, 3)).value
    assert ["Team", "Sales"] in cells
    assert ["Deactivated user", "dorothy"] in cells
    assert ["Agent not in the roster", "joan"] in cells
    assert ["Country", "US"] in cells
    assert [one.name for one in book.sheets] == ["Sheet1", "Billing choices"]


def test_what_is_marked_is_reported_from_the_sheets(book: Any, person: Person, folder: Path) -> None:
    truth = json.loads((folder / "planted.json").read_text("utf-8"))["reports"]["one team"]
    put(book, "Charged", folder / "charges.csv")
    put(book, "Who", folder / "roster.csv")
    run("billing_report", book, person)
    assert person.problems == []
    mark(book, "Sales", "US", "GB", "DE")
    person.answers = ["2026-09"]
    run("billing_report", book, person)
    assert person.problems == []
    assert [sheet.name for sheet in marked(book, BILLING)] == REPORT
    assert f"{float(truth['total'])} USD" in person.told[-1]
    assert total_of(book) == pytest.approx(float(truth["total"]), abs=1e-9)
    # pressed again it replaces its own sheets only
    person.answers = ["2026-09"]
    run("billing_report", book, person)
    assert person.problems == []
    assert [sheet.name for sheet in book.sheets] == ["Sheet1", "Charged", "Who", "Billing choices", *REPORT]
    # the figures live: a charge that goes is missed
    charges = book.sheets["Charges"]
    heads = charges["A4:W4"].value
    outcome, cost = heads.index("Outcome") + 1, heads.index("Cost") + 1
    row = charges.range((1, outcome), (400, outcome)).value.index("counted") + 1
    gone = charges.range((row, cost)).value
    charges.range((row, cost)).clear_contents()
    book.app.calculate()
    assert total_of(book) == pytest.approx(float(truth["total"]) - gone, abs=1e-9)


def test_what_cannot_be_done_is_said(book: Any, person: Person, folder: Path) -> None:
    put(book, "Charged", folder / "charges.csv")
    put(book, "Who", folder / "roster.csv")
    run("billing_report", book, person)
    (sheet,) = marked(book, SELECTION)
    sheet["A6"].value = "perhaps"
    run("billing_report", book, person)
    assert "A6" in person.problems[-1]
    assert "perhaps" in person.problems[-1]
    assert "--" not in person.problems[-1]
    assert not marked(book, BILLING)


def test_sorting_a_table_leaves_its_row_of_totals(app: Any, folder: Path, tmp_path: Path) -> None:
    """As a header's button sorts: the rows move with their formulas, the totals stay."""
    records = read_records([folder / "charges.csv", folder / "roster.csv"])
    choices = Choices(month="2026-09", everyone=True, countries=("US", "GB"))
    report = billing_report_of(bill(records.charges, records.roster, choices), ())
    write_billing(report, tmp_path / "billing.xlsx")
    book = app.books.open(str(tmp_path / "billing.xlsx"))
    table = report.books[0].tables[0]
    sheet = book.sheets["Tables"]
    area = book.api.DatabaseRanges.getByName("Manual_calls").ReferredCells
    first, last = area.RangeAddress.StartRow, area.RangeAddress.EndRow
    before = sheet.range((first + 1, 1), (last + 1, 6)).value
    sort(area, column=0)
    app.calculate()
    rows = sheet.range((first + 1, 1), (last + 1, 6)).value
    assert rows[0] == before[0]
    below = sheet.range((first + len(table.rows) + 2, 1), (first + len(table.rows) + 2, 6)).value
    assert below[0] == "Total"
    assert below[2] == pytest.approx(float(table.total), abs=1e-9)
    totals = {row[0]: row[2] for row in rows[1 : len(table.rows) + 1]}
    assert [*totals] == sorted((row.label for row in table.rows), key=str.casefold)
    assert totals == pytest.approx({row.label: float(row.total) for row in table.rows}, abs=1e-9)
    assert [*totals] != [row.label for row in table.rows], "it was in another order before"
    book.close()


def sort(area: Any, column: int) -> None:
    import uno

    field = uno.createUnoStruct("com.sun.star.table.TableSortField")
    field.Field, field.IsAscending = column, True
    fields = uno.Any("[]com.sun.star.table.TableSortField", (field,))
    values = {"SortFields": fields, "ContainsHeader": True}
    descriptor = []
    for name, value in values.items():
        one = uno.createUnoStruct("com.sun.star.beans.PropertyValue")
        one.Name, one.Value = name, value
        descriptor.append(one)
    uno.invoke(area, "sort", (uno.Any("[]com.sun.star.beans.PropertyValue", tuple(descriptor)),))


def test_countries_alone_choose_nobody_and_stay_marked(book: Any, person: Person, folder: Path) -> None:
    put(book, "Charged", folder / "charges.csv")
    put(book, "Who", folder / "roster.csv")
    run("billing_report", book, person)
    mark(book, "US")
    run("billing_report", book, person)
    assert person.problems == []
    assert "Nobody is chosen yet" in person.told[-1]
    (sheet,) = marked(book, SELECTION)
    last = sheet.used_range.last_cell.row
    rows = sheet.range((5, 1), (last, 3)).value
    assert [name for cell, _, name in rows if cell] == ["US"]


def add_row(sheet: Any, row: list[object]) -> None:
    cells = sheet.range((sheet.used_range.last_cell.row + 1, 1))
    cells.resize(1, len(row)).number_format = "@"
    cells.value = [row]


def test_who_is_new_is_added_to_the_choices_and_said(book: Any, person: Person, folder: Path) -> None:
    """Unmarked; what a person has written on the sheet stays, and a name that reads as a formula is text."""
    put(book, "Charged", folder / "charges.csv")
    who = put(book, "Who", folder / "roster.csv")
    run("billing_report", book, person)
    mark(book, "Sales", "US")
    (sheet,) = marked(book, SELECTION)
    sheet["F6"].value = "my note"
    person.answers = ["2026-09"]
    run("billing_report", book, person)
    assert "new" not in person.told[-1]
    last = sheet.used_range.last_cell.row
    heads = [str(cell).casefold() for cell in who["A1:C1"].value]
    for name, teams in (("=gil", "Sales"), ("0042", "Night shift")):
        values = {"agent": name, "teams": teams, "active": "yes"}
        add_row(who, [values[head] for head in heads])
    person.answers = ["2026-09"]
    run("billing_report", book, person)
    assert person.problems == []
    for sentence in (
        "1 new user since the choices were made, not chosen: 0042.",
        "1 new user since the choices were made, counted with their team or with everyone: =gil.",
        "1 new team since the choices were made, not chosen: Night shift.",
        'The sheet "Billing choices" lists them now: mark with an x',
    ):
        assert sentence in person.told[-1]
    rows = sheet.range((last + 1, 1), (last + 3, 4)).value
    assert [row[:3] for row in rows] == [
        [None, "Team", "Night shift"],
        [None, "Active user", "0042"],
        [None, "Active user", "=gil"],
    ]
    assert sheet["F6"].value == "my note"
    assumptions = str(book.sheets["Assumptions"].used_range.value)
    assert "1 new user since the choices were made, not chosen: 0042." in assumptions
    # known now, and to be marked as any other; nothing of it is the person's own
    mark(book, "0042")
    sheet["F6"].value = None
    person.answers = ["2026-09"]
    run("billing_report", book, person)
    assert (person.problems, "new" in person.told[-1]) == ([], False)
    assert own_cells(book, SELECTION) == {}


def test_who_is_deactivated_by_now_can_be_marked_so(book: Any, person: Person, folder: Path) -> None:
    put(book, "Charged", folder / "charges.csv")
    who = put(book, "Who", folder / "roster.csv")
    run("billing_report", book, person)
    mark(book, "ada")
    rows = who.used_range.value
    active = [str(cell).casefold() for cell in rows[0]].index("active")
    row = next(number for number, line in enumerate(rows, 1) if "ada" in line)
    who.range((row, active + 1)).value = "no"
    person.answers = ["2026-09"]
    run("billing_report", book, person)
    assert "ada is no active user: the status is deactivated" in person.problems[-1]
    assert 'The sheet "Billing choices" lists them now' in person.problems[-1]
    (sheet,) = marked(book, SELECTION)
    row = sheet.used_range.last_cell.row
    assert sheet.range((row, 1), (row, 3)).value == [None, "Deactivated user", "ada"]


def test_call_records_are_rated_by_the_sheet_of_rates(book: Any, person: Person, examples: Path) -> None:
    """With the choices of the sheet of settings, and no roster at all."""
    for name, file in (("Calls", "calls-cdr.csv"), ("Card", "rates.csv")):
        with (examples / "voiso" / file).open(encoding="utf-8", newline="") as text:
            head, *rows = csv.reader(text)
        sheet = book.sheets.add(name, after=book.sheets[-1])
        sheet.range((1, 1), (len(rows) + 1, len(head))).number_format = "@"
        sheet["A1"].value = [head, *rows]
    run("configuration", book, person)
    settings = book.sheets["Tollsheet settings"]
    labels = settings["A1:A200"].value
    chosen = {
        "Billing month": "2026-09",
        "Everyone": "yes",
        "Billed at the end": "yes",
        "Countries": "US; Germany",
    }
    for label, value in chosen.items():
        settings.range((labels.index(label) + 1, 2)).value = value
    person.answers = [False]
    run("billing_report", book, person)
    assert person.problems == []
    assert "No roster was found" in person.asked[-1]
    assert [sheet.name for sheet in marked(book, BILLING)] == REPORT
    heads = book.sheets["Tables"]["A6:F6"].value
    assert heads == ["Agent", "Team", "Total", "US", "DE", "Other"]


def test_the_call_log_of_a_reconciliation_is_not_in_the_way(book: Any, person: Person, folder: Path) -> None:
    put_calls(book, "Twilio log", LOG)
    person.answers = [[folder / "charges.csv", folder / "roster.csv"]]
    run("billing_report", book, person)
    assert person.problems == []
    assert len(marked(book, SELECTION)) == 1
