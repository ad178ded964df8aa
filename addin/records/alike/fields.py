"""The row that stands for a kind, as the formats' readers are given it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from addin.records.alike.given import Looked
from addin.records.call import Place
from addin.records.fields import Fields, Reading, Value
from addin.records.tables import Cell, Row
from addin.records.values import refuse_error


def told_apart(cell: Cell) -> Any:
    """What a cell is known by. Two times of the hour that exists twice are equal, but for their offsets."""
    return (cell, cell.utcoffset()) if isinstance(cell, datetime) else cell


class Remembered:
    """What the cells of the kinds of a table were found to say."""

    __slots__ = ("instants", "offsets", "texts", "values")

    def __init__(self) -> None:
        self.texts: dict[Cell, str] = {}
        self.values: dict[tuple[Any, ...], Any] = {}
        self.instants: dict[tuple[Any, ...], datetime | None] = {}
        self.offsets: dict[tuple[Any, ...], int] = {}


class KindFields(Fields):
    """Only the cells that are known to be looked at. Of times, a kind has only what `Times` calls their
    state, and one time of each state stands for all. What a text says is found out once; other values may be
    equal and yet not say the same (1 and True, 0.1 and 0.10)."""

    __slots__ = ("_known",)

    def __init__(self, row: Row, place: Place, reading: Reading, known: Remembered) -> None:
        super().__init__(row, place, reading)
        self._known = known

    def text(self, *columns: str) -> str:
        cell = self._row.get(self._reading.meant(columns))
        if type(cell) is not str:
            return self._text(columns)
        text = self._known.texts.get(cell)
        if text is None:
            text = self._known.texts[cell] = self._text(columns)
        return text

    def instant(self, *columns: str, time_format: str = "", clock: tuple[str, ...] = ()) -> datetime | None:
        key = (columns, clock, told_apart(self._cell(columns)), self._cell(clock) if clock else None)
        known = self._known.instants
        if key not in known:
            known[key] = super().instant(*columns, time_format=time_format, clock=clock)
        return known[key]

    def keep_offset(self, instant: datetime, *columns: str, time_format: str = "") -> None:
        key = (columns, told_apart(self._cell(columns)), instant)  # a day may have two offsets
        known = self._known.offsets
        if key not in known:
            super().keep_offset(instant, *columns, time_format=time_format)
            known[key] = self.offset_s
        self.offset_s = known[key]

    def digest(self) -> tuple[str, ...]:
        return ()

    def _value(self, columns: tuple[str, ...], read: Callable[..., Value], *how: str) -> Value:
        cell = self._row.get(self._reading.meant(columns))
        if type(cell) is not str:
            return self._read(columns, read, *how)
        key, known = (read, how, cell), self._known.values
        if key not in known:
            known[key] = self._read(columns, read, *how)
        value: Value = known[key]
        return value

    def _cell(self, columns: tuple[str, ...]) -> Cell:
        name = self._reading.meant(columns)
        if name in self._row:
            return refuse_error(self._row[name])
        if name in self._reading.headers:
            raise Looked(name)
        return None
