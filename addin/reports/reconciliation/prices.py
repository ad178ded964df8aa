"""What a reconciliation says of the prices that were checked: every call or those that differ, and causes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from addin.reconcile.measure import Amounts, printed, printed_seconds
from addin.reconcile.month_end.checked_price import CheckedPrice
from addin.reconcile.month_end.rate_check import LISTED_WHOLE, RateCheck
from addin.reports.reconciliation.month_end import printed_if_known


@dataclass(frozen=True, slots=True)
class PriceRow:
    """A call whose price was checked. What no row of the card covers, or one of another currency, has no
    `card` and `difference`."""

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
    """The calls of one explanation and currency. `card` is None where no row in it covers them."""

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


def price_check(check: RateCheck) -> PriceCheck:
    different = check.different
    listed = check.prices if check.checked <= LISTED_WHOLE else different
    rows = sorted(
        map(_price_row, listed), key=lambda row: (not row.differs, -abs(row.difference or row.charged))
    )
    return PriceCheck(
        check.side,
        check.card,
        check.checked,
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
        printed_seconds(call.duration_ms),
        printed(price.charged),
        printed_if_known(price.card),
        printed_if_known(price.difference),
        price.currency or None,
        row.row if row else None,
        row.prefix if row else "",
        printed(terms.rate) if row else None,
        printed_seconds(terms.minimum_ms) if row else None,
        printed_seconds(terms.increment_ms) if row else None,
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
        charged = Amounts((price.charged, price.times) for price in its).whole()
        card = None if unknown else Amounts((one.card or Fraction(0), one.times) for one in its).whole()
        causes.append(
            PriceCause(
                explained,
                sum(price.times for price in its),
                printed(charged),
                printed_if_known(card),
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
