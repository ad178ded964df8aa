"""What a dispute sheet is made of: what a reconciliation found, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from addin.disputes.found_credits import FoundCredit, credits_text
from addin.reports.about import About
from addin.reports.reconciliation.data import FindingRow

OPEN, ACCEPTED, REJECTED, SETTLED = "open", "accepted", "rejected", "settled"
STATUSES = (OPEN, ACCEPTED, REJECTED, SETTLED)
"""Not answered; agreed to, the credit awaited; no credit to come; the credit received."""
UNFINISHED = (OPEN, ACCEPTED)

MINUTES = "min"
"""The unit of a dispute where prices are not known."""

FOUND, GONE, CARRIED, BY_HAND = "found", "no longer found", "earlier month", "added by hand"
"""Where a dispute comes from: this run's reconciliations; an earlier run over the same month; an earlier
month's workbook; a person."""

TOO_LITTLE, ELSEWHERE, OURS, UNCLEAR, CREDIT = (
    "billed too little", "said elsewhere", "ours to settle", "to be cleared up", "credit",
)  # fmt: skip
"""Why a finding is not disputed, in a word."""


def may_be_one(name: str, other: str) -> bool:
    """Whether two providers, or two accounts, may be the same: only two that are both named are told apart.

    >>> may_be_one("twilio", "twilio"), may_be_one("twilio", ""), may_be_one("twilio", "plivo")
    (True, True, False)
    """
    return name == other or not (name and other)


@dataclass(frozen=True, slots=True)
class BilledRecord:
    """A row of the bill outside the reconciled month. `cost` is negative for a credit."""

    place: str
    call_id: str
    started_at: datetime
    cost: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class UsageCredit:
    """A usage record of the bill with a negative amount."""

    place: str
    category: str
    first: date
    last: date
    cost: Decimal
    currency: str
    account: str


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What a reconciliation says that matters here."""

    name: str
    """Of its file or workbook, for messages."""
    month: str
    """`YYYY-MM`."""
    findings: tuple[FindingRow, ...]
    outside: tuple[BilledRecord, ...] = ()
    says_rest: bool = True
    """Whether it says what of each variance no other finding explains: older workbooks do not."""
    by_call: bool = False
    """Whether it compares call by call: then calls may explain a category."""
    provider: str = ""
    """Whose bill it is; empty where it is of several."""
    bill_files: frozenset[str] = frozenset()
    """The files of its bill's call records."""
    providers: Mapping[str, str] = field(default_factory=dict)
    """By file, where the bill is of several."""
    usage_credits: tuple[UsageCredit, ...] = ()

    def provider_at(self, place: str) -> str:
        """Whose record stands at a place of the bill."""
        return self.provider or self.providers.get(place.rpartition(":")[0], "")


@dataclass(frozen=True, slots=True)
class Entered:
    """What people enter beside a dispute."""

    status: str = OPEN
    status_on: date | None = None
    credited: Decimal | None = None
    reference: str = ""
    owner: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Dispute:
    """One amount that the provider is asked about. Amounts are in `unit`: a currency, or minutes where
    prices are not known. `question` is `billed - expected` unless other disputes hold a part of that."""

    month: str
    kind: str
    reason: str
    question: Decimal
    unit: str
    opened_on: date
    call_id: str = ""
    subject: str = ""
    """What a dispute without a call is about: a category or a day."""
    day: date | None = None
    provider: str = ""
    """Whose bill it is; empty where that is not known."""
    account: str = ""
    from_number: str = ""
    to_number: str = ""
    billed: Decimal | None = None
    expected: Decimal | None = None
    minutes: Decimal | None = None
    """Billed minus expected."""
    log_place: str = ""
    billed_place: str = ""
    found: str = ""
    """The finding's own sentence."""
    beside: str = ""
    """What people wrote beside the finding in the reconciliation."""
    entered: Entered = field(default_factory=Entered)
    state: str = FOUND
    before: Decimal | None = None
    """What was in question when it was last run, where that differs."""
    credits: tuple[FoundCredit, ...] = ()
    """Records of later bills that credit this call, of this run and of those before it."""

    @property
    def status(self) -> str:
        return self.entered.status

    @property
    def is_unfinished(self) -> bool:
        return self.status in UNFINISHED

    @property
    def credited(self) -> Decimal:
        return self.entered.credited or Decimal(0)

    @property
    def outstanding(self) -> Decimal:
        """What is still to come: nothing once the dispute is rejected or settled."""
        return self.question - self.credited if self.is_unfinished else Decimal(0)

    @property
    def credit_found(self) -> Decimal | None:
        """All that the bills credit; None where no record does."""
        return sum((one.amount for one in self.credits), Decimal(0)) if self.credits else None

    @property
    def credit_place(self) -> str:
        return credits_text(self.credits, self.unit)

    @property
    def covered(self) -> Decimal:
        """What is credited, be it entered or only found."""
        return max(self.credited, self.credit_found or Decimal(0))

    @property
    def claimed(self) -> Decimal:
        """What a letter asks for: nothing that is credited already, though nobody has entered it."""
        if self.status != OPEN or self.state == GONE:
            return Decimal(0)
        return max(self.question - self.covered, Decimal(0))

    @property
    def awaited(self) -> Decimal:
        """What the provider has agreed to and no bill has credited."""
        return max(self.question - self.covered, Decimal(0)) if self.status == ACCEPTED else Decimal(0)

    @property
    def given_up(self) -> Decimal:
        """What was in question and will not come."""
        return Decimal(0) if self.is_unfinished else self.question - self.credited

    def age_on(self, as_of: date) -> int:
        """Days since it was opened."""
        return (as_of - self.opened_on).days


@dataclass(frozen=True, slots=True)
class NotDisputed:
    """A finding that is not the provider's to answer, and why. `difference` is what it adds to the net
    figure, in `unit`; None where other rows say it."""

    month: str
    kind: str
    group: str
    why: str
    unit: str = ""
    difference: Decimal | None = None
    minutes: Decimal | None = None
    call_id: str = ""
    day: date | None = None
    account: str = ""
    from_number: str = ""
    to_number: str = ""
    billed: Decimal | None = None
    expected: Decimal | None = None
    log_place: str = ""
    billed_place: str = ""
    found: str = ""


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier dispute sheet. One that is `replaced` stands where the new one will: nothing on it is left
    behind."""

    name: str
    disputes: tuple[Dispute, ...]
    parties: dict[str, dict[str, str]] = field(default_factory=dict)
    """What people entered on each letter, by whom it is for and the label of the cell."""
    replaced: bool = False


@dataclass(frozen=True, slots=True)
class DisputeReport:
    """Everything that the workbook, the letter, the JSON and the terminal say."""

    about: About
    as_of: date
    buckets: tuple[int, ...]
    """The last day of each ageing bucket but the open-ended one."""
    months: tuple[str, ...]
    disputes: tuple[Dispute, ...]
    not_disputed: tuple[NotDisputed, ...]
    parties: dict[str, dict[str, str]]
    remarks: tuple[str, ...] = ()
    """What has to be known of this run, in sentences."""
    letter_rows: int = 20
    """The largest disputes, so many, are listed in each letter."""
    answer_days: int = 14
    """Within so many the provider is asked to answer."""

    @property
    def units(self) -> tuple[str, ...]:
        """Currencies first; minutes are the last."""
        units = {one.unit for one in self.disputes}
        units |= {one.unit for one in self.not_disputed if one.group == TOO_LITTLE and one.unit}
        return tuple(sorted(units, key=lambda unit: (unit == MINUTES, unit)))
