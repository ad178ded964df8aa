"""The tables of an investigation: their columns."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from addin.reconcile.lines import CREDIT
from addin.reports.investigation.data import (
    CandidateRow,
    Compared,
    DayRow,
    FieldRow,
    HourRow,
    InvestigationReport,
    OurCall,
    PairRow,
    PartRow,
    PathReport,
    RateRow,
    StatementRow,
    TheirCall,
)
from addin.reports.reconciliation.data import BilledCallRow, BilledUsageRow, CallRow
from templates.cells import Value
from templates.grid import (
    AMOUNT,
    AMOUNT_VARIANCE,
    COUNT,
    COUNT_VARIANCE,
    DAY,
    ID,
    INSTANT,
    MINUTES,
    MINUTES_VARIANCE,
    PLAIN,
    SECONDS,
    SECONDS_VARIANCE,
    SHORT_TEXT,
    TEXT,
    Column,
    Kind,
)
from templates.reconciliation.tables import NO, NO_CURRENCY, TERMS, USAGE_COSTS, USAGE_KEYS, YES, seconds_of

_REMARK = Kind(widest=44, wraps=True)
_LONG = Kind(widest=60, wraps=True)


def _of_row(column: Column[CallRow]) -> Callable[[OurCall], Value]:
    return lambda one: column.of(one.row)


OUR_CALLS: tuple[Column[OurCall], ...] = (
    Column("Call id", ID, lambda one: one.row.call_id),
    Column("Place", TEXT, lambda one: one.row.place),
    Column("Started (UTC)", INSTANT, lambda one: one.row.started_at),
    Column("Hour", COUNT, lambda one: one.hour),
    Column("From", SHORT_TEXT, lambda one: one.row.from_number),
    Column("To", SHORT_TEXT, lambda one: one.row.to_number),
    Column("Status", TEXT, lambda one: one.row.status),
    Column("Seconds", SECONDS, lambda one: one.row.seconds),
    Column("Step", TEXT, lambda one: one.row.step),
    Column("Connected", TEXT, lambda one: YES if one.connected else NO),
    Column("Outcome", TEXT, lambda one: one.row.outcome),
    Column("Expected seconds", SECONDS, lambda one: seconds_of(one.row.expected_minutes)),
    Column("Expected cost", AMOUNT, lambda one: one.row.expected_cost),
    Column("Currency", TEXT, lambda one: one.currency or NO_CURRENCY),
    *(Column(one.header, one.kind, _of_row(one)) for one in TERMS),
    Column("Billed place", TEXT, lambda one: one.row.billed_place),
    Column("Remark", _REMARK, lambda one: one.row.remark),
)


def _connected(one: TheirCall) -> str:
    """A credit is money without a call of its own."""
    if one.row.counted and one.row.billed_minutes is None:
        return CREDIT
    return YES if one.row.counted else NO


THEIR_CALLS: tuple[Column[TheirCall], ...] = (
    Column("Call id", ID, lambda one: one.row.call_id),
    Column("Place", TEXT, lambda one: one.row.place),
    Column("Started (UTC)", INSTANT, lambda one: one.row.started_at),
    Column("Hour", COUNT, lambda one: one.hour),
    Column("From", SHORT_TEXT, lambda one: one.row.from_number),
    Column("To", SHORT_TEXT, lambda one: one.row.to_number),
    Column("Status", TEXT, lambda one: one.row.status),
    Column("Seconds", SECONDS, lambda one: one.row.seconds),
    Column("Step", TEXT, lambda one: one.row.step),
    Column("Connected", TEXT, _connected),
    Column("Billed seconds", SECONDS, lambda one: seconds_of(one.row.billed_minutes)),
    Column("Cost", AMOUNT, lambda one: one.row.cost),
    Column("Currency", TEXT, lambda one: one.row.currency or NO_CURRENCY),
    Column("Log place", TEXT, lambda one: one.row.log_place),
    Column("Duration seconds", SECONDS_VARIANCE, lambda one: seconds_of(one.row.duration_minutes)),
    Column("Duration cost", AMOUNT_VARIANCE, lambda one: one.row.duration_cost),
    Column("Rate cost", AMOUNT_VARIANCE, lambda one: one.row.rate_cost),
    Column("Remark", _REMARK, lambda one: one.row.remark),
)
THEIR_USAGE: tuple[Column[BilledUsageRow], ...] = (
    *USAGE_KEYS,
    Column("Minutes", MINUTES, lambda row: row.minutes),
    *USAGE_COSTS,
)
FIELDS: tuple[Column[FieldRow], ...] = (
    Column("Field", TEXT, lambda row: row.label),
    Column("Our record", _LONG, lambda row: row.ours),
    Column("The bill's record", _LONG, lambda row: row.theirs),
    Column("Differs", TEXT, lambda row: YES if row.differs else ""),
)


PAIRS: tuple[Column[PairRow], ...] = (
    Column("Call id", ID, lambda row: row.call_id),
    Column("Started (UTC)", INSTANT, lambda row: row.started_at),
    Column("On", TEXT, lambda row: row.side),
    Column("From", SHORT_TEXT, lambda row: row.from_number),
    Column("To", SHORT_TEXT, lambda row: row.to_number),
    Column("Place in our log", TEXT, lambda row: row.our_place),
    Column("Place on the bill", TEXT, lambda row: row.their_place),
    Column("Our seconds", SECONDS, lambda row: row.our_seconds, adds=True),
    Column("Their seconds", SECONDS, lambda row: row.their_seconds, adds=True),
    Column("Seconds, variance", SECONDS_VARIANCE, lambda row: row.seconds_variance, adds=True),
)
_PAIR_COSTS: tuple[Column[PairRow], ...] = (
    Column("Our cost", AMOUNT, lambda row: row.our_cost, group="cost", adds=True),
    Column("Their cost", AMOUNT, lambda row: row.their_cost, group="cost", adds=True),
    Column("Cost, variance", AMOUNT_VARIANCE, lambda row: row.cost_variance, group="cost", adds=True),
)
_PAIR_REMARK: Column[PairRow] = Column("What is said of it", _REMARK, lambda row: row.remark)
_IN_HOUR: Column[PairRow] = Column("In the hour", TEXT, lambda row: YES if row.in_hour else "")


def pair_columns(path: PathReport, costs_compared: bool) -> tuple[Column[PairRow], ...]:
    """Calls with a difference; without prices there are no costs."""
    hour = () if path.hour is None else (_IN_HOUR,)
    return (*PAIRS, *(_PAIR_COSTS if costs_compared else ()), *hour, _PAIR_REMARK)


SUMS: tuple[tuple[str, Kind, str, Callable[[Compared], Value]], ...] = (
    ("Our calls", COUNT, "", lambda sums: sums.ours.calls),
    ("Their calls", COUNT, "", lambda sums: sums.theirs.calls),
    ("Calls, variance", COUNT_VARIANCE, "", lambda sums: sums.variance.calls),
    ("Our talked minutes", MINUTES, "minutes", lambda sums: sums.ours.talked),
    ("Their talked minutes", MINUTES, "minutes", lambda sums: sums.theirs.talked),
    ("Our billed minutes", MINUTES, "minutes", lambda sums: sums.ours.minutes),
    ("Their billed minutes", MINUTES, "minutes", lambda sums: sums.theirs.minutes),
    ("Minutes, variance", MINUTES_VARIANCE, "minutes", lambda sums: sums.variance.minutes),
    ("Our cost", AMOUNT, "cost", lambda sums: sums.ours.cost),
    ("Their cost", AMOUNT, "cost", lambda sums: sums.theirs.cost),
    ("Cost, variance", AMOUNT_VARIANCE, "cost", lambda sums: sums.variance.cost),
    ("Single differences", AMOUNT, "", lambda sums: sums.single),
)
"""Header, kind, group of decimals and value of each figure of a day or hour."""


def sums_of(path: PathReport, costs_compared: bool) -> list[int]:
    """Which of `SUMS` a path has: their talked minutes and single calls only of call records."""
    by_call = bool(path.hours) or path.call is not None or path.whole.theirs.talked is not None
    return [
        index
        for index, (header, _, group, _) in enumerate(SUMS)
        if (by_call or header not in ("Their talked minutes", "Single differences"))
        and (costs_compared or group != "cost")
    ]


def day_columns(path: PathReport, costs_compared: bool) -> tuple[Column[DayRow], ...]:
    """The daily totals side by side."""
    figures = [SUMS[index] for index in sums_of(path, costs_compared)]
    return (
        Column("Day (UTC)", DAY, lambda row: row.day, narrowest=11),
        *(
            Column(header, kind, partial(_of_day, of), group=group, adds=True)
            for header, kind, group, of in figures
        ),
        Column("Remark", TEXT, lambda row: row.remark),
    )


def hour_columns(path: PathReport, costs_compared: bool) -> tuple[Column[HourRow], ...]:
    """The same by the hours of the day, without what single calls come to."""
    figures = [SUMS[index] for index in sums_of(path, costs_compared)][: -1 if path.hours else None]
    return (
        Column("Hour", COUNT, lambda row: row.hour),
        Column("From, to (UTC)", TEXT, lambda row: row.label),
        *(
            Column(header, kind, partial(_of_hour, of), group=group, adds=True)
            for header, kind, group, of in figures
        ),
        Column("Remark", TEXT, lambda row: row.remark),
    )


def _of_day(of: Callable[[Compared], Value], row: DayRow) -> Value:
    return of(row.sums)


def _of_hour(of: Callable[[Compared], Value], row: HourRow) -> Value:
    return of(row.sums)


def part_columns(costs_compared: bool) -> tuple[Column[PartRow], ...]:
    """The parts of the day's difference."""
    cost: Column[PartRow] = Column("Cost", AMOUNT_VARIANCE, lambda row: row.cost, adds=True)
    return (
        Column("Part", TEXT, lambda row: row.name),
        Column("Calls", COUNT, lambda row: row.calls),
        Column("Minutes", MINUTES_VARIANCE, lambda row: row.minutes, adds=True),
        *((cost,) if costs_compared else ()),
    )


def rate_columns(report: InvestigationReport) -> tuple[Column[RateRow], ...]:
    """Minutes x rate against the sum of the calls; rows of a rate card have a number and a prefix."""
    card: tuple[Column[RateRow], ...] = (
        Column("Card row", COUNT, lambda row: row.rate_row),
        Column("Prefix", TEXT, lambda row: row.prefix or "(any)"),
    )
    return (
        *(card if any(row.rate_row is not None for row in report.rates) else ()),
        Column("Rate per minute", PLAIN, lambda row: row.rate),
        Column("Calls", COUNT, lambda row: row.calls, adds=True),
        Column("Talked minutes", MINUTES, lambda row: row.talked, adds=True),
        Column("Minutes x rate", AMOUNT, lambda row: row.on_total, group="cost", adds=True),
        Column("Minimum, increment", AMOUNT_VARIANCE, lambda row: row.steps, group="cost", adds=True),
        Column("Connect fees", AMOUNT_VARIANCE, lambda row: row.fees, group="cost", adds=True),
        Column("Rounding per call", AMOUNT_VARIANCE, lambda row: row.rounding, group="cost", adds=True),
        Column("Sum of the calls", AMOUNT, lambda row: row.cost, group="cost", adds=True),
        Column("Difference", AMOUNT_VARIANCE, lambda row: row.difference, group="cost", adds=True),
    )


STATEMENT: tuple[Column[StatementRow], ...] = (
    Column("Line", TEXT, lambda row: row.kind, narrowest=20),
    Column("Amount", AMOUNT, lambda row: row.amount, group="amount"),
    Column("Adds to the balance", AMOUNT_VARIANCE, lambda row: row.signed, group="amount", adds=True),
    Column("At (UTC)", INSTANT, lambda row: row.at, narrowest=18),
    Column("Reference", TEXT, lambda row: row.reference, narrowest=16),
    Column("Place", TEXT, lambda row: row.place, narrowest=16),
    Column("Remark", _REMARK, lambda row: row.remark, narrowest=30),
)
CANDIDATES: tuple[Column[CandidateRow], ...] = (
    Column("Call id", ID, lambda row: row.call.call_id),
    Column("Place", TEXT, lambda row: row.call.place),
    Column("Started (UTC)", INSTANT, lambda row: row.call.started_at),
    Column("From", SHORT_TEXT, lambda row: row.call.from_number),
    Column("To", SHORT_TEXT, lambda row: row.call.to_number),
    Column("Status", TEXT, lambda row: row.call.status),
    Column("Seconds", SECONDS, lambda row: row.call.seconds),
    Column("Step", TEXT, lambda row: row.call.step),
    Column("Why it may be it", _LONG, lambda row: row.why),
)
RECENT: tuple[Column[BilledCallRow], ...] = (
    Column("Call id", ID, lambda row: row.call_id),
    Column("Place", TEXT, lambda row: row.place),
    Column("Started (UTC)", INSTANT, lambda row: row.started_at),
    Column("Talked seconds", SECONDS, lambda row: row.seconds),
    Column("Cost", AMOUNT, lambda row: row.cost, adds=True),
    Column("Currency", TEXT, lambda row: row.currency or NO_CURRENCY),
)
