"""What the formulas of the table Rates give, row by row."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from addin.records.formats import category_by
from templates.blank.rating.rates import CATEGORIES, FIRST_DAY, LAST_DAY, NOT_DIGITS, STEP
from templates.formulas.arithmetic import COST_PLACES, LONGEST_S, MODES, RATE_PLACES
from templates.shared.serials import day_of, serial
from templates.shared.tables import Row, Shown
from udfs.errors import NotUsable
from udfs.rating.rate_card import call_direction

NOT_AVAILABLE = "#N/A"
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


def is_number(value: Shown) -> bool:
    return isinstance(value, int | float | Decimal | Fraction) and not isinstance(value, bool)


def has_places(value: Shown, places: int) -> bool:
    """Whether it is a number of 0 or more with at most so many decimals."""
    if not is_number(value):
        return False
    exact = Fraction(str(value))
    return exact >= 0 and (exact * 10**places).denominator == 1


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
    return {"Problem": _problem({**row, **figures}), **figures}


def _rounding(value: Shown) -> str:
    if value is None:
        return "half-up"
    mode = " ".join(written(value).lower().split())
    return mode if mode in MODES else NOT_AVAILABLE


def _day(value: Shown, default: int) -> Shown:
    return int(serial(day_of(value))) if isinstance(value, date) else default


def _problem(row: Row) -> str:
    places, starts, ends = row["Places used"], row["From"], row["Until"]
    assert isinstance(starts, int)
    assert isinstance(ends, int)
    asked = written(row.get("Direction")).strip().lower()
    found = (
        (row["Key"] == NOT_DIGITS, "the prefix is not of digits"),
        (row["Way"] == "" and asked not in ("", "any", "both", "*"), "the direction is unknown"),
        (
            written(row.get("Category")).lower() not in ("", *CATEGORIES),
            "the category is neither calls nor calls-client",
        ),
        (
            not has_places(row.get("Rate"), RATE_PLACES),
            "the rate is no number of 0 or more with at most 6 decimals",
        ),
        (not _is_time(row["Minimum used"]), "the minimum is no number of seconds"),
        (not _is_time(row["Increment used"]), "the increment is no number of seconds"),
        (row["Minimum used"] == 0 and row.get("Increment") is None, "a minimum of 0 needs an increment"),
        (not has_places(row["Fee used"], RATE_PLACES), "the connect fee is no number of 0 or more"),
        (
            not has_places(places, 0) or Fraction(str(places)) > COST_PLACES,
            "the decimals are no whole number from 0 to 6",
        ),
        (row["Rounding used"] == NOT_AVAILABLE, "the rounding is unknown"),
        (
            written(row.get("Duration rounding")).strip().lower() not in ("", "none"),
            "this template does not round durations",
        ),
        (
            written(row.get("Anchor")).strip().lower() not in ("", "minimum"),
            "this template counts increments after the minimum alone",
        ),
        (
            any(not isinstance(row.get(head), date | None) for head in ("Valid from", "Valid until")),
            "a day is no date",
        ),
        (ends < starts, "valid until lies before valid from"),
    )
    return next((text for is_so, text in found if is_so), "")


def _is_time(value: Shown) -> bool:
    return has_places(value, 3) and Fraction(str(value)) <= LONGEST_S
