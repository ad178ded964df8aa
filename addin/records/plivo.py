"""Plivo: call records and recordings, from its API (JSON) and its console (CSV).

Sources: the Call and Recording resources of Plivo's Voice API and the console's exports.

- There is no status: a call is charged if it has an answer time and talked seconds.
- `bill_duration` is the time talked, `billed_duration` the time charged; the console calls the first `Call
  duration`. `total_rate` is per minute.
- Times carry their offset. Where they do not they are in the console's zone, which the file does not name.
- A recording's `recording_duration_ms` is its length, `rounded_recording_duration` the time charged.
  The published format has no time of deletion: a list of one's own may have `deleted_at`, or a file of
  deletions stands beside it.
- A call belongs to the month of its initiation (assumption: no source says it).
"""

from __future__ import annotations

from addin.records.call import Call, Deletion, Recording
from addin.records.fields import Fields
from addin.records.formats import (
    OR,
    Format,
    Own,
    answered,
    deleted_at,
    direction_of,
    not_negative,
    started_at,
    stored_at,
    talked_ms,
)
from addin.records.values import charge

PROVIDER = "plivo"

DURATION = ("bill_duration", "Call duration")
RATE = ("total_rate", "Call rate")
AMOUNT = ("total_amount", "Billed amount")
DELETED = ("deleted_at", "Deleted", "delete_time")
STORAGE_RATE, STORAGE_AMOUNT = "recording_storage_rate", "monthly_recording_storage_amount"


def read_call(fields: Fields) -> Call:
    """One call leg."""
    answered_at = fields.instant("answer_time")
    duration_ms = talked_ms(fields.duration_ms(*DURATION), answered_at is not None)
    is_billed = duration_ms > 0 and (answered_at is not None or not fields.has("answer_time"))
    return Call(
        place=fields.place,
        provider=PROVIDER,
        call_id=fields.id("call_uuid"),
        from_number=fields.number("from_number"),
        to_number=fields.number("to_number"),
        direction=direction_of(fields.text("call_direction"), fields),
        category="calls",
        status=answered(is_billed),
        is_billed=is_billed,
        started_at=started_at(fields, is_billed, ("initiation_time",), "end_time"),
        offset_s=fields.offset_s,
        duration_ms=duration_ms,
        billed_ms=fields.duration_ms("billed_duration"),
        cost=charge(fields.decimal(*AMOUNT)),
        rate_per_minute=fields.decimal(*RATE),
        account=fields.text("Subaccount Auth ID"),
        parent_id=fields.text("parent_call_uuid"),
        row_values=fields.digest(),
    )


def read_recording(fields: Fields) -> Recording:
    """One stored recording."""
    duration_ms = fields.duration_ms("recording_duration_ms", unit="milliseconds")
    return Recording(
        place=fields.place,
        provider=PROVIDER,
        recording_id=fields.needed(fields.id("recording_id") or None, "recording_id"),
        call_id=fields.text("call_uuid"),
        created_at=fields.needed(stored_at(fields, "add_time"), "add_time"),
        duration_ms=fields.needed(duration_ms, "recording_duration_ms"),
        storage_days=fields.whole("recording_storage_duration"),
        rounded_ms=fields.duration_ms("rounded_recording_duration"),
        rate=not_negative(fields.decimal(STORAGE_RATE), STORAGE_RATE),
        monthly_amount=not_negative(fields.decimal(STORAGE_AMOUNT), STORAGE_AMOUNT),
        deleted_at=deleted_at(fields, *DELETED),
    )


def read_deletion(fields: Fields) -> Deletion:
    """One line of a list of deletions."""
    recording_id = fields.id("recording_id")
    return Deletion(
        place=fields.place,
        recording_id=fields.needed(recording_id or None, "recording_id"),
        deleted_at=fields.needed(deleted_at(fields, *DELETED), *DELETED),
    )


FORMATS = (
    Format(
        PROVIDER,
        "Plivo call",
        ("call_uuid", "from_number", "to_number", "initiation_time", "bill_duration or Call duration"),
        read_call,
        (
            "answer_time", "end_time", "billed_duration", "call_direction", "parent_call_uuid",
            "Subaccount Auth ID", *RATE, *AMOUNT,
        ),
        id_column="call_uuid",
        price=AMOUNT,
        own=Own(
            ("call_uuid",), ("from_number",), ("to_number",), ("initiation_time",),
            parent=("parent_call_uuid",), times=(("answer_time",),), unused=("end_time",),
        ),
    ),
    Format(
        PROVIDER,
        "Plivo recording",
        ("recording_id", "call_uuid", "add_time", "recording_duration_ms"),
        read_recording,
        ("recording_storage_duration", "rounded_recording_duration", STORAGE_RATE, STORAGE_AMOUNT, *DELETED),
        id_column="recording_id",
        holds="recordings",
    ),
    Format(
        PROVIDER,
        "Plivo deletion",
        ("recording_id", OR.join(DELETED)),
        read_deletion,
        id_column="recording_id",
        holds="deletions",
    ),
    Format(
        PROVIDER,
        "Plivo multi-party call",
        ("mpc_uuid", "friendly_name", "participants"),
        None,
        why_not="It sums up a conference, whose legs are in the call records: export those.",
    ),
)  # fmt: skip
