"""What a person chooses for a billing report, as plain values."""

from __future__ import annotations

from dataclasses import dataclass

from addin.errors import TollsheetError
from addin.reconcile.period import Days, Month, parse_day


@dataclass(frozen=True, slots=True)
class Choices:
    """The choices as they are written, by a person or in a file; each is checked where it is used.

    The period is `month`, or `first_day` to `last_day`, both included. Who is reported on is the union of
    `teams` (with all their users), `users` (active ones) and `deactivated_users`; or `everyone`, which is
    every user, agents that the roster does not name, and calls that name no agent.
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
