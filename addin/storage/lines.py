"""One recording over the month ends of a statement, by the rule of `udfs.rating.storage`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from addin.reconcile.measure import MS_PER_MINUTE
from addin.records.call import Recording
from udfs.rating.storage import FREE_DAYS, days_stored, storage_charge

RECORD, CHOSEN, NONE = "record", "chosen", "none"
"""Where a rate comes from."""


@dataclass(frozen=True, slots=True)
class Line:
    """A recording with its rate. Days are UTC dates, the day of recording is day 1."""

    recording: Recording
    rate: Fraction | None
    rate_from: str

    @classmethod
    def of(cls, recording: Recording, chosen: Fraction | None) -> Line:
        """The record's own rate wins; without any the line has none, which is not 0."""
        if recording.rate is not None:
            return cls(recording, Fraction(recording.rate), RECORD)
        return cls(recording, chosen, NONE if chosen is None else CHOSEN)

    @property
    def created_on(self) -> date:
        return self.recording.created_at.date()

    @property
    def deleted_on(self) -> date | None:
        return None if self.recording.deleted_at is None else self.recording.deleted_at.date()

    @property
    def minutes(self) -> int:
        """Whole minutes: a part minute counts as one."""
        return -(-self.recording.duration_ms // MS_PER_MINUTE)

    def days(self, on: date) -> int | None:
        """Days stored; None where it is not stored on that day: not made yet, or deleted by then."""
        if self.created_on > on or (self.deleted_on is not None and self.deleted_on <= on):
            return None
        return days_stored(self.created_on, on)

    def is_charged(self, month_end: date) -> bool:
        """Whether it is stored for more than the free days at this month end, whatever its rate."""
        days = self.days(month_end)
        return days is not None and days > FREE_DAYS

    def charge(self, month_end: date) -> Fraction | None:
        """The charge, exact; None where one is due and no rate is known. Of no minute none is due."""
        if self.rate is None:
            return None if self.minutes and self.is_charged(month_end) else Fraction(0)
        return self.full(month_end, self.deleted_on)

    def if_kept(self, month_end: date) -> Fraction | None:
        """The charge had it not been deleted; None where one were due and no rate is known."""
        if self.rate is None:
            is_due = self.minutes and days_stored(self.created_on, month_end) > FREE_DAYS
            return None if is_due else Fraction(0)
        return self.full(month_end, None)

    def full(self, month_end: date, deleted_on: date | None) -> Fraction:
        assert self.rate is not None
        return storage_charge(self.recording.duration_ms, self.rate, self.created_on, month_end, deleted_on)

    def total(self, month_ends: Sequence[date]) -> Fraction | None:
        """The sum of all month ends; None where one of them is not known."""
        charges = [self.charge(month_end) for month_end in month_ends]
        return None if None in charges else sum((one for one in charges if one), Fraction(0))
