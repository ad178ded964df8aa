"""The ledger check as it is printed."""

from __future__ import annotations

from fractions import Fraction

from addin.investigation.balance import AGREES, BUFFER, CHARGES, OPEN, STALE, Balance, Line
from addin.reconcile.measure import printed
from addin.reconcile.wording import amount, calls
from addin.records.ledger_file import CREDIT, OPENING, OTHER, STORAGE, TOP_UP
from addin.reports.investigation.data import BalanceReport, StatementRow
from addin.reports.reconciliation.rows import billed_call_row

KIND_NAMES = {
    OPENING: "Opening balance",
    TOP_UP: "Top-up",
    CREDIT: "Credit",
    CHARGES: "CDR charges",
    STORAGE: "Storage",
    OTHER: "Other charges",
}


def balance_report(balance: Balance) -> BalanceReport:
    ours, our_difference = balance.our_charges, balance.our_difference
    return BalanceReport(
        currency=balance.currency or None,
        result=balance.result,
        sentence=sentence(balance),
        rows=tuple(map(_row, balance.lines)),
        derived=printed(balance.derived),
        stated=printed(balance.stated),
        stated_at=balance.closing.at,
        stated_place=str(balance.closing.place) if balance.closing.place else "as stated",
        stated_reference=", ".join(filter(None, (balance.closing.reference, balance.closing_remark))),
        difference=printed(balance.difference),
        lowest=printed(balance.lowest),
        highest=printed(balance.highest),
        our_charges=None if ours is None else printed(ours),
        our_difference=None if our_difference is None else printed(our_difference),
        buffer=printed(balance.buffer),
        staleness_s=int(balance.staleness.total_seconds()),
        recent=tuple(map(billed_call_row, balance.recent)),
        recent_cost=printed(balance.recent_cost),
    )


def sentence(balance: Balance) -> str:
    """The result in words."""
    stated, derived = (amount(value, balance.currency) for value in (balance.stated, balance.derived))
    text = f"Stated {stated}, derived from the ledger {derived}"
    if balance.result == OPEN or balance.is_range:
        return f"{text}{_not_known(balance)}"
    if balance.result == AGREES:
        return f"{text}: they agree.{_as_far_as_known(balance)}"
    text += f": a difference of {_signed(balance.difference, balance.currency)}"
    if balance.result == BUFFER:
        buffer = amount(balance.buffer, balance.currency)
        return f"{text}, within the buffer of {buffer}.{_as_far_as_known(balance)}"
    seconds = int(balance.staleness.total_seconds())
    recent = f"{calls(len(balance.recent))} ended within {seconds} s before it was read"
    if balance.result == STALE:
        cost = amount(balance.recent_cost, balance.currency)
        said = f"{text}. {recent} and may not be in it yet: together {cost}."
        return f"{said}{_as_far_as_known(balance)}"
    if not balance.recent_known:
        text += (
            ". Which calls may not be in it yet is not known: the balance has no time, or the bill no calls"
        )
    our_difference = balance.our_difference
    if our_difference == 0:
        text += ". With what we expect for the calls in the place of what is charged, it agrees"
    return f"{text}. The lines of the ledger are the statement that supports it."


def _not_known(balance: Balance) -> str:
    """What cannot be told, and within which bounds the difference lies; or how far it is known."""
    parts = [
        f"{line.why}, {amount(abs(line.may_add), balance.currency)}" for line in balance.lines if line.why
    ]
    reasons = "; ".join([*parts, *balance.lacking])
    low, high = (_signed(value, balance.currency) for value in (balance.lowest, balance.highest))
    told = f"the difference is {low}"
    if balance.is_range:
        told = f"the {'difference' if balance.result == OPEN else 'mismatch'} lies between {low} and {high}"
    if balance.lacking:
        told = f"{told}, as far as is known"
    agree = ". Whether they agree cannot be told" if balance.result == OPEN else ""
    return f"{agree}. {reasons[:1].upper()}{reasons[1:]}: {told}. {balance.remedy}".rstrip()


def _as_far_as_known(balance: Balance) -> str:
    """A balance without a difference may lack charges that nobody knows all the same."""
    if not balance.lacking:
        return ""
    return f" As far as is known: {'; '.join(balance.lacking)}. {balance.remedy}".rstrip()


def _signed(value: Fraction, currency: str) -> str:
    return f"{'+' if value > 0 else ''}{amount(value, currency)}"


def _row(line: Line) -> StatementRow:
    return StatementRow(
        KIND_NAMES[line.kind],
        printed(line.amount),
        printed(line.signed),
        line.at,
        line.reference,
        line.place,
        line.remark,
    )
