"""The rows of the tables Charges and Roster, and what the formulas of one row give."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from addin.billing.lines import COUNTED
from addin.billing.people import ACTIVE, DEACTIVATED, NO_TEAM
from addin.billing.tables import UNKNOWN_TEAM
from templates.blank.billing_report.words import (
    AGENT_LETTER,
    LARGEST_COST,
    LONGEST_KEY,
    NO_AGENT,
    NO_ID,
    NO_SECONDS,
    TWIN,
    key_of,
    teams_of,
    text_of,
    word_of,
)
from templates.shared import ids, words
from templates.shared.durations import what_is_wrong
from templates.shared.serials import serial
from templates.shared.tables import Row, Shown

TWICE, NO_ACTIVE = "named twice", "active is neither yes nor no"


@dataclass(frozen=True, slots=True)
class Settings:
    """What is chosen on the first sheet."""

    month: date
    """Its first day."""
    currency: str
    countries: tuple[str, ...]
    """At most as many as the sheets have columns for."""
    from_day: date | None = None
    """Other days than those of the month."""
    to_day: date | None = None

    @property
    def first_day(self) -> date:
        return self.from_day or self.month

    @property
    def last_day(self) -> date:
        after = self.month.replace(day=28) + timedelta(days=4)
        return self.to_day or after - timedelta(days=after.day)


@dataclass(slots=True)
class Charged:
    """A row of the table Charges: what was put in, and what its formulas give."""

    given: Row
    number: int
    table: str = ""
    problem: str = ""
    outcome: str = ""
    row: str = ""
    agent_key: str = ""
    team: str = ""
    month: date | None = None
    is_twin: bool = False
    """Whether an earlier charge has its id and type."""
    keys: dict[str, str] = field(default_factory=dict)
    """Of its row, team, country; of its copies."""
    firsts: dict[str, int | None] = field(default_factory=dict)

    @property
    def cost(self) -> Fraction:
        value = self.given.get("Cost")
        return Fraction(value) if isinstance(value, Decimal | int) else Fraction(0)

    def has_cost_in(self, currency: str) -> bool:
        """Whether it has an amount in this currency that can be added."""
        is_own = text_of(self.given.get("Currency")).lower() == currency.lower()
        return is_own and self.cost < LARGEST_COST

    @property
    def seconds(self) -> Fraction | None:
        """Those that can be used; a spreadsheet time, a part of a day, is none."""
        value = self.given.get("Seconds")
        return None if what_is_wrong(value) else Fraction(str(value))

    @property
    def lacks_seconds(self) -> bool:
        return self.seconds is None

    @property
    def is_unreadable(self) -> bool:
        """Longer than what is looked up; a row that is built holds no errors."""
        return len(self.keys["Copy"]) > LONGEST_KEY

    @property
    def remark(self) -> str:
        """What is to be looked at in a charge that counts."""
        if not self.is_counted:
            return ""
        if self.seconds is None and self.given.get("Seconds") is not None:
            return NO_SECONDS
        if not self.keys["Copy"]:
            return NO_ID
        if lost := ids.problem_of(self.given.get("Call id"), NO_ID):
            return lost
        if self.is_twin:
            return TWIN
        return NO_AGENT if self.team == UNKNOWN_TEAM else ""

    @property
    def is_counted(self) -> bool:
        return self.outcome == COUNTED


@dataclass(slots=True)
class User:
    """A row of the table Roster."""

    given: Row
    key: str
    teams: str
    status: str
    remark: str
    charges: int = 0
    cost: Fraction = Fraction(0)


def id_key(given: Row) -> str:
    """The id and the type; empty without an id. A call and its machine detection may share an id."""
    call_id = text_of(given.get("Call id"))
    if not words.bare_of(call_id):
        return ""
    return f"{key_of('', call_id)}|{word_of(text_of(given.get('Type')))}"


def copy_key(given: Row) -> str:
    """What two rows of the same charge agree on; empty without an id."""
    billed, started = (given.get(name) for name in ("Billed (UTC)", "Started (UTC)"))
    if not id_key(given):
        return ""
    cost = given.get("Cost")
    units = f"{round(Fraction(cost) * 10**8)}" if isinstance(cost, Decimal | int) else text_of(cost)
    parts = [
        id_key(given),
        *(key_of("", text_of(given.get(name)))[1:] for name in ("Agent", "Campaign ID")),
        _second(started),
        _second(billed),
        units,
        text_of(given.get("Currency")),
    ]
    return "|".join(parts)


def _second(value: Shown) -> str:
    if not isinstance(value, datetime):
        return text_of(value)
    midnight = datetime.combine(value.date(), datetime.min.time(), value.tzinfo)
    return str(serial(value.date()) * 86_400 + round((value - midnight).total_seconds()))


def is_there(given: Row) -> bool:
    return any(given.get(name) is not None and given.get(name) != "" for name in NEEDED)


NEEDED = ("Call id", "Type", "Agent", "Billed (UTC)", "Cost")
"""A row with none of these is an empty one."""


def users_of(roster: Sequence[Row]) -> list[User]:
    users: list[User] = []
    met: set[str] = set()
    for row in roster:
        agent, active = (words.bare_of(text_of(row.get(name))) for name in ("Agent", "Active"))
        key = key_of(AGENT_LETTER, agent) if agent else ""
        status = {"yes": ACTIVE, "no": DEACTIVATED, "": ""}.get(active.lower(), "")
        remark = TWICE if key.lower() in met and key else ""
        if not remark and not status and key:
            remark = NO_ACTIVE
        met.add(key.lower())
        users.append(User(row, key, teams_of(text_of(row.get("Team"))) or NO_TEAM, status, remark))
    return users
