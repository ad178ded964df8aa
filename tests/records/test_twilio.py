"""Twilio's formats: each small sample is read whole and adds up."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from addin.records import read_records
from addin.records.call import Records

from .conftest import Read, Write

CALL: dict[str, Any] = {
    "sid": "CA01",
    "account_sid": "AC01",
    "parent_call_sid": None,
    "from": "+15005550006",
    "to": "+15005550009",
    "status": "completed",
    "start_time": "Tue, 01 Sep 2026 00:00:05 +0000",
    "end_time": "Tue, 01 Sep 2026 00:01:25 +0000",
    "date_created": "Tue, 01 Sep 2026 00:00:01 +0000",
    "date_updated": "Tue, 01 Sep 2026 00:05:00 +0000",
    "duration": "80",
    "price": "-0.01700",
    "price_unit": "usd",
    "direction": "outbound-api",
    "uri": "/somewhere.json",
    "subresource_uris": {"recordings": "/elsewhere.json"},
}
BUSY = CALL | {
    "sid": "CA02", "status": "busy", "duration": "", "price": None, "start_time": None, "end_time": None,
}  # fmt: skip
CLIENT = CALL | {
    "sid": "CA03", "from": "client:alice", "duration": 31, "price": "-0.004", "direction": "inbound",
}  # fmt: skip
PENDING = CALL | {"sid": "CA04", "duration": "1", "price": "null", "parent_call_sid": "CA01"}
CALLS = [CALL, BUSY, CLIENT, PENDING]

CONSOLE = """\
Call Sid,From,To,Direction,Type,Status,Duration,Start Time,End Time,Date Created,Price,Price Unit
CA01,+15005550006,+15005550009,Outgoing API,Phone,Completed,80,10:59:00 AEST 2026-09-01,,,-0.017,USD
CA02,+15005550006,+15005550009,Outgoing Dial,Phone,No Answer,,,,11:00:00 AEST 2026-09-01,,USD
CA03,alice,+15005550009,Incoming,Client,Completed,0:00:31,12:00:00 AEST 2026-09-01,,,-0.004,USD
"""
USAGE: dict[str, Any] = {
    "category": "calls",
    "description": "Total Calls",
    "start_date": "2026-09-01",
    "end_date": "2026-09-30",
    "count": "3",
    "count_unit": "calls",
    "usage": "4",
    "usage_unit": "minutes",
    "price": "0.021",
    "price_unit": "usd",
    "as_of": "2026-10-01T00:00:00+00:00",
    "account_sid": "AC01",
}


def adds_up(records: Records) -> None:
    """What the four calls come to, whichever way they are written."""
    assert records.unreadable == ()
    assert [call.call_id for call in records.calls] == ["CA01", "CA02", "CA03", "CA04"]
    assert [call.is_billed for call in records.calls] == [True, False, True, True]
    assert sum(call.duration_ms for call in records.calls) == 112_000
    assert sum(call.cost or 0 for call in records.calls) == Decimal("0.021")
    assert [call.cost for call in records.calls][1::2] == [None, None]
    assert [call.category for call in records.calls] == ["calls", "calls", "calls-client", "calls"]
    assert [call.direction for call in records.calls] == ["outbound", "outbound", "inbound", "outbound"]


def test_pages(read: Read) -> None:
    records = read("page.json", json.dumps({"page": 0, "calls": CALLS}, indent=1))
    adds_up(records)
    first, busy, *_ = records.calls
    assert first.started_at == datetime(2026, 9, 1, 0, 0, 5, tzinfo=UTC)
    assert first.updated_at == datetime(2026, 9, 1, 0, 5, tzinfo=UTC)
    assert (first.currency, first.account, records.calls[3].parent_id) == ("USD", "AC01", "CA01")
    assert busy.started_at == datetime(2026, 9, 1, 0, 0, 1, tzinfo=UTC)
    assert str(records.calls[3].place) == "page.json:4"
    (source,) = records.sources
    assert (source.provider, source.format, source.rows) == ("twilio", "Twilio call JSON", 4)


@pytest.mark.parametrize("indent", [None, 2])
def test_pages_one_after_the_other(read: Read, indent: int | None) -> None:
    pages = [json.dumps({"calls": CALLS[:1]}, indent=indent), json.dumps({"calls": CALLS[1:]}, indent=indent)]
    adds_up(read("pages.json", "\n\n".join(pages) + "\n"))


def test_a_bare_list(read: Read) -> None:
    adds_up(read("list.json", json.dumps(CALLS)))


@pytest.mark.parametrize("indent", [None, 2])
def test_a_single_call(read: Read, indent: int | None) -> None:
    (call,) = read("one.json", json.dumps(CALL, indent=indent)).calls
    assert (call.call_id, call.duration_ms, call.cost) == ("CA01", 80_000, Decimal("0.01700"))


def test_bulk_export_packed(read: Read) -> None:
    lines = [json.dumps(call | {"start_time": "2026-09-01T00:00:05Z"}) for call in CALLS]
    lines[1] = json.dumps(BUSY)
    records = read("bulk.json.gz", gzip.compress("\n".join(lines).encode()))
    adds_up(records)
    assert str(records.calls[2].place) == "bulk.json.gz:3"
    assert records.sources[0].format == "Twilio call JSON lines"


def test_a_damaged_line_stops_nothing(read: Read) -> None:
    for damaged in range(3):
        lines = [json.dumps(call) for call in CALLS[:3]]
        lines[damaged] = lines[damaged][:40]
        records = read("bulk.jsonl", "\n".join(lines))
        (bad,) = records.unreadable
        assert (str(bad.place), len(records.calls)) == (f"bulk.jsonl:{damaged + 1}", 2)
        assert "the line is cut or damaged" in bad.problem


def test_console(read: Read) -> None:
    records = read("console.csv", CONSOLE)
    assert records.unreadable == ()
    first, unanswered, client = records.calls
    assert first.started_at == datetime(2026, 9, 1, 0, 59, tzinfo=UTC)
    assert (unanswered.is_billed, unanswered.started_at.hour, unanswered.duration_ms) == (False, 1, 0)
    assert (client.category, client.direction, client.duration_ms) == ("calls-client", "inbound", 31_000)
    assert sum(call.cost or 0 for call in records.calls) == Decimal("0.021")
    assert records.sources[0].format == "Twilio console CSV"
    assert [call.place.row for call in records.calls] == [2, 3, 4]


def test_console_without_start_time_says_what_it_takes(read: Read) -> None:
    records = read(
        "console.csv",
        "Date Created,Call Sid,From,To,Status,Duration,Price\n"
        "10:59:00 UTC 2026-09-01,CA01,+15005550006,+15005550009,Completed,80,-0.017\n",
    )
    assert records.calls[0].started_at == datetime(2026, 9, 1, 10, 59, tzinfo=UTC)
    assert records.sources[0].notes == ("there is no Start Time: Date Created was taken for it",)


def test_script_csv(read: Read) -> None:
    records = read(
        "script.csv",
        "Account SID,Call SID,Parent Call SID,From,To,Status,Direction,Start Time,End Time,Duration,Price\n"
        "AC01,CA01,,+15005550006,+15005550009,completed,outbound-dial,2026-09-01 00:00:05,,80,-0.017\n"
        "AC01,CA02,CA01,+15005550006,+15005550009,failed,outbound-dial,2026-09-01T00:00:05Z,,0,null\n",
    )
    bare, zoned = records.calls
    assert (bare.started_at.hour, zoned.started_at.hour, zoned.parent_id) == (0, 0, "CA01")
    assert records.sources[0].format == "Twilio script CSV"
    assert records.sources[0].notes == ("times without a zone were read as UTC",)


def test_warehouse(read: Read) -> None:
    records = read(
        "export.csv",
        "id,account_id,created_at,from,to,status,duration,start_time,price,price_unit,parent_call_id,updated_at\n"
        "CA01,AC01,2026-09-01 00:00:00.000000 UTC,15005550006,15005550009,completed,80,"
        "2026-09-01 00:00:05.000000 UTC,-0.017,USD,CA00,2026-09-01 00:09:00.000000 UTC\n"
        "CA02,AC01,2026-09-01 00:00:00.000000 UTC,15005550006,15005550009,completed,80,"
        "2026-02-30 00:00:05.000000 UTC,-0.017,USD,,\n",
    )
    (call,) = records.calls
    assert (call.parent_id, call.account, call.cost) == ("CA00", "AC01", Decimal("0.017"))
    assert call.updated_at == datetime(2026, 9, 1, 0, 9, tzinfo=UTC)
    (bad,) = records.unreadable
    assert (str(bad.place), bad.call_id) == ("export.csv:3", "CA02")
    assert "\"start_time\" is '2026-02-30 00:00:05.000000 UTC'" in bad.problem


def test_usage_of_any_category(read: Read) -> None:
    sms = USAGE | {"category": "sms-unheard-of", "usage_unit": "segments", "usage": "2.5", "count": 2}
    total = USAGE | {"category": "totalprice", "usage_unit": "usd", "usage": "0.021", "count": ""}
    records = read("usage.json", json.dumps({"usage_records": [USAGE, sms, total]}))
    calls, messages, price = records.usage
    assert (price.calls, price.minutes, price.unit) == (0, Decimal("0.021"), "usd")
    assert (calls.start_on, calls.end_on) == (date(2026, 9, 1), date(2026, 9, 30))
    assert (calls.calls, calls.minutes, calls.cost) == (3, Decimal(4), Decimal("0.021"))
    assert (calls.currency, calls.unit, calls.account) == ("USD", "minutes", "AC01")
    assert calls.as_of == datetime(2026, 10, 1, tzinfo=UTC)
    assert (messages.category, messages.unit, messages.minutes) == (
        "sms-unheard-of",
        "segments",
        Decimal("2.5"),
    )


def test_usage_categories_are_folded(read: Read) -> None:
    written = ["calls_inbound", "Calls Inbound", " CALLS-INBOUND "]
    records = read("usage.json", json.dumps([USAGE | {"category": one} for one in written]))
    assert [usage.category for usage in records.usage] == ["calls-inbound"] * 3


def test_usage_csv_with_bad_rows(read: Read) -> None:
    header = ",".join(USAGE)
    rows = [
        USAGE,
        USAGE | {"price": "$0.05"},
        USAGE | {"end_date": "2026-08-31"},
        USAGE | {"count": ""},
        USAGE | {"start_date": "2026-09-31"},
        USAGE | {"count": "2.5"},
    ]
    records = read("usage.csv", "\n".join([header, *(",".join(row.values()) for row in rows)]))
    assert len(records.usage) == 1
    assert {bad.place.row: bad.problem for bad in records.unreadable} == {
        3: "\"price\" is '$0.05', not a number",
        4: "ends on 2026-08-31, before it starts on 2026-09-01",
        5: '"count" is blank',
        6: "\"start_date\" is '2026-09-31', not a day (YYYY-MM-DD)",
        7: "\"count\" is '2.5', not a whole number",
    }


def test_any_mix_of_files(write: Write) -> None:
    paths = [write("calls.json", json.dumps(CALLS)), write("usage.json", json.dumps(USAGE))]
    records = read_records(paths)
    assert (len(records.calls), len(records.usage)) == (4, 1)
    assert [source.rows for source in records.sources] == [4, 1]


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"duration": "80s"}, "\"duration\" is '80s', not a number"),
        ({"price": 1e308}, "\"price\" is '1E+308', no number that can be"),
        ({"duration": "-1"}, '"duration" is negative (-1)'),
        ({"duration": "99999999999"}, '"duration" is 99999999999, longer than any call'),
        ({"price": "0.01x"}, "\"price\" is '0.01x', not a number"),
        ({"price": "-1,250"}, "\"price\" is '-1,250', not a number"),
        ({"price_unit": "dollars"}, "\"price_unit\" is 'DOLLARS', not a currency such as USD"),
        ({"start_time": None}, '"start_time" is blank'),
        ({"start_time": "", "status": "unheard-of"}, '"start_time" is blank'),
        ({"start_time": "03/09/2026 10:00"}, "\"start_time\" is '03/09/2026 10:00'"),
        ({"start_time": "10:00:00 IST 2026-09-01"}, "may mean several zones"),
    ],
)
def test_what_cannot_be_read(read: Read, change: dict[str, Any], problem: str) -> None:
    records = read("calls.json", json.dumps([CALL, CALL | {"sid": "CA09"} | change]))
    (bad,) = records.unreadable
    assert (str(bad.place), bad.call_id) == ("calls.json:2", "CA09")
    assert problem in bad.problem
    assert len(records.calls) == 1


def test_a_record_that_lacks_a_field_is_not_zero_seconds(read: Read) -> None:
    short = {key: value for key, value in CALL.items() if key != "duration"}
    (bad,) = read("calls.json", json.dumps([CALL, short, "text"])).unreadable[:1]
    assert bad.problem == 'has no "duration"'


def test_a_number_beyond_all_bounds_is_its_own_row_s_trouble(read: Read) -> None:
    lines = [json.dumps(CALL), json.dumps(CALL | {"duration": 0}).replace(": 0", ": 1e" + "9" * 30)]
    for text in ("\n".join(lines), f"[{','.join(lines)}]"):
        (bad,) = read("calls.json", text).unreadable
        assert "not a number" in bad.problem


def test_control_characters_in_json(read: Read) -> None:
    text = json.dumps(CALL | {"from": "+1500X"}).replace("X", "\x07\\u0000\t5")
    assert read("call.json", text).calls[0].from_number == "+15005"


def test_an_unknown_status_is_no_decision(read: Read) -> None:
    (call,) = read("calls.json", json.dumps(CALL | {"status": "transferred"})).calls
    assert (call.status, call.is_billed) == ("transferred", None)


def test_copies_are_told_from_changed_rows(read: Read) -> None:
    one, copy, changed = read("calls.json", json.dumps([CALL, CALL, CALL | {"price": None}])).calls
    assert one.row_values == copy.row_values
    assert one.row_values != changed.row_values
