"""What the inputs leave open, in sentences: what was not read, not rated, not compared, or not looked at."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from addin.reconcile.bill_lines import BillLines
from addin.reconcile.expectation import LOG_PRICES
from addin.reconcile.findings import is_pending
from addin.reconcile.lines import (
    DUPLICATES,
    EXPECTED,
    OUTSIDE,
    RATE,
    UNKNOWN_STATUS,
    UNRATED,
    BillLine,
    price_of,
)
from addin.reconcile.log_lines import LogLines
from addin.reconcile.measure import Measure
from addin.reconcile.unread import is_of_bill, unread_rows
from addin.reconcile.usage import OUTSIDE_MONTH
from addin.reconcile.wording import amount, calls, counted, lacking, listed, minutes
from addin.records.call import Call

if TYPE_CHECKING:
    from addin.reconcile.reconciliation import Reconciliation

_THINGS = {"log": ("call", "calls"), "bill": ("record", "records")}
_ENOUGH_TO_TELL = 5
"""Calls that all start at midnight sharp are no chance from this many on."""


def cost_not_compared(result: Reconciliation) -> str:
    reasons = []
    if result.cost_basis is None:
        reasons.append("the log has no prices and no rate card was given")
    if not result.billed_has_prices:
        reasons.append("the bill has no prices")
    return f"Only calls and minutes are compared, not the cost: {' and '.join(reasons)}." if reasons else ""


def unknown_statuses(result: Reconciliation) -> str:
    statuses = Counter[str]()
    for line, times in result.log.counted():
        if line.step == UNKNOWN_STATUS:
            statuses[line.call.status] += times
    if not statuses:
        return ""
    first = statuses.most_common(3)
    named = [f"{name!r} ({count})" for name, count in first]
    others = statuses.total() - sum(count for _, count in first)
    more = f"{counted(len(statuses) - 3, 'other', 'others')} ({others})"
    names = listed([*named, more] if others else named)
    why = "with a status that is not known or that the price contradicts"
    return f"{calls(statuses.total())} left out, {why}: {names}."


def unrated(result: Reconciliation) -> str:
    lines = result.log.select(lambda line: line.step == UNRATED)
    if not lines:
        return ""
    first = next(iter(lines))
    why = f"{first.rate_problem} ({first.call.place})"
    billed = []
    for currency in result.currencies if result.costs_compared else ():
        its = result.bill.select(lambda line: line.step == RATE).of_currency(currency)
        if its:
            billed.append(_cost_of(its, currency))
    of_bill = f" The bill charges {listed(billed)} for them: step 'rate'." if billed else ""
    return f"{calls(len(lines))} left out, because no rate is agreed: {why}.{of_bill}"


def pending_prices(result: Reconciliation) -> str:
    """By a rate card the cost of such a call is known all the same."""
    pending = (each.call for each in result.findings if each.kind == "price-pending")
    lines = [call for call in pending if isinstance(call, Call) and is_pending(call)]
    if not lines or result.cost_basis != LOG_PRICES:
        return ""
    has = "has" if len(lines) == 1 else "have"
    return (
        f"{calls(len(lines))} of the log {has} no price yet: what they cost is missing in the expected total."
    )


def unpriced(result: Reconciliation) -> list[str]:
    """Records of a bill that has prices, whose own is not known: what they cost is in no amount."""
    sentences = (unpriced_of("bill", result.lacks_prices(currency)[1]) for currency in result.currencies)
    return [sentence for sentence in sentences if sentence]


def unpriced_of(side: str, lacking: Measure) -> str:
    """What is said of records of the `log` or `bill` without a price beside totals; empty without any."""
    if not lacking.unpriced:
        return ""
    told = counted(lacking.unpriced, *(f"{thing} of the {side}" for thing in _THINGS[side]))
    has = "has" if lacking.unpriced == 1 else "have"
    return f"{told} {has} no price ({minutes(lacking.minutes)}): not in the amounts."


def _cost_of(lines: BillLines, currency: str) -> str:
    whole = lines.total(price_of)
    return f"{amount(whole.cost, currency)}{lacking(whole)}"


def left_out_of_bill(result: Reconciliation) -> list[str]:
    """What ties the records that are compared to the sum of the bill's files."""
    found = []
    for currency in result.currencies:
        its = result.bill.of_currency(currency)
        outside = its.select(lambda line: line.step == OUTSIDE)
        copies = its.select(lambda line: line.step == DUPLICATES and (line.cost or 0) >= 0)
        twice = its.select(lambda line: line.step == DUPLICATES and (line.cost or 0) < 0)
        parts = []
        if outside:
            count = counted(len(outside), "record")
            parts.append(f"{count} outside the month ({_cost_of(outside, currency)})")
        if copies:
            count, its_cost = counted(len(copies), "copy", "copies"), _cost_of(copies, currency)
            is_charged = copies.total(price_of).cost
            disputed = ": if the invoice charges them too, dispute them" if is_charged else ""
            parts.append(f"{count} ({its_cost}{disputed})")
        if twice:
            count = counted(len(twice), "copy of a credit", "copies of credits")
            parts.append(f"{count} ({_cost_of(twice, currency)})")
        if parts:
            found.append(
                f"Left out of the bill: {listed(parts)}. With them its records sum to "
                f"{_cost_of(its, currency)}."
            )
    days = [line.record.start_on for line in result.usage if line.reason == OUTSIDE_MONTH]
    if days:
        count = counted(len(days), "usage record")
        months = listed(sorted({f"{day:%Y-%m}" for day in days}))
        found.append(f"Left out of the bill: {count} outside the month ({months}).")
    return found


def credits_of(result: Reconciliation) -> list[str]:
    """What the bill gives back: beside the charge of its call, or by itself. No credit is a call."""
    found = []
    for currency in result.currencies:
        its = result.bill.select(lambda line: line.is_credit and line.counts).of_currency(currency)
        again = its.select(lambda line: line.charge is not None and (line.cost or 0) > 0)
        beside = its.select(lambda line: line.charge is not None and (line.cost or 0) <= 0)
        alone = its.select(lambda line: line.charge is None)
        if beside:
            count = counted(len(beside), "credit")
            found.append(
                f"{count} ({_cost_of(beside, currency)}) counted with the charges of the same calls."
            )
        if again:
            count = counted(len(again), "other charge")
            found.append(
                f"{count} ({_cost_of(again, currency)}) of calls that are priced anew counted with them."
            )
        if alone:
            count = counted(len(alone), "credit")
            found.append(
                f"{count} ({_cost_of(alone, currency)}) on the bill without a charge of its call: no call, "
                "counted in step 'unexplained'."
            )
    return found


def part_of_month(result: Reconciliation) -> str:
    """Whether the usage records stop short of days at the month's ends on which we expect calls."""
    spans = [(line.record.start_on, line.record.end_on) for line in result.usage if line.in_total]
    if not spans:
        return ""
    first, last = min(start for start, _ in spans), max(end for _, end in spans)
    days = result.log.select(lambda line: line.step == EXPECTED).days()
    if all(first <= day <= last for day in days):
        return ""
    left_out = any(map(is_of_bill, unread_rows(result.findings)))
    remedy = "correct the rows that could not be read, they may be" if left_out else "ask for"
    return f"The bill's usage covers {first} to {last}, not the whole month: {remedy} the other days."


def no_time_of_day(result: Reconciliation) -> str:
    if len(result.log) < _ENOUGH_TO_TELL or not result.log.all_at_midnight():
        return ""
    return (
        "Every call of the log starts at 00:00:00 UTC: the time of day is missing. Where it has a column of "
        "its own, name that as start_time in the mapping."
    )


def copies_of_calls(result: Reconciliation) -> str:
    copies = Counter[str]()
    for line, times in result.log.counted():
        if line.step == DUPLICATES:
            copies[line.call.place.file] += times
    if not copies:
        return ""
    return f"{counted(copies.total(), 'copy', 'copies')} of calls in {listed(sorted(copies))} left out."


def shared_ids(result: Reconciliation) -> list[str]:
    """Calls that are no copies of each other, though their ids say so."""
    found = []
    sides: tuple[tuple[str, LogLines | BillLines], ...] = (("log", result.log), ("bill", result.bill))
    for side, every in sides:
        lines = (line for line, times in every.counted() if times == 1)  # calls of one id are never alike
        ids = Counter(
            (line.call.provider, line.call.call_id)
            for line in lines
            if line.step != DUPLICATES
            and line.call.call_id
            and line.charge is None
            and not (isinstance(line, BillLine) and line.cost is not None and line.cost < 0)
        )
        shared = [call_id for (_, call_id), count in ids.items() if count > 1]
        if shared:
            stand = "stands" if len(shared) == 1 else "stand"
            found.append(
                f"{counted(len(shared), 'id')} of the {side} {stand} for several calls each, such as "
                f"{shared[0]!r}: they are compared by numbers and start."
            )
    return found
