"""Storage in a real spreadsheet: from sheets or files, beside the person's own."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from addin.hosts.open_workbook.marks import STORAGE, marked
from tests.ribbon.main_thread import run
from tests.ribbon.months import LOG, put
from tests.ribbon.scripted import Person
from tests.ribbon.test_build import cells

SHEETS = [
    "Summary", "Schedule", "Recordings", "Compared with Plivo", "Forecast", "Day by day", "Assumptions",
    "About",
]  # fmt: skip
HEAD = ["recording_id", "call_uuid", "add_time", "recording_duration_ms", "recording_storage_rate", "Deleted"]
ROWS = [
    ["r1", "c1", "2023-03-16 09:00:00", 50_000, 0.0004, None],
    ["r2", "c2", "2023-03-16 09:00:00", 119_000, 0.0004, None],
    ["r3", "c3", "2023-03-16 09:00:00", 150_000, 0.0004, None],
]


@pytest.fixture
def files(examples: Path) -> list[Path]:
    folder = examples / "plivo"
    return [folder / "storage-example.json", folder / "storage-example-deletions.csv"]


def sheet_of(book: Any, name: str, rows: Sequence[Sequence[Any]], head: Sequence[str]) -> Any:
    sheet = book.sheets.add(name, after=book.sheets[-1])
    sheet.range((1, 1), (len(rows) + 1, 2)).number_format = "@"
    sheet["A1"].value = [[*head], *map(list, rows)]
    return sheet


def settings(book: Any, person: Person, **values: str) -> None:
    """Write beside the labels of the settings, with `_` for a blank."""
    run("configuration", book, person)
    sheet = book.sheets["Tollsheet settings"]
    labels = sheet["A1:A60"].value
    for name, value in values.items():
        label = next(one for one in labels if one and one.replace(",", "").replace(" ", "_") == name)
        sheet.range((labels.index(label) + 1, 2)).value = value


def schedule(book: Any) -> list[dict[str, Any]]:
    head, *rows = book.sheets["Schedule"]["A4:K8"].value
    return [dict(zip(head, row, strict=True)) for row in rows if row[0] and row[0] != "Total"]


def test_from_files_beside_the_person_s_own(book: Any, person: Person, files: list[Path]) -> None:
    book.sheets[0]["A1"].value = [["mine", 1], [2, "=B1+1"]]
    before = cells(book.sheets[0])
    person.answers = [files, "2023-06"]
    run("storage_statement", book, person)
    assert person.problems == []
    assert [sheet.name for sheet in book.sheets] == ["Sheet1", *SHEETS]
    assert cells(book.sheets[0]) == before
    assert "Recording storage 2023-06-30: 2 recordings charged, 3 min, 0.0012 USD" in person.told[-1]
    (june,) = schedule(book)
    assert (june["Charged"], june["Minutes charged"], june["Amount"]) == (2, 3, 0.0012)
    # the formulas live: a recording that is deleted a day later is charged
    recordings = book.sheets["Recordings"]
    heads = recordings["A4:N4"].value
    place = recordings.range((7, heads.index("Deleted on") + 1))
    assert str(place.value)[:10] == "2023-06-29"
    place.clear_contents()
    book.app.calculate()
    assert schedule(book)[0]["Amount"] == pytest.approx(0.0024)
    assert book.sheets["Summary"]["E9"].value == pytest.approx(0.0024)


def test_run_again_it_replaces_its_own_sheets(book: Any, person: Person, files: list[Path]) -> None:
    own = book.sheets[0]
    for month in ("2023-06", "2023-05"):
        person.answers = [files, month]
        run("storage_statement", book, person)
        own["A1"].formula = "=Schedule!J5"
    assert person.problems == []
    assert [sheet.name for sheet in book.sheets][:4] == ["Sheet1", "Summary", "Schedule", "Recordings"]
    assert len(marked(book, STORAGE)) == len(book.sheets) - 1
    assert [row["Month"] for row in schedule(book)] == ["2023-05"]
    assert (own["A1"].formula, own["A1"].value) == ("=Schedule!J5", 0)


def test_from_sheets_by_the_settings(book: Any, person: Person) -> None:
    sheet_of(book, "Kept", ROWS, HEAD)
    sheet_of(book, "Gone", [["r3", "2023-06-29 12:00:00"]], ["recording_id", "deleted_at"])
    put(book, "Calls of September", LOG)
    settings(
        book,
        person,
        Storage_first_month="2023-05",
        Storage_last_month="2023-07",
        Days_of_storage=">90",
        Storage_invoices="2023-06=0.0012; 2023-07=0.0013",
        Older_than_days="100",
    )
    run("storage_statement", book, person)
    assert person.problems == []
    assert person.asked == []
    assert [row["Amount"] for row in schedule(book)] == [0, 0.0012, 0.0012]
    assert "Differs. 2023-05 to 2023-07: 0.0024 USD" in person.told[-1]
    assert "The invoice differs in 1 month, by 0.0001 USD." in person.told[-1]
    assert book.sheets["View"]["A5:A6"].value == ["r1", "r2"]
    said = [text for row in book.sheets["Assumptions"]["A5:B30"].value for text in row if text]
    assert 'Recordings and deletions: "Kept", "Gone".' in said
    assert book.sheets["Recordings"]["B5"].value == "sheet Kept:2"


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"Days_of_storage": "90"}, "Days of storage: 90"),
        ({"Storage_rate": "cheap"}, "Storage rate: cheap"),
        ({"Storage_currency": "dollars"}, "Storage currency: dollars"),
        ({"Storage_invoices": "0.0012"}, "'0.0012' is no invoice amount"),
        ({"Storage_last_month": "2023-05"}, "before it begins"),
        ({"Month_ends_ahead": "0"}, "0 month ends cannot be made"),
        ({"Older_than_days": "old"}, "Older than, days: old"),
    ],
)
def test_a_setting_that_cannot_be_is_named(
    values: dict[str, str], problem: str, book: Any, person: Person
) -> None:
    sheet_of(book, "Kept", ROWS, HEAD)
    settings(book, person, **{"Storage_first_month": "2023-06"} | values)
    run("storage_statement", book, person)
    assert len(person.problems) == 1
    assert problem in person.problems[0]
    assert marked(book, STORAGE) == []


def test_a_sheet_that_lacks_a_column_is_named(book: Any, person: Person) -> None:
    sheet_of(book, "Kept", [row[:3] for row in ROWS], HEAD[:3])
    run("storage_statement", book, person)
    assert 'lacks the column "recording_duration_ms"' in person.problems[0]


def test_a_written_statement_is_not_read_again(
    book: Any, person: Person, files: list[Path], tmp_path: Path
) -> None:
    """Its sheets are no lists of recordings, nor meant to be some."""
    sheet_of(book, "Recordings", [["r1", "recordings.json:1", 1]], ["Recording id", "Place", "Minutes"])
    person.answers = [files, "2023-06"]
    run("storage_statement", book, person)
    assert person.problems == []
    assert "Not read" not in person.told[-1]


def test_recordings_are_no_call_log(book: Any, person: Person, tmp_path: Path) -> None:
    """Build reconciliation leaves the sheet of recordings alone."""
    sheet_of(book, "Kept", ROWS, HEAD)
    put(book, "Ours", LOG)
    path = tmp_path / "usage.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(
            [
                ["category", "start_date", "end_date", "count", "usage", "usage_unit", "price", "price_unit"],
                ["calls", "2026-09-01", "2026-09-30", 5, 10, "minutes", "0.14", "usd"],
            ]
        )
    person.answers = [[path], True]
    run("build_reconciliation", book, person)
    assert person.problems == []
    assert "2026-09: balanced" in person.told[-1]


def test_a_sheet_that_was_renamed_keeps_its_name_and_what_leads_to_it(
    book: Any, person: Person, files: list[Path]
) -> None:
    person.answers = [files, "2023-06"]
    run("storage_statement", book, person)
    book.sheets["Schedule"].name = "Month ends"
    own = book.sheets.add("Mine", before=book.sheets[0])
    own["A1"].formula = "='Month ends'!A5"
    shown = own["A1"].value
    person.answers = [files, "2023-06"]
    run("storage_statement", book, person)
    assert person.problems == []
    assert "Month ends" in [sheet.name for sheet in book.sheets]
    assert "Schedule" not in [sheet.name for sheet in book.sheets]
    assert (own["A1"].formula, own["A1"].value) == ("='Month ends'!A5", shown)
    assert "nothing for" not in person.told[-1]


def test_texts_name_sheets_as_they_are_called_here(book: Any, person: Person, examples: Path) -> None:
    """Beside sheets of the same names, and where the person calls one otherwise."""
    files = [examples / "plivo" / name for name in ("storage-recordings.json", "storage-deletions.csv")]
    for name in ("Recordings", "Findings"):
        book.sheets.add(name)["A1"].value = "the sheet Recordings is mine"
    person.answers = [files, "2026-06"]
    run("storage_statement", book, person)
    assert person.problems == []
    said = str(book.sheets["Schedule"]["A2"].value)
    assert said.endswith("Formulas over the sheet Recordings (Storage).")
    summary = str(book.sheets["Summary"]["A1:A40"].value)
    assert "Formulas over the sheet Schedule." in summary
    assert "Each stands on the sheet Findings (Storage) with its file and row." in summary
    assert book.sheets["Recordings"]["A1"].value == "the sheet Recordings is mine"
    book.sheets["Schedule"].name = "Month ends"
    person.answers = [files, "2026-06"]
    run("storage_statement", book, person)
    assert "Formulas over the sheet Month ends." in str(book.sheets["Summary"]["A1:A40"].value)
