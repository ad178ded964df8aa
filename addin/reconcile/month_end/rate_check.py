"""Each call's price against the rate card; what explains a price that differs is in `price_causes.py`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from functools import partial
from heapq import nlargest
from typing import TYPE_CHECKING

from addin.reconcile.bill_lines import BillLines
from addin.reconcile.each_line import L, Lines
from addin.reconcile.expectation import Rater
from addin.reconcile.lines import EXPECTED, UNRATED, BillLine, LogLine
from addin.reconcile.log_lines import LogLines
from addin.reconcile.month_end.checked_price import CheckedPrice
from addin.reconcile.month_end.price_causes import explain
from addin.records.call import Call
from udfs.rating.rate_card import RateCard

if TYPE_CHECKING:
    from addin.reconcile.reconciliation import Reconciliation

OF_LOG, OF_BILL = "log", "bill"

LISTED_WHOLE = 2000
"""Of so many prices each is listed; of more only those that differ."""
_MOST_DIFFERENT = 100_000
"""Differing calls that are looked into; more than these are of a few causes anyway."""


@dataclass(slots=True)
class RateCheck:
    """`side` is whose prices are checked. `not_explained` are so many of the differences, the smallest."""

    side: str
    card: str
    prices: list[CheckedPrice] = field(default_factory=list)
    not_explained: int = 0

    @property
    def checked(self) -> int:
        return sum(price.times for price in self.prices)

    @property
    def different(self) -> list[CheckedPrice]:
        return [price for price in self.prices if price.differs]


def rate_check_of(result: Reconciliation, card: RateCard | None) -> RateCheck | None:
    """The bill's prices where it is call records, else the log's; None without a card or prices."""
    if card is None:
        return None
    rater = Rater(card, result.billing)
    records, lines = _charged(result), _priced(result)
    if records:
        places = _places_by_file(record.call for record, _ in records.counted())
        check = RateCheck(OF_BILL, card.name, _prices(records, partial(_of_record, rater), places))
    else:
        places = _places_by_file(line.call for line, _ in lines.counted())
        check = RateCheck(OF_LOG, card.name, _prices(lines, _of_line, places))
    if not check.prices:
        return None
    different = check.different
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


def _charged(result: Reconciliation) -> BillLines:
    return result.bill.select(
        lambda record: record.counts and record.net_cost is not None and not record.is_credit
    )


def _of_record(rater: Rater, record: BillLine) -> CheckedPrice:
    """One that is matched is rated as its call, whose log says more of it."""
    net = record.net_cost or Fraction(0)
    if record.log is not None:
        row, terms = record.log.rate_row, record.log.terms
    else:
        row, terms, _ = rater.look_up(record.call)
    price = _price(CheckedPrice(record.call, row, terms, net, None, record.currency))
    price.credited = max(Fraction(0), (record.cost or Fraction(0)) - net)
    return price


def _priced(result: Reconciliation) -> LogLines:
    return result.log.select(lambda line: line.step in (EXPECTED, UNRATED) and line.call.cost is not None)


def _prices(
    lines: Lines[L], price_of: Callable[[L], CheckedPrice], places: dict[str, int]
) -> list[CheckedPrice]:
    """One price for all calls that are alike, where it agrees; every call whose price differs."""
    if len(lines) <= LISTED_WHOLE:
        return _judged(map(price_of, lines), places)
    prices, different = [], set()
    for line, times in lines.counted():
        price = price_of(line)
        price.times = times
        if _judged([price], places)[0].differs:
            different.add(id(line))
        else:
            prices.append(price)
    return prices + _judged(map(price_of, lines.select(lambda line: id(line) in different)), places)


def _judged(prices: Iterable[CheckedPrice], places: dict[str, int]) -> list[CheckedPrice]:
    judged = [*prices]
    for price in judged:
        price.judge(places[price.call.place.file])
    return judged


def _of_line(line: LogLine) -> CheckedPrice:
    call, currency = line.call, line.call.currency or line.currency
    price = CheckedPrice(call, line.rate_row, line.terms, Fraction(call.cost or 0), None, currency)
    return _price(price, line.expected_cost)


def _price(price: CheckedPrice, by_card: Fraction | None = None) -> CheckedPrice:
    """With the price by the card, which may be known."""
    if price.row is not None and price.may_be_of(price.row):
        price.card = price.terms.cost(price.call.duration_ms) if by_card is None else by_card
    return price


def _places_by_file(calls: Iterable[Call]) -> dict[str, int]:
    """The decimals to which each file writes its prices: spreadsheets drop the zeros of a single one."""
    places: dict[str, int] = defaultdict(int)
    for call in calls:
        assert call.cost is not None
        exponent = call.cost.as_tuple().exponent
        places[call.place.file] = max(places[call.place.file], -min(0, int(exponent)))
    return places


def sentence_of(check: RateCheck | None) -> str:
    """How many prices of the log differ from the card; of the bill's, the findings say it."""
    if check is None or check.side != OF_LOG:
        return ""
    count = len(check.different)
    if not count:
        return ""
    return f"{count:,} of {check.checked:,} prices of the {check.side} are not the card's: see Rate check."
