"""Who the agents are, and which of them a report is about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from addin.billing.choices import Choices
from addin.errors import TollsheetError
from addin.records.call import User

ACTIVE, DEACTIVATED, NOT_IN_ROSTER = "active", "deactivated", "not in the roster"
TEAMS_APART = "; "
NO_TEAM = "(no team)"
_SEPARATORS = re.compile(r"[,/|]")


def folded(name: str) -> str:
    """A name as it is compared: spreadsheets do not tell case apart, nor does a report.

    >>> folded(" Ann  Example") == folded("ANN example")
    True
    """
    return " ".join(name.split()).casefold()


@dataclass(frozen=True, slots=True)
class Person:
    """An agent: of the roster, or met in the charges alone."""

    name: str
    teams: tuple[str, ...]
    status: str

    @property
    def team(self) -> str:
        """All teams in one text, empty where there is none."""
        return TEAMS_APART.join(self.teams)


@dataclass(frozen=True, slots=True)
class People:
    """Everybody by folded name, those of the roster first."""

    persons: Mapping[str, Person]

    @classmethod
    def of(cls, roster: Sequence[User], agents: Iterable[str]) -> People:
        """Those of the roster, with all the teams of their rows, and agents that it does not name. Raises
        TollsheetError where two rows disagree on who is active."""
        persons: dict[str, Person] = {}
        rows: dict[str, User] = {}
        spelled: dict[str, str] = {}
        for user in roster:
            key = folded(user.agent)
            first = rows.setdefault(key, user)
            if first.is_active != user.is_active:
                raise TollsheetError(
                    f"{user.agent} is active in one of {first.place} and {user.place}, not in the other",
                    "Keep the row of the roster that is right.",
                )
            teams = [spelled.setdefault(folded(team), team) for team in user.teams]
            known = persons[key].teams if key in persons else ()
            together = tuple(dict.fromkeys((*known, *teams)))
            status = ACTIVE if user.is_active else DEACTIVATED
            persons[key] = Person(first.agent.strip(), together, status)
        for agent in agents:
            if agent:
                persons.setdefault(folded(agent), Person(agent, (), NOT_IN_ROSTER))
        return cls(persons)

    def get(self, agent: str) -> Person:
        return self.persons[folded(agent)]

    def names(self, *statuses: str) -> list[str]:
        """Of those with such a status, sorted."""
        return sorted((one.name for one in self.persons.values() if one.status in statuses), key=folded)

    @property
    def teams(self) -> list[str]:
        """Every team, sorted."""
        teams = {team for one in self.persons.values() for team in one.teams}
        return sorted(teams, key=folded)

    @property
    def odd_teams(self) -> dict[str, list[str]]:
        """Teams that look like several, with those who are in them: teams are separated by ; alone. A comma
        separates in most lists; / and | where one of the parts is a team of its own."""
        known = {folded(team) for team in self.teams}
        found: dict[str, list[str]] = {}
        for team in self.teams:
            parts = [folded(part) for part in _SEPARATORS.split(team)]
            if "," in team or (len(parts) > 1 and not known.isdisjoint(parts)):
                found[team] = [one.name for one in self.persons.values() if team in one.teams]
        return found

    def chosen(self, choices: Choices) -> frozenset[str]:
        """The folded names of the union of what is chosen. Raises TollsheetError where nothing is, and for a
        name that is not there, with the nearest one that is."""
        if choices.everyone:
            if choices.teams or choices.users or choices.deactivated_users:
                raise TollsheetError(
                    "Everyone is chosen, and teams or users beside it",
                    "Choose everyone, or those that the report is to be about.",
                    "--everyone",
                )
            return frozenset(self.persons)
        if not (choices.teams or choices.users or choices.deactivated_users):
            raise TollsheetError(
                "No team and no user is chosen",
                "Choose at least one team, active user or deactivated user, or everyone.",
                "--team, --user, --deactivated-user, --everyone",
            )
        teams = {folded(self._team(name)) for name in choices.teams}
        keys = {key for key, one in self.persons.items() if teams & {folded(team) for team in one.teams}}
        keys |= {self._user(name, "active user", ACTIVE, NOT_IN_ROSTER) for name in choices.users}
        keys |= {self._user(name, "deactivated user", DEACTIVATED) for name in choices.deactivated_users}
        return frozenset(keys)

    def _team(self, name: str) -> str:
        for team in self.teams:
            if folded(team) == folded(name):
                return team
        raise _unknown(name, "team", self.teams)

    def _user(self, name: str, what: str, *statuses: str) -> str:
        found = self.persons.get(folded(name))
        if found is not None and found.status in statuses:
            return folded(name)
        if found is not None:
            raise TollsheetError(
                f"{found.name} is no {what}: the status is {found.status}",
                "Choose the name among the deactivated users."
                if found.status == DEACTIVATED
                else "Choose the name among the active users.",
            )
        raise _unknown(name, what, self.names(*statuses))


def _unknown(name: str, what: str, known: Sequence[str]) -> TollsheetError:
    by_key = {folded(one): one for one in known}
    close = get_close_matches(folded(name), by_key, 1)
    if close:
        remedy = f"Is {by_key[close[0]]} meant?"
    elif known:
        remedy = f"There are {', '.join(known[:12])}{' and others' if len(known) > 12 else ''}."
    else:
        remedy = f"The files name no {what}: a roster says who is in which team."
    return TollsheetError(f'There is no {what} "{name}"', remedy)
