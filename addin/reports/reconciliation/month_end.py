"""What a reconciliation says beyond the comparison: effects, prices, other months, the invoice, the books."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from addin.reconcile.measure import printed
from addin.reconcile.month_end.accrual import Accrual
from addin.reconcile.month_end.checked_price import CheckedPrice
from addin.reconcile.month_end.considerations import ACTIONS, Consideration
from addin.reconcile.month_end.invoice import Tie
from addin.reconcile.month_end.month_over_month import Followed, OtherMonth
from addin.reconcile.month_end.rate_check import RateCheck

if TYPE_CHECKING:
    from addin.reports.reconciliation.data import Bridge


MOST_ROWS = 2000
"""Of the calls of a month: where more prices were checked, those that differ alone are listed."""


@dataclass(frozen=True, slots=True)
class ConsiderationRow:
    """`calls`, `minutes` and `cost` are the expected total with the rule less the total without it."""

    name: str
    calls: int
    minutes: Decimal
    cost: Decimal | None
    currency: str | None
    text: str
    action: str


@dataclass(frozen=True, slots=True)
class PriceRow:
    """A call whose price was checked. What no row of the card covers has no `card` and `difference`."""

    call_id: str
    place: str
    started_at: datetime
    from_number: str
    to_number: str
    direction: str
    category: str
    seconds: Decimal
    charged: Decimal
    card: Decimal | None
    difference: Decimal | None
    currency: str | None
    card_row: int | None
    prefix: str
    rate: Decimal | None
    minimum: Decimal | None
    increment: Decimal | None
    connect_fee: Decimal | None
    places: int | None
    verdict: str
    explained: str
    """What leads to the price; the verdict where it agrees."""
    differs: bool


@dataclass(frozen=True, slots=True)
class PriceCause:
    """The calls of one explanation and currency. `card` is None where no row covers them."""

    explained: str
    calls: int
    charged: Decimal
    card: Decimal | None
    difference: Decimal | None
    currency: str | None
    example: str
    differs: bool


@dataclass(frozen=True, slots=True)
class PriceCheck:
    """`side` is `log` or `bill`; the causes that differ come first, those with the most money on top."""

    side: str
    card: str
    checked: int
    different: int
    rows: tuple[PriceRow, ...]
    """All of them, or of many those that differ; the largest differences first."""
    causes: tuple[PriceCause, ...]
    not_explained: int = 0
    """So many of the differences, the smallest, are one cause: nothing was looked for that explains them."""


@dataclass(frozen=True, slots=True)
class OtherMonthRow:
    """Records outside the month; a cost that no record knows is None."""

    side: str
    month: str
    category: str
    records: int
    minutes: Decimal
    cost: Decimal
    currency: str | None


@dataclass(frozen=True, slots=True)
class FollowedRow:
    """An earlier finding and what became of it; `amount` in its currency."""

    month: str
    kind: str
    call_id: str
    earlier_place: str
    expected: Decimal | None
    billed: Decimal | None
    currency: str | None
    state: str
    amount: Decimal | None
    place: str
    text: str


@dataclass(frozen=True, slots=True)
class InvoiceLine:
    """`step` names the step of the bridge that the line is; `adds` that the sum holds it."""

    kind: str
    name: str
    cost: Decimal | None
    adds: bool
    note: str
    account: str
    step: str


@dataclass(frozen=True, slots=True)
class InvoiceTie:
    """The lines of one currency, exactly: total = sum + rest. Without a total, both are None."""

    currency: str | None
    lines: tuple[InvoiceLine, ...]
    sum: Decimal
    total: Decimal | None
    rest: Decimal | None


@dataclass(frozen=True, slots=True)
class AccrualRow:
    """What the books are charged with: `amount` = `counted` (of the calls) + `other` + `given`."""

    period: str
    account: str
    currency: str | None
    expected: Decimal | None
    billed: Decimal | None
    counted: Decimal
    other: Decimal
    given: Decimal
    amount: Decimal
    basis: str
    why: str


def consideration_row(one: Consideration, cost_known: bool) -> ConsiderationRow:
    effect = one.effect
    return ConsiderationRow(
        one.name,
        effect.calls,
        printed(effect.minutes),
        printed(effect.cost) if cost_known else None,
        one.currency or None,
        one.text,
        ACTIONS[one.name],
    )


def price_check(check: RateCheck) -> PriceCheck:
    different = [price for price in check.prices if price.differs]
    listed = check.prices if len(check.prices) <= MOST_ROWS else different
    rows = sorted(
        map(_price_row, listed), key=lambda row: (not row.differs, -abs(row.difference or row.charged))
    )
    return PriceCheck(
        check.side,
        check.card,
        len(check.prices),
        len(different),
        tuple(rows),
        _causes(check.prices),
        check.not_explained,
    )


def _price_row(price: CheckedPrice) -> PriceRow:
    call, row, terms = price.call, price.row, price.terms
    return PriceRow(
        call.call_id,
        str(call.place),
        call.started_at,
        call.from_number,
        call.to_number,
        call.direction,
        call.category,
        printed(Fraction(call.duration_ms, 1000)),
        printed(price.charged),
        _printed(price.card),
        _printed(price.difference),
        price.currency or None,
        row.row if row else None,
        row.prefix if row else "",
        printed(terms.rate) if row else None,
        printed(Fraction(terms.minimum_ms, 1000)) if row else None,
        printed(Fraction(terms.increment_ms, 1000)) if row else None,
        printed(terms.connect_fee) if row else None,
        terms.places if row else None,
        price.verdict,
        price.explained or price.verdict,
        price.differs,
    )


def _causes(prices: Sequence[CheckedPrice]) -> tuple[PriceCause, ...]:
    groups: dict[tuple[bool, str, bool, str], list[CheckedPrice]] = defaultdict(list)
    for price in prices:
        explained = price.explained or price.verdict
        groups[price.differs, explained, price.card is None, price.currency].append(price)
    causes = []
    for (differs, explained, unknown, currency), its in groups.items():
        charged = sum((price.charged for price in its), Fraction(0))
        card = None if unknown else sum((price.card or Fraction(0) for price in its), Fraction(0))
        causes.append(
            PriceCause(
                explained,
                len(its),
                printed(charged),
                _printed(card),
                None if card is None else printed(charged - card),
                currency or None,
                str(its[0].call.place),
                differs,
            )
        )
    return tuple(
        sorted(
            causes,
            key=lambda one: (not one.differs, -abs(one.difference or one.charged), one.explained),
        )
    )


def other_month_row(one: OtherMonth) -> OtherMonthRow:
    total = one.total
    return OtherMonthRow(
        one.side,
        one.month,
        one.category,
        total.calls,
        printed(total.minutes),
        printed(total.cost),
        one.currency or None,
    )


def followed_row(one: Followed) -> FollowedRow:
    earlier = one.earlier
    return FollowedRow(
        str(earlier.month),
        earlier.kind,
        earlier.call_id,
        earlier.place,
        _printed(earlier.expected),
        _printed(earlier.billed),
        earlier.currency or None,
        one.state,
        _printed(one.amount),
        one.place,
        one.text,
    )


def invoice_tie(tie: Tie, bridges: Sequence[Bridge]) -> InvoiceTie:
    """Steps of the bridge as it prints them, so that the lines sum to what they show."""
    shown = {bridge.currency or "": bridge for bridge in bridges}
    bridge = shown.get(tie.currency) or shown.get("")
    lines = []
    for line in tie.lines:
        cost = _printed(line.cost)
        if line.step and bridge is not None and cost is not None:
            cost = bridge.step(line.step).sum.cost
        lines.append(InvoiceLine(line.kind, line.name, cost, line.adds, line.note, line.account, line.step))
    total = _printed(tie.total)
    whole = _added(*(line.cost for line in lines if line.adds and line.cost is not None))
    return InvoiceTie(
        tie.currency or None, tuple(lines), whole, total, None if total is None else _added(total, -whole)
    )


def accrual_row(one: Accrual, period: str) -> AccrualRow:
    counted, other, given = (
        printed(part) for part in (one.amount - one.other - one.given, one.other, one.given)
    )
    return AccrualRow(
        period,
        one.account,
        one.currency or None,
        _printed(one.expected),
        _printed(one.billed),
        counted,
        other,
        given,
        _added(counted, other, given),
        one.basis,
        one.why,
    )


def _added(*values: Decimal) -> Decimal:
    """An exact sum, without the zeros that its parts ended in."""
    return printed(sum(map(Fraction, values), Fraction(0)))


def _printed(value: Fraction | None) -> Decimal | None:
    return None if value is None else printed(value)
