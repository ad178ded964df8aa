"""What is left out, unread rows above all: the finding of each, and what is said of them beside sums."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from addin.reconcile.bill_lines import BillLines
from addin.reconcile.findings import Finding
from addin.reconcile.lines import MISSING_IN_BILL, expected_of, net_of
from addin.reconcile.log_lines import LogLines
from addin.reconcile.measure import Measure
from addin.reconcile.wording import calls, counted, signed
from addin.records.call import Place, Unreadable

if TYPE_CHECKING:
    from addin.reconcile.reconciliation import Reconciliation


def of_unread(
    log: Sequence[Unreadable],
    bill: Sequence[Unreadable],
    log_lines: LogLines,
    bill_lines: BillLines,
) -> Iterator[Finding]:
    """Rows that could not be read; what the other side says of the same call belongs to that finding."""
    alone = bill_lines.select(lambda line: line.counts and line.log is None and not line.is_credit)
    billed = {line.call.call_id: line for line in alone}
    missing = log_lines.select(lambda line: line.outcome == MISSING_IN_BILL)
    expected = {line.call.call_id: line for line in missing}
    for row in log:
        found = _finding(row)
        found.log = row.place
        if row.call_id and (record := billed.get(row.call_id)):
            found.bill, found.billed, found.currency = record.call.place, net_of(record), record.currency
        yield found
    for row in bill:
        found = _finding(row)
        found.bill = row.place
        if row.call_id and (line := expected.get(row.call_id)):
            found.log, found.expected, found.currency = line.call.place, expected_of(line), line.currency
        yield found


def _finding(row: Unreadable) -> Finding:
    return Finding("unreadable", row.call_id, note=row.problem, call=row, unread=row.place)


def unread(result: Reconciliation) -> str:
    rows = unread_rows(result.findings)
    if not rows:
        return ""
    of_bill = [finding for finding in rows if is_of_bill(finding)]
    of_log = [finding for finding in rows if not is_of_bill(finding)]
    sides = (
        [("", rows)] if not of_log or not of_bill else [(" of the log", of_log), (" of the bill", of_bill)]
    )
    told = []
    for side, its in sides:
        first, problem = its[0].unread, its[0].note.rstrip(".")
        told.append(f"{counted(len(its), 'row')}{side} could not be read, the first at {first}: {problem}.")
    return " ".join([*told, *_missed(result, rows)])


def unread_rows(findings: Iterable[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.kind == "unreadable"]


def is_of_bill(row: Finding) -> bool:
    """Of one that could not be read."""
    return row.unread == row.bill


def _missed(result: Reconciliation, rows: list[Finding]) -> list[str]:
    """The difference that rows left out make, where the bill tells."""
    found = []
    for currency in result.currencies:
        total = sum((each.variance for each in rows if each.currency == currency), Measure())
        if total:
            they = "It makes" if len(rows) == 1 else "They make"
            found.append(f"{they} a difference of {signed(total, currency, result.costs_compared)}.")
    return found


def by_day(findings: Iterable[Finding]) -> dict[date, str]:
    """What a day's difference may come from: rows whose start can be read, and not their call; and calls
    that are left out for their status."""
    days: dict[date, list[Finding]] = {}
    for row in findings:
        is_left_out = row.kind in ("unreadable", "unknown-status")
        if is_left_out and row.call is not None and row.call.started_at is not None:
            days.setdefault(row.call.started_at.date(), []).append(row)
    return {day: " ".join(_of_day(rows)) for day, rows in days.items()}


def _of_day(left_out: list[Finding]) -> Iterator[str]:
    rows = unread_rows(left_out)
    for side, is_bill in (("log", False), ("bill", True)):
        if its := [row.unread for row in rows if is_of_bill(row) is is_bill]:
            yield f"{counted(len(its), 'row')} of the {side} of this day could not be read, {_first(its)}."
    if others := [one.log for one in left_out if one.kind == "unknown-status"]:
        is_left = "is" if len(others) == 1 else "are"
        yield f"{calls(len(others))} of this day {is_left} left out, of unknown status, {_first(others)}."


def _first(places: list[Place | None]) -> str:
    return f"at {places[0]}" if len(places) == 1 else f"the first at {places[0]}"
