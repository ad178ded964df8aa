"""The formulas of rated calls on the sheets Calls and Rated calls, over the terms that stand beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from addin.reports.about import Assumption
from addin.reports.reconciliation.data import CallRow
from templates.formulas import per_call
from templates.formulas.per_call import Cells
from templates.grid import column_reference
from templates.live import Formula
from udfs.rating.cost import MS_PER_MINUTE, Terms

LIVE_CALLS = 10_000
"""Calls of a sheet up to which formulas are written; with more, programs would take long to open it."""

_OURS = "choice of this report"
_WHY_VALUES = (
    " The others are values: of a price or a time that the log says, or where a formula would not be exact, "
    "as with rates of more than 6 decimals."
)
_MOST_PLACES = 10
"""Decimals of minutes in a cell."""


@dataclass(frozen=True, slots=True)
class RatedTable:
    """A table of rated calls, and the headers of its figures."""

    name: str
    billed_s: str
    minutes: str
    cost: str

    def formulas(self, rows: Sequence[CallRow]) -> dict[str, Formula[CallRow]]:
        """By header; of too many calls none."""
        if len(rows) > LIVE_CALLS:
            return {}
        cells = Cells(
            *map(self._here, ("Seconds", "Minimum (s)", "Increment (s)", self.billed_s, "Rate per minute")),
            *map(self._here, ("Connect fee", "Decimal places", "Rounding")),
        )
        seconds, minutes = per_call.billed_seconds(cells), f"ROUND({cells.billed_s}/60,{_MOST_PLACES})"
        costs = {mode: per_call.cost(cells, mode) for mode in {row.rounding for row in rows} if mode}
        return {
            self.billed_s: lambda row, number: seconds if has_time(row) else "",
            self.minutes: lambda row, number: minutes if has_time(row) else "",
            self.cost: lambda row, number: costs[row.rounding or ""] if has_cost(row) else "",
        }

    def said(self, rows: Sequence[CallRow]) -> Assumption:
        """Which figures are formulas, for the sheet Assumptions."""
        if len(rows) > LIVE_CALLS:
            text = f"{self.minutes} and {self.cost}: values, since there are more than {LIVE_CALLS:,} calls."
            return Assumption("Formulas", text, _OURS)
        times = [has_time(row) for row in rows if row.expected_minutes is not None]
        costs = [has_cost(row) for row in rows if row.expected_cost is not None]
        parts = [
            f"{header}: formulas in {sum(live):,} of {len(live):,} cells"
            for header, live in ((self.minutes, times), (self.cost, costs))
        ]
        text = f"{'; '.join(parts)}, over the columns beside them."
        if not all(times + costs):
            text += _WHY_VALUES
        return Assumption("Formulas", text, _OURS)

    def _here(self, header: str) -> str:
        return f"{self.name}[[#This Row],[{column_reference(header)}]]"


def has_time(row: CallRow) -> bool:
    """Whether the billed time of a row is what a formula over its columns gives."""
    terms = _terms(row)
    if terms is None or row.expected_minutes is None:
        return False
    talked_ms = _ms(row.seconds)
    billed = Fraction(terms.billed_ms(talked_ms), MS_PER_MINUTE)
    return per_call.has_time(terms, talked_ms) and round(billed, _MOST_PLACES) == row.expected_minutes


def has_cost(row: CallRow) -> bool:
    """The same of its cost."""
    terms = _terms(row)
    if terms is None or row.expected_cost is None or not has_time(row):
        return False
    talked_ms = _ms(row.seconds)
    return per_call.has_cost(terms, talked_ms) and terms.cost(talked_ms) == Fraction(row.expected_cost)


def _terms(row: CallRow) -> Terms | None:
    """The terms that a person sees beside a call; None where it has none."""
    if row.rate is None or row.minimum is None or row.increment is None or row.connect_fee is None:
        return None
    return Terms(
        rate=Fraction(row.rate),
        minimum_ms=_ms(row.minimum),
        increment_ms=_ms(row.increment),
        connect_fee=Fraction(row.connect_fee),
        places=-1 if row.places is None else row.places,
        rounding=row.rounding or "none",
    )


def _ms(seconds: Decimal) -> int:
    return int(seconds * 1000)
