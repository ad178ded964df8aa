"""The bridge as it is printed: decimals of at most ten places whose column still sums exactly."""

from __future__ import annotations

from decimal import Decimal

from addin.reconcile.bridge import Steps
from addin.reconcile.lines import (
    BILLED,
    DURATION,
    EXPECTED,
    MISSING_IN_BILL,
    MISSING_IN_LOG,
    RATE,
    REMOVED,
    ROUNDING,
    STATUS,
    STEPS,
    TALKED,
    UNEXPLAINED,
)
from addin.reconcile.measure import Measure, printed
from addin.reports.reconciliation import Bridge, Step, Sum
from addin.reports.steps import STEP_TEXTS

_BEFORE = (TALKED, *REMOVED)
_AFTER = (MISSING_IN_BILL, MISSING_IN_LOG, STATUS, DURATION, RATE, UNEXPLAINED)
Column = dict[str, Decimal]


def bridge_of(steps: Steps, currency: str, expected_cost_known: bool, billed_cost_known: bool) -> Bridge:
    """One currency's bridge. A cost that a side does not know is None in that side's steps, and so is every
    step between the two totals when one of them is unknown."""
    minutes = _balanced({name: printed(measure.minutes) for name, measure in steps.items()})
    cost = _balanced({name: printed(measure.cost) for name, measure in steps.items()})
    known = set[str]()
    if expected_cost_known:
        known.update((*_BEFORE, ROUNDING, EXPECTED))
    if billed_cost_known:
        known.add(BILLED)
    if expected_cost_known and billed_cost_known:
        known.update(_AFTER)
    return Bridge(
        currency or None,
        tuple(
            _step(name, steps[name], minutes[name], cost[name] if name in known else None, currency)
            for name in STEPS
        ),
    )


def _step(name: str, measure: Measure, minutes: Decimal, cost: Decimal | None, currency: str) -> Step:
    text = STEP_TEXTS[name]
    amount = Sum(measure.calls, minutes, cost, currency or None if cost is not None else None)
    return Step(name, amount, text.owner, text.meaning, text.action)


def _balanced(column: Column) -> Column:
    """Let the printed steps sum to the printed totals.

    `rounding` takes what printing leaves over before `expected`. After it, only time billed by the exact
    second leaves anything over: that goes to the largest of the steps that explain the difference, never
    to `unexplained`.
    """
    column[ROUNDING] = column[EXPECTED] - sum(column[name] for name in _BEFORE)
    rest = column[BILLED] - column[EXPECTED] - sum(column[name] for name in _AFTER)
    if rest:
        largest = max((name for name in _AFTER if name != UNEXPLAINED), key=lambda name: abs(column[name]))
        column[largest if column[largest] else UNEXPLAINED] += rest
    return column
