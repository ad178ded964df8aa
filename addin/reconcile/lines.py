"""One line per record on either side: what happened to it on the way from one total to the other."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from addin.reconcile.measure import Measure
from addin.records.call import Call, UsageRecord
from udfs.rating.cost import Terms
from udfs.rating.rate_card import RateRow

TALKED = "talked"
DUPLICATES = "duplicates"
OUTSIDE = "outside the month"
NOT_BILLED = "not billed"
UNKNOWN_STATUS = "unknown status"
UNRATED = "unrated"
ROUNDING = "rounding"
EXPECTED = "expected"
MISSING_IN_BILL = "missing in bill"
MISSING_IN_LOG = "missing in log"
STATUS = "status"
DURATION = "duration"
RATE = "rate"
UNEXPLAINED = "unexplained"
BILLED = "billed"

STEPS = (
    TALKED, DUPLICATES, OUTSIDE, NOT_BILLED, UNKNOWN_STATUS, UNRATED, ROUNDING, EXPECTED,
    MISSING_IN_BILL, MISSING_IN_LOG, STATUS, DURATION, RATE, UNEXPLAINED, BILLED,
)  # fmt: skip
"""The bridge, in its order. `expected` and `billed` are running totals, the others what a step adds."""

REMOVED = (DUPLICATES, OUTSIDE, NOT_BILLED, UNKNOWN_STATUS, UNRATED)
"""The steps at which a row of the log leaves, each row at the first that applies."""

MATCHED = "matched"
CREDIT = "credit"
"""Where a credit of the bill stands whose charge is not on it: its amount is in step `unexplained`."""


@dataclass(slots=True, eq=False)
class LogLine:
    """A readable row of the call log.

    `step` is where it leaves the bridge (one of `REMOVED`) or `expected`; `outcome` is what the bill makes
    of it in a call-by-call comparison: `matched`, `missing in bill`, `status`, or empty.
    """

    call: Call
    terms: Terms
    step: str = EXPECTED
    rate_row: RateRow | None = None
    rate_problem: str = ""
    talked_cost: Fraction | None = None
    """Cost of the talked time before minimum, increment, fee and rounding; or the log's own price."""
    expected_ms: int = 0
    expected_cost: Fraction | None = None
    currency: str = ""
    outcome: str = ""
    bill: BillLine | None = None
    elsewhere: Call | None = None
    """Of a call that is missing in the bill: its record there, outside the month."""
    kept: Call | None = None
    """Of a duplicate: the copy that is kept."""
    copy: str = ""
    """Of a duplicate: `identical row`, `older copy`, or how it differs."""
    charge: Call | None = None
    """Of a credit: the charge of its call, whose cost is less by it."""
    if_counted: Measure | None = None
    """Of a billed call outside the month: what it would add to the expected total of its own."""
    unit: str = ""
    """Of an expected call: the category of the bill in which it is compared."""

    @property
    def lacks_price(self) -> bool:
        """Whether it is expected, and at what cost is not known: the price in the log is pending."""
        return self.step == EXPECTED and self.expected_cost is None


def expected_of(line: LogLine) -> Measure:
    """What the line adds to the expected total: nothing where it left before."""
    if line.step != EXPECTED:
        return Measure()
    return Measure(1, line.expected_ms, line.expected_cost or Fraction(0), int(line.lacks_price))


@dataclass(slots=True, eq=False)
class BillLine:
    """A row of the provider's own call records. `step` is `matched`, `missing in log`, `status`, `rate`
    (the log's call has no agreed rate), `credit`, or where it leaves: `duplicates`, `outside the month`,
    `not billed`. `cost` is the record's own, be it counted or left out.

    A credit is a negative amount beside the charge of its call, or by itself without talked time. It is no
    call: it has the step of its charge and adds its amount to it.
    """

    call: Call
    step: str = ""
    billed_ms: int = 0
    cost: Fraction | None = None
    currency: str = ""
    log: LogLine | None = None
    duration_ms: int = 0
    duration_cost: Fraction = Fraction(0)
    rate_cost: Fraction = Fraction(0)
    elsewhere: Call | None = None
    """Of a record that is missing in the log: its call there, outside the month. Of a credit alone: its
    charge on the bill there."""
    kept: Call | None = None
    copy: str = ""
    charge: BillLine | None = None
    """Of a credit: the charge of its call, where the bill has it."""
    credits: list[BillLine] = field(default_factory=list)
    """Of a charge: what the bill gives back of it."""

    @property
    def counts(self) -> bool:
        """Whether the bill charges or credits it."""
        return self.step in (MATCHED, MISSING_IN_LOG, STATUS, RATE, CREDIT)

    @property
    def lacks_price(self) -> bool:
        """Whether it is charged, be it counted or left out, and does not say how much. No time has no price
        to wait for."""
        talked = bool(self.billed_ms or self.call.duration_ms)
        return self.cost is None and self.call.is_billed is True and talked

    @property
    def is_credit(self) -> bool:
        """Whether it is no call, but gives back money."""
        return self.charge is not None or self.step == CREDIT

    @property
    def net_cost(self) -> Fraction | None:
        """What the call costs by the bill: its charge and its credits."""
        if self.cost is None:
            return None
        return self.cost + sum((one.cost or Fraction(0) for one in self.credits), Fraction(0))

    @property
    def compared_on(self) -> date:
        """The day it is compared on: that of the log's call, else of its charge, else its own."""
        return (self.log or self.charge or self).call.started_at.date()

    @property
    def category(self) -> str:
        """The bill's category it is compared in: a credit goes with its charge."""
        return (self.charge or self).call.category


def billed_of(line: BillLine) -> Measure:
    """What the bill charges by the line itself; a credit is money without a call."""
    if not line.counts:
        return Measure()
    calls = 0 if line.is_credit else 1
    return Measure(calls, line.billed_ms, line.cost or Fraction(0), int(line.lacks_price))


def net_of(line: BillLine) -> Measure:
    """What the bill charges for the call in the end: the line and its credits."""
    return sum((billed_of(one) for one in line.credits), billed_of(line))


def price_of(line: BillLine) -> Measure:
    """What a record of the bill says it costs, counted or left out; or that it does not say it."""
    return Measure(0, 0, line.cost or Fraction(0), int(line.lacks_price))


@dataclass(slots=True, eq=False)
class UsageLine:
    """A usage record: `unit` is the category it is compared in, empty where `reason` says why it is not."""

    record: UsageRecord
    unit: str = ""
    in_total: bool = False
    in_days: bool = False
    reason: str = ""

    @property
    def lacks_price(self) -> bool:
        """Whether it holds usage and does not say what that costs."""
        return self.record.cost is None and bool(self.record.calls or self.record.minutes)
