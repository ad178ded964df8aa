"""Telephone numbers and ids that a spreadsheet has shortened: 4.48E+11 was 448081570192 once."""

from __future__ import annotations

import json
from typing import Any

import pytest

from addin.records import read_mapping, read_records

from .conftest import Read, Write
from .test_mapping import LEAST
from .test_plivo import CALL as PLIVO
from .test_switches import CONNEXCS, VOISO
from .test_tables import AT, COLUMNS, workbook
from .test_twilio import BUSY, CALL, CONSOLE


def test_numbers_are_kept_and_counted(read: Read) -> None:
    rows = [CALL | {"to": "4.48E+11"}, BUSY | {"from": "4,5E+11", "to": "1e+15"}, CALL]
    records = read("calls.json", json.dumps(rows))
    assert [call.to_number for call in records.calls] == ["4.48E+11", "1e+15", "+15005550009"]
    assert records.sources[0].notes == (
        "3 numbers were shortened by a spreadsheet, such as 4.48E+11: export again",
    )
    one = read("console.csv", CONSOLE.replace("alice", "4E+11"))
    assert (len(one.calls), one.unreadable) == (3, ())
    assert one.sources[0].notes == ("1 number was shortened by a spreadsheet, such as 4E+11: export again",)
    book = workbook([COLUMNS, ["a1", AT, "4.48E+11", 448081570192.0, 80]])
    (call,) = read("cdr.xlsx", book).calls
    assert (call.from_number, call.to_number) == ("4.48E+11", "448081570192")


@pytest.mark.parametrize("number", ["client:4.48E+11", "448081570192", "4e11", "", "sip:4E+1@x", "+4.4+1"])
def test_numbers_that_are_whole(read: Read, number: str) -> None:
    records = read("calls.json", json.dumps(CALL | {"to": number}))
    assert (records.calls[0].to_number, records.sources[0].notes) == (number, ())


SPOILT: list[tuple[dict[str, Any], str]] = [
    (CALL | {"sid": "1.2E+33"}, "sid"),
    (PLIVO | {"call_uuid": "1.2E+33"}, "call_uuid"),
    (VOISO[0] | {"uuid": "1E+33"}, "uuid"),
]


@pytest.mark.parametrize(("record", "column"), SPOILT)
def test_ids_are_not_believed(read: Read, record: dict[str, Any], column: str) -> None:
    records = read("calls.json", json.dumps(record))
    (bad,) = records.unreadable
    assert bad.call_id == record[column]
    assert bad.problem == (
        f'"{column}" is {record[column]}: a spreadsheet has shortened this id, export again with ids as text'
    )
    assert (records.calls, records.sources[0].rows) == ((), 1)


def test_ids_of_switches_and_mapped_files(read: Read, write: Write) -> None:
    (bad,) = read("cdr.csv", CONNEXCS.replace("a2,", "1.5E+12,")).unreadable
    assert (bad.place.row, bad.call_id) == (3, "1.5E+12")
    mapping = read_mapping(write("map.toml", LEAST + 'call_id = "Id"\n'))
    content = "Id,A,B,When,Length\n1.5E+12,1,2,2026-09-01,80\n9,1,4.48E+11,2026-09-01,80\n"
    records = read_records([write("calls.csv", content)], mapping=mapping)
    assert [call.to_number for call in records.calls] == ["4.48E+11"]
    assert [bad.call_id for bad in records.unreadable] == ["1.5E+12"]


def test_long_ids_in_number_cells(read: Read) -> None:
    """Excel keeps 15 digits and writes a zero for the 16th: two such ids would be one call."""
    rows = [[number, AT, "1", "2", 80] for number in (123456789012345, 1234567890123450, 1234567890123451)]
    records = read("cdr.xlsx", workbook([COLUMNS, *rows]))
    assert [one.call_id for one in records.calls] == ["123456789012345"]
    assert [one.place.row for one in records.unreadable] == [3, 4]
    assert all("a spreadsheet has shortened this id" in one.problem for one in records.unreadable)
