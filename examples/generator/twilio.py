"""Twilio: call logs in four formats, the provider's records, and usage records by month and by day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any
from zoneinfo import ZoneInfo

from examples.generator.files import Account, Format, Provider, compact, lines, seconds, table
from examples.generator.money import Rate, decimal
from examples.generator.traffic import Call, Traffic, next_month

RATES = (
    Rate("", "inbound", 8_500, direction="inbound", category="calls"),
    Rate("", "app and browser", 4_000, category="calls-client"),
    Rate("1", "United States and Canada", 14_000, direction="outbound", category="calls"),
    Rate("44", "United Kingdom", 15_800, direction="outbound", category="calls"),
    Rate("447", "United Kingdom mobile", 40_300, direction="outbound", category="calls"),
    Rate("49", "Germany", 13_500, direction="outbound", category="calls"),
)
# Other usage on the same bill: category, count, price in units of the last place.
MESSAGES = (("sms", 431, 323_500), ("sms-inbound", 205, 153_750), ("sms-outbound", 226, 169_750))
TITLES = {"no-answer": "No Answer", "in-progress": "In Progress"}
SCRIPT_COLUMNS = [
    "Account SID",
    "Call SID",
    "Parent Call SID",
    "From",
    "To",
    "Status",
    "Direction",
    "Start Time",
    "End Time",
    "Duration",
    "Price",
]
CONSOLE_COLUMNS = [
    "Call Sid",
    "From",
    "To",
    "Direction",
    "Type",
    "Status",
    "Duration",
    "Start Time",
    "End Time",
    "Date Created",
    "Price",
    "Price Unit",
    "Called Via",
    "SIP Call ID",
    "Parent Call Sid",
]
USAGE_COLUMNS = [
    "category",
    "description",
    "start_date",
    "end_date",
    "count",
    "count_unit",
    "usage",
    "usage_unit",
    "price",
    "price_unit",
    "as_of",
    "account_sid",
]


def api_pages(calls: Sequence[Call], account: Account) -> str:
    """`{"calls": [...]}` as the API answers, times in RFC 2822."""
    records = lines(_record(call, account, lambda at: format_datetime(at)) for call in calls)
    return f'{{"page_size":{max(1, len(calls))},"calls":[\n{records}\n]}}\n'


def bulk_lines(calls: Sequence[Call], account: Account) -> str:
    """One object a line, times in ISO 8601."""
    return "".join(compact(_record(call, account, _iso)) + "\n" for call in calls)


def console_csv(calls: Sequence[Call], account: Account) -> str:
    """The console's export: times in the console's zone, which each value names."""
    zone = ZoneInfo(account.zone)
    return table(CONSOLE_COLUMNS, (_console_row(call, zone, account) for call in calls))


def script_csv(calls: Sequence[Call], account: Account) -> str:
    """What a script of a few lines writes from the helper library's objects."""
    return table(SCRIPT_COLUMNS, (_script_row(call, account) for call in calls))


def usage_monthly(bill: Sequence[Call], account: Account) -> str:
    """The month's usage as CSV: parents, children, other usage, and the total price."""
    end = next_month(account.first_day) - timedelta(days=1)
    rows = [
        _usage(name, chosen, account, str(account.first_day), str(end)) for name, chosen in _categories(bill)
    ]
    spent = sum(call.cost or 0 for call in bill if call.is_billed)
    for name, count, amount in MESSAGES:
        row = {"category": name, "description": name, "count": str(count), "count_unit": "messages"}
        row |= {"usage": str(count), "usage_unit": "segments", "price": decimal(amount, account.places)}
        rows.append(rows[0] | row)
    total = {"category": "totalprice", "description": "Total Price", "count": "", "count_unit": ""}
    price = decimal(spent + MESSAGES[0][2], account.places)
    rows.append(rows[0] | total | {"usage": price, "usage_unit": "usd", "price": price})
    return table(USAGE_COLUMNS, ([row[name] for name in USAGE_COLUMNS] for row in rows))


def usage_daily(bill: Sequence[Call], account: Account) -> str:
    """The daily usage records as the API answers, latest day first."""
    records = []
    day = next_month(account.first_day)
    while (day := day - timedelta(days=1)) >= account.first_day:
        of_day = [call for call in bill if call.started_at.date() == day]
        records += [_usage(name, chosen, account, str(day), str(day)) for name, chosen in _categories(of_day)]
    return f'{{"page":0,"page_size":{len(records)},"usage_records":[\n{lines(records)}\n]}}\n'


def _categories(bill: Sequence[Call]) -> list[tuple[str, list[Call]]]:
    billed = [call for call in bill if call.is_billed]
    voice = [call for call in billed if call.category == "calls"]
    inbound = [call for call in voice if call.direction == "inbound"]
    return [
        ("calls", voice),
        ("calls-inbound", inbound),
        ("calls-inbound-local", [call for call in inbound if call.to_number.startswith("+1")]),
        ("calls-inbound-mobile", [call for call in inbound if not call.to_number.startswith("+1")]),
        ("calls-outbound", [call for call in voice if call.direction != "inbound"]),
        ("calls-client", [call for call in billed if call.category == "calls-client"]),
    ]


def _usage(name: str, calls: Sequence[Call], account: Account, start: str, end: str) -> dict[str, str]:
    return {
        "category": name,
        "description": name.replace("-", " ").title(),
        "start_date": start,
        "end_date": end,
        "count": str(len(calls)),
        "count_unit": "calls",
        "usage": str(sum(call.billed for call in calls) // 60),
        "usage_unit": "minutes",
        "price": decimal(sum(call.cost or 0 for call in calls), account.places),
        "price_unit": account.currency.lower(),
        "as_of": f"{next_month(account.first_day) + timedelta(days=2)}T06:00:00+00:00",
        "account_sid": account.sid,
    }


def _record(call: Call, account: Account, time: Callable[[datetime], str]) -> dict[str, Any]:
    ended_at = call.started_at + timedelta(seconds=call.duration)
    updated_at = call.started_at if call.is_older_copy else ended_at + timedelta(seconds=40)
    return {
        "sid": call.id,
        "parent_call_sid": call.parent_id or None,
        "account_sid": account.sid,
        "to": call.to_number,
        "from": call.from_number,
        "status": call.status,
        "start_time": time(call.started_at),
        "end_time": None if call.is_older_copy else time(ended_at),
        "duration": seconds(call),
        "price": _price(call, account) or None,
        "price_unit": account.currency,
        "direction": _direction(call),
        "answered_by": None,
        "phone_number_sid": f"PN{call.bits ^ 0xA5A5:032x}" if call.category == "calls" else None,
        "group_sid": None,
        "caller_name": call.caller_name or None,
        "queue_time": "0",
        "trunk_sid": None,
        "date_created": time(call.started_at - timedelta(seconds=1)),
        "date_updated": time(updated_at),
    }


def _console_row(call: Call, zone: ZoneInfo, account: Account) -> list[str]:
    local = call.started_at.astimezone(zone)
    ended = (call.started_at + timedelta(seconds=call.duration)).astimezone(zone)
    start, end = (f"{at:%H:%M:%S %Z %Y-%m-%d}" for at in (local, ended))
    direction = {"inbound": "Incoming", "outbound-api": "Outgoing API", "outbound-dial": "Outgoing Dial"}
    kind = "Client" if call.category == "calls-client" else "Phone"
    status = TITLES.get(call.status, call.status.replace("-", " ").title())
    numbers = [call.id, call.from_number, call.to_number, direction[_direction(call)], kind, status]
    price = _price(call, account)
    return [*numbers, seconds(call, ""), start, end, start, price, account.currency, "", "", call.parent_id]


def _script_row(call: Call, account: Account) -> list[str]:
    ended_at = call.started_at + timedelta(seconds=call.duration)
    ids = [
        account.sid,
        call.id,
        call.parent_id,
        call.from_number,
        call.to_number,
        call.status,
        _direction(call),
    ]
    return [*ids, str(call.started_at), str(ended_at), seconds(call), _price(call, account)]


def _direction(call: Call) -> str:
    return "inbound" if call.direction == "inbound" else "outbound-dial" if call.parent_id else "outbound-api"


def _price(call: Call, account: Account) -> str:
    return decimal(-call.cost, account.places) if call.cost and call.is_billed else ""


def _iso(instant: datetime) -> str:
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


TWILIO = Provider(
    "twilio",
    Traffic("America/New_York", 5, "USD", RATES, client_share=12),
    {
        "api": Format(".json.gz", api_pages, 1, tells_updates=True, newest_first=True, page=1000),
        "bulk": Format(".jsonl.gz", bulk_lines, 1, tells_updates=True),
        "console": Format(".csv", console_csv, newest_first=True),
        "script": Format(".csv", script_csv, newest_first=True),
    },
    call_id=lambda bits: f"CA{bits:032x}",
    log="console",
    billed="bulk",
)
