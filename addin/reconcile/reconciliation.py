"""One month of a call log against what was billed for it: the whole answer, before it is printed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from addin.reconcile import findings as own
from addin.reconcile import totals
from addin.reconcile.beyond_the_month import look_beyond_the_month
from addin.reconcile.bill_lines import BillLines
from addin.reconcile.bridge import Steps, build, share_currencies, usage_currency, usage_of
from addin.reconcile.call_findings import CallChecks, of_calls
from addin.reconcile.call_patterns import read_call_patterns
from addin.reconcile.compare import Comparison, compare_calls, compare_usage
from addin.reconcile.expectation import LOG_PRICES, RATE_CARD, Rater, billing_provider
from addin.reconcile.facts import facts_of
from addin.reconcile.findings import Finding
from addin.reconcile.lines import UsageLine
from addin.reconcile.log_lines import LogLines
from addin.reconcile.matching import DEFAULT_WINDOW
from addin.reconcile.measure import Measure, Tolerance
from addin.reconcile.patterns import read_patterns
from addin.reconcile.period import Period
from addin.reconcile.refusals import refuse_empty, refuse_other_month, refuse_unbilled, refuse_wrong_side
from addin.reconcile.sides import any_price, expected_lines, settled_lines
from addin.reconcile.unread import by_day, of_unread
from addin.reconcile.usage import choose
from addin.reconcile.verdict import verdict_of
from addin.records.call import Records
from udfs.rating.rate_card import RateCard

TOTALS = "totals"
CALLS = "calls"


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: the month, or other days, and how exactly they have to agree."""

    month: Period
    tolerance: Tolerance = field(default_factory=Tolerance)
    window: timedelta = DEFAULT_WINDOW


@dataclass(slots=True)
class Reconciliation:
    """The answer. `mode` is `totals` (usage records) or `calls` (the provider's own call records)."""

    question: Question
    mode: str
    cost_basis: str | None
    billed_has_prices: bool
    log: LogLines
    bill: BillLines
    usage: list[UsageLine]
    currencies: list[str]
    bridges: dict[str, Steps]
    comparison: Comparison
    findings: list[Finding]
    patterns: list[str]
    verdict: str
    facts: list[str] = field(default_factory=list)
    billing: str = ""
    """The provider whose precision holds for all calls; empty where each call's own does."""

    @property
    def costs_compared(self) -> bool:
        """Whether both sides have prices."""
        return self.cost_basis is not None and self.billed_has_prices

    def compared(self, variance: Measure) -> Measure:
        """A variance without its cost where a side has no prices."""
        return variance if self.costs_compared else Measure(variance.calls, variance.ms)

    def exceeds(self, variance: Measure) -> bool:
        """Whether it is beyond the tolerance, as far as both sides can be compared."""
        return self.question.tolerance.exceeded_by(self.compared(variance))

    def lacks_prices(self, currency: str) -> tuple[Measure, Measure]:
        """Calls of the log that are expected at a cost that is not known, and records of the billed total
        without a price: how many, and their time. None of a side that has no prices at all."""
        log, bill = Measure(), Measure()
        if self.cost_basis is not None:
            log = self.log.of_currency(currency).select(lambda line: line.lacks_price).total()
        with_usage = any(line.in_total for line in self.usage)
        if self.billed_has_prices and not with_usage:
            bill = self.bill.of_currency(currency).select(lambda record: record.lacks_price).total()
        for used in self.usage if self.billed_has_prices else ():
            if used.in_total and used.lacks_price and usage_currency(used, self.currencies) == currency:
                bill.plus(usage_of(used))
        return log, bill

    def total(self, step: str) -> Measure:
        """A step over all currencies: calls and minutes add up, the cost does not."""
        return sum((steps[step] for steps in self.bridges.values()), Measure())


def reconcile(
    log: Records,
    billed: Records,
    question: Question,
    card: RateCard | None = None,
    on_calls: Callable[[int, float], None] | None = None,
) -> Reconciliation:
    """Rate the log, compare it with the bill, and explain every difference. `on_calls` is told how many calls
    of a log in columns are rated so far, and what share that is of the calls of both sides."""
    refuse_wrong_side(log, billed)
    refuse_empty(log, billed)
    month = question.month
    rater = Rater(card, billing_provider(billed))
    mode = CALLS if billed.calls else TOTALS
    log_lines = expected_lines(log.calls, billed.calls, month, rater, on_calls)
    refuse_other_month("call log", log_lines.days(), month)
    cost_basis = _cost_basis(log_lines, log, card)
    both_priced = cost_basis is not None and (billed.have_prices or any_price(billed.calls))
    bill_lines = BillLines()
    if mode == CALLS:
        log_lines, bill_lines = settled_lines(
            log_lines, billed.calls, month, question.window, rater, both_priced
        )
        look_beyond_the_month(log_lines, bill_lines, month, question.window)
    usage_lines = choose(billed.usage, month)
    refuse_unbilled(bill_lines, usage_lines, month)
    currencies = share_currencies(log_lines, bill_lines, usage_lines)
    if mode == CALLS:
        comparison = compare_calls(log_lines, bill_lines, month)
    else:
        comparison = compare_usage(log_lines, usage_lines, currencies, month)
    result = Reconciliation(
        question=question,
        mode=mode,
        cost_basis=cost_basis,
        billed_has_prices=_has_prices(bill_lines, usage_lines, billed),
        log=log_lines,
        bill=bill_lines,
        usage=usage_lines,
        currencies=currencies,
        bridges=_bridges(currencies, log_lines, bill_lines if mode == CALLS else None, usage_lines),
        comparison=comparison,
        findings=[],
        patterns=[],
        verdict="",
        billing=billing_provider(billed),
    )
    for pair in (*comparison.categories.values(), *comparison.days.values()):
        pair.with_cost = result.costs_compared
    _find(result, log, billed)
    result.verdict = verdict_of(result)
    result.facts = facts_of(result)
    return result


def _cost_basis(lines: LogLines, log: Records, card: RateCard | None) -> str | None:
    if card is not None:
        return RATE_CARD
    has_prices = log.have_prices or any(line.talked_cost is not None for line, _ in lines.counted())
    return LOG_PRICES if has_prices else None


def _has_prices(bill: BillLines, usage: Sequence[UsageLine], billed: Records) -> bool:
    if bill:
        return billed.have_prices or any(line.cost is not None for line, _ in bill.counted() if line.counts)
    return any(line.record.cost is not None for line in usage if line.in_total)


def _bridges(
    currencies: Sequence[str],
    log: LogLines,
    bill: BillLines | None,
    usage: Sequence[UsageLine],
) -> dict[str, Steps]:
    totals_by_currency = {currency: Measure() for currency in currencies}
    for line in usage:
        if line.in_total:
            totals_by_currency[usage_currency(line, currencies)].plus(usage_of(line))
    with_usage = any(line.in_total for line in usage)
    return {
        currency: build(currency, log, bill, totals_by_currency[currency] if with_usage else None)
        for currency in currencies
    }


def _find(result: Reconciliation, log: Records, billed: Records) -> None:
    """All findings, in the order in which a person looks: rows, calls, categories, days."""
    exceeds = result.exceeds
    priced = any(line.call.cost is not None for line, _ in result.log.counted() if line.call.is_billed)
    # By a rate card a log without any price lacks none; without, its blank column is what we lack.
    priced = priced or (log.have_prices and result.cost_basis != RATE_CARD)
    unread = frozenset(row.call_id for row in (*log.unreadable, *billed.unreadable) if row.call_id)
    found = list(of_unread(log.unreadable, billed.unreadable, result.log, result.bill))
    found += own.of_log(result.log, priced)
    found += of_calls(result.log, result.bill, CallChecks(exceeds, unread, priced, result.costs_compared))
    found += totals.of_usage(result.usage, exceeds)
    billed_in = {usage_currency(line, result.currencies) for line in result.usage if line.in_total}
    billed_in |= {line.currency for line, _ in result.bill.counted() if line.counts}
    checks = totals.UnitChecks(
        exceeds,
        result.costs_compared,
        frozenset(billed_in),
        totals.places_of(result.usage, result.currencies),
        totals.explained_by_calls(result),
        by_day(found),
    )
    found += totals.of_currencies(result.log, checks.billed_in, result.mode == TOTALS)
    if result.mode == CALLS:
        zones = {source.zone for source in (*log.sources, *billed.sources) if source.zone}
        result.patterns = read_call_patterns(result.log, result.bill, result.question.month, sorted(zones))
        found += totals.of_provider_sums(result.bridges, result.bill, exceeds)
    else:
        for currency in result.currencies:
            found_in = read_patterns(
                result.log,
                result.usage,
                result.comparison,
                result.question.month,
                result.currencies,
                currency,
            )
            of = f"{currency or 'no currency'}: " if len(result.currencies) > 1 else ""
            result.patterns += [f"{of}{sentence}" for sentence in found_in]
    categories = list(totals.of_categories(result.comparison, checks, result.patterns))
    # A pattern is said once: with the categories, or with the days where only those differ.
    days = totals.of_days(result.comparison, checks, [] if categories else result.patterns)
    result.findings = [*found, *categories, *days]
