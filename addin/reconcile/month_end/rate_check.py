"""Each call's price against the rate card, and the rows of the card that explain a price that differs."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import lru_cache
from math import ceil, floor
from typing import TYPE_CHECKING

from addin.reconcile.expectation import Rater, places_of
from addin.reconcile.lines import EXPECTED, UNRATED
from addin.reconcile.measure import printed
from addin.reconcile.stated_terms import ROUNDINGS
from addin.reconcile.wording import plain
from addin.records.call import Call
from udfs.rating.cost import Terms
from udfs.rating.rate_card import RateCard, RateRow, normal_number
from udfs.rating.rounding import round_amount

if TYPE_CHECKING:
    from addin.reconcile.reconciliation import Reconciliation

OF_LOG, OF_BILL = "log", "bill"
AGREES, FEWER_PLACES = "agrees", "agrees at the decimals of the file"
NO_ROW = "no row of the card"
NOT_CHARGED, CREDIT = "not charged", "a credit"

_RHYTHMS = ((60, 60), (30, 30), (30, 6), (6, 6), (60, 1), (60, 6), (1, 1), (0, 0))
"""Minimum and increment in seconds that contracts commonly have; 0/0 is the exact time."""
_RATE_DIGITS = 6
"""Decimals that a rate per minute is expected to have."""
_MOST_DIFFERENT = 100_000
"""Differing calls that are looked into; more than these are of a few causes anyway."""


@dataclass(slots=True)
class CheckedPrice:
    """One priced call. `card` is None where no row covers it; `explained` is what leads to the price."""

    call: Call
    row: RateRow | None
    terms: Terms
    charged: Fraction
    card: Fraction | None
    currency: str
    verdict: str = ""
    explained: str = ""

    @property
    def difference(self) -> Fraction | None:
        return None if self.card is None else self.charged - self.card

    @property
    def differs(self) -> bool:
        return self.verdict not in (AGREES, FEWER_PLACES)


@dataclass(slots=True)
class RateCheck:
    """`side` is whose prices are checked."""

    side: str
    card: str
    prices: list[CheckedPrice] = field(default_factory=list)


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
        price.verdict = _verdict(price, places[price.call.place.file])
        if price.differs:
            different.append(price)
    _explain(different[:_MOST_DIFFERENT], card, places, result.billing)
    return check


def _of_bill(result: Reconciliation, rater: Rater) -> Iterator[CheckedPrice]:
    """Records that the bill charges; one that is matched is rated as its call, whose log says more of it."""
    for record in result.bill:
        if record.counts and record.net_cost is not None and not record.is_credit:
            row, terms, _ = rater.look_up(record.call)
            if record.log is not None:
                row, terms = record.log.rate_row, record.log.terms
            yield _price(record.call, row, terms, record.net_cost, record.currency)


def _of_log(result: Reconciliation) -> Iterator[CheckedPrice]:
    for line in result.log:
        if line.step in (EXPECTED, UNRATED) and line.call.cost is not None:
            yield _price(line.call, line.rate_row, line.terms, Fraction(line.call.cost), line.currency)


def _price(call: Call, row: RateRow | None, terms: Terms, charged: Fraction, currency: str) -> CheckedPrice:
    card = terms.cost(call.duration_ms) if row is not None else None
    return CheckedPrice(call, row, terms, charged, card, currency)


def _places_by_file(prices: Sequence[CheckedPrice]) -> dict[str, int]:
    """The decimals to which each file writes its prices: spreadsheets drop the zeros of a single one."""
    places: dict[str, int] = defaultdict(int)
    for price in prices:
        assert price.call.cost is not None
        exponent = price.call.cost.as_tuple().exponent
        places[price.call.place.file] = max(places[price.call.place.file], -min(0, int(exponent)))
    return places


def _verdict(price: CheckedPrice, places: int) -> str:
    if price.card is None:
        return NO_ROW
    if price.charged == price.card:
        return AGREES
    if _is_at_fewer_places(price.terms, price.call.duration_ms, price.charged, places):
        return FEWER_PLACES
    if price.charged < 0:
        return CREDIT
    return NOT_CHARGED if not price.charged else "differs"


def _gives(terms: Terms, duration_ms: int, charged: Fraction, places: int) -> bool:
    """Whether the terms lead to the price, at the decimals that the file writes."""
    return terms.cost(duration_ms) == charged or _is_at_fewer_places(terms, duration_ms, charged, places)


def _is_at_fewer_places(terms: Terms, duration_ms: int, charged: Fraction, places: int) -> bool:
    if places >= terms.places or terms.rounding == "none":
        return False
    cost = terms.cost(duration_ms)
    return any(round_amount(cost, places, mode) == charged for mode in ROUNDINGS[:3]) or charged == replace(
        terms, places=places
    ).cost(duration_ms)


def _explain(prices: Sequence[CheckedPrice], card: RateCard, places: dict[str, int], billing: str) -> None:
    """Of the explanations that fit a call, the one that fits most calls: one cause is likelier than many."""
    possible = [
        list(
            _explanations(
                price, card, places[price.call.place.file], places_of(billing or price.call.provider)
            )
        )
        for price in prices
    ]
    fits = Counter(text for texts in possible for text in texts)
    for price, texts in zip(prices, possible, strict=True):
        price.explained = max(texts, key=lambda text: (fits[text], -texts.index(text)))


def _explanations(price: CheckedPrice, card: RateCard, places: int, own_places: int) -> Iterator[str]:
    """What leads exactly to the price, the likeliest first; at least the rate that it implies."""
    if price.verdict in (CREDIT, NOT_CHARGED):
        yield price.verdict
        return
    found = False
    duration_ms, charged = price.call.duration_ms, price.charged
    for row in _rows_on_path(price, card):
        terms = row.terms if row.places_given else replace(row.terms, places=own_places)
        if _gives(terms, duration_ms, charged, places):
            found = True
            yield f"row {row.row} gives it: {_named(row, price.row)}"
    for text in _other_terms(price, places):
        found = True
        yield text
    if not found:
        yield _implied(price, card)


def _rows_on_path(price: CheckedPrice, card: RateCard) -> list[RateRow]:
    """Other rows whose prefix one of the call's numbers begins with, those of the same prefix first."""
    own = price.row.prefix if price.row else ""
    numbers = [number for number in (price.call.to_number, price.call.from_number) if number]
    rows = {row.row: row for number in numbers for row in card.rows_for(normal_number(number))}
    return sorted(
        (row for row in rows.values() if row is not price.row),
        key=lambda row: (row.prefix != own, -len(row.prefix), row.row),
    )


def _named(row: RateRow, own: RateRow | None) -> str:
    """How a row differs from the one that applies: `prefix 447, until 2026-08-31, 0.0235 a minute`."""
    parts = [f"prefix {row.prefix}" if row.prefix else "the default row"]
    if row.direction and (own is None or row.direction != own.direction):
        parts.append(row.direction)
    if row.category and (own is None or row.category != own.category):
        parts.append(row.category)
    if row.valid_from:
        parts.append(f"from {row.valid_from}")
    if row.valid_until:
        parts.append(f"until {row.valid_until}")
    return ", ".join([*parts, f"{plain(row.terms.rate)} a minute"])


def _other_terms(price: CheckedPrice, places: int) -> Iterator[str]:
    """The row that applies, with one thing otherwise."""
    if price.row is None:
        return
    terms, call = price.terms, price.call
    own = f"{_seconds(terms.minimum_ms)}/{_seconds(terms.increment_ms)}"
    for minimum, increment in _RHYTHMS:
        other = replace(terms, minimum_ms=minimum * 1000, increment_ms=increment * 1000)
        if other != terms and _gives(other, call.duration_ms, price.charged, places):
            yield f"{minimum}/{increment} instead of {own} gives it"
    if terms.connect_fee and _gives(
        replace(terms, connect_fee=Fraction(0)), call.duration_ms, price.charged, places
    ):
        yield f"without the connect fee of {plain(terms.connect_fee)} it is that"
    if terms.rounding != "none":
        for mode in ROUNDINGS:
            if (
                mode != terms.rounding
                and replace(terms, rounding=mode).cost(call.duration_ms) == price.charged
            ):
                yield f"rounded {mode} instead of {terms.rounding} it is that"
        unrounded = terms.connect_fee + terms.rate * terms.billed_ms(call.duration_ms) / 60_000
        for digits in range(terms.places + 1, terms.places + 5):
            if round_amount(unrounded, digits, terms.rounding) == price.charged:
                yield f"rounded to {digits} decimals instead of {terms.places} it is that"
                break
    billed_ms = call.billed_ms
    is_other = billed_ms is not None and billed_ms != terms.billed_ms(call.duration_ms)
    if is_other and billed_ms is not None and terms.cost_of_billed(billed_ms) == price.charged:
        yield "the card's rate for the time that the record says was billed gives it"


def _implied(price: CheckedPrice, card: RateCard) -> str:
    """The rate that the price comes to by the rules of the row that applies, and who has it."""
    terms = price.terms
    billed_ms = terms.billed_ms(price.call.duration_ms)
    if not billed_ms:
        return "a price for no time"
    rate = _plainest_rate(terms, billed_ms, price.charged)
    if (same := _first_rows(card).get(rate)) is not None:
        return f"the rate of row {same.row} ({_named(same, None)}), which is for other calls"
    known = price.row.terms.rate if price.row else None
    text = f"{printed(rate, 6):f} a minute gives it"
    if known:
        change = (rate - known) / known * 100
        text += f", {'+' if change > 0 else ''}{printed(change, 1):f} % on row {price.row.row}"  # type: ignore[union-attr]
    return f"{text}; no row of the card has it"


@lru_cache(maxsize=1)
def _first_rows(card: RateCard) -> dict[Fraction, RateRow]:
    """The first row of each rate."""
    return {row.terms.rate: row for row in reversed(card.rows)}


def _plainest_rate(terms: Terms, billed_ms: int, charged: Fraction) -> Fraction:
    """Of the rates that are rounded to this price, the one with the fewest decimals."""
    unit = Fraction(1, 10**terms.places)
    low, high = ((charged + step - terms.connect_fee) * 60_000 / billed_ms for step in (-unit, unit))
    for digits in range(_RATE_DIGITS):

        def cost(candidate: int, scale: int = 10**digits) -> Fraction:
            return replace(terms, rate=Fraction(candidate, scale)).cost_of_billed(billed_ms)

        first, after = max(1, floor(low * 10**digits)), ceil(high * 10**digits) + 1
        # a higher rate never costs less
        found = bisect_left(range(first, max(first, after)), charged, key=cost) + first
        if found < after and cost(found) == charged:
            return Fraction(found, 10**digits)
    return (charged - terms.connect_fee) * 60_000 / billed_ms


def _seconds(ms: int) -> str:
    return f"{printed(Fraction(ms, 1000)):f}"


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
