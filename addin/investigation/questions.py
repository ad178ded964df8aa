"""The questions of the decision tree: two figures, what they may differ by, and the answer."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from addin.errors import TollsheetError

THRESHOLD = Fraction(1, 100)
"""What `roughly` means unless another share is asked for."""

_MOST_DECIMALS = 12

CONNECTED = "Do the connected calls roughly match?"
DURATIONS = "Do the durations roughly match?"
COSTS = "Do the costs of the same time match?"


@dataclass(frozen=True, slots=True)
class Asked:
    """One figure of both sides at a question. `what` names it, `unit` is `calls`, `min` or a currency."""

    question: str
    what: str
    ours: Fraction
    theirs: Fraction
    allowed: Fraction
    unit: str
    matches: bool
    differing: int = 0
    """Where calls are asked one by one: how many differ beyond what is allowed for each."""
    is_harmless: bool = False
    """Of figures that do not match: whether nothing that is billed follows from it."""

    @property
    def difference(self) -> Fraction:
        return self.theirs - self.ours


def share_of(text: str, option: str = "") -> Fraction:
    """A threshold as a person writes it: percent, with or without the sign.

    >>> share_of("1%") == share_of(" 1 ") == Fraction(1, 100), share_of("0.5 %")
    (True, Fraction(1, 200))
    """
    try:
        percent = Decimal(text.strip().removesuffix("%").strip())
    except InvalidOperation:
        percent = Decimal("NaN")
    if not percent.is_finite() or not 0 <= percent < 100 or percent.as_tuple().exponent < -_MOST_DECIMALS:  # type: ignore[operator]
        raise TollsheetError(
            f"{text!r} is no threshold", "Write it in percent of 0 or more, such as 1% or 0.5%.", option
        )
    return Fraction(percent) / 100


def roughly(
    question: str,
    what: str,
    ours: Fraction | int,
    theirs: Fraction | int,
    unit: str,
    threshold: Fraction,
) -> Asked:
    """They roughly match if they differ by no more than the threshold's share of the larger one.

    >>> roughly(CONNECTED, "connected calls", 100, 99, "calls", THRESHOLD).matches
    True
    >>> roughly(CONNECTED, "connected calls", 99, 97, "calls", THRESHOLD).matches
    False
    """
    one, other = Fraction(ours), Fraction(theirs)
    allowed = threshold * max(abs(one), abs(other))
    return Asked(question, what, one, other, allowed, unit, abs(other - one) <= allowed)
