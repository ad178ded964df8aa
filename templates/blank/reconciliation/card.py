"""The rate card of the template, which is that of the ratings, and the row of it that covers a call."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from templates import look as styles
from templates.blank.rating import rates
from templates.blank.rating.rate_values import not_category, rate_values
from templates.blank.rating.rates import STEP
from templates.grid import Kind
from templates.inputs import RATES
from templates.shared import words
from templates.shared.columns import helper
from templates.shared.tables import Figure, Row, Shown, column, here
from udfs.rating.cost import Terms
from udfs.rating.rate_card import RateRow, normal_number

TABLE = rates.TABLE
FIELDS = rates.FIELDS
DECIMALS = 4
"""Of a cost where the rate card names none: the setting."""
UNKNOWN_WAY, NO_NUMBER = "?", "z?"
"""A direction of an unknown word, and a number that is none: no row fits."""
PLAIN = Kind(styles.PLAIN)
_SOURCES = {
    "Rate per minute": "Rate",
    "Minimum (s)": "Minimum used",
    "Increment (s)": "Increment used",
    "Connect fee": "Fee used",
    "Decimal places": "Places used",
    "Rounding": "Rounding used",
}
"""The terms beside a call, and where they stand on the rate card."""
_WITHOUT = {"Minimum (s)": "60", "Increment (s)": "60"}
"""Without a row there is no price, and time counts by the minute."""


def rows_of(rows: Sequence[RateRow]) -> list[Row]:
    """What stands in the table, formulas included."""
    given: list[Row] = [{one.header: one.of(row) for one in RATES.columns} for row in rows]
    return rate_values(given, DECIMALS)


def helpers(table: str) -> list[Figure]:
    """What the rate card is asked for."""
    way, called = here(table, "Direction"), here(table, "Way")
    number = words.dialled(f'IF({called}="inbound",{here(table, "From")},{here(table, "To")})')
    asked = f'IF({words.begins_with_letter(number)},"","{NO_NUMBER}")'
    word = rates.way(way)
    return [
        helper(
            "Way",
            "The direction as it is compared; without one the called number counts.",
            f'IF({way}="","outbound",IF({word}="","{UNKNOWN_WAY}",{word}))',
        ),
        helper(
            "Number",
            "The number as it is compared; one that is a word is left to a default row.",
            f"IF({words.only_digits(number)},{number},{asked})",
        ),
        helper(
            "Not category",
            "The category of rates that is not meant.",
            rates.not_category(here(table, "From"), here(table, "To")),
        ),
    ]


def fit(table: str) -> str:
    """The rank of the row that covers a call best; 0 where none does."""
    return f"IF(ISNUMBER({here(table, 'Started (UTC)')}),{rates.best(_covers(table))},0)"


def row_of(table: str) -> str:
    """The row itself; 0 where none covers the call, where two tie, and where it has a problem."""
    return rates.row_of(here(table, "Fit"), _covers(table), "0")


def why_not(table: str) -> str:
    """What keeps the row that fits from rating a call."""
    return rates.why_not(here(table, "Fit"), _covers(table))


def _covers(table: str) -> str:
    start = here(table, "Started (UTC)")
    return rates.covers(
        here(table, "Number"), here(table, "Way"), f"INT({start})", here(table, "Not category")
    )


def terms(table: str) -> list[Figure]:
    """The terms of the row of the card that a call has."""
    row = here(table, "Rate card row")
    found = []
    for header, source in _SOURCES.items():
        without = _WITHOUT.get(header, '""')
        formula = f"IF({row}=0,{without},INDEX({column(TABLE, source)},{row}))"
        kind = Kind(widest=12) if header == "Rounding" else PLAIN
        found.append(Figure(header, kind, "Of the rate card, its blanks filled.", formula, 12))
    return found


def shown_helpers(direction: str, from_number: str, to_number: str) -> dict[str, Shown]:
    """What they give for a direction that is known, or blank."""
    number = normal_number(from_number if direction == "inbound" else to_number)
    if not number.isdecimal():
        number = "" if number[:1].isalpha() or not number else NO_NUMBER
    return {
        "Way": direction or "outbound",
        "Number": number,
        "Not category": not_category(from_number, to_number),
    }


def fit_of(rows: Sequence[RateRow], row: RateRow | None) -> tuple[int, int]:
    """Rank and number of a row."""
    if row is None:
        return 0, 0
    number = rows.index(row) + 1
    return (len(row.prefix) + 1) * STEP + number, number


def shown_terms(terms: Terms | None) -> dict[str, Shown]:
    """What they give."""
    if terms is None:
        return {**dict.fromkeys(_SOURCES, ""), "Minimum (s)": 60, "Increment (s)": 60}
    figures = (
        terms.rate,
        Fraction(terms.minimum_ms, 1000),
        Fraction(terms.increment_ms, 1000),
        terms.connect_fee,
        terms.places,
        terms.rounding,
    )
    return dict(zip(_SOURCES, figures, strict=True))
