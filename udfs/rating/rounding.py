"""Rounding by named modes, on exact integers.

All modes are symmetric about zero, as ROUND, ROUNDUP and ROUNDDOWN of a spreadsheet are: "up" is away from
zero, and a credit of -2.5 rounds half up to -3. Providers use other names for the same: ConnexCS writes
Full-Up, Full-Down, Half-Up, Half-Down; CGRateS writes *up, *down and *middle (half up).
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

from udfs.cell_values import Cell, text
from udfs.errors import NotUsable

MODES = ("up", "down", "half-up", "half-down", "none")

_MODE_OF_FOLDED = {
    "up": "up",
    "fullup": "up",
    "down": "down",
    "fulldown": "down",
    "halfup": "half-up",
    "middle": "half-up",
    "halfdown": "half-down",
    "none": "none",
}


@lru_cache(maxsize=256)
def _known_mode(written: str) -> str:
    folded = written.casefold().translate({ord(mark): None for mark in " -_*"})
    if folded not in _MODE_OF_FOLDED:
        raise NotUsable(f'rounding "{written[:40]}" is unknown', f"use one of {', '.join(MODES)}")
    return _MODE_OF_FOLDED[folded]


def rounding_mode(cell: Cell, name: str = "rounding") -> str:
    """The mode that a name stands for, folding case, blanks, `_`, `-` and `*`.

    >>> rounding_mode("Half_Up"), rounding_mode("Full-Up"), rounding_mode("*middle")
    ('half-up', 'up', 'half-up')
    """
    return _known_mode(text(cell, name))


def round_quotient(numerator: int, denominator: int, mode: str) -> int:
    """`numerator / denominator` (positive) as a whole number by the mode, which must not be "none".

    >>> [round_quotient(5, 2, mode) for mode in ("up", "down", "half-up", "half-down")]
    [3, 2, 3, 2]
    >>> round_quotient(-5, 2, "half-up")
    -3
    """
    whole, rest = divmod(abs(numerator), denominator)
    if mode == "up":
        whole += rest > 0
    elif mode == "half-up":
        whole += 2 * rest >= denominator
    elif mode == "half-down":
        whole += 2 * rest > denominator
    elif mode != "down":
        raise ValueError(f"no whole number by mode {mode!r}")
    return whole if numerator >= 0 else -whole


def round_amount(value: Fraction, places: int, mode: str) -> Fraction:
    """An exact amount rounded to decimal places (negative: tens, hundreds); "none" leaves it as it is.

    >>> round_amount(Fraction("2.675"), 2, "half-up")
    Fraction(67, 25)
    >>> round_amount(Fraction("14.37"), -1, "half-up")
    Fraction(10, 1)
    """
    if mode == "none":
        return value
    scale = 10 ** abs(places)
    if places < 0:
        return Fraction(round_quotient(value.numerator, value.denominator * scale, mode) * scale)
    return Fraction(round_quotient(value.numerator * scale, value.denominator, mode), scale)
