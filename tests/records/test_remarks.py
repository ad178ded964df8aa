"""What is remarked upon of a file: that it has no records, or that all its amounts are credits."""

from __future__ import annotations

import json

import pytest

from addin.errors import TollsheetError
from addin.records import read_records

from .conftest import Read, Write
from .test_tables import CSV, HEADER
from .test_twilio import CALL

NO_RECORDS = "has column names but no records"


@pytest.mark.parametrize("alike", [False, True])
def test_a_day_without_calls_stops_no_month(
    write: Write, alike: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("addin.records.one_file.LARGE_BYTES", 0)
    names = {"01.csv": CSV, "02.csv": HEADER + "\n", "03.csv": HEADER + "\n"}
    records = read_records([write(name, content) for name, content in names.items()], alike=alike)
    assert [(one.name, one.rows) for one in records.sources] == [("01.csv", 1), ("02.csv", 0), ("03.csv", 0)]
    assert [NO_RECORDS in one.notes for one in records.sources] == [False, True, True]
    assert {one.zone for one in records.sources} == {"UTC"}
    assert len({one.sha256 for one in records.sources}) == 2
    assert records.providers == ("connexcs",)


def test_a_month_without_any_call_is_refused(write: Write) -> None:
    empty = [write(f"{day}.csv", HEADER + "\n") for day in (1, 2)]
    with pytest.raises(TollsheetError, match=f"1.csv {NO_RECORDS}"):
        read_records(empty)


def test_a_provider_of_no_records_is_no_provider(write: Write) -> None:
    log = write("calls.json", json.dumps([CALL]))
    assert read_records([log, write("cdr.csv", HEADER + "\n")]).providers == ("twilio",)


@pytest.mark.parametrize(
    ("prices", "credits"),
    [(("0.01", "0.02"), 2), (("0.01", None), 0), (("0.01", "0.02", "-0.03"), 0), (("-0.01", "-0.02"), 0)],
)
def test_turned_signs_are_told(read: Read, prices: tuple[str | None, ...], credits: int) -> None:
    """Twilio charges with negative amounts; one credit alone may be one."""
    calls = [CALL | {"sid": f"CA{place}", "price": price} for place, price in enumerate(prices)]
    told = [f"{credits} amounts are credits, by their sign, and none is a charge: is it turned?"]
    assert [*read("calls.json", json.dumps(calls)).sources[0].notes] == (told if credits else [])
