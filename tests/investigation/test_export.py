"""An export is complete 24 hours after its period; what says when it was made is printed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from addin.errors import TollsheetError
from addin.investigation.export import exports_of, moment_of
from addin.investigation.questions import share_of
from addin.reconcile.period import Days, Month
from addin.reports.investigation.exports import warnings
from tests.reconcile.make import source

SETTLED = datetime(2026, 10, 2, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(("at", "early"), [(SETTLED, False), (SETTLED - SECOND, True)])
def test_24_hours_after_the_last_day(at: datetime, early: bool) -> None:
    found = exports_of(Month(2026, 9), (), (), at)
    assert found.settled_at == SETTLED
    assert bool(found.too_early) == early
    assert bool(warnings(found, Month(2026, 9))) == early


def test_the_newest_file_of_each_side_says_when() -> None:
    old, new = (
        replace(source(name), modified_at=at) for name, at in (("a", SETTLED), ("b", SETTLED + SECOND))
    )
    early = replace(source("c"), modified_at=SETTLED - timedelta(days=3))
    found = exports_of(Month(2026, 9), (old, new), (early,))
    assert [(side.at, side.said_by) for side in found.sides] == [
        (SETTLED + SECOND, "time of the file b"),
        (SETTLED - timedelta(days=3), "time of the file c"),
    ]
    (said,) = warnings(found, Month(2026, 9))
    assert "2026-09-29 00:00:00 UTC, time of the file c, before it ended (2026-10-01 00:00 UTC)" in said
    assert "export again after 2026-10-02 00:00 UTC" in said


def test_a_sheet_has_no_time_of_its_own() -> None:
    found = exports_of(Days(date(2026, 9, 1), date(2026, 9, 3)), (source("sheet"),), ())
    assert found.settled_at == datetime(2026, 9, 5, tzinfo=UTC)
    assert len(warnings(found, Month(2026, 9))) == 2
    assert "is not known" in warnings(found, Month(2026, 9))[0]


@pytest.mark.parametrize("text", ["", "yesterday", "2026-13-01", "12:00"])
def test_what_is_no_moment_is_refused(text: str) -> None:
    with pytest.raises(TollsheetError, match="is not a moment"):
        moment_of(text)


@pytest.mark.parametrize("text", ["", "-1", "100", "1,5", "nan", "1%%", "inf"])
def test_what_is_no_threshold_is_refused(text: str) -> None:
    with pytest.raises(TollsheetError, match="is no threshold"):
        share_of(text)
