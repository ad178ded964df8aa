"""One row, read by column: how a format's reader asks for text, numbers, durations, times."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from hashlib import blake2b
from sys import intern
from typing import TypeVar

from addin.records import instants, values
from addin.records.call import Place
from addin.records.tables import Cell, Row, fold
from addin.records.values import BadValue, is_shortened
from addin.records.whole_days import is_whole_day

Value = TypeVar("Value")

LONGEST_REPEATED = 20
"""Statuses, numbers and accounts repeat within a month and are kept once; ids are longer."""


@dataclass(slots=True)
class Reading:
    """How the file at hand is read: its columns, its zone, the user's settings, and what was assumed."""

    headers: dict[str, str]
    """Folded column name -> as written."""
    zone: str = "UTC"
    note_on_bare_times: str = ""
    """What is to be said once a time without a zone is met."""
    voicemail_billed: bool | None = None
    notes: dict[str, None] = field(default_factory=dict)
    shortened: list[str] = field(default_factory=list)
    """Telephone numbers that a spreadsheet has spoilt."""
    unknown_directions: list[str] = field(default_factory=list)
    """Words of the direction's column that say neither inbound nor outbound, one a record."""
    _folded: dict[tuple[str, ...], tuple[str, ...]] = field(default_factory=dict)
    _meant: dict[tuple[str, ...], str] = field(default_factory=dict)

    def copy(self) -> Reading:
        """One that is told nothing which is said of this, and the other way round."""
        return replace(
            self,
            notes=dict(self.notes),
            shortened=list(self.shortened),
            unknown_directions=list(self.unknown_directions),
        )

    def take(self, other: Reading) -> None:
        """What was noted in a copy."""
        self.notes.update(other.notes)
        self.shortened[:] = other.shortened
        self.unknown_directions[:] = other.unknown_directions

    def folded(self, columns: tuple[str, ...]) -> tuple[str, ...]:
        """These names as rows are keyed by them."""
        names = self._folded.get(columns)
        if names is None:
            names = self._folded[columns] = tuple(map(fold, columns))
        return names

    def meant(self, columns: tuple[str, ...]) -> str:
        """The first of these names that the file has, folded."""
        name = self._meant.get(columns)
        if name is None:
            names = self.folded(columns)
            name = self._meant[columns] = next((one for one in names if one in self.headers), names[0])
        return name

    def written(self, columns: tuple[str, ...]) -> str:
        """The same as the file writes it."""
        return self.headers.get(self.meant(columns), columns[0])


class Fields:
    """One row, read by column. Where a column has several names, the first that the row has is meant:
    records of a JSON file need not have the same fields.

    A value that cannot be read raises BadValue with the column's name as the file writes it.
    """

    __slots__ = ("_reading", "_row", "offset_s", "place")

    def __init__(self, row: Row, place: Place, reading: Reading) -> None:
        self._row = row
        self._reading = reading
        self.place = place
        self.offset_s = 0
        """What `keep_offset` found: it is known once the start was asked for."""

    def has(self, *columns: str) -> bool:
        """Whether the file has such a column, be it blank in this row."""
        return any(name in self._reading.headers for name in self._reading.folded(columns))

    def text(self, *columns: str) -> str:
        return self._text(columns)

    def _text(self, columns: tuple[str, ...]) -> str:
        cell = self._cell(columns)
        if values.has_lost_digits(cell):
            self.note("a number cell keeps 15 digits: longer telephone numbers have lost the rest")
        text = values.text_of(cell)
        return intern(text) if len(text) < LONGEST_REPEATED else text

    def number(self, *columns: str) -> str:
        """A telephone number or address; one that a spreadsheet has shortened is left so, and counted."""
        text = self._text(columns)
        if is_shortened(text):
            self._reading.shortened.append(text)
        return text

    def id(self, *columns: str) -> str:
        """What tells a record from all others. If digits are lost, two records may seem to be one."""
        cell = self._cell(columns)
        text = values.text_of(cell)
        if is_shortened(text) or values.has_lost_digits(cell):
            raise BadValue(
                f'"{self._reading.written(columns)}" is {text[:40]}: a spreadsheet has shortened this id, '
                "export again with ids as text"
            )
        return text

    def category(self, *columns: str) -> str:
        return values.category_of(self.text(*columns))

    def decimal(self, *columns: str, point: str = ".") -> Decimal | None:
        return self._value(columns, values.decimal_of, point)

    def whole(self, *columns: str) -> int | None:
        return self._value(columns, values.whole_of)

    def duration_ms(self, *columns: str, unit: str = "seconds", point: str = ".") -> int | None:
        return self._value(columns, values.duration_ms_of, unit, point)

    def instant(self, *columns: str, time_format: str = "", clock: tuple[str, ...] = ()) -> datetime | None:
        """`clock` is the column of the time of day, where the others hold the day alone."""
        zone, note = self._reading.zone, self._reading.note_on_bare_times
        time_of_day = self._cell(clock) if clock else None

        def read(cell: Cell) -> datetime | None:
            if clock:
                cell = instants.day_and_time(cell, time_of_day)
            instant = instants.instant_of(cell, zone, time_format)
            if note and instant is not None and instants.is_bare(cell):
                self.note(note)
            return instant

        return self._read(columns, read)

    def is_whole_day(self, *columns: str) -> bool:
        """Whether the cell says a day without a time of day; an instant is its midnight then."""
        return is_whole_day(self._cell(columns))

    def keep_offset(self, instant: datetime, *columns: str, time_format: str = "") -> None:
        """Remember how far the clock by which these columns tell the instant is ahead of UTC."""
        cell = self._cell(columns)
        self.offset_s = instants.offset_s_of(cell, self._reading.zone, instant, time_format)

    def day(self, *columns: str, time_format: str = "") -> date | None:
        return self._read(columns, instants.day_of, time_format)

    def currency(self, *columns: str) -> str:
        return self._value(columns, values.currency_of)

    def needed(self, value: Value | None, *columns: str) -> Value:
        """A value that must not be blank."""
        if value is None:
            raise BadValue(f'"{self._reading.written(columns)}" is blank')
        return value

    @property
    def voicemail_billed(self) -> bool | None:
        return self._reading.voicemail_billed

    def note(self, text: str) -> None:
        """Something that was assumed, said once for the file."""
        self._reading.notes[text] = None

    def unknown_direction(self, written: str) -> None:
        """A word that says neither inbound nor outbound: the call is read as one without a direction."""
        self._reading.unknown_directions.append(written)

    def digest(self) -> tuple[str, ...]:
        """The whole row in short, to tell an identical copy from a different one."""
        return (blake2b(repr(self._row).encode("utf-8", "replace"), digest_size=16).hexdigest(),)

    def _value(self, columns: tuple[str, ...], read: Callable[..., Value], *how: str) -> Value:
        """What a function of the cell and of how it is written gives."""
        return self._read(columns, read, *how)

    def _read(self, columns: tuple[str, ...], read: Callable[..., Value], *how: str) -> Value:
        cell = self._cell(columns)
        try:
            return read(cell, *how)
        except BadValue as error:
            raise BadValue(f'"{self._reading.written(columns)}" {error}') from None

    def _cell(self, columns: tuple[str, ...]) -> Cell:
        """The cell, which every question about it begins with; an error is no value, whatever is asked."""
        row = self._row
        for name in self._reading.folded(columns):
            if name in row:
                try:
                    return values.refuse_error(row[name])
                except BadValue as error:
                    raise BadValue(f'"{self._reading.written(columns)}" {error}') from None
        return None
