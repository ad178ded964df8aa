"""A formula stands only where it gives the very figure that the report has found."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from templates.rated_formulas import Rated
from udfs.rating.cost import Terms

TERMS = Terms(rate=Fraction(14, 1000), minimum_ms=60_000, increment_ms=60_000, places=4)
MINUTES, COST, TALKED = Decimal(2), Decimal("0.028"), Decimal("0.0142333333333333")
LONG_MS, DEAR = 9_999_999_000, 10_020


@pytest.mark.parametrize(
    ("one", "are_live"),
    [
        (Rated(61_000, TERMS, MINUTES, COST, TALKED), (True, True, True)),
        (Rated(61_000, TERMS, Decimal(3), COST, TALKED), (False, False, True)),  # the log's own time
        (Rated(61_000, TERMS, MINUTES, Decimal("0.03"), TALKED), (True, False, True)),  # its own price
        (Rated(61_000, TERMS, MINUTES, COST, Decimal("0.0142333334")), (True, True, False)),
        (Rated(61_000, TERMS, MINUTES, None, None), (True, False, False)),
        (Rated(61_000, TERMS, None, None, TALKED), (False, False, True)),
    ],
)
def test_what_the_log_says_otherwise_stays_a_value(one: Rated, are_live: tuple[bool, ...]) -> None:
    assert one.are_live == are_live


def test_beyond_what_formulas_are_exact_for_stands_a_value() -> None:
    terms = Terms(rate=Fraction(DEAR), minimum_ms=60_000, increment_ms=60_000, places=4)
    talked = Decimal(DEAR) * LONG_MS / 60_000
    assert Fraction(talked) == terms.unrounded(LONG_MS)
    assert not Rated(LONG_MS, terms, None, None, talked).are_live[2]
