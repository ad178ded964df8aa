"""What an investigation says, as it is printed, before any sheet or file exists."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from addin.reports.about import About
from addin.reports.reconciliation.data import BilledCallRow, BilledUsageRow, CallRow

UNIT_CALLS, UNIT_MINUTES = "calls", "min"
NO_MATTER = "no, but billed alike"
"""The answer where figures do not match, and nothing that is billed follows from it."""
DIFFERS_MOST = "differs most"
"""The remark of the day and hour that the path leads through."""


@dataclass(frozen=True, slots=True)
class Figures:
    """One side of a day, hour or part. Minutes talked are None where a side does not say them, the cost where
    it has no prices."""

    calls: int
    talked: Decimal | None
    minutes: Decimal
    cost: Decimal | None


@dataclass(frozen=True, slots=True)
class Compared:
    """Both sides and theirs minus ours; `single` is the sum of the differences of single calls without
    their sign, in the cost where costs are compared, else in minutes."""

    ours: Figures
    theirs: Figures
    variance: Figures
    single: Decimal | None = None


@dataclass(frozen=True, slots=True)
class DayRow:
    day: date
    sums: Compared
    remark: str


@dataclass(frozen=True, slots=True)
class HourRow:
    """`hour` 14 is 14:00 to before 15:00 UTC."""

    hour: int
    sums: Compared
    remark: str

    @property
    def label(self) -> str:
        """
        >>> HourRow(9, None, "").label
        '09:00 - 09:59'
        """
        return f"{self.hour:02}:00 - {self.hour:02}:59"


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """A figure at a question of the tree, and the answer."""

    question: str
    what: str
    ours: Decimal
    theirs: Decimal
    difference: Decimal
    allowed: Decimal
    unit: str
    answer: str
    """`yes`, `no`, or `NO_MATTER`."""


@dataclass(frozen=True, slots=True)
class PartRow:
    """A part of the day's difference; the parts add up to it."""

    kind: str
    name: str
    calls: int
    """That differ so; a call may be in two parts."""
    minutes: Decimal
    cost: Decimal | None


@dataclass(frozen=True, slots=True)
class PairRow:
    """A call with a difference: where both records stand, and what each says."""

    call_id: str
    started_at: datetime
    from_number: str
    to_number: str
    side: str
    """`our log only`, `the bill only`, `both`."""
    our_place: str
    their_place: str
    our_seconds: Decimal | None
    their_seconds: Decimal | None
    our_cost: Decimal | None
    their_cost: Decimal | None
    seconds_variance: Decimal
    cost_variance: Decimal | None
    remark: str
    in_hour: bool = False


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A field of the call, as both records have it."""

    label: str
    ours: str
    theirs: str
    differs: bool


@dataclass(frozen=True, slots=True)
class SideBySide:
    """The single call with the largest difference."""

    call_id: str
    fields: tuple[FieldRow, ...]
    our_formula: str
    their_formula: str


@dataclass(frozen=True, slots=True)
class Box:
    """A box of the decision tree; `taken` where the path led through it."""

    name: str
    title: str
    text: str
    taken: bool


@dataclass(frozen=True, slots=True)
class OurCall:
    """A row of our log on the isolated day; `connected` where it counts at the questions."""

    row: CallRow
    connected: bool
    currency: str | None

    @property
    def hour(self) -> int:
        return self.row.started_at.hour


@dataclass(frozen=True, slots=True)
class TheirCall:
    """A record of the bill on that day; of a call that both have, `hour` is our record's."""

    row: BilledCallRow
    hour: int


@dataclass(frozen=True, slots=True)
class CandidateRow:
    """A call of our log that would explain a day by usage records."""

    why: str
    call: CallRow


@dataclass(frozen=True, slots=True)
class PathReport:
    """The path taken for one currency."""

    currency: str | None
    kind: str
    is_within: bool
    headline: str
    """The conclusion in a sentence."""
    notes: tuple[str, ...]
    """What must not be hidden by the path taken."""
    ask: str
    """What to ask the provider for; empty where nothing differs."""
    day: date | None
    measure: str
    hour: int | None
    whole: Compared
    days: tuple[DayRow, ...]
    hours: tuple[HourRow, ...]
    questions: tuple[QuestionRow, ...]
    parts: tuple[PartRow, ...]
    single: tuple[PairRow, ...]
    largest: tuple[PairRow, ...]
    call: SideBySide | None
    our_calls: tuple[OurCall, ...]
    their_calls: tuple[TheirCall, ...]
    their_usage: tuple[BilledUsageRow, ...]
    candidates: tuple[CandidateRow, ...]
    tree: tuple[Box, ...]

    @property
    def name(self) -> str:
        """The currency as headings name it."""
        return self.currency or "no currency"

    def box(self, name: str) -> Box:
        return next(box for box in self.tree if box.name == name)


@dataclass(frozen=True, slots=True)
class RateRow:
    """Minutes x rate on the total against the sum of the calls, for one rate."""

    rate_row: int | None
    prefix: str
    rate: Decimal
    calls: int
    talked: Decimal
    on_total: Decimal
    steps: Decimal
    fees: Decimal
    rounding: Decimal
    cost: Decimal
    difference: Decimal
    currency: str | None


@dataclass(frozen=True, slots=True)
class StatementRow:
    """A line of the ledger."""

    kind: str
    amount: Decimal
    signed: Decimal
    """What it adds to the balance."""
    at: datetime | None
    reference: str
    place: str
    remark: str


@dataclass(frozen=True, slots=True)
class BalanceReport:
    """The ledger of one currency. Differences are stated - derived."""

    currency: str | None
    result: str
    sentence: str
    rows: tuple[StatementRow, ...]
    derived: Decimal
    stated: Decimal
    stated_at: datetime | None
    stated_place: str
    """The row of the ledger, or that it was stated."""
    stated_reference: str
    difference: Decimal
    lowest: Decimal
    """The bounds of the difference: two figures where something of the ledger is not known."""
    highest: Decimal
    our_charges: Decimal | None
    our_difference: Decimal | None
    buffer: Decimal
    staleness_s: int
    recent: tuple[BilledCallRow, ...]
    recent_cost: Decimal


@dataclass(frozen=True, slots=True)
class InvestigationReport:
    """Everything that the workbook, the text, the JSON and the terminal say."""

    period: str
    mode: str
    differs: bool
    verdict: str
    """Of the reconciliation below."""
    threshold: Decimal
    """A share: 0.01 is 1 %."""
    costs_compared: bool
    paths: tuple[PathReport, ...]
    rates_of: str
    """Whose calls `rates` are."""
    rates: tuple[RateRow, ...]
    without_rate: int
    answer: tuple[str, ...]
    """Why minutes x rate is not the total, in sentences."""
    balances: tuple[BalanceReport, ...]
    warnings: tuple[str, ...]
    exports: tuple[tuple[str, str], ...]
    """Side, and when it was exported and what says so."""
    facts: tuple[str, ...]
    """What stands out in the reconciliation: what was left unread, for example."""
    about: About
    text: tuple[str, ...]
    """The report to send, a line each."""
