"""Records of one JSON file need not have the same fields: each is read by its own."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from .conftest import Read, Refusal
from .test_plivo import CALL as PLIVO
from .test_twilio import CALL

LATE = ("price", "price_unit", "direction", "date_updated", "account_sid", "parent_call_sid")
SHORT = {key: value for key, value in CALL.items() if key not in LATE} | {"sid": "CA00"}
WRITTEN = {
    "page": lambda records: json.dumps({"calls": records}),
    "list": json.dumps,
    "lines": lambda records: "\n".join(map(json.dumps, records)),
}


@pytest.mark.parametrize("shape", WRITTEN)
@pytest.mark.parametrize("first", [True, False])
def test_a_field_that_one_record_lacks_is_kept_for_the_others(read: Read, shape: str, first: bool) -> None:
    whole = CALL | {"parent_call_sid": "CA99"}
    records = read("calls.json", WRITTEN[shape]([SHORT, whole] if first else [whole, SHORT]))
    short, full = records.calls if first else records.calls[::-1]
    assert (short.cost, short.currency, short.direction, short.updated_at) == (None, "", "", None)
    assert (full.cost, full.currency, full.direction) == (Decimal("0.01700"), "USD", "outbound")
    assert (full.account, full.parent_id) == ("AC01", "CA99")
    assert full.updated_at == datetime(2026, 9, 1, 0, 5, tzinfo=UTC)


@pytest.mark.parametrize("shape", WRITTEN)
def test_the_first_record_may_lack_what_the_format_is_known_by(read: Read, shape: str) -> None:
    lacking = {key: value for key, value in CALL.items() if key != "start_time"}
    records = read("calls.json", WRITTEN[shape]([lacking, CALL]))
    assert [call.call_id for call in records.calls] == ["CA01"]
    assert [(bad.place.row, bad.problem) for bad in records.unreadable] == [(1, 'has no "start_time"')]


def test_an_answer_that_the_first_call_lacks(read: Read) -> None:
    never = {key: value for key, value in PLIVO.items() if key != "answer_time"} | {"bill_duration": 0}
    unanswered = PLIVO | {"call_uuid": "p2", "answer_time": None}
    calls = read("calls.json", json.dumps({"objects": [never, PLIVO, unanswered]})).calls
    assert [call.is_billed for call in calls] == [False, True, False]


def test_the_time_that_rang_never_stands_in_for_the_time_talked(read: Read) -> None:
    other = {key: value for key, value in PLIVO.items() if key != "bill_duration"}
    records = read("calls.json", WRITTEN["lines"]([other, PLIVO | {"call_uuid": "p2"}]))
    assert [call.duration_ms for call in records.calls] == [91_000]
    assert [bad.problem for bad in records.unreadable] == ['has no "bill_duration"']


def test_names_that_stand_for_each_other_may_differ_by_record(read: Read) -> None:
    console = {key: value for key, value in PLIVO.items() if not key.startswith("total_")}
    console |= {"Billed amount": "0.034", "Call rate": "0.017"}
    for records in ([PLIVO, console], [console, PLIVO]):
        calls = read("calls.json", json.dumps(records)).calls
        assert {call.cost for call in calls} == {Decimal("0.034"), Decimal("0.017")}
        assert {call.rate_per_minute for call in calls} == {Decimal("0.017"), Decimal("0.0085")}


def test_a_field_that_comes_late(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("addin.records.json_tables.RECORDS_LOOKED_AT", 1)
    _, call = read("calls.json", WRITTEN["lines"]([SHORT, CALL])).calls
    assert (call.cost, call.account) == (Decimal("0.01700"), "AC01")


def test_two_spellings_of_a_field_are_one_unless_they_meet(read: Read, refusal: Refusal) -> None:
    respelled = {key.upper().replace("_", " "): value for key, value in CALL.items()} | {"SID": "CA02"}
    assert len(read("calls.json", json.dumps([CALL, respelled])).calls) == 2
    message = refusal("calls.json", json.dumps([CALL, CALL | {"Start Time": "2026-09-01"}]))
    assert message.startswith('calls.json has the column "start_time" 2 times.')


def test_a_bad_value_is_named_as_its_record_writes_it(read: Read) -> None:
    (bad,) = read("calls.json", json.dumps([SHORT, CALL | {"price": "$1"}])).unreadable
    assert bad.problem == "\"price\" is '$1', not a number"
