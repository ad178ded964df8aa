"""What a pattern of differences usually means, said only where the figures fit it exactly."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from addin.reconcile.compare import Comparison
from addin.reconcile.lines import EXPECTED, REMOVED, LogLine
from addin.reconcile.measure import Measure
from addin.reconcile.period import Month
from addin.reconcile.wording import calls, listed

_HALF_HOUR = timedelta(minutes=30)
_FURTHEST_SHIFT = 28  # half hours: no zone is more than 14 hours from UTC
_LIKELY = {
    "duplicates": "the bill counts copies of a call, or two calls share an id in the log",
    "outside the month": "the bill takes the month in another time zone or by another moment than the start",
    "not billed": "the bill charges unanswered calls",
    "unknown status": "the calls with an unknown status are billed",
    "unrated": "the calls that no row of the rate card covers are billed",
}


def read_patterns(
    log: Sequence[LogLine], comparison: Comparison, month: Month, unreadable: int, currency: str
) -> list[str]:
    """Sentences for the sheet and the notes, for one currency; empty where no pattern fits."""
    pairs = {unit: pair for (unit, its), pair in comparison.categories.items() if its == currency}
    total = sum((pair.variance for pair in pairs.values()), Measure())
    if not any(pair.variance for pair in pairs.values()):
        shift = _shift(log, comparison, month, currency)
        return [shift] if shift else []
    found = [
        _last_day(comparison, month, currency),
        _shift(log, comparison, month, currency),
        _swapped({unit: pair.variance for unit, pair in pairs.items()}),
        _account(log, total, currency),
        *(_step(log, step, total, currency) for step in REMOVED),
        _unreadable(total, unreadable),
        _same_calls(total),
    ]
    return [sentence for sentence in found if sentence]


def _day_variances(comparison: Comparison, currency: str) -> dict[datetime, Measure]:
    days: dict[datetime, Measure] = {}
    for (day, _, its), pair in comparison.days.items():
        if its == currency:
            key = datetime(day.year, day.month, day.day, tzinfo=UTC)
            days[key] = days.get(key, Measure()) + pair.variance
    return days


def _last_day(comparison: Comparison, month: Month, currency: str) -> str:
    days = _day_variances(comparison, currency)
    different = [day.date() for day, variance in days.items() if variance]
    if different != [month.last_day]:
        return ""
    return (
        f"All of it is on the last day, {month.last_day}: usually an export with '<= {month.last_day}' as "
        f"its end, which stops at that day's midnight. Export with '< {month.next_first_day}'."
    )


def _shift(log: Sequence[LogLine], comparison: Comparison, month: Month, currency: str) -> str:
    """Would every day agree if all starts were some half hours earlier or later?"""
    days = _day_variances(comparison, currency)
    if sum(1 for variance in days.values() if variance) < 2:
        return ""
    billed = Counter[datetime]()
    for (day, _, its), pair in comparison.days.items():
        if its == currency:
            billed[datetime(day.year, day.month, day.day, tzinfo=UTC)] += pair.billed.calls
    slots = Counter[datetime]()
    for line in log:
        if line.currency == currency and line.call.is_billed and line.step in (EXPECTED, "outside the month"):
            start = line.call.started_at
            slots[start.replace(minute=start.minute // 30 * 30, second=0, microsecond=0)] += 1
    for shift in sorted(range(-_FURTHEST_SHIFT, _FURTHEST_SHIFT + 1), key=abs):
        moved = Counter[datetime]()
        for slot, count in slots.items():
            day = (slot + shift * _HALF_HOUR).replace(hour=0, minute=0)
            if month.contains(day):
                moved[day] += count
        if shift and +moved == +billed:
            return (
                f"Every day agrees if the log's starts are moved by {shift / 2:+g} h: usually a time zone. "
                "Say the log's zone with --time-zone."
            )
    return ""


def _swapped(variances: dict[str, Measure]) -> str:
    voice, client = variances.get("calls"), variances.get("calls-client")
    if voice and client and (voice.calls, voice.ms) == (-client.calls, -client.ms):
        return "Calls and client calls differ by the same amount: usually client calls counted as calls."
    return ""


def _account(log: Sequence[LogLine], total: Measure, currency: str) -> str:
    """The scope of an export: a subaccount that one side leaves out."""
    accounts: dict[str, Measure] = {}
    for line in log:
        if line.step == EXPECTED and line.currency == currency and line.call.account:
            accounts.setdefault(line.call.account, Measure()).add(1, line.expected_ms, line.expected_cost)
    missing = [name for name, its in accounts.items() if (its.calls, its.ms) == (-total.calls, -total.ms)]
    if len(accounts) < 2 or not missing:
        return ""
    return (
        f"The difference is exactly account {listed(missing)}: usually an export whose scope leaves it out."
    )


def _step(log: Sequence[LogLine], step: str, total: Measure, currency: str) -> str:
    """The difference is exactly what a step took away."""
    removed = Measure()
    for line in log:
        if line.step == step and line.currency == currency:
            removed.add(1, line.terms.billed_ms(line.call.duration_ms), None)
    if not removed.calls or (removed.calls, removed.ms) != (total.calls, total.ms):
        return ""
    return f"The difference is exactly the {calls(removed.calls)} of step '{step}': perhaps {_LIKELY[step]}."


def _unreadable(total: Measure, unreadable: int) -> str:
    if not unreadable or not 0 < total.calls <= unreadable:
        return ""
    rows = "row" if unreadable == 1 else "rows"
    return f"The bill has {calls(total.calls)} more, and {unreadable} {rows} could not be read."


def _same_calls(total: Measure) -> str:
    if total.calls:
        return ""
    if total.ms:
        return "The calls agree in number but not in minutes: usually another minimum or increment."
    if total.cost:
        return "Calls and minutes agree, the cost does not: usually another rate, or prices that came late."
    return ""
