"""Plivo: CDRs as the API answers them and as CSV, and recordings with their storage."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from typing import Any
from uuid import UUID

from examples.generator.files import Account, Format, Provider, lines, seconds, table
from examples.generator.money import Rate, decimal, plain
from examples.generator.storage import storage
from examples.generator.traffic import Call, Traffic, next_month, utc

RATES = (
    Rate("", "inbound", 8_500, direction="inbound"),
    Rate("1", "United States and Canada", 10_000, direction="outbound"),
    Rate("44", "United Kingdom", 12_600, direction="outbound"),
    Rate("4477", "United Kingdom mobile", 35_700, direction="outbound"),
    Rate("49", "Germany", 15_400, direction="outbound"),
)
CDR_COLUMNS = [
    "Call UUID",
    "Parent call UUID",
    "From number",
    "To number",
    "Call direction",
    "End time",
    "Initiation time",
    "Answer time",
    "Call duration",
    "Billed duration",
    "Call rate",
    "Billed amount",
    "Hangup cause",
    "Hangup cause code",
    "Hangup source",
    "Call leg",
    "Subaccount Auth ID",
    "Call type",
    "To country ISO",
    "From country ISO",
    "Billing prefix",
]
HANGUPS = {
    "completed": ("Normal Hangup", 4000, "Caller"),
    "busy": ("Busy Line", 3010, "Callee"),
    "no-answer": ("No Answer", 3020, "Callee"),
    "failed": ("Network Error", 6000, "Carrier"),
    "canceled": ("Cancelled", 1000, "Caller"),
}
COUNTRIES = {"+1": "US", "+44": "GB", "+49": "DE", "+88": ""}
STORAGE_RATE = 4
"""A minute of a recording a month, in ten thousandths."""
FREE_DAYS = 90


def call_json(calls: Sequence[Call], account: Account) -> str:
    """`{"objects": [...]}`, every time with the account's offset."""
    meta = (
        f'"meta":{{"limit":{len(calls)},"next":null,"offset":0,"previous":null,"total_count":{len(calls)}}}'
    )
    return f'{{{meta},"objects":[\n{lines(_record(call, account) for call in calls)}\n]}}\n'


def cdr_csv(calls: Sequence[Call], account: Account) -> str:
    """The console's CDR export."""
    return table(CDR_COLUMNS, (_row(call, account) for call in calls))


def recordings(account: Account, seed: int) -> tuple[dict[str, bytes], dict[str, Any]]:
    """Recordings of the last two hundred days, and what their storage costs at the month's end."""
    rng = random.Random(f"plivo recordings {seed} {account.first_day}")
    month_end = next_month(account.first_day) - timedelta(days=1)
    objects, charged, amount = [], 0, 0
    for _ in range(40):
        created_at = utc(month_end) - timedelta(seconds=rng.randrange(200 * 86_400))
        milliseconds = rng.randrange(1_000, 900_000, 20)
        rounded = -(-milliseconds // 60_000) * 60
        days = (month_end - created_at.date()).days + 1
        price = STORAGE_RATE * rounded // 60 if days > FREE_DAYS else 0
        charged, amount = charged + bool(price), amount + price
        recording_id, call_id = (str(UUID(int=rng.getrandbits(128), version=4)) for _ in range(2))
        objects.append(
            {
                "add_time": _offset(created_at).replace("+05:30", ".000000+05:30"),
                "call_uuid": call_id,
                "from_number": "+15005550006",
                "monthly_recording_storage_amount": float(decimal(price, 4)),
                "recording_duration_ms": f"{milliseconds}.00000",
                "recording_format": "mp3",
                "recording_id": recording_id,
                "recording_storage_duration": days,
                "recording_storage_rate": float(decimal(STORAGE_RATE, 4)),
                "recording_type": "call",
                "rounded_recording_duration": rounded,
                "to_number": f"+493023125{rng.randrange(1000):03}",
            }
        )
    meta = '"meta":{"limit":40,"next":null,"offset":0,"previous":null,"total_count":40}'
    told = {"recordings": {"count": 40, "charged": charged, "amount": plain(decimal(amount, 4))}}
    return {"recordings.json": f'{{{meta},"objects":[\n{lines(objects)}\n]}}\n'.encode()}, told


def beside(account: Account, seed: int) -> tuple[dict[str, bytes], dict[str, Any]]:
    """What lies beside the calls: recordings, and those of the storage statement."""
    files, told = recordings(account, seed)
    more, told_more = storage(account, seed)
    return files | more, told | told_more


def _record(call: Call, account: Account) -> dict[str, Any]:
    cause, code, source = HANGUPS[call.status]
    times = _times(call)
    talked: str | int = call.duration_text if call.duration_text is not None else call.duration
    return {
        "answer_time": _offset(times[1]) if call.is_billed else None,
        "bill_duration": talked,
        "billed_duration": call.billed,
        "call_direction": call.direction,
        "call_duration": talked,
        "call_state": "ANSWER" if call.is_billed else "NO_ANSWER",
        "call_uuid": call.id,
        "end_time": _offset(times[2]),
        "from_number": call.from_number,
        "hangup_cause_code": code,
        "hangup_cause_name": cause,
        "hangup_source": source,
        "initiation_time": _offset(times[0]),
        "parent_call_uuid": None,
        "to_number": call.to_number.removeprefix("+"),
        "total_amount": decimal(call.cost or 0, account.places),
        "total_rate": decimal(call.rate.rate // 10, 5),
    }


def _row(call: Call, account: Account) -> list[object]:
    cause, code, source = HANGUPS[call.status]
    started, answered, ended = (f"{at:%Y-%m-%d %H:%M:%S}+00:00" for at in _times(call))
    ids = [call.id, "", call.from_number, call.to_number, call.direction]
    times = [ended, started, answered if call.is_billed else ""]
    rate, amount = decimal(call.rate.rate // 10, 5), decimal(call.cost or 0, account.places)
    leg = "A" if call.direction == "inbound" else "B"
    to_country, from_country = (_country(number) for number in (call.to_number, call.from_number))
    figures = [seconds(call), call.billed, rate, amount, cause, code, source]
    return [*ids, *times, *figures, leg, "", "PSTN", to_country, from_country, call.rate.prefix]


def _times(call: Call) -> tuple[datetime, datetime, datetime]:
    """Initiated, answered, ended."""
    answered_at = call.started_at + timedelta(seconds=9)
    return call.started_at, answered_at, answered_at + timedelta(seconds=call.duration)


def _offset(instant: datetime) -> str:
    return str(instant.astimezone(timezone(timedelta(hours=5, minutes=30))))


def _country(number: str) -> str:
    return next(country for prefix, country in COUNTRIES.items() if number.startswith(prefix))


PLIVO = Provider(
    "plivo",
    Traffic("Europe/London", 5, "USD", RATES),
    {
        "json": Format(".json", call_json, 1, tells_billed=True),
        "cdr": Format(".csv", cdr_csv, tells_billed=True, newest_first=True),
    },
    call_id=lambda bits: str(UUID(int=bits, version=4)),
    log="json",
    billed="cdr",
    # no status, no update time, no caller name; an amount from the first moment
    without=frozenset({"older-copies", "price-pending", "unknown-status", "formula-names"}),
    beside=beside,
)
