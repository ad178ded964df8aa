"""One line for the books per account and currency: what the period is charged with, and on what basis.

Up to where an account's bill reaches, the bill counts; beyond it what is expected is accrued.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from addin.reconcile.month_end.accrual_sides import Side, sides_of
from addin.reconcile.month_end.accrual_why import why_of
from addin.reconcile.month_end.invoice import BEYOND_BILL, GIVEN, REST, USAGE, Tie, TieLine
from addin.reconcile.wording import amount, counted, listed

if TYPE_CHECKING:
    from addin.reconcile.reconciliation import Reconciliation

ON_BILLED, ON_EXPECTED, ON_BOTH, ON_INVOICE = "billed", "expected", "billed and expected", "invoice lines"


@dataclass(frozen=True, slots=True)
class Accrual:
    """`amount` = what counts of the calls + other usage + other lines of the invoice.

    `expected` and `billed` are the calls' costs, None where a side does not know them for this account;
    `beyond` is what counts of the expected ones beside the bill, and so stands on no invoice.
    """

    account: str
    currency: str
    expected: Fraction | None
    billed: Fraction | None
    beyond: Fraction
    other: Fraction
    given: Fraction
    amount: Fraction
    basis: str
    why: str


def accruals_of(result: Reconciliation, ties: Sequence[Tie], account: str = "") -> list[Accrual]:
    """In the order of currencies and accounts. Where the two sides cannot be told apart by account, one side
    is left out or all accounts are one line, and the line says so. `account` stands where none is named."""
    only = _only_account(result, ties, account)
    found: list[Accrual] = []
    by_tie = {tie.currency: tie for tie in ties}
    names = {tie.written: tie.currency for tie in ties}
    currencies = {names.get(written, written): written for written in result.currencies}
    for currency in [*currencies, *(one for one in by_tie if one not in currencies)]:
        sides = sides_of(result, currencies[currency], only) if currency in currencies else {}
        found += _of_currency(result, currency, sides, by_tie.get(currency), only)
    return found


def note_beyond(ties: Sequence[Tie], accruals: Sequence[Accrual]) -> None:
    """A line beside the sum of each tie for what is accrued and not on the invoice: sum + it = accrual."""
    for tie in ties:
        beyond = sum((one.beyond for one in accruals if one.currency == tie.currency), Fraction(0))
        if beyond:
            note = "not on this invoice, so never in the sum; accrued with it: see Accrual"
            tie.lines.append(TieLine(BEYOND_BILL, BEYOND_BILL, beyond, False, note))


def _only_account(result: Reconciliation, ties: Sequence[Tie], account: str) -> str:
    """A blank account is the only one that is named anywhere; where none is, the one that was asked for."""
    named = {line.call.account for line, _ in result.log.counted()}
    named |= {line.call.account for line, _ in result.bill.counted()}
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
    one_line = len(sides) == 1 and "" in sides
    if one_line and others.keys() - {""}:
        others = defaultdict(Fraction, {"": sum(others.values(), Fraction(0))})
    lacks = _lacking(tie, lambda account: "" if one_line else account or only)
    accounts = sorted({*sides, *others, *lacks})
    found = []
    for account in accounts:
        side = sides.get(account, Side())
        own = given if len(accounts) == 1 else Fraction(0)
        one = _line(result, account, currency, side, others[account], own)
        found.append(replace(one, why="; ".join((one.why, *lacks.get(account, ())))))
    if given and len(accounts) != 1:
        why = "taxes, credits and other lines of the invoice, which name no account"
        none = Fraction(0)
        found.append(Accrual("", currency, None, None, none, none, given, given, ON_INVOICE, why))
    if found and tie and tie.rest:
        of_it = f"{REST}; {tie.equals}" if tie.equals else REST
        left = f"not in it: {amount(tie.rest, currency)} of the invoice ({of_it})"
        found[-1] = replace(found[-1], why=f"{found[-1].why}; {left}")
    return found


def _lacking(tie: Tie | None, named: Callable[[str], str]) -> dict[str, list[str]]:
    """Other usage without a price, which no line holds, by account."""
    lines: dict[str, list[TieLine]] = defaultdict(list)
    for line in tie.lines if tie else ():
        if line.kind == USAGE and line.unpriced:
            lines[named(line.account)].append(line)
    found: dict[str, list[str]] = {}
    for account, its in lines.items():
        found[account] = []
        if unpriced := [*dict.fromkeys(line.name for line in its if line.cost is None)]:
            has = "has" if len(unpriced) == 1 else "have"
            found[account].append(f"not in it: {listed(unpriced)}, which {has} no price")
        for line in its:
            if line.cost is not None:
                told = counted(line.unpriced, "record")
                found[account].append(f"not in it: {told} of {line.name} without a price")
    return found


def _line(
    result: Reconciliation, account: str, currency: str, side: Side, other: Fraction, given: Fraction
) -> Accrual:
    """A bill without any price is no bill for the books: all that is expected counts."""
    expected = side.expected.cost if side.expected is not None and result.cost_basis else None
    billed = side.billed.cost if side.billed is not None and result.billed_has_prices else None
    beyond = side.beyond.cost if result.billed_has_prices else Fraction(0)
    calls = (billed if result.billed_has_prices else expected) or Fraction(0)
    calls += beyond
    basis = ON_EXPECTED if billed is None else ON_BOTH if beyond else ON_BILLED
    if side.expected is None and side.billed is None and not side.unrated:
        basis = ON_BILLED
    why = why_of(result, currency, side)
    return Accrual(
        account, currency, expected, billed, beyond, other, given, calls + other + given, basis, why
    )
