"""What stands for each account on both sides of a month, and what of it no amount holds."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from addin.reconcile.bridge import billed_of, expected_of, usage_currency, usage_of
from addin.reconcile.lines import EXPECTED, MISSING_IN_BILL, UNKNOWN_STATUS, UNRATED, LogLine
from addin.reconcile.measure import Measure

if TYPE_CHECKING:
    from addin.reconcile.reconciliation import Reconciliation


@dataclass(slots=True)
class Side:
    """The sums of one account and currency; None where a side has none of its calls."""

    expected: Measure | None = None
    billed: Measure | None = None
    late: Measure | None = None
    """Expected on days that the bill does not cover."""
    missing: Measure | None = None
    """Expected, and not among the bill's call records."""
    otherwise: Measure | None = None
    """Expected, and charged by the bill in another currency."""
    stops_short: bool = False
    """Whether a category of the usage records lacks days of the month."""
    unpriced: int = 0
    """Records of the bill that count and have no price."""
    unrated: int = 0
    """Calls of the log whose cost is not known: no rate, an unknown status, a pending price."""
    late_unrated: int = 0
    """Those of them on days that the bill does not cover."""
    log_names_none: bool = False
    """Whether the log's calls cannot be told apart by account, as the bill's can."""

    def plus(self, other: Side) -> None:
        self.expected = _plus(self.expected, other.expected)
        self.billed = _plus(self.billed, other.billed)
        self.late = _plus(self.late, other.late)
        self.missing = _plus(self.missing, other.missing)
        self.otherwise = _plus(self.otherwise, other.otherwise)
        self.stops_short |= other.stops_short
        self.unpriced += other.unpriced
        self.unrated += other.unrated
        self.late_unrated += other.late_unrated


def sides_of(result: Reconciliation, currency: str, only: str) -> dict[str, Side]:
    """The accounts of one currency in their order. A blank account is `only`. Where the two sides cannot be
    told apart by account, one side is left out or all accounts are one."""
    sides: dict[str, Side] = defaultdict(Side)
    covered = _bill_with_usage(result, currency, only, sides)
    if not covered:
        for record in result.bill:
            if record.counts and record.currency == currency:
                side = sides[record.call.account or only]
                side.billed = _plus(side.billed, billed_of(record))
                side.unpriced += record.cost is None
    units = result.comparison.log_units
    for index, call in enumerate(result.log):
        if call.currency == currency:
            account = call.call.account or only
            is_late = bool(covered) and call.call.started_at.date() not in _days_of(
                covered, account, units.get(index, "")
            )
            _add(sides, account, call, is_late=is_late, by_call=not covered)
    return _told_apart(dict(sides), billed_has_prices=result.billed_has_prices)


Covered = dict[tuple[str, str], set[date]]
"""The days of the usage records by account and category."""


def _bill_with_usage(result: Reconciliation, currency: str, only: str, sides: dict[str, Side]) -> Covered:
    covered: Covered = defaultdict(set)
    for line in result.usage:
        if line.in_total and usage_currency(line, result.currencies) == currency:
            account = line.record.account or only
            side = sides[account]
            side.billed = _plus(side.billed, usage_of(line))
            side.unpriced += line.record.cost is None
            covered[account, line.unit] |= line.record.days
    month = set(result.question.month.days())
    for (account, _), days in covered.items():
        sides[account].stops_short |= not month <= days
    return dict(covered)


def _days_of(covered: Covered, account: str, unit: str) -> set[date]:
    """Those of the call's category, else those of its account, else those of all."""
    if (account, unit) in covered:
        return covered[account, unit]
    own = [days for (name, _), days in covered.items() if name == account]
    return set().union(*(own or covered.values()))


def _add(sides: dict[str, Side], account: str, call: LogLine, *, is_late: bool, by_call: bool) -> None:
    if call.step in (UNRATED, UNKNOWN_STATUS) or (call.step == EXPECTED and call.expected_cost is None):
        sides[account].unrated += 1
        sides[account].late_unrated += is_late
    if call.step != EXPECTED:
        return
    side, value = sides[account], expected_of(call)
    side.expected = _plus(side.expected, value)
    if is_late:
        side.late = _plus(side.late, value)
    if by_call and call.outcome == MISSING_IN_BILL:
        if call.bill is None:
            side.missing = _plus(side.missing, value)
        else:
            side.otherwise = _plus(side.otherwise, value)


def _told_apart(sides: dict[str, Side], *, billed_has_prices: bool) -> dict[str, Side]:
    """One side without accounts beside several of the other: the bill's accounts stand without what is
    expected of them; a bill without accounts, or without prices, is one line for all."""
    ours = {account for account, side in sides.items() if side.expected is not None}
    theirs = {account for account, side in sides.items() if side.billed is not None}
    if ("" in theirs and ours - {""}) or ("" in ours and theirs - {""} and not billed_has_prices):
        whole = Side()
        for side in sides.values():
            whole.plus(side)
        return {"": whole}
    if "" in ours and theirs - {""}:
        return {
            account: Side(
                billed=sides[account].billed,
                stops_short=sides[account].stops_short,
                unpriced=sides[account].unpriced,
                log_names_none=True,
            )
            for account in sorted(theirs)
        }
    return {
        account: sides[account]
        for account in sorted(sides)
        if account in ours | theirs or sides[account].unrated
    }


def _plus(one: Measure | None, other: Measure | None) -> Measure | None:
    return other if one is None else one if other is None else one + other
