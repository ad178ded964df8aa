"""Parquet files: what their cells are, and that they are read as the same log in CSV is."""

from __future__ import annotations

import csv
import gzip
import io
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from pyarrow import parquet

from addin.errors import TollsheetError
from addin.records import read_records
from addin.records.call import Call, Place

from .conftest import Read, Refusal

ROOT = Path(__file__).parents[2]
NAMES = ("Call ID", "Call Time", "Source Number", "Destination", "Duration", "Charge", "Direction")
AT = datetime(2026, 9, 1, 10, 0, 7)


def packed(table: pa.Table, **how: Any) -> bytes:
    file = io.BytesIO()
    parquet.write_table(table, file, **how)
    return file.getvalue()


def one(**cells: pa.Array) -> bytes:
    """One row; a cell of it may be of any type."""
    plain = ("a1", AT, "+15005550006", "15005550009", 80, Decimal("0.0140"), "outbound")
    columns = {name: pa.array([cell]) for name, cell in zip(NAMES, plain, strict=True)}
    return packed(pa.table(columns | {name.replace("_", " "): cell for name, cell in cells.items()}))


def test_the_same_as_csv(read: Read) -> None:
    path = ROOT / "examples/twilio/calls-console.csv"
    header, *rows = csv.reader(io.StringIO(path.read_text()))
    table = pa.table({name: list(cells) for name, cells in zip(header, zip(*rows, strict=True), strict=True)})
    (source,) = read("x", packed(table, row_group_size=100)).sources
    assert (source.format, source.rows) == ("Twilio console Parquet", len(rows))

    def without_place(calls: Any) -> list[Call]:
        return [replace(call, place=Place("", call.place.row), row_values=()) for call in calls]

    there = without_place(read_records([path]).calls)
    expected = [replace(call, place=Place("", call.place.row - 1)) for call in there]
    assert without_place(read("x", packed(table)).calls) == expected
    assert without_place(read("x", gzip.compress(packed(table))).calls) == expected


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({}, {"duration_ms": 80_000, "cost": Decimal("0.0140"), "started_at": AT.replace(tzinfo=UTC)}),
        ({"Charge": pa.array([0.1 + 0.2])}, {"cost": Decimal("0.3")}),
        ({"Charge": pa.array([0.014], pa.float32())}, {"cost": Decimal("0.014")}),
        ({"Charge": pa.array([None], pa.float64())}, {"cost": None}),
        ({"Duration": pa.array([80], pa.uint8())}, {"duration_ms": 80_000}),
        ({"Duration": pa.array([timedelta(hours=25)])}, {"duration_ms": 90_000_000}),
        ({"Duration": pa.array([time(0, 1, 20)])}, {"duration_ms": 80_000}),
        ({"Source_Number": pa.array([15005550006])}, {"from_number": "15005550006"}),
        ({"Source_Number": pa.array([b"\xffx"])}, {"from_number": "\ufffdx"}),
        ({"Source_Number": pa.array(["x"], pa.large_string())}, {"from_number": "x"}),
        ({"Direction": pa.array(["inbound"]).dictionary_encode()}, {"direction": "inbound"}),
        ({"Call_Time": pa.array([AT], pa.timestamp("ns"))}, {"started_at": AT.replace(tzinfo=UTC)}),
        (
            {"Call_Time": pa.array([1_788_220_800_000_000_999], pa.timestamp("ns"))},
            {"started_at": datetime(2026, 9, 1, tzinfo=UTC)},
        ),
        (
            {"Call_Time": pa.array([AT], pa.timestamp("ms", "America/New_York"))},
            {"started_at": AT.replace(tzinfo=UTC), "offset_s": -14_400},
        ),
        ({"Call_Time": pa.array([date(2026, 9, 1)])}, {"started_at": datetime(2026, 9, 1, tzinfo=UTC)}),
    ],
)
def test_cells(read: Read, cells: dict[str, pa.Array], said: dict[str, Any]) -> None:
    (call,) = read("x", one(**cells)).calls
    assert {name: getattr(call, name) for name in said} == said
    assert call.place.row == 1


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ({"Charge": pa.array([float("nan")])}, "\"Charge\" is 'NaN', no number that can be"),
        ({"Call_ID": pa.array([1234567890123456789.0])}, "a spreadsheet has shortened this id"),
        ({"Call_Time": pa.array([2**62], pa.timestamp("us"))}, '"Call Time" is \'4611686018427387904 micro'),
        ({"Duration": pa.array([True])}, "\"Duration\" is 'True', not a number"),
        ({"Duration": pa.array([-1])}, "is negative (-1)"),
    ],
)
def test_cells_that_cannot_be_read(read: Read, cells: dict[str, pa.Array], problem: str) -> None:
    (bad,) = read("x", one(**cells)).unreadable
    assert problem in bad.problem


def test_a_time_with_a_zone_is_not_bare(read: Read) -> None:
    names = ("uuid", "timestamp", "from", "to", "duration", "disposition")
    for zone, notes in ((None, ("times without a zone were read as UTC",)), ("UTC", ())):
        cells = ("u1", AT, "+1", "+2", 80, "answered")
        columns = {name: pa.array([cell]) for name, cell in zip(names, cells, strict=True)}
        table = pa.table(columns | {"timestamp": pa.array([AT], pa.timestamp("us", zone))})
        assert read("x", packed(table)).sources[0].notes == notes


def test_refused(refusal: Refusal, monkeypatch: pytest.MonkeyPatch) -> None:
    assert refusal("x", one()[:-20]).startswith("x is no Parquet file that can be read (")
    damaged = bytearray(one())
    damaged[8:200] = bytes(192)
    assert refusal("x", bytes(damaged)).startswith("x is no Parquet file that can be read (")
    assert refusal("x", packed(pa.table({name: pa.array([], pa.string()) for name in NAMES}))) == (
        "x has column names but no records. Export it again, for a month that has some."
    )
    assert "is in no known format: its columns are" in refusal("x", packed(pa.table({"a": [1]})))
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert refusal("x", one()) == (
        "x is a Parquet file, and pyarrow is not installed, which reads those. "
        'Install it (pip install "tollsheet[large]"), or export the calls as CSV.'
    )


def test_rates_are_not_read_from_parquet(tmp_path: Path) -> None:
    from addin.records import read_rate_card

    path = tmp_path / "rates.parquet"
    path.write_bytes(one())
    with pytest.raises(TollsheetError, match=r"rates.parquet is a Parquet file. Save it as CSV or .xlsx."):
        read_rate_card(path)
