"""What the formulas of bill_figures.py give, computed exactly."""

from __future__ import annotations

from fractions import Fraction

from templates.blank.investigation.bill_figures import (
    BAD_COST,
    BAD_MINUTES,
    BAD_SECONDS,
    DIFFERING_COPY,
    DOUBTFUL_MINUTES,
    LARGEST_COST,
)
from templates.blank.investigation.columns import (
    COUNTED,
    NO_DATE,
    NO_PRICE,
    OTHER_CURRENCY,
    UNKNOWN_STATUS,
)
from templates.blank.investigation.copies import OTHER_COPY
from templates.formulas.arithmetic import LONGEST_S
from templates.shared.durations import is_time_among_minutes, what_is_wrong
from templates.shared.numbers import is_number
from templates.shared.serials import rounded
from templates.shared.tables import Row, Shown
from udfs.rating.cost import Terms


def number(value: Shown) -> Fraction:
    """A figure; 0 of what is none, as sums take it."""
    return Fraction(str(value)) if is_number(value) else Fraction(0)


def seconds_of(row: Row) -> Shown:
    """The seconds talked, where they can be used: a spreadsheet time is a part of a day."""
    return "" if what_is_wrong(row.get("Seconds")) else row["Seconds"]


def has_price(row: Row) -> bool:
    return is_number(row.get("Cost")) and abs(number(row.get("Cost"))) < LARGEST_COST


def minutes_of(row: Row) -> Shown:
    """The billed minutes, where they can be used: far less than the time talked may be a time of day."""
    value, talked = row.get("Billed minutes"), row["Talked by either"]
    minutes = number(value)
    if not is_number(value) or not 0 <= minutes <= LONGEST_S // 60:
        return ""
    is_untold = talked == "" and 0 < minutes * DOUBTFUL_MINUTES < 1
    return "" if is_untold or is_time_among_minutes(minutes, talked) else value


def charged_seconds(row: Row) -> Shown:
    if row.get("Billed minutes") is not None:
        return "" if row["Minutes used"] == "" else rounded(number(row["Minutes used"]) * 60, 3)
    if row["Talked"] == "" or not is_number(row["Minimum (s)"]):
        return row["Talked"]
    terms = Terms(
        Fraction(0), int(number(row["Minimum (s)"]) * 1000), int(number(row["Increment (s)"]) * 1000)
    )
    return Fraction(terms.billed_ms(int(number(row["Talked"]) * 1000)), 1000)


def problem_of(row: Row) -> str:
    """What is wrong with a row of the bill."""
    step = {
        NO_DATE: "the start is no date",
        UNKNOWN_STATUS: "the status is not on the sheet Statuses",
        OTHER_CURRENCY: "another currency than that of the path",
        OTHER_COPY: DIFFERING_COPY,
    }
    if row["Step"] != COUNTED:
        return step.get(str(row["Step"]), "")
    asked = (
        (row.get("Cost") is not None and not row["Priced"], BAD_COST),
        (row.get("Seconds") is not None and row["Talked"] == "", BAD_SECONDS),
        (row.get("Billed minutes") is not None and row["Minutes used"] == "", BAD_MINUTES),
        (not row["Priced"], NO_PRICE),
    )
    return next((said for holds, said in asked if holds), "")
