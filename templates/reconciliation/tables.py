"""The tables Calls and Billed: their columns, and where a month has more rows than a sheet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from addin.reconcile.expectation import RATE_CARD
from addin.reconcile.measure import PRINTED_PLACES
from addin.reports.alike_rows import alike
from addin.reports.reconciliation.data import BilledCallRow, BilledUsageRow, CallRow, ReconciliationReport
from templates.decimals import Decimals, decimals_of
from templates.formulas.arithmetic import COST_PLACES
from templates.grid import (
    AMOUNT,
    AMOUNT_VARIANCE,
    COUNT,
    DAY,
    FIRST_ROW,
    INSTANT,
    MINUTES,
    NOTE,
    PLAIN,
    SECONDS,
    SECONDS_VARIANCE,
    SHORT_TEXT,
    TEXT,
    Column,
    Kind,
)
from templates.look import SHEET_ROWS

NO_CURRENCY = "(none)"
"""What stands for an unknown currency, so that formulas can ask for it."""
YES, NO = "yes", "no"

_REMARK = Kind(widest=30, wraps=True)
_TALKED = Kind(decimals=Decimals(2, 6))
_MS = Decimal("0.001")
_MINUTES = frozenset(("minute", "minutes", "min", "mins"))


@dataclass(frozen=True, slots=True)
class Tables:
    """Which tables the workbook has, given the rows that a sheet can hold."""

    report: ReconciliationReport
    sheet_rows: int = SHEET_ROWS
    cost_places: int = field(init=False)
    """The decimals that the costs of the rows have. Sums of floats are rounded to them: programs add in
    different ways, and a hundred thousand costs leave more than the tenth place unsure."""

    def __post_init__(self) -> None:
        report = self.report
        costs = [row.expected_cost for row in alike(report.calls)]
        costs += [
            cost
            for row in alike(report.billed_calls)
            for cost in (row.cost, row.duration_cost, row.rate_cost)
        ]
        costs += [row.cost for row in report.billed_usage]
        object.__setattr__(self, "cost_places", places_of(costs))

    @property
    def by_call(self) -> bool:
        """Whether the table Billed holds call records rather than usage."""
        return self.report.mode == "calls"

    @property
    def usage_name(self) -> str:
        """The table of the usage records; beside call records it has a sheet of its own."""
        return "BilledUsage" if self.by_call else "Billed"

    @property
    def has_usage_total(self) -> bool:
        """Whether usage records make the billed total."""
        return any(row.in_total for row in self.report.billed_usage)

    @property
    def calls_fit(self) -> bool:
        return len(self.report.calls) <= self.sheet_rows - FIRST_ROW

    @property
    def billed_calls_fit(self) -> bool:
        return len(self.report.billed_calls) <= self.sheet_rows - FIRST_ROW

    @property
    def absent(self) -> frozenset[str]:
        """The tables that formulas must do without."""
        names = set()
        if not self.calls_fit:
            names.add("Calls")
        if self.by_call and not self.billed_calls_fit:
            names.add("Billed")
        return frozenset(names)


def places_of(costs: Iterable[Decimal | None]) -> int:
    """As many decimals as the costs need or formulas can give them, at most as many as are printed: places of
    a call that are changed in the workbook must not be rounded away in sums.

    >>> places_of([Decimal("0.0140"), None, Decimal("0.00125")]), places_of([Decimal("0.00000125")])
    (6, 8)
    """
    needed = max((decimals_of(cost) for cost in set(costs) if cost), default=0)
    return min(PRINTED_PLACES, max(COST_PLACES, needed))


def seconds_of(minutes: Decimal | None) -> Decimal | None:
    """The exact seconds behind printed minutes: time is whole milliseconds, minutes seldom end.

    >>> str(seconds_of(Decimal("0.1516666667")))
    '9.1'
    """
    if minutes is None:
        return None
    seconds = (minutes * 60).quantize(_MS)
    return seconds.normalize() if seconds else Decimal(0)


_LOG_PRICE: Column[CallRow] = Column("Log price", AMOUNT, lambda row: row.log_price)
"""Beside the cost by the rate card: where only costs differ, this is what a person looks at first."""


def _has_log_prices(report: ReconciliationReport) -> bool:
    return any(row.log_price is not None for row in alike(report.calls))


TERMS: tuple[Column[CallRow], ...] = (
    Column("Rate per minute", PLAIN, lambda row: row.rate),
    Column("Minimum (s)", PLAIN, lambda row: row.minimum),
    Column("Increment (s)", PLAIN, lambda row: row.increment),
    Column("Connect fee", PLAIN, lambda row: row.connect_fee),
    Column("Decimal places", PLAIN, lambda row: row.places),
    Column("Rounding", TEXT, lambda row: row.rounding),
    Column("Rate card row", PLAIN, lambda row: row.rate_row),
)
"""What a call was rated by."""


ENDED, LOG_CLOCK = "Ended UTC", "Log clock"
IF_SECONDS, IF_COST = "Seconds if counted", "Cost if counted"
MONTH_COLUMNS: tuple[Column[CallRow], ...] = (
    Column(ENDED, INSTANT, lambda row: row.ended_at, own="ended_at"),
    Column(LOG_CLOCK, INSTANT, lambda row: row.shown_at, own="shown_at"),
    Column(IF_SECONDS, SECONDS, lambda row: seconds_of(row.if_minutes)),
    Column(IF_COST, AMOUNT, lambda row: row.if_cost),
)
"""What a month cut otherwise would hold: by the end of calls, or by the clock of the log."""


def call_columns(report: ReconciliationReport) -> tuple[Column[CallRow], ...]:
    """The columns of the table Calls: what became of the call, then how, and last where it is compared."""
    day_categories = frozenset(report.day_categories)
    return (
        Column("Call id", TEXT, lambda row: row.call_id, own="call_id"),
        Column("Place", TEXT, lambda row: row.place, own="place"),
        Column("Started (UTC)", INSTANT, lambda row: row.started_at, own="started_at"),
        Column("Direction", TEXT, lambda row: row.direction),
        Column("Category", TEXT, lambda row: row.category),
        Column("From", SHORT_TEXT, lambda row: row.from_number, own="from_number"),
        Column("To", SHORT_TEXT, lambda row: row.to_number, own="to_number"),
        Column("Status", TEXT, lambda row: row.status),
        Column("Seconds", SECONDS, lambda row: row.seconds),
        Column("Step", TEXT, lambda row: row.step),
        Column("Expected minutes", MINUTES, lambda row: row.expected_minutes),
        Column("Expected cost", AMOUNT, lambda row: row.expected_cost),
        Column("Currency", TEXT, lambda row: row.currency or NO_CURRENCY),
        Column("Outcome", TEXT, lambda row: row.outcome),
        Column("Billed place", TEXT, lambda row: row.billed_place, own="billed_place"),
        Column("Remark", _REMARK, lambda row: row.remark),
        *((_LOG_PRICE,) if report.cost_basis == RATE_CARD and _has_log_prices(report) else ()),
        Column("Talked cost", _TALKED, lambda row: row.talked_cost),
        *TERMS,
        Column("Expected seconds", SECONDS, lambda row: seconds_of(row.expected_minutes)),
        Column("Compared category", TEXT, lambda row: row.compared_category),
        Column(
            "Compared day",
            DAY,
            lambda row: row.compared_day if row.compared_category in day_categories else None,
            own="compared_day",
        ),
        *(
            column
            for column in MONTH_COLUMNS
            if any(column.of(row) is not None for row in alike(report.calls))
        ),
    )


BILLED_CALL_COLUMNS: tuple[Column[BilledCallRow], ...] = (
    Column("Call id", TEXT, lambda row: row.call_id, own="call_id"),
    Column("Place", TEXT, lambda row: row.place, own="place"),
    Column("Started (UTC)", INSTANT, lambda row: row.started_at, own="started_at"),
    Column("From", SHORT_TEXT, lambda row: row.from_number, own="from_number"),
    Column("To", SHORT_TEXT, lambda row: row.to_number, own="to_number"),
    Column("Status", TEXT, lambda row: row.status),
    Column("Seconds", SECONDS, lambda row: row.seconds),
    Column("Step", TEXT, lambda row: row.step),
    Column("Counted", TEXT, lambda row: YES if row.counted else NO),
    Column("Billed minutes", MINUTES, lambda row: row.billed_minutes),
    Column("Cost", AMOUNT, lambda row: row.cost),
    Column("Currency", TEXT, lambda row: row.currency or NO_CURRENCY),
    Column("Category", TEXT, lambda row: row.category),
    Column("Log place", TEXT, lambda row: row.log_place, own="log_place"),
    Column("Remark", NOTE, lambda row: row.remark),
    Column("Billed seconds", SECONDS, lambda row: seconds_of(row.billed_minutes)),
    Column("Duration seconds", SECONDS_VARIANCE, lambda row: seconds_of(row.duration_minutes)),
    Column("Duration cost", AMOUNT_VARIANCE, lambda row: row.duration_cost),
    Column("Rate cost", AMOUNT_VARIANCE, lambda row: row.rate_cost),
    Column("Compared day", DAY, lambda row: row.compared_day, own="compared_day"),
)


def is_minutes(row: BilledUsageRow) -> bool:
    """Whether the figure of a usage record is minutes: as its unit says, or because it is compared."""
    return bool(row.compared_as) or counts_minutes(row.unit, row.category)


def counts_minutes(unit: str, category: str) -> bool:
    """Whether usage in this unit is minutes; where none is said, that of calls is.

    >>> counts_minutes("Minutes", "calls"), counts_minutes("", "calls"), counts_minutes("usd", "calls")
    (True, True, False)
    """
    folded = unit.strip().casefold()
    return folded in _MINUTES or (not folded and category.startswith("calls"))


ON_INVOICE = "On the invoice"
_ON_INVOICE: Column[BilledUsageRow] = Column(ON_INVOICE, TEXT, lambda row: row.on_invoice)


USAGE_KEYS: tuple[Column[BilledUsageRow], ...] = (
    Column("Place", TEXT, lambda row: row.place),
    Column("Category", TEXT, lambda row: row.category),
    Column("First day", DAY, lambda row: row.start_on),
    Column("Last day", DAY, lambda row: row.end_on),
    Column("Calls", COUNT, lambda row: row.calls),
)
"""What a usage record is of; its usage follows."""
USAGE_COSTS: tuple[Column[BilledUsageRow], ...] = (
    Column("Cost", AMOUNT, lambda row: row.cost),
    Column("Currency", TEXT, lambda row: row.currency or NO_CURRENCY),
    Column("Account", TEXT, lambda row: row.account),
    Column("Compared as", TEXT, lambda row: row.compared_as),
    Column("In total", TEXT, lambda row: YES if row.in_total else NO),
    Column("In days", TEXT, lambda row: YES if row.in_days else NO),
)
"""What it comes to, and where it counts."""


def usage_columns(report: ReconciliationReport) -> tuple[Column[BilledUsageRow], ...]:
    """The columns of usage records. What is not minutes (segments, USD) has its own, if any is."""
    other: Column[BilledUsageRow] = Column(
        "Other usage", AMOUNT, lambda row: None if is_minutes(row) else row.minutes
    )
    return (
        *USAGE_KEYS,
        Column("Minutes", MINUTES, lambda row: row.minutes if is_minutes(row) else None),
        *(() if all(map(is_minutes, report.billed_usage)) else (other,)),
        Column("Unit", TEXT, lambda row: row.unit),
        *USAGE_COSTS,
        Column("Remark", NOTE, lambda row: row.remark),
        *((_ON_INVOICE,) if any(row.on_invoice for row in report.billed_usage) else ()),
    )
