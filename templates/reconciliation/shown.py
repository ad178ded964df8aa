"""How figures are shown on the Summary: the same decimals all over it, four at most."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from addin.reports.reconciliation.data import Bridge
from templates import look as styles
from templates.decimals import Decimals, decimals_of, number_format

RULE = Decimals(2, 4)


@dataclass(frozen=True, slots=True)
class Shown:
    """The decimals of minutes and cost, and whether some figure has more than is shown."""

    minutes: int
    cost: int
    is_cut: bool

    def formats(self, *, is_signed: bool = False) -> tuple[str, str, str]:
        """The number formats of calls, minutes and cost."""
        return (
            styles.signed(styles.COUNT) if is_signed else styles.COUNT,
            number_format(self.minutes, is_signed=is_signed),
            number_format(self.cost, is_signed=is_signed),
        )

    @property
    def note(self) -> str:
        """What is said of figures that are cut; empty where none is."""
        if not self.is_cut:
            return ""
        return "Minutes and cost are shown rounded: the cells hold up to ten decimals, and add up exactly."


def shown_of(bridges: Sequence[Bridge]) -> Shown:
    """What the bridges and the differences of their totals need."""
    minutes, costs = set[Decimal](), set[Decimal]()
    for bridge in bridges:
        for step in bridge.steps:
            minutes.add(step.sum.minutes)
            costs.add(step.sum.cost or Decimal(0))
        expected, billed = bridge.step("expected").sum, bridge.step("billed").sum
        minutes.add(billed.minutes - expected.minutes)
        if billed.cost is not None and expected.cost is not None:
            costs.add(billed.cost - expected.cost)
    places = RULE.of(minutes), RULE.of(costs)
    needed = (max(map(decimals_of, values), default=0) for values in (minutes, costs))
    return Shown(*places, any(need > place for need, place in zip(needed, places, strict=True)))
