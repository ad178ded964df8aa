"""Which usage records make the provider's total: no parent with its child, no month with its days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise

from addin.errors import TollsheetError
from addin.reconcile.lines import UsageLine
from addin.reconcile.period import Month
from addin.records.call import UsageRecord

CALLS = "calls"
CLIENT = "calls-client"
INBOUND = "calls-inbound"
OUTBOUND = "calls-outbound"

_MINUTES = {"", "minute", "minutes", "min", "mins"}
Key = tuple[str, str, str]
"""Account, unit and currency: sums of different keys are never alternatives of each other."""


def choose(records: Sequence[UsageRecord], month: Month) -> list[UsageLine]:
    """Decide for every record whether it counts, in which category, and why not.

    `calls` already holds `calls-inbound` and `calls-outbound`, which hold their local, mobile and toll-free
    children: the children count only where no parent is given. Client calls are a sum of their own.
    """
    lines = [UsageLine(record) for record in records]
    _leave_out_other_periods(lines, month)
    _leave_out_copies(lines)
    _set_units(lines)
    for spans in _by_key(line for line in lines if line.unit).values():
        _choose_spans(spans, month)
    return lines


def _leave_out_other_periods(lines: list[UsageLine], month: Month) -> None:
    for line in lines:
        record = line.record
        if record.end_on < month.first_day or record.start_on > month.last_day:
            line.reason = "outside the month"
        elif record.start_on < month.first_day or record.end_on > month.last_day:
            line.reason = "crosses the month"


def _leave_out_copies(lines: list[UsageLine]) -> None:
    latest: dict[tuple[object, ...], UsageLine] = {}
    for line in lines:
        if line.reason:
            continue
        record = line.record
        key = (record.account, record.category, record.start_on, record.end_on, record.currency)
        other = latest.get(key)
        if other is None:
            latest[key] = line
        elif record.as_of and (other.record.as_of is None or record.as_of > other.record.as_of):
            other.reason = "copy"
            latest[key] = line
        else:
            line.reason = "copy"


def _set_units(lines: list[UsageLine]) -> None:
    """Take the highest sums that are given, category by category."""
    open_lines = [line for line in lines if not line.reason]
    given = {line.record.category for line in open_lines}
    named = any(_is_call_category(category) for category in given)
    for line in open_lines:
        category = line.record.category
        if line.record.unit.casefold() not in _MINUTES:
            line.reason = "not call minutes"
        elif not named and line.record.provider != "twilio":
            line.unit = CALLS
        elif category in (CALLS, CLIENT):
            line.unit = category
        elif category.startswith((INBOUND, OUTBOUND)):
            parent = INBOUND if category.startswith(INBOUND) else OUTBOUND
            if CALLS in given:
                line.reason = f"contained in {CALLS}"
            elif category != parent and parent in given:
                line.reason = f"contained in {parent}"
            else:
                line.unit = parent
        else:
            line.reason = "not call minutes"


def concerns_calls(record: UsageRecord) -> bool:
    """Whether a record sums call minutes (other usage, such as messages, is of no concern here)."""
    in_minutes = record.unit.casefold() in _MINUTES
    return in_minutes and (_is_call_category(record.category) or record.provider != "twilio")


def _is_call_category(category: str) -> bool:
    return category in (CALLS, CLIENT) or category.startswith((INBOUND, OUTBOUND))


def _by_key(lines: Iterable[UsageLine]) -> dict[Key, list[UsageLine]]:
    grouped: dict[Key, list[UsageLine]] = defaultdict(list)
    for line in lines:
        grouped[line.record.account, line.unit, line.record.currency].append(line)
    return grouped


def _choose_spans(lines: list[UsageLine], month: Month) -> None:
    """The month's own record makes the total, else the days, else spans that do not overlap."""
    whole = [line for line in lines if _span(line) == (month.first_day, month.last_day)]
    days = [line for line in lines if line.record.start_on == line.record.end_on]
    for line in days:
        line.in_days = True
    total = whole or days or lines
    for line in total:
        line.in_total = True
    for line in lines:
        if not line.in_total:
            line.reason = "compared by day" if line.in_days else f"contained in the {'month' if whole else 'days'}"
    if total is lines:
        _refuse_overlaps(lines)


def _refuse_overlaps(lines: list[UsageLine]) -> None:
    """Children of one parent (local, mobile) may share a span; two spans of one category may not overlap."""
    by_category: dict[str, list[UsageLine]] = defaultdict(list)
    for line in lines:
        by_category[line.record.category].append(line)
    for spans in by_category.values():
        spans.sort(key=_span)
        for earlier, later in pairwise(spans):
            if later.record.start_on <= earlier.record.end_on:
                raise TollsheetError(
                    f"Usage of {earlier.record.category} at {earlier.record.place} and {later.record.place} "
                    "covers the same days twice",
                    "Give the month's record, or one record for each day.",
                )


def _span(line: UsageLine) -> tuple[date, date]:
    return line.record.start_on, line.record.end_on


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
