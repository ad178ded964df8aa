"""A balance derived from its ledger, line by line, against the one that is stated.

opening + top-ups + credits - CDR charges - storage - other charges = closing. A provider refreshes a balance
every 60 seconds and may hold back a buffer, so that it is never billed from; what a mismatch needs is this
statement. Source: ConnexCS, Billing Basics.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from fractions import Fraction

from addin.errors import TollsheetError
from addin.investigation.pairs import CallPair
from addin.reconcile.lines import BILLED, EXPECTED, BillLine
from addin.reconcile.measure import Measure
from addin.reconcile.reconciliation import CALLS, Reconciliation
from addin.reconcile.wording import counted
from addin.records.ledger_file import CLOSING, CREDIT, OPENING, OTHER, STORAGE, TOP_UP, LedgerRow

CHARGES = "CDR charges"
AGREES, BUFFER, STALE, MISMATCH = (
    "agrees",
    "explained by the buffer",
    "explained by calls not yet in the balance",
    "mismatch",
)
STALENESS = timedelta(seconds=60)
"""How often the balance is refreshed."""
_SIGNS = {OPENING: 1, TOP_UP: 1, CREDIT: 1, CHARGES: -1, STORAGE: -1, OTHER: -1}


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
        if not self.difference:
            return AGREES
        if abs(self.difference) <= self.buffer:
            return BUFFER
        if -self.buffer <= self.difference <= self.recent_cost + self.buffer:
            return STALE
        return MISMATCH


def check(result: Reconciliation, pairs: Sequence[CallPair], ledger: Ledger) -> list[Balance]:
    """One balance for each currency of the ledger. Raises TollsheetError where it cannot be derived."""
    if not result.billed_has_prices:
        raise TollsheetError(
            "A balance is derived from what was charged, and the bill has no prices",
            "Give the bill with its prices, or leave the ledger out.",
        )
    rows = [_named(row, result.currencies) for row in ledger.rows]
    currencies = list(dict.fromkeys(row.currency for row in rows))
    return [
        _balance(result, pairs, ledger, [row for row in rows if row.currency == one]) for one in currencies
    ]


def _named(row: LedgerRow, currencies: Sequence[str]) -> LedgerRow:
    """A row without a currency is in the only one there is."""
    if row.currency or len(currencies) == 1:
        own = row.currency or currencies[0]
        if own not in currencies:
            raise TollsheetError(
                f"{_where(row)} is in {own}, and the bill in {', '.join(filter(None, currencies)) or 'none'}",
                "Amounts of several currencies are never added: give the ledger of the bill's account.",
            )
        return LedgerRow(row.kind, row.amount, own, row.at, row.reference, row.place)
    raise TollsheetError(
        f"{_where(row)} names no currency, and the bill has {', '.join(currencies)}",
        "Name its currency.",
    )


def _where(row: LedgerRow) -> str:
    return f"{row.place}: the {row.kind}" if row.place else f"The {row.kind} balance or amount"


def _balance(
    result: Reconciliation, pairs: Sequence[CallPair], ledger: Ledger, rows: Sequence[LedgerRow]
) -> Balance:
    opening, closing = (_one(rows, kind) for kind in (OPENING, CLOSING))
    start, end, currency = opening.at, closing.at, closing.currency
    if start and end and end <= start:
        raise TollsheetError(
            f"The closing balance is of {end:%Y-%m-%d %H:%M}, not after the opening one", "Swap them."
        )
    lines = [_line(row, start, end) for row in rows if row.kind not in (CLOSING,)]
    lines.sort(key=lambda line: [*_SIGNS].index(line.kind))
    charged, expected, outside = _charges(result, pairs, currency, start, end)
    at = next((n for n, line in enumerate(lines) if line.kind in (STORAGE, OTHER)), len(lines))
    source = "the bill's call records" if result.mode == CALLS else "the bill's usage records"
    said = f"{counted(charged.calls, 'call')}, by {source}"
    lines.insert(at, Line(CHARGES, charged.cost, -charged.cost, remark=said))
    if outside.calls:
        said = f"{counted(outside.calls, 'call')} that ended before the opening or after the closing balance"
        lines.insert(at + 1, Line(CHARGES, outside.cost, Fraction(0), remark=f"not counted: {said}"))
    balance = Balance(
        currency,
        lines,
        closing,
        charged.cost,
        expected.cost if result.cost_basis is not None else None,
        ledger.buffer,
        ledger.staleness,
    )
    if end is not None and result.mode == CALLS:
        balance.recent_known = True
        balance.recent = [
            line
            for line in result.bill
            if line.counts
            and line.currency == currency
            and line.cost
            and not line.is_credit
            and end - ledger.staleness < _ended_at(line) <= end
        ]
    return balance


def _one(rows: Sequence[LedgerRow], kind: str) -> LedgerRow:
    found = [row for row in rows if row.kind == kind]
    if len(found) == 1:
        return found[0]
    currency = rows[0].currency
    raise TollsheetError(
        f"The ledger has {'no' if not found else len(found)} {kind} balance in {currency or 'its currency'}",
        f"State one {kind} balance.",
    )


def _line(row: LedgerRow, start: datetime | None, end: datetime | None) -> Line:
    """An entry from outside the two balances is said, and does not count."""
    amount, place = Fraction(row.amount), str(row.place) if row.place else "as stated"
    remark = ""
    if row.kind != OPENING and row.at is not None:
        if end is not None and row.at > end:
            remark = "not counted: after the closing balance"
        elif start is not None and row.at <= start:
            remark = "not counted: before the opening balance"
    signed = Fraction(0) if remark else _SIGNS[row.kind] * amount
    return Line(row.kind, amount, signed, row.at, row.reference, place, remark)


def _charges(
    result: Reconciliation,
    pairs: Sequence[CallPair],
    currency: str,
    start: datetime | None,
    end: datetime | None,
) -> tuple[Measure, Measure, Measure]:
    """What is charged and what we expect between the two balances, and what the bill charges besides."""
    if result.mode != CALLS:
        steps = result.bridges[currency]
        return steps[BILLED], steps[EXPECTED], Measure()
    charged, expected, outside = Measure(), Measure(), Measure()
    for pair in pairs:
        if pair.currency != currency:
            continue
        ours, theirs = pair.our_sums, pair.their_sums
        line = pair.theirs or pair.ours
        ended = line.call.started_at + timedelta(milliseconds=line.call.duration_ms) if line else None
        if ended is not None and ((start and ended <= start) or (end and ended > end)):
            outside.add(theirs.calls, theirs.billed_ms, theirs.cost)
        else:
            charged.add(theirs.calls, theirs.billed_ms, theirs.cost)
            expected.add(ours.calls, ours.billed_ms, ours.cost)
    return charged, expected, outside


def _ended_at(line: BillLine) -> datetime:
    return line.call.started_at + timedelta(milliseconds=line.call.duration_ms)
