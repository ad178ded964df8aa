"""What decides of each call of a long log: its kind, the month, and what the rate card is asked.

Of many thousands of calls these are a few different questions, which are numbered; a kind and the number of a
question are one code.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from threading import Lock
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from addin.reconcile import alike_starts
from addin.reconcile.alike_numbers import is_one_number, prefix_of
from addin.reconcile.period import Period
from addin.records import since_1970
from addin.records.alike.calls import AlikeCalls, starts_of
from addin.records.alike.codes import Joined, first_rows
from udfs.rating.rate_card import RateCard


class Question(NamedTuple):
    """What is asked of calls of a kind."""

    is_in_month: int
    prefix: int
    """Of the number that the card knows the direction of the kind by, as `prefix_of` numbers them."""
    calling_prefix: int
    """Of a call without a direction: that of the calling number, too."""
    is_one_number: int
    """And whether it is between a number and itself."""
    day: int
    """Since 1970; 0 where the card is the same on all days."""

    @property
    def of_card(self) -> tuple[int, ...]:
        """What only the rate card is asked."""
        return self.prefix, self.calling_prefix, self.is_one_number, self.day


@dataclass(frozen=True, slots=True)
class Asked:
    """The codes of some rows."""

    rows: slice
    codes: NDArray[np.int64]
    """Of each row; below 0 where the row is like no other."""


class Questions:
    """Found of some rows at once, in threads."""

    def __init__(
        self, calls: AlikeCalls, month: Period, card: RateCard | None, apart: NDArray[np.int64]
    ) -> None:
        """`apart` are the rows, ascending, that are like no other."""
        self._calls, self._apart = calls, apart
        self._numbers: dict[Question, int] = {}
        self._questions: list[Question] = []
        self._numbering = Lock()
        self._starts = starts_of(calls.call_id)
        self._month = month
        self._prefixes = list(dict.fromkeys(row.prefix for row in card.rows)) if card else []
        self._is_dated = card is not None and any(row.is_dated for row in card.rows)
        directions = np.array([call.direction for call in calls.kinds], np.str_)
        self._is_inbound, self._is_undirected = directions == "inbound", directions == ""

    def of_chunk(self, chunk: int) -> Asked:
        """Of the rows of a chunk of the texts, which is not empty."""
        calls, (start, end) = self._calls, self._starts[chunk : chunk + 2].tolist()
        called, calling = calls.to_number.chunk(chunk), calls.from_number.chunk(chunk)
        kind, started_us = calls.kind[start:end], calls.started_us[start:end]
        is_inbound, undirected = self._is_inbound[kind], np.flatnonzero(self._is_undirected[kind])
        calling_prefix, is_one = np.full(len(kind), -1), np.zeros(len(kind), np.int64)
        if len(undirected):
            both = called.take(undirected), calling.take(undirected)
            calling_prefix[undirected] = prefix_of(both[1], self._prefixes)
            is_one[undirected] = is_one_number(*both)
        asked = (
            alike_starts.in_period(started_us, self._month).astype(np.int64),
            prefix_of(pc.if_else(pa.array(is_inbound), calling, called), self._prefixes),
            calling_prefix,
            is_one,
            started_us // since_1970.DAY_US if self._is_dated else np.zeros(len(kind), np.int64),
        )
        code = Joined(np.zeros(len(kind), np.int64), 1)
        for each in asked:
            least, most = int(each.min()), int(each.max())
            if least < most:
                code.join(each - least, most - least + 1)
        which, count = code.numbered()
        first = first_rows(which, count)
        numbers = self._numbered(map(Question, *(each[first].tolist() for each in asked)))
        codes = numbers[which] * len(calls.kinds) + kind
        begin, stop = np.searchsorted(self._apart, (start, end))
        apart = self._apart[begin:stop]
        codes[apart - start] = -1 - apart
        return Asked(slice(start, end), codes)

    def of_code(self, code: int) -> tuple[int, Question]:
        """The kind, and what is asked."""
        number, kind = divmod(code, len(self._calls.kinds))
        return kind, self._questions[number]

    def _numbered(self, questions: Iterable[Question]) -> NDArray[np.int64]:
        numbers = []
        with self._numbering:
            for question in questions:
                number = self._numbers.setdefault(question, len(self._questions))
                if number == len(self._questions):
                    self._questions.append(question)
                numbers.append(number)
        return np.array(numbers, np.int64)
