"""ConnexCS: call detail records of its switch, as CSV.

Source: the CDR export as its documentation describes it. Times are in UTC, durations in seconds. A call was
answered if it lasted at all and, where the record says so, ended its set-up with SIP code 200.
"""

from __future__ import annotations

from addin.records.call import Call
from addin.records.fields import Fields
from addin.records.formats import Format, Own, answered, direction_of, started_at, talked_ms
from addin.records.values import charge

PROVIDER = "connexcs"
CHARGE = ("Charge", "Charge (UTC)")


def read_call(fields: Fields) -> Call:
    """One call leg."""
    sip_code = fields.text("SIP Code").partition(" ")[0]  # some exports write `200 OK`
    duration_ms = talked_ms(fields.duration_ms("Duration"), sip_code == "200")
    is_billed = duration_ms > 0 and sip_code in ("", "200")
    return Call(
        place=fields.place,
        provider=PROVIDER,
        call_id=fields.id("Call ID"),
        from_number=fields.number("Source Number"),
        to_number=fields.number("Destination"),
        direction=direction_of(fields.text("Direction"), fields),
        category="calls",
        status=answered(is_billed),
        is_billed=is_billed,
        started_at=started_at(fields, is_billed, ("Call Time",)),
        offset_s=fields.offset_s,
        duration_ms=duration_ms,
        billed_ms=fields.duration_ms("Billed Duration"),
        cost=charge(fields.decimal(*CHARGE)),
        rate_per_minute=fields.decimal("Rate"),
        connect_fee=fields.decimal("Connect Cost"),
        currency=fields.currency("Currency"),
        row_values=fields.digest(),
    )


FORMATS = (
    Format(
        PROVIDER,
        "ConnexCS CDR",
        ("Call ID", "Call Time", "Source Number", "Destination", "Duration"),
        read_call,
        ("Direction", "SIP Code", "Billed Duration", "Rate", "Connect Cost", *CHARGE, "Currency"),
        id_column="Call ID",
        zone="UTC",
        price=CHARGE,
        own=Own(("Call ID",), ("Source Number",), ("Destination",), ("Call Time",)),
    ),
)
