"""The sentences of a path: its conclusion, what must not be hidden by it, and what to ask for."""

from __future__ import annotations

from fractions import Fraction

from addin.investigation.day import AMOUNT
from addin.investigation.pairs import CallPair
from addin.investigation.walk import (
    DURATION,
    MISSING,
    MOST_SHOWN,
    NOTHING,
    PENDING,
    RATING,
    STATUS,
    Walk,
)
from addin.reconcile.measure import Measure
from addin.reconcile.period import Period
from addin.reconcile.reconciliation import Reconciliation
from addin.reconcile.unread import by_day
from addin.reconcile.wording import amount, calls, counted, listed, minutes, signed

_OTHERS = {
    MISSING: "on one side only",
    DURATION: "with another duration on the two sides",
    RATING: "with another cost for the same time",
}


def headline(path: Walk, period: Period) -> str:
    """The conclusion."""
    if path.kind == NOTHING:
        what = "connected calls, billed minutes and cost" if path.costs_compared else "calls and minutes"
        units = "every day" if path.days else "the period as a whole"
        but = ", but for credits" if path.credits else ""
        return f"Nothing differs beyond the tolerance{but}: {what} agree on {units}."
    sentence = f"{_where(path, period)}: {_cause(path)}"
    if path.is_within:
        sentence += " The threshold passes it at the questions, but it is what the difference comes from."
    return sentence


def _where(path: Walk, period: Period) -> str:
    return f"{path.isolated.day} (UTC)" if path.isolated else str(period)


def _cause(path: Walk) -> str:
    if path.kind in (MISSING, STATUS):
        return _of_missing(path)
    if path.kind == DURATION:
        return _of_durations(path)
    if path.kind == PENDING:
        count = sum(pair.is_pending for pair in path.pairs)
        return f"{calls(count)} of both sides have no price on one of them yet: {_part(path, RATING)}."
    if not path.by_call:
        difference = signed(path.sides.variance(True), path.currency)
        return f"calls and minutes roughly match, the cost does not: {difference}."
    count, _ = path.part(RATING)
    without = sum(_is_unrated(pair) for pair in path.pairs)
    text = f"calls and durations roughly match, but {calls(count)} {_is(count)} billed "
    text += "without a rate of ours" if without == count else "at another price for the same time"
    text += f": {_part(path, RATING)}."
    if 0 < without < count:
        text += f" No row of our rate card covers {without:,} of them."
    return text


def _is_unrated(pair: CallPair) -> bool:
    """A call of both sides that no row of the rate card covers."""
    return not pair.is_single and not pair.is_rated


def _of_missing(path: Walk) -> str:
    ours, theirs = path.sides.ours.calls, path.sides.theirs.calls
    if not path.by_call:
        lack = "the bill has fewer" if theirs < ours else "the bill has more"
        return f"{lack}: {calls(ours)} of ours, {theirs:,} of the bill."
    lacking = sum(pair.theirs is None for pair in path.single)
    extra = len(path.single) - lacking
    said = []
    if path.kind == STATUS:
        if lacking:
            said.append(f"{calls(lacking)} connected in our log but not billed as such by the provider")
        if extra:
            said.append(f"{calls(extra)} billed that our log does not have as connected")
    else:
        if lacking:
            said.append(f"{calls(lacking)} of our log {_is(lacking)} not on the bill")
        if extra:
            said.append(f"{calls(extra)} of the bill {_is(extra)} not in our log")
    text = listed(said)
    if path.hour is not None:
        some = "" if len(path.of_hour) == len(path.single) else f"; {len(path.of_hour):,} of them"
        text += f"{some} from {path.hour:02}:00 to {path.hour:02}:59 UTC"
    return f"{text}: {_part(path, MISSING)}."


def _is(count: int) -> str:
    return "is" if count == 1 else "are"


def _of_durations(path: Walk) -> str:
    if not path.by_call:
        asked = path.durations[0]
        return (
            f"the connected calls roughly match, the minutes do not: {minutes(asked.ours)} of ours, "
            f"{minutes(asked.theirs)} on the bill."
        )
    count, _ = path.part(DURATION)
    text = f"the connected calls roughly match, but {calls(count)} {_is(count)} billed for another time: "
    text += f"{_part(path, DURATION)}."
    talked, billed = path.durations
    if not talked.difference and billed.difference:
        text += " The time talked is the same on both sides: usually another minimum or increment."
    return text


def _part(path: Walk, kind: str) -> str:
    return signed(path.part(kind)[1], path.currency, path.costs_compared)


def notes(path: Walk, result: Reconciliation) -> tuple[str, ...]:
    """The other parts of the day's difference, which the path passes by; and what could not be asked."""
    found = [*_unread(path, result), *_credits(path)]
    if path.isolated and path.isolated.is_small:
        found.append("No day by itself differs beyond the tolerance, all together do: the largest was taken.")
    elif path.isolated and path.isolated.measure != AMOUNT and path.costs_compared:
        found.append(f"The amount agrees on every day; the day was found by {path.isolated.measure}.")
    if path.by_call and path.differs:
        if any(asked.is_harmless for asked in path.durations):
            talked = minutes(path.durations[0].difference)
            found.append(f"The time talked differs by {talked}, which is billed as the same time.")
        own = MISSING if path.kind == STATUS else RATING if path.kind == PENDING else path.kind
        for kind, words in _OTHERS.items():
            count, part = path.part(kind)
            if kind != own and count:
                found.append(f"Besides, {calls(count)} {words}: {_signed(part, path)}.")
    if path.differs and not path.days:
        found.append(
            "The bill has no daily records, so that the period could be compared as a whole only: no day "
            "can be told."
        )
    elif path.differs and not path.by_call:
        found.append("Usage records name no calls: the path ends at the day, without hour and single call.")
    if path.differs and not path.costs_compared:
        found.append("A side has no prices: the day was found by minutes, and costs could not be asked.")
    if path.differs and path.by_call and path.isolated:
        found += _other_days(path, result)
    return tuple(found)


def _unread(path: Walk, result: Reconciliation) -> list[str]:
    """Rows that could not be read and that may be what differs."""
    found = []
    if its := [pair for pair in path.single if pair.unread]:
        rows = "a row" if len(its) == 1 else "rows"
        found.append(
            f"Of these, {calls(len(its))} {_is(len(its))} on the other side too, in {rows} that could not be "
            f"read, the first at {its[0].unread}."
        )
    elif path.isolated and (said := by_day(result.findings).get(path.isolated.day)):
        found.append(said)
    return found


def _credits(path: Walk) -> list[str]:
    """The bill's credits that belong to no call on it, each with its row."""
    found = []
    for pair in path.credits[:MOST_SHOWN]:
        cost = amount(pair.their_sums.cost, path.currency)
        name = f" ({pair.call.call_id})" if pair.call.call_id else ""
        found.append(
            f"A credit of {pair.day}, {cost} at {pair.call.place}{name}: no connected call, and not what the "
            "path looks for. The cost of its day includes it."
        )
    if rest := path.credits[MOST_SHOWN:]:
        cost = amount(sum((pair.their_sums.cost for pair in rest), Fraction(0)), path.currency)
        found.append(f"{counted(len(rest), 'more credit')}, {cost} in all: the sheet Days includes them.")
    return found


def _signed(part: Measure, path: Walk) -> str:
    return signed(part, path.currency, path.costs_compared)


def _other_days(path: Walk, result: Reconciliation) -> list[str]:
    """That the day is one of several: the issue found may not be the only one."""
    assert path.isolated is not None
    tolerance = result.question.tolerance
    others = [
        day
        for day, sides in path.days.items()
        if day != path.isolated.day
        and (tolerance.exceeded_by(sides.of_calls(path.costs_compared)) or sides.single)
    ]
    if not others:
        return ["No other day of the period differs."]
    few = f": {listed([str(day) for day in others])}" if len(others) <= 5 else ""
    count = "1 other day differs" if len(others) == 1 else f"{len(others)} other days differ"
    return [f"{count} too{few}."]


def to_ask(path: Walk, period: Period, result: Reconciliation) -> str:
    """What to ask the provider for."""
    if path.kind == NOTHING:
        return ""
    if _unread(path, result):
        return "Do not send this yet: correct what is left out, then run again. It may be what differs."
    where = _where(path, period)
    if not path.days:
        return f"Ask for the call records (CDRs) of {where}, or for daily usage records in UTC."
    if not path.by_call:
        return f"Ask for the call records (CDRs) of {where}: only they show which calls differ."
    if path.kind in (MISSING, STATUS):
        alone = path.of_hour
        if all(pair.theirs is None for pair in alone):
            return "Ask for the records of these calls, or for the reason why they were not billed."
        if all(pair.ours is None for pair in alone):
            return "Ask for evidence that these calls were connected and are ours, or for a credit."
        return "Ask for the records of these calls on the other side, one by one."
    if path.kind == DURATION:
        return "Ask by which start, end, minimum and increment these calls were billed."
    if path.kind == PENDING:
        return "Export again once all calls are rated."
    if path.call is not None and _is_unrated(path.call):
        return "Ask for the agreed rate of this number: no row of our rate card covers it."
    return "Ask for the rate, its prefix and its first day by which these calls were billed."
