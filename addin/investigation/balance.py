"""A balance and the lines that it is derived from; what is not known of them makes its difference a range."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from fractions import Fraction

from addin.reconcile.lines import BillLine
from addin.records.ledger_file import CREDIT, OPENING, OTHER, STORAGE, TOP_UP, LedgerRow

CHARGES = "CDR charges"
AGREES, BUFFER, STALE, MISMATCH, OPEN = (
    "agrees",
    "explained by the buffer",
    "explained by calls not yet in the balance",
    "mismatch",
    "cannot be told",
)
STALENESS = timedelta(seconds=60)
"""How often the balance is refreshed."""
SIGNS = {OPENING: 1, TOP_UP: 1, CREDIT: 1, CHARGES: -1, STORAGE: -1, OTHER: -1}


@dataclass(frozen=True, slots=True)
class Ledger:
    """What is stated, and how exact the balance is said to be."""

    rows: tuple[LedgerRow, ...]
    buffer: Fraction = Fraction(0)
    """What the provider may hold back: the allowed absolute difference."""
    staleness: timedelta = STALENESS


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the statement. `signed` is what it adds to the balance; 0 where it does not count."""

    kind: str
    amount: Fraction
    signed: Fraction
    at: datetime | None = None
    reference: str = ""
    place: str = ""
    remark: str = ""
    may_add: Fraction = Fraction(0)
    """Where it is not known whether it belongs between the balances: all of it, a part, or nothing adds."""
    why: str = ""
    """What cannot be told of it, in a sentence's words."""


@dataclass(slots=True)
class Balance:
    """The check of one currency. Differences are stated - derived."""

    currency: str
    lines: list[Line]
    """Opening to other charges, with the bill's charges."""
    closing: LedgerRow
    charges: Fraction
    our_charges: Fraction | None
    """What we expect for the same calls; None where we know no cost."""
    buffer: Fraction
    staleness: timedelta
    recent: list[BillLine] = field(default_factory=list)
    """Charged calls that ended within the staleness before the closing balance was read."""
    recent_known: bool = False
    """Whether both the balance's time and the bill's calls are there to tell them."""
    closing_remark: str = ""
    lacking: list[str] = field(default_factory=list)
    """Why the charges between the balances are not all known, by no limit."""
    remedy: str = ""
    """What would tell it."""

    @property
    def derived(self) -> Fraction:
        return sum((line.signed for line in self.lines), Fraction(0))

    @property
    def stated(self) -> Fraction:
        return Fraction(self.closing.amount)

    @property
    def difference(self) -> Fraction:
        return self.stated - self.derived

    @property
    def lowest(self) -> Fraction:
        """The difference, if of what is not known everything counts that lowers it."""
        return self.difference - sum((max(line.may_add, Fraction(0)) for line in self.lines), Fraction(0))

    @property
    def highest(self) -> Fraction:
        return self.difference - sum((min(line.may_add, Fraction(0)) for line in self.lines), Fraction(0))

    @property
    def is_range(self) -> bool:
        return self.lowest < self.highest

    @property
    def our_difference(self) -> Fraction | None:
        """The same with what we expect in the place of what is charged."""
        if self.our_charges is None:
            return None
        return self.difference - self.charges + self.our_charges

    @property
    def recent_cost(self) -> Fraction:
        """By so much the balance may still be too high."""
        return sum((line.cost or Fraction(0) for line in self.recent), Fraction(0))

    @property
    def result(self) -> str:
        if self.is_range:
            may_agree = self.lowest <= self.recent_cost + self.buffer and -self.buffer <= self.highest
            return OPEN if may_agree or self.lacking else MISMATCH
        if not self.difference:
            return AGREES
        if abs(self.difference) <= self.buffer:
            return BUFFER
        if -self.buffer <= self.difference <= self.recent_cost + self.buffer:
            return STALE
        return OPEN if self.lacking else MISMATCH
