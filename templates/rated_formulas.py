"""The formulas of rated calls on a sheet, over the terms that stand beside them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Generic, TypeVar

from addin.reconcile.measure import PRINTED_PLACES, printed
from addin.reconcile.wording import listed
from addin.reports.about import Assumption
from addin.reports.reconciliation.data import CallRow
from addin.reports.reconciliation.rows import ROW_PLACES
from templates.formulas import per_call
from templates.formulas.arithmetic import MODES
from templates.formulas.per_call import Cells
from templates.grid import FIRST_ROW, column_reference
from templates.live import Formula
from udfs.rating.cost import MS_PER_MINUTE, Terms

LIVE_CALLS = 10_000
"""With more formulas, programs would take long to open a sheet of calls."""
_OURS = "choice of this report"
_WHY_VALUES = (
    "Values stand where a price or a time is the log's own, and where a formula would not be exact, as with "
    "rates of more than 6 decimals."
)
_STAYS = (
    "If you change a rate or a term, costs and totals follow; findings, rate checks, verdicts and sentences "
    "stay as they were. Make the report anew for these."
)
_NONE_IS = False, False, False
_FIRST = FIRST_ROW + 1
"""The first row of a table as a person counts it."""

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Rated:
    """What a row shows of how its call was rated: the time talked, the terms, and what they came to."""

    talked_ms: int
    terms: Terms
    minutes: Decimal | None
    cost: Decimal | None
    talked_cost: Decimal | None = None

    @property
    def are_live(self) -> tuple[bool, bool, bool]:
        """Whether formulas over the columns give the billed time, the cost, the cost of the time talked."""
        return *self._billed_are_live, self._talked_is_live

    @property
    def _talked_is_live(self) -> bool:
        if self.talked_cost is None or not per_call.has_talked_cost(self.terms, self.talked_ms):
            return False
        return printed(self.terms.unrounded(self.talked_ms), ROW_PLACES) == self.talked_cost

    @property
    def _billed_are_live(self) -> tuple[bool, bool]:
        if self.minutes is None or not per_call.has_time(self.terms, self.talked_ms):
            return False, False
        billed = Fraction(self.terms.billed_ms(self.talked_ms), MS_PER_MINUTE)
        if printed(billed) != self.minutes:
            return False, False
        if self.cost is None or not per_call.has_cost(self.terms, self.talked_ms):
            return True, False
        return True, self.terms.cost(self.talked_ms) == Fraction(self.cost)


@dataclass(frozen=True, slots=True)
class LiveFigures(Generic[R]):
    """The figures of a table that are formulas."""

    formulas: Mapping[str, Formula[R]]
    """By header."""
    said: Assumption
    """Which they are, for the sheet Assumptions."""


@dataclass(frozen=True, slots=True)
class RatedTable(Generic[R]):
    """A table of rated calls, and the headers of its figures; those that it does not have are empty.

    `of` gives what a row shows, None where it shows no terms.
    """

    name: str
    of: Callable[[R], Rated | None]
    billed_s: str
    minutes: str
    cost: str
    talked_cost: str = ""

    def live(self, rows: Sequence[R]) -> LiveFigures[R]:
        """Of a sheet that is one table; no formulas where it has too many rows."""
        heads = [head for head in (self.minutes, self.cost, self.talked_cost) if head]
        if len(rows) > LIVE_CALLS:
            text = f"{listed(heads)}: values, since there are more than {LIVE_CALLS:,} calls."
            return LiveFigures({}, Assumption("Formulas", text, _OURS))
        shown = [self.of(row) for row in rows]
        are_live = [one.are_live if one else _NONE_IS for one in shown]
        counts = [sum(column) for column in zip(*are_live, strict=True)] or [0] * len(_NONE_IS)
        parts = []
        for head, count in zip((self.minutes, self.cost, self.talked_cost), counts, strict=True):
            if head:
                parts.append(f"{head}: formulas in {count:,} cells" if count else f"{head}: values")
        text = f"{'; '.join(parts)}. Formulas calculate from the columns beside them. {_WHY_VALUES}"
        if any(counts):
            text = f"{text} {_STAYS}"
        return LiveFigures(self._formulas(shown, are_live), Assumption("Formulas", text, _OURS))

    def _formulas(
        self, shown: Sequence[Rated | None], are_live: Sequence[tuple[bool, bool, bool]]
    ) -> dict[str, Formula[R]]:
        cells = Cells(
            *map(self._here, ("Seconds", "Minimum (s)", "Increment (s)", self.billed_s, "Rate per minute")),
            *map(self._here, ("Connect fee", "Decimal places", "Rounding")),
        )
        seconds, minutes = per_call.billed_seconds(cells), f"ROUND({cells.billed_s}/60,{PRINTED_PLACES})"
        costs = {mode: per_call.cost(cells, mode) for mode in MODES}

        def where_live(formula: str, figure: int) -> Formula[R]:
            return lambda row, number: formula if are_live[number - _FIRST][figure] else ""

        def cost(row: R, number: int) -> str:
            one, (_, is_live, _) = shown[number - _FIRST], are_live[number - _FIRST]
            return costs[one.terms.rounding] if one and is_live else ""

        return {
            self.billed_s: where_live(seconds, 0),
            self.minutes: where_live(minutes, 0),
            self.cost: cost,
            self.talked_cost: where_live(per_call.talked_cost(cells), 2),
        }

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
    return Rated(_ms(row.seconds), terms, row.expected_minutes, row.expected_cost, row.talked_cost)


def _ms(seconds: Decimal) -> int:
    return int(seconds * 1000)
