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
from numpy.typing import NDArray

from addin.reconcile.alike_ids import repeated
from addin.reconcile.alike_lines import AlikeLines
from addin.reconcile.alike_questions import Asked, Question, Questions
from addin.reconcile.expectation import Answer, Rater, expect, rated_line
from addin.reconcile.lines import LogLine
from addin.reconcile.period import Period
from addin.records.alike.calls import AlikeCalls
from addin.records.alike.numbered import Numbered
from addin.records.alike.threads import ahead, blocks

_AT_ONCE = 1 << 16
"""Codes that wait for their lines: while those are made, in Python, no thread gets on well."""


def expect_alike(
    calls: AlikeCalls, month: Period, rater: Rater, on_calls: Callable[[int], None] | None = None
) -> AlikeLines:
    """The same lines as `expect` gives, one for all that are alike. `on_calls` is told how many are rated."""
    apart = repeated(calls.call_id)
    whole = expect(calls.read(apart.tolist()), month, rater)
    questions = Questions(calls, month, rater.card, apart)
    lines = _Lines(calls, questions, rater, dict(zip(apart.tolist(), whole, strict=True)))
    met = Numbered()
    code = np.empty(len(calls), np.int32)
    chunks = (number for number, chunk in enumerate(calls.call_id.chunks) if len(chunk))

    def asked_of(chunk: int) -> tuple[Asked, NDArray[np.int32]]:
        asked = questions.of_chunk(chunk)
        return asked, met.known(asked.codes)

    with closing(ahead(chunks, asked_of)) as coming:
        for asked, known in coming:
            code[asked.rows] = met.numbers(asked.codes, known, asked.rows.start)
            if len(met.codes) > len(lines.of_code) + _AT_ONCE:
                lines.make(met)
            if on_calls is not None and asked.rows.start:
                on_calls(asked.rows.start)
    lines.make(met)
    if on_calls is not None:
        on_calls(len(calls))
    of_code = np.array(lines.of_code, np.int32)
    counts = np.zeros(len(lines.lines), np.int64)
    np.add.at(counts, of_code, met.counts)
    for block in blocks(len(code)):
        code[block] = of_code[code[block]]
    return AlikeLines(lines.lines, code, counts, calls, rater, apart)


class _Wanted(NamedTuple):
    """A line that is to be made."""

    row: int
    answer: Answer | None
    """Of the rate card; None where the line stands by itself and is there already."""
    is_in_month: bool


class _Lines:
    """The lines met so far, in the order of their first rows."""

    def __init__(
        self, calls: AlikeCalls, questions: Questions, rater: Rater, apart: dict[int, LogLine]
    ) -> None:
        """`apart` are the lines of single rows."""
        self.lines: list[LogLine] = []
        self.of_code: list[int] = []
        """Of each code that was met, by its number, the place of its line."""
        self._calls, self._questions, self._rater, self._apart = calls, questions, rater, apart
        self._answers: dict[object, tuple[Answer, int]] = {}
        """By what a card is asked: what it says, and a number for each thing that it says."""
        self._different: dict[object, int] = {}
        self._by_answer: dict[object, int] = {}

    def make(self, met: Numbered) -> None:
        """Those of all codes that were met since."""
        wanted: list[_Wanted] = []
        begin = len(self.of_code)
        for code, row in zip(met.codes[begin:].tolist(), met.first[begin:].tolist(), strict=True):
            number = len(self.lines) + len(wanted)
            if code < 0:
                self.of_code.append(number)
                wanted.append(_Wanted(row, None, False))
                continue
            kind, question = self._questions.of_code(code)
            answer, said = self._answer(row, kind, question)
            place = self._by_answer.setdefault((kind, question.is_in_month, said), number)
            self.of_code.append(place)
            if place == number:
                wanted.append(_Wanted(row, answer, bool(question.is_in_month)))
        self.lines += self._made(wanted)

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
        asked = like.direction, like.category, like.provider, question.of_card
        found = self._answers.get(asked)
        if found is None:
            answer = self._rater.look_up(self._calls.shown(row))
            said = answer.row and id(answer.row), answer.terms, bool(answer.problem)
            found = answer, self._different.setdefault(said, len(self._different))
            self._answers[asked] = found
        return found
