"""Charges and rosters in a line each, for tests."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from itertools import count
from typing import Any

from addin.billing.billing import Billing, bill
from addin.billing.choices import Choices
from addin.billing.tables import Table
from addin.records.call import Charge, Place, User

_ROWS = count(2)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def charge(
    cost: str | None = "0.01",
    agent: str = "ann",
    to: str = "+442079460958",
    kind: str = "manual",
    billed: str | None = "2026-06-10 12:00",
    **more: Any,
) -> Charge:
    row = next(_ROWS)
    values: dict[str, Any] = {
        "place": Place("charges.csv", row),
        "provider": "voiso",
        "call_id": f"c{row}",
        "kind": kind,
        "kind_written": kind,
        "agent": agent,
        "campaign_id": "",
        "from_number": "",
        "to_number": to,
        "country": "",
        "started_at": at(billed) if billed else None,
        "billed_at": at(billed) if billed else None,
        "cost": None if cost is None else Decimal(cost),
        "currency": "USD",
        "row_values": (str(row),),
    }
    return Charge(**{**values, **more})


def user(agent: str, *teams: str, active: bool = True) -> User:
    return User(Place("roster.csv", next(_ROWS)), agent, teams, active)


ROSTER = (
    user("ann", "Sales"),
    user("bob", "Sales", "Support"),
    user("cy", "Support"),
    user("dee"),
    user("eve", "Sales", active=False),
)
JUNE = Choices(month="2026-06", everyone=True)


def june(*charges: Charge, roster: tuple[User, ...] = ROSTER, **choices: Any) -> Billing:
    """A report on June; on everyone unless someone is chosen."""
    chosen = {"month": "2026-06", **choices}
    if not chosen.keys() & {"teams", "users", "deactivated_users", "everyone"}:
        chosen["everyone"] = True
    if "first_day" in chosen:
        del chosen["month"]
    return bill(charges, roster, Choices(**chosen))


def outcomes(billing: Billing) -> list[str]:
    return [line.outcome for line in billing.lines]


def table(billing: Billing, name: str) -> Table:
    return next(one for one in billing.books[0].tables if one.name == name)
