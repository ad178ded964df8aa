"""Three months of charges and a roster, with what a billing report on their last month has to say.

Costs are whole numbers of the last place and countries are known from the start: the truth is added up here
without any of the product's code.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from examples.generator.files import table

MONTHS = ((2026, 7), (2026, 8), (2026, 9))
MONTH = "2026-09"
PLACES = 4
ROSTER = (
    ("ada", ("Sales",), True),
    ("grace", ("Sales", "Support"), True),
    ("katherine", ("Support",), True),
    ("edith", ("Retention",), True),
    ("mary", (), True),
    ("dorothy", ("Sales",), False),
    ("annie", ("Support",), False),
)
STRANGER = "joan"
"""An agent whom the roster does not name."""
CAMPAIGNS = {"1041": ("ada", "grace"), "1042": ("grace", "katherine", "annie"), "997": ("edith",)}
# Where calls go: numbers that are kept free or that nobody has, their country, its weight, cents a minute.
PLACES_CALLED = (
    ("+1415555{:04}", "US", 30, 120),
    ("+1613555{:04}", "CA", 10, 130),
    ("+1876555{:04}", "JM", 3, 2_150),
    ("+442079460{:03}", "GB", 22, 145),
    ("+4476244{:05}", "IM", 3, 980),
    ("4930231250{:02}", "DE", 14, 161),
    ("+33199000{:03}", "FR", 8, 175),
    ("+8816{:08}", "", 1, 8_500),
    ("anonymous", "", 1, 120),
)
FORMS = {"DE": ("DE", "Germany"), "US": ("US", "United States"), "GB": ("gb", "United Kingdom")}
"""How the country's column writes some of them; mostly it is blank."""
KINDS = ("manual", "click_to_call", "dialer", "dialer", "amd")
TABLES = {"manual": "manual", "click_to_call": "manual", "dialer": "dialer", "amd": "amd"}
HEADER = (
    "call_id", "type", "agent", "campaign_id", "from", "to", "country", "started_at", "billed_at", "cost",
    "currency",
)  # fmt: skip
COUNTRIES = ("US", "GB", "DE", "NO")


@dataclass(frozen=True, slots=True)
class Charged:
    """A row of the charges, and the country it is really to. `why` is the reason that a report leaves it "
    "out."""

    call_id: str
    kind: str
    agent: str
    campaign: str
    number: str
    country: str
    country_written: str
    started_at: datetime
    billed_at: datetime
    cost: int | None
    currency: str = "USD"
    why: str = ""

    def cells(self) -> tuple[str, ...]:
        cost = "" if self.cost is None else _decimal(self.cost)
        times = (f"{at:%Y-%m-%d %H:%M:%S}" for at in (self.started_at, self.billed_at))
        return (
            self.call_id, self.kind, self.agent, self.campaign, "+442079460000", self.number,
            self.country_written, *times, cost, self.currency,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Selection:
    """Who a report is about."""

    name: str
    choices: dict[str, Any]
    agents: frozenset[str]
    """All of whom it counts; `` are charges without an agent, where they count."""


def billing(seed: int = 1, calls: int = 400) -> tuple[dict[str, bytes], dict[str, Any]]:
    """The files by name, and what was planted: the totals of reports on several selections, by table, row and
    column."""
    rng = random.Random(f"billing {seed}")
    rows = [_charge(rng, number) for number in range(calls)]
    rows.sort(key=lambda row: (row.billed_at, row.call_id))
    rows = _with_faults(rng, rows)
    euro = [replace(row, call_id=f"e{row.call_id}", currency="EUR") for row in rows if not row.why][-6:]
    files = {
        "charges.csv": table(HEADER, (row.cells() for row in rows)).encode(),
        "charges-eur.csv": table(HEADER, (row.cells() for row in euro)).encode(),
        "roster.csv": table(
            ("agent", "teams", "active"),
            ((name, "; ".join(teams), "yes" if active else "no") for name, teams, active in ROSTER),
        ).encode(),
    }
    planted = {
        "schema": 1,
        "seed": seed,
        "month": MONTH,
        "countries": list(COUNTRIES),
        "rows": len(rows),
        "left_out": _left_out(rows),
        "reports": {one.name: _report(one, rows) for one in _selections()},
        "euro": _report(_selections()[0], euro),
    }
    return files, planted


def _charge(rng: random.Random, number: int) -> Charged:
    kind = rng.choice(KINDS)
    year, month = rng.choice(MONTHS)
    clock = rng.randint(7, 19), rng.randint(0, 59), rng.randint(0, 59)
    started = datetime(year, month, rng.randint(1, 27), *clock)
    seconds = rng.randint(5, 900)
    pattern, country, _, rate = rng.choices(PLACES_CALLED, [one[2] for one in PLACES_CALLED])[0]
    digits = pattern.partition("{:0")[2][:1]
    to = pattern.format(rng.randrange(10 ** int(digits))) if digits else pattern
    written = rng.choice(FORMS[country]) if country in FORMS and rng.random() < 0.25 else ""
    campaign = rng.choice([*CAMPAIGNS]) if kind in ("dialer", "amd") else ""
    agent = rng.choice(CAMPAIGNS[campaign]) if campaign else rng.choice([name for name, _, _ in ROSTER])
    cost = rng.randint(20, 60) if kind == "amd" else rate * -(-seconds // 60)
    billed = started + timedelta(seconds=seconds + rng.randint(1, 90))
    call_id = f"{number:04d}-{rng.getrandbits(32):08x}"
    return Charged(call_id, kind, agent, campaign, to, country, written, started, billed, cost)


def _with_faults(rng: random.Random, rows: Sequence[Charged]) -> list[Charged]:
    """The rows with what goes wrong in practice, each once or a few times."""
    september = [row for row in rows if row.billed_at.month == 9]
    base = september[len(september) // 2]
    late = datetime(2026, 8, 31, 23, 50)
    over = replace(
        base, call_id="over-midnight", kind="manual", agent="ada", campaign="", started_at=late,
        billed_at=late + timedelta(hours=2), cost=12_345,
    )  # fmt: skip
    after = replace(
        over, call_id="into-october", started_at=datetime(2026, 9, 30, 23, 50),
        billed_at=datetime(2026, 10, 1, 1, 50),
    )  # fmt: skip
    dialer = next(row for row in september if row.kind == "dialer" and row.campaign == "1041")
    stranger = replace(base, kind="manual", agent=STRANGER, campaign="")
    strangers = [replace(stranger, call_id=f"stranger-{n}", cost=1_000 + n) for n in range(3)]
    extra = [
        over,
        after,
        replace(base, call_id="pending", kind="manual", agent="ada", campaign="", cost=None, why="pending"),
        replace(base, call_id="credit", kind="manual", agent="grace", campaign="", cost=-5_000),
        replace(base, call_id="unknown-type", kind="voicemail_drop", agent="ada", why="unknown type"),
        replace(dialer, kind="amd", cost=41),  # of the same call, by the same id
        replace(dialer, call_id="nobody-1", agent="", cost=77),
        replace(dialer, call_id="nobody-2", agent="", campaign="1042", cost=99),
        *strangers,
        replace(september[-1], why="copy"),
    ]
    return [*rows, *extra]


def _selections() -> list[Selection]:
    def of(*teams: str) -> frozenset[str]:
        return frozenset(name for name, those, _ in ROSTER if set(those) & set(teams))

    return [
        Selection(
            "everyone", {"everyone": True}, frozenset((*(name for name, _, _ in ROSTER), STRANGER, ""))
        ),
        Selection("one team", {"teams": ["Sales"]}, of("Sales")),
        Selection(
            "users",
            {"users": ["edith", STRANGER], "deactivated_users": ["annie"]},
            frozenset(("edith", STRANGER, "annie")),
        ),
    ]


def _counts(row: Charged, one: Selection, rows: Sequence[Charged]) -> bool:
    if row.why or f"{row.billed_at:%Y-%m}" != MONTH:
        return False
    if row.agent or "" in one.agents:
        return row.agent in one.agents
    others = {
        other.agent
        for other in rows
        if other.kind == "dialer"
        and other.campaign == row.campaign
        and other.agent
        and not other.why
        and f"{other.billed_at:%Y-%m}" == MONTH
    }
    return row.kind == "dialer" and bool(others) and others <= one.agents


def _report(one: Selection, rows: Sequence[Charged]) -> dict[str, Any]:
    counted = [row for row in rows if _counts(row, one, rows)]
    columns = [country for country in COUNTRIES if any(row.country == country for row in counted)]
    teams = {name: "; ".join(those) or "(no team)" for name, those, _ in ROSTER}
    teams |= {STRANGER: "(not in the roster)", "": "(no agent)"}

    def column(row: Charged) -> str:
        return row.country if row.country in columns else "Other"

    return {
        "choices": {"month": MONTH, **one.choices, "countries": list(COUNTRIES)},
        "columns": [*columns, "Other"],
        "charges": len(counted),
        "total": _sum(counted),
        "tables": {
            name: {
                label: {
                    "total": _sum(those),
                    **_sums(those, column),
                }
                for label, those in _groups(
                    (row for row in counted if TABLES[row.kind] == name),
                    lambda row: row.campaign if row.kind == "dialer" else row.agent or "(no agent)",
                ).items()
            }
            for name in ("manual", "dialer", "amd")
        },
        "teams": _sums(counted, lambda row: teams[row.agent]),
        "by_country": _sums(counted, lambda row: row.country or "(none)"),
    }


def _left_out(rows: Sequence[Charged]) -> dict[str, int]:
    """Whoever is chosen."""
    reasons: dict[str, int] = {}
    for row in rows:
        billed = f"{row.billed_at:%Y-%m}"
        side = "billed before the period" if billed < MONTH else "billed after the period"
        side = side if billed != MONTH else ""
        reason = row.why if row.why in ("copy", "unknown type") else side or row.why
        if reason:
            reasons[reason] = reasons.get(reason, 0) + 1
    return reasons


def _groups(rows: Iterable[Charged], key: Callable[[Charged], str]) -> dict[str, list[Charged]]:
    groups: dict[str, list[Charged]] = {}
    for row in sorted(rows, key=key):
        groups.setdefault(key(row), []).append(row)
    return groups


def _sums(rows: Iterable[Charged], key: Callable[[Charged], str]) -> dict[str, str]:
    return {name: _sum(those) for name, those in _groups(rows, key).items()}


def _sum(rows: Iterable[Charged]) -> str:
    return _decimal(sum(row.cost or 0 for row in rows))


def _decimal(units: int) -> str:
    """Units of the last place as a decimal."""
    whole, rest = divmod(abs(units), 10**PLACES)
    return f"{'-' if units < 0 else ''}{whole}.{rest:0{PLACES}}"
