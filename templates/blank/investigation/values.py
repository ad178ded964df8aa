"""Where the path leads, computed exactly: the day, the kind of difference, the hour, the calls."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property

from templates.blank.investigation.bill_values import number
from templates.blank.investigation.columns import (
    DURATION,
    MISSING,
    MOST_MILLIONTHS,
    MOST_S,
    NOT_KNOWN,
    NOTHING,
    RATING,
    SIZE_STEP,
)
from templates.blank.investigation.records import Records
from templates.blank.investigation.sums import Settings, Sums, Values, sums_of
from templates.blank.rating.values import Filled
from templates.shared.numbers import is_number
from templates.shared.serials import rounded, serial
from templates.shared.tables import Row, Shown

__all__ = ["Model", "Settings", "Sums", "Values", "number"]

AMOUNT, BILLED_MINUTES, CONNECTED, SINGLE = "amount", "billed minutes", "connected calls", "single calls"
"""By what a day is found; in the last case its differences cancel each other."""
COST_UNKNOWN = "cost not known"


class Model(Records):
    """Both tables with what all their formulas give, and where the path leads."""

    def __init__(self, filled: Filled, billed: Sequence[Row], settings: Settings) -> None:
        super().__init__(filled, billed, settings)
        self._place_sizes()

    @cached_property
    def days(self) -> list[date]:
        first = self.settings.month
        return [day for n in range(31) if (day := first + timedelta(days=n)).month == first.month]

    def gross(self, day: date) -> Fraction:
        """The differences of single calls of a day without their sign."""
        at = serial(day)
        ours = sum((abs(number(row["Difference"])) for row in self.calls if row["Day"] == at), Fraction(0))
        alone = (row for row in self.billed if row["Alone"] == "yes" and row["Day"] == at)
        return ours + sum((number(row["Charge"]) for row in alone), Fraction(0))

    @cached_property
    def measure(self) -> str:
        """By what the day is found."""
        of_days = [self.of_day(day) for day in self.days]
        its = self.settings
        if max(abs(theirs.cost - ours.cost) for ours, theirs in of_days) > Fraction(its.tolerance_amount):
            return AMOUNT
        if max(abs(theirs.minutes - ours.minutes) for ours, theirs in of_days) > Fraction(
            its.tolerance_minutes
        ):
            return BILLED_MINUTES
        if any(theirs.calls != ours.calls for ours, theirs in of_days):
            return CONNECTED
        return SINGLE if any(self.gross(day) or self.alone_on(day) for day in self.days) else NOTHING

    def alone_on(self, day: date) -> int:
        return len(self.alone(lambda row: row["Day"] == serial(day)))

    def size_of_day(self, day: date) -> Fraction:
        ours, theirs = self.of_day(day)
        return {
            AMOUNT: abs(theirs.cost - ours.cost),
            BILLED_MINUTES: abs(rounded(theirs.minutes - ours.minutes, 10)),
            CONNECTED: Fraction(abs(theirs.calls - ours.calls)),
            SINGLE: self.gross(day) + Fraction(self.alone_on(day), 10**7),
            NOTHING: Fraction(0),
        }[self.measure]

    @cached_property
    def day(self) -> date:
        """The day on the path: that with the largest difference, of equal ones the earliest."""
        return min(self.days, key=lambda day: (-self.size_of_day(day), day))

    @property
    def of_the_day(self) -> list[Values]:
        return [row for row in self.calls if row["Day"] == serial(self.day)]

    def both(self) -> list[Values]:
        """The calls of the day that both sides have and that we rate."""
        return [row for row in self.of_the_day if row["Both"] == "yes"]

    def part(self, kind: str) -> tuple[int, Fraction]:
        """How many calls of the day differ so, and by what."""
        if kind == MISSING:
            alone = self.alone(lambda row: row["Day"] == serial(self.day))
            costs = [number(row.get("Difference", row.get("Charge"))) for row in alone]
            return len(alone), sum(costs, Fraction(0))
        if kind == DURATION:
            those = [row for row in self.of_the_day if row["Time apart (s)"] != 0]
            return len(those), sum((number(row["Time part"]) for row in those), Fraction(0))
        those = [row for row in self.of_the_day if row["Price part"] != 0]
        return len(those), sum((number(row["Price part"]) for row in those), Fraction(0))

    def allowed(self, one: Fraction, other: Fraction) -> Fraction:
        return rounded(Fraction(self.settings.threshold) * max(abs(one), abs(other)), 10)

    def total(self, header: str, theirs: str) -> Fraction:
        """Seconds of the calls of the day that both sides have, and the bill says these seconds of."""
        return sum((number(row[header]) for row in self.both() if row[theirs] != ""), Fraction(0))

    def is_unknown(self, theirs: str) -> bool:
        """Whether the bill says these seconds of none of the calls that both sides have."""
        return bool(self.both()) and all(row[theirs] == "" for row in self.both())

    def matches(self, one: Fraction | int, other: Fraction | int) -> bool:
        return abs(Fraction(other) - one) <= self.allowed(Fraction(one), Fraction(other))

    @cached_property
    def calls_match(self) -> bool:
        ours, theirs = self.of_day(self.day)
        return self.matches(ours.calls, theirs.calls)

    @cached_property
    def talked_matches(self) -> bool:
        """Another time talked that is billed as the same time is harmless."""
        one, other = (
            self.total("Seconds", "Their talked") / 60,
            self.total("Their talked", "Their talked") / 60,
        )
        return self.matches(one, other) or not self.part(DURATION)[0]

    @cached_property
    def billed_matches(self) -> bool:
        one, other = (self.total(one, "Their seconds") for one in ("Expected seconds", "Their seconds"))
        return self.matches(one / 60, other / 60)

    @cached_property
    def beyond(self) -> int:
        """Calls of the day whose price differs beyond the tolerance."""
        allowed = Fraction(self.settings.tolerance_amount)
        return sum(abs(number(row["Price part"])) > allowed for row in self.of_the_day)

    @cached_property
    def issue(self) -> str:
        if self.measure == NOTHING:
            return NOTHING
        if not self.calls_match:
            return MISSING
        if not (self.talked_matches and self.billed_matches):
            return DURATION
        if self.beyond:
            return RATING
        return max((MISSING, DURATION, RATING), key=lambda kind: abs(self.part(kind)[1]))

    @cached_property
    def not_known(self) -> tuple[int, Fraction]:
        """The calls of the third part of which a cost or a time is not known, and what that comes to."""
        those = [row for row in self.of_the_day if row["Cause"] in NOT_KNOWN and row["Price part"] != 0]
        return len(those), sum((number(row["Price part"]) for row in those), Fraction(0))

    @property
    def issue_said(self) -> str:
        """A difference of the third kind is none of rates where all of it is not known."""
        count = self.not_known[0]
        return COST_UNKNOWN if self.issue == RATING and 0 < count == self.part(RATING)[0] else self.issue

    @cached_property
    def is_within(self) -> bool:
        """Whether the threshold passes all that is asked, and the difference is there all the same."""
        asked = self.calls_match and self.talked_matches and self.billed_matches and not self.beyond
        return self.measure != NOTHING and asked

    @cached_property
    def hour(self) -> int | str:
        """Of missing calls that with the largest difference in calls, else that of the largest call."""
        if self.issue == MISSING and not self.calls_match:
            return min(range(24), key=lambda hour: (-self.hour_size(hour), hour))
        sized = [row for row in (*self.calls, *self.billed) if number(row["Size"])]
        if not sized:
            return ""
        return int(number(max(sized, key=lambda row: number(row["Size"]))["Hour"]))

    def of_hour(self, hour: int) -> tuple[Sums, Sums]:
        day = serial(self.day)
        ours = self.ours(lambda row: row["Day"] == day and row["Hour"] == hour)
        matched = [
            row for row in self.calls if row["Day"] == day and row["Hour"] == hour and row["Bill row"] != ""
        ]
        with_us = sums_of(matched, "Their seconds", "Their cost")
        without = self.theirs(lambda row: row["Alone"] == "yes" and row["Day"] == day and row["Hour"] == hour)
        theirs = Sums(
            with_us.calls + without.calls, with_us.seconds + without.seconds, with_us.cost + without.cost
        )
        return ours, theirs

    def alone_in(self, hour: int) -> int:
        return len(self.alone(lambda row: row["Day"] == serial(self.day) and row["Hour"] == hour))

    def hour_size(self, hour: int) -> int:
        ours, theirs = self.of_hour(hour)
        return abs(theirs.calls - ours.calls) * 10**6 + self.alone_in(hour)

    @cached_property
    def listed(self) -> list[tuple[str, Values]]:
        """The calls of the hour that are part of the issue, the largest first."""
        found = [("ours", row) for row in self.calls if is_number(row["Listed"])]
        found += [("bill", row) for row in self.billed if is_number(row["Listed"])]
        return sorted(found, key=lambda one: -number(one[1]["Size"]))

    def _place_sizes(self) -> None:
        for rows in (self.calls, self.billed):
            for at, row in enumerate(rows, 1):
                row["Size"] = ""
                if row["Day"] != "":
                    row["Size"] = self._size(row, at) if row["Day"] == serial(self.day) else 0
        for row in (*self.calls, *self.billed):
            is_listed = number(row["Size"]) and row["Hour"] == self.hour
            row["Listed"] = row["Size"] if is_listed else ""

    def _size(self, row: Row, at: int) -> int:
        if "Alone" in row:
            is_one = self.issue == MISSING and row["Alone"] == "yes"
            return _size(row["Charge"], row["Charged seconds"], at, SIZE_STEP - 2) if is_one else 0
        is_one, amount, seconds = {
            MISSING: (row["Bill row"] == "", row["Difference"], row["Expected seconds"]),
            DURATION: (row["Time apart (s)"] != 0, row["Time part"], row["Time apart (s)"]),
            RATING: (row["Price part"] != 0, row["Price part"], 0),
            NOTHING: (False, 0, 0),
        }[self.issue]
        return _size(amount, seconds, at, SIZE_STEP - 1) if is_one else 0


def _size(amount: Shown, seconds: Shown, at: int, last: int) -> int:
    units = int(rounded(abs(number(amount)) * 10**6, 0))
    small = min(MOST_S, 1 + int(rounded(abs(number(seconds)), 0)))
    return (min(MOST_MILLIONTHS, units) + MOST_S + 1 if units else small) * SIZE_STEP + last - 2 * at
