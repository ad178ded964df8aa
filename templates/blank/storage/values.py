"""What the formulas of the storage template give, computed exactly by the rule of the cell functions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from templates.blank.storage import recordings
from templates.blank.storage.recordings import MONTH_ENDS, charge_head
from templates.formulas.arithmetic import RATE_PLACES
from templates.shared import ids
from templates.shared.durations import what_is_wrong
from templates.shared.numbers import has_places, is_number
from templates.shared.rules import is_a_day, what_is_wrong_with_date
from templates.shared.serials import day_of, serial
from templates.shared.tables import Row, Shown
from udfs.rating.storage import FREE_DAYS, days_stored, month_end, storage_charge

NOT_AVAILABLE = "#N/A"
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Stored:
    """The table of the template with rows, and its settings."""

    given: Sequence[Row]
    month: date
    """The first day of the first month."""
    rate: Decimal | None
    """Of recordings that have none of their own."""
    currency: str

    @cached_property
    def ends(self) -> list[date]:
        """The month ends of the schedule."""
        found = [month_end(self.month)]
        while len(found) < MONTH_ENDS:
            found.append(month_end(found[-1] + _DAY))
        return found

    @cached_property
    def rows(self) -> list[Row]:
        """The recordings with their figures."""
        own = [ids.compared_as(row.get("Recording id")) for row in self.given]
        return [
            {**row, **self._figures(row), **_id_figures(row.get("Recording id"), own, number)}
            for number, row in enumerate(self.given)
        ]

    def _figures(self, row: Row) -> Row:
        created, deleted = _day(row.get("Created (UTC)")), _day(row.get("Deleted (UTC)"))
        seconds, minutes = row.get("Seconds"), _minutes(row.get("Seconds"))
        rate = row.get("Rate") if row.get("Rate") is not None else self.rate
        charge = _charge(minutes, rate)
        figures: dict[str, Shown] = {
            "Day 1": serial(created) if created else NOT_AVAILABLE,
            "Deleted on": _deleted(row.get("Deleted (UTC)")),
            "Minutes": minutes,
            "Rate used": NOT_AVAILABLE if rate is None else rate,
            "Problem": _problem(row, rate, minutes),
            "Per month end": charge,
        }
        heads = [charge_head(number) for number in range(1, MONTH_ENDS + 1)]
        if created is None:
            return figures | dict.fromkeys(
                ("Charged from", "Next charge", "Days at 1", f"Days at {MONTH_ENDS}", *heads, "Total"), "#N/A"
            )
        first = month_end(created + FREE_DAYS * _DAY)
        due = max(first, self.ends[0])
        figures["Charged from"] = serial(first)
        is_text = figures["Deleted on"] == NOT_AVAILABLE
        figures["Next charge"] = "" if deleted and deleted <= due else serial(due)
        for number in (1, MONTH_ENDS):
            end = self.ends[number - 1]
            gone = end < created or (deleted is not None and deleted <= end)
            figures[f"Days at {number}"] = "" if gone else days_stored(created, end)
        for head, end in zip(heads, self.ends, strict=True):
            figures[head] = _charged(seconds, charge, rate, created, end, deleted)
        if is_text:
            figures |= dict.fromkeys(("Next charge", "Days at 1", f"Days at {MONTH_ENDS}", *heads), "#N/A")
        charges = [figures[head] for head in heads]
        known = [one for one in charges if isinstance(one, int | Fraction)]
        figures["Total"] = sum(map(Fraction, known)) if len(known) == MONTH_ENDS else NOT_AVAILABLE
        return figures


def _charged(
    seconds: Shown, charge: Shown, rate: Shown, created: date, end: date, deleted: date | None
) -> Shown:
    """By the cell function's rule; an error where it is due and the charge is an error."""
    if isinstance(charge, str):
        is_due = storage_charge(60_000, Fraction(1), created, end, deleted) > 0
        return NOT_AVAILABLE if is_due else 0
    exact_rate = Fraction(rate) if isinstance(rate, int | Decimal) else Fraction(0)  # of no minute
    return storage_charge(int(Fraction(str(seconds)) * 1000), exact_rate, created, end, deleted)


def _charge(minutes: Shown, rate: Shown) -> Shown:
    if not isinstance(minutes, int):
        return NOT_AVAILABLE
    if minutes == 0:
        return 0
    if not isinstance(rate, int | Decimal):
        return NOT_AVAILABLE
    exact = Fraction(rate)
    return minutes * exact if exact >= 0 and (exact * 10**RATE_PLACES).denominator == 1 else NOT_AVAILABLE


def _problem(row: Row, rate: Shown, minutes: Shown) -> str:
    created, deleted, seconds = row.get("Created (UTC)"), row.get("Deleted (UTC)"), row.get("Seconds")
    exact = Fraction(str(rate)) if is_number(rate) else Fraction(0)
    found = (
        (not is_a_day(created), what_is_wrong_with_date(created, "Created (UTC)")),
        (deleted is not None, what_is_wrong_with_date(deleted, "Deleted (UTC)")),
        (is_a_day(deleted) and is_a_day(created) and serial(deleted) < serial(created), recordings.EARLY),
        (True, what_is_wrong(seconds)),
        (rate is None, recordings.NO_RATE),
        (not is_number(rate), recordings.RATE_TEXT),
        (exact < 0, recordings.RATE_NEGATIVE),
        (not has_places(rate, RATE_PLACES), recordings.RATE_FINE),
    )
    asked = found[:4] if minutes == 0 else found
    return next((text for is_so, text in asked if is_so and text), "")


def _minutes(seconds: Shown) -> Shown:
    if what_is_wrong(seconds):
        return NOT_AVAILABLE
    return -(-Fraction(str(seconds)) // 60)


def _day(value: Shown) -> date | None:
    return day_of(value) if is_a_day(value) else None


def _deleted(value: Shown) -> Shown:
    if value is None:
        return ""
    day = _day(value)
    return NOT_AVAILABLE if day is None else serial(day)


def _id_figures(recording_id: Shown, own: Sequence[str], number: int) -> dict[str, Shown]:
    first = [one.lower() for one in own].index(own[number].lower())
    problem = ids.problem_of(recording_id, recordings.NO_ID, own[first])
    is_copy = bool(own[number]) and first < number
    return {"Id": own[number], "Copy of row": first + 1 if is_copy else "", recordings.ID_PROBLEM: problem}
