"""What a call costs, by whole numbers only: seconds, and amounts in units of the last place."""

from __future__ import annotations

from dataclasses import dataclass

MICRO = 1_000_000


@dataclass(frozen=True, slots=True)
class Rate:
    """One row of a rate card; `rate` (per minute) and `connect_fee` are millionths of the currency."""

    prefix: str
    destination: str
    rate: int
    direction: str = ""
    category: str = ""
    minimum: int = 60
    increment: int = 60
    connect_fee: int = 0
    rounding: str = "half-up"

    def billed(self, seconds: int) -> int:
        """Billed seconds: nothing for nothing, else the minimum and whole increments after it."""
        if seconds <= 0:
            return 0
        over = max(0, seconds - self.minimum)
        return self.minimum + -(-over // self.increment) * self.increment

    def cost(self, billed: int, places: int) -> int:
        """The cost of billed seconds in units of the last place, rounded once."""
        if billed == 0:
            return 0
        millionths_of_60 = 60 * self.connect_fee + billed * self.rate
        unit: int = 60 * 10 ** (6 - places)
        if self.rounding == "up":
            return -(-millionths_of_60 // unit)
        return (2 * millionths_of_60 + unit) // (2 * unit)


def find_rate(rates: tuple[Rate, ...], number: str, direction: str, category: str) -> Rate | None:
    """The row with the longest prefix of the number, among those for this direction and category."""
    digits = number.removeprefix("+")
    fitting = [
        row
        for row in rates
        if digits.startswith(row.prefix)
        and row.direction in ("", direction)
        and row.category in ("", category)
    ]
    return max(fitting, key=lambda row: len(row.prefix), default=None)


def decimal(units: int, places: int) -> str:
    """Units of the last place as a decimal.

    >>> decimal(850, 5), decimal(-5, 2), decimal(7, 0)
    ('0.00850', '-0.05', '7')
    """
    sign, digits = "-" if units < 0 else "", str(abs(units)).rjust(places + 1, "0")
    return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else sign + digits


def plain(text: str) -> str:
    """A decimal without its trailing zeros.

    >>> plain("0.00850"), plain("12.00"), plain("0")
    ('0.0085', '12', '0')
    """
    return text.rstrip("0").rstrip(".") if "." in text else text


def minutes(seconds: int) -> str:
    """Seconds as minutes: exact where they are whole tenths, hundredths ... of a minute, else to 10 places.

    >>> minutes(120), minutes(36), minutes(-80)
    ('2', '0.6', '-1.3333333333')
    """
    ten_places = (2 * abs(seconds) * 10**10 + 60) // 120
    return plain(decimal(-ten_places if seconds < 0 else ten_places, 10))


RATE_HEADER = (
    "prefix",
    "direction",
    "category",
    "destination",
    "currency",
    "rate",
    "minimum",
    "increment",
    "connect_fee",
    "rounding",
)


def rate_rows(rates: tuple[Rate, ...], currency: str) -> list[list[str]]:
    """A rate card as rows, the header first. The decimal places stay the provider's own."""
    rows = [list(RATE_HEADER)]
    for row in rates:
        amounts = (
            plain(decimal(row.rate, 6)),
            str(row.minimum),
            str(row.increment),
            plain(decimal(row.connect_fee, 6)),
        )
        rows.append(
            [row.prefix, row.direction, row.category, row.destination, currency, *amounts, row.rounding]
        )
    return rows
