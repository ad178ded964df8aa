"""The lines of a ledger: what counts between its balances, what does not, and what nobody can tell."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from fractions import Fraction

from addin.investigation.balance import CHARGES, SIGNS, Line
from addin.investigation.charges import Charges, Undivided
from addin.investigation.span import AFTER, INSIDE, NOT_KNOWN, Span
from addin.reconcile.wording import counted
from addin.records.ledger_file import OPENING, LedgerRow


def entry_line(row: LedgerRow, span: Span) -> Line:
    """An entry from outside the two balances is said, and does not count; nor does one that may be."""
    amount, place = Fraction(row.amount), str(row.place) if row.place else "as stated"
    signed = SIGNS[row.kind] * amount
    if row.kind == OPENING:
        return Line(row.kind, amount, signed, span.start or row.at, row.reference, place, span.remarks[0])
    where = span.place_of(row)
    if where == INSIDE:
        return Line(row.kind, amount, signed, row.at, row.reference, place)
    if where != NOT_KNOWN:
        side = "after the closing" if where == AFTER else "before the opening"
        remark = f"not counted: {side} balance"
        return Line(row.kind, amount, Fraction(0), row.at, row.reference, place, remark)
    said, why = _not_known(row, span)
    return Line(row.kind, amount, Fraction(0), row.at, row.reference, place, said, signed, why)


def _not_known(row: LedgerRow, span: Span) -> tuple[str, str]:
    """An entry of a day that a balance lies within; or of another time than the period's, where a balance has
    no time."""
    assert row.at is not None
    name = f"the {row.kind} of {row.at:%Y-%m-%d}"
    if row.until is not None and row.at < span.to_day and span.from_day < row.until:
        return "not counted: it has no time, and a balance is of that day", f"{name} has no time of day"
    side = "opening" if row.at < span.from_day else "closing"
    return (
        f"not counted: outside {span.period}, and the {side} balance has no time",
        f"{name} is outside {span.period}, and the {side} balance has no time",
    )


def charge_lines(found: Charges, by_call: bool) -> list[Line]:
    """What counts of the bill's charges, and what does not or may not."""
    source = "the bill's call records" if by_call else "the bill's usage records"
    said = f"{counted(found.charged.calls, 'call')}, by {source}"
    if found.beyond.calls:
        said += f"; {counted(found.beyond.calls, 'call')} of them from outside the period"
    if found.unpriced:
        said += f"; {counted(found.unpriced, 'charged record')} of them without a price"
    lines = [Line(CHARGES, found.charged.cost, -found.charged.cost, remark=said)]
    for one in found.undivided:
        days = _days(one)
        why = f"the usage of {days} cannot be split by time"
        lines.append(
            Line(
                CHARGES, one.cost, Fraction(0), place=one.place,
                remark=f"not counted: usage of {days}, and a balance lies within it",
                may_add=-one.cost, why=why,
            )
        )  # fmt: skip
    if found.outside:
        said = f"{counted(found.outside.calls, 'call')} that ended" if by_call else "usage"
        said += " before the opening or after the closing balance"
        lines.append(Line(CHARGES, found.outside.cost, Fraction(0), remark=f"not counted: {said}"))
    if found.late_credits.calls:
        said = f"{counted(found.late_credits.calls, 'credit')} of the bill for calls outside the period"
        remark = f"not counted: {said}; state as credits what of them the balance holds"
        lines.append(Line(CHARGES, found.late_credits.cost, Fraction(0), remark=remark))
    return lines


def _days(one: Undivided) -> str:
    return str(one.first) if one.first == one.last else f"{one.first} to {one.last}"


def lacking(found: Charges, span: Span) -> Iterator[str]:
    if span.leaves_period:
        yield f"the balances reach beyond {span.period}, and charges outside it are not compared"
    if found.unpriced:
        yield f"{counted(found.unpriced, 'charged record')} between the balances without a price"


def remedy(span: Span, found: Charges) -> str:
    """What the person can do to have it told."""
    if span.leaves_period:
        last = (span.to_day - timedelta(microseconds=1)).date()
        first, last = min(span.from_day.date(), span.period.first_day), max(last, span.period.last_day)
        return f"Investigate the days {first} to {last}."
    if found.undivided:
        return "Give balances of midnight UTC between these days, or the bill's call records."
    return ""
