"""What is asked of the starts of many calls: some rows at once, in threads, so that nothing of the length of
a log is made on the way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from addin.reconcile.log_lines import HALF_HOUR
from addin.reconcile.period import Period, midnight
from addin.records import since_1970
from addin.records.alike.threads import at_once, blocks

Integers = NDArray[np.int64]
Part = Callable[[], tuple[Integers, NDArray[np.int32]]]
"""Gives the starts of some rows, in microseconds since 1970 and UTC, and their kinds."""

_HALF_HOUR_US = since_1970.length_us(HALF_HOUR)
_NEAR = 4
"""How many values may be possible for each that is there, so that a table of all of them is the soonest: the
starts of some rows of a log are of a day or two."""


def in_period(starts: Integers, period: Period) -> NDArray[np.bool_]:
    """Which of these starts lie in a month, or other days."""
    first, end = (since_1970.microseconds(midnight(day)) for day in (period.first_day, period.next_first_day))
    return (starts >= first) & (starts < end)


def between(
    starts: Integers,
    kind: NDArray[np.int32],
    by: Integers,
    since: datetime | None,
    before: datetime | None,
) -> Integers:
    """The places of starts that lie in a half open span, each moved `by` what its kind is."""
    first, end = (None if each is None else since_1970.microseconds(each) for each in (since, before))

    def is_in(starts: Integers, least: int | Integers, most: int | Integers) -> NDArray[np.bool_]:
        """Where they may lie there, moved by no less and no more."""
        found = np.ones(len(starts), np.bool_)
        if first is not None:
            found &= starts >= first - most
        if end is not None:
            found &= starts < end - least
        return found

    at = np.flatnonzero(is_in(starts, int(by.min(initial=0)), int(by.max(initial=0))))
    its = by[kind[at]]  # of few, as a rule
    return np.asarray(at[is_in(starts[at], its, its)])


def kinds_and_days(parts: Sequence[Part], kinds: int) -> tuple[Integers, Integers, Integers]:
    """Which of so many kinds start on which days (since 1970), and how often."""

    def pairs(part: Part) -> tuple[Integers, Integers]:
        starts, kind = part()
        return _counted(starts // since_1970.DAY_US * kinds + kind)

    met, counts = _merged(at_once(pairs, parts))
    days, kind = np.divmod(met, kinds)
    return kind, days, counts


def slots(parts: Sequence[Part]) -> Counter[datetime]:
    """How many start in each half hour."""
    met, counts = _merged(at_once(lambda part: _counted(part()[0] // _HALF_HOUR_US), parts))
    return Counter(
        {
            since_1970.instant(slot * _HALF_HOUR_US): count
            for slot, count in zip(met.tolist(), counts.tolist(), strict=True)
        }
    )


def ends(parts: Sequence[Part]) -> tuple[datetime, datetime] | None:
    """The first and the last start."""

    def its(part: Part) -> list[int]:
        starts, _ = part()
        return [int(starts.min()), int(starts.max())] if len(starts) else []

    found = [us for both in at_once(its, parts) for us in both]
    return (since_1970.instant(min(found)), since_1970.instant(max(found))) if found else None


def all_at_midnight(parts: Sequence[Part]) -> bool:
    """Whether no start has a time of day."""
    return not any(at_once(lambda part: np.any(part()[0] % since_1970.DAY_US), parts))


def longest_pause(starts: Integers) -> timedelta:
    """Between two starts that follow each other. Most logs are in the order of their starts."""

    def steps(block: slice) -> tuple[int, int]:
        apart = np.diff(starts[max(block.start - 1, 0) : block.stop])
        return int(apart.min(initial=0)), int(apart.max(initial=0))

    found = at_once(steps, blocks(len(starts)))
    if any(least < 0 for least, _ in found):
        starts = np.sort(starts)
        found = at_once(steps, blocks(len(starts)))
    return timedelta(microseconds=max((most for _, most in found), default=0))


def _counted(values: Integers) -> tuple[Integers, Integers]:
    """The different ones, ascending, and how often each is there."""
    if not len(values):
        return values, values
    least, most = int(values.min()), int(values.max())
    if most - least >= _NEAR * len(values):
        return np.unique(values, return_counts=True)
    counts = np.bincount(values - least)
    met = np.flatnonzero(counts)
    return met + least, counts[met]


def _merged(parts: Sequence[tuple[Integers, Integers]]) -> tuple[Integers, Integers]:
    """Those of all parts, ascending, and the sum of the counts of each."""
    if not parts:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    values, counts = map(np.concatenate, zip(*parts, strict=True))
    met, at = np.unique(values, return_inverse=True)
    sums = np.zeros(len(met), np.int64)
    np.add.at(sums, at, counts)
    return met, sums
