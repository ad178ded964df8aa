"""A price beside the rate card, and whether terms lead to it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from addin.reconcile.stated_terms import ROUNDINGS
from addin.records.call import Call
from udfs.rating.cost import Terms
from udfs.rating.rate_card import RateRow
from udfs.rating.rounding import round_amount

AGREES, FEWER_PLACES = "agrees", "agrees at the decimals of the file"
NO_ROW, OTHER_CURRENCY = "no row of the card", "in another currency than the card"
NOT_CHARGED, CREDIT = "not charged", "a credit"
DIFFERS = "differs"
CREDITED, ALSO_CREDITED = "a credit; without it the price is the card's", "and a credit"


@dataclass(slots=True)
class CheckedPrice:
    """One priced call. `card` is None where no row covers it, or one of another currency, from which nothing
    is taken off; `explained` is what leads to the price."""

    call: Call
    row: RateRow | None
    terms: Terms
    charged: Fraction
    card: Fraction | None
    currency: str
    verdict: str = ""
    explained: str = ""
    credited: Fraction = Fraction(0)
    """What the bill gives back of the call: `charged` is without it."""
    times: int = 1
    """Calls of the same price and terms that it stands for, `call` being the first; of one that differs 1."""

    @property
    def difference(self) -> Fraction | None:
        return None if self.card is None else self.charged - self.card

    @property
    def differs(self) -> bool:
        return self.verdict not in (AGREES, FEWER_PLACES)

    def may_be_of(self, row: RateRow) -> bool:
        """Whether the row is in its currency, as far as both name one."""
        return not (row.currency and self.currency) or row.currency == self.currency

    def judge(self, places: int) -> None:
        """Give the verdict; `places` are the decimals that the file writes."""
        if self.card is None:
            self.verdict = OTHER_CURRENCY if self.row else NO_ROW
        elif self.charged == self.card:
            self.verdict = AGREES
        elif gives(self.terms, self.terms.billed_ms(self.call.duration_ms), self.charged, places):
            self.verdict = FEWER_PLACES
        elif self.charged < 0:
            self.verdict = CREDIT
        else:
            self.verdict = DIFFERS if self.charged else NOT_CHARGED


def gives(terms: Terms, billed_ms: int, charged: Fraction, places: int) -> bool:
    """Whether the terms lead to the price for the time billed, at the decimals that the file writes."""
    cost = terms.cost_of_billed(billed_ms)
    if cost == charged:
        return True
    if places >= terms.places or terms.rounding == "none" or abs(cost - charged) * 10**places > 2:
        return False
    return any(round_amount(cost, places, mode) == charged for mode in ROUNDINGS[:3]) or charged == replace(
        terms, places=places
    ).cost_of_billed(billed_ms)
