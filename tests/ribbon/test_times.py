"""Time cells of an open workbook: handed over as Excel does, read as in a file, and never taken for dates."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.ribbon.main_thread import run
from tests.ribbon.months import BILL, CONSOLE, LOG, put, row, set_settings, write_csv
from tests.ribbon.scripted import Person
from tests.ribbon.test_sheets import build, with_text

DAY_S = 86_400
FORMATS = ("H:MM:SS", "HH:MM:SS", "[HH]:MM:SS", "MM:SS", "HH:MM:SS AM/PM", "[H]:MM")
DURATION = 5


def as_times(sheet: Any, seconds: list[float], formats: tuple[str, ...]) -> None:
    for number, (lasted, shown) in enumerate(zip(seconds, formats, strict=True), 2):
        cell = sheet.range((number, DURATION))
        cell.value, cell.number_format = lasted / DAY_S, shown


def billed_and_talked(book: Any) -> list[tuple[str, float]]:
    calls = book.sheets["Calls"]
    rows = calls.range((4, 1), calls.used_range.last_cell).value
    at = [rows[0].index(name) for name in ("Call id", "Seconds")]
    return [(line[at[0]], line[at[1]]) for line in rows[1:] if line[at[0]]]


def test_a_time_is_handed_over_as_excel_does(book: Any) -> None:
    sheet = book.sheets[0]
    for column, (serial, shown) in enumerate(
        ((80 / DAY_S, "H:MM:SS"), (3.5, "[HH]:MM:SS"), (46296.5, "YYYY-MM-DD HH:MM"), (0.25, "General")), 1
    ):
        sheet.range((1, column)).value = serial
        sheet.range((1, column)).number_format = shown
    sheet["E1"].value, sheet["E1"].number_format = 1e12, "[HH]:MM:SS"
    times = [datetime(1899, 12, 30, 0, 1, 20), datetime(1900, 1, 2, 12)]
    wanted = [*times, datetime(2026, 10, 1, 12), 0.25, 1e12]
    assert sheet["A1:E1"].value == wanted
    zero = book.api.NullDate
    zero.Year, zero.Month, zero.Day = 1904, 1, 1
    book.api.NullDate = zero
    assert sheet["A1:B1"].value == times


def test_durations_in_time_cells_are_read(book: Any, person: Person) -> None:
    ours = put(book, "Ours", [*LOG, row("CA6")])
    put(book, "Theirs", BILL)
    seconds = [61.0, 80.0, 3 * DAY_S + 3600.0 + 1, 59.0, 61.0, 120.0]
    as_times(ours, seconds, FORMATS)
    person.answers = [True, True]
    build(book, person)
    assert [value for _, value in billed_and_talked(book)] == seconds
    assert with_text(book.sheets["Findings"], "cannot be read") == []


def test_what_is_no_time_stays_refused(book: Any, person: Person) -> None:
    """A part of a day in General format, seconds formatted as a time, and a date."""
    ours = put(book, "Ours", LOG)
    put(book, "Theirs", BILL)
    as_times(ours, [80.0, 61.0 * DAY_S, 46280.0 * DAY_S], ("General", "[HH]:MM:SS", "YYYY-MM-DD"))
    person.answers = [True, True]
    build(book, person)
    found = with_text(book.sheets["Findings"], '"duration" is')
    assert len(found) == 3
    assert any("a spreadsheet time (a part of a day)" in text for text in found)
    assert any("is the date 1900-03-01, not a duration: format" in text for text in found)
    assert any("is the date 2026-09-15, not a duration" in text for text in found)


@pytest.mark.parametrize("shown", ["HH:MM", "YYYY-MM-DD HH:MM"])
def test_day_and_time_of_a_mapped_sheet(book: Any, person: Person, tmp_path: Path, shown: str) -> None:
    (tmp_path / "map.toml").write_text(
        'provider = "own"\n[columns]\nfrom = "A"\nto = "B"\nstart = "Day"\nstart_time = "Clock"\n'
        'duration = "Length"\n',
        "utf-8",
    )
    run("configuration", book, person)
    set_settings(book, Month="2026-09", Column_mapping=str(tmp_path / "map.toml"))
    ours = book.sheets.add("Ours", after=book.sheets[-1])
    ours["A1"].value = [["A", "B", "Day", "Clock", "Length"], ["1", "2", datetime(2026, 9, 30), 0.5, 25 / 24]]
    ours["D2"].number_format, ours["E2"].number_format = shown, "[H]:MM:SS"
    person.answers = [[write_csv(tmp_path / "bill.csv", [row("CA1")])]]
    build(book, person)
    calls = book.sheets["Calls"]
    rows = calls.range((4, 1), calls.used_range.last_cell).value
    line = dict(zip(rows[0], rows[1], strict=True))
    assert (line["Started (UTC)"], line["Seconds"]) == (datetime(2026, 9, 30, 12), 90_000.0)


def test_a_time_in_a_note_is_kept_as_it_is_shown(book: Any, person: Person) -> None:
    put(book, "Ours", LOG)
    put(book, "Theirs", BILL, CONSOLE)
    for _ in range(2):
        person.answers = [True, True]
        build(book, person)
        findings = book.sheets["Findings"]
        at = findings["A4:U4"].value.index("Note") + 1
        if _ == 0:
            for number, (serial, shown) in enumerate(((14.5 / 24, "HH:MM"), (26 / 24, "[HH]:MM:SS")), 5):
                cell = findings.range((number, at))
                cell.number_format, cell.value = shown, serial
    assert findings.range((5, at), (6, at)).value == ["14:30:00", "26:00:00"]
