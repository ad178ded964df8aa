"""A time of day that exists twice: calls that were read as of the wrong one of the two hours."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from addin.reconcile.period import Month
from addin.reconcile.reconciliation import Question, reconcile
from addin.records.call import Records
from tests.reconcile.make import bill, call, source

FIRST = datetime(2026, 11, 1, 5, 30, tzinfo=UTC)
"""01:30 in New York, before the clocks go back at 06:00 UTC; an hour later it is 01:30 again."""


@pytest.mark.parametrize(
    ("zone", "start", "apart", "other_number", "is_said"),
    [
        ("America/New_York", FIRST, 60, False, True),
        ("America/New_York", FIRST + timedelta(hours=1), -60, False, True),
        ("America/New_York", FIRST, 60, True, False),
        ("America/New_York", FIRST, 61, False, False),
        ("America/New_York", FIRST + timedelta(hours=1), 60, False, False),  # 01:30 and 02:30
        ("Europe/Berlin", FIRST, 60, False, False),
        ("UTC", FIRST, 60, False, False),
    ],
)
def test_the_clock_change_is_named(
    zone: str, start: datetime, apart: int, other_number: bool, is_said: bool
) -> None:
    one = {"call_id": "", "started_at": start}
    theirs = {"call_id": "", "started_at": start + timedelta(minutes=apart)}
    if other_number:
        theirs["to_number"] = "+447700900999"
    same = datetime(2026, 11, 5, 12, tzinfo=UTC)
    log = (call("A", 61, started_at=same), replace(call("B", 61), **one))
    billed = (bill("A", 61, started_at=same), replace(bill("B", 61), **theirs))
    result = reconcile(
        Records(calls=log, sources=(replace(source("log.csv"), zone=zone),)),
        Records(calls=billed, sources=(replace(source("bill.csv"), zone="UTC"),)),
        Question(Month(2026, 11)),
    )
    found = [one for one in result.patterns if "the hour that exists twice" in one]
    assert len(found) == is_said
    if found:
        assert f"{log[1].place} and {billed[1].place}: 2026-11-01 01:30 in America/New_York" in found[0]
        assert f"1 h {'later' if apart > 0 else 'earlier'}" in found[0]


def test_another_zone_is_not_advised_beside_it() -> None:
    """Calls of that hour stand an hour apart; any other zone would be wrong."""
    numbers = [{"to_number": f"+44770090012{at}"} for at in range(4)]
    log = tuple(call("", 61, started_at=FIRST, **one) for one in numbers)
    billed = tuple(bill("", 61, started_at=FIRST + timedelta(hours=1), **one) for one in numbers)
    result = reconcile(
        Records(calls=log, sources=(replace(source("log.csv"), zone="America/New_York"),)),
        Records(calls=billed, sources=(source("bill.csv"),)),
        Question(Month(2026, 11)),
    )
    assert ["the hour that exists twice" in one for one in result.patterns] == [True]
