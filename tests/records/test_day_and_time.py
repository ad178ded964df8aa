"""Starts whose day and time of day stand in two columns, and starts in no known form."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from pathlib import Path

from openpyxl import Workbook

from addin.records import read_mapping, read_records

from .conftest import Write

TWO = """
time_format = "%d.%m.%Y %H:%M"

[columns]
from = "A"
to = "B"
start = "Datum"
start_time = "Uhrzeit"
duration = "Length"
"""


def test_day_and_time_of_day_may_stand_in_two_columns(write: Write) -> None:
    mapping = read_mapping(write("map.toml", TWO))
    rows = "A,B,Datum,Uhrzeit,Length\n1,2,01.09.2026,23:30,80\n1,2,01.09.2026,,80\n1,2,01.09.2026,25:00,80\n"
    records = read_records([write("calls.csv", rows)], mapping=mapping)
    assert [call.started_at for call in records.calls] == [datetime(2026, 9, 1, 23, 30, tzinfo=UTC)]
    assert [row.problem for row in records.unreadable] == [
        "\"Datum\" is '01.09.2026', and the time of day is blank",
        "\"Datum\" is '01.09.2026 25:00', not a time written as %d.%m.%Y %H:%M",
    ]


def test_a_workbook_s_day_and_time_cells_are_joined(tmp_path: Path, write: Write) -> None:
    book = Workbook()
    book.active.append(["A", "B", "Datum", "Uhrzeit", "Length"])
    book.active.append(["1", "2", date(2026, 9, 1), time(23, 30, 5), 80])
    book.save(tmp_path / "calls.xlsx")
    records = read_records([tmp_path / "calls.xlsx"], mapping=read_mapping(write("map.toml", TWO)))
    assert [call.started_at for call in records.calls] == [datetime(2026, 9, 1, 23, 30, 5, tzinfo=UTC)]


def test_a_time_in_no_known_form_names_the_remedy(write: Write) -> None:
    rows = "Call Sid,From,To,Status,Duration,Start Time\nCA1,1,2,Completed,80,01.09.2026 10:00\n"
    (row,) = read_records([write("calls.csv", rows)]).unreadable
    assert row.problem.endswith("is in no known form; a column mapping can name it by time_format")
