"""Recordings and deletions: Plivo's, a list of one's own, sheets; what cannot be read is named, never 0."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from addin.errors import TollsheetError
from addin.reconcile.refusals import refuse_wrong_side
from addin.records import read_mapping, read_records
from addin.records.call import Records
from tests.records.conftest import Read, Refusal

RECORDING = {
    "recording_id": "r1",
    "call_uuid": "c1",
    "add_time": "2023-03-16 10:00:00+05:30",
    "recording_duration_ms": "119000.00000",
    "rounded_recording_duration": 120,
    "recording_storage_duration": 107,
    "recording_storage_rate": 0.0004,
    "monthly_recording_storage_amount": 0.0008,
}
MAPPING = """
provider = "own"
holds = "recordings"
time_zone = "Asia/Kolkata"
decimal_comma = true
currency = "EUR"

[columns]
recording_id = "Nr"
created = "Made"
duration = "Length"
deleted = "Gone"
rate = "Price"
amount = "Charged"
stored_days = "Days"
billed_duration = "Rounded"
call_id = "Call"
"""


def test_what_plivo_charges_for_is_read(read: Read) -> None:
    (one,) = read("r.json", json.dumps({"objects": [RECORDING]})).recordings
    assert (one.duration_ms, one.rounded_ms, one.storage_days) == (119_000, 120_000, 107)
    assert (one.rate, one.monthly_amount, one.deleted_at) == (Decimal("0.0004"), Decimal("0.0008"), None)


@pytest.mark.parametrize("column", ["deleted_at", "Deleted", "Deleted At"])
def test_a_list_of_one_s_own_may_say_what_was_deleted(column: str, read: Read) -> None:
    header = ",".join([*RECORDING, column])
    row = ",".join(map(str, RECORDING.values()))
    text = f"{header}\n{row},2023-06-29 23:30:00-02:00\n{row.replace('r1', 'r2')},\n"
    first, second = read("r.csv", text).recordings
    assert first.deleted_at == datetime(2023, 6, 30, 1, 30, tzinfo=UTC)
    assert second.deleted_at is None


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"recording_duration_ms": None}, '"recording_duration_ms" is blank'),
        ({"recording_duration_ms": "-1"}, '"recording_duration_ms" is negative (-1)'),
        ({"recording_duration_ms": "1,000"}, "is '1,000', not a number"),
        ({"recording_storage_rate": -0.0004}, '"recording_storage_rate" is negative (-0.0004)'),
        ({"recording_storage_rate": "free"}, "is 'free', not a number"),
        ({"monthly_recording_storage_amount": "-0.1"}, '"monthly_recording_storage_amount" is negative'),
        ({"recording_storage_duration": 1.5}, "not a whole number"),
        ({"recording_storage_duration": -3}, "not a whole number"),
        ({"add_time": "1970-01-01 10:00:00"}, '"add_time" is 1970-01-01, before there were such recordings'),
        ({"add_time": None}, '"add_time" is blank'),
        ({"recording_id": ""}, '"recording_id" is blank'),
        ({"deleted_at": "soon"}, "is 'soon'"),
        ({"deleted_at": "Yes"}, '"deleted_at" is yes: it says that it was deleted, not when'),
        ({"add_time": "2200-01-01 10:00:00"}, '"add_time" is 2200-01-01, which no recording can be of'),
    ],
)
def test_what_cannot_be_read_is_named(changes: dict[str, object], problem: str, read: Read) -> None:
    records = read("r.json", json.dumps([RECORDING, RECORDING | {"recording_id": "r2"} | changes]))
    assert len(records.recordings) == 1
    (bad,) = records.unreadable
    assert str(bad.place) == "r.json:2"
    assert problem in bad.problem
    assert bad.call_id == ("r2" if changes.get("recording_id", "r2") else ""), "named by the recording"


def test_what_was_not_deleted(read: Read) -> None:
    rows = [RECORDING | {"recording_id": f"r{word}", "deleted_at": word} for word in ("no", False, None, "")]
    assert [one.deleted_at for one in read("r.json", json.dumps(rows)).recordings] == [None] * 4


def test_deletions(read: Read) -> None:
    records = read("gone.csv", "Recording ID,Deleted\nr1,2023-06-29T12:00:00Z\nr2,\n,2023-06-29T12:00:00Z\n")
    (one,) = records.deletions
    assert (one.recording_id, one.deleted_at.day, str(one.place)) == ("r1", 29, "gone.csv:2")
    assert [bad.problem for bad in records.unreadable] == ['"Deleted" is blank', '"Recording ID" is blank']
    assert records.sources[0].format == "Plivo deletion CSV"


def test_a_mapped_list(tmp_path: Path, write: object) -> None:
    (tmp_path / "map.toml").write_text(MAPPING, "utf-8")
    text = "Nr;Made;Length;Gone;Price;Charged;Days;Rounded;Call\n"
    text += "7;2023-03-16 02:00:00;119,5;;0,0004;0,0008;107;120;c\n8;2023-03-16 02:00:00;;;;;;;\n"
    (tmp_path / "own.csv").write_text(text, "utf-8")
    records = read_records([tmp_path / "own.csv"], mapping=read_mapping(tmp_path / "map.toml"))
    (one,) = records.recordings
    assert (one.recording_id, one.created_at) == ("7", datetime(2023, 3, 15, 20, 30, tzinfo=UTC))
    assert (one.duration_ms, one.rounded_ms, one.rate) == (119_500, 120_000, Decimal("0.0004"))
    assert (one.monthly_amount, one.storage_days, one.currency) == (Decimal("0.0008"), 107, "EUR")
    assert [(bad.call_id, bad.problem) for bad in records.unreadable] == [("8", '"Length" is blank')]


def test_a_mapping_of_recordings_names_what_it_needs(tmp_path: Path) -> None:
    (tmp_path / "map.toml").write_text('holds = "recordings"\n[columns]\ncreated = "Made"\n', "utf-8")
    with pytest.raises(TollsheetError, match="lacks recording_id, duration"):
        read_mapping(tmp_path / "map.toml")


def test_they_are_no_part_of_a_reconciliation(read: Read) -> None:
    gone = read("gone.csv", "recording_id,deleted_at\nr1,2023-06-29T12:00:00Z\n")
    kept = read("r.json", json.dumps([RECORDING]))
    for records in (gone, kept):
        with pytest.raises(TollsheetError, match="which are no call log"):
            refuse_wrong_side(records, Records())
        with pytest.raises(TollsheetError, match="no bill of calls"):
            refuse_wrong_side(Records(), records)


def test_a_list_that_lacks_a_column_is_refused(refusal: Refusal) -> None:
    lacking = {key: value for key, value in RECORDING.items() if key != "recording_duration_ms"}
    assert 'as Plivo recording JSON it lacks the column "recording_duration_ms"' in refusal(
        "r.json", json.dumps([lacking])
    )
