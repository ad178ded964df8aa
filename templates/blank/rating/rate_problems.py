"""What is wrong with a row of the table Rates, in words: as a formula, and what it gives."""

from __future__ import annotations

from fractions import Fraction

from templates.formulas.arithmetic import COST_PLACES, LONGEST_S, MODES, RATE_PLACES
from templates.inputs import RATES
from templates.shared import words
from templates.shared.columns import AN_ERROR, chosen, has_error
from templates.shared.numbers import has_places, is_number
from templates.shared.rules import is_a_day, is_date, is_whole
from templates.shared.tables import Row, Shown, here

CATEGORIES = ("calls", "calls-client")
"""As bills keep calls apart: those of an app are the second."""
NOT_DIGITS = "z"
"""The key of a prefix that is not of digits; no number begins with it, and none is found by it."""
NOT_AVAILABLE = "#N/A"
_BOTH_WAYS = ("", "any", "both", "*")
_SECONDS_PLACES = 3

_PREFIX = "Prefix is not of digits: this template knows telephone numbers alone"
_DIRECTION = "Direction is unknown: write outbound or inbound, or leave it blank for both"
_CATEGORY = "Category is neither calls nor calls-client: write one of them, or leave it blank for both"
_RATE_BLANK = "Rate is blank: type the price per minute, or 0 where calls are free"
_RATE_TEXT = "Rate is no number: type it without a currency, such as 0.0085"
_RATE_NEGATIVE = "Rate is below 0: type a price of 0 or more"
_RATE_FINE = f"Rate has more than {RATE_PLACES} decimals: beyond these, formulas are not exact"
_SECONDS = "{} is no number of seconds of 0 or more with at most 3 decimals: type 60, not 0:01:00"
_NEEDS_INCREMENT = "Increment is blank: with a minimum of 0 type one, such as 1, or 0 for exact time"
_FEE = f"Connect fee is no number of 0 or more with at most {RATE_PLACES} decimals"
_DECIMALS = f"Decimals, or that of the sheet How to use, is no whole number from 0 to {COST_PLACES}"
_ROUNDING = f"Rounding is unknown: write {', '.join(MODES[:-1])} or {MODES[-1]}"
_DURATIONS = "Duration rounding is not none: this template does not round durations"
_ANCHOR = "Anchor is not minimum: this template counts increments after the minimum alone"
_DAY = "{} is no date: type it again, such as 2026-09-30"
_ORDER = "Valid until lies before Valid from"


def _own(header: str) -> str:
    return here(RATES.name, header)


def problem() -> str:
    """The text of the first that is found, else none."""
    rate, minimum, increment = map(_own, ("Rate", "Minimum used", "Increment used"))
    places, way = _own("Places used"), words.trimmed(_own("Direction"))
    known_ways = ",".join(f'{way}="{word}"' for word in _BOTH_WAYS)
    categories = ",".join(f'{_own("Category")}="{word}"' for word in ("", *CATEGORIES))
    return chosen(
        [
            (has_error(RATES), AN_ERROR),
            (f'{_own("Key")}="{NOT_DIGITS}"', _PREFIX),
            (f'AND({_own("Way")}="",NOT(OR({known_ways})))', _DIRECTION),
            (f"NOT(OR({categories}))", _CATEGORY),
            (f'{rate}=""', _RATE_BLANK),
            (f"NOT(ISNUMBER({rate}))", _RATE_TEXT),
            (f"{rate}<0", _RATE_NEGATIVE),
            (f"ROUND({rate},{RATE_PLACES})<>{rate}", _RATE_FINE),
            (f"NOT({_is_number(minimum, _SECONDS_PLACES, LONGEST_S)})", _SECONDS.format("Minimum")),
            (f"NOT({_is_number(increment, _SECONDS_PLACES, LONGEST_S)})", _SECONDS.format("Increment")),
            (f'AND({minimum}=0,{_own("Increment")}="")', _NEEDS_INCREMENT),
            (f"NOT({_is_number(_own('Fee used'), RATE_PLACES)})", _FEE),
            (f"NOT({is_whole(places, 0, COST_PLACES)})", _DECIMALS),
            (f"ISERROR({_own('Rounding used')})", _ROUNDING),
            (_is_another("Duration rounding", "none"), _DURATIONS),
            (_is_another("Anchor", "minimum"), _ANCHOR),
            *((_not_a_day(one), _DAY.format(one)) for one in ("Valid from", "Valid until")),
            (f"{_own('Until')}<{_own('From')}", _ORDER),
        ]
    )


def _is_number(cell: str, places: int, most: int | None = None) -> str:
    below = "" if most is None else f"{cell}<={most},"
    return f"IF(ISNUMBER({cell}),AND({cell}>=0,{below}ROUND({cell},{places})={cell}),FALSE)"


def _is_another(header: str, word: str) -> str:
    return f'NOT(OR({_own(header)}="",{words.trimmed(_own(header))}="{word}"))'


def _not_a_day(header: str) -> str:
    return f'IF({_own(header)}="",FALSE,NOT({is_date(_own(header))}))'


def problem_of(row: Row) -> str:
    """The same of a row with its figures."""
    rate, places, starts, ends = row.get("Rate"), row["Places used"], row["From"], row["Until"]
    assert isinstance(starts, int)
    assert isinstance(ends, int)
    found = (
        (row["Key"] == NOT_DIGITS, _PREFIX),
        (row["Way"] == "" and _word(row, "Direction") not in _BOTH_WAYS, _DIRECTION),
        (str(row.get("Category") or "").lower() not in ("", *CATEGORIES), _CATEGORY),
        (rate is None, _RATE_BLANK),
        (not is_number(rate), _RATE_TEXT),
        (is_number(rate) and Fraction(str(rate)) < 0, _RATE_NEGATIVE),
        (not has_places(rate, RATE_PLACES), _RATE_FINE),
        (not _is_time(row["Minimum used"]), _SECONDS.format("Minimum")),
        (not _is_time(row["Increment used"]), _SECONDS.format("Increment")),
        (row["Minimum used"] == 0 and row.get("Increment") is None, _NEEDS_INCREMENT),
        (not has_places(row["Fee used"], RATE_PLACES), _FEE),
        (not has_places(places, 0) or Fraction(str(places)) > COST_PLACES, _DECIMALS),
        (row["Rounding used"] == NOT_AVAILABLE, _ROUNDING),
        (_word(row, "Duration rounding") not in ("", "none"), _DURATIONS),
        (_word(row, "Anchor") not in ("", "minimum"), _ANCHOR),
        *((not is_day_or_blank(row.get(one)), _DAY.format(one)) for one in ("Valid from", "Valid until")),
        (ends < starts, _ORDER),
    )
    return next((text for is_so, text in found if is_so), "")


def is_day_or_blank(value: Shown) -> bool:
    return value is None or is_a_day(value)


def _word(row: Row, header: str) -> str:
    return str(row.get(header) or "").strip().lower()


def _is_time(value: Shown) -> bool:
    return has_places(value, _SECONDS_PLACES) and Fraction(str(value)) <= LONGEST_S
