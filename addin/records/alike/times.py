"""The times of a column at once. The hours of a month are few: each is read once, minutes and seconds are
added. It is the reader of single times that reads an hour, and at its ends, so that what holds between them
is never guessed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from addin.records import instants, since_1970
from addin.records.alike.texts import bytes_of, dictionary
from addin.records.values import BadValue

LONGEST = 64
"""No time is longer; what is, is read by itself."""
MOST_FORMS = 8
"""Of times of one length, by where their clock stands."""
ODD = -1
Rows = NDArray[np.int64] | slice
"""Where texts stand: some rows, or all."""

_CLOCK = re.compile(rb"(\d\d):([0-5]\d):([0-5]\d)(?:[.,](\d{1,6})(?!\d))?")
_POINTS = ((0, 1), (59, 59))
"""Minutes and seconds at which an hour is read beside its beginning. If the next second and the last one are
as far from that as on a clock, so is what is between: no zone changes its offset and back in an hour."""
_HOUR_US = 3600 * 10**6
_LIMITS = np.array([6, 10, 6, *[10] * 7], np.uint8)
"""What the digits of minutes, seconds and decimals of seconds are less than."""
_COUNTS_US = np.array([600_000_000, 60_000_000, *(10**place for place in range(7, -1, -1))], np.int64)
"""What each of them counts."""
_END_OF_TIME_US = 253_402_300_800 * 10**6


@dataclass(frozen=True, slots=True)
class State:
    """What a time says beside the instant."""

    is_blank: bool
    is_bare: bool
    offset_s: int


@dataclass(frozen=True, slots=True)
class _Part:
    """Some rows' times as they are written: an hour, or what else is read once, and what passed since."""

    rows: Rows
    hours: list[Any]
    """The different ones."""
    which: NDArray[np.int32]
    """Of each row, its hour's place among those."""
    passed_us: NDArray[np.int64] | int
    read: Callable[[Any], tuple[int, int]]
    """Gives an hour's microseconds and state."""


@dataclass(frozen=True, slots=True)
class Written:
    """The times of so many rows as they are written; what is in no part is read by itself."""

    count: int
    parts: list[_Part]


@dataclass(slots=True)
class TimesRead:
    us: NDArray[np.int64]
    """Microseconds since 1970."""
    state: NDArray[np.int32]
    """The place in `Times.states`; ODD where the time has to be read by itself."""


class Times:
    """Reads the times of columns that are written alike, block by block."""

    def __init__(self, zone: str, time_format: str, has_clock: bool = False) -> None:
        """`has_clock`: texts are a day and a time of day with a blank between them, from two columns."""
        self.states: list[State] = []
        self._zone, self._format, self._has_clock = zone, time_format, has_clock
        self._numbers: dict[State, int] = {}
        self._known: dict[tuple[bytes, int, int], tuple[int, int]] = {}

    def read(self, written: Written) -> TimesRead:
        found = TimesRead(np.zeros(written.count, np.int64), np.full(written.count, ODD, np.int32))
        for some in written.parts:
            table = np.array([some.read(hour) for hour in some.hours], np.int64).reshape(-1, 2)
            found.us[some.rows] = table[:, 0].take(some.which) + some.passed_us
            found.state[some.rows] = table[:, 1].astype(np.int32).take(some.which)
        return found

    def written(self, column: Any) -> Written:
        """What `read` takes, without reading any: it may be found in another thread. `column` is an arrow
        array of times, or of strings without nulls."""
        if str(column.type).startswith("timestamp"):
            return Written(len(column), list(self._moments(column)))
        if self._format in instants.UNIX_UNITS and not self._has_clock:
            return Written(len(column), list(self._counts(column)))
        return Written(len(column), list(self._texts(column)))

    def _texts(self, column: Any) -> Iterator[_Part]:
        data, ends = bytes_of(column)
        lengths = np.diff(ends)
        if len(lengths) and (lengths == lengths[0]).all() and lengths[0] <= LONGEST:
            texts = data[ends[0] : ends[-1]].reshape(len(lengths), lengths[0])
            yield from self._texts_of_length(texts, slice(None))
            return
        for length in np.flatnonzero(np.bincount(np.minimum(lengths, LONGEST + 1))):
            if length > LONGEST:
                continue
            rows = np.flatnonzero(lengths == length)
            yield from self._texts_of_length(data[ends[:-1][rows][:, None] + np.arange(length)], rows)

    def _moments(self, column: Any) -> Iterator[_Part]:
        """Times that are stored as such."""
        us = column.cast("int64").fill_null(0).to_numpy()
        hours, which = np.unique(us // _HOUR_US, return_inverse=True)
        read = partial(self._moment, column.type)
        yield _Part(slice(None), hours.tolist(), which.astype(np.int32), us % _HOUR_US, read)
        if column.null_count:
            blank = np.flatnonzero(column.is_null().to_numpy(zero_copy_only=False))
            yield self._alike(blank, 0, State(True, False, 0))

    def _moment(self, kind: Any, hour: int) -> tuple[int, int]:
        """An hour of those, since 1970."""
        import pyarrow as pa

        first = hour * _HOUR_US
        try:
            us, state = self._read_cell(pa.scalar(first, kind).as_py())
            for passed in (1_000_000, _HOUR_US - 1):
                if self._read_cell(pa.scalar(first + passed, kind).as_py()) != (us + passed, state):
                    return 0, ODD
        except (BadValue, ValueError, OverflowError):
            return 0, ODD
        return us, self._number(state)

    def _counts(self, column: Any) -> Iterator[_Part]:
        """Whole numbers of seconds or milliseconds."""
        import pyarrow.compute as pc

        plain = pc.match_substring_regex(column, "^[0-9]{1,14}$")
        counts = pc.if_else(plain, column, "0").cast("int64").to_numpy(zero_copy_only=False)
        per_unit = int(instants.UNIX_UNITS[self._format] * 10**6)
        fits = plain.to_numpy(zero_copy_only=False) & (counts < _END_OF_TIME_US // per_unit)
        rows = np.flatnonzero(fits)
        yield self._alike(rows, counts[rows] * per_unit, State(False, instants.is_bare("0"), 0))

    def _alike(self, rows: NDArray[np.int64], us: NDArray[np.int64] | int, state: State) -> _Part:
        """Times of which the state is known."""

        def read(_: None) -> tuple[int, int]:
            return 0, self._number(state)

        return _Part(rows, [None], np.zeros(len(rows), np.int32), us, read)

    def _texts_of_length(self, texts: NDArray[np.uint8], rows: Rows) -> Iterator[_Part]:
        """Texts of one length; `rows` says where they stand."""
        for _ in range(MOST_FORMS):
            if not len(texts):
                return
            clock = _CLOCK.search(texts[0].tobytes())
            if clock is None:
                yield self._hours(texts, -1, 0, 0, rows)
                return
            at, decimals = clock.start(), len(clock[4] or b"")
            places = [at + place for place in (3, 4, 6, 7, *range(9, 9 + decimals))]
            digits = _digits(texts, places)
            fits = (digits < _LIMITS[: len(places), None]).all(axis=0)
            if not fits.all():
                rows = np.arange(len(texts)) if isinstance(rows, slice) else rows
                odd_texts, odd_rows = texts[~fits], rows[~fits]
                texts, rows, digits = texts[fits], rows[fits], digits[:, fits]
            else:
                odd_texts, odd_rows = texts[:0], np.zeros(0, np.int64)
            extra = np.zeros(len(texts), np.int64)
            for digit, us in zip(digits, _COUNTS_US, strict=False):
                extra += digit * us
            hours = texts.copy()
            for place in places:
                hours[:, place] = ord("0")
            yield self._hours(hours, at, decimals, extra, rows)
            texts, rows = odd_texts, odd_rows

    def _hours(
        self, texts: NDArray[np.uint8], at: int, decimals: int, extra: NDArray[np.int64] | int, rows: Rows
    ) -> _Part:
        which, different = dictionary(texts)
        return _Part(rows, different, which, extra, partial(self._hour, at, decimals))

    def _hour(self, at: int, decimals: int, text: bytes) -> tuple[int, int]:
        """A text whose minutes are 0, or a whole text if `at` is -1."""
        known = self._known.get((text, at, decimals))
        if known is None:
            known = self._known[text, at, decimals] = self._read_hour(text, at, decimals)
        return known

    def _read_hour(self, text: bytes, at: int, decimals: int) -> tuple[int, int]:
        try:
            us, state = self._read_cell(text.decode())
            for minute, second in _POINTS if at >= 0 else ():
                fraction = str(10**decimals - 1) if decimals and minute else "0" * decimals
                point = text[at + 8 : at + 9].decode() if decimals else ""
                before, after = text[: at + 3].decode(), text[at + 8 + len(point) + decimals :].decode()
                there = self._read_cell(f"{before}{minute:02}:{second:02}{point}{fraction}{after}")
                passed = (60 * minute + second) * 1_000_000 + int(fraction.ljust(6, "0"))
                if there != (us + passed, state):
                    return 0, ODD
        except BadValue:
            return 0, ODD
        return us, self._number(state)

    def _read_cell(self, cell: Any) -> tuple[int, State]:
        instant = instants.instant_of(cell, self._zone, self._format)
        if instant is None:
            return 0, State(True, False, 0)
        shown = cell.rpartition(" ")[0] if self._has_clock else cell
        offset_s = instants.offset_s_of(shown, self._zone, instant, self._format)
        return since_1970.microseconds(instant), State(False, instants.is_bare(cell), offset_s)

    def _number(self, state: State) -> int:
        number = self._numbers.setdefault(state, len(self.states))
        if number == len(self.states):
            self.states.append(state)
        return number


def _digits(texts: NDArray[np.uint8], places: Sequence[int]) -> NDArray[np.uint8]:
    """By place what each text's sign there counts: more than 9 where it is no digit."""
    digits = np.empty((len(places), len(texts)), np.uint8)
    for digit, place in zip(digits, places, strict=True):
        np.subtract(texts[:, place], np.uint8(ord("0")), out=digit)
    return digits
