"""The walk down the decision tree, for one currency: from the daily totals to the cause.

Day that differs most -> do the connected calls roughly match? -> do the durations? -> do the costs? Where
the calls do not: the hour, and the calls that one side lacks. Where they do: a duration or a rating issue,
and the single call with the largest difference. Source: ConnexCS, Billing Basics.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction

from addin.investigation.day import Isolated, isolate
from addin.investigation.days import by_day, by_hour, whole_of
from addin.investigation.pairs import CallPair
from addin.investigation.questions import CONNECTED, COSTS, DURATIONS, Asked, roughly
from addin.investigation.sums import Sides
from addin.reconcile.measure import MS_PER_MINUTE, Measure
from addin.reconcile.reconciliation import CALLS, Reconciliation

NOTHING, MISSING, STATUS, DURATION, RATING, PENDING, CREDITS = (
    "no difference",
    "missing calls",
    "status",
    "duration issue",
    "rating issue",
    "pending prices",
    "credits",
)
"""What a walk may end at; credits of no call on the bill are a part of a day, never the end of a path."""
MOST_SHOWN = 10
"""Calls with the largest differences that are listed."""


@dataclass(slots=True)
class Walk:
    """The path that was taken. Questions that were not reached are empty."""

    currency: str
    by_call: bool
    costs_compared: bool
    days: dict[date, Sides]
    """Empty where the bill has no daily records."""
    isolated: Isolated | None = None
    sides: Sides = field(default_factory=Sides)
    """Of the day; of the period where there are no days."""
    pairs: list[CallPair] = field(default_factory=list)
    """The calls of the day."""
    connected: Asked | None = None
    hours: dict[int, Sides] = field(default_factory=dict)
    hour: int | None = None
    """With the largest difference in connected calls, where those do not match."""
    durations: list[Asked] = field(default_factory=list)
    costs: Asked | None = None
    kind: str = NOTHING
    is_within: bool = False
    """Whether the threshold passed what the difference comes from: every question was answered with yes."""
    credits: list[CallPair] = field(default_factory=list)
    """Credits of the whole period without a call on the bill."""
    call: CallPair | None = None
    largest: list[CallPair] = field(default_factory=list)
    """The calls behind the issue, the one with the largest difference first."""

    @property
    def differs(self) -> bool:
        return self.kind != NOTHING

    @property
    def single(self) -> list[CallPair]:
        """The day's calls that only one side has, in order of their start."""
        return sorted((pair for pair in self.pairs if pair.is_single), key=_in_order)

    @property
    def of_hour(self) -> list[CallPair]:
        """Those of the hour."""
        return [pair for pair in self.single if self.hour in (None, pair.started_at.hour)]

    def part(self, kind: str) -> tuple[int, Measure]:
        """How many of the day's calls differ so, and by what: `MISSING`, `DURATION`, `RATING` or `CREDITS`.
        The parts add up to the day's difference."""
        parts = [part for pair in self.pairs if (part := PARTS[kind](pair))]
        return len(parts), sum(parts, Measure())


PARTS: Mapping[str, Callable[[CallPair], Measure]] = {
    MISSING: lambda pair: pair.by_single,
    DURATION: lambda pair: pair.by_duration,
    RATING: lambda pair: pair.by_rate,
    CREDITS: lambda pair: pair.by_credit,
}
"""What of a call's difference belongs to which issue."""


def walk(result: Reconciliation, pairs: Sequence[CallPair], currency: str, threshold: Fraction) -> Walk:
    """The path for one currency. `pairs` are all connected calls; none where the bill is usage records."""
    days = by_day(result, pairs, currency)
    path = Walk(currency, result.mode == CALLS, result.costs_compared, days)
    path.credits = sorted(
        (pair for pair in pairs if pair.currency == currency and pair.is_credit), key=_in_order
    )
    tolerance = result.question.tolerance
    if days:
        path.isolated = isolate(days, tolerance, result.costs_compared)
        if path.isolated is None:
            return path
        path.sides = days[path.isolated.day]
        path.pairs = [pair for pair in pairs if pair.currency == currency and pair.day == path.isolated.day]
        path.hours = by_hour(path.pairs, tolerance) if path.by_call else {}
    else:
        path.sides = whole_of(result, currency)
        if not tolerance.exceeded_by(path.sides.variance(result.costs_compared)):
            return path
    _ask(path, threshold, tolerance.amount)
    return path


def _ask(path: Walk, threshold: Fraction, allowed: Fraction) -> None:
    ours, theirs = path.sides.ours, path.sides.theirs
    path.connected = roughly(CONNECTED, "connected calls", ours.calls, theirs.calls, "calls", threshold)
    if not path.connected.matches:
        path.hour = _hour(path.hours)
        _end(path, MISSING)
        return
    path.durations = _durations(path, threshold)
    if not all(asked.matches or asked.is_harmless for asked in path.durations):
        _end(path, DURATION)
        return
    path.costs = _costs(path, threshold, allowed)
    if path.costs is not None and not path.costs.matches:
        _end(path, RATING)
        return
    kind = _passed(path)
    path.is_within = kind != RATING or path.costs is not None
    _end(path, kind)


def _hour(hours: Mapping[int, Sides]) -> int | None:
    """The hour with the largest difference in connected calls, of several that with more calls on one side
    only, then the earliest."""
    if not hours:
        return None

    def size(hour: int) -> tuple[int, int, int]:
        sides = hours[hour]
        return -abs(sides.theirs.calls - sides.ours.calls), -sides.single.calls, hour

    return min(hours, key=size)


def _durations(path: Walk, threshold: Fraction) -> list[Asked]:
    """The time talked and the time billed of the calls that both sides have and we rate; by usage records the
    time billed of all calls. Another time talked that is billed as the same time is no duration issue."""

    def asked(what: str, ours: int | Fraction, theirs: int | Fraction) -> Asked:
        one, other = Fraction(ours) / MS_PER_MINUTE, Fraction(theirs) / MS_PER_MINUTE
        return roughly(DURATIONS, what, one, other, "min", threshold)

    if not path.by_call:
        return [asked("billed minutes", path.sides.ours.billed_ms, path.sides.theirs.billed_ms)]
    both, same = Sides(), "the same calls"
    for pair in path.pairs:
        if pair.is_single or pair.is_credit:
            continue
        if not pair.is_rated:
            same = "the same calls that we rate"
            continue
        both.ours.plus(pair.our_sums)
        both.theirs.plus(pair.their_sums)
    talked = asked(f"talked minutes of {same}", both.ours.talked_ms, both.theirs.talked_ms)
    billed = asked(f"billed minutes of {same}", both.ours.billed_ms, both.theirs.billed_ms)
    if not talked.matches and not any(pair.by_duration for pair in path.pairs):
        talked = replace(talked, is_harmless=True)
    return [talked, billed]


def _costs(path: Walk, threshold: Fraction, allowed: Fraction) -> Asked | None:
    """The costs of the calls that both sides have, ours for their time: what is left is no matter of time.
    Here a cent is no trifle: they match if no call differs beyond the tolerance. Usage records do not tell
    whose cost differs: where calls or minutes differ a little, so may the cost."""
    if not path.costs_compared:
        return None
    if not path.by_call:
        ours, theirs = path.sides.ours, path.sides.theirs
        is_same = (ours.calls, ours.billed_ms) == (theirs.calls, theirs.billed_ms)
        share = Fraction(0) if is_same else threshold
        most = max(allowed, share * max(abs(ours.cost), abs(theirs.cost)))
        is_match = abs(theirs.cost - ours.cost) <= most
        return Asked(COSTS, "cost", ours.cost, theirs.cost, most, path.currency, is_match)
    both = [pair for pair in path.pairs if not (pair.is_single or pair.is_credit)]
    billed = sum((pair.their_sums.cost for pair in both), Fraction(0))
    by_rate = sum((pair.by_rate.cost for pair in both), Fraction(0))
    over = sum(abs(pair.by_rate.cost) > allowed for pair in both)
    what = "cost of the same calls, ours for the bill's time"
    return Asked(COSTS, what, billed - by_rate, billed, allowed, path.currency, not over, over)


def _passed(path: Walk) -> str:
    """What the threshold has passed: the largest of the calls on one side, the durations and the costs. Of
    calls that no rate covers neither time nor cost is asked where the bill has no prices."""
    if not path.by_call:
        return MISSING if path.sides.ours.calls != path.sides.theirs.calls else DURATION
    return max((MISSING, DURATION, RATING), key=lambda kind: _size(path.part(kind)[1]))


def _end(path: Walk, kind: str) -> None:
    """The issue, and the calls behind it by the size of their difference."""
    path.kind = kind
    if not path.by_call:
        return
    part = PARTS[kind]
    calls = [pair for pair in path.pairs if part(pair)]
    calls.sort(key=lambda pair: (*(-size for size in _size(part(pair))), _in_order(pair)))
    if path.hour is not None:
        calls.sort(key=lambda pair: pair.started_at.hour != path.hour)
    path.call, path.largest = next(iter(calls), None), calls[:MOST_SHOWN]
    others = [pair.other for pair in path.of_hour]
    if kind == MISSING and others and all(other and not other.is_billed for other in others):
        path.kind = STATUS
    if kind == RATING and calls and all(pair.is_pending for pair in calls):
        path.kind = PENDING


def _size(measure: Measure) -> tuple[Fraction, Fraction, int]:
    """By amount, then by time, then by calls."""
    return abs(measure.cost), abs(measure.minutes), abs(measure.calls)


def _in_order(pair: CallPair) -> tuple[object, ...]:
    place = pair.call.place
    return pair.started_at, place.file, place.row
