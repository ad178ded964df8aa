"""What a person chooses for a billing report: one frozen set of plain values, so that it can be kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from difflib import get_close_matches
from typing import Any

from addin.errors import TollsheetError
from addin.reconcile.period import Days, Month, parse_day


@dataclass(frozen=True, slots=True)
class Choices:
    """The choices as they are written, by a person or in a file; each is checked where it is used.

    The period is `month`, or `first_day` to `last_day`, both included. Who is reported on is the union of
    `teams` (with all their users), `users` (active ones) and `deactivated_users`; or `everyone`, which is
    every user, agents that the roster does not name, and calls that name no agent.

    >>> chosen = Choices(month="2026-09", teams=("Sales",), countries=("US", "GB"))
    >>> chosen.to_values()
    {'month': '2026-09', 'teams': ['Sales'], 'countries': ['US', 'GB']}
    >>> Choices.from_values(chosen.to_values()) == chosen
    True
    """

    month: str = ""
    """`YYYY-MM`."""
    first_day: str = ""
    """`YYYY-MM-DD`, as `last_day`."""
    last_day: str = ""
    teams: tuple[str, ...] = ()
    users: tuple[str, ...] = ()
    deactivated_users: tuple[str, ...] = ()
    everyone: bool = False
    countries: tuple[str, ...] = ()
    """Codes such as GB, or English names. Without any, the report has no columns by country."""
    report_zone: str = "UTC"
    """Of the days of the period."""
    time_zone: str = ""
    """Of times in the files that name none; UTC where it is empty."""
    billed_at_end: bool = False
    """Whether start + duration stands in where a file does not say when a call was billed."""
    voicemail: str = ""
    """`yes` or `no`: whether calls that voicemail answered are billed (CDRs); empty: nobody has said it."""
    sort: tuple[str, ...] = ()
    """How tables are sorted: `Total`, `-Total`, or of one table alone `dialer:Campaign ID`."""

    def to_values(self) -> dict[str, str | bool | list[str]]:
        """What was chosen as texts, lists and booleans; what is as by default is left out."""
        values: dict[str, str | bool | list[str]] = {}
        for one in fields(self):
            value = getattr(self, one.name)
            if value != one.default:
                values[one.name] = [*value] if isinstance(value, tuple) else value
        return values

    @classmethod
    def from_values(cls, values: Mapping[str, Any]) -> Choices:
        """The choices of such values. Raises TollsheetError for an unknown name or another kind of value."""
        defaults = {one.name: one.default for one in fields(cls)}
        made: dict[str, Any] = {}
        for name, value in values.items():
            if name not in defaults:
                close = get_close_matches(name, defaults, 1)
                remedy = f'Is "{close[0]}" meant?' if close else f"Known are {', '.join(defaults)}."
                raise TollsheetError(f'A billing report has no choice "{name}"', remedy)
            made[name] = _as_kind_of(defaults[name], name, value)
        return cls(**made)

    @property
    def voicemail_billed(self) -> bool | None:
        """Raises TollsheetError where it is neither yes, no nor empty."""
        answers = {"": None, "yes": True, "no": False}
        if self.voicemail.strip().casefold() not in answers:
            raise TollsheetError(f'voicemail is "{self.voicemail}"', "It may be yes, no or empty.")
        return answers[self.voicemail.strip().casefold()]

    def days(self) -> Days:
        """The days of the period. Raises TollsheetError where it is not told, or twice."""
        if self.month and (self.first_day or self.last_day):
            raise TollsheetError(
                "Both a month and days are given", "Give the month, or the first and the last day."
            )
        if self.month:
            month = Month.parse(self.month)
            return Days(month.first_day, month.last_day)
        if not (self.first_day and self.last_day):
            missing = (
                "No period is given"
                if not (self.first_day or self.last_day)
                else ("Only the first day is given" if self.first_day else "Only the last day is given")
            )
            raise TollsheetError(
                missing, "Give a month such as 2026-09, or the first and the last day.", "--month"
            )
        return Days(parse_day(self.first_day), parse_day(self.last_day))


def _as_kind_of(default: Any, name: str, value: Any) -> Any:
    if isinstance(default, bool):
        if isinstance(value, bool):
            return value
        raise TollsheetError(f"{name} is neither true nor false", "Write it without quotes.")
    if isinstance(default, tuple):
        if (
            isinstance(value, Sequence)
            and not isinstance(value, str)
            and all(isinstance(one, str) for one in value)
        ):
            return tuple(value)
        raise TollsheetError(f"{name} is no list of texts", f'Write {name} = ["one", "other"].')
    if isinstance(value, str):
        return value
    raise TollsheetError(f"{name} is no text", f'Write it in quotes: {name} = "...".')
