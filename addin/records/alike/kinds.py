"""The kinds of a table's rows: which rows say the same, and the call that stands for each kind.

A row is of a kind where its own values are plainly of a form for which the reader of single rows gives the
text itself; every other row is read by itself, in the order of the rows.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from heapq import heapify, heappop, heappush
from typing import Any

import numpy as np
from numpy.typing import NDArray

from addin.records import since_1970
from addin.records.alike.fields import KindFields, Remembered, told_apart
from addin.records.alike.given import Columns, Given, Part
from addin.records.alike.groups import groups_of
from addin.records.alike.known import NEW, Known
from addin.records.alike.texts import NUMBERS, WORDS, plain
from addin.records.alike.times import ODD, Times, Written
from addin.records.call import Call, Place, Unreadable
from addin.records.formats import Record
from addin.records.rows import RowReader
from addin.records.tables import Row
from addin.records.values import BadValue

BAD = -1
"""The number of a kind that cannot be read: its rows are read one by one."""
_ALONE = -1
"""In the place of a kind, where a row is read by itself."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """What decides the kinds of some rows."""

    fits: NDArray[np.bool_]
    """Which rows may be of a kind."""
    keys: list[NDArray[Any]]
    """Rows that are equal in all of these are of one."""
    us: NDArray[np.int64]
    """Of the starts."""
    times: dict[tuple[str, ...], NDArray[np.int32]]
    """The states of the times in these columns."""
    alike: dict[str, tuple[list[Any], NDArray[Any]]]
    """The different cells of these columns, and which of them each row has."""


@dataclass(frozen=True, slots=True)
class Scanned:
    """Some rows with what is found of them without knowing any kind."""

    given: Given
    plain: list[tuple[NDArray[np.bool_], NDArray[np.bool_]]]
    """Of each column of ids and numbers, as `plain` says it."""
    start: Written
    times: dict[str, Written]


class Kinds:
    """The kinds of one table, met block by block."""

    def __init__(self, reader: RowReader, columns: Columns) -> None:
        self.calls: list[Call] = []
        self._reader, self._columns = reader, columns
        self._known = Known()
        self._directions: dict[int, list[str]] = {}
        """Of a kind, the words for its direction that nobody knows."""
        self._codes: list[dict[Any, int]] = [{} for _ in columns.alike]
        self._place = Place(reader.name, 0)
        self._read_cells = Remembered()
        self._times_of: dict[tuple[tuple[str, ...], int], dict[str, Any]] = {}
        self._hidden: dict[str, Any] = {name: "" for name in (columns.call_id, columns.parent) if name}
        """What a kind is not read from: it decides nothing."""
        zone, form = reader.reading.zone, columns.time_format
        self._times = Times(zone, form)
        self._start = Times(zone, form, has_clock=True) if columns.clock else self._times

    def scanned(self, given: Given) -> Scanned:
        """What `read` takes; several may be scanned at once, in other threads."""
        columns, cells = self._columns, given.cells
        signs = (
            (columns.call_id, WORDS),
            (columns.parent, WORDS),
            (columns.from_number, NUMBERS),
            (columns.to_number, NUMBERS),
        )
        return Scanned(
            given,
            [plain(cells[name], simple) for name, simple in signs if name],
            self._start.written(self._starts(given)),
            {name: self._times.written(cells[name]) for name in columns.times},
        )

    def read(self, scanned: Scanned) -> Part:
        """The blocks have to be read in their order."""
        given, seen = scanned.given, self._seen(scanned)
        rows = np.flatnonzero(seen.fits)
        groups = groups_of(rows, seen.keys)
        places = np.arange(given.count) if given.places is None else given.places
        alone = np.ones(given.rows, np.bool_)
        alone[places[rows]] = False
        waiting = [(place, _ALONE) for place in np.flatnonzero(alone).tolist()]
        numbers = self._known.numbers(groups.keys)
        new = np.flatnonzero(numbers == NEW)
        waiting += zip(places[rows[groups.first[new]]].tolist(), new.tolist(), strict=True)
        for kind in np.flatnonzero(numbers == BAD).tolist():
            waiting += [(place, _ALONE) for place in places[groups.its(kind)].tolist()]
        heapify(waiting)
        cells = dict(zip(new.tolist(), self._cells(given, seen, rows[groups.first[new]]), strict=True))
        single: dict[int, Call] = {}
        unreadable: list[Unreadable] = []
        while waiting:
            place, kind = heappop(waiting)
            if kind == _ALONE:
                for number, row in given.row(place):
                    record = self._reader.read(number, row)
                    if isinstance(record, Call):
                        single[place] = record
                    elif isinstance(record, Unreadable):
                        unreadable.append(record)
                continue
            numbers[kind] = self._read_kind(cells[kind])
            if numbers[kind] == BAD:
                for each in places[groups.its(kind)].tolist():
                    heappush(waiting, (each, _ALONE))
        self._known.add(groups.keys[new], numbers[new])
        ordinary = numbers[groups.codes]
        self._count_directions(ordinary, numbers[new])
        return self._part(given, places[rows], rows, ordinary, seen.us, single, unreadable)

    def _seen(self, scanned: Scanned) -> _Seen:
        columns, given = self._columns, scanned.given
        fits = np.ones(given.count, np.bool_)
        keys: list[NDArray[Any]] = []
        for is_plain, is_client in scanned.plain:
            fits &= is_plain
            keys.append(is_client if is_client.any() else np.broadcast_to(np.False_, given.count))
        start = self._start.read(scanned.start)
        states = self._start.states
        blank = [number for number, state in enumerate(states) if state.is_blank]
        fits &= ~np.isin(start.state, [ODD, *blank])
        keys.append(start.state)
        times: dict[tuple[str, ...], NDArray[np.int32]] = {(columns.start, columns.clock): start.state}
        for name in columns.times:
            state = times[(name,)] = self._times.read(scanned.times[name]).state
            fits &= state != ODD
            keys.append(state)
        alike = {}
        for name, codes in zip(columns.alike, self._codes, strict=True):
            cells = given.cells[name]
            texts, indices = cells.dictionary.to_pylist(), cells.indices.to_numpy()
            alike[name] = texts, indices
            table = np.array([codes.setdefault(told_apart(text), len(codes)) for text in texts], np.int32)
            keys.append(np.broadcast_to(table, len(indices)) if len(table) == 1 else table[indices])
        return _Seen(fits, keys, start.us, times, alike)

    def _starts(self, given: Given) -> Any:
        import pyarrow.compute as pc

        day = given.cells[self._columns.start]
        if not self._columns.clock:
            return day
        clock = given.cells[self._columns.clock]
        simple = pc.and_(*(pc.match_substring_regex(each, "^[!-~]+$") for each in (day, clock)))
        return pc.if_else(simple, pc.binary_join_element_wise(day, clock, " "), "?")

    def _cells(self, given: Given, seen: _Seen, at: NDArray[np.int64]) -> list[dict[str, Any]]:
        """Rows that stand for a kind each, but for their times: one time of each state stands for all."""
        import pyarrow as pa

        rows = [dict(self._hidden) for _ in at]
        for name in (self._columns.from_number, self._columns.to_number):
            if name:
                for row, number in zip(rows, given.cells[name].take(pa.array(at)).to_pylist(), strict=True):
                    row[name] = number
        for names, states in seen.times.items():
            for row, place, state in zip(rows, at.tolist(), states[at].tolist(), strict=True):
                times = self._times_of.get((names, state))
                if times is None:
                    times = {name: given.cells[name][place].as_py() for name in names if name}
                    self._times_of[names, state] = times
                row |= times
        for name, (texts, indices) in seen.alike.items():
            for row, index in zip(rows, indices[at].tolist(), strict=True):
                row[name] = texts[index]
        return rows

    def _read_kind(self, cells: Row) -> int:
        """The number of a new kind; BAD where it cannot be read."""
        reading = self._reader.reading
        shortened, directions = len(reading.shortened), len(reading.unknown_directions)
        try:
            record: Record | None = self._reader.record_of(
                KindFields(cells, self._place, reading, self._read_cells)
            )
        except BadValue:
            record = None
        if not isinstance(record, Call) or len(reading.shortened) > shortened:
            del reading.shortened[shortened:], reading.unknown_directions[directions:]
            return BAD
        self.calls.append(record if record.updated_at is None else replace(record, updated_at=None))
        number = len(self.calls) - 1
        if words := reading.unknown_directions[directions:]:
            self._directions[number] = words
        return number

    def _count_directions(self, kinds: NDArray[np.int32], new: NDArray[np.int32]) -> None:
        """One a record; of a new kind one was counted in reading it."""
        if self._directions:
            counts = np.bincount(kinds[kinds >= 0], minlength=len(self.calls))
            counts[new[new >= 0]] -= 1
            for number, words in self._directions.items():
                self._reader.reading.unknown_directions += words * int(counts[number])

    def _part(
        self,
        given: Given,
        places: NDArray[np.int64],
        rows: NDArray[np.int64],
        ordinary: NDArray[np.int32],
        us: NDArray[np.int64],
        single: dict[int, Call],
        unreadable: list[Unreadable],
    ) -> Part:
        """`places` and `rows` say where those of kinds stand, among all rows and among those with cells."""
        import pyarrow as pa

        names = (self._columns.call_id, self._columns.from_number, self._columns.to_number)
        texts = [given.cells[name] if name else pa.repeat("", given.count) for name in names]
        good = ordinary >= 0
        count = int(good.sum()) + len(single) + len(unreadable)
        kind, taken = np.full(given.rows, _ALONE, np.int32), np.full(given.rows, -1)
        kind[places[good]], taken[places[good]] = ordinary[good], rows[good]
        if single:
            alone = list(single.values())
            where = list(single)
            kind[where] = np.arange(len(self.calls), len(self.calls) + len(alone))
            taken[where] = np.arange(given.count, given.count + len(alone))
            self.calls += alone
            own = zip(*((one.call_id, one.from_number, one.to_number) for one in alone), strict=True)
            texts = [
                pa.concat_arrays([text, pa.array(more, pa.string())])
                for text, more in zip(texts, own, strict=True)
            ]
            us = np.append(us, [since_1970.microseconds(one.started_at) for one in alone])
        there = np.flatnonzero(taken >= 0)
        taken = taken[there]
        if len(taken) < len(texts[0]) or single:
            texts, us = [text.take(pa.array(taken)) for text in texts], us[taken]
        return Part(kind[there], us, there + given.first_row, texts, unreadable, count)
