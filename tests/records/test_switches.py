"""ConnexCS and Voiso: call records without a status, and without a price."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from .conftest import Read, Refusal

CONNEXCS = """\
Call ID,Call Time,Source Number,Destination,Duration,Direction,SIP Code,Billed Duration,Rate,\
Connect Cost,Charge
a1,2026-09-01 00:00:00,15005550006,442079460000,00:01:31,outbound,200,120,0.0100,0.005,0.0250
a2,2026-09-01 00:10:00,15005550006,442079460000,0,outbound,486,0,0.0100,0,0
a3,2026-09-01 00:20:00,15005550006,442079460000,5,outbound,487,0,0.0100,0,
"""
VOISO = [
    {"uuid": "v1", "timestamp": "2026-09-01T00:00:00Z", "agent": "Ann", "from": "15005550006",
     "to": "15005550009", "duration": 61, "disposition": "answered", "type": "click_to_call"},
    {"uuid": "v2", "timestamp": "2026-09-01 00:10:00", "agent": "", "from": "15005550006",
     "to": "15005550009", "duration": 12, "disposition": "answered_by_VM", "type": "dialer"},
    {"uuid": "v3", "timestamp": "2026-09-01T00:20:00Z", "agent": "", "from": "15005550006",
     "to": "15005550009", "duration": 0, "disposition": "no_answer", "type": "inbound"},
]  # fmt: skip


def test_connexcs(read: Read) -> None:
    records = read("cdr.csv", CONNEXCS)
    answered, busy, cancelled = records.calls
    assert [call.is_billed for call in records.calls] == [True, False, False]
    assert (answered.duration_ms, answered.billed_ms) == (91_000, 120_000)
    assert (answered.cost, answered.rate_per_minute) == (Decimal("0.025"), Decimal("0.01"))
    assert (answered.from_number, answered.to_number) == ("15005550006", "442079460000")
    assert answered.started_at == datetime(2026, 9, 1, tzinfo=UTC)
    named = read("named.csv", CONNEXCS.replace("Charge", "Charge (UTC)", 1))
    assert named.calls[0].cost == answered.cost
    assert (busy.status, cancelled.cost, cancelled.provider) == ("not answered", None, "connexcs")


@pytest.mark.parametrize("billed", [None, True, False])
def test_voiso_voicemail_is_a_setting(read: Read, billed: bool | None) -> None:
    records = read("cdr.json", json.dumps(VOISO), voicemail_billed=billed)
    assert [call.is_billed for call in records.calls] == [True, billed, False]
    assert [call.direction for call in records.calls] == ["outbound", "outbound", "inbound"]
    assert [call.cost for call in records.calls] == [None] * 3
    assert sum(call.duration_ms for call in records.calls) == 73_000
    assert records.sources[0].notes == ("times without a zone were read as UTC",)


def test_voiso_csv(read: Read) -> None:
    lines = [list(VOISO[0])] + [list(map(str, call.values())) for call in VOISO]
    records = read("cdr.csv", "\n".join(map(";".join, lines)))
    assert [call.call_id for call in records.calls] == ["v1", "v2", "v3"]
    assert records.sources[0].format == "Voiso CDR CSV"


@pytest.mark.parametrize("first", ["Agent", "Campaign ID"])
def test_the_billing_report_is_named_and_refused(refusal: Refusal, first: str) -> None:
    message = refusal("report.csv", f"{first},Team,Total,France,Other\nAnn,Sales,12.5,10,2.5\n")
    assert message.startswith("report.csv is a Voiso Billing report CSV, which is not imported.")
