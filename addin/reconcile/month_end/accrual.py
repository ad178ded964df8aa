"""One line for the books per account and currency: what the period is charged with, and on what basis."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from addin.reconcile.month_end.accrual_sides import Side, sides_of
from addin.reconcile.month_end.invoice import COPIES, GIVEN, OTHER_MONTHS, REST, USAGE, Tie
from addin.reconcile.wording import amount, calls, counted, listed, measure

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
        sides = sides_of(result, written, only) if known else {}
        found += _of_currency(result, currency, sides, by_tie.get(currency), only)
    return found


def _only_account(result: Reconciliation, ties: Sequence[Tie], account: str) -> str:
    """A blank account is the only one that is named anywhere; where none is, the one that was asked for."""
    named = {line.call.account for line in result.log} | {line.call.account for line in result.bill}
    named |= {line.record.account for line in result.usage}
    named |= {line.account for tie in ties for line in tie.lines}
    named.discard("")
    return named.pop() if len(named) == 1 else "" if named else account


def _of_currency(
    result: Reconciliation, currency: str, sides: dict[str, Side], tie: Tie | None, only: str
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
        side = sides.get(account, Side())
        own = given if len(accounts) == 1 else Fraction(0)
        found.append(_line(result, account, currency, side, others[account], own))
    if given and len(accounts) != 1:
        why = "taxes, credits and other lines of the invoice, which name no account"
        found.append(Accrual("", currency, None, None, Fraction(0), given, given, ON_INVOICE, why))
    left = _left_out(tie, currency)
    if found and left:
        found[-1] = replace(found[-1], why="; ".join((found[-1].why, *left)))
    return found


def _left_out(tie: Tie | None, currency: str) -> list[str]:
    """What of the invoice no line holds."""
    if tie is None:
        return []
    found = []
    unpriced = [line.name for line in tie.lines if line.kind == USAGE and line.cost is None]
    if unpriced:
        found.append(f"not in it: {listed([*dict.fromkeys(unpriced)])}, which have no price")
    for line in tie.lines:
        if line.adds and line.kind in (OTHER_MONTHS, COPIES):
            found.append(f"not in it: {amount(line.cost or 0, currency)} of the invoice ({line.name})")
    if tie.rest:
        found.append(f"not in it: {amount(tie.rest, currency)} of the invoice ({REST})")
    return found


def _line(
    result: Reconciliation, account: str, currency: str, side: Side, other: Fraction, given: Fraction
) -> Accrual:
    expected = side.expected.cost if side.expected is not None and result.cost_basis else None
    billed = side.billed.cost if side.billed is not None and result.billed_has_prices else None
    base, basis, why = _basis(result, currency, side, expected, billed)
    return Accrual(account, currency, expected, billed, other, given, base + other + given, basis, why)


def _basis(
    result: Reconciliation, currency: str, side: Side, expected: Fraction | None, billed: Fraction | None
) -> tuple[Fraction, str, str]:
    """What counts of the calls, and why; what no amount holds is said."""
    if side.expected is None and side.billed is None:
        if side.unrated:
            return Fraction(0), ON_EXPECTED, _with("no calls whose cost is known", _unrated(side.unrated))
        return Fraction(0), ON_BILLED, "no calls; other usage as billed"
    if billed is None:
        return _on_expected(result, currency, side, expected)
    unpriced = f"not in it: {counted(side.unpriced, 'record')} without a price" if side.unpriced else ""
    if side.late and result.cost_basis:
        why = f"the bill stops short; expected on the other days: {measure(side.late, currency)}"
        return billed + side.late.cost, ON_BOTH, _with(why, unpriced, _unrated(side.late_unrated))
    unknown = "the log names no account, so that what is expected of this one is not known"
    return (
        billed,
        ON_BILLED,
        _with(_why_billed(result, currency, side), unpriced, unknown * side.log_names_none),
    )


def _on_expected(
    result: Reconciliation, currency: str, side: Side, expected: Fraction | None
) -> tuple[Fraction, str, str]:
    """Where the bill has no price for the calls. What it charges in another currency stands there."""
    if expected is None:
        return Fraction(0), ON_EXPECTED, "neither side has prices: the calls are not in it"
    lack = "nothing is billed yet"
    if side.billed is not None:
        lack = "the bill has no prices"
    elif others := [name for name in result.currencies if name and name != currency]:
        lack = f"nothing is billed in this currency ({listed(others)}: see there)"
    said = f"{lack}: the calls as expected by the {result.cost_basis}"
    if side.otherwise is None:
        return expected, ON_EXPECTED, _with(said, _unrated(side.unrated))
    told = f"{calls(side.otherwise.calls)} ({amount(side.otherwise.cost, currency)})"
    charged = f"not in it: {told} that the bill charges in another currency"
    return expected - side.otherwise.cost, ON_EXPECTED, _with(said, charged, _unrated(side.unrated))


def _why_billed(result: Reconciliation, currency: str, side: Side) -> str:
    if side.stops_short:
        why, left = "usage records, which stop short of the month", ""
        if side.late:
            left = f"not in it: {measure(side.late, currency, with_cost=False)} on the other days"
        elif not side.log_names_none:
            left = "no calls are expected on the other days"
        return _with(why, left)
    if any(line.in_total for line in result.usage):
        return "usage records for the whole month"
    if side.missing:
        cost = f" ({amount(side.missing.cost, currency)})" if result.cost_basis else ""
        late = f"{calls(side.missing.calls)} expected and not billed{cost} may still come"
        return _with("the bill's call records", late)
    return "the bill's call records"


def _unrated(count: int) -> str:
    return f"not in it: {calls(count)} of the log whose cost is not known" if count else ""


def _with(*parts: str) -> str:
    return "; ".join(filter(None, parts))
