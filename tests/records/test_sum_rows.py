"""Rows of sums below a table are no records; nothing else is taken for one."""

from __future__ import annotations

import pytest

from .conftest import Read

ROWS = "Call Sid,From,To,Status,Duration,Start Time\nCA1,1,2,Completed,80,2026-09-01 10:00:00\n"


@pytest.mark.parametrize("last", ["Total,,,,80,", ",,,Grand Total:,80,", "SUMME,,,,80,"])
def test_a_row_of_sums_is_left_out_and_told(read: Read, last: str) -> None:
    records = read("calls.csv", ROWS + last + "\n")
    assert (len(records.calls), records.unreadable, records.sources[0].rows) == (1, (), 1)
    assert any("row 3 of calls.csv" in note and "left out" in note for note in records.sources[0].notes)


@pytest.mark.parametrize(
    "last", ["CA2,,,,80,", "Totally,,,,80,", ",,,,80,", "Total,1,2,Completed,x,2026-09-01 10:00:00"]
)
def test_other_rows_that_cannot_be_read_are_not_lost(read: Read, last: str) -> None:
    records = read("calls.csv", ROWS + last + "\n")
    assert (len(records.calls), len(records.unreadable)) == (1, 1)
