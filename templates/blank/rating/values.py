"""What the formulas of the table Calls give, row by row, computed exactly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property

from templates.blank.rating import reasons
from templates.blank.rating.calls import ID_PROBLEM, NO, NO_NAME, NO_RATE, NOT_CHARGED, YES, fold
from templates.blank.rating.rate_problems import NOT_AVAILABLE, NOT_DIGITS
from templates.blank.rating.rate_values import (
    dialled,
    is_digits,
    not_category,
    rate_values,
    way,
    written,
)
from templates.blank.rating.rates import STEP
from templates.blank.rating.reasons import TIE
from templates.formulas import per_call
from templates.grid import FIRST_ROW
from templates.shared import ids
from templates.shared.durations import what_is_wrong
from templates.shared.rules import is_a_day, what_is_wrong_with_date
from templates.shared.serials import day_of, month_of, serial
from templates.shared.tables import Row, Shown
from udfs.rating.cost import MS_PER_MINUTE, Terms

_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class Filled:
    """The tables of the template with rows, and its settings."""

    calls_given: Sequence[Row]
    rates_given: Sequence[Row]
    statuses: Mapping[str, str]
    """yes or no by status."""
    decimals: int
    currency: str

    @cached_property
    def rates(self) -> list[Row]:
        """The rows of Rates with their figures."""
        return rate_values(self.rates_given, self.decimals)

    @cached_property
    def calls(self) -> list[Row]:
        """The rows of Calls with their figures."""
        rows: list[dict[str, Shown]] = []
        for number, given in enumerate(self.calls_given, 1):
            row = {**given, **self._figures(given)}
            rows.append(row)
            for own, head in (("Currency row", "Cost currency"), ("Destination row", "Destination")):
                row[own] = next(at for at, one in enumerate(rows, 1) if _alike(one, row, head))
            row |= _id_figures(given.get("Call id"), rows, number)
            row["Problem row"] = number if row["Problem"] else ""
        return [*rows]

    def _figures(self, call: Row) -> dict[str, Shown]:
        started = call.get("Started (UTC)")
        charged = self.charged(call.get("Status"))
        direction = way(call.get("Direction"))
        number = self._number(call, direction)
        left_out = not_category(written(call.get("From")), written(call.get("To")))
        covering = []
        if is_a_day(started) and number != NOT_AVAILABLE:
            covering = self._covering(number, direction, started, left_out)
        is_known = charged != NOT_AVAILABLE and number != NOT_AVAILABLE and is_a_day(started)
        fit = _fit(charged, covering, is_known=is_known)
        row = self._rate_row(charged, fit, covering)
        figures: dict[str, Shown] = {
            "Charged": charged,
            "Way": direction,
            "Number": number,
            "Not category": left_out,
            "Fit": fit,
            "Rate row": row,
            "Destination": self._destination(row),
            "Cost currency": self._currency(call, row),
            "Month": serial(month_of(started)) if is_a_day(started) else "",
            **self._terms(row),
        }
        figures |= _priced(call, charged, figures)
        return figures | {"Problem": self._problem(call, figures, covering)}

    def charged(self, status: Shown) -> str:
        """yes or no as the first row of Statuses with this word says; #N/A where none does."""
        wanted = fold(written(status))
        for word, answer in self.statuses.items():
            if wanted and fold(word) == wanted:
                return answer if answer in (YES, NO) else NOT_AVAILABLE
        return NOT_AVAILABLE

    def _number(self, call: Row, direction: str) -> str:
        number = dialled(call.get("From" if direction == "inbound" else "To"))
        if not direction:
            return NOT_AVAILABLE
        if is_digits(number):
            return number
        has_words = any(row["Key"] == NOT_DIGITS for row in self.rates)
        return "" if number[0] in _LETTERS and not has_words else NOT_AVAILABLE

    def _covering(self, number: str, direction: str, started: date, left_out: str) -> list[tuple[int, int]]:
        """Length of the prefix and row, of all rows that cover a call."""
        day = serial(day_of(started))
        return [
            (len(str(row["Key"])), at)
            for at, row in enumerate(self.rates, 1)
            if number.startswith(str(row["Key"]))
            and row["Way"] in ("", direction)
            and int(str(row["From"])) <= day <= int(str(row["Until"]))
            and written(row.get("Category")).lower() != left_out
        ]

    def _rate_row(self, charged: str, fit: Shown, covering: Sequence[tuple[int, int]]) -> Shown:
        if charged == NO:
            return ""
        if not isinstance(fit, int) or fit == 0:
            return NOT_AVAILABLE
        first, last = _ends(fit, covering)
        return last if first == last and not self.rates[last - 1]["Problem"] else NOT_AVAILABLE

    def _terms(self, row: Shown) -> dict[str, Shown]:
        heads = {
            "Rate per minute": "Rate",
            "Minimum (s)": "Minimum used",
            "Increment (s)": "Increment used",
            "Connect fee": "Fee used",
            "Decimal places": "Places used",
            "Rounding": "Rounding used",
        }
        if not isinstance(row, int):
            return dict.fromkeys(heads, row)
        return {own: self.rates[row - 1].get(head) for own, head in heads.items()}

    def _destination(self, row: Shown) -> str:
        if not isinstance(row, int):
            return NO_RATE if row else NOT_CHARGED
        return written(self.rates[row - 1].get("Destination"))[:100] or NO_NAME

    def _currency(self, call: Row, row: Shown) -> str:
        of_row = written(self.rates[row - 1].get("Currency")) if isinstance(row, int) else ""
        of_call = written(call.get("Currency"))
        return of_row.strip().upper() or of_call.strip().upper() or self.currency

    def _problem(self, call: Row, figures: Row, covering: Sequence[tuple[int, int]]) -> str:
        side, fit = "From" if figures["Way"] == "inbound" else "To", figures["Fit"]
        start, seconds = call.get("Started (UTC)"), call.get("Seconds")
        found = (
            (call.get("Status") is None, reasons.NO_STATUS),
            (figures["Charged"] == NOT_AVAILABLE, reasons.UNKNOWN_STATUS),
            (not is_a_day(start), what_is_wrong_with_date(start, "Started (UTC)")),
            (figures["Charged"] == NO, ""),
            (figures["Way"] == "", reasons.NO_WAY),
            (figures["Number"] == NOT_AVAILABLE, f"{side}{reasons.NO_DIGITS}"),
            (fit == 0 and call.get(side) is None, f"{side}{reasons.NO_NUMBER}"),
            (fit == 0, reasons.NOT_COVERED),
            (figures["Rate row"] == NOT_AVAILABLE, self._why_not(fit, covering)),
            (what_is_wrong(seconds) != "", what_is_wrong(seconds)),
            (figures["Cost"] == NOT_AVAILABLE, reasons.TOO_LARGE),
        )
        return next((text for is_so, text in found if is_so), "")

    def _why_not(self, fit: Shown, covering: Sequence[tuple[int, int]]) -> str:
        if not isinstance(fit, int) or not fit:
            return ""
        first, last = _ends(fit, covering)
        if problem := self.rates[last - 1]["Problem"]:
            return f"Row {FIRST_ROW + last} of Rates: {problem}"
        return f"Rows {FIRST_ROW + first} and {FIRST_ROW + last}{TIE}"


def _ends(fit: int, covering: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """The first and the last of the rows that fit best."""
    return min(at for long, at in covering if long == fit // STEP - 1), fit % STEP


def _fit(charged: str, covering: Sequence[tuple[int, int]], *, is_known: bool) -> Shown:
    """The rank of the row that fits best; of several equal ones the last."""
    if charged == NO:
        return 0
    if not is_known:
        return NOT_AVAILABLE
    length, at = max(covering, default=(-1, 0))
    return (length + 1) * STEP + at


def _priced(call: Row, charged: str, figures: Row) -> dict[str, Shown]:
    """Billed time, units and cost of a call by the terms beside it."""
    heads = ("Billed seconds", "Billed minutes", "Units", "Cost")
    seconds = call.get("Seconds")
    if charged == NO:
        return dict.fromkeys(heads, 0)
    if figures["Rate row"] == NOT_AVAILABLE or what_is_wrong(seconds):
        return dict.fromkeys(heads, NOT_AVAILABLE)
    terms = _as_terms(figures)
    duration_ms = int(Fraction(str(seconds)) * 1000)
    billed_ms = terms.billed_ms(duration_ms)
    priced: dict[str, Shown] = {
        "Billed seconds": Fraction(billed_ms, 1000),
        "Billed minutes": Fraction(billed_ms, MS_PER_MINUTE),
    }
    if not per_call.has_cost(terms, duration_ms):
        return priced | {"Units": NOT_AVAILABLE, "Cost": NOT_AVAILABLE}
    exact = terms.connect_fee + terms.rate * billed_ms / MS_PER_MINUTE if billed_ms else Fraction(0)
    shift = 0 if terms.rounding == "none" else terms.places
    return priced | {"Units": exact * 10**shift, "Cost": terms.cost(duration_ms)}


def _as_terms(figures: Row) -> Terms:
    def exact(header: str) -> Fraction:
        return Fraction(str(figures[header]))

    return Terms(
        rate=exact("Rate per minute"),
        minimum_ms=int(exact("Minimum (s)") * 1000),
        increment_ms=int(exact("Increment (s)") * 1000),
        connect_fee=exact("Connect fee"),
        places=int(exact("Decimal places")),
        rounding=str(figures["Rounding"]),
    )


def _id_figures(call_id: Shown, rows: Sequence[Row], number: int) -> dict[str, Shown]:
    own = ids.compared_as(call_id)
    earlier = (at for at, one in enumerate(rows[: number - 1], 1) if str(one["Id"]).lower() == own.lower())
    first = next(earlier, None) if own else None
    problem = ids.problem_of(call_id, reasons.NO_ID, "" if first is None else rows[first - 1]["Id"])
    return {"Id": own, "Copy of row": "" if first is None else first, ID_PROBLEM: problem}


def _alike(one: Row, other: Row, header: str) -> bool:
    """Whether MATCH takes them for the same text."""
    return written(one.get(header)).lower()[:100] == written(other.get(header)).lower()[:100]
