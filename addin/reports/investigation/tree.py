"""The decision tree with its figures: every box, and whether the path led through it."""

from __future__ import annotations

from fractions import Fraction

from addin.investigation.questions import CONNECTED, COSTS, DURATIONS, Asked
from addin.investigation.sums import Sides
from addin.investigation.walk import DURATION, MISSING, NOTHING, PENDING, RATING, STATUS, Walk
from addin.reconcile.measure import MS_PER_MINUTE, printed
from addin.reconcile.period import Period
from addin.reconcile.wording import amount, calls, figure, minutes, signed
from addin.reports.investigation.data import Box

START, DAY_BOX, Q_CALLS, Q_DURATIONS, Q_COSTS = "start", "day", "calls?", "durations?", "costs?"
MISSING_BOX, HOUR_BOX, DIFF_BOX = "missing", "hour", "diff"
DURATION_BOX, DURATION_CALL, RATING_BOX, RATING_CALL = "duration", "duration call", "rating", "rating call"
WITHIN_BOX, NOTHING_BOX = "within", "nothing"


def tree_of(path: Walk, period: Period) -> tuple[Box, ...]:
    """The boxes in the order of a reader, each with what was found there."""
    missing = path.kind in (MISSING, STATUS) and not path.is_within
    duration = path.kind == DURATION and not path.is_within
    rating = path.kind in (RATING, PENDING)
    return (
        Box(DAY_BOX, "The day that differs most (UTC)", _day(path, period), True),
        Box(NOTHING_BOX, "Nothing differs", _nothing(path), path.kind == NOTHING),
        Box(Q_CALLS, CONNECTED, _asked(path.connected), path.connected is not None),
        Box(MISSING_BOX, "Some calls are missing", _missing(path) if missing else "", missing),
        Box(HOUR_BOX, "Narrow it to an hour", _hour(path), missing and path.hour is not None),
        Box(DIFF_BOX, "Diff the records", _diff(path) if missing else "", missing and path.by_call),
        Box(Q_DURATIONS, DURATIONS, _durations(path.durations), bool(path.durations)),
        Box(DURATION_BOX, "Duration issue", _part(path, DURATION) if duration else "", duration),
        Box(DURATION_CALL, "The single call", _call(path) if duration else "", duration and path.by_call),
        Box(Q_COSTS, COSTS, _costs(path), path.costs is not None),
        Box(
            RATING_BOX,
            "Prices are pending" if path.kind == PENDING else "Rating issue",
            _part(path, RATING) if rating else "",
            rating,
        ),
        Box(RATING_CALL, "The single call", _call(path) if rating else "", rating and path.by_call),
        Box(WITHIN_BOX, "Within the threshold", _within(path) if path.is_within else "", path.is_within),
    )


def _nothing(path: Walk) -> str:
    return "The two sides agree within the tolerance." if path.kind == NOTHING else ""


def _day(path: Walk, period: Period) -> str:
    if path.isolated is None:
        if path.kind == NOTHING:
            return "No day differs beyond the tolerance."
        return f"No daily records: {period} as a whole.\n{_sides(path.sides, path)}"
    return f"{path.isolated.day}, by {path.isolated.measure}\n{_sides(path.sides, path)}"


def _sides(sides: Sides, path: Walk) -> str:
    if path.costs_compared:
        ours, theirs = (amount(one.cost, path.currency) for one in (sides.ours, sides.theirs))
    else:
        ours, theirs = (
            minutes(Fraction(one.billed_ms) / MS_PER_MINUTE) for one in (sides.ours, sides.theirs)
        )
    return f"Ours {ours}, theirs {theirs}\n{_variance(path)}"


def _variance(path: Walk) -> str:
    return signed(path.sides.variance(path.costs_compared), path.currency, path.costs_compared)


def _asked(asked: Asked | None) -> str:
    if asked is None:
        return ""
    ours, theirs, allowed = (
        _figure(value, asked.unit) for value in (asked.ours, asked.theirs, asked.allowed)
    )
    return f"Ours {ours}, theirs {theirs}; may differ by {allowed}"


def _figure(value: Fraction, unit: str) -> str:
    if unit == "calls":
        return figure(value)
    if unit == "min":
        return f"{printed(value, 4):,f} min"
    return f"{figure(value)} {unit}".rstrip()


def _durations(asked: list[Asked]) -> str:
    return "\n".join(f"{one.what.split()[0].capitalize()}: {_asked(one)}" for one in asked)


def _costs(path: Walk) -> str:
    asked = path.costs
    if asked is None:
        return ""
    ours, theirs = (_figure(value, asked.unit) for value in (asked.ours, asked.theirs))
    if not path.by_call:
        return _asked(asked)
    each = _figure(asked.allowed, asked.unit)
    return f"Ours for their time {ours}, theirs {theirs}; {calls(asked.differing)} beyond {each} each"


def _missing(path: Walk) -> str:
    if not path.by_call:
        return _variance(path)
    lacking = sum(pair.theirs is None for pair in path.single)
    extra = len(path.single) - lacking
    return f"Only in our log: {calls(lacking)}\nOnly on the bill: {calls(extra)}"


def _hour(path: Walk) -> str:
    if path.hour is None:
        return ""
    sides = path.hours[path.hour]
    found = f"Ours {calls(sides.ours.calls)}, theirs {sides.theirs.calls:,}"
    return f"{path.hour:02}:00 to {path.hour:02}:59 UTC\n{found}"


def _diff(path: Walk) -> str:
    if not path.by_call:
        return ""
    said = [f"{calls(len(path.of_hour))} on one side only"]
    if path.call is not None:
        said.append(f"The largest: {_name(path)}")
    return "\n".join(said)


def _part(path: Walk, kind: str) -> str:
    if not path.by_call:
        return _variance(path)
    count, part = path.part(kind)
    return f"{calls(count)}\n{signed(part, path.currency, path.costs_compared)}"


def _call(path: Walk) -> str:
    if path.call is None:
        return ""
    difference = signed(path.call.variance, path.currency, path.costs_compared)
    return f"{_name(path)}\n{difference}"


def _name(path: Walk) -> str:
    assert path.call is not None
    call = path.call.call
    return call.call_id or str(call.place)


def _within(path: Walk) -> str:
    what = "a few calls on one side only" if path.kind in (MISSING, STATUS) else "a few durations"
    kind = DURATION if path.kind == DURATION else MISSING
    return f"The difference comes from {what}\n{_part(path, kind)}"
