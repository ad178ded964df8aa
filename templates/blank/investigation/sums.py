"""Calls, time and cost of a side, and what is chosen on the first sheet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from templates.blank.investigation.bill_values import number
from templates.shared.tables import Row, Shown

Values = dict[str, Shown]


@dataclass(frozen=True, slots=True)
class Settings:
    """What is chosen on the first sheet and on the path."""

    month: date
    threshold: Decimal = Decimal("0.01")
    tolerance_amount: Decimal = Decimal(0)
    tolerance_minutes: Decimal = Decimal(0)
    opening: Decimal | None = None
    top_ups: Decimal | None = None
    credits: Decimal | None = None
    storage: Decimal | None = None
    other_charges: Decimal | None = None
    closing: Decimal | None = None
    buffer: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Sums:
    """Calls, billed seconds and cost of a side."""

    calls: int
    seconds: Fraction
    cost: Fraction

    @property
    def minutes(self) -> Fraction:
        return self.seconds / 60


@dataclass(frozen=True, slots=True)
class Known:
    """How many of the calls that count have a figure: ours a cost, theirs a time, theirs a price."""

    ours: int
    their_time: int
    their_cost: int


def sums_of(rows: Iterable[Row], seconds: str, cost: str) -> Sums:
    those = [*rows]
    return Sums(
        len(those),
        sum((number(row[seconds]) for row in those), Fraction(0)),
        sum((number(row[cost]) for row in those), Fraction(0)),
    )
