"""The rows that the template is shipped with: a small month, with what usually goes wrong in one."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from templates.blank.billing_report.rows import Settings
from templates.shared.tables import Row

SETTINGS = Settings(date(2026, 9, 1), "USD", ("US", "GB"))

_HEADS = (
    "Call id", "Type", "Agent", "Campaign ID", "From", "To", "Country", "Started (UTC)", "Billed (UTC)",
    "Seconds", "Cost", "Currency", "Place",
)  # fmt: skip
_FROM, _US, _GB, _IE = "+1 212 555 0100", "+1 212 555 0142", "+44 20 7946 0018", "+353 20 910 1234"


def _charge(
    number: int, kind: str, agent: str, campaign: str, to: str, country: str, times: str, seconds: int | None,
    cost: str, call_id: str = "",
) -> Row:  # fmt: skip
    """`times` are those of start and billing, with one space between date, time and time of billing."""
    day, began, billed = times.split(" ", 2)
    ended = billed if " " in billed else f"{day} {billed}"
    values = (
        call_id or f"c-{number:03}", kind, agent, campaign, _FROM, to, country,
        datetime.fromisoformat(f"{day} {began}"), datetime.fromisoformat(ended), seconds, Decimal(cost),
        "USD",
        f"charges.csv:{number + 1}",
    )  # fmt: skip
    return dict(zip(_HEADS, values, strict=True))


CHARGES = (
    _charge(1, "manual", "ann", "", _US, "US", "2026-07-08 09:00:00 09:02:00", 118, "0.0280"),
    _charge(2, "dialer", "bob", "41", _GB, "GB", "2026-08-12 10:00:00 10:05:00", 290, "0.1050"),
    _charge(3, "manual", "ann", "", _US, "US", "2026-09-02 08:15:00 08:18:10", 181, "0.0560"),
    _charge(4, "click_to_call", "bob", "", _GB, "GB", "2026-09-03 11:30:00 11:31:05", 61, "0.0420"),
    _charge(5, "dialer", "bob", "41", _GB, "GB", "2026-09-07 14:00:00 14:06:20", 372, "0.1470"),
    _charge(6, "dialer", "", "41", _GB, "GB", "2026-09-07 14:09:00 14:09:12", 9, "0.0210"),
    _charge(7, "amd", "bob", "41", _GB, "GB", "2026-09-07 14:00:00 14:00:04", None, "0.0041", "c-005"),
    _charge(8, "dialer", "cy", "42", _IE, "IE", "2026-09-15 16:20:00 16:21:00", 55, "0.0330"),
    _charge(9, "manual", "cy", "", _IE, "", "2026-09-16 16:20:00 16:20:40", 31, "0.0165"),
    _charge(9, "manual", "cy", "", _IE, "", "2026-09-16 16:20:00 16:20:40", 31, "0.0165"),
    _charge(11, "manual", "ann", "", _US, "US", "2026-09-20 09:00:00 2026-09-22 07:00:00", 61, "-0.0280"),
    _charge(12, "manual", "ann", "", _US, "US", "2026-09-30 23:50:00 2026-10-01 00:01:30", 690, "0.1680"),
    _charge(13, "inbound", "cy", "", _FROM, "US", "2026-09-28 12:00:00 12:04:00", 236, "0.0100"),
)
"""A copy of a charge, a credit, a call billed after the period, calls that no agent took or that the report
has no table for, a charge without a country, and one that has no duration."""

ROSTER: tuple[Row, ...] = (
    {"Agent": "ann", "Team": "Sales", "Active": "yes", "Place": "roster.csv:2"},
    {"Agent": "bob", "Team": "Sales; Support", "Active": "yes", "Place": "roster.csv:3"},
    {"Agent": "cy", "Team": "Support", "Active": "no", "Place": "roster.csv:4"},
)
