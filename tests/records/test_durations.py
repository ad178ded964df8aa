"""What a duration must not be: a spreadsheet time, or blank for a call that was answered."""

from __future__ import annotations

import json
from typing import Any

import pytest

from addin.records import read_mapping, read_records

from .conftest import Read, Write
from .test_mapping import LEAST
from .test_plivo import CALL as PLIVO
from .test_switches import CONNEXCS, VOISO
from .test_twilio import CALL, CONSOLE

NONE = "no duration for an answered call"
TIME = "0.000925925925925926"


def test_a_spreadsheet_time_is_no_seconds(read: Read) -> None:
    for records in (
        read("console.csv", CONSOLE.replace(",80,", f",{TIME},")),
        read("calls.json", json.dumps(CALL).replace('"80"', TIME)),
        read("calls.json", json.dumps(CALL | {"duration": TIME})),
        read("cdr.csv", CONNEXCS.replace("00:01:31", TIME)),
        read("cdr.csv", CONNEXCS.replace(",120,", f",{TIME},")),
    ):
        (bad,) = records.unreadable
        assert (
            "a spreadsheet time (a part of a day): format the column as h:mm:ss or as seconds" in bad.problem
        )


@pytest.mark.parametrize("blank", ["", None, "null"])
def test_blank_is_for_calls_that_were_not_answered(read: Read, blank: Any) -> None:
    answered = [
        CALL | {"duration": blank},
        PLIVO | {"bill_duration": blank},
        VOISO[0] | {"duration": blank},
    ]
    for record in answered:
        (bad,) = read("calls.json", json.dumps(record)).unreadable
        assert bad.problem == NONE
    not_answered = [
        CALL | {"duration": blank, "status": "busy"},
        CALL | {"duration": blank, "status": "unheard-of"},
        PLIVO | {"bill_duration": blank, "answer_time": None},
        VOISO[2] | {"duration": blank},
    ]
    for record in not_answered:
        (call,) = read("calls.json", json.dumps(record)).calls
        assert (call.duration_ms, call.is_billed) == (0, None if call.status == "unheard-of" else False)


def test_blank_in_a_switch_s_record(read: Read) -> None:
    answered = read("cdr.csv", CONNEXCS.replace("00:01:31", ""))
    assert [(bad.call_id, bad.problem) for bad in answered.unreadable] == [("a1", NONE)]
    busy = read("cdr.csv", CONNEXCS.replace(",0,outbound,486", ",,outbound,486"))
    assert [call.is_billed for call in busy.calls] == [True, False, False]


def test_zero_stays_zero(read: Read) -> None:
    records = [CALL | {"duration": 0}, CALL | {"duration": "0"}, CALL | {"duration": "0:00:00"}]
    calls = read("calls.json", json.dumps(records)).calls
    assert [(call.duration_ms, call.is_billed) for call in calls] == [(0, True)] * 3


def test_blank_in_a_mapped_file(write: Write) -> None:
    toml = LEAST + 'status = "Result"\n'
    content = "A,B,When,Length,Result\n1,2,2026-09-01,,answered\n1,2,2026-09-01,,busy\n"
    paths = [write("calls.csv", content)]
    records = read_records(paths, mapping=read_mapping(write("map.toml", toml)))
    assert [bad.problem for bad in records.unreadable] == [NONE]
    assert [call.is_billed for call in records.calls] == [False]
    without = read_records(paths, mapping=read_mapping(write("map.toml", LEAST)))
    assert [call.is_billed for call in without.calls] == [False, False]
