"""One line for the books per account and currency: what the period is charged with, and on what basis."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from addin.reconcile.bridge import billed_of, expected_of, usage_currency, usage_of
from addin.reconcile.lines import EXPECTED, MISSING_IN_BILL
from addin.reconcile.measure import Measure
from addin.reconcile.month_end.invoice import GIVEN, REST, USAGE, Tie
from addin.reconcile.wording import amount, calls, measure

if TYPE_CHECKING:
    from addin.reconcile.reconciliation import Reconciliation

ON_BILLED, ON_EXPECTED, ON_BOTH, ON_INVOICE = "billed", "expected", "billed and expected", "invoice lines"


@dataclass(frozen=True, slots=True)
class Accrual:
    """`amount` = what counts of the calls + other usage + other lines of the invoice.

    `expected` and `billed` are the calls' costs, None where a side does not know them for this account.
    """

    account: str
    currency: str
    expected: Fraction | None
    billed: Fraction | None
    other: Fraction
    given: Fraction
    amount: Fraction
    basis: str
    why: str


@dataclass(slots=True)
class _Side:
    """What stands for an account on both sides."""

    expected: Measure | None = None
    billed: Measure | None = None
    late: Measure | None = None
    """Expected on days that the bill does not cover."""
    missing: Measure | None = None
    """Expected, and not among the bill's call records."""


def accruals_of(result: Reconciliation, ties: Sequence[Tie], account: str = "") -> list[Accrual]:
    """In the order of currencies and accounts. Where the two sides cannot be told apart by account, one side
    is left out or all accounts are one line, and the line says so. `account` stands where none is named."""
    only = _only_account(result, ties, account)
    found = []
    by_tie = {tie.currency: tie for tie in ties}
    currencies = [*result.currencies]
    if currencies == [""] and len(by_tie) == 1:
        currencies = [*by_tie]
    for currency in dict.fromkeys([*currencies, *by_tie]):
        written = currency if currency in result.currencies else ""
        known = written in result.currencies
        sides = _sides(result, written, only) if known else {}
        found += _of_currency(result, currency, sides, by_tie.get(currency), only)
    return found


def _only_account(result: Reconciliation, ties: Sequence[Tie], account: str) -> str:
    """A blank account is the only one that is named anywhere; where none is, the one that was asked for."""
    named = {line.call.account for line in result.log} | {line.call.account for line in result.bill}
    named |= {line.record.account for line in result.usage}
    named |= {line.account for tie in ties for line in tie.lines}
    named.discard("")
    return named.pop() if len(named) == 1 else "" if named else account


def _sides(result: Reconciliation, currency: str, only: str) -> dict[str, _Side]:
    sides: dict[str, _Side] = defaultdict(_Side)
    covered: dict[str, set[date]] = defaultdict(set)
    for line in result.usage:
        if line.in_total and usage_currency(line, result.currencies) == currency:
            side = sides[line.record.account or only]
            side.billed = (side.billed or Measure()) + usage_of(line)
            first = line.record.start_on
            length = (line.record.end_on - first).days + 1
            covered[line.record.account or only] |= {first + timedelta(days=n) for n in range(length)}
    if not covered:
        for record in result.bill:
            if record.counts and record.currency == currency:
                side = sides[record.call.account or only]
                side.billed = (side.billed or Measure()) + billed_of(record)
    all_days = set().union(*covered.values()) if covered else set()
    for call in result.log:
        if call.step != EXPECTED or call.currency != currency:
            continue
        account = call.call.account or only
        side, value = sides[account], expected_of(call)
        side.expected = (side.expected or Measure()) + value
        if covered and call.call.started_at.date() not in (covered.get(account) or all_days):
            side.late = (side.late or Measure()) + value
        if not covered and call.outcome == MISSING_IN_BILL:
            side.missing = (side.missing or Measure()) + value
    return _told_apart(dict(sides))


def _told_apart(sides: dict[str, _Side]) -> dict[str, _Side]:
    """One side without accounts beside several of the other: the bill's accounts stand without what is
    expected of them; a bill without accounts is one line for all."""
    ours = {account for account, side in sides.items() if side.expected is not None}
    theirs = {account for account, side in sides.items() if side.billed is not None}
    if "" in theirs and ours - {""}:
        whole = _Side()
        for side in sides.values():
            whole.expected = _plus(whole.expected, side.expected)
            whole.billed = _plus(whole.billed, side.billed)
            whole.late = _plus(whole.late, side.late)
            whole.missing = _plus(whole.missing, side.missing)
        return {"": whole}
    if "" in ours and theirs - {""}:
        return {account: _Side(None, sides[account].billed) for account in sorted(theirs)}
    return {account: sides[account] for account in sorted(sides)}


def _plus(one: Measure | None, other: Measure | None) -> Measure | None:
    return other if one is None else one if other is None else one + other


def _of_currency(
    result: Reconciliation, currency: str, sides: dict[str, _Side], tie: Tie | None, only: str
) -> list[Accrual]:
    others: dict[str, Fraction] = defaultdict(Fraction)
    given = Fraction(0)
    for line in tie.lines if tie else ():
        if line.adds and line.kind == USAGE:
            others[line.account or only] += line.cost or 0
        elif line.adds and line.kind == GIVEN:
            given += line.cost or 0
    if len(sides) == 1 and "" in sides and others.keys() - {""}:
        others = defaultdict(Fraction, {"": sum(others.values(), Fraction(0))})
    accounts = sorted({*sides, *others})
    found = []
    for account in accounts:
        side = sides.get(account, _Side())
        own = given if len(accounts) == 1 else Fraction(0)
        found.append(_line(result, account, currency, side, others[account], own))
    if given and len(accounts) != 1:
        why = "taxes, credits and other lines of the invoice, which name no account"
        found.append(Accrual("", currency, None, None, Fraction(0), given, given, ON_INVOICE, why))
    if found and tie is not None and tie.rest:
        last = found[-1]
        rest = f"not in it: {amount(tie.rest, currency)} of the invoice ({REST})"
        found[-1] = Accrual(
            last.account,
            last.currency,
            last.expected,
            last.billed,
            last.other,
            last.given,
            last.amount,
            last.basis,
            f"{last.why}; {rest}",
        )
    return found


def _line(
    result: Reconciliation, account: str, currency: str, side: _Side, other: Fraction, given: Fraction
) -> Accrual:
    expected = side.expected.cost if side.expected is not None and result.cost_basis else None
    billed = side.billed.cost if side.billed is not None and result.billed_has_prices else None
    base, basis, why = _basis(result, currency, side, expected, billed)
    return Accrual(account, currency, expected, billed, other, given, base + other + given, basis, why)


def _basis(
    result: Reconciliation, currency: str, side: _Side, expected: Fraction | None, billed: Fraction | None
) -> tuple[Fraction, str, str]:
    """What counts of the calls, and why."""
    if side.expected is None and side.billed is None:
        return Fraction(0), ON_BILLED, "no calls; other usage as billed"
    if billed is None:
        if expected is None:
            return Fraction(0), ON_EXPECTED, "neither side has prices: the calls are not in it"
        lack = "the bill has no prices" if side.billed is not None else "nothing is billed yet"
        return expected, ON_EXPECTED, f"{lack}: the calls as expected by the {result.cost_basis}"
    if side.late and result.cost_basis:
        told = measure(side.late, currency)
        return billed + side.late.cost, ON_BOTH, f"the bill stops short; expected on the other days: {told}"
    why = "the bill covers the month"
    if result.usage and not side.late:
        why = "usage records for the whole month"
    elif side.missing:
        why = f"the bill's call records; {calls(side.missing.calls)} expected and not billed "
        why += f"({amount(side.missing.cost, currency)}) may still come"
    else:
        why = "the bill's call records"
    if side.expected is None:
        why += "; the log names no account, so that what is expected of this one is not known"
    return billed, ON_BILLED, why
