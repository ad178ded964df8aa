"""What of our own log would explain a day by usage records, which name no call."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from addin.investigation.walk import Walk
from addin.reconcile.lines import EXPECTED, OUTSIDE, REMOVED, LogLine, expected_of
from addin.reconcile.measure import MS_PER_MINUTE, Measure
from addin.reconcile.patterns import LIKELY
from addin.reconcile.reconciliation import Reconciliation
from addin.reconcile.wording import calls, minutes


@dataclass(frozen=True, slots=True)
class Candidates:
    """Calls of our log that fit the difference of the day, and why they may be it."""

    why: str
    lines: tuple[LogLine, ...]


def candidates_of(result: Reconciliation, path: Walk) -> list[Candidates]:
    """The calls that left our side at one step where the bill has exactly these more; and where it has one
    call less, each that is as long as what is missing. Nothing where the bill has call records."""
    if path.by_call or path.isolated is None:
        return []
    day, variance = path.isolated.day, path.sides.variance(path.costs_compared)
    lines = [
        line for line in result.log if line.call.started_at.date() == day and line.currency == path.currency
    ]
    return [*_left_out(lines, variance, day), *_lacking(result, lines, variance)]


def _left_out(lines: list[LogLine], variance: Measure, day: date) -> list[Candidates]:
    found = []
    for step in REMOVED:
        removed = tuple(line for line in lines if line.step == step and step != OUTSIDE)
        ms = sum(line.terms.billed_ms(line.call.duration_ms) for line in removed)
        if removed and (len(removed), ms) == (variance.calls, variance.ms):
            why = f"The difference of {day} is exactly the {calls(len(removed))} of step '{step}': perhaps "
            found.append(Candidates(f"{why}{LIKELY[step]}.", removed))
    return found


def _lacking(result: Reconciliation, lines: list[LogLine], variance: Measure) -> list[Candidates]:
    if variance.calls != -1:
        return []
    wanted = -variance
    fitting = tuple(
        line
        for line in lines
        if line.step == EXPECTED
        and expected_of(line).ms == wanted.ms
        and (not result.costs_compared or expected_of(line).cost == wanted.cost)
    )
    if not fitting:
        return []
    size = minutes(Fraction(wanted.ms) / MS_PER_MINUTE)
    if len(fitting) == 1:
        return [Candidates(f"The bill has 1 call of {size} less: of ours, only this one fits.", fitting)]
    why = f"The bill has 1 call of {size} less: any of these {calls(len(fitting))} of ours fits."
    return [Candidates(why, fitting)]
