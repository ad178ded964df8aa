"""What the sheets of the open workbook hold decides the report, and nothing of it is left out in silence."""

from __future__ import annotations

import shutil
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from addin.cli.rate import rate_calls
from addin.cli.reading import Reading
from addin.cli.reconciling import MonthEnd, Outputs, reconcile_month
from addin.reconcile.period import Month
from addin.reconcile.reconciliation import Question
from addin.records import read_mapping, read_records
from addin.records.open_sheets import read_sheet
from addin.records.reading import reading_settings
from addin.ribbon.commands.open_tables import imported_sheets
from addin.ribbon.desk import Desk
from tests.ribbon.main_thread import run
from tests.ribbon.months import BILL, CONSOLE, LOG, month_files, put, row, set_settings, write_csv
from tests.ribbon.scripted import Person
from tests.ribbon.test_bad_input import state
from tests.ribbon.test_build import cells

MONTH = {"Month": "2026-09"}


def build(book: Any, person: Person) -> str:
    """Build; the message."""
    run("build_reconciliation", book, person)
    assert person.problems == []
    assert person.answers == []
    return person.told[-1]


def texts(sheet: Any) -> list[str]:
    return [value for value in cells(sheet).values() if isinstance(value, str)]


def with_text(sheet: Any, part: str) -> list[str]:
    return [text for text in texts(sheet) if part in text]


def test_an_export_is_imported_once(book: Any, person: Person, tmp_path: Path) -> None:
    files = [write_csv(tmp_path / name, rows) for name, rows in (("log.csv", LOG), ("bill.csv", BILL))]
    for name, file in zip(("import_call_log", "import_usage"), files, strict=True):
        person.answers = [[file]]
        run(name, book, person)
    assert person.problems == []
    before = state(book)
    copy = shutil.copy(files[0], tmp_path / "copy.csv")
    for name in ("import_call_log", "import_usage"):
        person.answers = [[Path(copy)]]
        run(name, book, person)
        assert person.problems.pop() == (
            'The rows of copy.csv are already on the sheet "Call log".\n\n'
            "Nothing was imported. Choose each export once; to import one anew, delete its sheet first."
        )
    assert state(book) == before
    later = write_csv(tmp_path / "later.csv", [*LOG[2:], row("CA6", day=20)])
    person.answers = [[later]]
    run("import_call_log", book, person)
    assert book.sheets[-1].name == "Call log (Tollsheet)"
    person.answers = [True]
    build(book, person)
    steps = [line[0] for line in book.sheets["Summary"]["A1:B40"].value]
    counts = book.sheets["Summary"]["A1:B40"].value
    assert {step: counts[steps.index(step)][1] for step in ("talked", "duplicates", "expected")} == {
        "talked": 9,
        "duplicates": -3,
        "expected": 6,
    }


def test_a_column_that_one_cell_makes_text_is_said(book: Any, person: Person, tmp_path: Path) -> None:
    """No sum can be taken for one that lacks the cell; a column of many texts is none of numbers."""
    rows = [row(f"CA{number}", price="-0.028" if number != 12 else "n/a") for number in range(10, 22)]
    person.answers = [[write_csv(tmp_path / "log.csv", rows)]]
    run("import_call_log", book, person)
    assert person.problems == []
    (said,) = [line for line in person.told[-1].splitlines() if "text as a whole" in line]
    assert said == (
        '"price" on "Call log" is text as a whole, since G4 is "n/a": sums over it are 0. Correct that in '
        "the file and import it again if you calculate with the column."
    )
    sheet = book.sheets["Call log"]
    assert sheet["G4"].value == "n/a"
    assert sheet["G3"].value == "-0.028"
    sheet["L1"].formula = "=SUM(G2:G13)"
    assert sheet["L1"].value == 0
    assert sheet["E2:E13"].value == [61.0] * 12


def test_a_third_sheet_that_cannot_be_read_is_said(book: Any, person: Person) -> None:
    put(book, "Ours", LOG)
    put(book, "Theirs", BILL)
    broken = put(book, "Late calls", [row("CA7")])
    broken["E1"].value = "Talk"
    person.answers = [True, True]
    said = build(book, person)
    assert person.asked[0].startswith('Both "Ours" and "Theirs" hold calls.')
    assert person.cancellable == [True]  # "no" builds too: only the third button leaves all as it is
    lack = 'the sheet "Late calls" looks like a Twilio call export, but lacks the column "duration"'
    assert f"Not read: {lack}." in said
    (listed,) = with_text(book.sheets["Assumptions"], 'Call log: "Ours"')
    assert listed == f'Call log: "Ours". Bill: "Theirs". Not read: {lack}.'


def test_an_imported_sheet_of_no_format_is_said(book: Any, person: Person, tmp_path: Path) -> None:
    person.answers = [[write_csv(tmp_path / "log.csv", LOG)]]
    run("import_call_log", book, person)
    sheet = book.sheets["Call log"]
    sheet["A1"].value = [[f"Column {number}" for number in range(9)]]
    put(book, "Theirs", BILL)
    run("build_reconciliation", book, person)
    assert person.problems == [
        'The sheet "Call log" was imported, but its columns are of no known format any more.\n\n'
        "Delete it and import the export again."
    ]


def test_another_provider_by_a_mapping_beside_the_workbook(
    book: Any, person: Person, tmp_path: Path, examples: Path
) -> None:
    """Call by call, in euros. The current folder of the program is another one."""
    folder = examples / "generic"
    run("configuration", book, person)
    set_settings(book, **MONTH, Column_mapping="mapping.toml")
    person.answers = [[folder / "calls-export.csv"]]
    run("import_call_log", book, person)
    assert person.problems.pop() == (
        'Sheet "Tollsheet settings", Column mapping: mapping.toml counts from this workbook\'s folder, '
        "and it has none yet.\n\nSave the workbook, or write the whole path."
    )
    shutil.copy(folder / "mapping.toml", tmp_path)
    book.save(str(tmp_path / "month.ods"))
    for name, file in (("import_call_log", "calls-export.csv"), ("import_usage", "billed-export.csv")):
        person.answers = [[folder / file]]
        run(name, book, person)
    said = build(book, person)
    assert " EUR. " in said
    assert with_text(book.sheets["Summary"], "Bill: northline, compared call by call")
    assert with_text(book.sheets["Sign-off"], "mapping.toml") == ["mapping.toml"]
    assert book.names["check_all"].refers_to_range.value == 1


def test_several_currencies_have_a_bridge_each(book: Any, person: Person) -> None:
    euros = row("CA6", 61, "-0.05", price_unit="EUR")
    put(book, "Ours", [*LOG, euros])
    put(book, "Theirs", [*LOG, [*euros[:6], "-0.075", *euros[7:]]])
    person.answers = [True, True]
    build(book, person)
    names = {name.name for name in book.names}
    assert {"variance_cost_EUR", "variance_cost_USD"} <= names
    assert book.names["variance_cost_EUR"].refers_to_range.value == pytest.approx(0.025)
    assert book.names["variance_cost_USD"].refers_to_range.value == 0
    assert book.names["check_all"].refers_to_range.value == 1


def test_the_settings_decide(book: Any, person: Person) -> None:
    """The last call of the bill is of September by the clock in New York, and of October in UTC."""
    put(book, "Ours", LOG)
    late = row("CA6", start_time="2026-09-30 22:30:00")
    put(book, "Theirs", [*BILL[:1], *LOG[1:], late], CONSOLE)
    run("configuration", book, person)
    set_settings(book, **MONTH)
    person.answers = [True]
    said = build(book, person)
    assert (
        "out of balance. Billed minus expected: +1 call, +4 min, +0.056 USD. 2 findings to look at." in said
    )

    zone = "America/New_York"
    set_settings(book, Time_zone_of_the_bill=zone, Tolerance__minutes="2", Tolerance__amount="0.028")
    person.answers = [True]
    said = build(book, person)
    assert "within tolerance. Billed minus expected: 0 calls, +2 min, +0.028 USD. No findings." in said
    assert with_text(book.sheets["Summary"], "tolerance 2 min and 0.028 in cost")


def test_error_cells_are_named(book: Any, person: Person) -> None:
    ours = put(book, "Ours", LOG)
    put(book, "Theirs", BILL)
    ours["E2"].formula, ours["G3"].formula = "=NA()", "=1/0"
    person.answers = [True, True]
    build(book, person)
    found = with_text(book.sheets["Findings"], "#")
    assert len(found) == 2
    assert any('"duration"' in text and "#N/A" in text for text in found)
    assert any('"price"' in text and "#DIV/0!" in text for text in found)
    assert "sheet Ours:2" in texts(book.sheets["Findings"])


def test_formulas_of_a_person_over_our_tables_survive(book: Any, person: Person) -> None:
    put(book, "Ours", LOG)
    put(book, "Theirs", BILL)
    person.answers = [True, True]
    build(book, person)
    own = book.sheets[0]
    formulas = ['=COUNTIF(Calls[Step],"expected")', "=SUM(Findings[Variance minutes])", "=Summary!A1"]
    for number, formula in enumerate(formulas, 1):
        own.range((number, 1)).formula2 = formula
    book.app.calculate()
    before = own["A1:A3"].value
    assert before[0] == 5
    person.answers = [True, True]
    build(book, person)
    assert [own.range((number, 1)).formula2 for number in (1, 2, 3)] == formulas
    assert own["A1:A3"].value == before


def test_unused_columns_of_a_rate_card_are_listed(book: Any, person: Person) -> None:
    put(book, "Ours", LOG)
    put(book, "Theirs", BILL)
    card = book.sheets.add("Rates", after=book.sheets[-1])
    card["A1"].value = [["prefix", "rate", "increment", "Ticket"], ["", 0.014, 60, "T1"]]
    person.answers = [True, True]
    build(book, person)
    assert with_text(book.sheets["Sign-off"], 'not used: "Ticket"')
    assert with_text(book.sheets["Assumptions"], 'Rate card: "Rates".')


def test_a_workbook_that_is_open_read_only(book: Any, person: Person, tmp_path: Path) -> None:
    put(book, "Ours", LOG)
    put(book, "Theirs", BILL)
    book.save(str(tmp_path / "month.ods"))
    book.close()
    bytes_before = (tmp_path / "month.ods").read_bytes()
    opened = book.app.books.open(str(tmp_path / "month.ods"), read_only=True)
    assert person.state_of(opened).is_read_only
    person.answers = [True, True]
    said = build(opened, person)
    assert "This workbook is open read-only: save it under another name." in said
    assert "Summary" in [sheet.name for sheet in opened.sheets]
    assert (tmp_path / "month.ods").read_bytes() == bytes_before


USAGE_HEAD = ("category", "start_date", "end_date", "count", "usage", "usage_unit", "price", "price_unit")


def test_usage_that_cannot_be_read_is_usage_all_the_same(book: Any, person: Person) -> None:
    put(book, "Ours", LOG)
    theirs = book.sheets.add("Theirs", after=book.sheets[-1])
    usage = ["calls", "2026-09-01", "2026-09-30", "many", 10.0, "minutes", 0.14, "USD"]
    theirs["A1"].value = [USAGE_HEAD, usage]
    person.answers = [True]
    run("build_reconciliation", book, person)
    assert person.asked == ["Which month is to be reconciled? 5 of 5 calls are in 2026-09 (UTC)."]
    assert "The bill has no record that can be read" in person.problems[0]
    assert "sheet Theirs:2: \"count\" is 'many'" in person.problems[0]


def test_error_cells_are_no_values(book: Any, person: Person) -> None:
    ours = put(book, "Ours", LOG)
    theirs = put(book, "Theirs", BILL)
    for sheet, place in ((ours, "D2"), (ours, "B3"), (theirs, "F4")):
        sheet[place].number_format = "General"
        sheet[place].formula = "=NA()"
    person.answers = [True, True]
    build(book, person)
    found = with_text(
        book.sheets["Findings"], "is #N/A: the cell is an error, correct the cell it comes from"
    )
    assert [text.split('"')[1] for text in sorted(found)] == ["from", "start_time", "status"]


@pytest.mark.parametrize("by", ["calls", "usage", "rated"])
def test_a_report_that_the_command_has_written_is_no_export(
    book: Any, person: Person, tmp_path: Path, examples: Path, by: str
) -> None:
    """It is open, and the files of the month are chosen anew."""
    answers = month_files(tmp_path)
    if by == "usage":
        answers[1] = [examples / "twilio" / "usage-monthly.csv"]
    path = tmp_path / f"{by}.xlsx"
    log, bill = (Reading(tuple(side), None, None, None, None) for side in answers[:2])
    if by == "rated":
        (tmp_path / "rates.csv").write_text("prefix,rate\n44,0.01\n", "utf-8")
        rate_calls(log, tmp_path / "rates.csv", path, False)
    else:
        month_end = MonthEnd(None, (), None, None, "")
        outputs = Outputs(path, None, None, False)
        reconcile_month(Question(Month.parse("2026-09")), log, bill, None, month_end, outputs)
    person.answers = answers
    said = build(book.app.books.open(str(path)), person)
    assert "Not read" not in said
    assert "looks like" not in said


COMMA = """decimal_comma = true
[columns]
call_id = "Id"
from = "A"
to = "B"
start = "When"
duration = "Length"
price = "Charge"
"""


@pytest.mark.parametrize(
    ("charges", "costs"),
    [
        ((0.1, "0,25", 3, "", "0.5"), [0.1, 0.25, 3.0, None]),
        (("1.250", "2.500", "1", "", "3.000"), [1.0, None]),
    ],
)
def test_an_import_reads_as_its_file(
    book: Any, person: Person, tmp_path: Path, charges: tuple[Any, ...], costs: list[float | None]
) -> None:
    """A number stays one among texts, and a text with the wrong point is none, as in the file."""
    (tmp_path / "map.toml").write_text(COMMA, "utf-8")
    file = Workbook()
    assert file.active is not None
    file.active.append(["Id", "A", "B", "When", "Length", "Charge"])
    lasted = (61, timedelta(hours=25), time(0, 1, 20), "0:01:05", 10.5)
    for number, (charge, length) in enumerate(zip(charges, lasted, strict=True)):
        file.active.append([f"i{number}", "1", "2", datetime(2026, 9, 1, number), length, charge])
    file.save(tmp_path / "log.xlsx")
    records = read_records([tmp_path / "log.xlsx"], mapping=read_mapping(tmp_path / "map.toml"))
    assert [call.cost if call.cost is None else float(call.cost) for call in records.calls] == costs
    run("configuration", book, person)
    set_settings(book, **MONTH, Column_mapping=str(tmp_path / "map.toml"))
    for _ in range(2):
        person.answers = [[tmp_path / "log.xlsx"]]
        run("import_call_log", book, person)
    assert "are already on the sheet" in person.problems.pop()
    settings = reading_settings(None, read_mapping(tmp_path / "map.toml"), None, None)
    (sheet,) = imported_sheets(Desk(book, person), settings)
    again = read_sheet(sheet, settings)
    kept = [(call.call_id, call.started_at, call.duration_ms, call.cost) for call in again.calls]
    assert kept == [(call.call_id, call.started_at, call.duration_ms, call.cost) for call in records.calls]
    assert [bad.problem for bad in again.unreadable] == [bad.problem for bad in records.unreadable]
