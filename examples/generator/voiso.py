"""Voiso: CDRs as CSV and JSON. They carry no price: the rate card says what the calls should cost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from examples.generator.files import Account, Format, Provider, lines, seconds, table
from examples.generator.money import Rate
from examples.generator.traffic import AGENTS, Call, Traffic

RATES = (
    Rate("", "inbound", 6_000, direction="inbound", minimum=60, increment=1),
    Rate("1", "United States and Canada", 12_000, direction="outbound", minimum=30, increment=6),
    Rate("44", "United Kingdom", 14_500, direction="outbound", minimum=30, increment=6),
    Rate("49", "Germany", 16_100, direction="outbound", minimum=30, increment=6),
)
COLUMNS = ("uuid", "timestamp", "agent", "from", "to", "duration", "disposition", "type")
DISPOSITIONS = {"completed": "answered", "no-answer": "no_answer", "canceled": "abandoned"}
OUTBOUND = ("outbound", "dialer", "click_to_call")


def cdr_csv(calls: Sequence[Call], account: Account) -> str:
    """The CDR export, bare times in UTC."""
    return table(COLUMNS, (list(_record(call).values()) for call in calls))


def cdr_json(calls: Sequence[Call], account: Account) -> str:
    """The same as JSON, durations as numbers."""
    records = []
    for call in calls:
        talked = {} if call.duration_text is not None else {"duration": call.duration}
        records.append(_record(call) | talked)
    return f"[\n{lines(records)}\n]\n"


def _record(call: Call) -> dict[str, Any]:
    return {
        "uuid": call.id,
        "timestamp": f"{call.started_at:%Y-%m-%d %H:%M:%S}",
        "agent": AGENTS[call.bits % len(AGENTS)],
        "from": call.from_number,
        "to": call.to_number,
        "duration": seconds(call),
        "disposition": DISPOSITIONS.get(call.status, call.status),
        "type": "inbound" if call.direction == "inbound" else OUTBOUND[call.bits % len(OUTBOUND)],
    }


VOISO = Provider(
    "voiso",
    Traffic("Europe/London", 4, "USD", RATES),
    {
        "cdr": Format(".csv", cdr_csv, tells_cost=False),
        "json": Format(".json", cdr_json, 1, tells_cost=False),
    },
    call_id=lambda bits: str(UUID(int=bits, version=4)),
    log="cdr",
    billed="json",
    # no price, no update time, no caller name
    without=frozenset({"older-copies", "price-pending", "formula-names", "rate", "duration-and-rate"}),
)
