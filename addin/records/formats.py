"""What a file format is: the columns it is recognised by, and how one of its rows becomes a record.

The formats themselves stand in one file for each provider; `reading.py` lists them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from hashlib import blake2b
from sys import intern
from typing import TypeVar

from addin.errors import TollsheetError
from addin.records import values
from addin.records.call import Call, Place, Recording, UsageRecord
from addin.records.tables import Cell, Row, Table, fold
from addin.records.values import BadValue
from udfs.errors import CellError
from udfs.rating import status
from udfs.rating.rate_card import call_direction

Record = Call | UsageRecord | Recording
Value = TypeVar("Value")

LONGEST_REPEATED = 20
"""Statuses, numbers and accounts repeat within a month and are kept once; ids are longer."""

OR = " or "
"""Between the names of a column that may stand for each other: `Start Time or Date Created`."""


@dataclass(slots=True)
class Reading:
    """How the file at hand is read: its columns, its zone, the user's settings, and what was assumed."""

    headers: dict[str, str]
    """Folded column name -> as written."""
    zone: str = "UTC"
    zone_is_assumed: bool = False
    voicemail_billed: bool | None = None
    notes: dict[str, None] = field(default_factory=dict)
    _places: dict[tuple[str, ...], tuple[str, str]] = field(default_factory=dict)

    def place_of(self, columns: tuple[str, ...]) -> tuple[str, str]:
        """Folded and written name of the first of these columns that the file has."""
        place = self._places.get(columns)
        if place is None:
            folded = next((key for key in map(fold, columns) if key in self.headers), "")
            place = self._places[columns] = folded, self.headers.get(folded, columns[0])
        return place


class Fields:
    """One row, read by column. Where a column has several names, the first that the file has is meant.

    A value that cannot be read raises BadValue with the column's name as the file writes it.
    """

    __slots__ = ("_reading", "_row", "place")

    def __init__(self, row: Row, place: Place, reading: Reading) -> None:
        self._row = row
        self._reading = reading
        self.place = place

    def has(self, *columns: str) -> bool:
        return any(fold(column) in self._reading.headers for column in columns)

    def text(self, *columns: str) -> str:
        cell = self._row.get(self._reading.place_of(columns)[0])
        if isinstance(cell, float) and values.has_lost_digits(cell):
            self.note("a number cell keeps 15 digits: longer ids and telephone numbers have lost the rest")
        text = values.text_of(cell)
        return intern(text) if len(text) < LONGEST_REPEATED else text

    def decimal(self, *columns: str, point: str = ".") -> Decimal | None:
        return self._read(columns, lambda cell: values.decimal_of(cell, point))

    def whole(self, *columns: str) -> int | None:
        return self._read(columns, values.whole_of)

    def duration_ms(self, *columns: str, unit: str = "seconds", point: str = ".") -> int | None:
        return self._read(columns, lambda cell: values.duration_ms_of(cell, unit, point))

    def instant(self, *columns: str, time_format: str = "") -> datetime | None:
        zone = self._reading.zone

        def read(cell: Cell) -> datetime | None:
            instant = values.instant_of(cell, zone, time_format)
            if self._reading.zone_is_assumed and instant is not None and values.is_bare(cell):
                self.note(f"times without a zone were read as {zone}")
            return instant

        return self._read(columns, read)

    def day(self, *columns: str, time_format: str = "") -> date | None:
        return self._read(columns, lambda cell: values.day_of(cell, time_format))

    def currency(self, *columns: str) -> str:
        return self._read(columns, values.currency_of)

    def needed(self, value: Value | None, *columns: str) -> Value:
        """A value that must not be blank."""
        if value is None:
            raise BadValue(f'"{self._reading.place_of(columns)[1]}" is blank')
        return value

    @property
    def voicemail_billed(self) -> bool | None:
        return self._reading.voicemail_billed

    def note(self, text: str) -> None:
        """Something that was assumed, said once for the file."""
        self._reading.notes[text] = None

    def digest(self) -> tuple[str, ...]:
        """The whole row in short, to tell an identical copy from a different one."""
        return (blake2b(repr(self._row).encode("utf-8", "replace"), digest_size=16).hexdigest(),)

    def _read(self, columns: tuple[str, ...], read: Callable[[Cell], Value]) -> Value:
        folded, header = self._reading.place_of(columns)
        try:
            return read(self._row.get(folded))
        except BadValue as error:
            raise BadValue(f'"{header}" {error}') from None


@dataclass(frozen=True, slots=True)
class Format:
    """A format of one provider. `required` columns recognise it; `read` makes a record of a row."""

    provider: str
    name: str
    """Without the kind of file: `Twilio console`."""
    required: tuple[str, ...]
    read: Callable[[Fields], Record] | None
    """None where rows of this format are no calls, usage or recordings."""
    optional: tuple[str, ...] = ()
    id_column: str = ""
    zone: str = ""
    """Of bare times, where the format itself says it."""
    zone_is_known: bool = True
    """Whether the provider says that bare times are UTC; where not, the assumption is noted."""
    why_not: str = ""
    """Of a format that cannot be imported: what to export instead."""

    def columns(self) -> frozenset[str]:
        """Every column that is looked at, folded."""
        return frozenset(
            fold(name) for column in (*self.required, *self.optional) for name in column.split(OR)
        )

    def present_in(self, headers: Iterable[str]) -> list[str]:
        """The required columns that folded headers have, each by the name that is meant."""
        there = set(headers)
        names = (column.split(OR) for column in self.required)
        return [next(name for name in choice if fold(name) in there) for choice in names]

    def missing_in(self, headers: Iterable[str]) -> list[str]:
        """The required columns that folded headers lack."""
        there = set(headers)
        return [
            column for column in self.required if there.isdisjoint(fold(name) for name in column.split(OR))
        ]


def recognise(formats: Iterable[Format], table: Table) -> Format | None:
    """The format whose columns are all there; of several the one that asks for most."""
    headers = {fold(header) for header in table.headers}
    fitting = [one for one in formats if not one.missing_in(headers)]
    return max(
        fitting,
        key=lambda one: (one.read is not None, len(one.required), len(headers & one.columns())),
        default=None,
    )


def closest(formats: Iterable[Format], table: Table) -> tuple[Format, list[str]] | None:
    """The format that lacks least, by the share of its columns, and what it lacks; None if all lack all."""
    headers = [fold(header) for header in table.headers]
    gaps = [(one, one.missing_in(headers)) for one in formats if one.read is not None]
    best = min(gaps, key=lambda gap: len(gap[1]) / len(gap[0].required), default=None)
    return best if best is not None and len(best[1]) < len(best[0].required) else None


def headers_of(table: Table, used: frozenset[str], name: str) -> dict[str, str]:
    """Folded column name -> as written. A column that is used must not stand there twice."""
    counted = Counter(folded for header in table.headers if (folded := fold(header)))
    for header in table.headers:
        if counted[fold(header)] > 1 and fold(header) in used:
            raise TollsheetError(
                f'{name} has the column "{header.strip()}" {counted[fold(header)]} times',
                "Remove or rename all but the right one.",
            )
    return {fold(header): values.text_of(header) for header in table.headers if fold(header)}


@lru_cache(maxsize=4096)
def billed_by(written: str) -> bool | None:
    """Whether a call of this status is charged; None where the status is unknown."""
    try:
        return status.is_billed(written)
    except CellError:
        return None


def answered(is_billed: bool) -> str:
    """The status of a call whose record has none."""
    return "answered" if is_billed else "not answered"


@lru_cache(maxsize=4096)
def direction_of(written: str) -> str:
    """`inbound`, `outbound`, or empty where the word says neither."""
    try:
        return call_direction(written)
    except CellError:
        return ""


def started_at(
    fields: Fields, is_billed: bool | None, start: Sequence[str], *instead: str, time_format: str = ""
) -> datetime:
    """When a call began. One that is not billed may lack it, never dialled: then another time stands in."""
    instant = fields.instant(*start, time_format=time_format)
    if instant is None and is_billed is False:
        others = (fields.instant(column, time_format=time_format) for column in instead)
        instant = next((other for other in others if other is not None), None)
    return fields.needed(instant, *start)
