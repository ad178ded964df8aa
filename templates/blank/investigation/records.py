"""What the formulas of Calls and Billed give, row by row, computed exactly."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from templates.blank.investigation.bill_columns import FILLED
from templates.blank.investigation.bill_figures import NO_ID
from templates.blank.investigation.bill_values import (
    charged_seconds,
    has_price,
    minutes_of,
    number,
    problem_of,
    seconds_of,
)
from templates.blank.investigation.columns import (
    ALONE,
    COMPARED_OF_BILLED,
    COMPARED_OF_CALLS,
    COPY,
    COUNTED,
    CREDIT,
    NO_COST,
    NO_DATE,
    NO_PRICE,
    NO_RATE,
    NO_TIME,
    NOT_CHARGED,
    OTHER_COPY,
    OTHER_CURRENCY,
    OUTSIDE,
    PRICE,
    SAME,
    TIME,
    UNKNOWN_STATUS,
)
from templates.blank.rating.calls import ID_PROBLEM
from templates.blank.rating.reasons import NOT_COVERED
from templates.blank.rating.values import Filled
from templates.shared import ids
from templates.shared.numbers import is_number
from templates.shared.serials import day_of, month_of, serial
from templates.shared.tables import Row, Shown
from udfs.rating.cost import Terms

Values = dict[str, Shown]


@dataclass(frozen=True, slots=True)
class Settings:
    """What is chosen on the first sheet and on the path."""

    month: date
    threshold: Decimal = Decimal("0.01")
    tolerance_amount: Decimal = Decimal(0)
    tolerance_minutes: Decimal = Decimal(0)
    opening: Decimal | None = None
    top_ups: Decimal | None = None
    credits: Decimal | None = None
    storage: Decimal | None = None
    other_charges: Decimal | None = None
    closing: Decimal | None = None
    buffer: Decimal | None = None


def hour_of(started: datetime) -> int:
    return started.hour


@dataclass(frozen=True, slots=True)
class Sums:
    """Calls, billed seconds and cost of a side."""

    calls: int
    seconds: Fraction
    cost: Fraction

    @property
    def minutes(self) -> Fraction:
        return self.seconds / 60


@dataclass(frozen=True, slots=True)
class Known:
    """How many of the calls that count have a figure: ours a cost, theirs a time, theirs a price."""

    ours: int
    their_time: int
    their_cost: int


class Records:
    """Both tables with what their formulas give, but for what depends on the path."""

    def __init__(self, filled: Filled, billed: Sequence[Row], settings: Settings) -> None:
        self.filled, self.settings = filled, settings
        self.calls: list[Values] = [dict(row) for row in filled.calls]
        self.billed: list[Values] = [dict(row) for row in billed or [{}]]
        self._step_calls()
        self._step_billed()
        self._match()
        for call in self.calls:
            self._compare(call)

    def ours(self, holds: Callable[[Values], bool] = lambda row: True) -> Sums:
        those = [row for row in self.calls if row["Step"] == COUNTED and holds(row)]
        return sums_of(those, "Expected seconds", "Expected cost")

    def theirs(self, holds: Callable[[Values], bool] = lambda row: True) -> Sums:
        those = [row for row in self.billed if row["Step"] == COUNTED and holds(row)]
        return sums_of(those, "Charged seconds", "Charge")

    def of_day(self, day: date) -> tuple[Sums, Sums]:
        at = serial(day)
        return self.ours(lambda row: row["Day"] == at), self.theirs(lambda row: row["Day"] == at)

    def known(self, holds: Callable[[Values], bool] = lambda row: True) -> Known:
        ours = [row for row in self.calls if row["Step"] == COUNTED and holds(row)]
        theirs = [row for row in self.billed if row["Step"] == COUNTED and holds(row)]
        return Known(
            sum(is_number(row["Cost"]) for row in ours),
            sum(row["Charged seconds"] != "" for row in theirs),
            sum(row["Priced"] == "yes" for row in theirs),
        )

    def alone(self, holds: Callable[[Values], bool] = lambda row: True) -> list[Values]:
        """The calls of one side only, ours first."""
        ours = [row for row in self.calls if row["Cause"] == ALONE and holds(row)]
        return ours + [row for row in self.billed if row["Alone"] == "yes" and holds(row)]

    def _step_calls(self) -> None:
        for row in self.calls:
            row["Step"] = self._step_of_call(row)
            counts = row["Step"] == COUNTED
            started = row.get("Started (UTC)")
            row["Key"] = row["Id"] if counts else ""
            row["Day"] = serial(day_of(started)) if counts and isinstance(started, date) else ""
            row["Hour"] = hour_of(started) if counts and isinstance(started, datetime) else ""

    def _step_of_call(self, row: Row) -> str:
        if row.get("Call id") is None and row.get("Started (UTC)") is None:
            return ""
        if row["Copy of row"] != "":
            return _copy_step(row, self.calls, COMPARED_OF_CALLS)
        started = row.get("Started (UTC)")
        if not isinstance(started, date):
            return NO_DATE
        if month_of(started) != self.settings.month:
            return OUTSIDE
        if row["Charged"] not in ("yes", "no"):
            return UNKNOWN_STATUS
        if row["Charged"] == "no":
            return NOT_CHARGED
        return COUNTED if row["Cost currency"] == self._currency else OTHER_CURRENCY

    @property
    def _currency(self) -> str:
        return self.filled.currency.strip().upper()

    def _step_billed(self) -> None:
        firsts: dict[str, int] = {}
        for at, row in enumerate(self.billed, 1):
            is_credit = is_number(row.get("Cost")) and number(row.get("Cost")) < 0
            row["Charged"] = self._charged(row.get("Status"))
            row["Id"] = "" if is_credit else ids.compared_as(row.get("Call id"))
            first = firsts.setdefault(str(row["Id"]).lower(), at)
            row["Copy of row"] = first if row["Id"] and first < at else ""
            row["Step"] = self._step_of_record(row, is_credit)
            counts = row["Step"] == COUNTED
            row["Key"] = row["Id"] if counts else ""
            row[ID_PROBLEM] = self._id_problem(row, first) if row["Step"] else ""

    def _id_problem(self, row: Row, first: int) -> str:
        earlier = self.billed[first - 1]["Id"] if row["Id"] else ""
        return ids.problem_of(row.get("Call id"), NO_ID, earlier)

    def _charged(self, status: Shown) -> str:
        if status in (None, ""):
            return "yes"
        return self.filled.charged(status)

    def _step_of_record(self, row: Row, is_credit: bool) -> str:
        started = row.get("Started (UTC)")
        if all(row.get(name) is None for name in FILLED):
            return ""
        if not isinstance(started, date):
            return NO_DATE
        if month_of(started) != self.settings.month:
            return OUTSIDE
        if is_credit:
            return CREDIT
        if row["Copy of row"] != "":
            return _copy_step(row, self.billed, COMPARED_OF_BILLED)
        if row["Charged"] not in ("yes", "no"):
            return UNKNOWN_STATUS
        if row["Charged"] == "no" and row.get("Cost") in (None, "", 0):
            return NOT_CHARGED
        written = str(row.get("Currency") or "").strip().upper()
        return COUNTED if written in ("", self._currency) else OTHER_CURRENCY

    def _match(self) -> None:
        logged = _rows_by_key(self.calls)
        charged = _rows_by_key(self.billed)
        for row in self.calls:
            row["Bill row"] = charged.get(str(row["Key"]).lower(), "")
        for row in self.billed:
            at = logged.get(str(row["Key"]).lower(), "")
            call = self.calls[at - 1] if isinstance(at, int) else None
            counts = row["Step"] == COUNTED
            started = row.get("Started (UTC)")
            row["Log row"] = at
            row["Minimum (s)"] = call["Minimum (s)"] if call else ""
            row["Increment (s)"] = call["Increment (s)"] if call else ""
            row["Talked"] = seconds_of(row)
            row["Talked by either"] = (
                row["Talked"] if call is None or row["Talked"] != "" else seconds_of(call)
            )
            row["Minutes used"] = minutes_of(row)
            row["Charged seconds"] = charged_seconds(row) if counts else ""
            row["Priced"] = "yes" if has_price(row) else ""
            row["Charge"] = (row["Cost"] if row["Priced"] else 0) if counts else ""
            row["Problem"] = problem_of(row)
            row["Alone"] = "yes" if counts and call is None else ""
            row["Day"] = row["Hour"] = ""
            if counts and isinstance(started, datetime):
                row["Day"] = call["Day"] if call else serial(day_of(started))
                row["Hour"] = "" if call else hour_of(started)

    def _compare(self, call: Values) -> None:
        counts, is_rated = call["Step"] == COUNTED, is_number(call["Cost"])
        at = call["Bill row"]
        record = self.billed[at - 1] if isinstance(at, int) else None
        both = counts and record is not None and is_rated
        call["Both"] = "yes" if both else ""
        call["Expected seconds"] = (call["Billed seconds"] if is_rated else 0) if counts else ""
        call["Expected cost"] = (call["Cost"] if is_rated else 0) if counts else ""
        for own, its in (
            ("Their seconds", "Charged seconds"),
            ("Their talked", "Talked"),
            ("Their cost", "Charge"),
        ):
            call[own] = record[its] if record else ""
        call["Units of their time"] = call["Cost of their time"] = ""
        is_timed = both and call["Their seconds"] != ""
        if is_timed:
            self._price_their_time(call)
        elif both:
            call["Cost of their time"] = call["Cost"]
        names = (
            "Difference",
            "Time apart (s)",
            "Time part",
            "Price part",
            "Rate x talked",
            "Rate x billed",
            "Fee paid",
        )
        call.update(dict.fromkeys(names, ""), Cause="")
        if not counts:
            return
        expected = number(call["Expected cost"])
        call["Difference"] = difference = number(call["Their cost"]) - expected
        call["Time apart (s)"] = (
            number(call["Their seconds"]) - number(call["Expected seconds"]) if is_timed else Fraction(0)
        )
        call["Time part"] = number(call["Cost of their time"]) - expected if both else Fraction(0)
        call["Price part"] = difference - number(call["Time part"]) if record else Fraction(0)
        call["Cause"] = self._cause(call, record, is_rated)
        rate, fee = number(call["Rate per minute"]), number(call["Connect fee"])
        call["Rate x talked"] = rate * 10**6 * number(call.get("Seconds")) * 1000 if is_rated else 0
        call["Rate x billed"] = rate * 10**6 * number(call["Billed seconds"]) * 1000 if is_rated else 0
        call["Fee paid"] = fee if is_rated and number(call["Billed seconds"]) > 0 else 0

    def _price_their_time(self, call: Values) -> None:
        terms = Terms(
            number(call["Rate per minute"]),
            int(number(call["Minimum (s)"]) * 1000),
            int(number(call["Increment (s)"]) * 1000),
            connect_fee=number(call["Connect fee"]),
            places=int(number(call["Decimal places"])),
            rounding=str(call["Rounding"]),
        )
        billed_ms = int(number(call["Their seconds"]) * 1000)
        exact = terms.connect_fee + terms.rate * billed_ms / 60_000 if billed_ms else Fraction(0)
        shift = 0 if terms.rounding == "none" else terms.places
        call["Units of their time"] = exact * 10**shift
        call["Cost of their time"] = terms.cost_of_billed(billed_ms)

    def _cause(self, call: Row, record: Row | None, is_rated: bool) -> str:
        if record is None:
            return ALONE
        if not record["Priced"]:
            return NO_PRICE
        if not is_rated:
            return NO_RATE if call["Problem"] == NOT_COVERED else NO_COST
        if call["Their seconds"] == "" and call["Price part"] != 0:
            return NO_TIME
        found = [word for word, head in ((TIME, "Time apart (s)"), (PRICE, "Price part")) if call[head] != 0]
        return ", ".join(found) or SAME


def sums_of(rows: Iterable[Row], seconds: str, cost: str) -> Sums:
    those = [*rows]
    return Sums(
        len(those),
        sum((number(row[seconds]) for row in those), Fraction(0)),
        sum((number(row[cost]) for row in those), Fraction(0)),
    )


def _copy_step(row: Row, rows: Sequence[Row], headers: Sequence[str]) -> str:
    first = rows[int(number(row["Copy of row"])) - 1]
    is_same = all(_written(first.get(one)) == _written(row.get(one)) for one in headers)
    return COPY if is_same else OTHER_COPY


def _written(value: Shown) -> object:
    """A cell as & writes it, and = compares it."""
    return number(value) if is_number(value) else "" if value is None else str(value).lower()


def _rows_by_key(rows: Sequence[Row]) -> dict[str, int]:
    found: dict[str, int] = {}
    for at, row in enumerate(rows, 1):
        if row["Key"]:
            found.setdefault(str(row["Key"]).lower(), at)
    return found
