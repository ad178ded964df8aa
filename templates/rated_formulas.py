"""The formulas of rated calls on a sheet, over the terms that stand beside them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Generic, TypeVar

from xlsxwriter.workbook import Workbook

from addin.reconcile.measure import PRINTED_PLACES, printed
from addin.reports.about import Assumption
from addin.reports.reconciliation.data import CallRow
from templates.formulas import per_call
from templates.formulas.arithmetic import MODES
from templates.formulas.per_call import Cells
from templates.grid import column_reference
from templates.live import Formula
from templates.workbook import live_calls
from udfs.rating.cost import MS_PER_MINUTE, Terms

_OURS = "choice of this report"
_WHY_VALUES = (
    "Values stand where a price or a time is the log's own, and where a formula would not be exact, as with "
    "rates of more than 6 decimals."
)


R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Rated:
    """What a row shows of how its call was rated: the time talked, the terms, and what they came to."""

    talked_ms: int
    terms: Terms
    minutes: Decimal | None
    cost: Decimal | None

    @property
    def has_time(self) -> bool:
        """Whether the billed time is what a formula over the columns gives."""
        if self.minutes is None or not per_call.has_time(self.terms, self.talked_ms):
            return False
        billed = Fraction(self.terms.billed_ms(self.talked_ms), MS_PER_MINUTE)
        return printed(billed) == self.minutes

    @property
    def has_cost(self) -> bool:
        """The same of the cost."""
        if self.cost is None or not (self.has_time and per_call.has_cost(self.terms, self.talked_ms)):
            return False
        return self.terms.cost(self.talked_ms) == Fraction(self.cost)


@dataclass(frozen=True, slots=True)
class RatedTable(Generic[R]):
    """A table of rated calls, and the headers of its figures; `minutes` is empty where it has none.

    `of` gives what a row shows, None where it shows no terms.
    """

    name: str
    of: Callable[[R], Rated | None]
    billed_s: str
    minutes: str
    cost: str

    def formulas(self, rows: Sequence[R], workbook: Workbook) -> dict[str, Formula[R]]:
        """By header; none where the workbook is not to have so many."""
        if len(rows) > live_calls(workbook):
            return {}
        cells = Cells(
            *map(self._here, ("Seconds", "Minimum (s)", "Increment (s)", self.billed_s, "Rate per minute")),
            *map(self._here, ("Connect fee", "Decimal places", "Rounding")),
        )
        seconds, minutes = per_call.billed_seconds(cells), f"ROUND({cells.billed_s}/60,{PRINTED_PLACES})"
        costs = {mode: per_call.cost(cells, mode) for mode in MODES}

        def when_timed(formula: str) -> Formula[R]:
            return lambda row, number: formula if (one := self.of(row)) and one.has_time else ""

        def cost(row: R, number: int) -> str:
            one = self.of(row)
            return costs[one.terms.rounding] if one and one.has_cost else ""

        return {self.billed_s: when_timed(seconds), self.minutes: when_timed(minutes), self.cost: cost}

    def said(self, rows: Sequence[R], workbook: Workbook) -> Assumption:
        """Which figures are formulas, for the sheet Assumptions."""
        heads = [head for head in (self.minutes, self.cost) if head]
        if len(rows) > (most := live_calls(workbook)):
            why = f"there are more than {most:,} calls" if most else "the report stands in an open workbook"
            return Assumption("Formulas", f"{' and '.join(heads)}: values, since {why}.", _OURS)
        shown = [one for one in map(self.of, rows) if one]
        parts = []
        for head in heads:
            live = sum(one.has_cost if head == self.cost else one.has_time for one in shown)
            parts.append(f"{head}: formulas in {live:,} cells" if live else f"{head}: values")
        text = f"{'; '.join(parts)}. Formulas calculate from the columns beside them."
        return Assumption("Formulas", f"{text} {_WHY_VALUES}", _OURS)

    def _here(self, header: str) -> str:
        return f"{self.name}[[#This Row],[{column_reference(header)}]]"


def rated_call(row: CallRow) -> Rated | None:
    """What a row of calls shows; None without terms."""
    if row.rate is None or row.minimum is None or row.increment is None or row.connect_fee is None:
        return None
    terms = Terms(
        rate=Fraction(row.rate),
        minimum_ms=_ms(row.minimum),
        increment_ms=_ms(row.increment),
        connect_fee=Fraction(row.connect_fee),
        places=-1 if row.places is None else row.places,
        rounding=row.rounding or "none",
    )
    return Rated(_ms(row.seconds), terms, row.expected_minutes, row.expected_cost)


def _ms(seconds: Decimal) -> int:
    return int(seconds * 1000)
