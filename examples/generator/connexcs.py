"""ConnexCS: one CDR format for both sides, with minimum / pulse billing, connect fees and four decimals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from examples.generator.files import Account, Format, Provider, seconds, table
from examples.generator.money import Rate, decimal, plain
from examples.generator.traffic import Call, Traffic

RATES = (
    Rate("", "inbound", 2_000, direction="inbound", minimum=1, increment=1),
    Rate("1", "United States and Canada", 5_000, direction="outbound", minimum=6, increment=6),
    Rate("44", "United Kingdom", 9_900, direction="outbound", minimum=30, increment=6, connect_fee=1_000),
    Rate(
        "447", "United Kingdom mobile", 23_500, direction="outbound", minimum=20, increment=6, rounding="up"
    ),
    Rate("49", "Germany", 15_000, direction="outbound", minimum=12, increment=6),
)
COLUMNS = [
    "Call ID",
    "Call Time",
    "Source Number",
    "Destination",
    "Duration",
    "Direction",
    "SIP Code",
    "Release Reason",
    "Destination Code",
    "Destination Name",
    "Billed Duration",
    "Rate",
    "Connect Cost",
    "Charge",
]
SIP = {
    "completed": (200, "Normal Clearing"),
    "busy": (486, "Busy Here"),
    "no-answer": (480, "Temporarily Unavailable"),
    "failed": (503, "Service Unavailable"),
    "canceled": (487, "Request Terminated"),
}


def cdr_csv(calls: Sequence[Call], account: Account) -> str:
    """The CDR export, times in UTC."""
    return table(COLUMNS, (_row(call, account) for call in calls))


def _row(call: Call, account: Account) -> list[object]:
    code, reason = SIP[call.status]
    numbers = [call.id, f"{call.started_at:%Y-%m-%d %H:%M:%S}", call.from_number, call.to_number]
    answer = [seconds(call), call.direction.title(), code, reason, call.rate.prefix, call.rate.destination]
    rate, fee = plain(decimal(call.rate.rate, 6)), plain(decimal(call.rate.connect_fee, 6))
    return [*numbers, *answer, call.billed, rate, fee, decimal(call.cost or 0, account.places)]


def beside(account: Account, _: int) -> tuple[dict[str, bytes], dict[str, Any]]:
    """The provider's own example of minutes x rate: 100 calls of 9.1 s at 0.005 a minute are 0.08, while
    their 15.1667 minutes x 0.005 would be 0.0758."""
    rows = [
        [
            f"{number:032x}@198.51.100.7",
            f"{account.first_day:%Y-%m}-10 {9 + number // 60:02}:{number % 60:02}:00",
            "+15005550006",
            f"+1500555{number:04}",
            *("9.1", "Outbound", *SIP["completed"], "1", "United States and Canada", "9.1", "0.005", "0"),
            "0.0008",
        ]
        for number in range(100)
    ]
    return {"nine-seconds-cdr.csv": table(COLUMNS, rows).encode()}, {}


CONNEXCS = Provider(
    "connexcs",
    Traffic("Europe/Berlin", 4, "USD", RATES, inbound_share=20),
    {"cdr": Format(".csv", cdr_csv, tells_billed=True)},
    call_id=lambda bits: f"{bits:032x}@198.51.100.7",
    log="cdr",
    billed="cdr",
    without=frozenset({"older-copies", "price-pending", "unknown-status", "formula-names"}),
    beside=beside,
)
