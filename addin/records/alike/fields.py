"""The row that stands for a kind, as the formats' readers are given it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from addin.records.alike.given import Looked
from addin.records.call import Place
from addin.records.fields import Fields, Reading
from addin.records.tables import Cell, Row
from addin.records.values import refuse_error


class KindFields(Fields):
    """Only the cells that are known to be looked at. Of times, a kind has only what `Times` calls their
    state, and one time of each state stands for all: it is read once."""

    __slots__ = ("_read_times",)

    def __init__(self, row: Row, place: Place, reading: Reading, read_times: dict[Any, Any]) -> None:
        super().__init__(row, place, reading)
        self._read_times = read_times

    def instant(self, *columns: str, time_format: str = "", clock: tuple[str, ...] = ()) -> datetime | None:
        key = (columns, clock, self._cell(columns), self._cell(clock) if clock else None)
        if key not in self._read_times:
            self._read_times[key] = super().instant(*columns, time_format=time_format, clock=clock)
        instant: datetime | None = self._read_times[key]
        return instant

    def keep_offset(self, instant: datetime, *columns: str, time_format: str = "") -> None:
        key = ("offset", columns, self._cell(columns), instant)  # a day may have two offsets
        if key not in self._read_times:
            super().keep_offset(instant, *columns, time_format=time_format)
            self._read_times[key] = self.offset_s
        self.offset_s = self._read_times[key]

    def digest(self) -> tuple[str, ...]:
        return ()

    def _cell(self, columns: tuple[str, ...]) -> Cell:
        name = self._reading.meant(columns)
        if name in self._row:
            return refuse_error(self._row[name])
        if name in self._reading.headers:
            raise Looked(name)
        return None
