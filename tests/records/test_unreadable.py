"""Of a row that cannot be read, what can be read of its call all the same."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from addin.records.call import Unreadable
from addin.records.mapping import read_mapping
from addin.records.remarks import note_on_shortened

from .conftest import Read, Write

HEADER = "Call Sid,From,To,Status,Duration,Start Time,Price,Price Unit\n"
GOOD = "CA1,+15005550006,+447700900123,Completed,61,10:00:00 UTC 2026-09-10,-0.028,USD\n"
START = datetime(2026, 9, 10, 11, 30, tzinfo=UTC)


def unread(read: Read, row: str, **settings: object) -> Unreadable:
    made = read("calls.csv", f"{HEADER}{GOOD}{row}\n", **settings)
    [one] = made.unreadable
    assert len(made.calls) == 1
    return one


def test_its_time_and_numbers(read: Read) -> None:
    one = unread(read, "CA2,+15005550006,client:alice,Completed,6l,11:30:00 UTC 2026-09-10,-0.028,USD")
    assert one.call_id == "CA2"
    assert (one.started_at, one.from_number, one.to_number) == (START, "+15005550006", "client:alice")


@pytest.mark.parametrize("start", ["", "30/02/2026", "#N/A"])
def test_a_time_that_cannot_be_read_leaves_the_numbers(read: Read, start: str) -> None:
    one = unread(read, f"CA2,+15005550006,+447700900124,Completed,61,{start},-0.028,USD")
    assert (one.started_at, one.from_number, one.to_number) == (None, "+15005550006", "+447700900124")


def test_an_error_in_a_number_leaves_the_rest(read: Read) -> None:
    one = unread(read, "CA2,#REF!,+447700900124,Completed,6l,11:30:00 UTC 2026-09-10,-0.028,USD")
    assert (one.started_at, one.from_number, one.to_number) == (START, "", "+447700900124")


def test_what_is_noted_of_it_is_noted_once(read: Read) -> None:
    bad = "CA2,4.4E+11,+447700900124,Completed,6l,2026-09-10 11:30:00,-0.028,USD"
    one = unread(read, bad, time_zone="Europe/Vienna")
    assert (one.started_at, one.from_number) == (datetime(2026, 9, 10, 9, 30, tzinfo=UTC), "4.4E+11")
    notes = read("again.csv", f"{HEADER}{GOOD}{bad}\n", time_zone="Europe/Vienna").sources[0].notes
    assert [note for note in notes if "shortened" in note] == [note_on_shortened(["4.4E+11"])]


def test_what_nobody_read_before_is_not_noted(read: Read) -> None:
    """A row without a duration is refused before its bare time is looked at."""
    bad = {"sid": "CA2", "from": "1", "to": "2", "status": "completed", "start_time": "2026-09-10 11:30:00"}
    good = {**bad, "sid": "CA1", "duration": "61", "start_time": "2026-09-10T10:00:00Z"}
    made = read("calls.json", json.dumps([good, bad]), time_zone="Europe/Vienna")
    [one] = made.unreadable
    assert (one.problem, one.from_number) == ('has no "duration"', "1")
    assert one.started_at is not None
    assert made.sources[0].notes == read("good.json", json.dumps([good])).sources[0].notes


def test_the_creation_of_a_row_that_lacks_its_start_is_none(read: Read) -> None:
    bad = {"sid": "CA2", "from": "1", "to": "2", "status": "completed", "duration": "5"}
    bad["date_created"] = "2026-09-30T23:59:00Z"
    good = {**bad, "sid": "CA1", "start_time": "2026-09-30T23:59:01Z"}
    [one] = read("calls.json", json.dumps([good, bad])).unreadable
    assert (one.started_at, one.to_number) == (None, "2")


def test_a_column_that_is_mapped_twice(read: Read, write: Write) -> None:
    mapping = read_mapping(
        write(
            "mapping.toml",
            'provider = "own"\nholds = "calls"\ntime_zone = "UTC"\n[columns]\ncall_id = "id"\nfrom = "of"\n'
            'account = "of"\nto = "to"\nduration = "s"\nstart = "at"\n',
        )
    )
    made = read(
        "own.csv", "id,of,to,s,at\n1,4,44,5,2026-09-10T11:30Z\n2,4,45,x,2026-09-10T11:30Z\n", mapping=mapping
    )
    [one] = made.unreadable
    assert (one.started_at, one.from_number, one.to_number) == (START, "4", "45")


def test_day_and_time_of_day_in_two_columns_of_a_mapping(read: Read, write: Write) -> None:
    mapping = read_mapping(
        write(
            "mapping.toml",
            'provider = "own"\nholds = "calls"\ntime_zone = "UTC"\n[columns]\ncall_id = "id"\nfrom = "of"\n'
            'to = "to"\nduration = "s"\nstart = "day"\nstart_time = "clock"\n',
        )
    )
    made = read(
        "own.csv",
        "id,of,to,s,day,clock\n1,4,44,5,2026-09-10,11:30\n2,#N/A,45,x,2026-09-10,11:30\n",
        mapping=mapping,
    )
    [one] = made.unreadable
    assert (one.call_id, one.started_at, one.from_number, one.to_number) == ("2", START, "", "45")


def test_a_row_of_usage_has_no_call(read: Read) -> None:
    header = "category,start_date,end_date,count,count_unit,usage,usage_unit,price,price_unit\n"
    row = "calls,2026-09-01,2026-09-01,{},calls,2,minutes,0.028,usd\n"
    [one] = read("usage.csv", header + row.format(1) + row.format("x")).unreadable
    assert (one.started_at, one.from_number, one.to_number) == (None, "", "")
