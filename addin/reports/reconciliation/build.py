"""From a reconciliation to its report: exact values become the decimals that are printed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction

from addin.reconcile.bridge import usage_currency
from addin.reconcile.compare import Pair
from addin.reconcile.findings import Finding
from addin.reconcile.gaps import unpriced_of
from addin.reconcile.lines import BILLED, EXPECTED, TALKED
from addin.reconcile.measure import Measure, printed
from addin.reconcile.month_end.accrual import accruals_of, note_beyond
from addin.reconcile.month_end.considerations import considerations_of
from addin.reconcile.month_end.earlier_findings import EarlierFinding, follow
from addin.reconcile.month_end.earlier_findings import sentence_of as sentence_of_followed
from addin.reconcile.month_end.invoice import Invoice, sentences_of, ties_of
from addin.reconcile.month_end.month_over_month import other_months
from addin.reconcile.month_end.other_usage import other_usage
from addin.reconcile.month_end.rate_check import rate_check_of
from addin.reconcile.month_end.rate_check import sentence_of as sentence_of_check
from addin.reconcile.reconciliation import Reconciliation
from addin.reconcile.unbilled_accounts import unbilled_accounts
from addin.records.call import Call, SourceFile
from addin.reports.reconciliation.assumptions import assumptions_of, assumptions_of_month_end
from addin.reports.reconciliation.bridge import bridge_of
from addin.reports.reconciliation.data import (
    Bridge,
    CategoryRow,
    Compared,
    DayRow,
    FindingRow,
    ReconciliationReport,
    Sum,
    UnpricedRow,
)
from addin.reports.reconciliation.month_end import (
    accrual_row,
    consideration_row,
    followed_row,
    invoice_tie,
    other_month_row,
)
from addin.reports.reconciliation.prices import price_check
from addin.reports.reconciliation.rows import billed_call_rows, billed_usage_row, call_rows
from udfs.rating.rate_card import RateCard


@dataclass(frozen=True, slots=True)
class Inputs:
    """What the report says of its inputs."""

    log_sources: tuple[SourceFile, ...]
    billed_sources: tuple[SourceFile, ...]
    rate_sources: tuple[SourceFile, ...] = ()
    mapping_sources: tuple[SourceFile, ...] = ()
    other_sources: tuple[SourceFile, ...] = ()
    """Lines of the invoice, an earlier reconciliation."""

    @property
    def log_zone(self) -> str:
        """The zone of the log's times that name none: as its files were read, which may not be as asked."""
        return ", ".join(sorted({one.zone for one in self.log_sources if one.zone})) or "UTC"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the report is to say beside the comparison of the two sides."""

    card: RateCard | None = None
    """The rate card by which the log was rated: prices are checked against it."""
    invoice: Invoice = field(default_factory=Invoice)
    earlier: tuple[EarlierFinding, ...] = ()
    """The findings of the reconciliation of a month before."""
    with_rows: bool = True
    """Whether every call is a row of the report: of many millions nobody looks at each."""


def report_of(result: Reconciliation, inputs: Inputs, asked: Asked | None = None) -> ReconciliationReport:
    """The report of a reconciliation; it refers to nothing that can change."""
    asked = asked or Asked()
    others, totals = other_usage(result.usage, result.question.month, result.currencies)
    ties = ties_of(result, asked.invoice, others, totals)
    accruals = accruals_of(result, ties, asked.invoice.account)
    note_beyond(ties, accruals)
    check = rate_check_of(result, asked.card)
    followed = follow(asked.earlier, result)
    on_invoice = {id(line): ("line" if one.is_added else "contained") for one in others for line in one.lines}
    month, tolerance = result.question.month, result.question.tolerance
    expected_known, billed_known = result.cost_basis is not None, result.billed_has_prices
    bridges = tuple(
        bridge_of(
            steps, currency, expected_known, billed_known, _lacking_prices(result.lacks_prices(currency))
        )
        for currency, steps in result.bridges.items()
    )
    talked = result.total(TALKED)
    expected, billed = _total(bridges, EXPECTED), _total(bridges, BILLED)
    comparison, only_account = result.comparison, _only_account(result)
    return ReconciliationReport(
        month=str(month),
        first_day=month.first_day,
        last_day=month.last_day,
        time_zone=inputs.log_zone,
        log_provider=_providers(inputs.log_sources),
        billed_provider=_providers(inputs.billed_sources),
        mode=result.mode,
        log_calls=talked.calls,
        log_seconds=printed(Fraction(talked.ms, 1000)),
        expected=expected,
        billed=billed,
        variance=_difference(billed, expected),
        verdict=result.verdict,
        cost_basis=result.cost_basis,
        tolerance_minutes=printed(tolerance.minutes),
        tolerance_amount=printed(tolerance.amount),
        bridges=bridges,
        categories=tuple(
            CategoryRow(unit, _compared(pair, currency, expected_known, billed_known))
            for (unit, currency), pair in sorted(comparison.categories.items())
        ),
        days=_days(result),
        findings=tuple(
            _finding(finding, expected_known, billed_known, only_account) for finding in result.findings
        ),
        patterns=tuple(result.patterns),
        facts=(
            *same_file(inputs),
            *sentences_of(ties),
            *result.facts,
            *filter(None, (sentence_of_check(check), sentence_of_followed(followed))),
        ),
        calls=call_rows(result.log) if asked.with_rows else (),
        billed_calls=billed_call_rows(result.bill) if asked.with_rows else (),
        billed_usage=tuple(
            billed_usage_row(line, usage_currency(line, result.currencies), on_invoice.get(id(line), ""))
            for line in result.usage
        ),
        assumptions=(
            *assumptions_of(result, (*inputs.log_sources, *inputs.billed_sources)),
            *assumptions_of_month_end(others=bool(others), checked=check is not None),
        ),
        log_sources=inputs.log_sources,
        billed_sources=inputs.billed_sources,
        rate_sources=inputs.rate_sources,
        mapping_sources=inputs.mapping_sources,
        other_sources=inputs.other_sources,
        day_categories=tuple(sorted(comparison.day_categories)),
        considerations=tuple(consideration_row(one, expected_known) for one in considerations_of(result)),
        rate_check=price_check(check) if check else None,
        other_months=tuple(map(other_month_row, other_months(result))),
        followed=tuple(map(followed_row, followed)),
        ties=tuple(invoice_tie(tie, bridges) for tie in ties),
        accruals=tuple(accrual_row(one, str(month)) for one in accruals),
        unpriced=tuple(_unpriced(result)),
        log_period=result.log.ends(),
        rows_left_out=not asked.with_rows,
    )


def _lacking_prices(lacking: tuple[Measure, Measure]) -> dict[str, str]:
    """What the two totals of a bridge lack, by their step."""
    log, bill = lacking
    return {EXPECTED: unpriced_of("log", log), BILLED: unpriced_of("bill", bill)}


def _unpriced(result: Reconciliation) -> Iterator[UnpricedRow]:
    for currency in result.currencies:
        for side, lacking in zip(("log", "bill"), result.lacks_prices(currency), strict=True):
            if lacking.unpriced:
                yield UnpricedRow(side, currency or None, lacking.unpriced, printed(lacking.minutes))


def _providers(sources: Sequence[SourceFile]) -> str:
    return ", ".join(dict.fromkeys(source.provider for source in sources))


def _total(bridges: Sequence[Bridge], step: str) -> Sum:
    """A total over all currencies: costs of several currencies are never added."""
    sums = [bridge.step(step).sum for bridge in bridges]
    single = sums[0] if len(sums) == 1 else None
    return Sum(
        sum(one.calls for one in sums),
        sum((one.minutes for one in sums), Decimal(0)),
        single.cost if single else None,
        single.currency if single else None,
        single.unpriced if single else 0,
    )


def _difference(billed: Sum, expected: Sum) -> Sum:
    both = billed.cost is not None and expected.cost is not None
    cost = billed.cost - expected.cost if billed.cost is not None and expected.cost is not None else None
    currency = (billed.currency or expected.currency) if both else None
    unpriced = billed.unpriced + expected.unpriced
    minutes = billed.minutes - expected.minutes
    return Sum(billed.calls - expected.calls, minutes, cost, currency, unpriced)


def _sum(measure: Measure, currency: str, cost_known: bool) -> Sum:
    """A sum says what its records with a price cost, and how many have none."""
    if not cost_known:
        return Sum(measure.calls, printed(measure.minutes), None, None)
    cost = printed(measure.cost)
    return Sum(measure.calls, printed(measure.minutes), cost, currency or None, measure.unpriced)


def _compared(pair: Pair, currency: str, expected_known: bool, billed_known: bool) -> Compared:
    expected = _sum(pair.expected, currency, expected_known)
    billed = _sum(pair.billed, currency, billed_known)
    return Compared(expected, billed, _difference(billed, expected))


def _known(one: Sum) -> Sum:
    """A finding says a cost or none: with a record that has no price it is not known, and never 0."""
    return replace(one, cost=None) if one.unpriced else one


def same_file(inputs: Inputs) -> list[str]:
    """A log compared with itself always balances. The hash of a large file is perhaps still being made: it is
    asked for only where lengths agree."""
    return [
        f"Log {log.name} and bill {bill.name} are the same file: agreement proves nothing."
        for bill in inputs.billed_sources
        for log in inputs.log_sources
        if log.rows and log.size_bytes == bill.size_bytes and log.sha256 == bill.sha256
    ]


def _only_account(result: Reconciliation) -> str:
    """The account that all of the bill is of; empty where it names none, or several, or where we expect calls
    of others: a sum of all is not that account's."""
    if unbilled_accounts(result):
        return ""
    accounts = {line.call.account for line, _ in result.bill.counted()} | {
        line.record.account for line in result.usage
    }
    accounts.discard("")
    return accounts.pop() if len(accounts) == 1 else ""


def _finding(finding: Finding, expected_known: bool, billed_known: bool, only_account: str) -> FindingRow:
    call = finding.call
    rest = finding.variance if finding.rest is None else finding.rest
    cost_known = billed_known and (expected_known or not finding.expected)
    sums = _compared(Pair(finding.expected, finding.billed), finding.currency, expected_known, billed_known)
    expected, billed = _known(sums.expected), _known(sums.billed)
    return FindingRow(
        finding.kind,
        finding.call_id,
        str(finding.log) if finding.log else None,
        str(finding.bill) if finding.bill else None,
        Compared(expected, billed, _difference(billed, expected)),
        finding.note,
        call.started_at if call else None,
        call.from_number if call else "",
        call.to_number if call else "",
        account=(call.account if isinstance(call, Call) else "") or only_account,
        rest=_known(_sum(rest, finding.currency, cost_known)),
    )


def _days(result: Reconciliation) -> tuple[DayRow, ...]:
    """One row a day and currency, over the categories that are compared by day."""
    whole: dict[tuple[object, str], Pair] = {}
    rows = []
    for (day, _, currency), pair in result.comparison.days.items():
        key = (day, currency)
        if key not in whole:
            whole[key] = Pair()
            rows.append((day, currency))
        whole[key].expected.plus(pair.expected)
        whole[key].billed.plus(pair.billed)
    expected_known, billed_known = result.cost_basis is not None, result.billed_has_prices
    return tuple(
        DayRow(day, _compared(whole[day, currency], currency, expected_known, billed_known))
        for day, currency in rows
    )
