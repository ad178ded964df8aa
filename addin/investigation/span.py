"""The time between the two balances of a ledger, and what of a day lies in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from addin.errors import TollsheetError
from addin.reconcile.period import Period, midnight
from addin.records.ledger_file import LedgerRow

INSIDE, BEFORE, AFTER, NOT_KNOWN = "inside", "before", "after", "not known"
_NEAR = timedelta(minutes=1)
"""A balance that is read so near to midnight is that of midnight where whole days are asked for."""


@dataclass(frozen=True, slots=True)
class Span:
    """From the opening balance to the closing one. `start` and `end` are None where no time is said: then the
    balance stands for the period's own bound."""

    start: datetime | None
    end: datetime | None
    period: Period
    remarks: tuple[str, str] = ("", "")
    """How the time of each was read, where a day alone is written."""

    @classmethod
    def between(cls, opening: LedgerRow, closing: LedgerRow, period: Period) -> Span:
        """Of a day without a time of day, the bound that is nearer to the period's: an opening balance of the
        last day before it is that of the day's end."""
        start = _nearer(opening, midnight(period.first_day))
        end = _nearer(closing, midnight(period.next_first_day))
        if start is not None and end is not None and end <= start:
            raise TollsheetError(
                f"The closing balance is of {end:%Y-%m-%d %H:%M}, not after the opening one", "Swap them."
            )
        return cls(start, end, period, (_remark(opening, start), _remark(closing, end)))

    @property
    def from_day(self) -> datetime:
        """The start as whole days see it."""
        return midnight(self.period.first_day) if self.start is None else _midnight_near(self.start)

    @property
    def to_day(self) -> datetime:
        return midnight(self.period.next_first_day) if self.end is None else _midnight_near(self.end)

    @property
    def leaves_period(self) -> bool:
        """Whether the balances reach beyond what is compared, by more than a minute."""
        first, last = midnight(self.period.first_day), midnight(self.period.next_first_day)
        return self.from_day < first or self.to_day > last

    def holds(self, at: datetime) -> bool:
        """Whether an instant lies between the two balances; one of the opening's own moment is in it."""
        return (self.start is None or at > self.start) and (self.end is None or at <= self.end)

    def place_of(self, row: LedgerRow) -> str:
        """Where an entry lies. Of a day, or beside a balance without a time, it may not be known."""
        if row.at is None:
            return INSIDE
        if row.until is not None:
            return self.place_of_days(row.at, row.until)
        if self.start is not None and row.at <= self.start:
            return BEFORE
        if self.end is not None and row.at > self.end:
            return AFTER
        is_early = self.start is None and row.at < self.from_day
        is_late = self.end is None and row.at > self.to_day
        return NOT_KNOWN if is_early or is_late else INSIDE

    def place_of_days(self, first: datetime, until: datetime) -> str:
        """Where whole days lie, from the beginning of the first to the end of the last."""
        if self.from_day <= first and until <= self.to_day:
            return INSIDE
        if until <= self.from_day:
            return BEFORE if self.start is not None else NOT_KNOWN
        if first >= self.to_day:
            return AFTER if self.end is not None else NOT_KNOWN
        return NOT_KNOWN


def _nearer(row: LedgerRow, bound: datetime) -> datetime | None:
    if row.at is None or row.until is None:
        return row.at
    return min(row.at, row.until, key=lambda one: abs(one - bound))


def _midnight_near(at: datetime) -> datetime:
    """
    >>> from datetime import UTC
    >>> str(_midnight_near(datetime(2026, 9, 30, 23, 59, 59, tzinfo=UTC)))
    '2026-10-01 00:00:00+00:00'
    """
    rounded = midnight((at + timedelta(hours=12)).date())
    return rounded if abs(at - rounded) <= _NEAR else at


def _remark(row: LedgerRow, at: datetime | None) -> str:
    if row.until is None or at is None:
        return ""
    if at == row.until:
        return f"a day without a time: taken as its end, {at:%Y-%m-%d %H:%M} UTC"
    return f"a day without a time: taken as its beginning, {at:%Y-%m-%d %H:%M} UTC"
