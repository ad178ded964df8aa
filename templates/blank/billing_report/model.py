"""What every row and every sum of the template comes to, in exact arithmetic.

These are the values that stand beside the formulas. A name is compared as a spreadsheet does it: without
regard to case.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from addin.billing.lines import (
    AFTER,
    BEFORE,
    COPY,
    COUNTED,
    DIALER,
    NO_CAMPAIGN,
    NO_MOMENT,
    NOBODY,
    OTHER_KIND,
    PENDING,
    UNKNOWN_KIND,
)
from addin.billing.tables import NO_COUNTRY, UNKNOWN_TEAM
from templates.blank.billing_report.rows import Charged, Settings, User, copy_key, id_key, is_there, users_of
from templates.blank.billing_report.words import (
    AGENT_LETTER,
    COUNTRY_LETTER,
    LARGEST_COST,
    LETTERS,
    NO_NUMBER,
    NO_TABLE,
    OTHER_CURRENCY,
    TEAM_LETTER,
    UNKNOWN,
    UNREADABLE,
    WORDS,
    key_of,
    text_of,
    word_of,
)
from templates.shared import words
from templates.shared.tables import Row

GROUP = 10_000_000
"""More than a table has rows: this times the number of its table tells the first rows of names apart."""
GROUPS = {table: GROUP * number for number, table in enumerate(LETTERS, 1)}
_TABLES = dict(WORDS)


class Model:
    """All rows with what their formulas give."""

    def __init__(self, charges: Sequence[Row], roster: Sequence[Row], settings: Settings) -> None:
        self.settings = settings
        self.users = users_of(roster or [{}])
        self.charges = [Charged(row, number) for number, row in enumerate(charges or [{}], 1)]
        copies: dict[str, int] = {}
        met: set[str] = set()
        for one in self.charges:
            one.keys["Id"] = id_key(one.given)
            one.is_twin = bool(one.keys["Id"]) and one.keys["Id"].lower() in met
            met.add(one.keys["Id"].lower())
            self._describe(one, copies)
        for name in ("Row", "Team", "Country"):
            self._find_firsts(name)
        for user in self.users:
            its = [one for one in self.counted if user.key and one.agent_key.lower() == user.key.lower()]
            user.charges, user.cost = len(its), total(its)

    @property
    def counted(self) -> list[Charged]:
        return [one for one in self.charges if one.is_counted]

    def user(self, agent_key: str) -> User | None:
        """The first row of the roster with this key."""
        return next((one for one in self.users if one.key and one.key.lower() == agent_key.lower()), None)

    def of(self, name: str, key: str) -> list[Charged]:
        """The counted charges with a key: of the row, the team, the country."""
        return [one for one in self.counted if one.keys[name].lower() == key.lower()]

    def without(self, outcome: str) -> list[Charged]:
        return [one for one in self.charges if one.outcome == outcome]

    def _describe(self, one: Charged, copies: dict[str, int]) -> None:
        given, its = one.given, self.settings
        kind, agent = text_of(given.get("Type")), text_of(given.get("Agent"))
        one.table = _TABLES.get(word_of(kind).lower(), "")
        one.agent_key = key_of(AGENT_LETTER, agent) if words.bare_of(agent) else ""
        one.keys["Copy"] = copy_key(given)
        first = copies.setdefault(one.keys["Copy"].lower(), one.number) if one.keys["Copy"] else one.number
        billed = given.get("Billed (UTC)")
        one.problem = self._problem(one, first != one.number)
        if not is_there(given):
            one.problem = ""
        elif isinstance(billed, datetime) and billed.date() < its.first_day:
            one.outcome = BEFORE
        elif isinstance(billed, datetime) and billed.date() > its.last_day:
            one.outcome = AFTER
        else:
            one.outcome = one.problem or COUNTED
        if not one.problem and isinstance(billed, datetime) and is_there(given):
            one.month = billed.date().replace(day=1)
        country = words.bare_of(text_of(given.get("Country"))).upper() or NO_COUNTRY
        if one.is_counted:
            user = self.user(one.agent_key) if one.agent_key else None
            campaign = text_of(given.get("Campaign ID"))
            if one.table == DIALER:
                one.row = words.bare_of(campaign) or NO_CAMPAIGN
            else:
                named = text_of(user.given.get("Agent")) if user else agent
                one.row = words.bare_of(named) or NOBODY
            one.team = (user.teams if user else UNKNOWN_TEAM) if one.agent_key else NOBODY
        for name, letter, text in (
            ("Row", LETTERS.get(one.table, ""), one.row),
            ("Team", TEAM_LETTER, one.team),
            ("Country", COUNTRY_LETTER, country),
        ):
            one.keys[name] = key_of(letter, text) if one.is_counted else ""
        of_agent = one.is_counted and one.table == DIALER and one.agent_key
        one.keys["Campaign"] = one.keys["Row"] if of_agent else ""

    def _problem(self, one: Charged, is_copy: bool) -> str:
        cost = one.given.get("Cost")
        if one.is_unreadable:
            return UNREADABLE
        if is_copy:
            return COPY
        if one.table in ("", NO_TABLE):
            return OTHER_KIND if one.table else UNKNOWN_KIND
        if not isinstance(one.given.get("Billed (UTC)"), datetime):
            return NO_MOMENT
        if cost is None:
            return PENDING
        if not isinstance(cost, Decimal | int) or not -LARGEST_COST < cost < LARGEST_COST:
            return NO_NUMBER
        currency = text_of(one.given.get("Currency"))
        return "" if currency.lower() == self.settings.currency.lower() else OTHER_CURRENCY

    def _find_firsts(self, name: str) -> None:
        met: set[str] = set()
        for one in self.charges:
            key = one.keys[name].lower()
            is_first = bool(key) and key not in met
            met.add(key)
            base = GROUPS.get(one.table, 0) if name == "Row" else 0
            one.firsts[name] = base + one.number if is_first else None


def total(charges: Iterable[Charged]) -> Fraction:
    return sum((one.cost for one in charges), Fraction(0))


def minutes(charges: Iterable[Charged]) -> Fraction | str:
    """Of those that have a duration; the word for it where none has."""
    its = [one.seconds for one in charges]
    known = [one for one in its if one is not None]
    return UNKNOWN if its and not known else sum(known, Fraction(0)) / 60


def months_to(last: date, count: int) -> list[date]:
    """The first days of so many months, the last one that of this day."""
    found = [last.replace(day=1)]
    while len(found) < count:
        found.append((found[-1] - timedelta(days=1)).replace(day=1))
    return found[::-1]
