"""What the bill charges between the two balances of a ledger: call by call, or by whole days of usage."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from fractions import Fraction

from addin.investigation.pairs import CallPair
from addin.investigation.span import INSIDE, NOT_KNOWN, Span
from addin.reconcile.bridge import usage_currency, usage_of
from addin.reconcile.lines import BILLED, EXPECTED, OUTSIDE, RATE, UNRATED, BillLine, LogLine, UsageLine
from addin.reconcile.measure import Measure
from addin.reconcile.period import midnight
from addin.reconcile.reconciliation import CALLS, Reconciliation
from addin.reconcile.usage import CROSSES, concerns_calls
from addin.records.call import Call


@dataclass(frozen=True, slots=True)
class Undivided:
    """Usage of several hours or days that a balance lies in the middle of."""

    first: date
    last: date
    cost: Fraction
    place: str


@dataclass(slots=True)
class Charges:
    """What is charged between the balances."""

    charged: Measure = field(default_factory=Measure)
    expected: Measure | None = field(default_factory=Measure)
    """What we expect for the same; None where that is not known."""
    outside: Measure = field(default_factory=Measure)
    """What the bill charges for the period, and does not lie between them."""
    beyond: Measure = field(default_factory=Measure)
    """What of `charged` are calls that start outside the period."""
    late_credits: Measure = field(default_factory=Measure)
    """Credits on the bill for calls that start outside the period: nobody knows when they were booked."""
    undivided: list[Undivided] = field(default_factory=list)
    unpriced: int = 0
    """Charged records between the balances that have no price yet."""


def charges_between(result: Reconciliation, pairs: Sequence[CallPair], currency: str, span: Span) -> Charges:
    """What the bill charges from the one balance to the other, in one currency."""
    by_call = result.mode == CALLS
    found = _of_calls(result, pairs, currency, span) if by_call else _of_usage(result, currency, span)
    if any(_lacks_cost(line, currency, span) for line in result.log):
        found.expected = None
    return found


def _lacks_cost(line: LogLine, currency: str, span: Span) -> bool:
    """Whether it is a call between the balances that we expect at a cost nobody knows: no rate covers it, or
    its price in the log is pending. What we expect in all is then not known either."""
    is_unknown = line.step == UNRATED or line.lacks_price
    own = line.bill.currency if line.bill is not None and line.bill.step == RATE else line.currency
    return is_unknown and own in (currency, "") and span.holds(ended_at(line.call))


def ended_at(call: Call) -> datetime:
    """A call is charged when it ends."""
    return call.started_at + timedelta(milliseconds=call.duration_ms)


def _of_calls(result: Reconciliation, pairs: Sequence[CallPair], currency: str, span: Span) -> Charges:
    found = Charges(expected=Measure() if result.cost_basis is not None else None)
    for pair in pairs:
        if pair.currency != currency:
            continue
        ours, theirs = pair.our_sums, pair.their_sums
        line = pair.theirs or pair.ours
        if line is not None and not span.holds(ended_at(line.call)):
            found.outside.add(theirs.calls, theirs.billed_ms, theirs.cost)
            continue
        found.charged.add(theirs.calls, theirs.billed_ms, theirs.cost)
        if found.expected is not None:
            found.expected.add(ours.calls, ours.billed_ms, ours.cost)
        found.unpriced += pair.theirs is not None and pair.theirs.cost is None
    for record in result.bill:
        if record.step == OUTSIDE and record.currency == currency and record.cost:
            _add_beyond(found, record, span)
    return found


def _add_beyond(found: Charges, record: BillLine, span: Span) -> None:
    """A call that starts before the period and ends after the opening balance is charged between the two."""
    if record.cost is not None and record.cost < 0:
        found.late_credits.add(1, 0, record.cost)
        return
    is_early = record.call.started_at < midnight(span.period.first_day)
    bound = span.start if is_early else span.end
    if bound is not None and span.holds(ended_at(record.call)):
        found.charged.add(1, record.billed_ms, record.cost)
        found.beyond.add(1, record.billed_ms, record.cost)
        found.expected = None


def _of_usage(result: Reconciliation, currency: str, span: Span) -> Charges:
    """Of records whose days all lie between the balances their sum, of the others none; what a balance lies
    within cannot be divided."""
    steps = result.bridges[currency]
    its = [line for line in result.usage if usage_currency(line, result.currencies) == currency]
    lines = [line for line in its if line.unit]
    first, until = midnight(span.period.first_day), midnight(span.period.next_first_day)
    if span.from_day <= first and until <= span.to_day:
        unpriced = sum(line.in_total and line.record.cost is None for line in lines)
        found = Charges(steps[BILLED], _expected(result, steps[EXPECTED]), unpriced=unpriced)
    else:
        found = Charges(expected=_expected(result, _expected_by_day(result, currency, span)))
        for one in _by_sum(lines).values():
            for part in _parts(one):
                _add(found, part, span)
    for part in _crossing(its, span):
        _add(found, part, span)
    return found


def _by_sum(lines: Sequence[UsageLine]) -> dict[tuple[str, str], list[UsageLine]]:
    by_sum: dict[tuple[str, str], list[UsageLine]] = {}
    for line in lines:
        by_sum.setdefault((line.record.account, line.record.category), []).append(line)
    return by_sum


def _crossing(lines: Sequence[UsageLine], span: Span) -> Iterator[_Part]:
    """Records that reach beyond the period, for the days of it that no other record has."""
    known = _by_sum([line for line in lines if line.in_total])
    for (account, category), its in _by_sum([line for line in lines if line.reason == CROSSES]).items():
        covered = set[date]().union(*(line.record.days for line in known.get((account, category), [])))
        for line in its:
            if concerns_calls(line.record) and not line.record.days & set(span.period.days()) <= covered:
                own = line.record
                yield _Part(own.days, usage_of(line), str(own.place), own.cost is not None)


def _expected(result: Reconciliation, measure: Measure | None) -> Measure | None:
    return None if result.cost_basis is None else measure


def _expected_by_day(result: Reconciliation, currency: str, span: Span) -> Measure | None:
    """What we expect for the days between the balances; None where the bill is not all by day."""
    if any(line.unit not in result.comparison.day_categories for line in result.usage if line.unit):
        return None
    whole = Measure()
    for (day, _, its), pair in result.comparison.days.items():
        if its == currency and _place_of(span, day, day) == INSIDE:
            whole.plus(pair.expected)
    return whole


@dataclass(slots=True)
class _Part:
    """Usage of some days; `is_priced` where the record says its cost."""

    days: set[date]
    sum: Measure
    place: str
    is_priced: bool = True


def _parts(lines: Sequence[UsageLine]) -> Iterator[_Part]:
    """The shortest records of one sum, and what a longer one has on top of them: that is of the days which
    they leave out."""
    taken: list[_Part] = []
    for line in sorted(lines, key=lambda one: len(one.record.days)):
        record, days, own = line.record, line.record.days, usage_of(line)
        under = [part for part in taken if part.days & days]
        if under:
            own = own - sum((part.sum for part in under), Measure())
            days = days.difference(*(part.days for part in under)) or days
            if not own.cost:
                continue
        taken.append(_Part(days, own, str(record.place), record.cost is not None))
    yield from taken


def _add(found: Charges, part: _Part, span: Span) -> None:
    first, last = min(part.days), max(part.days)
    places = {_place_of(span, day, day) for day in part.days}
    if places == {INSIDE}:
        found.charged.plus(part.sum)
        found.unpriced += not part.is_priced
    elif NOT_KNOWN in places or INSIDE in places:
        if not part.is_priced:
            found.unpriced += 1
        elif part.sum.cost:
            found.undivided.append(Undivided(first, last, part.sum.cost, part.place))
    else:
        found.outside.plus(part.sum)


def _place_of(span: Span, first: date, last: date) -> str:
    return span.place_of_days(midnight(first), midnight(last + timedelta(days=1)))
