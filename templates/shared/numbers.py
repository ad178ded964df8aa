"""Which values are numbers that formulas calculate with."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from templates.shared.tables import Shown


def is_number(value: Shown) -> bool:
    return isinstance(value, int | float | Decimal | Fraction) and not isinstance(value, bool)


def has_places(value: Shown, places: int) -> bool:
    """Whether it is a number of 0 or more with at most so many decimals."""
    if not is_number(value):
        return False
    exact = Fraction(str(value))
    return exact >= 0 and (exact * 10**places).denominator == 1
