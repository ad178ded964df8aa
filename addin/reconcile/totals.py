"""Findings by category and by day, of usage records, and of calls that cannot be compared by currency."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from addin.reconcile.bill_lines import BillLines
from addin.reconcile.bridge import Steps, usage_currency, usage_of
from addin.reconcile.compare import Comparison, Pair
from addin.reconcile.findings import Exceeds, Finding
from addin.reconcile.lines import BILLED, EXPECTED, BillLine, LogLine, UsageLine, expected_of, net_of
from addin.reconcile.log_lines import LogLines
from addin.reconcile.measure import Measure
from addin.reconcile.usage import COPY, CROSSES, concerns_calls
from addin.reconcile.wording import amount, calls, listed, measure
from addin.records.call import Place

if TYPE_CHECKING:
    from addin.reconcile.reconciliation import Reconciliation


@dataclass(frozen=True, slots=True)
class UnitChecks:
    """What decides whether a category or a day is a finding, and what is said of it."""

    exceeds: Exceeds
    with_cost: bool
    billed_in: frozenset[str]
    """The currencies of the bill; what it has nothing in is said call by call."""
    places: dict[object, Place]
    explained: dict[tuple[object, ...], Measure]
    """By the key of the unit, what calls with findings of their own explain of it."""

    unread: dict[date, str]
    """What is said of rows of a day that could not be read."""

    def rest(self, key: tuple[object, ...], pair: Pair) -> Measure:
        """What of the variance of a unit no call explains."""
        return pair.variance - self.explained.get(key, Measure())


def explained_by_calls(result: Reconciliation) -> dict[tuple[object, ...], Measure]:
    """What the calls that differ beyond the tolerance explain of their category and day."""
    explained: dict[tuple[object, ...], Measure] = {}
    if result.mode != "calls":
        return explained

    def of_call(line: LogLine) -> Measure:
        theirs = net_of(line.bill) if line.bill and line.bill.currency == line.currency else Measure()
        return theirs - expected_of(line)

    def is_alone(record: BillLine) -> bool:
        log = record.log
        alone = log is None or log.step != EXPECTED or log.currency != record.currency
        return record.counts and alone and record.charge is None

    calls = result.log.select(lambda line: line.step == EXPECTED and result.exceeds(of_call(line)))
    records = result.bill.select(lambda record: is_alone(record) and result.exceeds(net_of(record)))
    for sums in (
        calls.by_day(lambda line: (line.unit, line.currency), of_call),
        records.by_day(lambda record: (record.category, record.currency), net_of),
    ):
        for (day, (unit, currency)), difference in sums.items():
            variance = result.compared(difference)
            explained.setdefault((unit, currency), Measure()).plus(variance)
            explained.setdefault((day, unit, currency), Measure()).plus(variance)
    return explained


def of_categories(comparison: Comparison, checks: UnitChecks, patterns: Sequence[str]) -> Iterator[Finding]:
    """Each category that differs beyond what calls with findings of their own explain."""
    for (unit, currency), pair in sorted(comparison.categories.items()):
        rest = checks.rest((unit, currency), pair)
        if currency in checks.billed_in and checks.exceeds(rest):
            note = f"{unit}: billed {measure(pair.billed, currency, checks.with_cost)}; expected "
            note += f"{measure(pair.expected, currency, checks.with_cost)}."
            if not pair.billed:
                note += " The bill has nothing in this category."
            note = " ".join([note, *patterns])
            found = _finding("category", pair, currency, note, checks.places.get((unit, currency)))
            found.rest = rest
            yield found


def of_days(comparison: Comparison, checks: UnitChecks, patterns: Sequence[str]) -> Iterator[Finding]:
    """Each day that differs in any category: one finding with the day's sums, so that opposite differences
    of two categories do not hide each other. What a finding of the whole category says is not its own."""
    said = {key for key, pair in comparison.categories.items() if checks.exceeds(checks.rest(key, pair))}
    rests: dict[tuple[date, str], Measure] = {}
    days: dict[tuple[date, str], Pair] = {}
    different: dict[tuple[date, str], list[str]] = {}
    for (day, unit, currency), pair in comparison.days.items():
        whole = days.setdefault((day, currency), Pair())
        whole.expected.plus(pair.expected)
        whole.billed.plus(pair.billed)
        rest = checks.rest((day, unit, currency), pair)
        if currency in checks.billed_in and checks.exceeds(rest):
            different.setdefault((day, currency), []).append(unit)
            own = rests.setdefault((day, currency), Measure())
            if (unit, currency) not in said:
                own.plus(rest)
    for (day, currency), units in sorted(different.items()):
        pair = days[day, currency]
        note = f"{day} ({listed(units)}): variance {measure(pair.variance, currency, checks.with_cost)}."
        place = checks.places.get((day, units[0], currency)) if len(units) == 1 else None
        said_of_rows = [checks.unread[day]] if day in checks.unread else []
        found = _finding("day", pair, currency, " ".join([note, *said_of_rows, *patterns]), place)
        found.rest = rests[day, currency]
        yield found


def of_provider_sums(bridges: dict[str, Steps], bill: BillLines, exceeds: Exceeds) -> Iterator[Finding]:
    """The provider's own sum against its call records and credits, where both are given."""
    sums = bill.totals(lambda record: record.currency if record.counts else None)
    for currency, steps in bridges.items():
        by_call = Pair(sums.get(currency, Measure()), steps[BILLED])
        if exceeds(by_call.variance):
            note = (
                f"The bill's usage records say {measure(by_call.billed, currency)}, its call records sum to "
            )
            note += f"{measure(by_call.expected, currency)}. Ask the provider."
            yield _finding("category", by_call, currency, note)


def _finding(kind: str, pair: Pair, currency: str, note: str, place: Place | None = None) -> Finding:
    return Finding(kind, bill=place, expected=pair.expected, billed=pair.billed, currency=currency, note=note)


def places_of(usage: Sequence[UsageLine], currencies: Sequence[str]) -> dict[object, Place]:
    """The record of a compared category (by category and currency) and of a day (by day, category and
    currency), where it is a single one."""
    places: dict[object, list[Place]] = {}
    for line in usage:
        currency = usage_currency(line, currencies)
        if line.in_total:
            places.setdefault((line.unit, currency), []).append(line.record.place)
        if line.in_days:
            places.setdefault((line.record.start_on, line.unit, currency), []).append(line.record.place)
    return {key: found[0] for key, found in places.items() if len(found) == 1}


def of_currencies(log: LogLines, billed_in: frozenset[str], with_usage: bool) -> Iterator[Finding]:
    """Calls that cannot be compared: the bill has nothing in their currency, or their log another one.

    Where that holds for most of the log it is one finding, not one a call.
    """

    def reason_of(line: LogLine) -> str:
        if line.call.currency and line.currency != line.call.currency:
            return f"The rate card says {line.currency}, the log {line.call.currency}"
        if with_usage and line.currency not in billed_in:
            return f"The bill has nothing in {line.currency or 'no currency'}"
        return ""

    def is_compared(currency: str) -> bool:
        return not with_usage or currency in billed_in

    def apart(currency: str) -> str:
        return f"compared in {currency or 'no currency'}" if is_compared(currency) else "kept apart"

    def rest(currency: str) -> Measure | None:
        """Of calls that are compared other findings say what is in question."""
        return Measure() if is_compared(currency) else None

    expected = log.select(lambda line: line.step == EXPECTED)
    reasons = [reason for line, _ in expected.counted() if (reason := reason_of(line))]
    for reason in dict.fromkeys(reasons):
        lines = expected.select(lambda line, reason=reason: reason_of(line) == reason)  # type: ignore[misc]
        if len(lines) > 1 and len(lines) * 2 > len(expected):
            total, currency = lines.total(), next(line.currency for line, _ in lines.counted())
            note = (
                f"{reason}: {calls(len(lines))}, expected {amount(total.cost, currency)}, {apart(currency)}."
            )
            yield Finding("currency", expected=total, currency=currency, note=note, rest=rest(currency))
            continue
        for line in lines:
            cost = amount(expected_of(line).cost, line.currency)
            yield Finding(
                "currency",
                line.call.call_id,
                line.call.place,
                expected=expected_of(line),
                currency=line.currency,
                note=f"{reason}; expected {cost}, {apart(line.currency)}.",
                call=line.call,
                rest=rest(line.currency),
            )


def of_usage(lines: Sequence[UsageLine], exceeds: Exceeds) -> Iterator[Finding]:
    """Usage records that are given twice or cannot be split at the month's end, those that have no price yet
    beside others that do, and a month's record that contradicts its own days."""
    priced = any(line.record.cost is not None for line in lines if line.in_total)
    for line in lines:
        record = line.record
        if priced and line.in_total and line.lacks_price:
            told = measure(usage_of(line), record.currency, with_cost=False)
            note = f"{record.category}, {record.start_on} to {record.end_on}: the bill has no price yet for "
            note += f"{told}: not in the amounts. Ask for the usage again when it is rated."
            unknown = Measure(unpriced=1)
            yield Finding(
                "price-pending", bill=record.place, billed=unknown, currency=record.currency, note=note
            )
        if line.reason not in (COPY, CROSSES) or not concerns_calls(record):
            continue
        note = f"Usage of {record.category}, {record.start_on} to {record.end_on}, is given twice; left out."
        kind = "duplicate"
        if line.reason == CROSSES:
            note = f"Usage of {record.category} covers {record.start_on} to {record.end_on}, which is not "
            note += "within the month: it cannot be split. Ask for the month's or daily records."
            kind = "unreadable"
        found = Finding(kind, bill=record.place, currency=record.currency, note=note)
        found.unread = record.place if kind == "unreadable" else None
        yield found
    for (unit, currency), pair in sorted(_months_and_days(lines).items()):
        if exceeds(pair.variance):
            note = f"{unit}: the bill's record of the month says {measure(pair.billed, currency)}, "
            note += f"its own days sum to {measure(pair.expected, currency)}. The month's record is compared."
            found = _finding("category", pair, currency, note)
            found.rest = Measure()
            yield found


def _months_and_days(lines: Sequence[UsageLine]) -> dict[tuple[str, str], Pair]:
    """The month's own record (billed) and the sum of its days (expected), of the accounts that give both."""
    both: dict[tuple[str, ...], Pair] = {}
    for line in lines:
        if line.in_days and not line.in_total:
            both.setdefault(_sum_of(line), Pair()).expected.plus(usage_of(line))
    for line in lines:
        if line.in_total and (pair := both.get(_sum_of(line))):
            pair.billed.plus(usage_of(line))
    pairs: dict[tuple[str, str], Pair] = {}
    for (unit, currency, *_), one in both.items():
        pair = pairs.setdefault((unit, currency), Pair())
        pair.expected.plus(one.expected)
        pair.billed.plus(one.billed)
    return pairs


def _sum_of(line: UsageLine) -> tuple[str, ...]:
    return line.unit, line.record.currency, line.record.account, line.record.category
