"""Which findings are disputed, and for what reason; of the others, why they are not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from addin.disputes.records import (
    CREDIT,
    ELSEWHERE,
    MINUTES,
    OURS,
    TOO_LITTLE,
    UNCLEAR,
    Dispute,
    NotDisputed,
    Reconciled,
)
from addin.reports.reconciliation.data import Compared, FindingRow, Sum
from addin.reports.reconciliation.notes import SUBJECT_ENDS

NO_CURRENCY = "(no currency)"
"""The unit of amounts whose records name no currency."""
TIME_AND_RATE = "duration and rate"
"""The kind of a call that is billed for more time at a lower rate, or the other way about: one dispute."""
ANOTHER_MONTH = "another month"
"""The kind of a call that the bill has in this month and the log in the next or the last one."""
OF_TIMING = "A matter of timing."
OWN_DAYS = "its own days sum to"
"""What the sentence of a finding says that holds a bill against itself."""

REASONS = {
    "missing-in-log": "Call not in our records",
    ANOTHER_MONTH: "Call of another month",
    "status": "Charged, but not answered",
    "duration": "Billed for more time than agreed",
    "rate": "Billed above the agreed rate",
    TIME_AND_RATE: "Billed for other time and at another rate",
    "duplicate": "Charged twice",
    "category": "Total above our calls",
    "day": "Day above our calls",
}
"""By kind, in the order in which they are listed."""

LEFT_OUT = ("unreadable", "unknown-status", "no-rate", "price-pending")
"""Kinds of calls of ours that are missing from what is expected."""

_OURS = {
    "no-rate": "Our rate card has no rate for it: complete it first.",
    "missing-in-bill": "The bill lacks this call.",
}
_CREDIT = "A credit on the bill without a charge of its call: find out what it is for."
_UNCLEAR = {
    "unreadable": "A row could not be read: get a readable one first.",
    "unknown-status": "Its status is not known as billed or not billed: decide that first.",
    "price-pending": "A price is still missing: ask again when the call is rated.",
    "currency": "The two sides are in different currencies, which are never netted: agree on one first.",
}


def sorted_out(one: Reconciled, opened_on: date) -> Iterator[Dispute | NotDisputed]:
    """Every finding as the one or the other, in their order."""
    for row in _merged(one.findings):
        yield _sorted_out(row, one, opened_on)


def _sorted_out(row: FindingRow, one: Reconciled, opened_on: date) -> Dispute | NotDisputed:
    kind = _kind_of(row)
    if kind in _UNCLEAR:
        return _not(row, one.month, UNCLEAR, _UNCLEAR[kind])
    if kind == "no-rate":
        return _not(row, one.month, OURS, _OURS[kind])
    if kind == "credit":
        amount, unit = _amount(row.sums.variance, row.sums)
        return replace(_not(row, one.month, CREDIT, _CREDIT), difference=amount, unit=unit)
    if kind == "duplicate" and row.log_place and not row.billed_place:
        return _not(row, one.month, OURS, "A copy in our own log: it was left out and changes nothing.")
    if kind not in (*REASONS, *_OURS):
        return _not(row, one.month, UNCLEAR, f"Findings of the kind {kind} are not known here.")
    rest = row.rest
    if rest is None:
        is_sum = kind in ("category", "day")
        if kind == "duplicate" or (is_sum and (one.by_call or OWN_DAYS in row.note)):
            why = (
                "This workbook is of an earlier version, which does not say what is in question here: build "
            )
            return _not(row, one.month, UNCLEAR, f"{why}the reconciliation again.")
        if kind == "day" and any(other.kind == "category" for other in one.findings):
            return _not(row, one.month, ELSEWHERE, "Part of the difference of its category.")
        rest = row.sums.variance
    amount, unit = _amount(rest, row.sums)
    if amount > 0 and kind in REASONS:
        return replace(
            _dispute(row, one.month, kind, amount, unit, opened_on),
            provider=one.provider_at(row.billed_place or ""),
        )
    if amount < 0 or kind == "missing-in-bill":
        return replace(_not(row, one.month, TOO_LITTLE, _too_little(row)), difference=amount, unit=unit)
    return _not(row, one.month, *_nothing(row, kind, unit))


def _kind_of(row: FindingRow) -> str:
    is_timing = row.kind == "missing-in-log" and row.note.endswith(OF_TIMING)
    return ANOTHER_MONTH if is_timing else row.kind


def _amount(rest: Sum, sums: Compared) -> tuple[Decimal, str]:
    """What is in question, and its unit: minutes only where the cost is not known."""
    if rest.cost is None:
        return rest.minutes, MINUTES
    known = (rest.currency, sums.variance.currency, sums.billed.currency, sums.expected.currency)
    return rest.cost, next(filter(None, known), NO_CURRENCY)


def _too_little(row: FindingRow) -> str:
    if row.kind == "missing-in-bill":
        ending = f" {OF_TIMING}" if row.note.endswith(OF_TIMING) else ""
        return f"{_OURS[row.kind]}{ending}"
    return "The bill charges less than expected."


def _nothing(row: FindingRow, kind: str, unit: str) -> tuple[str, str]:
    """Group and reason of a finding with nothing in question."""
    rest = row.rest or row.sums.variance
    if kind in ("category", "day") and not (rest.calls or rest.minutes):
        return ELSEWHERE, "Other findings say all of it."
    if kind == "duplicate":
        why = "It charges nothing on top: an older version, a copy of a credit, or one without a price."
        return ELSEWHERE, why
    if unit == MINUTES:
        return UNCLEAR, "It bills no more minutes, and the prices are not known."
    return ELSEWHERE, "It costs the same on both sides."


def _merged(rows: Sequence[FindingRow]) -> Iterator[FindingRow]:
    """Time and rate of one call are one finding where they pull in opposite directions: to dispute the part
    that is too much, and be silent about the other, would ask for more than was charged."""
    times = {_call_of(row): row for row in rows if row.kind == "duration"}
    rates = {_call_of(row): row for row in rows if row.kind == "rate"}
    both = {key for key in times.keys() & rates.keys() if _offset(times[key], rates[key])}
    for row in rows:
        key = _call_of(row)
        if key not in both or row.kind not in ("duration", "rate"):
            yield row
        elif row.kind == "rate":
            yield _together(times[key], row)


def _call_of(row: FindingRow) -> tuple[str, str | None, str | None]:
    return row.call_id, row.log_place, row.billed_place


def _offset(time: FindingRow, rate: FindingRow) -> bool:
    one, other = time.sums.variance.cost, rate.sums.variance.cost
    return one is not None and other is not None and one * other < 0


def _together(time: FindingRow, rate: FindingRow) -> FindingRow:
    """From what was expected to what was billed in the end."""
    expected, billed = time.sums.expected, rate.sums.billed
    assert expected.cost is not None
    assert billed.cost is not None
    variance = Sum(
        billed.calls - expected.calls,
        billed.minutes - expected.minutes,
        billed.cost - expected.cost,
        rate.sums.variance.currency,
    )
    sums, note = Compared(expected, billed, variance), f"{time.note} {rate.note}"
    return replace(rate, kind=TIME_AND_RATE, sums=sums, rest=variance, note=note)


def _dispute(row: FindingRow, month: str, kind: str, amount: Decimal, unit: str, opened_on: date) -> Dispute:
    is_minutes = unit == MINUTES
    billed, expected = row.sums.billed, row.sums.expected
    expected_cost = Decimal(0) if expected.cost is None and not expected.calls else expected.cost
    billed_cost = billed.cost
    if kind == "duplicate":
        billed_cost = amount  # the copy's own
    return Dispute(
        month=month,
        kind=kind,
        reason=REASONS[kind],
        question=amount,
        unit=unit,
        opened_on=opened_on,
        call_id=row.call_id,
        subject=subject_of(row),
        day=_day(row),
        account=row.account,
        from_number=row.from_number,
        to_number=row.to_number,
        billed=billed.minutes if is_minutes else billed_cost,
        expected=expected.minutes if is_minutes else expected_cost,
        minutes=row.rest.minutes if row.rest is not None else row.sums.variance.minutes,
        log_place=row.log_place or "",
        billed_place=row.billed_place or "",
        found=row.note,
        beside=_beside(row),
    )


def _not(row: FindingRow, month: str, group: str, why: str) -> NotDisputed:
    billed, expected = row.sums.billed, row.sums.expected
    known = billed.cost is not None or expected.cost is not None
    currency = row.sums.variance.currency or billed.currency or expected.currency
    return NotDisputed(
        month=month,
        kind=row.kind,
        group=group,
        why=why,
        unit=(currency or NO_CURRENCY) if known else MINUTES,
        minutes=row.rest.minutes if row.rest is not None else row.sums.variance.minutes,
        call_id=row.call_id,
        day=_day(row),
        account=row.account,
        from_number=row.from_number,
        to_number=row.to_number,
        billed=billed.cost if known else billed.minutes,
        expected=expected.cost if known else expected.minutes,
        log_place=row.log_place or "",
        billed_place=row.billed_place or "",
        found=row.note,
    )


def subject_of(row: FindingRow) -> str:
    """The category or day that a finding without a call is about, as its sentence begins."""
    subject, colon, _ = row.note.partition(SUBJECT_ENDS)
    return subject if colon and not row.call_id and row.started_at is None else ""


def _day(row: FindingRow) -> date | None:
    if row.started_at is not None:
        return row.started_at.date()
    try:
        return date.fromisoformat(subject_of(row)[:10])
    except ValueError:
        return None


def _beside(row: FindingRow) -> str:
    if row.entered is None:
        return ""
    return "; ".join(filter(None, (row.entered.status, row.entered.owner, row.entered.text)))
