"""A rate card: rows of terms by the leading digits of a number. The longest prefix in force wins.

The called number is compared outbound, the calling one inbound, without `+`, blanks and punctuation. Two rows
that cover a call equally well are an error that names both; a call that no row covers has no rate, which is
not a rate of 0. Reading the rows is in `rate_card_rows.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import combinations

from udfs.cell_values import SHORTENED, Cell, is_shortened
from udfs.errors import NoRate, NotAvailable, NotUsable, RateTie
from udfs.rating.cost import Terms

NAME = "rate card"
"""What a card is called that is no file."""


@dataclass(frozen=True, slots=True)
class RateRow:
    """One row: whom it covers, when, and on which terms."""

    row: int
    """As a person sees it: the header is row 1."""
    prefix: str
    """Without punctuation; empty for the default row."""
    direction: str
    """`inbound`, `outbound`, or empty for both."""
    category: str
    destination: str
    country: str
    currency: str
    terms: Terms
    places_given: bool
    """Whether the row says its decimals; where it does not, the provider's own precision applies."""
    valid_from: date | None
    valid_until: date | None
    """The last day included."""

    @property
    def is_dated(self) -> bool:
        return self.valid_from is not None or self.valid_until is not None

    def in_force(self, on: date) -> bool:
        return (self.valid_from or date.min) <= on <= (self.valid_until or date.max)

    def covers(self, directions: tuple[str, ...], category: str) -> bool:
        """Whether calls of this category are meant (one that does not say fits any row) by such a row."""
        return self.direction in directions and (not category or self.category in ("", category))


@lru_cache(maxsize=65536)
def normal_number(written: str) -> str:
    """A number or prefix as it is compared: digits and letters only; `client:` and `sip:` addresses whole.

    >>> normal_number("+44 (0)20 7946-0958"), normal_number(" client:Alice ")
    ('4402079460958', 'client:alice')
    """
    folded = written.strip().casefold()
    if folded.startswith(("client:", "sip:")):
        return folded
    return "".join(sign for sign in folded if sign.isalnum())


def call_direction(written: str) -> str:
    """The direction that a provider's word means; empty stays empty.

    >>> call_direction("outbound-api"), call_direction("Incoming"), call_direction("trunking-terminating")
    ('outbound', 'inbound', 'outbound')
    """
    folded = written.strip().casefold()
    if not folded:
        return ""
    if folded.startswith(("outbound", "outgoing")) or folded == "trunking-terminating":
        return "outbound"
    if folded.startswith(("inbound", "incoming")) or folded == "trunking-originating":
        return "inbound"
    raise NotUsable(f'direction "{written[:40]}" is unknown', "use inbound or outbound")


class RateCard:
    """Rows of terms, looked up by number, direction, category and day."""

    def __init__(self, rows: Sequence[RateRow], name: str = NAME, unused: Sequence[str] = ()) -> None:
        """`unused` are the columns that hold something else than rates."""
        self.rows = tuple(rows)
        self.name = name
        self.unused = tuple(unused)
        self._by_prefix: dict[str, list[RateRow]] = {}
        for row in self.rows:
            self._by_prefix.setdefault(row.prefix, []).append(row)
        self._lengths = sorted({len(prefix) for prefix in self._by_prefix}, reverse=True)

    @classmethod
    def from_rows(cls, rows: Sequence[Sequence[Cell]], name: str = NAME) -> RateCard:
        """A card from a table whose first row holds the column names; errors name row and column."""
        from udfs.rating.rate_card_rows import read_rows, unused_columns

        return cls(read_rows(rows, name), name, unused_columns(rows))

    def ties(self) -> list[tuple[RateRow, RateRow]]:
        """Pairs of rows that could cover the same call equally well."""
        return [
            pair for rows in self._by_prefix.values() for pair in combinations(rows, 2) if _overlap(*pair)
        ]

    def rows_for(self, number: str) -> list[RateRow]:
        """Every row whose prefix the number begins with, whatever else the row asks for; in no order.

        >>> card = RateCard.from_rows([["prefix", "rate"], ["44", 1], ["447", 2], ["49", 3]])
        >>> [row.prefix for row in card.rows_for("447700900123")]
        ['447', '44']
        """
        return [
            row
            for length in self._lengths
            for row in self._by_prefix.get(number[:length], ())
            if len(number) >= length
        ]

    def find(
        self,
        called: str,
        calling: str = "",
        direction: str = "",
        category: str = "",
        on: date | None = None,
    ) -> RateRow:
        """The row that covers a call.

        Where the direction is not known, the call may be either: the called number is compared as of an
        outbound call, the calling one by rows that are for inbound calls (by all rows, where both are one
        number). When the two answers are on different terms, the direction has to be said.
        """
        number_of = {"outbound": normal_number(called), "inbound": normal_number(calling)}
        compared = calling if direction == "inbound" else called
        if is_shortened(compared):
            raise NotUsable(f'"{compared}" has lost its digits', SHORTENED)
        if direction:
            return self._find(number_of[direction], (direction, ""), category, on)
        found: list[RateRow] = []
        either = number_of["inbound"] == number_of["outbound"]
        inbound = ("inbound", "") if either else ("inbound",)
        for way, directions in (("outbound", ("outbound", "")), ("inbound", inbound)):
            try:
                found.append(self._find(number_of[way], directions, category, on))
            except NoRate:
                continue
        if not found:
            raise self._no_rate(number_of["outbound"] or number_of["inbound"], on)
        if found[0] is not found[-1]:
            first, second = found
            if (first.terms, first.currency) != (second.terms, second.currency):
                raise RateTie(
                    f"{self.name} rows {first.row} and {second.row} cover the call in different directions",
                    "say the direction",
                )
        return found[0]

    def _find(self, number: str, directions: tuple[str, ...], category: str, on: date | None) -> RateRow:
        category = category.casefold()
        for length in self._lengths:
            if length > len(number):
                continue
            rows = [
                row for row in self._by_prefix.get(number[:length], ()) if row.covers(directions, category)
            ]
            if on is not None:
                rows = [row for row in rows if row.in_force(on)]
            elif any(row.is_dated for row in rows):
                dated = next(row for row in rows if row.is_dated)
                raise NotAvailable(f"{self.name} row {dated.row} is dated", "give the day of the call")
            if len(rows) > 1:
                remedy = "let one of them end before the other begins"
                if rows[0].category != rows[1].category:
                    remedy = "give the function the rows of one category: it does not ask for one"
                raise RateTie(f"{self.name} rows {rows[0].row} and {rows[1].row} tie for {number}", remedy)
            if rows:
                return rows[0]
        raise self._no_rate(number, on)

    def _no_rate(self, number: str, on: date | None) -> NoRate:
        day = "" if on is None else f" on {on}"
        remedy = "add a row, or a default row"
        if number.startswith("00"):
            remedy = "write numbers without the 00 before the country code, or give the card such prefixes"
        card = f"the {self.name}" if self.name == NAME else self.name
        return NoRate(f'no row of {card} covers "{number[:40]}"{day}', remedy)


def _overlap(one: RateRow, other: RateRow) -> bool:
    """Whether two rows of one prefix could both be in force for a call."""
    return (
        (not one.direction or not other.direction or one.direction == other.direction)
        and (not one.category or not other.category or one.category == other.category)
        and (one.valid_from or date.min) <= (other.valid_until or date.max)
        and (other.valid_from or date.min) <= (one.valid_until or date.max)
    )
