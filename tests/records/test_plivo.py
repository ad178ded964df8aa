"""Plivo's calls and recordings."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from .conftest import Read, Refusal

CALL: dict[str, Any] = {
    "call_uuid": "p1",
    "parent_call_uuid": None,
    "from_number": "+15005550006",
    "to_number": "15005550009",
    "call_direction": "outbound",
    "initiation_time": "2026-09-01 04:30:00+05:30",
    "answer_time": "2026-09-01 04:30:10+05:30",
    "end_time": "2026-09-01 04:31:41+05:30",
    "call_duration": 101,
    "bill_duration": 91,
    "billed_duration": 120,
    "total_rate": "0.00850",
    "total_amount": "0.01700",
}
UNANSWERED = CALL | {
    "call_uuid": "p2", "answer_time": None, "bill_duration": 0, "billed_duration": 0,
    "total_amount": "0.00000", "call_direction": "inbound",
}  # fmt: skip
CSV = """\
Call UUID,Parent call UUID,From number,To number,Call direction,End time,Initiation time,Answer time,\
Call duration,Billed duration,Call rate,Billed amount,Subaccount Auth ID
p1,,+15005550006,15005550009,outbound,2026-08-31 23:01:41,2026-08-31 23:00:00,2026-08-31 23:00:10,\
91,120,0.0085,0.017,SA1
p2,p1,+15005550006,15005550009,inbound,2026-09-01 00:00:00,,,0,0,0.0085,0,
"""


def test_calls(read: Read) -> None:
    records = read("calls.json", json.dumps({"meta": {"limit": 20}, "objects": [CALL, UNANSWERED]}))
    call, unanswered = records.calls
    assert call.started_at == datetime(2026, 8, 31, 23, tzinfo=UTC)
    assert (call.duration_ms, call.billed_ms) == (91_000, 120_000)
    assert (call.cost, call.rate_per_minute) == (Decimal("0.017"), Decimal("0.0085"))
    assert (call.status, call.is_billed, call.direction) == ("answered", True, "outbound")
    assert (unanswered.status, unanswered.is_billed, unanswered.cost) == ("not answered", False, 0)
    assert read("never.json", json.dumps(CALL | {"answer_time": None})).calls[0].is_billed is False
    assert records.sources[0].format == "Plivo call JSON"
    assert records.sources[0].notes == ()


def test_calls_of_the_console(read: Read) -> None:
    records = read("cdr.csv", CSV)
    call, unanswered = records.calls
    assert (call.duration_ms, call.billed_ms, call.cost) == (91_000, 120_000, Decimal("0.017"))
    assert (call.account, call.started_at) == ("SA1", datetime(2026, 8, 31, 23, tzinfo=UTC))
    assert (unanswered.started_at, unanswered.parent_id) == (datetime(2026, 9, 1, tzinfo=UTC), "p1")
    assert records.sources[0].notes == ("times without a zone were read as UTC",)


def test_the_zone_of_the_console_is_told(read: Read) -> None:
    records = read("cdr.csv", CSV, time_zone="Asia/Kolkata")
    assert records.calls[0].started_at == datetime(2026, 8, 31, 17, 30, tzinfo=UTC)
    assert records.sources[0].notes == ("times without a zone were read as Asia/Kolkata",)


def test_recordings(read: Read) -> None:
    recording: dict[str, Any] = {
        "recording_id": "r1",
        "call_uuid": "p1",
        "add_time": "2026-03-16 10:00:00.250000+05:30",
        "recording_duration_ms": "119000.00000",
        "recording_storage_duration": 107,
        "recording_storage_rate": 0.0004,
        "monthly_recording_storage_amount": 0.0008,
    }
    bad = recording | {"recording_duration_ms": None}
    records = read("recordings.json", json.dumps({"objects": [recording, bad]}))
    (read_one,) = records.recordings
    assert read_one.created_at == datetime(2026, 3, 16, 4, 30, 0, 250_000, tzinfo=UTC)
    assert (read_one.duration_ms, read_one.storage_days) == (119_000, 107)
    assert (read_one.rate, read_one.monthly_amount) == (Decimal("0.0004"), Decimal("0.0008"))
    assert records.unreadable[0].problem == '"recording_duration_ms" is blank'

    header = ",".join(recording)
    line = ",".join(map(str, recording.values()))
    assert read("recordings.csv", f"{header}\n{line}\n").recordings[0].duration_ms == 119_000


def test_conferences_are_named_and_refused(refusal: Refusal) -> None:
    page = {"objects": [{"mpc_uuid": "m1", "friendly_name": "x", "participants": "/", "duration": None}]}
    assert refusal("mpc.json", json.dumps(page)) == (
        "mpc.json is a Plivo multi-party call JSON, which is not imported. It sums up a conference, whose "
        "legs are in the call records: export those."
    )
