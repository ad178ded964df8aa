"""What the reconciliation itself makes of the rows: it is stored beside the formulas, and a test holds both
against each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from addin.reconcile.bill_lines import BillLines
from addin.reconcile.lines import LogLine
from addin.reconcile.measure import Tolerance
from addin.reconcile.reconciliation import Question, Reconciliation, reconcile
from addin.records.call import Call, Records, SourceFile
from templates.blank.reconciliation.example import Rows
from udfs.rating.rate_card import RateCard


@dataclass(frozen=True, slots=True)
class Settled:
    """The rows, and the answer. `log` and `bill` are in the order of the rows."""

    rows: Rows
    card: RateCard
    result: Reconciliation

    @property
    def log(self) -> Sequence[LogLine]:
        return self.result.log

    @property
    def bill(self) -> BillLines:
        return self.result.bill

    @property
    def by_call(self) -> bool:
        return bool(self.rows.billed)

    def exceeds(self, minutes: Fraction, cost: Fraction, *, always: bool = False) -> bool:
        """Whether a difference is to be looked at; `always` where it is a whole call."""
        tolerance = self.result.question.tolerance
        if not tolerance.minutes and not tolerance.amount:
            return always or bool(minutes or cost)
        return abs(minutes) > tolerance.minutes or abs(cost) > tolerance.amount


def settle(rows: Rows) -> Settled:
    """Reconcile them."""
    card = RateCard(rows.rates)
    tolerance = Tolerance(Fraction(rows.tolerance_minutes), Fraction(rows.tolerance_amount))
    return Settled(
        rows,
        card,
        reconcile(
            _records(rows.log),
            Records(calls=rows.billed, usage=rows.usage, sources=_sources(rows.billed)),
            Question(rows.month, tolerance),
            card,
        ),
    )


def _records(calls: Sequence[Call]) -> Records:
    return Records(calls=tuple(calls), sources=_sources(calls))


def _sources(calls: Sequence[Call]) -> tuple[SourceFile, ...]:
    """A file with prices, so that a blank one is missed."""
    names = dict.fromkeys(call.place.file for call in calls)
    return tuple(SourceFile(name, "", "", "", 0, 0, has_prices=name != "calls.csv") for name in names)
