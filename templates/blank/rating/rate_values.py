"""What the formulas of the table Rates give, row by row."""

from __future__ import annotations

from collections.abc import Sequence

from addin.records.formats import category_by
from templates.blank.rating.rate_problems import (
    CATEGORIES,
    NOT_AVAILABLE,
    NOT_DIGITS,
    problem_of,
)
from templates.blank.rating.rates import FIRST_DAY, LAST_DAY, STEP
from templates.formulas.arithmetic import MODES
from templates.shared.rules import is_a_day
from templates.shared.serials import day_of, serial
from templates.shared.tables import Row, Shown
from udfs.errors import NotUsable
from udfs.rating.rate_card import call_direction

_DIALLED_AWAY = str.maketrans("", "", "+ -()./\u00a0")


def rate_values(rates: Sequence[Row], decimals: int) -> list[Row]:
    """The rows with their figures; `decimals` is the setting."""
    return [{**row, **_figures(row, number, decimals)} for number, row in enumerate(rates, 1)]


def written(value: Shown) -> str:
    """The text of a cell as a formula reads it."""
    return "" if value is None else str(value)


def dialled(value: Shown) -> str:
    """A number as the formulas compare it."""
    return written(value).lower().translate(_DIALLED_AWAY)


def is_digits(number: str) -> bool:
    """Whether there is nothing else; also of no text."""
    return all(sign in "0123456789" for sign in number)


def way(value: Shown) -> str:
    """The direction that a word means; empty for one that is not known."""
    try:
        return call_direction(written(value))
    except NotUsable:
        return ""


def not_category(from_number: str, to_number: str) -> str:
    """The category that a call with these numbers is not of."""
    of_call = category_by(from_number.strip(), to_number.strip())
    return next(one for one in CATEGORIES if one != of_call)


def _figures(row: Row, number: int, decimals: int) -> Row:
    minimum = 60 if row.get("Minimum") is None else row["Minimum"]
    key = dialled(row.get("Prefix"))
    figures: dict[str, Shown] = {
        "Minimum used": minimum,
        "Increment used": minimum if row.get("Increment") is None else row["Increment"],
        "Fee used": 0 if row.get("Connect fee") is None else row["Connect fee"],
        "Places used": decimals if row.get("Decimals") is None else row["Decimals"],
        "Rounding used": _rounding(row.get("Rounding")),
        "Key": key if is_digits(key) else NOT_DIGITS,
        "Way": way(row.get("Direction")),
        "From": _day(row.get("Valid from"), FIRST_DAY),
        "Until": _day(row.get("Valid until"), LAST_DAY),
    }
    length = len(str(figures["Key"]))
    figures["Rank"] = (length + 1) * STEP + number
    figures["Rank back"] = (length + 2) * STEP - number
    return {"Problem": problem_of({**row, **figures}), **figures}


def _rounding(value: Shown) -> str:
    if value is None:
        return "half-up"
    mode = " ".join(written(value).lower().split())
    return mode if mode in MODES else NOT_AVAILABLE


def _day(value: Shown, default: int) -> Shown:
    return int(serial(day_of(value))) if is_a_day(value) else default
