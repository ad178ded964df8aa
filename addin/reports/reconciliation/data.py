"""What a reconciliation says: frozen figures as they are printed, before any sheet or file exists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from addin.records.call import SourceFile
from addin.reports.about import Assumption
from addin.reports.alike_rows import ends_of
from addin.reports.reconciliation.month_end import (
    AccrualRow,
    ConsiderationRow,
    FollowedRow,
    InvoiceTie,
    OtherMonthRow,
)
from addin.reports.reconciliation.prices import PriceCheck


@dataclass(frozen=True, slots=True)
class Sum:
    """Calls, billed minutes and cost. `cost` is None where prices are unknown or of several currencies."""

    calls: int
    minutes: Decimal
    cost: Decimal | None
    currency: str | None
    unpriced: int = 0
    """Records among them without a price, where others have one: `cost` lacks them."""


@dataclass(frozen=True, slots=True)
class UnpricedRow:
    """Records of a side (`log` or `bill`) without a price, where others have one: in no amount."""

    side: str
    currency: str | None
    records: int
    minutes: Decimal


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the bridge: what it adds, who owns it and what to do about it."""

    name: str
    sum: Sum
    owner: str
    meaning: str
    action: str


@dataclass(frozen=True, slots=True)
class Bridge:
    """The fifteen steps of one currency; `expected` and `billed` are running totals."""

    currency: str | None
    steps: tuple[Step, ...]

    def step(self, name: str) -> Step:
        return next(step for step in self.steps if step.name == name)


@dataclass(frozen=True, slots=True)
class Compared:
    """Expected, billed and variance (billed - expected) of one unit."""

    expected: Sum
    billed: Sum
    variance: Sum


@dataclass(frozen=True, slots=True)
class CategoryRow:
    category: str
    sums: Compared


@dataclass(frozen=True, slots=True)
class DayRow:
    """`day` in UTC; all categories that the bill gives by day."""

    day: date
    sums: Compared


@dataclass(frozen=True, slots=True)
class FindingRow:
    kind: str
    call_id: str
    log_place: str | None
    billed_place: str | None
    sums: Compared
    note: str
    started_at: datetime | None = None
    """Of the call, in UTC."""
    from_number: str = ""
    to_number: str = ""
    entered: Note | None = None
    """What people wrote beside it, in a report that took the place of an earlier one."""
    account: str = ""
    """The provider's, where the records name it."""
    rest: Sum | None = None
    """What of the variance no other finding says: days are part of their category, copies are not counted.
    Its cost is known where nothing is expected, though the log may have no prices."""


@dataclass(frozen=True, slots=True)
class Note:
    """What a person wrote beside a finding, and which finding that was."""

    kind: str
    call_id: str
    log_place: str
    billed_place: str
    found: str
    """The finding's own sentence."""
    status: str
    owner: str
    text: str
    month: str = ""
    """Of the report in which it was written; empty where that report does not say it any more."""


@dataclass(frozen=True, slots=True)
class Signer:
    """A line of the sign-off: what a person does, such as `Prepared by`, and the name, blank or not."""

    does: str
    name: str


@dataclass(frozen=True, slots=True)
class CallRow:
    """A row of the Calls sheet. Amounts that do not apply are None."""

    place: str
    call_id: str
    started_at: datetime
    direction: str
    category: str
    from_number: str
    to_number: str
    status: str
    seconds: Decimal
    talked_cost: Decimal | None
    step: str
    """Where the row leaves the bridge, or `expected`."""
    rate: Decimal | None
    minimum: Decimal | None
    increment: Decimal | None
    connect_fee: Decimal | None
    places: int | None
    rounding: str | None
    rate_row: int | None
    """The row of the rate card."""
    expected_minutes: Decimal | None
    expected_cost: Decimal | None
    currency: str | None
    outcome: str
    """In a call-by-call comparison: `matched`, `missing in bill`, `status`."""
    billed_place: str | None
    remark: str
    compared_day: date | None = None
    """The day and category in which an expected row is compared."""
    compared_category: str = ""
    log_price: Decimal | None = None
    """What the log itself says the call cost."""
    ended_at: datetime | None = None
    """In UTC: the start and the time talked; None where it ends in the month in which it starts."""
    shown_at: datetime | None = None
    """The start by the log's own clock; None where it names the same month as UTC."""
    if_minutes: Decimal | None = None
    """Of a billed call outside the month: what it would add in a month of its own."""
    if_cost: Decimal | None = None


@dataclass(frozen=True, slots=True)
class BilledCallRow:
    """A row of the Billed sheet where the bill is the provider's own call records."""

    place: str
    call_id: str
    started_at: datetime
    category: str
    from_number: str
    to_number: str
    status: str
    seconds: Decimal
    step: str
    counted: bool
    billed_minutes: Decimal | None
    cost: Decimal | None
    currency: str | None
    log_place: str | None
    duration_minutes: Decimal
    duration_cost: Decimal
    rate_cost: Decimal
    remark: str
    compared_day: date | None = None


@dataclass(frozen=True, slots=True)
class BilledUsageRow:
    """A row of the Billed sheet where the bill is usage records."""

    place: str
    category: str
    start_on: date
    end_on: date
    calls: int
    minutes: Decimal
    cost: Decimal | None
    currency: str | None
    account: str
    compared_as: str
    """The category it is compared in; empty where it is not."""
    in_total: bool
    in_days: bool
    remark: str
    on_invoice: str = ""
    """`line` or `contained`: whether the invoice's line of other usage adds it."""
    unit: str = ""
    """What `minutes` counts, as written: other usage than calls is in segments, USD and so on."""


@dataclass(frozen=True, slots=True)
class ReconciliationReport:
    """Everything that the workbook, the JSON and the terminal say of a month."""

    month: str
    first_day: date
    last_day: date
    time_zone: str
    log_provider: str
    billed_provider: str
    mode: str
    log_calls: int
    log_seconds: Decimal
    expected: Sum
    billed: Sum
    variance: Sum
    verdict: str
    cost_basis: str | None
    tolerance_minutes: Decimal
    tolerance_amount: Decimal
    bridges: tuple[Bridge, ...]
    categories: tuple[CategoryRow, ...]
    days: tuple[DayRow, ...]
    """Empty where the bill has no daily records."""
    findings: tuple[FindingRow, ...]
    patterns: tuple[str, ...]
    calls: Sequence[CallRow]
    billed_calls: Sequence[BilledCallRow]
    billed_usage: tuple[BilledUsageRow, ...]
    assumptions: tuple[Assumption, ...]
    log_sources: tuple[SourceFile, ...]
    billed_sources: tuple[SourceFile, ...]
    rate_sources: tuple[SourceFile, ...]
    mapping_sources: tuple[SourceFile, ...] = ()
    day_categories: tuple[str, ...] = ()
    """The categories that are compared by day."""
    facts: tuple[str, ...] = ()
    """What stands out, in sentences: what was left unread, which days differ, the largest differences."""
    earlier_notes: tuple[Note, ...] = ()
    """Written beside findings of an earlier report that are no findings any more."""
    signers: tuple[Signer, ...] = ()
    """As an earlier report has them; without, the sign-off has its own lines."""

    other_sources: tuple[SourceFile, ...] = ()
    considerations: tuple[ConsiderationRow, ...] = ()
    rate_check: PriceCheck | None = None
    other_months: tuple[OtherMonthRow, ...] = ()
    followed: tuple[FollowedRow, ...] = ()
    """The findings of an earlier reconciliation, and what became of them."""
    ties: tuple[InvoiceTie, ...] = ()
    accruals: tuple[AccrualRow, ...] = ()
    unpriced: tuple[UnpricedRow, ...] = ()

    @property
    def invoice_ties(self) -> bool:
        """Whether nothing of an invoice that was given is left unexplained."""
        return not any(tie.rest for tie in self.ties)

    @property
    def is_fine(self) -> bool:
        """Balanced or within the tolerance."""
        return self.verdict != "out of balance"

    @property
    def costs_compared(self) -> bool:
        """Whether both sides know their cost."""
        ends = (bridge.step(name).sum for bridge in self.bridges for name in ("expected", "billed"))
        return all(end.cost is not None for end in ends)

    @property
    def headline(self) -> str:
        """The verdict as people read it: without costs it is one on the minutes alone."""
        return self.verdict if self.costs_compared or not self.is_fine else f"minutes {self.verdict}"

    @property
    def log_period(self) -> tuple[datetime, datetime] | None:
        """The starts of the first and the last call of the log."""
        return ends_of(self.calls, "started_at")
