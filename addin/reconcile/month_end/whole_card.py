"""A rise over a whole card: one percentage or one amount by which the prices of many of its rows differ.

Each row's dearest call tells most narrowly by how much its price is off. What several rows agree on is tried
on every call, exactly.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, floor

from addin.reconcile.month_end.checked_price import CREDIT, NOT_CHARGED, CheckedPrice, gives
from addin.reconcile.wording import plain
from udfs.rating.cost import MS_PER_MINUTE, Terms
from udfs.rating.rounding import round_amount

OF_PRICE, OF_RATE, A_MINUTE, A_CALL = "price", "rate", "a minute", "a call"

_FEWEST_ROWS = 3
_SHARE = 50
"""Of so many rows that differ, one at least has to agree on it."""
_MOST_TRIED = 3
"""Of each kind of rise."""
_PERCENT_DIGITS, _AMOUNT_DIGITS = 2, 6


@dataclass(frozen=True, slots=True)
class Rise:
    """`by` is percent of the price (or of the rate alone, beside a connect fee), or an amount of a currency
    a minute or a call; negative where the card is higher."""

    kind: str
    by: Fraction
    currency: str = ""

    def gives(self, price: CheckedPrice, places: int) -> bool:
        """Whether it leads from the card exactly to the price; never where the card has none."""
        if price.card is None:
            return False
        terms, billed_ms = price.terms, price.terms.billed_ms(price.call.duration_ms)
        if self.currency and self.currency != price.currency:
            return False
        if gives(self._on(terms), billed_ms, price.charged, places):
            return True
        if self.kind != OF_PRICE or terms.rounding == "none":
            return False
        return round_amount(price.card * self._factor, terms.places, terms.rounding) == price.charged

    @property
    def _factor(self) -> Fraction:
        return 1 + self.by / 100

    def _on(self, terms: Terms) -> Terms:
        if self.kind == A_MINUTE:
            return replace(terms, rate=terms.rate + self.by)
        if self.kind == A_CALL:
            return replace(terms, connect_fee=terms.connect_fee + self.by)
        fee = terms.connect_fee * self._factor if self.kind == OF_PRICE else terms.connect_fee
        return replace(terms, rate=terms.rate * self._factor, connect_fee=fee)

    def said(self, rows: int) -> str:
        """As `3 % above the card, on 412 rows of it`."""
        side = "above" if self.by > 0 else "below"
        if self.kind in (A_MINUTE, A_CALL):
            what = f"{plain(abs(self.by))} {self.currency}".rstrip() + f" {self.kind} {side} the card"
        elif self.kind == OF_PRICE:
            what = f"{plain(abs(self.by))} % {side} the card"
        else:
            what = f"{plain(abs(self.by))} % {side} the card's rates, the connect fee as it is"
        return f"{what}, on {rows:,} rows of it"


def rises_of(prices: Sequence[CheckedPrice], places: Mapping[str, int]) -> list[Rise]:
    """What many rows of the card may have risen by, the likeliest first."""
    dearest: dict[tuple[int, str], CheckedPrice] = {}
    for price in prices:
        if price.row is None or not price.card or price.verdict in (CREDIT, NOT_CHARGED):
            continue
        key = price.row.row, price.currency
        if key not in dearest or price.card > (dearest[key].card or 0):
            dearest[key] = price
    rows: dict[Rise, int] = defaultdict(int)
    with_fee = any(price.terms.connect_fee for price in dearest.values())
    for price in dearest.values():
        for rise in _possible(price, min(places[price.call.place.file], price.terms.places)):
            if with_fee or rise.kind != OF_RATE:
                rows[rise] += 1
    enough = max(_FEWEST_ROWS, len(dearest) // _SHARE)
    likely = sorted((rise for rise in rows if rows[rise] >= enough), key=lambda rise: -rows[rise])
    tried: dict[str, int] = defaultdict(int)
    found = []
    for rise in likely:
        tried[rise.kind] += 1
        if tried[rise.kind] <= _MOST_TRIED:
            found.append(rise)
    return found


def _possible(price: CheckedPrice, places: int) -> Iterator[Rise]:
    """The plainest rise of each kind that comes within a unit of the last decimal of the price."""
    terms = price.terms
    billed_ms = terms.billed_ms(price.call.duration_ms)
    of_time = terms.rate * billed_ms / MS_PER_MINUTE
    exact, unit = of_time + terms.connect_fee, Fraction(1, 10**places)
    low, high = price.charged - unit - exact, price.charged + unit - exact
    for kind, whole, digits in (
        (OF_PRICE, exact / 100, _PERCENT_DIGITS),
        (OF_RATE, of_time / 100, _PERCENT_DIGITS),
        (A_MINUTE, Fraction(billed_ms, MS_PER_MINUTE), _AMOUNT_DIGITS),
        (A_CALL, Fraction(1), places),
    ):
        by = _plainest(low / whole, high / whole, digits) if whole else None
        if by:
            yield Rise(kind, by, price.currency if kind in (A_MINUTE, A_CALL) else "")


def _plainest(low: Fraction, high: Fraction, most_digits: int) -> Fraction | None:
    """Of the numbers between, the one with the fewest decimals, and of those the middle one.

    >>> str(_plainest(Fraction("2.96"), Fraction("3.07"), 2))
    '3'
    >>> _plainest(Fraction("2.961"), Fraction("2.969"), 2)
    """
    for digits in range(most_digits + 1):
        scale = 10**digits
        first, last = ceil(low * scale), floor(high * scale)
        if first <= last:
            return Fraction(min(last, max(first, round((low + high) / 2 * scale))), scale)
    return None
