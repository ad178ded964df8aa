"""From a reconciliation to its report: exact values become the decimals that are printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from addin.reconcile.bridge import usage_currency
from addin.reconcile.compare import Pair
from addin.reconcile.findings import Finding
from addin.reconcile.lines import BILLED, EXPECTED, TALKED
from addin.reconcile.measure import Measure, printed
from addin.reconcile.reconciliation import Reconciliation
from addin.records.call import SourceFile
from addin.reports.assumptions import assumptions_of
from addin.reports.bridge import bridge_of
from addin.reports.reconciliation import (
    Bridge,
    CategoryRow,
    Compared,
    DayRow,
    FindingRow,
    ReconciliationReport,
    Sum,
)
from addin.reports.rows import billed_call_row, billed_usage_row, call_row


@dataclass(frozen=True, slots=True)
class Inputs:
    """What the report says of its inputs."""

    log_sources: tuple[SourceFile, ...]
    billed_sources: tuple[SourceFile, ...]
    rate_sources: tuple[SourceFile, ...] = ()
    mapping_sources: tuple[SourceFile, ...] = ()

    @property
    def log_zone(self) -> str:
        """The zone of the log's times that name none: as its files were read, which may not be as asked."""
        return ", ".join(sorted({one.zone for one in self.log_sources if one.zone})) or "UTC"


def report_of(result: Reconciliation, inputs: Inputs) -> ReconciliationReport:
    """The report of a reconciliation; it refers to nothing that can change."""
    month, tolerance = result.question.month, result.question.tolerance
    expected_known, billed_known = result.cost_basis is not None, result.billed_has_prices
    bridges = tuple(
        bridge_of(steps, currency, expected_known, billed_known) for currency, steps in result.bridges.items()
    )
    talked = result.total(TALKED)
    expected, billed = _total(bridges, EXPECTED), _total(bridges, BILLED)
    comparison = result.comparison
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
        findings=tuple(_finding(finding, expected_known, billed_known) for finding in result.findings),
        patterns=tuple(result.patterns),
        facts=(*same_file(inputs), *result.facts),
        calls=tuple(
            call_row(line, comparison.log_units.get(index, "")) for index, line in enumerate(result.log)
        ),
        billed_calls=tuple(billed_call_row(line) for line in result.bill),
        billed_usage=tuple(
            billed_usage_row(line, usage_currency(line, result.currencies)) for line in result.usage
        ),
        assumptions=assumptions_of(result, (*inputs.log_sources, *inputs.billed_sources)),
        log_sources=inputs.log_sources,
        billed_sources=inputs.billed_sources,
        rate_sources=inputs.rate_sources,
        mapping_sources=inputs.mapping_sources,
        day_categories=tuple(sorted(comparison.day_categories)),
    )


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
    )


def _difference(billed: Sum, expected: Sum) -> Sum:
    both = billed.cost is not None and expected.cost is not None
    cost = billed.cost - expected.cost if billed.cost is not None and expected.cost is not None else None
    currency = (billed.currency or expected.currency) if both else None
    return Sum(billed.calls - expected.calls, billed.minutes - expected.minutes, cost, currency)


def _sum(measure: Measure, currency: str, cost_known: bool) -> Sum:
    cost = printed(measure.cost) if cost_known else None
    return Sum(measure.calls, printed(measure.minutes), cost, (currency or None) if cost_known else None)


def _compared(pair: Pair, currency: str, expected_known: bool, billed_known: bool) -> Compared:
    expected = _sum(pair.expected, currency, expected_known)
    billed = _sum(pair.billed, currency, billed_known)
    return Compared(expected, billed, _difference(billed, expected))


def same_file(inputs: Inputs) -> list[str]:
    """A log compared with itself always balances."""
    log = {source.sha256: source.name for source in inputs.log_sources}
    return [
        f"Log {log[source.sha256]} and bill {source.name} are the same file: agreement proves nothing."
        for source in inputs.billed_sources
        if source.sha256 in log
    ]


def _finding(finding: Finding, expected_known: bool, billed_known: bool) -> FindingRow:
    call = finding.call
    return FindingRow(
        finding.kind,
        finding.call_id,
        str(finding.log) if finding.log else None,
        str(finding.bill) if finding.bill else None,
        _compared(Pair(finding.expected, finding.billed), finding.currency, expected_known, billed_known),
        finding.note,
        call.started_at if call else None,
        call.from_number if call else "",
        call.to_number if call else "",
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
