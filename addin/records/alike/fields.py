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


class KindFields(Fields):
    """Only the cells that are known to be looked at. Of times, a kind has only what `Times` calls their
    state, and one time of each state stands for all. What a cell says is found out once."""

    __slots__ = ("_known",)

    def __init__(self, row: Row, place: Place, reading: Reading, known: dict[Any, Any]) -> None:
        """`known` is what was found so far, of all kinds of a table."""
        super().__init__(row, place, reading)
        self._known = known

    def text(self, *columns: str) -> str:
        cell = self._cell(columns)
        key = type(cell), cell  # True is 1 otherwise
        text: str | None = self._known.get(key)
        if text is None:
            text = self._known[key] = super().text(*columns)
        return text

    def instant(self, *columns: str, time_format: str = "", clock: tuple[str, ...] = ()) -> datetime | None:
        key = (columns, clock, self._cell(columns), self._cell(clock) if clock else None)
        if key not in self._known:
            self._known[key] = super().instant(*columns, time_format=time_format, clock=clock)
        instant: datetime | None = self._known[key]
        return instant

    def keep_offset(self, instant: datetime, *columns: str, time_format: str = "") -> None:
        key = ("offset", columns, self._cell(columns), instant)  # a day may have two offsets
        if key not in self._known:
            super().keep_offset(instant, *columns, time_format=time_format)
            self._known[key] = self.offset_s
        self.offset_s = self._known[key]

    def digest(self) -> tuple[str, ...]:
        return ()

    def _read(self, columns: tuple[str, ...], read: Callable[..., Value], *how: str) -> Value:
        cell = self._cell(columns)
        key = read, how, type(cell), cell
        if key not in self._known:
            self._known[key] = super()._read(columns, read, *how)
        value: Value = self._known[key]
        return value

    def _cell(self, columns: tuple[str, ...]) -> Cell:
        name = self._reading.meant(columns)
        if name in self._row:
            return refuse_error(self._row[name])
        if name in self._reading.headers:
            raise Looked(name)
        return None
