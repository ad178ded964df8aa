"""Arguments of the cell functions that make up a rate's terms, and the rate card among them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from udfs.cell_values import Cell, amount, is_blank, text, whole_ms, whole_number
from udfs.errors import NotUsable, OutOfRange
from udfs.rating.attribution import to_utc
from udfs.rating.cost import Terms
from udfs.rating.rate_card import RateCard, RateRow, call_direction
from udfs.rating.rate_card_rows import MOST_PLACES
from udfs.rating.rounding import rounding_mode


def increment_after(minimum_ms: int, increment: Cell) -> int:
    """The increment in milliseconds; left out it is the minimum, which must not be 0 then."""
    if not is_blank(increment):
        return whole_ms(increment, "increment")
    if minimum_ms == 0:
        raise OutOfRange("minimum 0 needs an increment", "give increment 0 for exact seconds")
    return minimum_ms


def terms_of(
    rate: Cell, minimum: Cell, increment: Cell, connect_fee: Cell, decimals: Cell, rounding: Cell
) -> Terms:
    """The terms that the arguments of CALL_COST say."""
    minimum_ms = whole_ms(minimum, "minimum")
    return Terms(
        rate=amount(rate, "rate"),
        minimum_ms=minimum_ms,
        increment_ms=increment_after(minimum_ms, increment),
        connect_fee=amount(connect_fee, "connect_fee"),
        places=whole_number(decimals, "decimals", 0, MOST_PLACES),
        rounding=rounding_mode(rounding),
    )


def card_of(cells: Any) -> RateCard:
    """A range as a rate card, read once: filled-down formulas hand the same range over in every cell."""
    if isinstance(cells, RateCard):
        return cells
    rows = cells.tolist() if hasattr(cells, "tolist") else cells
    if not isinstance(rows, list | tuple) or not all(isinstance(row, list | tuple) for row in rows):
        raise NotUsable("rate_card is not a range", "select its rows with their headers")
    flat = tuple(cell for row in rows for cell in row)
    try:
        return _card(flat, tuple(map(type, flat)), tuple(map(len, rows)))
    except TypeError:  # a cell that cannot be compared: the rows will say which
        return RateCard.from_rows(rows)


@lru_cache(maxsize=16)
def _card(flat: tuple[Cell, ...], kinds: tuple[type, ...], widths: Sequence[int]) -> RateCard:
    """`kinds` keeps TRUE and 1 apart, which Python takes for equal."""
    rows, start = [], 0
    for width in widths:
        rows.append(flat[start : start + width])
        start += width
    return RateCard.from_rows(rows)


def matching_row(number: str, card: RateCard, on: Cell, direction: Cell) -> RateRow:
    """The row of a card for a number; without a direction it may be either party's."""
    way = "" if direction is None else call_direction(text(direction, "direction"))
    day = None if on is None else to_utc(on).date()
    return card.find(number, number, way, on=day)
