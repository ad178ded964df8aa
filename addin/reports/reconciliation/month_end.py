"""What a reconciliation says beyond the comparison: effects, other months, the invoice, the books."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from addin.reconcile.measure import printed
from addin.reconcile.month_end.accrual import Accrual
from addin.reconcile.month_end.considerations import ACTIONS, Consideration
from addin.reconcile.month_end.earlier_findings import Followed
from addin.reconcile.month_end.invoice import Tie
from addin.reconcile.month_end.month_over_month import OtherMonth

if TYPE_CHECKING:
    from addin.reports.reconciliation.data import Bridge


@dataclass(frozen=True, slots=True)
class ConsiderationRow:
    """`calls`, `minutes` and `cost` are the expected total with the rule less the total without it."""

    name: str
    calls: int
    minutes: Decimal
    cost: Decimal | None
    currency: str | None
    text: str
    action: str


@dataclass(frozen=True, slots=True)
class OtherMonthRow:
    """Records outside the month; a cost that no record knows is None, and lacks `unpriced` of them."""

    side: str
    month: str
    category: str
    records: int
    minutes: Decimal
    cost: Decimal | None
    currency: str | None
    unpriced: int = 0


@dataclass(frozen=True, slots=True)
class FollowedRow:
    """An earlier finding and what became of it; `amount` in its currency."""

    month: str
    kind: str
    call_id: str
    expected: Decimal | None
    billed: Decimal | None
    currency: str | None
    state: str
    amount: Decimal | None
    place: str
    text: str


@dataclass(frozen=True, slots=True)
class InvoiceLine:
    """`step` names the step of the bridge that the line is; `adds` that the sum holds it."""

    kind: str
    name: str
    cost: Decimal | None
    adds: bool
    note: str
    account: str
    step: str


@dataclass(frozen=True, slots=True)
class InvoiceTie:
    """The lines of one currency, exactly: total = sum + rest. Without a total, both are None."""

    currency: str | None
    lines: tuple[InvoiceLine, ...]
    sum: Decimal
    total: Decimal | None
    rest: Decimal | None
    equals: str = ""
    """What on the bill beside the month's calls the rest is the amount of."""


@dataclass(frozen=True, slots=True)
class AccrualRow:
    """What the books are charged with: `amount` = `counted` (of the calls) + `other` + `given`. `beyond` is
    what `counted` holds of expected calls beside the billed ones."""

    period: str
    account: str
    currency: str | None
    expected: Decimal | None
    billed: Decimal | None
    beyond: Decimal
    counted: Decimal
    other: Decimal
    given: Decimal
    amount: Decimal
    basis: str
    why: str


def consideration_row(one: Consideration, cost_known: bool) -> ConsiderationRow:
    effect = one.effect
    return ConsiderationRow(
        one.name,
        effect.calls,
        printed(effect.minutes),
        printed(effect.cost) if cost_known else None,
        one.currency or None,
        one.text,
        ACTIONS[one.name],
    )


def other_month_row(one: OtherMonth) -> OtherMonthRow:
    total = one.total
    return OtherMonthRow(
        one.side,
        one.month,
        one.category,
        total.calls,
        printed(total.minutes),
        printed_if_known(one.cost),
        one.currency or None,
        total.unpriced,
    )


def followed_row(one: Followed) -> FollowedRow:
    earlier = one.earlier
    return FollowedRow(
        str(earlier.month),
        earlier.kind,
        earlier.call_id,
        printed_if_known(earlier.expected),
        printed_if_known(earlier.billed),
        earlier.currency or None,
        one.state,
        printed_if_known(one.amount),
        one.place,
        one.text,
    )


def invoice_tie(tie: Tie, bridges: Sequence[Bridge]) -> InvoiceTie:
    """Steps of the bridge as it prints them, so that the lines sum to what they show."""
    shown = {bridge.currency or "": bridge for bridge in bridges}
    bridge = shown.get(tie.currency) or shown.get("")
    lines = []
    for line in tie.lines:
        cost = printed_if_known(line.cost)
        if line.step and bridge is not None and cost is not None:
            cost = bridge.step(line.step).sum.cost
        lines.append(InvoiceLine(line.kind, line.name, cost, line.adds, line.note, line.account, line.step))
    total = printed_if_known(tie.total)
    whole = _added(*(line.cost for line in lines if line.adds and line.cost is not None))
    return InvoiceTie(
        tie.currency or None,
        tuple(lines),
        whole,
        total,
        None if total is None else _added(total, -whole),
        tie.equals,
    )


def accrual_row(one: Accrual, period: str) -> AccrualRow:
    counted, other, given = (
        printed(part) for part in (one.amount - one.other - one.given, one.other, one.given)
    )
    return AccrualRow(
        period,
        one.account,
        one.currency or None,
        printed_if_known(one.expected),
        printed_if_known(one.billed),
        printed(one.beyond),
        counted,
        other,
        given,
        _added(counted, other, given),
        one.basis,
        one.why,
    )


def _added(*values: Decimal) -> Decimal:
    """An exact sum, without the zeros that its parts ended in."""
    return printed(sum(map(Fraction, values), Fraction(0)))


def printed_if_known(value: Fraction | None) -> Decimal | None:
    return None if value is None else printed(value)
