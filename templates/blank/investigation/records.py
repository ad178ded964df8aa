"""What the formulas of Calls and Billed give, row by row, computed exactly."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime

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
    COUNTED,
    CREDIT,
    NO_DATE,
    NOT_CHARGED,
    OTHER_CURRENCY,
    OUTSIDE,
    UNKNOWN_STATUS,
)
from templates.blank.investigation.compared import compare
from templates.blank.investigation.copies import COMPARED_OF_BILLED, COMPARED_OF_CALLS, copy_step_of
from templates.blank.investigation.sums import Known, Settings, Sums, Values, sums_of
from templates.blank.rating.calls import ID_PROBLEM
from templates.blank.rating.values import Filled
from templates.shared import ids
from templates.shared.numbers import is_number
from templates.shared.serials import day_of, month_of, serial
from templates.shared.tables import Row, Shown


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
            compare(call, self.billed)

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
            row["Hour"] = started.hour if counts and isinstance(started, datetime) else ""

    def _step_of_call(self, row: Row) -> str:
        if row.get("Call id") is None and row.get("Started (UTC)") is None:
            return ""
        if row["Copy of row"] != "":
            return copy_step_of(row, self.calls, COMPARED_OF_CALLS)
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
            return copy_step_of(row, self.billed, COMPARED_OF_BILLED)
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
                row["Hour"] = "" if call else started.hour


def _rows_by_key(rows: Sequence[Row]) -> dict[str, int]:
    found: dict[str, int] = {}
    for at, row in enumerate(rows, 1):
        if row["Key"]:
            found.setdefault(str(row["Key"]).lower(), at)
    return found
