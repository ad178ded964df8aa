"""Short ways to write records and rate cards in tests."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import count
from typing import Any

from addin.reconcile.measure import Tolerance
from addin.reconcile.period import Month
from addin.reconcile.reconciliation import Question, Reconciliation, reconcile
from addin.records.call import Call, Place, Records, SourceFile, UsageRecord
from udfs.rating.rate_card import RateCard

MONTH = Month(2026, 9)
START = datetime(2026, 9, 10, 12, 0, tzinfo=UTC)
_rows = count(2)


def call(call_id: str = "C1", seconds: float = 61, **changes: object) -> Call:
    """An answered outbound call in September 2026, priced as the provider would at 0.014 per minute."""
    row = next(_rows)
    minutes = -(-round(seconds) // 60)
    fields: dict[str, object] = {
        "place": Place("log.csv", row),
        "provider": "twilio",
        "call_id": call_id,
        "from_number": "+15005550006",
        "to_number": "+447700900123",
        "direction": "outbound",
        "category": "calls",
        "status": "completed",
        "is_billed": True,
        "started_at": START,
        "duration_ms": round(seconds * 1000),
        "cost": Decimal("0.014") * minutes,
        "currency": "USD",
        "row_values": (call_id, str(row)),
    }
    return Call(**{**fields, **changes})  # type: ignore[arg-type]


def bill(call_id: str = "C1", seconds: float = 61, **changes: object) -> Call:
    """The provider's own record of such a call."""
    return call(call_id, seconds, **{"place": Place("bill.csv", next(_rows)), **changes})


def usage(
    calls: int, minutes: str, cost: str | None, category: str = "calls", **changes: object
) -> UsageRecord:
    """The month's usage record of a category."""
    fields: dict[str, object] = {
        "place": Place("usage.csv", next(_rows)),
        "provider": "twilio",
        "category": category,
        "start_on": date(2026, 9, 1),
        "end_on": date(2026, 9, 30),
        "calls": calls,
        "minutes": Decimal(minutes),
        "cost": None if cost is None else Decimal(cost),
        "currency": "USD",
        "unit": "minutes",
    }
    return UsageRecord(**{**fields, **changes})  # type: ignore[arg-type]


def card(*rows: dict[str, Any]) -> RateCard:
    """A rate card of the given rows; without any, 0.014 per minute for all."""
    table = list(rows) or [{"prefix": "", "rate": "0.014", "currency": "USD"}]
    headers = list(dict.fromkeys(name for row in table for name in row))
    numbers = {"rate", "minimum", "increment", "connect_fee", "decimals"}
    rows_of_cells = [
        [Decimal(str(row[name])) if name in numbers and name in row else row.get(name) for name in headers]
        for row in table
    ]
    return RateCard.from_rows([headers, *rows_of_cells])


def later(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


def run(
    log: list[Call],
    billed: list[Call] | list[UsageRecord],
    rates: RateCard | None = None,
    tolerance: Tolerance | None = None,
    **log_changes: object,
) -> Reconciliation:
    """Reconcile in-memory records for September 2026."""
    calls = tuple(record for record in billed if isinstance(record, Call))
    sums = tuple(record for record in billed if isinstance(record, UsageRecord))
    return reconcile(
        Records(calls=tuple(log), sources=(source("log.csv"),), **log_changes),  # type: ignore[arg-type]
        Records(calls=calls, usage=sums, sources=(source("bill.csv"),)),
        Question(MONTH, tolerance or Tolerance()),
        rates,
    )


def source(name: str) -> SourceFile:
    return SourceFile(name, "twilio", "Twilio script CSV", "0" * 64, 1, 1)


def step(result: Reconciliation, name: str, currency: str = "USD") -> tuple[int, Fraction, Fraction]:
    """Calls, minutes and cost of a step."""
    measure = result.bridges[currency][name]
    return measure.calls, measure.minutes, measure.cost


def kinds(result: Reconciliation) -> list[tuple[str, str]]:
    """Kind and call id of every finding, in order."""
    return [(finding.kind, finding.call_id) for finding in result.findings]
