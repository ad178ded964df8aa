"""The rows of every table as they stand in the file, formulas included."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from templates.blank.reconciliation import billed_rows, calls, card, usage_rows
from templates.blank.reconciliation.example import Rows
from templates.blank.reconciliation.settled import Settled, settle
from templates.shared.tables import Row

_FEWEST = 2
"""Rows of a table: some programs take a column of one row for a single cell."""


@dataclass(frozen=True, slots=True)
class Filled:
    """What the reconciliation makes of them, and the rows of the tables."""

    settled: Settled
    calls: list[Row]
    billed: list[Row]
    usage: list[Row]
    rates: list[Row]

    @property
    def to_check(self) -> dict[str, int]:
        """By table, how many rows lack something."""
        tables = {"Calls": self.calls, "Billed": self.billed, "Usage": self.usage, "Rates": self.rates}
        return {
            name: sum(bool(row.get("To check") or row.get("Problem")) for row in rows)
            for name, rows in tables.items()
        }


def fill(rows: Rows) -> Filled:
    """Reconcile the rows and put the answer beside them."""
    settled = settle(rows)
    return Filled(
        settled,
        calls.rows_of(settled),
        _with_blanks(billed_rows.rows_of(settled), settled, billed_rows.blank_row),
        _with_blanks(usage_rows.rows_of(settled), settled, usage_rows.blank_row),
        card.rows_of(rows.rates),
    )


def _with_blanks(rows: list[Row], settled: Settled, blank_row: Callable[[Settled, int], Row]) -> list[Row]:
    return [*rows, *(blank_row(settled, number) for number in range(len(rows) + 1, _FEWEST + 1))]
