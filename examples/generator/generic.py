"""A carrier that nobody has built a reader for: semicolons, decimal commas, local times, words of its own.

`mapping.toml` tells a reader what its columns are.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from examples.generator.files import Account, Format, Provider, table
from examples.generator.money import Rate, decimal
from examples.generator.traffic import Call, Traffic

RATES = (
    Rate("", "inbound", 3_000, direction="inbound", minimum=1, increment=1),
    Rate("1", "United States and Canada", 11_000, direction="outbound", minimum=30, increment=6),
    Rate("44", "United Kingdom", 12_500, direction="outbound", minimum=20, increment=6),
    Rate("49", "Germany", 7_900, direction="outbound", connect_fee=10_000),
)
COLUMNS = ("Reference", "Caller", "Called", "Started", "Length", "Result", "Way", "Charged Length", "Amount")
RESULTS = {
    "completed": "Connected",
    "busy": "Engaged",
    "no-answer": "No reply",
    "failed": "Fault",
    "canceled": "Hung up before",
}
MAPPING = """\
# What the columns of this carrier's export are.
provider = "northline"
time_zone = "Europe/Berlin"
currency = "EUR"
duration = "h:mm:ss"
decimal_comma = true

[columns]
call_id = "Reference"
from = "Caller"
to = "Called"
start = "Started"
duration = "Length"
status = "Result"
direction = "Way"
billed_duration = "Charged Length"
price = "Amount"

[status]
billed = ["Connected"]
not_billed = ["Engaged", "No reply", "Fault", "Hung up before"]

[direction]
inbound = ["In"]
outbound = ["Out"]
"""


def export_csv(calls: Sequence[Call], account: Account) -> str:
    """The carrier's export, times in Berlin without saying so."""
    zone = ZoneInfo(account.zone)
    return table(COLUMNS, (_row(call, zone, account) for call in calls), delimiter=";")


def mapping(account: Account, seed: int) -> tuple[dict[str, bytes], dict[str, Any]]:
    """The mapping file beside the calls."""
    return {"mapping.toml": MAPPING.encode()}, {"mapping": "mapping.toml"}


def _row(call: Call, zone: ZoneInfo, account: Account) -> list[str]:
    started = f"{call.started_at.astimezone(zone):%Y-%m-%d %H:%M:%S}"
    length = _clock(call.duration) if call.duration_text is None else call.duration_text
    amount = decimal(call.cost or 0, account.places).replace(".", ",")
    way = "In" if call.direction == "inbound" else "Out"
    numbers = [call.id, call.from_number, call.to_number, started, length]
    return [*numbers, RESULTS.get(call.status, call.status), way, _clock(call.billed), amount]


def _clock(seconds: int) -> str:
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


GENERIC = Provider(
    "generic",
    Traffic("Europe/Berlin", 4, "EUR", RATES),
    {"export": Format(".csv", export_csv, tells_billed=True)},
    call_id=lambda bits: f"NL{bits % 10**12:012}",
    log="export",
    billed="export",
    without=frozenset({"older-copies", "price-pending", "formula-names"}),
    beside=mapping,
)
