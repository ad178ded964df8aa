"""The rows that the template is shipped with: a small month with a wrong rate, and what else goes wrong."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from templates.blank.investigation.values import Settings
from templates.blank.rating.examples import STATUSES
from templates.blank.rating.values import Filled
from templates.shared.tables import Row

SETTINGS = Settings(date(2026, 9, 1))
_FROM, _US, _GB = "+1 212 555 0100", "+1 212 555 0142", "+44 20 7946 0018"

RATES: tuple[Row, ...] = (
    {
        "Prefix": "1",
        "Direction": "outbound",
        "Destination": "United States",
        "Rate": Decimal("0.014"),
        "Minimum": 60,
        "Increment": 60,
        "Decimals": 4,
        "Currency": "USD",
    },
    {
        "Prefix": "44",
        "Direction": "outbound",
        "Destination": "United Kingdom",
        "Rate": Decimal("0.0158"),
        "Minimum": 30,
        "Increment": 6,
        "Decimals": 4,
        "Currency": "USD",
    },
)


def _call(number: int, started: str, to: str, seconds: int, status: str = "completed") -> Row:
    return {
        "Call id": f"CA{number:04}",
        "Started (UTC)": datetime.fromisoformat(f"2026-{started}"),
        "Direction": "outbound",
        "From": _FROM,
        "To": to,
        "Status": status,
        "Seconds": seconds,
        "Currency": "USD",
        "Place": f"calls.csv:{number + 1}",
    }


def _billed(
    number: int, started: str, to: str, seconds: int, minutes: str, cost: str, status: str = "completed"
) -> Row:
    own = _call(number, started, to, seconds, status)
    return {
        **own,
        "Billed minutes": Decimal(minutes),
        "Cost": Decimal(cost),
        "Place": f"bill.csv:{number + 1}",
    }


CALLS = (
    _call(1, "09-02 08:15:00", _US, 61),
    _call(2, "09-02 11:40:12", _GB, 31),
    _call(3, "09-07 09:05:30", _US, 9),
    _call(4, "09-15 10:01:00", _US, 185),
    _call(5, "09-15 14:20:00", _GB, 31),
    _call(6, "09-15 14:31:05", _GB, 95),
    _call(7, "09-15 14:45:40", _GB, 600),
    _call(8, "09-15 16:02:00", _US, 0, "no-answer"),
    _call(9, "09-21 23:59:58", _US, 20),
    _call(10, "09-30 23:59:30", _GB, 44),
    _call(11, "10-01 00:00:10", _US, 30),
)
"""31 s at 30/6, a call that was missed, one at the last second of a day, and one of the next month."""

BILLED = (
    _billed(1, "09-02 08:15:00", _US, 61, "2", "0.0280"),
    _billed(2, "09-02 11:40:12", _GB, 31, "0.6", "0.0095"),
    _billed(3, "09-07 09:05:30", _US, 9, "1", "0.0140"),
    _billed(4, "09-15 10:01:00", _US, 185, "4", "0.0560"),
    _billed(5, "09-15 14:20:00", _GB, 31, "0.6", "0.0103"),
    _billed(6, "09-15 14:31:05", _GB, 95, "1.6", "0.0275"),
    _billed(7, "09-15 14:45:40", _GB, 600, "10", "0.1720"),
    _billed(7, "09-15 14:45:40", _GB, 600, "10", "0.1720"),
    _billed(9, "09-22 00:00:01", _US, 20, "1", "0.0140"),
    _billed(10, "09-30 23:59:30", _GB, 44, "1", "0.0158"),
    _billed(12, "09-21 12:00:00", _US, 20, "1", "0.0140"),
)
"""A new rate for the United Kingdom on September 15, a copy, a start three seconds later on the next day, a
minute for 48 s, and a call that our log does not have."""


def example(
    calls: tuple[Row, ...] = CALLS,
    rates: tuple[Row, ...] = RATES,
    *,
    currency: str = "USD",
    decimals: int = 4,
) -> Filled:
    return Filled(calls, rates, STATUSES, decimals, currency)
