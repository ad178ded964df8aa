"""Connected calls, talked time, billed time and cost: a side's sum over a day, an hour, or any calls."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from addin.reconcile.measure import Measure


@dataclass(slots=True)
class Sums:
    """A running sum, exact. `talked_ms` is the answered time before any rule, 0 where a side does not say it.

    >>> sums = Sums()
    >>> sums.plus(Sums(1, 61_000, 120_000, Fraction(28, 1000)))
    >>> sums.calls, sums.billed_ms
    (1, 120000)
    """

    calls: int = 0
    talked_ms: int = 0
    billed_ms: int | Fraction = 0
    cost: Fraction = Fraction(0)
    unpriced: int = 0
    """Records among them without a price: `cost` lacks it."""
    unrated: int = 0
    """Calls among them that no rate of ours covers: `billed_ms` and `cost` lack them."""

    def plus(self, other: Sums) -> None:
        self.calls += other.calls
        self.talked_ms += other.talked_ms
        self.billed_ms += other.billed_ms
        self.cost += other.cost
        self.unpriced += other.unpriced
        self.unrated += other.unrated


@dataclass(slots=True)
class Sides:
    """Both sides of one day or hour."""

    ours: Sums = field(default_factory=Sums)
    theirs: Sums = field(default_factory=Sums)
    single: Measure = field(default_factory=Measure)
    """The differences of single calls without their sign: they may cancel each other in the sums. Calls
    count here where only one side has them."""

    credits: Fraction = Fraction(0)
    """What of the cost of theirs is credits without a call on the bill: negative."""

    def of_calls(self, with_cost: bool) -> Measure:
        """The variance without such credits: what calls make of it."""
        whole = self.variance(with_cost)
        return Measure(whole.calls, whole.ms, whole.cost - self.credits) if with_cost else whole

    def variance(self, with_cost: bool) -> Measure:
        """Theirs minus ours: positive where the bill has more."""
        cost = self.theirs.cost - self.ours.cost if with_cost else Fraction(0)
        return Measure(self.theirs.calls - self.ours.calls, self.theirs.billed_ms - self.ours.billed_ms, cost)
