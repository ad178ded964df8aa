"""Why minutes x rate on the total is not the total: each call is billed in its steps and rounded by itself.

Source: ConnexCS, Billing Basics: 100 calls of 9.1 s at 0.005 a minute are 0.08, not 15.16 min x 0.005.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from addin.reconcile.expectation import places_of
from addin.reconcile.lines import EXPECTED, BillLine, LogLine
from addin.reconcile.measure import MS_PER_MINUTE
from addin.reconcile.reconciliation import Reconciliation
from addin.reconcile.stated_terms import stated_terms
from addin.records.call import Call

OURS, THEIRS = "our calls", "the bill's calls"


@dataclass(slots=True)
class RateSums:
    """The calls of one rate; different rates are never multiplied by the sum of their minutes.

    `on_total + steps + fees + rounding` is the cost, exactly.
    """

    row: int | None
    """Of the rate card; None where the records themselves name the rate."""
    prefix: str
    currency: str
    rate: Fraction
    calls: int = 0
    talked_ms: int = 0
    billed_ms: int = 0
    fees: Fraction = Fraction(0)
    cost: Fraction = Fraction(0)
    """The sum of the calls' costs, each rounded by itself."""

    @property
    def on_total(self) -> Fraction:
        """Talked minutes x rate, not rounded."""
        return self.rate * self.talked_ms / MS_PER_MINUTE

    @property
    def steps(self) -> Fraction:
        """What minimum and increment add."""
        return self.rate * (self.billed_ms - self.talked_ms) / MS_PER_MINUTE

    @property
    def rounding(self) -> Fraction:
        """What rounding each call adds or takes."""
        return self.cost - self.on_total - self.steps - self.fees

    def add(self, talked_ms: int, billed_ms: int, fee: Fraction, cost: Fraction) -> None:
        self.calls += 1
        self.talked_ms += talked_ms
        self.billed_ms += billed_ms
        self.fees += fee if billed_ms > 0 else 0
        self.cost += cost


@dataclass(frozen=True, slots=True)
class OnTotal:
    """The rates of a side, and its calls that tell no rate, which are no part of it."""

    side: str
    rates: tuple[RateSums, ...]
    without: int

    @property
    def currencies(self) -> list[str]:
        return list(dict.fromkeys(rate.currency for rate in self.rates))


def on_total(result: Reconciliation) -> OnTotal:
    """By our calls; by the bill's where only their records name a rate."""
    ours = _of(OURS, _of_log(result.log), sum(line.step == EXPECTED for line in result.log))
    if ours.rates or not result.bill:
        return ours
    theirs = _of(
        THEIRS, _of_bill(result.bill), sum(line.counts and not line.is_credit for line in result.bill)
    )
    return theirs if theirs.rates else ours


@dataclass(frozen=True, slots=True)
class _Rated:
    key: tuple[int | None, str, str, Fraction]
    talked_ms: int
    billed_ms: int
    fee: Fraction
    cost: Fraction


def _of(side: str, calls: Iterable[_Rated], count: int) -> OnTotal:
    rates: dict[tuple[int | None, str, str, Fraction], RateSums] = {}
    for call in calls:
        sums = rates.setdefault(call.key, RateSums(*call.key))
        sums.add(call.talked_ms, call.billed_ms, call.fee, call.cost)
    ordered = sorted(rates.values(), key=lambda one: (one.currency, one.row or 0, one.prefix, one.rate))
    return OnTotal(side, tuple(ordered), count - sum(one.calls for one in ordered))


def _of_log(lines: Sequence[LogLine]) -> Iterator[_Rated]:
    for line in lines:
        if line.step != EXPECTED or line.expected_cost is None:
            continue
        ms, cost = line.expected_ms, line.expected_cost
        if line.rate_row is not None:
            terms, row = line.terms, line.rate_row
            key = (row.row, row.prefix, line.currency, terms.rate)
            yield _Rated(key, line.call.duration_ms, ms, terms.connect_fee, cost)
        else:
            yield from _of_record(line.call, ms, cost, line.terms.places, line.currency)


def _of_bill(lines: Sequence[BillLine]) -> Iterator[_Rated]:
    for line in lines:
        if line.counts and line.cost is not None and not line.is_credit:
            places = places_of(line.call.provider)
            yield from _of_record(line.call, line.billed_ms, line.cost, places, line.currency)


def _of_record(call: Call, ms: int, cost: Fraction, places: int, currency: str) -> Iterator[_Rated]:
    """By the record's own rate, where its cost follows from it."""
    terms = next(stated_terms(call, ms, cost, places), None)
    if terms is not None:
        yield _Rated((None, "", currency, terms.rate), call.duration_ms, ms, terms.connect_fee, cost)
