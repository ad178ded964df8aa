"""Voiso: call detail records, as JSON or CSV.

Source: the published list of CDR fields. There is no price among them, and bare times are in the zone of the
contact centre, which the file does not name. Whether calls that voicemail or a machine answered are charged
(`answered_by_VM`, `machine_answered`) no source says: it is a setting, and unknown until it is made.
"""

from __future__ import annotations

from addin.records.call import Call
from addin.records.fields import Fields
from addin.records.formats import Format, Own, billed_by, direction_of, started_at, talked_ms
from addin.records.tables import fold

PROVIDER = "voiso"

VOICEMAIL = frozenset({fold("answered_by_VM"), fold("machine_answered")})
OUTBOUND_TYPES = frozenset({"dialer", "clicktocall", "queuecallback"})
"""Calls that the contact centre makes, whatever started them."""


def read_call(fields: Fields) -> Call:
    """One call leg."""
    status = fields.text("disposition")
    is_billed = fields.voicemail_billed if fold(status) in VOICEMAIL else billed_by(status)
    type_ = fields.text("type")
    return Call(
        place=fields.place,
        provider=PROVIDER,
        call_id=fields.id("uuid"),
        from_number=fields.number("from"),
        to_number=fields.number("to"),
        direction="outbound" if fold(type_) in OUTBOUND_TYPES else direction_of(type_, fields),
        category="calls",
        status=status,
        is_billed=is_billed,
        started_at=started_at(fields, is_billed, ("timestamp",)),
        offset_s=fields.offset_s,
        duration_ms=talked_ms(fields.duration_ms("duration"), is_billed),
        agent=fields.text("agent"),
        kind=type_,
        campaign_id=fields.text("campaign_id", "Campaign"),
        row_values=fields.digest(),
    )


FORMATS = (
    Format(
        PROVIDER,
        "Voiso CDR",
        ("uuid", "timestamp", "from", "to", "duration", "disposition"),
        read_call,
        ("type", "agent", "campaign_id", "Campaign"),
        id_column="uuid",
        own=Own(("uuid",), ("from",), ("to",), ("timestamp",)),
    ),
    Format(
        PROVIDER,
        "Voiso Billing report",
        ("Agent or Campaign ID", "Team", "Total"),
        None,
        why_not="It sums up costs by agent, holds no calls, and is not an invoice: export the CDRs.",
    ),
)
