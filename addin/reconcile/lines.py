"""One line per record on either side: what happened to it on the way from one total to the other."""

from __future__ import annotations

from dataclasses import dataclass
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
    if_counted: Measure | None = None
    """Of a billed call outside the month: what it would add to the expected total of its own."""


@dataclass(slots=True, eq=False)
class BillLine:
    """A row of the provider's own call records. `step` is `matched`, `missing in log`, `status`, `rate`
    (the log's call has no agreed rate), or where it leaves: `duplicates`, `outside the month`, `not billed`.
    `cost` is the record's own, be it counted or left out.
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
    """Of a record that is missing in the log: its call there, outside the month."""
    kept: Call | None = None
    copy: str = ""

    @property
    def counts(self) -> bool:
        """Whether the bill charges it."""
        return self.step in (MATCHED, MISSING_IN_LOG, STATUS, RATE)


@dataclass(slots=True, eq=False)
class UsageLine:
    """A usage record: `unit` is the category it is compared in, empty where `reason` says why it is not."""

    record: UsageRecord
    unit: str = ""
    in_total: bool = False
    in_days: bool = False
    reason: str = ""
