"""What calls were charged, and who the agents are: the two tables that a billing report is made of.

Voiso publishes no such export (its call records carry no cost), so these are tables of our own with plain
names; a mapping file gives them any others.

- A blank `cost` is a charge that is pending, never 0. A negative one is a credit.
- `teams` are separated by semicolons. `active` is yes or no, in any of the usual words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from addin.records.call import Charge, User
from addin.records.fields import Fields
from addin.records.formats import OR, Format
from addin.records.mapping import CHARGED
from addin.records.tables import fold
from addin.records.values import BadValue, charge

PROVIDER = "voiso"

KINDS = {
    **{fold(kind): kind for kind in CHARGED},
    "manualoutbound": "manual",
    "outbound": "manual",
    "clicktocallmanual": "click_to_call",
    "dialercampaign": "dialer",
    "campaign": "dialer",
    "answeringmachinedetection": "amd",
}
"""Folded word -> one of `CHARGED`."""
ACTIVE = {
    **dict.fromkeys(("yes", "y", "true", "1", "active", "enabled"), True),
    **dict.fromkeys(("no", "n", "false", "0", "inactive", "deactivated", "disabled"), False),
}

COLUMNS = {key: (key,) for key in ("call_id", "type", "campaign_id", "from", "country", "started_at")} | {
    "agent": ("agent", "user", "username"),
    "to": ("to",),
    "billed_at": ("billed_at",),
    "duration": ("duration",),
    "cost": ("cost",),
    "currency": ("currency",),
}
ROSTER_COLUMNS = {
    "agent": ("agent", "user", "username"),
    "teams": ("teams", "team"),
    "active": ("active",),
}


@dataclass(frozen=True, slots=True)
class ChargeColumns:
    """How a table of charges is written: our name -> its names of the column, its words and figures."""

    columns: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: COLUMNS)
    provider: str = PROVIDER
    kinds: Mapping[str, str] = field(default_factory=dict)
    """Words for a kind, before those that are known anyway."""
    currency: str = ""
    time_format: str = ""
    sign: int = 1
    length: Mapping[str, str] = field(default_factory=dict)
    """How durations are written: `unit` and `point`."""
    number: Mapping[str, str] = field(default_factory=dict)

    def at(self, key: str) -> tuple[str, ...]:
        return self.columns.get(key, ("",))


def read_charge(fields: Fields, of: ChargeColumns | None = None) -> Charge:
    """One charge."""
    of = of or ChargeColumns()
    written = fields.text(*of.at("type"))
    if not written:
        raise BadValue(f'"{of.at("type")[0]}" is blank')
    kind = of.kinds.get(fold(written)) or KINDS.get(fold(written), "")
    return Charge(
        place=fields.place,
        provider=of.provider,
        call_id=fields.id(*of.at("call_id")),
        kind=kind,
        kind_written=written,
        agent=fields.text(*of.at("agent")),
        campaign_id=fields.text(*of.at("campaign_id")),
        from_number=fields.number(*of.at("from")),
        to_number=fields.number(*of.at("to")),
        country=fields.text(*of.at("country")),
        started_at=fields.instant(*of.at("started_at"), time_format=of.time_format),
        billed_at=fields.instant(*of.at("billed_at"), time_format=of.time_format),
        cost=charge(fields.decimal(*of.at("cost"), **of.number), of.sign),
        currency=fields.currency(*of.at("currency")) or of.currency,
        duration_ms=fields.duration_ms(*of.at("duration"), **of.length),
        row_values=fields.digest(),
    )


def read_user(
    fields: Fields,
    columns: Mapping[str, tuple[str, ...]] = ROSTER_COLUMNS,
    words: Mapping[str, bool] | None = None,
) -> User:
    """One user. Without a column that says so, all are active, and the file's note says that."""
    agent = fields.needed(fields.text(*columns["agent"]) or None, *columns["agent"])
    active = columns.get("active", ())
    if active and fields.has(*active):
        written = fields.text(*active)
        known = {**ACTIVE, **(words or {})}
        if fold(written) not in known:
            raise BadValue(
                f'"{active[0]}" is {written[:40]!r}, neither yes nor no: a mapping of the roster can list it '
                "under [active]"
            )
        is_active = known[fold(written)]
    else:
        fields.note("no column says who is active: all users of it count as active")
        is_active = True
    teams = (team.strip() for team in fields.text(*columns["teams"]).split(";"))
    return User(fields.place, agent, tuple(dict.fromkeys(team for team in teams if team)), is_active)


_CHARGES_REQUIRED = ("call_id", "type", OR.join(COLUMNS["agent"]), "to", "cost")

FORMATS = (
    Format(
        PROVIDER,
        "charges",
        _CHARGES_REQUIRED,
        read_charge,
        ("campaign_id", "from", "country", "started_at", "billed_at", "duration", "currency"),
        id_column="call_id",
        price=COLUMNS["cost"],
        holds="charges",
    ),
    Format(
        PROVIDER,
        "roster",
        tuple(OR.join(ROSTER_COLUMNS[key]) for key in ("agent", "teams", "active")),
        read_user,
        holds="roster",
    ),
)
