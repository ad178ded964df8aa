"""Parquet logs read in columns say what they say row by row."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from pyarrow import parquet

from addin.records import read_mapping
from addin.records.alike.calls import AlikeCalls

from .conftest import Both, voiso_columns
from .test_same import EXAMPLES, ODD_ROWS, console

NAMES = ("uuid", "timestamp", "from", "to", "duration", "disposition", "type", "agent")
AT = datetime(2026, 10, 24, 22)
HALF_AN_HOUR = [datetime(2026, 10, 3, 14) + timedelta(minutes=3 * n) for n in range(200)]
"""Over half past three in UTC, when the clocks of Lord Howe go on by half an hour."""


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("addin.records.parquet_tables.BATCH", 50)


def text_table(text: str) -> pa.Table:
    sign = max(",;", key=text.partition("\n")[0].count)
    header, *rows = csv.reader(io.StringIO(text, newline=""), delimiter=sign)
    fit = [row for row in rows if len(row) == len(header)]
    return pa.table({name: list(cells) for name, cells in zip(header, zip(*fit, strict=True), strict=True)})


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_examples(both: Both, tmp_path: Path, path: Path) -> None:
    mapping = read_mapping(path.parent / "mapping.toml") if path.parent.name == "generic" else None
    copy = tmp_path / "calls.parquet"
    parquet.write_table(text_table(path.read_text()), copy, row_group_size=120)
    assert isinstance(both([copy], mapping=mapping).calls, AlikeCalls)


def test_some_calls_of_several_groups(both: Both, tmp_path: Path) -> None:
    path = tmp_path / "calls.parquet"
    parquet.write_table(voiso(), path, row_group_size=70)
    calls = both([path]).calls
    assert isinstance(calls, AlikeCalls)
    for some in ([199], [75, 140, 198], [0, 69, 70]):
        assert [call.call_id for call in calls.read(some)] == [f"u{n}" for n in some]


def test_odd_rows(both: Both, tmp_path: Path) -> None:
    path = tmp_path / "calls.parquet"
    parquet.write_table(text_table(console(*ODD_ROWS.values(), *ODD_ROWS.values())), path)
    assert isinstance(both([path]).calls, AlikeCalls)
    both([path], time_zone="Europe/Berlin")


def voiso(**columns: Sequence[Any] | pa.Array) -> pa.Table:
    """200 calls over the hours in which the clocks of Berlin change."""
    plain = voiso_columns([AT + timedelta(minutes=3 * n, milliseconds=n) for n in range(200)])
    return pa.table(plain | columns)


def moments(kind: pa.DataType) -> pa.Array:
    return pa.array(voiso()["timestamp"].to_pylist(), kind)


TYPED: dict[str, pa.Table] = {
    "plain": voiso(),
    "milliseconds": voiso(timestamp=moments(pa.timestamp("ms"))),
    "in a zone": voiso(timestamp=moments(pa.timestamp("us", "Europe/Berlin"))),
    "in half an hour's zone": voiso(
        timestamp=pa.array(HALF_AN_HOUR, pa.timestamp("s", "Australia/Lord_Howe")), duration=[60] * 200
    ),
    "over half an hour": voiso(timestamp=[at + timedelta(hours=10) for at in HALF_AN_HOUR]),
    "in UTC": voiso(timestamp=moments(pa.timestamp("ns", "UTC"))),
    "some without": voiso(timestamp=[None if n % 3 else AT for n in range(200)]),
    "out of the calendar": voiso(
        timestamp=pa.array([2**62 if n == 7 else 10**15 for n in range(200)], pa.timestamp("us"))
    ),
    "long ago": voiso(timestamp=[datetime(1850, 1, 1) if n % 3 else AT for n in range(200)]),
    "categories": voiso(disposition=pa.array(["answered", "busy"] * 100).dictionary_encode()),
    "ids as categories": voiso(uuid=pa.array(["u1", "u2"] * 100).dictionary_encode()),
    "floats": voiso(duration=pa.array([0.5 * (n % 7) for n in range(200)])),
    "half floats as words": voiso(type=pa.array([0.7 * (n % 7) for n in range(200)], pa.float32())),
    "half floats": voiso(duration=pa.array([0.7 * (n % 7) for n in range(200)], pa.float32())),
    "no numbers": voiso(duration=pa.array([float("nan") if n % 9 == 0 else 60.0 for n in range(200)])),
    "decimals": voiso(duration=[Decimal(n % 5) / 2 for n in range(200)]),
    "times": voiso(duration=[timedelta(seconds=n % 9) for n in range(200)]),
    "numbers of nobody": voiso(**{"from": pa.nulls(200)}),
    "clients": voiso(to=["client:ada", "sip:x y", "#N/A", "+3"] * 50),
}


@pytest.mark.parametrize("table", TYPED.values(), ids=TYPED)
def test_types(both: Both, tmp_path: Path, table: pa.Table) -> None:
    path = tmp_path / "calls.parquet"
    parquet.write_table(table, path, row_group_size=70)
    for zone in (None, "Europe/Berlin", "Australia/Lord_Howe"):
        assert isinstance(both([path], time_zone=zone).calls, AlikeCalls)


ROW_BY_ROW = {
    "float ids": voiso(uuid=pa.array([n + 0.0 for n in range(200)])),
    "zero and its opposite": voiso(type=pa.array([-0.0, 0.0] * 100)),
    "two columns of one name": voiso()
    .append_column("Agent", pa.array(["x"] * 200))
    .rename_columns([*NAMES[:7], "note", "Note"]),
    "lists": voiso(agent=pa.array([["a"], ["b"]] * 100)),
    "a dot": voiso().append_column("from.name", pa.array(["x"] * 200)),
}


@pytest.mark.parametrize("table", ROW_BY_ROW.values(), ids=ROW_BY_ROW)
def test_what_is_read_row_by_row(both: Both, tmp_path: Path, table: pa.Table) -> None:
    path = tmp_path / "calls.parquet"
    parquet.write_table(table, path)
    assert isinstance(both([path]).calls, tuple)


def test_equal_decimals_that_are_written_otherwise(both: Both, tmp_path: Path) -> None:
    """A rate of 0.02 and a price of 0.02000 are equal, and do not say the same of a rate card."""
    count = 20
    table = pa.table(
        {
            "call_uuid": [f"u{n}" for n in range(count)],
            "from_number": ["+15005550001"] * count,
            "to_number": ["+15005550002"] * count,
            "initiation_time": [f"2026-09-{n + 1:02} 10:00:00+00:00" for n in range(count)],
            "answer_time": [f"2026-09-{n + 1:02} 10:00:01+00:00" for n in range(count)],
            "bill_duration": [60 + n % 2 * 60 for n in range(count)],
            "total_rate": pa.array([Decimal("0.02")] * count, pa.decimal128(10, 2)),
            "total_amount": pa.array([Decimal("0.02000"), Decimal("0.04000")] * 10, pa.decimal128(12, 5)),
        }
    )
    parquet.write_table(table, tmp_path / "calls.parquet")
    calls = both([tmp_path / "calls.parquet"]).calls
    assert isinstance(calls, AlikeCalls)
    assert (str(calls.shown(0).cost), str(calls.shown(0).rate_per_minute)) == ("0.02000", "0.02")


def test_offsets_in_the_hour_that_exists_twice(both: Both, tmp_path: Path) -> None:
    """Python finds its two times equal."""
    starts = [datetime(2026, 10, 25, n % 2, 30) for n in range(200)]
    times = pa.array(starts, pa.timestamp("us")).cast(pa.timestamp("us", "Europe/Berlin"))
    parquet.write_table(pa.table(voiso_columns(times)), tmp_path / "calls.parquet")
    calls = both([tmp_path / "calls.parquet"]).calls
    assert isinstance(calls, AlikeCalls)
    assert [calls.shown(n).offset_s for n in range(4)] == [7200, 3600, 7200, 3600]


@pytest.mark.parametrize("name", ["uuid", "from", "to"])
def test_times_for_ids_and_numbers(name: str, both: Both, tmp_path: Path) -> None:
    columns = voiso_columns([datetime(2026, 9, 1, 10)] * 200)
    columns[name] = [AT + timedelta(minutes=n) for n in range(200)]
    parquet.write_table(pa.table(columns), tmp_path / "calls.parquet")
    assert not isinstance(both([tmp_path / "calls.parquet"]).calls, AlikeCalls)


@pytest.mark.parametrize("nested", [[1234567890123456789], {"at": 1234567890123456789}])
def test_nested_times_that_python_cannot_hold(nested: Any, both: Both, tmp_path: Path) -> None:
    """In a column that nobody asks for."""
    kind = (
        pa.list_(pa.timestamp("ns")) if isinstance(nested, list) else pa.struct([("at", pa.timestamp("ns"))])
    )
    columns = voiso_columns([datetime(2026, 9, 1, 10)] * 200) | {"extra": pa.array([nested] * 200, kind)}
    parquet.write_table(pa.table(columns), tmp_path / "calls.parquet")
    assert len(both([tmp_path / "calls.parquet"]).calls) == 200
