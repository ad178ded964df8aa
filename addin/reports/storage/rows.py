"""The rows of a storage statement as they are printed: frozen, with exact decimals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from addin.reconcile.measure import printed
from addin.storage.comparison import Compared
from addin.storage.lines import NONE, Line
from addin.storage.months import MonthEnd

_PLACES = 20
"""As many as a rate can have: a charge is whole minutes times it, which ends."""


@dataclass(frozen=True, slots=True)
class RecordingRow:
    """One recording; `days` and `charges` by month end, None where it is not stored or no rate is known."""

    place: str
    recording_id: str
    call_id: str
    created_at: datetime
    deleted_at: datetime | None
    created_on: date
    deleted_on: date | None
    seconds: Decimal
    minutes: int
    rate: Decimal | None
    rate_from: str
    days: tuple[int | None, ...]
    charges: tuple[Decimal | None, ...]
    total: Decimal | None
    days_as_of: int | None


@dataclass(frozen=True, slots=True)
class MonthRow:
    """One month end: the invoice line, and what it is made of."""

    month: str
    on: date
    held: int
    charged: int
    free: int
    deleted: int
    deleted_on_last_day: int
    unrated: int
    minutes: int
    amount: Decimal
    currency: str
    invoice: Decimal | None
    difference: Decimal | None
    """Invoice minus amount, exact."""


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """Plivo's figures of one recording beside ours."""

    place: str
    recording_id: str
    month_end: date | None
    amount: Decimal | None
    our_amount: Decimal | None
    difference: Decimal | None
    days: int | None
    our_days: int | None
    minutes: Decimal | None
    our_minutes: int
    outcome: str


@dataclass(frozen=True, slots=True)
class SavingRow:
    """What deleting recordings older than so many days saves."""

    days: int
    recordings: int
    next: Decimal | None
    """None where a rate is not known."""
    all: Decimal | None


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One observation."""

    kind: str
    place: str
    recording_id: str
    text: str
    amount: Decimal | None
    remedy: str
    is_open: bool


def recording_row(line: Line, ends: Sequence[date], as_of: date) -> RecordingRow:
    recording, charges = line.recording, [line.charge(end) for end in ends]
    total = line.total(ends)
    return RecordingRow(
        place=str(recording.place),
        recording_id=recording.recording_id,
        call_id=recording.call_id,
        created_at=recording.created_at,
        deleted_at=recording.deleted_at,
        created_on=line.created_on,
        deleted_on=line.deleted_on,
        seconds=Decimal(recording.duration_ms) / 1000,
        minutes=line.minutes,
        rate=None if line.rate is None else exact(line.rate),
        rate_from="" if line.rate_from == NONE else line.rate_from,
        days=tuple(line.days(end) for end in ends),
        charges=tuple(None if charge is None else exact(charge) for charge in charges),
        total=None if total is None else exact(total),
        days_as_of=line.days(as_of),
    )


def month_row(month: MonthEnd, currency: str) -> MonthRow:
    difference = month.difference
    return MonthRow(
        month=str(month.month),
        on=month.on,
        held=month.held,
        charged=month.charged,
        free=month.held - month.charged,
        deleted=month.deleted,
        deleted_on_last_day=month.deleted_on_last_day,
        unrated=month.unrated,
        minutes=month.minutes,
        amount=exact(month.amount),
        currency=currency,
        invoice=month.invoice,
        difference=None if difference is None else exact(difference),
    )


def compared_row(one: Compared) -> ComparedRow:
    both = one.amount is not None and one.our_amount is not None
    difference = Fraction(one.amount or 0) - Fraction(one.our_amount or 0)
    wrong = [
        name
        for name, differs in (
            ("amount", one.amount_differs),
            ("days", one.days_differ),
            ("minutes", one.minutes_differ),
        )
        if differs
    ]
    return ComparedRow(
        place=str(one.line.recording.place),
        recording_id=one.line.recording.recording_id,
        month_end=one.export.month_end if one.export and one.amount is not None else None,
        amount=None if one.amount is None else exact(one.amount),
        our_amount=None if one.our_amount is None or one.amount is None else exact(one.our_amount),
        difference=exact(difference) if both else None,
        days=one.days,
        our_days=one.our_days,
        minutes=None if one.minutes is None else exact(one.minutes),
        our_minutes=one.line.minutes,
        outcome=_outcome(one, wrong),
    )


def _outcome(one: Compared, wrong: Sequence[str]) -> str:
    """`agrees` is said of amounts alone, and of those that were asked for."""
    if wrong:
        return f"differs: {', '.join(wrong)}"
    if one.amount is None:
        return "no amount"
    return "agrees" if one.is_asked else "of another month end"


def known(value: Fraction | None) -> Decimal | None:
    return None if value is None else exact(value)


def exact(value: Fraction) -> Decimal:
    return printed(value, _PLACES)
