"""Rows that could not be read: what is known of their calls all the same, and the days that lack them."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

from addin.reconcile.reconciliation import Question, Reconciliation, reconcile
from addin.records.call import Place, Records, Unreadable
from addin.reports.reconciliation.build import Inputs, report_of
from addin.reports.reconciliation.contract import to_json
from tests.reconcile.make import MONTH, START, call, card, source, usage
from tests.reconcile.make import bill as record

BAD = Unreadable(
    Place("log.csv", 9), "C2", '"Duration" is 6l, not a number', START, "+15005550006", "+447700900124"
)


def days(log: tuple[Unreadable, ...], bill: tuple[Unreadable, ...] = ()) -> Reconciliation:
    """One call of the log; the bill has two on its day, and one on the next."""
    on = [date(2026, 9, day) for day in (10, 11)]
    sums = (
        usage(2, "4", "0.056", start_on=on[0], end_on=on[0]),
        usage(1, "2", "0.028", start_on=on[1], end_on=on[1]),
    )
    called = Records(calls=(call("C1", 61),), unreadable=log, sources=(source("log.csv"),))
    billed = Records(usage=sums, unreadable=bill, sources=(source("bill.csv"),))
    return reconcile(called, billed, Question(MONTH), card())


def notes(made: Reconciliation) -> dict[str, str]:
    return {each.note[:10]: each.note for each in made.findings if each.kind == "day"}


def test_a_day_that_differs_says_which_of_its_rows_could_not_be_read() -> None:
    said = notes(days((BAD,)))
    assert "1 row of the log of this day could not be read, at log.csv:9." in said["2026-09-10"]
    assert "could not be read" not in said["2026-09-11"]


def test_rows_of_both_sides_and_of_no_known_day() -> None:
    more = Unreadable(Place("log.csv", 10), "", "x", START)
    of_bill = Unreadable(Place("bill.csv", 3), "", "x", START)
    unknown = Unreadable(Place("log.csv", 11), "", "x")
    said = notes(days((BAD, more, unknown), (of_bill,)))
    assert (
        "2 rows of the log of this day could not be read, the first at log.csv:9. "
        "1 row of the bill of this day could not be read, at bill.csv:3."
    ) in said["2026-09-10"]
    assert "could not be read" not in said["2026-09-11"]


def test_the_finding_has_time_and_numbers() -> None:
    made = days((BAD,))
    report = report_of(made, Inputs((source("log.csv"),), (source("bill.csv"),), (), (), ()))
    [row] = [row for row in report.findings if row.kind == "unreadable"]
    assert (row.started_at, row.from_number, row.to_number) == (START, "+15005550006", "+447700900124")
    [found] = [one for one in json.loads(to_json(report))["findings"] if one["kind"] == "unreadable"]
    assert [found[key] for key in ("started_at", "from", "to")] == [
        "2026-09-10T12:00:00Z", "+15005550006", "+447700900124",
    ]  # fmt: skip


def test_so_has_that_of_a_row_of_the_bill_beside_its_call() -> None:
    log = Records(calls=(call("C1", 61), call("C2", 61)), sources=(source("log.csv"),))
    bad = Unreadable(Place("bill.csv", 9), "C2", "x", START, "1", "2")
    billed = Records(calls=(record("C1", 61),), unreadable=(bad,), sources=(source("bill.csv"),))
    made = reconcile(log, billed, Question(MONTH), card())
    [found] = [each for each in made.findings if each.kind == "unreadable"]
    assert (found.log, found.bill, found.call) == (log.calls[1].place, bad.place, bad)
    assert found.expected.calls == 1


def test_the_day_is_that_in_utc() -> None:
    late = Unreadable(Place("log.csv", 9), "", "x", datetime(2026, 9, 10, 23, 59, 59, tzinfo=UTC))
    assert "could not be read" in notes(days((late,)))["2026-09-10"]


def test_a_call_of_unknown_status_is_said_beside_its_day_too() -> None:
    sums = usage(2, "4", "0.056", start_on=date(2026, 9, 10), end_on=date(2026, 9, 10))
    odd = call("C2", 61, status="ringing-through", is_billed=None, cost=None)
    called = Records(calls=(call("C1", 61), odd), sources=(source("log.csv"),))
    billed = Records(usage=(sums,), sources=(source("bill.csv"),))
    said = notes(reconcile(called, billed, Question(MONTH), card()))["2026-09-10"]
    assert f"1 call of this day is left out, of unknown status, at {odd.place}." in said
