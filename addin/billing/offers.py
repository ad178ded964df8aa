"""What there is to choose from: everything that the charges and the roster name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from addin.billing.choices import Choices
from addin.billing.countries import code_of, name_of
from addin.billing.numbers import Numbering
from addin.billing.people import ACTIVE, DEACTIVATED, NOT_IN_ROSTER, People
from addin.records.call import Call, Charge, User

EVERYONE, TEAM, USER, LEFT, STRANGER, COUNTRY = (
    "Everyone",
    "Team",
    "Active user",
    "Deactivated user",
    "Agent not in the roster",
    "Country",
)


@dataclass(frozen=True, slots=True)
class Offer:
    """One name that can be chosen. `more` tells a person what it is."""

    kind: str
    name: str
    more: str = ""


def offers_of(charges: Sequence[Charge], calls: Sequence[Call], roster: Sequence[User]) -> list[Offer]:
    """Kind by kind, sorted by name; countries by how often they are called."""
    people = People.of(roster, [*(one.agent for one in charges), *(one.agent for one in calls)])
    return [
        Offer(EVERYONE, EVERYONE, "all users, agents not in the roster, calls without an agent"),
        *(Offer(TEAM, team, _members(people, team)) for team in people.teams),
        *(Offer(USER, name, people.get(name).team) for name in people.names(ACTIVE)),
        *(Offer(LEFT, name, people.get(name).team) for name in people.names(DEACTIVATED)),
        *(Offer(STRANGER, name) for name in people.names(NOT_IN_ROSTER)),
        *_countries(charges, calls),
    ]


def _members(people: People, team: str) -> str:
    return ", ".join(one.name for one in people.persons.values() if team in one.teams)


def _countries(charges: Sequence[Charge], calls: Sequence[Call]) -> list[Offer]:
    numbering = Numbering.of((*charges, *calls))
    found = Counter(code_of(one.country) if one.country else numbering.country(one).code for one in charges)
    found.update(numbering.country(one).code for one in calls)
    del found[""]
    return [
        Offer(COUNTRY, code, name_of(code))
        for code, _ in sorted(found.items(), key=lambda one: (-one[1], one[0]))
    ]


def with_marked(choices: Choices, marked: Iterable[Offer]) -> Choices:
    """The choices with what is marked among the offers.

    >>> with_marked(Choices(teams=("Sales",)), [Offer(TEAM, "Support"), Offer(COUNTRY, "US")]).teams
    ('Sales', 'Support')
    """
    names: dict[str, list[str]] = {}
    for one in marked:
        names.setdefault(one.kind, []).append(one.name)

    def both(chosen: tuple[str, ...], *kinds: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*chosen, *(name for kind in kinds for name in names.get(kind, ())))))

    return replace(
        choices,
        everyone=choices.everyone or EVERYONE in names,
        teams=both(choices.teams, TEAM),
        users=both(choices.users, USER, STRANGER),
        deactivated_users=both(choices.deactivated_users, LEFT),
        countries=both(choices.countries, COUNTRY),
    )
