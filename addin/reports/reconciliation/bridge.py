"""The bridge as it is printed: decimals of at most ten places whose column still sums exactly."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

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
from addin.reconcile.measure import PRINTED_PLACES, Measure, printed
from addin.reports.reconciliation.data import Bridge, Step, Sum
from addin.reports.reconciliation.steps import STEP_TEXTS

_BEFORE = (TALKED, *REMOVED)
_AFTER = (MISSING_IN_BILL, MISSING_IN_LOG, STATUS, DURATION, RATE, UNEXPLAINED)
_LAST_PLACE = Decimal(1).scaleb(-PRINTED_PLACES)


def bridge_of(
    steps: Steps,
    currency: str,
    expected_cost_known: bool,
    billed_cost_known: bool,
    lacking: Mapping[str, str] | None = None,
) -> Bridge:
    """One currency's bridge. A cost that a side does not know is None in that side's steps, and so is every
    step between the two totals when one of them is unknown. `lacking` says what each total lacks."""
    minutes = _printed({name: measure.minutes for name, measure in steps.items()})
    cost = _printed({name: measure.cost for name, measure in steps.items()})
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
            _step(
                name,
                steps[name],
                minutes[name],
                cost[name] if name in known else None,
                currency,
                (lacking or {}).get(name, ""),
            )
            for name in STEPS
        ),
    )


def _step(
    name: str, measure: Measure, minutes: Decimal, cost: Decimal | None, currency: str, lacking: str
) -> Step:
    text = STEP_TEXTS[name]
    unpriced = measure.unpriced if cost is not None and name in (EXPECTED, BILLED) else 0
    amount = Sum(measure.calls, minutes, cost, currency or None if cost is not None else None, unpriced)
    return Step(name, amount, text.owner, " ".join(filter(None, (text.meaning, lacking))), text.action)


def _printed(exact: dict[str, Fraction]) -> dict[str, Decimal]:
    """The column as it is printed: the steps sum to the printed totals.

    `rounding` takes what printing leaves over before `expected`. After it, only time billed by the exact
    second leaves anything over: it goes, a last place each, to the steps whose own printing lost most.
    """
    column = {name: printed(value) for name, value in exact.items()}
    column[ROUNDING] = column[EXPECTED] - sum(column[name] for name in _BEFORE)
    rest = column[BILLED] - column[EXPECTED] - sum(column[name] for name in _AFTER)
    sign = 1 if rest > 0 else -1
    by_loss = sorted(_AFTER, key=lambda name: (Fraction(column[name]) - exact[name]) * sign)
    for name in by_loss[: int(abs(rest) / _LAST_PLACE)]:
        column[name] += sign * _LAST_PLACE
    return column
