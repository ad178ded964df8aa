"""Whether a month is balanced, within tolerance or out of balance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from addin.reconcile.lines import BILLED, EXPECTED, UNKNOWN_STATUS, UNRATED, expected_of, net_of
from addin.reconcile.measure import Measure

if TYPE_CHECKING:
    from addin.reconcile.reconciliation import Reconciliation

BALANCED = "balanced"
WITHIN = "within tolerance"
OUT = "out of balance"


def verdict_of(result: Reconciliation) -> str:
    """Balanced only if nothing was left unread or unrated, and every record of a bill with prices has one; a
    tolerance holds for every unit and the total."""
    left = any(line.step in (UNRATED, UNKNOWN_STATUS) for line, _ in result.log.counted())
    left = left or any(record.step == UNKNOWN_STATUS for record, _ in result.bill.counted())
    if result.costs_compared:
        left = left or any(record.counts and record.lacks_price for record, _ in result.bill.counted())
        left = left or any(used.in_total and used.lacks_price for used in result.usage)
    if left or any(finding.kind in ("unreadable", "currency") for finding in result.findings):
        return OUT
    variances = [pair.variance for pair in result.comparison.categories.values()]
    variances += [pair.variance for pair in result.comparison.days.values()]
    variances += [steps[BILLED] - steps[EXPECTED] for steps in result.bridges.values()]
    variances += _call_variances(result)
    variances = [result.compared(variance) for variance in variances]
    if any(result.question.tolerance.exceeded_by(variance) for variance in variances):
        return OUT
    return WITHIN if any(variances) else BALANCED


def _call_variances(result: Reconciliation) -> list[Measure]:
    if result.mode != "calls":
        return []
    lines = (line for line, _ in result.log.counted() if line.step == EXPECTED)
    variances = [(net_of(line.bill) if line.bill else Measure()) - expected_of(line) for line in lines]
    records = (record for record, _ in result.bill.counted())
    return variances + [net_of(one) for one in records if one.counts and one.log is None and not one.charge]
