"""What the bill should be, of a log in columns: each rule is asked once for all calls that are alike.

Calls are alike if they are of one kind, both in the month or both not, and get the same answer from the rate
card. Calls that share an id, or have none, may be copies or credits of each other: those are looked at one by
one, as those of a short log are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from addin.reconcile.alike_ids import repeated
from addin.reconcile.alike_lines import AlikeLines
from addin.reconcile.alike_questions import Asked, Question, Questions
from addin.reconcile.expectation import Answer, Rater, expect, rated_line
from addin.reconcile.lines import LogLine
from addin.reconcile.period import Period
from addin.records.alike.calls import AlikeCalls
from addin.records.alike.codes import first_rows
from addin.records.alike.known import NEW
from addin.records.alike.threads import ahead

Codes = NDArray[np.int64]


def expect_alike(
    calls: AlikeCalls, month: Period, rater: Rater, on_calls: Callable[[int], None] | None = None
) -> AlikeLines:
    """The same lines as `expect` gives, one for all that are alike. `on_calls` is told how many are rated."""
    apart = repeated(calls.call_id)
    whole = expect(calls.read(apart.tolist()), month, rater)
    questions = Questions(calls, month, rater.card)
    lines = _Lines(calls, rater, dict(zip(apart.tolist(), whole, strict=True)))
    kind = np.empty(len(calls), np.int32)
    chunks = (number for number, chunk in enumerate(calls.call_id.chunks) if len(chunk))
    counts = np.zeros(0, np.int64)
    with closing(ahead(chunks, questions.of_chunk)) as coming:
        for asked in coming:
            numbers = kind[asked.rows] = lines.numbers_of(asked)
            its = np.bincount(numbers, minlength=len(lines.lines))
            its[: len(counts)] += counts
            counts = its
            if on_calls is not None:
                on_calls(asked.rows.stop)
    return AlikeLines(lines.lines, kind, counts, calls, rater, apart)


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
        self._questions: dict[Question, int] = {}
        self._codes = np.array([np.iinfo(np.int64).min])
        """Of the kinds with questions that were met, after one that no row has."""
        self._numbers = np.array([NEW], np.int32)
        """Of each of those the place of its line."""
        self._answers: dict[object, tuple[Answer, int]] = {}
        """By what a card is asked: what it says, and a number for each thing that it says."""
        self._different: dict[object, int] = {}
        self._by_answer: dict[object, int] = {}

    def numbers_of(self, asked: Asked) -> NDArray[np.int32]:
        """Of each row the place of its line."""
        known = self._questions
        which = np.array([known.setdefault(one, len(known)) for one in asked.questions], np.int64)
        codes = which[asked.which] * len(self._calls.kinds) + self._calls.kind[asked.rows]
        first, last = np.searchsorted(self._apart_rows, (asked.rows.start, asked.rows.stop))
        apart = self._apart_rows[first:last] - asked.rows.start
        codes[apart] = -1 - np.arange(len(apart))  # each is like no other
        place = pc.index_in(pa.array(codes), value_set=pa.array(self._codes))
        numbers: NDArray[np.int32] = self._numbers[place.fill_null(0).to_numpy()]
        new = np.flatnonzero(numbers == NEW)
        if len(new):
            numbers[new] = self._numbers_of_new(codes[new], new + asked.rows.start)
        return numbers

    def _numbers_of_new(self, codes: Codes, rows: Codes) -> NDArray[np.int32]:
        """The same for rows of codes that were not met before."""
        encoded = pa.array(codes).dictionary_encode()
        which, different = encoded.indices.to_numpy(), encoded.dictionary.to_numpy()
        first = rows[first_rows(which, len(different))].tolist()
        questions = [*self._questions]
        numbers = np.empty(len(different), np.int32)
        wanted: list[_Wanted] = []
        for at, (code, row) in enumerate(zip(different.tolist(), first, strict=True)):
            number = numbers[at] = len(self.lines) + len(wanted)
            if code < 0:
                wanted.append(_Wanted(row, None, False))
                continue
            asked, kind = divmod(code, len(self._calls.kinds))
            question = questions[asked]
            answer, said = self._answer(row, kind, question)
            numbers[at] = self._by_answer.setdefault((kind, question.is_in_month, said), number)
            if numbers[at] == number:
                wanted.append(_Wanted(row, answer, bool(question.is_in_month)))
        self.lines += self._made(wanted)
        is_shared = different >= 0
        self._codes = np.append(self._codes, different[is_shared])
        self._numbers = np.append(self._numbers, numbers[is_shared])
        of_rows: NDArray[np.int32] = numbers[which]
        return of_rows

    def _made(self, wanted: Sequence[_Wanted]) -> Iterator[LogLine]:
        calls = self._calls.shown_each([row for row, _, _ in wanted])
        for call, (row, answer, is_in_month) in zip(calls, wanted, strict=True):
            if answer is None:
                yield self._apart[row]
                continue
            if answer.problem:  # which names the number
                answer = self._rater.look_up(call)
            yield rated_line(call, answer, is_in_month, self._rater)

    def _answer(self, row: int, kind: int, question: Question) -> tuple[Answer, int]:
        like = self._calls.kinds[kind]
        asked = like.direction, like.category, like.provider, question[1:]
        found = self._answers.get(asked)
        if found is None:
            answer = self._rater.look_up(self._calls.shown(row))
            said = answer.row and id(answer.row), answer.terms, bool(answer.problem)
            found = answer, self._different.setdefault(said, len(self._different))
            self._answers[asked] = found
        return found
