"""The connected calls of both sides, each call once: in our log, on the bill, or on both."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import NamedTuple

from addin.investigation.sums import Sums
from addin.reconcile.findings import is_pending
from addin.reconcile.lines import (
    CREDIT,
    EXPECTED,
    MATCHED,
    MISSING_IN_LOG,
    NOT_BILLED,
    RATE,
    STATUS,
    UNKNOWN_STATUS,
    UNRATED,
    BillLine,
    LogLine,
    expected_of,
    net_of,
)
from addin.reconcile.measure import Measure
from addin.reconcile.reconciliation import Reconciliation
from addin.reconcile.wording import amount
from addin.records.call import Call, Place


@dataclass(frozen=True, slots=True, eq=False)
class CallPair:
    """A call that at least one side counts as connected. `ours` and `theirs` are the records that do; of a
    credit whose charge is not on the bill stands in `theirs` too, and is no call. Of a
    call that is on one side only, `other` is the record that the other side has all the same: not billed, in
    another currency, outside the period."""

    currency: str
    ours: LogLine | None
    theirs: BillLine | None
    why: str = ""
    """Of a call on one side only: what the other side says."""
    other: Call | None = None
    costs_compared: bool = True
    unread: Place | None = None
    """The row in which the other side has it, and which could not be read."""

    @property
    def call(self) -> Call:
        """The record that names it: ours, else the bill's."""
        line = self.ours or (self.theirs and (self.theirs.log or self.theirs))
        assert line is not None
        return line.call

    @property
    def started_at(self) -> datetime:
        return self.call.started_at

    @property
    def day(self) -> date:
        return self.started_at.date()

    @property
    def is_single(self) -> bool:
        """Whether only one side has it as connected."""
        return not self.is_credit and (self.ours is None or self.theirs is None)

    @property
    def is_credit(self) -> bool:
        """Whether it is money of the bill without a call."""
        return self.theirs is not None and self.theirs.step == CREDIT

    @property
    def is_rated(self) -> bool:
        """Whether we know what its time is billed at: a row of the rate card covers it."""
        return self.ours is not None and self.ours.step == EXPECTED

    @property
    def our_sums(self) -> Sums:
        if self.ours is None:
            return Sums()
        own = expected_of(self.ours)
        return Sums(1, self.ours.call.duration_ms, own.ms, own.cost, own.unpriced, int(not self.is_rated))

    @property
    def their_sums(self) -> Sums:
        if self.theirs is None:
            return Sums()
        own = net_of(self.theirs)
        talked_ms = 0 if self.is_credit else self.theirs.call.duration_ms
        return Sums(own.calls, talked_ms, own.ms, own.cost, own.unpriced)

    @property
    def variance(self) -> Measure:
        """Theirs minus ours; the cost is 0 where a side has no prices."""
        ours, theirs = self.our_sums, self.their_sums
        cost = theirs.cost - ours.cost if self.costs_compared else Fraction(0)
        return Measure(theirs.calls - ours.calls, theirs.billed_ms - ours.billed_ms, cost)

    @property
    def by_single(self) -> Measure:
        """What of it comes from a call that only one side has."""
        return self.variance if self.is_single else Measure()

    @property
    def by_duration(self) -> Measure:
        """What of it comes from the time: theirs at the agreed rate, less ours."""
        if self.is_single or self.theirs is None or self.theirs.step != MATCHED:
            return Measure()
        cost = self.theirs.duration_cost if self.costs_compared else Fraction(0)
        return Measure(0, self.theirs.duration_ms, cost)

    @property
    def by_rate(self) -> Measure:
        """The rest: another rate, a price that is pending, a call that our rates do not cover."""
        return Measure() if self.is_single or self.is_credit else self.variance - self.by_duration

    @property
    def by_credit(self) -> Measure:
        """All of it, where it is a credit."""
        return self.variance if self.is_credit else Measure()

    @property
    def is_pending(self) -> bool:
        """Whether a side waits for its price."""
        if self.is_single or self.ours is None or self.theirs is None or not self.costs_compared:
            return False
        return is_pending(self.theirs.call) or (self.is_rated and self.ours.expected_cost is None)


def pairs_of(result: Reconciliation) -> list[CallPair]:
    """Every connected call of a call-by-call comparison, in the order of the log, then of the bill.

    Connected is what the log takes for billed, a rate card that does not cover it notwithstanding; and what
    the bill charges.
    """
    unread = {
        (finding.call_id, "bill" if finding.unread == finding.bill else "log"): finding.unread
        for finding in result.findings
        if finding.kind == "unreadable" and finding.call_id and finding.unread
    }
    return [*_of_log(result, unread), *_of_bill_alone(result, unread)]


def in_two_currencies(record: BillLine) -> bool:
    """Whether a matched record and its call of the log are in two currencies, one of them unknown: amounts
    that may not be added are compared on neither side."""
    return record.step == MATCHED and record.log is not None and record.log.currency != record.currency


Unread = dict[tuple[str, str], Place]


class _Said(NamedTuple):
    """What the other side says of a call that is connected on one side only."""

    why: str
    other: Call | None
    unread: Place | None = None


def _of_log(result: Reconciliation, unread: Unread) -> Iterator[CallPair]:
    for line in result.log:
        if line.step not in (EXPECTED, UNRATED):
            continue
        bill = line.bill
        if bill is not None and (bill.step == RATE or (bill.step == MATCHED and not in_two_currencies(bill))):
            yield CallPair(bill.currency, line, bill, costs_compared=result.costs_compared)
        else:
            why, other, row = _lacking_in_bill(line, unread)
            yield CallPair(line.currency, line, None, why, other, result.costs_compared, row)


def _of_bill_alone(result: Reconciliation, unread: Unread) -> Iterator[CallPair]:
    for record in result.bill:
        if record.counts and (record.step in (MISSING_IN_LOG, STATUS) or in_two_currencies(record)):
            why, other, row = _lacking_in_log(record, unread)
            if record.charge is None:
                yield CallPair(record.currency, None, record, why, other, result.costs_compared, row)
        elif record.step == CREDIT:
            why = "A credit, no call: its charge is not on this bill."
            yield CallPair(record.currency, None, record, why, None, result.costs_compared)


def _lacking_in_bill(line: LogLine, unread: Unread) -> _Said:
    bill = line.bill
    if bill is not None and bill.counts:
        said = f"The bill charges it in another currency: {amount(bill.cost or 0, bill.currency)}."
        return _Said(said, bill.call)
    if bill is not None and bill.step == UNKNOWN_STATUS:
        return _Said(f'The bill has it as "{bill.call.status}", which is not known as billed.', bill.call)
    if bill is not None:
        return _Said(f'The bill has it as "{bill.call.status}", which is not billed.', bill.call)
    return _nowhere("bill", line.call, line.elsewhere, unread)


def _lacking_in_log(record: BillLine, unread: Unread) -> _Said:
    line = record.log
    if line is not None and line.step == EXPECTED:
        said = f"We expect it in another currency: {amount(line.expected_cost or 0, line.currency)}."
        return _Said(said, line.call)
    if line is not None and line.step == NOT_BILLED:
        return _Said(f'Our log has it as "{line.call.status}", which is not billed.', line.call)
    if line is not None:
        return _Said(f'Our log has it as "{line.call.status}", which is not known as billed.', line.call)
    return _nowhere("log", record.call, record.elsewhere, unread)


def _nowhere(side: str, call: Call, elsewhere: Call | None, unread: Unread) -> _Said:
    name = "The bill" if side == "bill" else "Our log"
    if elsewhere is not None:
        start = f"{elsewhere.started_at:%Y-%m-%d %H:%M:%S} UTC"
        return _Said(f"{name} has it outside the period: there it starts {start}.", elsewhere)
    if place := unread.get((call.call_id, side)):
        return _Said(f"{name} has it at {place}, in a row that could not be read.", None, place)
    return _Said(f"{name} has no record of it.", None)
