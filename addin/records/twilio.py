"""Twilio: call logs in five shapes, and usage records.

Sources: the Call resource and the UsageRecord resource of Twilio's REST API, its bulk export, its console
(for which no list of columns is published), and the table layout of a common warehouse connector.

- `price` is negative for a charge and comes late: null while it is pending. `price_unit` may be lower case.
- `duration` is whole seconds as text, empty for a call that was not answered.
- A client (app) leg has `client:name` as `from` or `to`, or the console's Type `Client`; usage sums it apart.
- Only completed calls are charged, and a call belongs to the month of its start in UTC.
"""

from __future__ import annotations

from datetime import datetime

from addin.records.call import Call, UsageRecord
from addin.records.fields import Fields
from addin.records.formats import (
    CLIENT_CALLS,
    Format,
    Own,
    billed_by,
    category_by,
    direction_of,
    started_at,
    talked_ms,
)
from addin.records.values import BadValue, charge

PROVIDER = "twilio"

ID = ("sid", "Call Sid", "id")
START = ("start_time",)
CREATED = ("date_created", "created_at")
UPDATED = ("date_updated", "updated_at")
ACCOUNT = ("account_sid", "account_id")
PRICE = ("price",)
PARENT = ("parent_call_sid", "parent_call_id")
CALL_OPTIONAL = (
    "direction", "type", "end_time", "price", "price_unit", "start_time",
    *CREATED, *UPDATED, *ACCOUNT, *PARENT,
)  # fmt: skip


def read_call(fields: Fields) -> Call:
    """One call leg."""
    status = fields.text("status")
    is_billed = billed_by(status)
    from_number, to_number = fields.number("from"), fields.number("to")
    return Call(
        place=fields.place,
        provider=PROVIDER,
        call_id=fields.id(*ID),
        from_number=from_number,
        to_number=to_number,
        direction=direction_of(fields.text("direction"), fields),
        category=CLIENT_CALLS
        if fields.text("type").casefold() == "client"
        else category_by(from_number, to_number),
        status=status,
        is_billed=is_billed,
        started_at=_started_at(fields, is_billed),
        offset_s=fields.offset_s,
        duration_ms=talked_ms(fields.duration_ms("duration"), is_billed),
        cost=charge(fields.decimal("price"), sign=-1),
        currency=fields.currency("price_unit"),
        account=fields.text(*ACCOUNT),
        parent_id=fields.text(*PARENT),
        updated_at=fields.instant(*UPDATED),
        row_values=fields.digest(),
    )


def _started_at(fields: Fields, is_billed: bool | None) -> datetime:
    """The start; an export without that column (some consoles') has only the creation, moments before it."""
    if fields.has(*START):
        return started_at(fields, is_billed, START, *CREATED, "end_time")
    fields.note("there is no Start Time: Date Created was taken for it")
    return started_at(fields, is_billed, CREATED)


def read_usage(fields: Fields) -> UsageRecord:
    """One usage record; its price is positive for a charge, unlike a call's.

    Sums of other things than time, such as `totalprice`, have no count of events.
    """
    start_on = fields.needed(fields.day("start_date"), "start_date")
    end_on = fields.needed(fields.day("end_date"), "end_date")
    if end_on < start_on:
        raise BadValue(f"ends on {end_on}, before it starts on {start_on}")
    unit = fields.text("usage_unit")
    count = fields.whole("count")
    return UsageRecord(
        place=fields.place,
        provider=PROVIDER,
        category=fields.category("category"),
        start_on=start_on,
        end_on=end_on,
        calls=fields.needed(count, "count") if unit in ("", "minutes") else count or 0,
        minutes=fields.needed(fields.decimal("usage"), "usage"),
        cost=charge(fields.decimal("price")),
        currency=fields.currency("price_unit"),
        account=fields.text(*ACCOUNT),
        unit=unit,
        as_of=fields.instant("as_of"),
    )


OWN = Own(
    ID,
    ("from",),
    ("to",),
    (*START, *CREATED),
    parent=PARENT,
    times=(UPDATED,),
    unused=(*CREATED, "end_time"),
)
_PARTIES = ("from", "to", "status", "duration")

FORMATS = (
    Format(
        PROVIDER,
        "Twilio call",
        ("sid", *_PARTIES, "start_time"),
        read_call,
        CALL_OPTIONAL,
        "sid",
        "UTC",
        PRICE,
        own=OWN,
    ),
    Format(
        PROVIDER,
        "Twilio console",
        ("Call Sid", "From", "To", "Status", "Duration", "Start Time or Date Created"),
        read_call,
        CALL_OPTIONAL,
        "Call Sid",
        price=PRICE,
        own=OWN,
    ),
    Format(
        PROVIDER,
        "Twilio script",
        ("Account SID", "Call SID", "Parent Call SID", "From", "To", "Status", "Duration", "Start Time"),
        read_call,
        ("direction", "end_time", "price", "price_unit"),
        "Call SID",
        price=PRICE,
        own=OWN,
    ),
    Format(
        PROVIDER,
        "Twilio warehouse",
        ("id", "account_id", "created_at", *_PARTIES, "start_time"),
        read_call,
        CALL_OPTIONAL,
        "id",
        "UTC",
        PRICE,
        own=OWN,
    ),
    Format(
        PROVIDER,
        "Twilio usage",
        ("category", "start_date", "end_date", "count", "usage"),
        read_usage,
        ("usage_unit", "price", "price_unit", "as_of", "account_sid", "account_id"),
        zone="UTC",
        holds="usage",
    ),
    Format(
        PROVIDER,
        "Twilio recording",
        ("sid", "call_sid", "date_created", "duration", "channels"),
        None,
        why_not="Recordings are no calls, and Twilio bills their storage by another rule than Plivo.",
    ),
)
