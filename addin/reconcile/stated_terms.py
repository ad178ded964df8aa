"""By which terms a record's own cost follows from the rate, fee and time that it states."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from addin.records.call import Call
from udfs.rating.cost import Terms

ROUNDINGS = ("half-up", "up", "down", "half-down")
"""That providers use, the commonest first: a cost that follows from several is taken for the first."""


def stated_terms(call: Call, billed_ms: int, cost: Fraction, places: int) -> Iterator[Terms]:
    """The terms of each rounding to so many places by which the cost follows; none where the record names no
    rate."""
    if call.rate_per_minute is None:
        return
    rate, fee = Fraction(call.rate_per_minute), Fraction(call.connect_fee or 0)
    for rounding in ROUNDINGS:
        terms = Terms(rate, connect_fee=fee, places=places, rounding=rounding)
        if terms.cost_of_billed(billed_ms) == cost:
            yield terms
