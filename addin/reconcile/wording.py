"""Figures in sentences: amounts with currency, minutes with unit."""

from __future__ import annotations

from fractions import Fraction

from addin.reconcile.measure import Measure, printed


def plain(value: Fraction | int) -> str:
    """A decimal without exponent: `0.014`, `-3`, `12.5`."""
    return f"{printed(value):f}"


def minutes(value: Fraction | int) -> str:
    """
    >>> minutes(Fraction(3, 2))
    '1.5 min'
    """
    return f"{plain(value)} min"


def amount(value: Fraction | int, currency: str) -> str:
    """
    >>> amount(Fraction(14, 1000), "USD")
    '0.014 USD'
    """
    return f"{plain(value)} {currency}".rstrip()


def calls(count: int) -> str:
    """
    >>> calls(-1), calls(2)
    ('-1 call', '2 calls')
    """
    return f"{count} call{'' if abs(count) == 1 else 's'}"


def measure(value: Measure, currency: str, with_cost: bool = True) -> str:
    """All three figures: `2 calls, 3 min, 0.028 USD`."""
    parts = [calls(value.calls), minutes(value.minutes)]
    if with_cost:
        parts.append(amount(value.cost, currency))
    return ", ".join(parts)


def listed(names: list[str]) -> str:
    """
    >>> listed(["a"]), listed(["a", "b", "c"])
    ('a', 'a, b and c')
    """
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
