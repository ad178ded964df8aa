"""Reading the rows of a rate card. Only the columns `prefix` and `rate` are required; a blank is a default.

Blank means: any direction and category; minimum 60 s, increment as the minimum, no fee, half up, no rounding
of the duration, increments counted after the minimum, always in force.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from fractions import Fraction
from typing import TypeVar

from udfs.cell_values import (
    Cell,
    amount,
    dialled,
    error_in,
    is_blank,
    plain,
    text,
    whole_ms,
    whole_number,
)
from udfs.errors import CellError, ErrorHandedIn, NotAvailable, NotUsable, OutOfRange
from udfs.rating.attribution import to_utc
from udfs.rating.cost import MS_PER_MINUTE, Terms
from udfs.rating.duration import anchor_name
from udfs.rating.rate_card import RateRow, call_direction, normal_number
from udfs.rating.rounding import rounding_mode

COLUMNS = (
    "prefix",
    "direction",
    "category",
    "destination",
    "country",
    "currency",
    "rate",
    "minimum",
    "increment",
    "connect_fee",
    "decimals",
    "rounding",
    "duration_rounding",
    "anchor",
    "valid_from",
    "valid_until",
)
REQUIRED = ("prefix", "rate")
DATE_COLUMNS = ("valid_from", "valid_until")
MOST_PLACES = 20
DEFAULT_PLACES = 4
_ALIKE = 0.8
"""From this likeness on a header is taken for a misspelt column: incremnt, connection fee."""

Value = TypeVar("Value")
Default = TypeVar("Default")


def folded(header: str) -> str:
    """A column name as it is compared: case, blanks, `_` and `-` do not matter."""
    return "".join(sign for sign in header.casefold() if sign not in " _-\u00a0\t\r\n")


_COLUMN_OF_FOLDED = {folded(column): column for column in COLUMNS}


def column_of(header: Cell) -> str | None:
    """The column that a header names, if it is one of `COLUMNS`.

    >>> column_of("Valid-From"), column_of("remark")
    ('valid_from', None)
    """
    return _COLUMN_OF_FOLDED.get(folded(header)) if isinstance(header, str) else None


def read_rows(rows: Sequence[Sequence[Cell]], name: str) -> list[RateRow]:
    """The rows below the header, blank ones left out; an error names the row and the column."""
    if not rows:
        raise NotAvailable(f"{name} is empty", "select the rows with their headers")
    place_of = _places(rows[0], name)
    width = max(place_of.values()) + 1
    read = []
    for row_number, cells in enumerate(rows[1:], start=2):
        values = [plain(cell) for cell in cells]
        if all(is_blank(value) for value in values):
            continue
        values += [None] * (width - len(values))
        row = _Row({column: values[place] for column, place in place_of.items()}, f"{name} row {row_number}")
        read.append(_rate_row(row, row_number))
    return read


def _places(header: Sequence[Cell], name: str) -> dict[str, int]:
    """Where each known column stands."""
    place_of: dict[str, int] = {}
    for place, cell in enumerate(header):
        column = column_of(cell)
        if column is None:
            continue
        if column in place_of:
            raise NotUsable(f'{name} has the column "{column}" twice', "remove or rename one")
        place_of[column] = place
    for unknown in unused_columns([header]):
        _refuse_misspelt(unknown, place_of, name)
    if missing := [column for column in REQUIRED if column not in place_of]:
        remedy = "the first row must hold the column names"
        raise NotUsable(f"{name} has no column {' and no column '.join(missing)}", remedy)
    return place_of


def unused_columns(rows: Sequence[Sequence[Cell]]) -> list[str]:
    """The headers of a card that are none of `COLUMNS`: remarks and the like."""
    headers = [cell.strip() for cell in rows[0] if isinstance(cell, str)]
    return [header for header in headers if header and column_of(header) is None]


def _refuse_misspelt(header: str, place_of: dict[str, int], name: str) -> None:
    """A fee or a minimum under a misspelt header would be left out of every call in silence."""
    for known in get_close_matches(folded(header), _COLUMN_OF_FOLDED, 3, _ALIKE):
        column = _COLUMN_OF_FOLDED[known]
        if column not in place_of:
            remedy = f'write it "{column}", or name it otherwise if it is something else'
            raise NotUsable(f'{name} has the unknown column "{header[:40]}"', remedy)


class _Row:
    """The cells of one row by column; whatever fails in them fails with its place."""

    def __init__(self, cells: dict[str, Cell], place: str) -> None:
        self.cells = cells
        self.place = place

    def get(self, column: str, read: Callable[[Cell, str], Value], default: Default) -> Value | Default:
        """The value of a column by `read`, or the default where it is blank."""
        cell = self.cells.get(column)
        where = f"{self.place}, column {column}:"
        if (error := error_in(cell)) is not None:
            raise ErrorHandedIn(error.code, f"{where} the cell is an error")
        if is_blank(cell) or (isinstance(cell, str) and not cell.strip()):
            return default
        return read(cell, where)

    def need(self, column: str, read: Callable[[Cell, str], Value]) -> Value:
        """The value of a column that must not be blank."""
        value = self.get(column, read, None)
        if value is None:
            raise NotAvailable(f"{self.place}, column {column}: it is blank", "fill it in")
        return value


def _rate_row(row: _Row, row_number: int) -> RateRow:
    minimum_ms = row.get("minimum", _whole_ms, MS_PER_MINUTE)
    increment_ms = row.get("increment", _whole_ms, -1)
    if increment_ms < 0:
        if minimum_ms == 0:
            raise OutOfRange(f"{row.place}: minimum 0 needs an increment", "write 0 for exact seconds")
        increment_ms = minimum_ms
    terms = Terms(
        rate=row.need("rate", _amount),
        minimum_ms=minimum_ms,
        increment_ms=increment_ms,
        connect_fee=row.get("connect_fee", _amount, Fraction(0)),
        places=row.get("decimals", _decimals, DEFAULT_PLACES),
        rounding=row.get("rounding", _rounding, "half-up"),
        duration_rounding=row.get("duration_rounding", _rounding, "none"),
        anchor=row.get("anchor", anchor_name, "minimum"),
    )
    valid_from = row.get("valid_from", _day, None)
    valid_until = row.get("valid_until", _day, None)
    if valid_from and valid_until and valid_until < valid_from:
        raise NotUsable(f"{row.place}: valid_until lies before valid_from", "exchange or correct the dates")
    return RateRow(
        row=row_number,
        prefix=row.get("prefix", _prefix, ""),
        direction=row.get("direction", _direction, ""),
        category=row.get("category", text, "").casefold(),
        destination=row.get("destination", _as_text, ""),
        country=row.get("country", _as_text, ""),
        currency=row.get("currency", text, "").upper(),
        terms=terms,
        places_given=row.get("decimals", _decimals, -1) >= 0,
        valid_from=valid_from,
        valid_until=valid_until,
    )


def _figure(cell: Cell) -> Cell:
    """A plain decimal kept as text is that number, since rate decks are pasted from CSV."""
    is_plain = isinstance(cell, str) and re.fullmatch(r"\s*-?\d+(\.\d+)?\s*", cell, re.ASCII)
    return Decimal(str(cell).strip()) if is_plain else cell


def _amount(cell: Cell, where: str) -> Fraction:
    return amount(_figure(cell), where)


def _whole_ms(cell: Cell, where: str) -> int:
    return whole_ms(_figure(cell), where)


def _decimals(cell: Cell, where: str) -> int:
    return whole_number(_figure(cell), where, 0, MOST_PLACES)


def _rounding(cell: Cell, where: str) -> str:
    return _placed(rounding_mode, text(cell, where), where)


def _prefix(cell: Cell, where: str) -> str:
    return normal_number(dialled(cell, where))


def _as_text(cell: Cell, where: str) -> str:
    return str(cell).strip()


def _direction(cell: Cell, where: str) -> str:
    written = text(cell, where)
    return "" if written.casefold() in ("any", "both", "*") else _placed(call_direction, written, where)


def _day(cell: Cell, where: str) -> date | None:
    return _placed(lambda value: to_utc(value).date(), cell, where)


def _placed(read: Callable[[Cell], Value], cell: Cell, where: str) -> Value:
    """A reading whose errors do not know their place yet."""
    try:
        return read(cell)
    except CellError as error:
        raise type(error)(f"{where} {error.problem}", error.remedy) from None
