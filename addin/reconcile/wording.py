"""Figures in sentences: amounts with currency, minutes with unit."""

from __future__ import annotations

from fractions import Fraction

from addin.reconcile.measure import Measure, printed

_READABLE_PLACES = 4


def plain(value: Fraction | int) -> str:
    """A decimal without exponent: `0.014`, `-3`, `12.5`."""
    return f"{printed(value):f}"


def figure(value: Fraction | int) -> str:
    """The same for reading, with a comma between thousands as tables have it: `1,234.5`."""
    return f"{printed(value):,f}"


def minutes(value: Fraction | int) -> str:
    """
    >>> minutes(Fraction(3, 2)), minutes(-12345)
    ('1.5 min', '-12,345 min')
    """
    return f"{figure(value)} min"


def amount(value: Fraction | int, currency: str) -> str:
    """
    >>> amount(Fraction(14, 1000), "USD"), amount(Fraction("1234567.1234"), "EUR")
    ('0.014 USD', '1,234,567.1234 EUR')
    """
    return f"{figure(value)} {currency}".rstrip()


def counted(count: int, thing: str, things: str = "") -> str:
    """
    >>> counted(1, "row"), counted(1200, "row"), counted(2, "copy", "copies")
    ('1 row', '1,200 rows', '2 copies')
    """
    return f"{count:,} {thing if abs(count) == 1 else things or f'{thing}s'}"


def calls(count: int) -> str:
    """
    >>> calls(-1), calls(2)
    ('-1 call', '2 calls')
    """
    return counted(count, "call")


def measure(value: Measure, currency: str, with_cost: bool = True) -> str:
    """All three figures: `2 calls, 3 min, 0.028 USD`; and how many records the amount lacks.

    >>> measure(Measure(2, 60_000, Fraction(1), unpriced=1), "USD")
    '2 calls, 1 min, 1 USD without 1 record that has no price'
    """
    parts = [calls(value.calls), minutes(value.minutes)]
    if with_cost:
        parts.append(f"{amount(value.cost, currency)}{lacking(value)}")
    return ", ".join(parts)


def lacking(value: Measure) -> str:
    """What stands behind an amount: the records it lacks, empty where it lacks none.

    >>> lacking(Measure(unpriced=2))
    ' without 2 records that have no price'
    """
    if not value.unpriced:
        return ""
    has = "has" if value.unpriced == 1 else "have"
    return f" without {counted(value.unpriced, 'record')} that {has} no price"


def signed(value: Measure, currency: str, with_cost: bool = True) -> str:
    """A difference: what is not zero of it, with signs; minutes to four places, which is for reading.

    >>> signed(Measure(1, -20_000), "USD")
    '+1 call, -0.3333 min'
    """
    parts = [calls(value.calls), f"{printed(value.minutes, _READABLE_PLACES):,f} min"]
    figures: list[Fraction | int] = [value.calls, value.minutes]
    if with_cost:
        parts.append(amount(value.cost, currency))
        figures.append(value.cost)
    told = [f"+{part}" if figure > 0 else part for part, figure in zip(parts, figures, strict=True) if figure]
    return (", ".join(told) or "no difference in sum") + (lacking(value) if with_cost else "")


def listed(names: list[str]) -> str:
    """
    >>> listed(["a"]), listed(["a", "b", "c"])
    ('a', 'a, b and c')
    """
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
