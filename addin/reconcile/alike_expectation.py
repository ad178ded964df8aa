"""What the bill should be, of a log in columns: each rule is asked once for all calls that are alike.

Calls are alike if they are of one kind, both in the month or both not, and get the same answer from the rate
card. Calls that share an id, or have none, may be copies or credits of each other: those are looked at one by
one, as those of a short log are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from addin.reconcile import alike_starts
from addin.reconcile.alike_ids import repeated
from addin.reconcile.alike_lines import AlikeLines
from addin.reconcile.alike_numbers import is_one_number, prefix_of
from addin.reconcile.expectation import Answer, Rater, expect, rated_line
from addin.reconcile.lines import LogLine
from addin.reconcile.period import Period
from addin.records import since_1970
from addin.records.alike.calls import AlikeCalls, starts_of
from addin.records.alike.codes import Joined, first_rows
from addin.records.alike.known import NEW, Known
from addin.records.alike.threads import ahead

Codes = NDArray[np.int64]


def expect_alike(
    calls: AlikeCalls, month: Period, rater: Rater, on_calls: Callable[[int], None] | None = None
) -> AlikeLines:
    """The same lines as `expect` gives, one for all that are alike. `on_calls` is told how many are rated."""
    apart = repeated(calls.call_id)
    whole = expect(calls.read(apart.tolist()), month, rater)
    questions = _Questions(calls, month, rater, apart)
    lines = _Lines(calls, rater, dict(zip(apart.tolist(), whole, strict=True)))
    kind = np.empty(len(calls), np.int32)
    chunks = (number for number, chunk in enumerate(calls.call_id.chunks) if len(chunk))
    counts = np.zeros(0, np.int64)
    with closing(ahead(chunks, questions.of_chunk)) as coming:
        for groups in coming:
            numbers = lines.numbers_of(groups)
            kind[groups.rows] = numbers[groups.codes]
            counts = np.append(counts, np.zeros(len(lines.lines) - len(counts), np.int64))
            np.add.at(counts, numbers, groups.counts)
            if on_calls is not None:
                on_calls(groups.rows.stop)
    return AlikeLines(lines.lines, kind, counts, calls, rater, apart)


@dataclass(frozen=True, slots=True)
class _Groups:
    """Of some rows, which are alike: those of one code. Codes stand in the order of their first rows."""

    rows: slice
    codes: NDArray[np.int32]
    first: Codes
    """Of each code, its first row in the log."""
    counts: Codes
    """And how many rows have it."""
    keys: Codes
    """Of each code a row: its kind, whether it is in the month, and what the rate card is asked."""


class _Questions:
    """What decides of each call, found of some rows at once, in threads."""

    def __init__(self, calls: AlikeCalls, month: Period, rater: Rater, apart: Codes) -> None:
        card = rater.card
        self._calls, self._apart = calls, apart
        self._starts = starts_of(calls.call_id)
        self._month = month
        self._prefixes = list(dict.fromkeys(row.prefix for row in card.rows)) if card else []
        self._is_dated = card is not None and any(row.is_dated for row in card.rows)
        directions = np.array([call.direction for call in calls.kinds], np.str_)
        self._asks_called, self._asks_calling = directions != "inbound", directions != "outbound"
        self._is_undirected = directions == ""

    def of_chunk(self, chunk: int) -> _Groups:
        """Of the rows of a chunk of the texts."""
        calls, (start, end) = self._calls, self._starts[chunk : chunk + 2].tolist()
        called, calling = calls.to_number.chunk(chunk), calls.from_number.chunk(chunk)
        kind, started_us = calls.kind[start:end], calls.started_us[start:end]
        is_in_month = alike_starts.in_period(started_us, self._month)
        asked: list[Codes] = [
            kind.astype(np.int64),
            is_in_month.astype(np.int64),
            prefix_of(called, self._asks_called[kind], self._prefixes),
            prefix_of(calling, self._asks_calling[kind], self._prefixes),
            np.zeros(len(kind), np.int64),
            started_us // since_1970.DAY_US if self._is_dated else np.zeros(len(kind), np.int64),
        ]
        undirected = np.flatnonzero(self._is_undirected[kind])
        if len(undirected):
            asked[4][undirected] = is_one_number(called.take(undirected), calling.take(undirected))
        code = Joined(asked[0], len(calls.kinds))
        for each in asked[1:]:
            least, most = int(each.min()), int(each.max())
            if least < most:
                code.join(each - least, most - least + 1)
        first, last = np.searchsorted(self._apart, (start, end))
        code.set_apart(self._apart[first:last] - start)
        codes, count = code.numbered()
        rows = first_rows(codes, count)
        keys = np.column_stack([each[rows] for each in asked])
        counts = np.bincount(codes, minlength=count)
        return _Groups(slice(start, end), codes, rows + start, counts, keys)


class _Wanted(NamedTuple):
    """A line that is to be made."""

    row: int
    answer: Answer | None
    """Of the rate card; None where the line stands by itself and is there already."""
    is_in_month: bool


class _Lines:
    """The lines met so far, in the order of their first rows."""

    def __init__(self, calls: AlikeCalls, rater: Rater, apart: dict[int, LogLine]) -> None:
        """`apart` are the lines of single rows."""
        self.lines: list[LogLine] = []
        self._calls, self._rater, self._apart = calls, rater, apart
        self._apart_rows = np.array([*apart], np.int64)
        self._known = Known()
        self._answers: dict[object, tuple[Answer, int]] = {}
        """By what a card is asked: what it says, and a number for each thing that it says."""
        self._different: dict[object, int] = {}
        self._by_answer: dict[object, int] = {}

    def numbers_of(self, groups: _Groups) -> NDArray[np.int32]:
        """Of each code the place of its line."""
        numbers = self._known.numbers(groups.keys)
        is_apart = np.isin(groups.first, self._apart_rows)
        numbers[is_apart] = NEW
        new = np.flatnonzero(numbers == NEW)
        wanted: list[_Wanted] = []
        first, asked = groups.first[new].tolist(), groups.keys[new].tolist()
        for at, row, (kind, is_in_month, *card) in zip(new.tolist(), first, asked, strict=True):
            number = numbers[at] = len(self.lines) + len(wanted)
            if is_apart[at]:
                wanted.append(_Wanted(row, None, False))
                continue
            answer, which = self._answer(row, kind, tuple(card))
            numbers[at] = self._by_answer.setdefault((kind, is_in_month, which), number)
            if numbers[at] == number:
                wanted.append(_Wanted(row, answer, bool(is_in_month)))
        self.lines += self._made(wanted)
        new = new[~is_apart[new]]
        self._known.add(groups.keys[new], numbers[new])
        return numbers

    def _made(self, wanted: Sequence[_Wanted]) -> Iterator[LogLine]:
        calls = self._calls.shown_each([row for row, _, _ in wanted])
        for call, (row, answer, is_in_month) in zip(calls, wanted, strict=True):
            if answer is None:
                yield self._apart[row]
                continue
            if answer.problem:  # which names the number
                answer = self._rater.look_up(call)
            yield rated_line(call, answer, is_in_month, self._rater)

    def _answer(self, row: int, kind: int, asked: tuple[int, ...]) -> tuple[Answer, int]:
        like = self._calls.kinds[kind]
        question = like.direction, like.category, like.provider, asked
        found = self._answers.get(question)
        if found is None:
            answer = self._rater.look_up(self._calls.shown(row))
            said = answer.row and id(answer.row), answer.terms, bool(answer.problem)
            found = answer, self._different.setdefault(said, len(self._different))
            self._answers[question] = found
        return found
