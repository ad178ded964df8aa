"""Values and columns that look right and are not: refused or told, never read as something else."""

from __future__ import annotations

import json
import os
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest

from addin.errors import TollsheetError
from addin.records import read_rate_card, read_records
from addin.records.values import BadValue, duration_ms_of

from .conftest import Read, Write


@pytest.mark.parametrize(
    "cell", [timedelta(days=80), datetime(1900, 3, 20), timedelta(days=1), datetime(2026, 9, 1, 10)]
)
def test_seconds_that_are_formatted_as_a_time_are_no_duration(cell: object) -> None:
    """80 in a cell that shows h:mm:ss is eighty days to every program."""
    with pytest.raises(BadValue, match=r"whole days|is the date"):
        duration_ms_of(cell)


@pytest.mark.parametrize(
    ("cell", "seconds"),
    [(timedelta(seconds=80), 80), (time(0, 1, 20), 80), (datetime(1900, 1, 1, 1), 90_000), (timedelta(0), 0)],
)
def test_real_times_are(cell: object, seconds: int) -> None:
    assert duration_ms_of(cell) == seconds * 1000


@pytest.mark.parametrize("header", ["connection fee", "incremnt", "minumum", "Valid Till"])
def test_a_misspelt_column_of_a_rate_card_is_refused(write: Write, header: str) -> None:
    with pytest.raises(TollsheetError, match=rf'rates.csv has the unknown column "{header}". Write it "'):
        read_rate_card(write("rates.csv", f"prefix,rate,{header}\n44,0.01,30\n"))


def test_other_columns_of_a_rate_card_are_named(write: Write) -> None:
    card = read_rate_card(write("rates.csv", "prefix,rate,Remark,Agreed by\n44,0.01,x,y\n"))
    assert card.unused == ("Remark", "Agreed by")


def test_a_page_that_names_a_next_one_is_told(read: Read) -> None:
    call = {
        "sid": "CA1",
        "from": "1",
        "to": "2",
        "status": "completed",
        "duration": "5",
        "start_time": "2026-09-01T00:00:00Z",
    }
    page = {"calls": [call], "next_page_uri": "/2010-04-01/Calls.json?Page=1"}
    note = "its last page names a next one: see that all pages are given"
    assert note in read("one.json", json.dumps(page)).sources[0].notes
    last = {"calls": [call | {"sid": "CA2"}], "next_page_uri": None}
    assert note not in read("both.json", json.dumps(page) + json.dumps(last)).sources[0].notes


def test_a_file_name_that_is_no_utf8_can_be_reported(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"caf\xe9.csv")
    path.write_text(
        "Call Sid,From,To,Status,Duration,Start Time\nCA1,1,2,Completed,x,2026-09-01 10:00:00\n", "utf-8"
    )
    records = read_records([path])
    records.sources[0].name.encode("utf-8")
    str(records.unreadable[0].place).encode("utf-8")


def test_a_response_with_its_words_is_an_answer(read: Read) -> None:
    header = "Call ID,Call Time,Source Number,Destination,Duration,SIP Code,Charge\n"
    calls = read(
        "cdr.csv",
        header + "a,2026-09-01 00:00:00,1,2,60,200 OK,0.01\nb,2026-09-01 00:00:00,1,2,60,486 Busy,0\n",
    ).calls
    assert [call.is_billed for call in calls] == [True, False]
