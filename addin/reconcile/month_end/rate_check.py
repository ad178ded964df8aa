"""Each call's price against the rate card; what explains a price that differs is in `price_causes.py`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from heapq import nlargest
from typing import TYPE_CHECKING

from addin.reconcile.expectation import Rater
from addin.reconcile.lines import EXPECTED, UNRATED
from addin.reconcile.month_end.checked_price import CheckedPrice
from addin.reconcile.month_end.price_causes import explain
from addin.records.call import Call
from udfs.rating.cost import Terms
from udfs.rating.rate_card import RateCard, RateRow

if TYPE_CHECKING:
    from addin.reconcile.reconciliation import Reconciliation

OF_LOG, OF_BILL = "log", "bill"

_MOST_DIFFERENT = 100_000
"""Differing calls that are looked into; more than these are of a few causes anyway."""


@dataclass(slots=True)
class RateCheck:
    """`side` is whose prices are checked. `not_explained` are so many of the differences, the smallest."""

    side: str
    card: str
    prices: list[CheckedPrice] = field(default_factory=list)
    not_explained: int = 0


def rate_check_of(result: Reconciliation, card: RateCard | None) -> RateCheck | None:
    """The bill's prices where it is call records, else the log's; None without a card or prices."""
    if card is None:
        return None
    rater = Rater(card, result.billing)
    of_bill = [*_of_bill(result, rater)]
    check = RateCheck(OF_BILL if of_bill else OF_LOG, card.name, of_bill or [*_of_log(result)])
    if not check.prices:
        return None
    places = _places_by_file(check.prices)
    different = []
    for price in check.prices:
        price.judge(places[price.call.place.file])
        if price.differs:
            different.append(price)
    if len(different) > _MOST_DIFFERENT:
        check.not_explained = len(different) - _MOST_DIFFERENT
        for price in different:
            price.explained = f"not looked into: only the {_MOST_DIFFERENT:,} largest differences are"
        different = nlargest(_MOST_DIFFERENT, different, key=_size)
    explain(different, card, places, result.billing)
    return check


def _size(price: CheckedPrice) -> Fraction:
    difference = price.difference
    return abs(price.charged if difference is None else difference)


def _of_bill(result: Reconciliation, rater: Rater) -> Iterator[CheckedPrice]:
    """Records that the bill charges; one that is matched is rated as its call, whose log says more of it."""
    for record in result.bill:
        if record.counts and record.net_cost is not None and not record.is_credit:
            row, terms, _ = rater.look_up(record.call)
            if record.log is not None:
                row, terms = record.log.rate_row, record.log.terms
            price = _price(record.call, row, terms, record.net_cost, record.currency)
            price.credited = max(Fraction(0), (record.cost or Fraction(0)) - record.net_cost)
            yield price


def _of_log(result: Reconciliation) -> Iterator[CheckedPrice]:
    for line in result.log:
        if line.step in (EXPECTED, UNRATED) and line.call.cost is not None:
            currency = line.call.currency or line.currency
            yield _price(line.call, line.rate_row, line.terms, Fraction(line.call.cost), currency)


def _price(call: Call, row: RateRow | None, terms: Terms, charged: Fraction, currency: str) -> CheckedPrice:
    price = CheckedPrice(call, row, terms, charged, None, currency)
    if row is not None and price.may_be_of(row):
        price.card = terms.cost(call.duration_ms)
    return price


def _places_by_file(prices: Sequence[CheckedPrice]) -> dict[str, int]:
    """The decimals to which each file writes its prices: spreadsheets drop the zeros of a single one."""
    places: dict[str, int] = defaultdict(int)
    for price in prices:
        assert price.call.cost is not None
        exponent = price.call.cost.as_tuple().exponent
        places[price.call.place.file] = max(places[price.call.place.file], -min(0, int(exponent)))
    return places


def sentence_of(check: RateCheck | None) -> str:
    """How many prices of the log differ from the card; of the bill's, the findings say it."""
    if check is None or check.side != OF_LOG:
        return ""
    count = sum(price.differs for price in check.prices)
    if not count:
        return ""
    return (
        f"{count:,} of {len(check.prices):,} prices of the {check.side} are not the card's: see Rate check."
    )
