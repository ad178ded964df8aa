"""The rows that the rating template comes with: a small rate card, and calls that show what it does."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from templates.blank.rating.calls import NO, YES
from templates.blank.rating.values import Filled
from templates.shared.tables import Row
from udfs.rating.status import BILLED, NOT_BILLED

_OURS, _UK_OURS = "+1 212 555 0100", "+44 20 7946 0100"


def _rate(
    prefix: str, direction: str, destination: str, rate: str, terms: str, currency: str, **more: object
) -> Row:
    minimum, _, increment = terms.partition("/")
    return {
        "Prefix": prefix or None,
        "Direction": direction,
        "Destination": destination,
        "Country": {"1": "US", "4": "GB"}.get(prefix[:1]),
        "Rate": Decimal(rate),
        "Minimum": int(minimum),
        "Increment": int(increment),
        "Currency": currency,
        **more,  # type: ignore[dict-item]
    }


RATES: tuple[Row, ...] = (
    _rate("1", "outbound", "United States", "0.014", "60/60", "USD"),
    _rate("1212", "outbound", "New York City", "0.0095", "30/6", "USD", Decimals=5),
    _rate("44", "outbound", "United Kingdom", "0.0158", "60/60", "USD", **{"Valid until": date(2026, 9, 14)}),
    _rate("44", "outbound", "United Kingdom", "0.0172", "60/60", "USD", **{"Valid from": date(2026, 9, 15)}),
    _rate("4420", "outbound", "London", "0.012", "1/1", "USD", **{"Connect fee": Decimal("0.005")}),
    _rate("", "inbound", "Calls to our US number", "0.0085", "60/60", "USD"),
    _rate("44", "inbound", "Calls to our UK number", "0.0064", "60/60", "GBP", Rounding="up"),
)


def _call(
    number: int, started: datetime, direction: str, other: str, status: str, seconds: int | None
) -> Row:
    ours = _UK_OURS if other.startswith("+44") and direction == "inbound" else _OURS
    from_number, to_number = (other, ours) if direction == "inbound" else (ours, other)
    return {
        "Call id": f"CA{number:04d}",
        "Started (UTC)": started,
        "Direction": direction,
        "From": from_number,
        "To": to_number,
        "Status": status,
        "Seconds": seconds,
        "Currency": "GBP" if ours == _UK_OURS else "USD",
        "Place": f"calls.csv row {number + 1}",
    }


CALLS: tuple[Row, ...] = (
    _call(1, datetime(2026, 9, 1, 8, 15, 2), "outbound-api", "+1 212 555 0123", "completed", 31),
    _call(2, datetime(2026, 9, 1, 9, 2, 40), "outbound-api", "+1 202 555 0147", "completed", 80),
    _call(3, datetime(2026, 9, 2, 14, 30, 11), "outbound-dial", "+44 20 7946 0958", "completed", 61),
    _call(4, datetime(2026, 9, 14, 23, 59, 58), "outbound-api", "+44 1632 960123", "completed", 45),
    _call(5, datetime(2026, 9, 15, 0, 0, 3), "outbound-api", "+44 1632 960123", "completed", 45),
    _call(6, datetime(2026, 9, 17, 11, 7, 30), "outbound-api", "+1 202 555 0147", "no-answer", 0),
    _call(7, datetime(2026, 9, 18, 16, 20, 0), "inbound", "+1 312 555 0188", "completed", 125),
    _call(8, datetime(2026, 9, 21, 7, 45, 9), "inbound", "+44 20 7946 0321", "completed", 77),
    _call(9, datetime(2026, 9, 30, 23, 59, 30), "outbound-api", "+1 212 555 0199", "completed", 640),
    _call(10, datetime(2026, 10, 1, 0, 0, 5), "outbound-api", "+1 212 555 0199", "completed", 29),
)
_AS_PROVIDERS_WRITE = {"noanswer": "no-answer", "notanswered": "not answered", "inprogress": "in-progress"}
STATUSES = {
    **dict.fromkeys(sorted(BILLED), YES),
    **dict.fromkeys(sorted(_AS_PROVIDERS_WRITE.get(word, word) for word in NOT_BILLED), NO),
}


def example(
    calls: tuple[Row, ...] = CALLS,
    rates: tuple[Row, ...] = RATES,
    *,
    decimals: int = 5,
    currency: str = "USD",
) -> Filled:
    """The template's tables; with other rows for tests."""
    return Filled(calls, rates, STATUSES, decimals, currency)
