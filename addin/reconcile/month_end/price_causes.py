"""What explains a price that is not the card's: another row, other terms, a rise, or the rate it implies."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from math import ceil, floor

from addin.reconcile.expectation import places_of
from addin.reconcile.measure import printed, printed_seconds
from addin.reconcile.month_end.checked_price import (
    ALSO_CREDITED,
    CREDIT,
    CREDITED,
    NOT_CHARGED,
    OTHER_CURRENCY,
    CheckedPrice,
    gives,
)
from addin.reconcile.month_end.whole_card import Rise, rises_of
from addin.reconcile.stated_terms import ROUNDINGS
from addin.reconcile.wording import plain
from udfs.rating.cost import MS_PER_MINUTE, Terms
from udfs.rating.rate_card import RateCard, RateRow, normal_number
from udfs.rating.rounding import round_amount

_RHYTHMS = ((60, 60), (30, 30), (30, 6), (6, 6), (60, 1), (60, 6), (1, 1), (0, 0))
"""Minimum and increment in seconds that contracts commonly have; 0/0 is the exact time."""
_RATE_DIGITS = 6
"""Decimals that a rate per minute is expected to have."""
_SAMPLE = 1000
"""Calls that tell whether one rise explains most."""


def explain(prices: Sequence[CheckedPrice], card: RateCard, places: Mapping[str, int], billing: str) -> None:
    """Of the explanations that fit a call, the one that fits most calls: one cause is likelier than many."""
    rises = rises_of([price for price in prices if not price.credited], places)
    first = None if any(row.is_dated for row in card.rows) else _of_most(rises, prices, places)
    possible: list[list[str | Rise]] = []
    for price in prices:
        written = places[price.call.place.file]
        if first is not None and not price.credited and first.gives(price, written):
            possible.append([first])
        else:
            own = places_of(billing or price.call.provider)
            possible.append([*_explanations(price, card, rises, written, own)])
    fits = Counter(one for several in possible for one in several)
    risen: dict[Rise, list[CheckedPrice]] = defaultdict(list)
    for price, several in zip(prices, possible, strict=True):
        best = max(several, key=lambda one: (fits[one], -several.index(one)))
        if isinstance(best, Rise):
            risen[best].append(price)
        else:
            price.explained = best
    for rise, its in risen.items():
        said = rise.said(len({price.row.row for price in its if price.row}))
        for price in its:
            price.explained = said


def _of_most(rises: Sequence[Rise], prices: Sequence[CheckedPrice], places: Mapping[str, int]) -> Rise | None:
    """The rise that explains most of the calls, if one does: where it fits, nothing else need be tried."""
    sample = prices[:: max(1, len(prices) // _SAMPLE)]
    for rise in rises:
        fitting = sum(rise.gives(price, places[price.call.place.file]) for price in sample)
        if 2 * fitting > len(sample):
            return rise
    return None


def _explanations(
    price: CheckedPrice, card: RateCard, rises: Sequence[Rise], places: int, own_places: int
) -> Iterator[str | Rise]:
    """What leads exactly to the price, the likeliest first; at least the rate that it implies. A price of
    which something is credited is looked at as it was charged: no rate leads to what is left of it."""
    if price.credited:
        whole = replace(price, charged=price.charged + price.credited, credited=Fraction(0))
        whole.judge(places)
        if not whole.differs:
            yield CREDITED
            return
        for one in _explanations(whole, card, (), places, own_places):
            yield f"{one}; {ALSO_CREDITED}"
        return
    if price.verdict in (CREDIT, NOT_CHARGED, OTHER_CURRENCY):
        yield price.verdict
        return
    found = False
    duration_ms, charged = price.call.duration_ms, price.charged
    for row in _rows_on_path(price, card):
        terms = row.terms if row.places_given else replace(row.terms, places=own_places)
        if gives(terms, terms.billed_ms(duration_ms), charged, places):
            found = True
            yield f"row {row.row} gives it: {_named(row, price.row)}"
            if price.row and _is_of_other_days(row, price.row):
                yield f"the card's rows {_days(row)} give it"
    for text in _other_terms(price, places):
        found = True
        yield text
    for rise in rises if price.row else ():
        if rise.gives(price, places):
            found = True
            yield rise
    if not found:
        yield _implied(price, card)


def _rows_on_path(price: CheckedPrice, card: RateCard) -> list[RateRow]:
    """Other rows whose prefix one of the call's numbers begins with, those of the same prefix first."""
    own = price.row.prefix if price.row else ""
    numbers = [number for number in (price.call.to_number, price.call.from_number) if number]
    rows = {row.row: row for number in numbers for row in card.rows_for(normal_number(number))}
    return sorted(
        (row for row in rows.values() if row is not price.row and price.may_be_of(row)),
        key=lambda row: (row.prefix != own, -len(row.prefix), row.row),
    )


def _is_of_other_days(row: RateRow, own: RateRow) -> bool:
    """Whether it is the same row of the card at another time."""
    same = (row.prefix, row.direction, row.category) == (own.prefix, own.direction, own.category)
    return same and row.is_dated


def _days(row: RateRow) -> str:
    """When a row is in force: `from 2026-09-01`, `until 2026-08-31`."""
    ends = (("from", row.valid_from), ("until", row.valid_until))
    return " ".join(f"{word} {day}" for word, day in ends if day)


def _named(row: RateRow, own: RateRow | None) -> str:
    """How a row differs from the one that applies: `prefix 447, until 2026-08-31, 0.0235 a minute`."""
    parts = [f"prefix {row.prefix}" if row.prefix else "the default row"]
    if row.direction and (own is None or row.direction != own.direction):
        parts.append(row.direction)
    if row.category and (own is None or row.category != own.category):
        parts.append(row.category)
    if row.is_dated:
        parts.append(_days(row))
    return ", ".join([*parts, f"{plain(row.terms.rate)} a minute"])


def _other_terms(price: CheckedPrice, places: int) -> Iterator[str]:
    """The row that applies, with one thing otherwise."""
    if price.row is None:
        return
    terms, call = price.terms, price.call
    own_ms, tried = terms.billed_ms(call.duration_ms), set()
    for said, other in _other_rhythms(terms):
        billed_ms = other.billed_ms(call.duration_ms)
        if billed_ms == own_ms or billed_ms in tried:
            continue
        if gives(terms, billed_ms, price.charged, places):
            yield f"{said} gives it"
        else:
            tried.add(billed_ms)
    if terms.connect_fee and gives(replace(terms, connect_fee=Fraction(0)), own_ms, price.charged, places):
        yield f"without the connect fee of {plain(terms.connect_fee)} it is that"
    if terms.rounding != "none":
        for mode in ROUNDINGS:
            if (
                mode != terms.rounding
                and replace(terms, rounding=mode).cost_of_billed(own_ms) == price.charged
            ):
                yield f"rounded {mode} instead of {terms.rounding} it is that"
        unrounded = terms.connect_fee + terms.rate * own_ms / MS_PER_MINUTE
        for digits in range(terms.places + 1, terms.places + 5):
            if round_amount(unrounded, digits, terms.rounding) == price.charged:
                yield f"rounded to {digits} decimals instead of {terms.places} it is that"
                break
    theirs_ms = call.billed_ms
    if theirs_ms not in (None, own_ms) and terms.cost_of_billed(theirs_ms) == price.charged:
        yield "the card's rate for the time that the record says was billed gives it"


@lru_cache(maxsize=1 << 14)
def _other_rhythms(terms: Terms) -> tuple[tuple[str, Terms], ...]:
    """The terms with each other minimum and increment, and what is said of it."""
    own = f"{_seconds(terms.minimum_ms)}/{_seconds(terms.increment_ms)}"
    others = (
        (f"{minimum}/{increment}", replace(terms, minimum_ms=minimum * 1000, increment_ms=increment * 1000))
        for minimum, increment in _RHYTHMS
    )
    return tuple((f"{said} instead of {own}", other) for said, other in others if other != terms)


def _implied(price: CheckedPrice, card: RateCard) -> str:
    """The rate that the price comes to by the rules of the row that applies, and who has it."""
    terms = price.terms
    billed_ms = terms.billed_ms(price.call.duration_ms)
    if not billed_ms:
        return "a price for no time"
    if fee := terms.connect_fee:
        if price.charged in (fee, replace(terms, rate=Fraction(0)).cost_of_billed(billed_ms)):
            return f"the connect fee of {plain(fee)} alone"
        if price.charged < fee:
            return f"less than the connect fee of {plain(fee)} alone"
    rate = _plainest_rate(terms, billed_ms, price.charged)
    if (same := _first_rows(card, price.currency).get(rate)) is not None:
        return f"the rate of row {same.row} ({_named(same, None)}), which is for other calls"
    known = price.row.terms.rate if price.row else None
    text = f"{printed(rate, 6):f} a minute gives it"
    if known:
        change = (rate - known) / known * 100
        text += f", {'+' if change > 0 else ''}{printed(change, 1):f} % on row {price.row.row}"  # type: ignore[union-attr]
    return f"{text}; no row of the card has it"


@lru_cache(maxsize=8)
def _first_rows(card: RateCard, currency: str) -> dict[Fraction, RateRow]:
    """The first row of each rate in that currency."""
    rows = (row for row in reversed(card.rows) if not (row.currency and currency) or row.currency == currency)
    return {row.terms.rate: row for row in rows}


def _plainest_rate(terms: Terms, billed_ms: int, charged: Fraction) -> Fraction:
    """Of the rates that are rounded to this price, the one with the fewest decimals."""
    unit = Fraction(1, 10**terms.places)
    low, high = ((charged + step - terms.connect_fee) * MS_PER_MINUTE / billed_ms for step in (-unit, unit))
    for digits in range(_RATE_DIGITS):

        def cost(candidate: int, scale: int = 10**digits) -> Fraction:
            return replace(terms, rate=Fraction(candidate, scale)).cost_of_billed(billed_ms)

        first, after = max(1, ceil(low * 10**digits)), floor(high * 10**digits) + 1
        # a higher rate never costs less
        found = bisect_left(range(first, max(first, after)), charged, key=cost) + first
        if found < after and cost(found) == charged:
            return Fraction(found, 10**digits)
    return (charged - terms.connect_fee) * MS_PER_MINUTE / billed_ms


def _seconds(ms: int) -> str:
    return f"{printed_seconds(ms):f}"
