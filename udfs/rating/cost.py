"""What one answered call costs: the rate for the time billed, plus the connect fee, rounded once."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from udfs.rating.duration import billed_ms, round_duration
from udfs.rating.rounding import round_amount

MS_PER_MINUTE = 60_000


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of one rate: price per minute and how time and amount are rounded.

    >>> str(Terms(Fraction("0.0085"), places=5).cost(924_000))
    '17/125'
    """

    rate: Fraction
    """Per minute."""
    minimum_ms: int = MS_PER_MINUTE
    increment_ms: int = MS_PER_MINUTE
    connect_fee: Fraction = Fraction(0)
    """Once per answered call."""
    places: int = 4
    rounding: str = "half-up"
    duration_rounding: str = "none"
    """To whole seconds, before the minimum and the increments."""
    anchor: str = "minimum"

    def billed_ms(self, duration_ms: int) -> int:
        """Milliseconds charged for a call of this duration."""
        rounded_ms = round_duration(duration_ms, self.duration_rounding)
        return billed_ms(rounded_ms, self.minimum_ms, self.increment_ms, self.anchor)

    def cost_of_billed(self, billed_ms: int) -> Fraction:
        """The amount for time already billed. No time billed costs nothing, and no connect fee."""
        if billed_ms <= 0:
            return Fraction(0)
        exact = self.connect_fee + self.unrounded(billed_ms)
        return round_amount(exact, self.places, self.rounding)

    def cost(self, duration_ms: int) -> Fraction:
        """The amount for a call of this duration, rounded once.

        >>> 100 * Terms(Fraction("0.005"), 0, 0).cost(9_100) == Fraction("0.08")
        True
        """
        return self.cost_of_billed(self.billed_ms(duration_ms))

    def unrounded(self, duration_ms: int) -> Fraction:
        """Time talked at the rate, before any rule: no minimum, no increment, no fee, no rounding."""
        return Fraction(self.rate.numerator * duration_ms, self.rate.denominator * MS_PER_MINUTE)
