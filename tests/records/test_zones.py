"""Whose times a time zone given by a person may shift: only those of files that leave it open."""

from __future__ import annotations

import json
from typing import Any

import pytest

from addin.records import read_mapping, read_records

from .conftest import Read, Write
from .test_mapping import LEAST
from .test_plivo import CALL as PLIVO
from .test_switches import CONNEXCS, VOISO
from .test_twilio import CALL, CONSOLE, USAGE

BARE = "2026-09-01 10:00:00"
SCRIPT = f"""\
Account SID,Call SID,Parent Call SID,From,To,Status,Start Time,Duration
AC01,CA01,,+15005550006,+15005550009,completed,{BARE},80
"""
WAREHOUSE = f"""\
id,account_id,created_at,from,to,status,duration,start_time
CA01,AC01,{BARE},15005550006,15005550009,completed,80,{BARE}
"""
FIXED = {
    "switch.csv": CONNEXCS.replace("2026-09-01 00:00:00", BARE),
    "api.json": json.dumps(CALL | {"start_time": BARE}),
    "bulk.jsonl": "\n".join(json.dumps(CALL | {"start_time": BARE}) for _ in "12"),
    "warehouse.csv": WAREHOUSE,
}
OPEN = {
    "script.csv": SCRIPT,
    "console.csv": CONSOLE.replace("10:59:00 AEST 2026-09-01", BARE),
    "plivo.json": json.dumps(PLIVO | {"initiation_time": BARE}),
    "voiso.json": json.dumps(VOISO[0] | {"timestamp": BARE}),
}


@pytest.mark.parametrize("name", FIXED)
def test_a_zone_that_the_provider_fixes_is_not_shifted(read: Read, name: str) -> None:
    for zone, notes in {
        None: (),
        "UTC": (),
        "-05:00": (
            "times without a zone are UTC by definition: the time zone -05:00 that was given was not used",
        ),
    }.items():
        records = read(name, FIXED[name], time_zone=zone)
        assert (records.calls[0].started_at.hour, records.sources[0].notes) == (10, notes)


@pytest.mark.parametrize("name", OPEN)
def test_a_zone_that_the_file_leaves_open_is_told(read: Read, name: str) -> None:
    for zone, hour in {None: 10, "-05:00": 15}.items():
        records = read(name, OPEN[name], time_zone=zone)
        assert records.calls[0].started_at.hour == hour
        assert records.sources[0].notes == (f"times without a zone were read as {zone or 'UTC'}",)


@pytest.mark.parametrize(
    ("settings", "when", "hour"),
    [
        ("", BARE, 15),
        ('time_zone = "Europe/Berlin"\n', BARE, 8),
        ('time_format = "unix"\n', 1_788_256_800, 10),
    ],
)
def test_a_mapping(write: Write, settings: str, when: Any, hour: int) -> None:
    content = json.dumps([{"A": "1", "B": "2", "When": when, "Length": 80}])
    mapping = read_mapping(write("map.toml", settings + LEAST))
    records = read_records([write("calls.json", content)], mapping=mapping, time_zone="-05:00")
    assert records.calls[0].started_at.hour == hour
    assert (records.sources[0].notes == ()) == (settings != "")


def test_a_usage_record_s_moment(read: Read) -> None:
    (usage,) = read("usage.json", json.dumps(USAGE | {"as_of": BARE}), time_zone="-05:00").usage
    assert usage.as_of is not None
    assert usage.as_of.hour == 10
