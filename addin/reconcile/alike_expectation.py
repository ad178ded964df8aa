"""What the bill should be, of a log in columns: each rule is asked once for all calls that are alike.

Calls are alike if they are of one kind, both in the month or both not, and get the same answer from the rate
card. Calls that share an id, or have none, may be copies or credits of each other: those are looked at one by
one, as those of a short log are.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from addin.reconcile.alike_ids import repeated
from addin.reconcile.alike_lines import AlikeLines
from addin.reconcile.expectation import Answer, Rater, expect, rated_line
from addin.reconcile.period import Period, midnight
from addin.records.alike.calls import AlikeCalls, Texts, taken
from addin.records.alike.codes import Joined, first_rows
from addin.records.alike.threads import at_once
from udfs.cell_values import is_shortened
from udfs.rating.rate_card import normal_number

_US = timedelta(microseconds=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DAY_US = timedelta(days=1) // _US

Codes = NDArray[np.int64]


def expect_alike(calls: AlikeCalls, month: Period, rater: Rater) -> AlikeLines:
    """The same lines as `expect` gives, one for all that are alike."""
    apart = repeated(calls.call_id)
    in_month = _in_month(calls.started_us, month)
    code = Joined(calls.kind.astype(np.int64), len(calls.kinds))
    code.join(in_month, 2)
    answer_of, answers = _answers(calls, rater)
    code.join(answer_of, len(answers))
    code.set_apart(apart)
    whole = dict(zip(apart.tolist(), expect(calls.read(apart.tolist()), month, rater), strict=True))
    codes, count = code.numbered()
    rows = first_rows(codes, count)
    kinds = []
    for row, call in zip(rows.tolist(), calls.shown_at(rows), strict=True):
        line = whole.get(row)
        if line is None:
            answer = answers[answer_of[row]]
            if answer.problem:  # which names the number
                answer = rater.look_up(call)
            line = rated_line(call, answer, bool(in_month[row]), rater)
        kinds.append(line)
    return AlikeLines(kinds, codes, calls, rater)


def _in_month(started_us: Codes, month: Period) -> NDArray[np.bool_]:
    first, after = ((midnight(day) - _EPOCH) // _US for day in (month.first_day, month.next_first_day))
    return (started_us >= first) & (started_us < after)


def _answers(calls: AlikeCalls, rater: Rater) -> tuple[Codes, list[Answer]]:
    """Of each call, which answer it gets: the row of the card with its terms, or that there is none.

    Of a number a card looks at the longest prefix that is in the card (shorter ones are the beginnings of
    that one) and at whether its digits are lost; of a call without a direction also at whether both numbers
    are one.
    """
    card = rater.card
    prefixes = list(dict.fromkeys(row.prefix for row in card.rows)) if card else []
    looked_up = [(call.direction, call.category, call.provider) for call in calls.kinds]
    distinct = {one: index for index, one in enumerate(dict.fromkeys(looked_up))}
    class_of = np.array([distinct[one] for one in looked_up], np.int64)[calls.kind]
    code = Joined(class_of, len(distinct))
    for numbers, other_way in ((calls.to_number, "inbound"), (calls.from_number, "outbound")):
        asked = np.array([direction != other_way for direction, _, _ in distinct])[class_of]
        code.join(_prefix_of(numbers, asked, prefixes) + 1, len(prefixes) + 2)
    undirected = np.flatnonzero(np.array([not direction for direction, _, _ in distinct])[class_of])
    if len(undirected):
        code.join(_is_one_number(calls, undirected), 2)
    if card and any(row.is_dated for row in card.rows):
        days = calls.started_us // _DAY_US
        code.join(days - days.min(), int(days.max() - days.min()) + 1)
    codes, count = code.numbered()
    known: dict[object, int] = {}
    answers: list[Answer] = []
    number_of = []
    for call in calls.shown_at(first_rows(codes, count)):
        answer = rater.look_up(call)
        key = (answer.row and id(answer.row), answer.terms, bool(answer.problem))
        number = known.setdefault(key, len(known))
        if number == len(answers):
            answers.append(answer)
        number_of.append(number)
    return np.array(number_of, np.int64)[codes], answers


def _prefix_of(numbers: Texts, asked: NDArray[np.bool_], prefixes: Sequence[str]) -> Codes:
    """The longest of these prefixes that each number begins with, by its place among them; -1 for none, or
    where it is not asked for, and the place after the last of a number that has lost its digits."""
    starts = np.cumsum([0, *map(len, numbers.chunks)])

    def of_chunk(at: int) -> Codes:
        its = asked[starts[at] : starts[at + 1]]
        found = np.full(len(its), -1, np.int64)
        if its.any():
            chunk = numbers.chunk(at)
            found[its] = _prefix_of_each(chunk if its.all() else chunk.filter(pa.array(its)), prefixes)
        return found

    if not prefixes:
        return np.full(len(numbers), -1, np.int64)
    return np.concatenate([np.zeros(0, np.int64), *at_once(of_chunk, range(numbers.num_chunks))])


def _prefix_of_each(numbers: Any, prefixes: Sequence[str]) -> Codes:
    """The same for numbers that are all asked for."""
    at = {prefix: place for place, prefix in enumerate(prefixes)}
    found = np.full(len(numbers), at.get("", -1), np.int64)
    digits = pc.ascii_ltrim(numbers, characters="+")
    as_bytes = digits.cast(pa.binary())
    for length in sorted({len(prefix) for prefix in prefixes} - {0}):
        its = [prefix for prefix in prefixes if len(prefix) == length]
        value_set = pa.array([prefix.encode() for prefix in its], pa.binary())
        place = pc.index_in(pc.binary_slice(as_bytes, 0, length), value_set=value_set)
        met = np.flatnonzero(pc.is_valid(place).to_numpy(zero_copy_only=False))
        matched = place.drop_null().to_numpy(zero_copy_only=False)
        found[met] = np.array([at[prefix] for prefix in its], np.int64)[matched]
    is_plain = pc.ascii_is_decimal(digits).to_numpy(zero_copy_only=False)
    if not is_plain.all():
        other = np.flatnonzero(~is_plain)
        encoded = numbers.take(pa.array(other)).dictionary_encode()
        lengths = sorted({len(prefix) for prefix in prefixes}, reverse=True)
        longest: list[int] = []
        for written in encoded.dictionary.to_pylist():
            if is_shortened(written):
                longest.append(len(prefixes))
                continue
            number = normal_number(written)
            begins = (number[:length] for length in lengths if length <= len(number))
            longest.append(next((at[one] for one in begins if one in at), -1))
        found[other] = np.array(longest, np.int64)[encoded.indices.to_numpy(zero_copy_only=False)]
    return found


def _is_one_number(calls: AlikeCalls, rows: Codes) -> Codes:
    """1 where one of these rows is between one number and itself, however each is written."""
    called, calling = (
        pc.ascii_ltrim(taken(numbers, rows), characters="+")
        for numbers in (calls.to_number, calls.from_number)
    )
    same = pc.equal(called, calling).to_numpy(zero_copy_only=False)
    is_plain = pc.and_(*map(pc.ascii_is_decimal, (called, calling))).to_numpy(zero_copy_only=False)
    other = np.flatnonzero(~is_plain)
    written = (numbers.take(pa.array(other)).to_pylist() for numbers in (called, calling))
    same[other] = [normal_number(one) == normal_number(two) for one, two in zip(*written, strict=True)]
    found = np.zeros(len(calls), np.int64)
    found[rows] = same
    return found
