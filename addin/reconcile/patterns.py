"""What a pattern of differences usually means, said only where the figures fit it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from addin.reconcile.bridge import usage_currency, usage_of
from addin.reconcile.compare import Comparison
from addin.reconcile.lines import EXPECTED, OUTSIDE, REMOVED, UsageLine
from addin.reconcile.log_lines import HALF_HOUR, LogLines
from addin.reconcile.measure import Measure
from addin.reconcile.period import Period, midnight
from addin.reconcile.wording import calls, listed

_SAY_ZONE = "Say the time zone of the log; where a format is UTC by definition, in a column mapping."
_FURTHEST_SHIFT = 28  # half hours: no zone is more than 14 hours from UTC
_NEAR = timedelta(days=2)
"""From the month: no shift moves a call over it. The last day that a date can have cannot be moved at all."""
_SOME_DAYS, _MANY_DAYS, _FEWER = 2, 8, 4
"""A shift is worth saying if some days differ and it leaves none, or of many at most a quarter."""
LIKELY = {
    "duplicates": "the bill counts copies of a call, or two calls share an id in the log",
    "outside the month": "the bill takes the month in another time zone or by another moment than the start",
    "not billed": "the bill charges unanswered calls",
    "unknown status": "the calls with an unknown status are billed",
    "unrated": "the calls that no row of the rate card covers are billed",
}
"""By the step at which calls leave: what a bill has done that has exactly these calls more."""


def read_patterns(
    log: LogLines,
    usage: Sequence[UsageLine],
    comparison: Comparison,
    month: Period,
    currencies: Sequence[str],
    currency: str,
) -> list[str]:
    """Sentences for the sheet and the notes, for one currency; empty where no pattern fits."""
    pairs = {unit: pair for (unit, its), pair in comparison.categories.items() if its == currency}
    shift = _shift(log, comparison, month, currency)
    if not any(pair.variance for pair in pairs.values()):
        return [shift] if shift else []
    total = sum((pair.variance for pair in pairs.values()), Measure())
    accounts: dict[str, Measure] = {}
    for line in usage:
        if line.in_total and usage_currency(line, currencies) == currency:
            accounts.setdefault(line.record.account, Measure()).plus(usage_of(line))
    found = [
        _edges(log, comparison, month, total, currency),
        shift,
        _swapped({unit: pair.variance for unit, pair in pairs.items()}),
        _account(log, accounts, total, currency),
        *_steps(log, total, currency),
        _same_calls(total),
    ]
    return [sentence for sentence in found if sentence]


def day_variances(comparison: Comparison, currency: str) -> dict[date, Measure]:
    """The variance of each day over all categories."""
    days: dict[date, Measure] = {}
    for (day, _, its), pair in comparison.days.items():
        if its == currency:
            days[day] = days.get(day, Measure()) + pair.variance
    return days


def _edges(log: LogLines, comparison: Comparison, month: Period, total: Measure, currency: str) -> str:
    """Calls that the log lacks at the month's ends, because it begins late or stops short of them."""
    ends = log.ends()
    different = {day: its for day, its in day_variances(comparison, currency).items() if its}
    has_days = bool(comparison.days)
    if total.calls <= 0 or ends is None or any(its.calls <= 0 for its in different.values()):
        return ""
    if has_days and not different.keys() <= {month.first_day, month.last_day}:
        return ""
    first, last, end = (midnight(day) for day in (month.first_day, month.last_day, month.next_first_day))
    first_at, last_at = ends
    if last_at < last and (list(different) == [month.last_day] or _stops_at(last_at, last, has_days)):
        seen = f"All of it is on the last day, {month.last_day}" if has_days else "The bill has more calls"
        return (
            f"{seen}, and the log has no call on {month.last_day}: usually an export with "
            f"'<= {month.last_day}' as its end, which stops at that day's midnight. Export with "
            f"'< {month.next_first_day}'."
        )

    def is_short(gap: timedelta, day: date) -> bool:
        """No zone is further from UTC, and a pause as long as others says nothing."""
        if has_days:
            return day in different
        pause = log.longest_pause()
        return pause < gap <= pause + _FURTHEST_SHIFT * HALF_HOUR

    said = []
    if first_at >= first and is_short(first_at - first, month.first_day):
        said.append(f"begins at {first_at:%Y-%m-%d %H:%M}")
    if last_at < end and is_short(end - last_at, month.last_day):
        said.append(f"ends at {last_at:%Y-%m-%d %H:%M}")
    if not said:
        return ""
    return (
        f"The log {listed(said)} UTC, and the bill has more calls: usually an export of the month in local "
        "time. Export a day more at both ends; what is outside the month in UTC is left out."
    )


def _stops_at(latest: datetime, last: datetime, has_days: bool) -> bool:
    return not has_days and latest >= last - timedelta(days=1)


def _shift(log: LogLines, comparison: Comparison, month: Period, currency: str) -> str:
    """Would the days agree if all starts were some half hours earlier or later?"""
    billed = Counter[date]()
    for (day, _, its), pair in comparison.days.items():
        if its == currency:
            billed[day] += pair.billed.calls
    slots = log.select(
        lambda line: (
            line.currency == currency and bool(line.call.is_billed) and line.step in (EXPECTED, OUTSIDE)
        )
    ).slots()

    near = {
        slot: count
        for slot, count in slots.items()
        if month.first_day - slot.date() <= _NEAR and slot.date() - month.next_first_day <= _NEAR
    }

    def different_days(shift: int) -> int:
        moved = Counter[date]()
        for slot, count in near.items():
            moved[(slot + shift * HALF_HOUR).date()] += count
        return sum(1 for day in month.days() if moved[day] != billed[day])

    now = different_days(0)
    if now < _SOME_DAYS or not comparison.days:
        return ""
    shifts = sorted(range(-_FURTHEST_SHIFT, _FURTHEST_SHIFT + 1), key=abs)
    best = min(shifts, key=different_days)
    left = different_days(best)
    if left and (now < _MANY_DAYS or left * _FEWER > now):
        return ""
    agree = "Every day agrees" if not left else f"Only {left} instead of {now} days differ"
    return f"{agree} if the log's starts are moved by {best / 2:+g} h: usually a time zone. {_SAY_ZONE}"


def _swapped(variances: dict[str, Measure]) -> str:
    voice, client = variances.get("calls"), variances.get("calls-client")
    if voice and client and voice.ms and (voice.calls, voice.ms) == (-client.calls, -client.ms):
        return "Calls and client calls differ by the same amount: usually client calls counted as calls."
    return ""


def _account(log: LogLines, billed: dict[str, Measure], total: Measure, currency: str) -> str:
    """The scope of an export: a subaccount that one side leaves out."""
    expected = log.totals(
        lambda line: line.call.account if line.step == EXPECTED and line.currency == currency else None
    )
    for side, here, other, sign in (("bill", billed, expected, -1), ("log", expected, billed, 1)):
        alike = [
            name
            for name, its in other.items()
            if name and (its.calls, its.ms) == (sign * total.calls, sign * total.ms)
        ]
        if alike and len(other) > 1:
            if any(here.get(name) for name in alike):
                return (
                    f"The difference is exactly account {listed(alike)}, which both sides hold: perhaps the "
                    f"{'bill' if side == 'log' else 'log'} has it twice, as an account of its own and within "
                    "its parent's."
                )
            return (
                f"The difference is exactly account {listed(alike)}: "
                f"usually an export of the {side} whose scope leaves it out."
            )
    return ""


def _steps(log: LogLines, total: Measure, currency: str) -> Iterator[str]:
    """The difference is exactly what a step took away."""
    left = log.select(lambda line: line.step in REMOVED and line.currency == currency)
    by_step = left.totals(
        lambda line: line.step, lambda line: Measure(1, line.terms.billed_ms(line.call.duration_ms))
    )
    for step in REMOVED:
        its = by_step.get(step)
        if its is not None and (its.calls, its.ms) == (total.calls, total.ms):
            told = f"The difference is exactly the {calls(its.calls)} of step '{step}'"
            yield f"{told}: perhaps {LIKELY[step]}."


def _same_calls(total: Measure) -> str:
    if total.calls:
        return ""
    if total.ms:
        return "The calls agree in number but not in minutes: usually another minimum or increment."
    if total.cost:
        return "Calls and minutes agree, the cost does not: usually another rate, or prices that came late."
    return ""
