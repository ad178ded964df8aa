"""The disputes with which the template is shipped: one of each status, and two currencies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from addin.disputes.reasons import REASONS
from addin.disputes.records import ACCEPTED, OPEN, REJECTED, SETTLED, Dispute, Entered


@dataclass(frozen=True, slots=True)
class Rows:
    """What stands in the yellow cells."""

    as_of: date
    disputes: tuple[Dispute, ...]
    provider: str = "Example Telecom"
    account: str = "AC-4711"
    currency: str = "USD"
    """Of the letter."""
    answer_days: int = 14


def dispute(
    call_id: str,
    day: date,
    kind: str,
    sides: tuple[str, str],
    entered: Entered,
    opened_on: date,
    *,
    unit: str = "USD",
    place: str = "",
) -> Dispute:
    """A disputed charge; `sides` is what is billed and what is expected."""
    billed, expected = map(Decimal, sides)
    return Dispute(
        month=f"{day:%Y-%m}",
        kind=kind,
        reason=REASONS.get(kind, kind),
        question=billed - expected,
        unit=unit,
        opened_on=opened_on,
        call_id=call_id,
        day=day,
        billed=billed,
        expected=expected,
        billed_place=place,
        entered=entered,
    )


_AUGUST, _SEPTEMBER = date(2026, 8, 12), date(2026, 10, 5)

EXAMPLE = Rows(
    as_of=date(2026, 10, 20),
    disputes=(
        dispute(
            *("C-0817", date(2026, 7, 14), "duplicate", ("0.0360", "0"), Entered(ACCEPTED, date(2026, 9, 2))),
            _AUGUST,
            place="july.csv:212",
        ),
        dispute(
            *("C-0901", date(2026, 7, 22), "status", ("0.0120", "0")),
            Entered(SETTLED, date(2026, 9, 30), Decimal("0.0120"), "CN-1180", "Credit note of September"),
            _AUGUST,
            place="july.csv:340",
        ),
        dispute(
            *("C-0944", date(2026, 7, 29), "rate", ("0.0700", "0.0350")),
            Entered(REJECTED, date(2026, 9, 11), note="The new rate was in force from 28 July"),
            _AUGUST,
            place="july.csv:398",
        ),
        dispute(
            *("C-1003", date(2026, 9, 2), "duplicate", ("0.0170", "0"), Entered(), _SEPTEMBER),
            place="bill.csv:5",
        ),
        dispute(
            *("C-1008", date(2026, 9, 14), "duration", ("0.0850", "0.0765"), Entered(OPEN), _SEPTEMBER),
            place="bill.csv:8",
        ),
        dispute(
            *("C-1009", date(2026, 9, 21), "rate", ("0.0495", "0.0385"), Entered(OPEN), _SEPTEMBER),
            place="bill.csv:9",
        ),
        dispute(
            *("C-1010", date(2026, 9, 22), "status", ("0.0085", "0"), Entered(OPEN), _SEPTEMBER),
            place="bill.csv:10",
        ),
        dispute(
            *("C-2001", date(2026, 9, 18), "missing-in-log", ("0.0170", "0"), Entered(OPEN), _SEPTEMBER),
            place="bill.csv:13",
        ),
        dispute(
            *("E-0042", date(2026, 9, 9), "missing-in-log", ("1.2000", "0")),
            Entered(ACCEPTED, date(2026, 10, 12), Decimal("0.5000"), "CN-1207", "The rest comes in November"),
            _SEPTEMBER,
            unit="EUR",
            place="bill-eu.csv:77",
        ),
    ),
)
