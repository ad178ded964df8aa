"""Which usage records make the provider's total: no parent with its child, no month with its days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from addin.errors import TollsheetError
from addin.reconcile.bridge import usage_of
from addin.reconcile.lines import UsageLine
from addin.reconcile.period import Period
from addin.records.call import UsageRecord

CALLS = "calls"
CLIENT = "calls-client"
INBOUND = "calls-inbound"
OUTBOUND = "calls-outbound"

COPY = "copy"
OUTSIDE_MONTH = "outside the month"
CROSSES = "crosses the month"

_MINUTES = {"", "minute", "minutes", "min", "mins"}


def choose(records: Sequence[UsageRecord], month: Period) -> list[UsageLine]:
    """Decide for every record whether it counts, in which category, and why not.

    `calls` already holds `calls-inbound` and `calls-outbound`, which hold their local, mobile and toll-free
    children: the children count only where the account has no record of a parent. Client calls are a sum of
    their own.
    """
    lines = [UsageLine(record) for record in _named(records)]
    _leave_out_other_periods(lines, month)
    _leave_out_copies(lines)
    _set_units(lines)
    _refuse_unnamed(lines)
    by_unit: dict[str, list[bool]] = defaultdict(list)
    for spans in _by_sum(line for line in lines if line.unit).values():
        by_unit[spans[0].unit].append(_choose_spans(spans, month))
    for line in lines:
        line.in_days = line.in_days and all(by_unit[line.unit])
    return lines


def _named(records: Sequence[UsageRecord]) -> list[UsageRecord]:
    """A blank account or currency is the only one that the others name: one file may leave it out that
    another has, and their sums must not be taken for two."""
    accounts = {record.account for record in records if record.account}
    currencies = {record.currency for record in records if record.currency}
    account = accounts.pop() if len(accounts) == 1 else ""
    currency = currencies.pop() if len(currencies) == 1 else ""
    return [
        record
        if (record.account or not account) and (record.currency or not currency)
        else replace(record, account=record.account or account, currency=record.currency or currency)
        for record in records
    ]


def _refuse_unnamed(lines: Sequence[UsageLine]) -> None:
    """Where several accounts are named, a sum without one may hold theirs: it cannot stand beside them."""
    named = [line.record for line in lines if line.unit and line.record.account]
    for line in lines:
        own = line.record
        if line.unit and not own.account:
            for other in named:
                if other.category == own.category and _overlap(own, other):
                    raise TollsheetError(
                        f"Usage of {own.category} at {own.place} names no account, and that at {other.place} "
                        f"is account {other.account}'s for some of the same days",
                        "Give files that all name their account, or none that does.",
                    )


def _overlap(one: UsageRecord, other: UsageRecord) -> bool:
    return one.start_on <= other.end_on and other.start_on <= one.end_on


def concerns_calls(record: UsageRecord) -> bool:
    """Whether a record sums call minutes (other usage, such as messages, is of no concern here)."""
    return _in_minutes(record) and (_is_call_category(record.category) or record.provider != "twilio")


def _in_minutes(record: UsageRecord) -> bool:
    return record.unit.casefold().rstrip(".") in _MINUTES


def _is_call_category(category: str) -> bool:
    return category in (CALLS, CLIENT) or category.startswith((INBOUND, OUTBOUND))


def _leave_out_other_periods(lines: list[UsageLine], month: Period) -> None:
    for line in lines:
        record = line.record
        if record.end_on < month.first_day or record.start_on > month.last_day:
            line.reason = OUTSIDE_MONTH
        elif record.start_on < month.first_day or record.end_on > month.last_day:
            line.reason = CROSSES


def _leave_out_copies(lines: list[UsageLine]) -> None:
    """One record for an account, category and span: the latest. Two that differ and do not say which is the
    later cannot both be right."""
    latest: dict[tuple[object, ...], UsageLine] = {}
    for line in lines:
        if line.reason:
            continue
        record = line.record
        key = (record.account, record.category, record.start_on, record.end_on, record.currency)
        other = latest.setdefault(key, line)
        if other is line:
            continue
        older, newer = (other, line) if _as_of(line) > _as_of(other) else (line, other)
        older.reason, latest[key] = COPY, newer
        if _figures(older) != _figures(newer) and _as_of(older) == _as_of(newer) and concerns_calls(record):
            raise TollsheetError(
                f"Usage of {record.category} from {record.start_on} to {record.end_on} is given twice with "
                f"different figures, at {other.record.place} and {record.place}",
                "Keep the right one.",
            )


def _as_of(line: UsageLine) -> float:
    return line.record.as_of.timestamp() if line.record.as_of else 0.0


def _figures(line: UsageLine) -> tuple[object, ...]:
    """Of minutes what they mean: one export writes more decimals of them than another."""
    return usage_of(line), line.record.cost


def _set_units(lines: list[UsageLine]) -> None:
    """Take the highest sums that an account has, category by category."""
    open_lines = [line for line in lines if not line.reason]
    given: dict[tuple[str, str], dict[str, set[date]]] = defaultdict(lambda: defaultdict(set))
    for line in open_lines:
        given[line.record.account, line.record.currency][line.record.category] |= line.record.days
    categories = set().union(*given.values())
    named = any(map(_is_call_category, categories))
    for line in open_lines:
        record = line.record
        its = given[record.account, record.currency]
        if not _in_minutes(record):
            line.reason = "not call minutes"
        elif not named and record.provider != "twilio":
            line.unit = CALLS
        elif record.category in (CALLS, CLIENT):
            line.unit = record.category
        elif _is_call_category(record.category):
            parent = INBOUND if record.category.startswith(INBOUND) else OUTBOUND
            above = [name for name in (CALLS, parent) if name in its and name != record.category]
            if holder := next((name for name in above if _holds(its[name], line, name)), ""):
                line.reason = f"contained in {holder}"
            else:
                line.unit = CALLS if CALLS in categories else parent
        else:
            line.reason = "not call minutes"


def _holds(days: set[date], line: UsageLine, name: str) -> bool:
    """Whether a parent category holds a child's record: it covers the same days, or none of them."""
    span, record = line.record.days, line.record
    if span & days and not span <= days:
        raise TollsheetError(
            f"Usage of {record.category} at {record.place} covers {record.start_on} to {record.end_on}, and "
            f"{name}, which contains it, only some of these days",
            "Give both for the same days, or one of them.",
        )
    return bool(span & days)


def _by_sum(lines: Iterable[UsageLine]) -> dict[tuple[str, str, str], list[UsageLine]]:
    """By account, category and currency: records of one such sum may overlap, those of two never do."""
    grouped: dict[tuple[str, str, str], list[UsageLine]] = defaultdict(list)
    for line in lines:
        grouped[line.record.account, line.record.category, line.record.currency].append(line)
    return grouped


def _choose_spans(lines: list[UsageLine], month: Period) -> bool:
    """The month's own record makes the total; else the shortest spans, which must not overlap.

    Gives whether the sum can be compared by day: it has daily records, and nothing but days or the month.
    """
    whole = [line for line in lines if _days(line) == len(month.days())]
    days = [line for line in lines if _days(line) == 1]
    covered: set[date] = set()
    for line in sorted(lines, key=lambda line: (line not in whole, _days(line))):
        record = line.record
        span = line.record.days
        if not span & covered:
            line.in_total = True
            covered |= span
        elif span <= covered:
            line.reason = "compared by day" if line in days else "contained in other records"
        else:
            raise TollsheetError(
                f"Usage of {record.category} at {record.place} covers some days that other records cover too",
                "Give the month's record, or one record for each day.",
            )
    for line in days:
        line.in_days = True
    return bool(days) and all(line in days for line in lines if line.in_total and line not in whole)


def _days(line: UsageLine) -> int:
    return (line.record.end_on - line.record.start_on).days + 1


def unit_of(category: str, direction: str, units: set[str]) -> str:
    """The unit in which a call of the log is compared, given the units of the bill.

    >>> unit_of("calls", "inbound", {"calls-inbound"})
    'calls-inbound'
    >>> unit_of("calls-client", "inbound", {"calls", "calls-client"})
    'calls-client'
    """
    if category == CALLS and CALLS not in units and units & {INBOUND, OUTBOUND}:
        return INBOUND if direction == "inbound" else OUTBOUND
    return category
