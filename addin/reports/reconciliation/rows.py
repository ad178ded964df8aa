"""The rows of the Calls and Billed sheets, one per record."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from sys import intern

from addin.reconcile.bill_lines import BillLines
from addin.reconcile.bridge import usage_of
from addin.reconcile.lines import (
    CREDIT,
    DUPLICATES,
    EXPECTED,
    UNKNOWN_STATUS,
    UNRATED,
    BillLine,
    LogLine,
    UsageLine,
)
from addin.reconcile.log_lines import LogLines
from addin.reconcile.measure import printed, printed_minutes, printed_seconds
from addin.reconcile.month_end.considerations import clock_ahead, talked_for
from addin.records.call import Call
from addin.reports.reconciliation.data import BilledCallRow, BilledUsageRow, CallRow
from udfs.rating.cost import Terms

ROW_PLACES = 16
"""Costs that do not end are kept this far, so that a month of them still sums to what is printed."""


_kept = lru_cache(maxsize=1 << 15)
"""Durations, rates and costs repeat over a month: one decimal stands for all that are equal."""


_minutes, _seconds = _kept(printed_minutes), _kept(printed_seconds)


def _cost(value: Fraction | None) -> Decimal | None:
    return None if value is None else _amount(value)


def _amount(value: Fraction) -> Decimal:
    return _printed(value.numerator, value.denominator)


@_kept
def _printed(numerator: int, denominator: int) -> Decimal:
    return printed(Fraction(numerator, denominator), ROW_PLACES)


def _place(call: Call) -> str:
    """One text for all rows that name it: those of the call, and of what the other side has of it."""
    return intern(str(call.place))


def call_rows(lines: LogLines) -> Sequence[CallRow]:
    """One row a line, or for all that are alike."""
    if type(lines) is LogLines:
        return tuple(map(call_row, lines))
    from addin.reconcile.alike_lines import AlikeLines  # needs numpy and pyarrow
    from addin.reports.reconciliation.alike_call_rows import alike_call_rows

    assert isinstance(lines, AlikeLines)
    return alike_call_rows(lines)


def call_row(line: LogLine) -> CallRow:
    call, is_expected = line.call, line.step == EXPECTED
    terms: Terms | None = line.terms if line.rate_row else None
    return CallRow(
        place=_place(call),
        call_id=call.call_id,
        started_at=call.started_at,
        direction=call.direction,
        category=call.category,
        from_number=call.from_number,
        to_number=call.to_number,
        status=call.status,
        seconds=_seconds(call.duration_ms),
        talked_cost=_cost(line.talked_cost),
        step=line.step,
        rate=_cost(terms.rate) if terms else None,
        minimum=_seconds(terms.minimum_ms) if terms else None,
        increment=_seconds(terms.increment_ms) if terms else None,
        connect_fee=_cost(terms.connect_fee) if terms else None,
        places=terms.places if terms else None,
        rounding=terms.rounding if terms else None,
        rate_row=line.rate_row.row if line.rate_row else None,
        expected_minutes=_minutes(line.expected_ms) if is_expected else None,
        expected_cost=_cost(line.expected_cost) if is_expected else None,
        currency=line.currency or None,
        outcome=line.outcome,
        billed_place=_place(line.bill.call) if line.bill else None,
        remark=_remark(line),
        compared_day=call.started_at.date() if is_expected else None,
        compared_category=line.unit,
        log_price=call.cost,
        ended_at=_in_another_month(call.started_at, talked_for(line)),
        shown_at=_in_another_month(call.started_at, clock_ahead(line)),
        if_minutes=_minutes(line.if_counted.ms) if line.if_counted else None,
        if_cost=_cost(line.if_counted.cost) if line.if_counted and not line.if_counted.unpriced else None,
    )


def _in_another_month(started_at: datetime, later: timedelta) -> datetime | None:
    """Nothing where it is of the month of the start: most calls need no such cell."""
    try:
        instant = started_at + later
    except OverflowError:  # there is no month after that of December 9999, and none before the first
        return None
    same = (instant.year, instant.month) == (started_at.year, started_at.month)
    return None if same else instant


def _remark(line: LogLine) -> str:
    if line.step == DUPLICATES and line.kept:
        return f"{line.copy} of {line.kept.place}"
    if line.charge:
        return f"credit of {line.charge.place}"
    if line.step == UNRATED:
        return line.rate_problem
    if line.step == UNKNOWN_STATUS:
        return "status unknown"
    if line.step == EXPECTED and line.expected_cost is None and line.call.duration_ms:
        return "no price in the log"
    return ""


def billed_call_rows(lines: BillLines) -> Sequence[BilledCallRow]:
    """One row a record, or for all that are alike."""
    if type(lines) is BillLines:
        return tuple(map(billed_call_row, lines))
    from addin.reconcile.alike_lines import AlikeBillLines  # needs numpy and pyarrow
    from addin.reports.reconciliation.alike_call_rows import alike_billed_rows

    assert isinstance(lines, AlikeBillLines)
    return alike_billed_rows(lines)


def billed_call_row(line: BillLine) -> BilledCallRow:
    record = line.call
    return BilledCallRow(
        place=_place(record),
        call_id=record.call_id,
        started_at=record.started_at,
        category=line.category,
        from_number=record.from_number,
        to_number=record.to_number,
        status=record.status,
        seconds=_seconds(record.duration_ms),
        step=line.step,
        counted=line.counts,
        billed_minutes=None if line.is_credit else _minutes(line.billed_ms) if line.counts else Decimal(0),
        cost=_cost(line.cost),
        currency=line.currency or None,
        log_place=_place(line.log.call) if line.log else None,
        duration_minutes=_minutes(line.duration_ms),
        duration_cost=_amount(line.duration_cost),
        rate_cost=_amount(line.rate_cost),
        remark=_billed_remark(line),
        compared_day=line.compared_on if line.counts else None,
    )


def _billed_remark(line: BillLine) -> str:
    """What leads from a copy to the row that is kept, and from a charge to its credits and back."""
    if line.kept:
        return f"{line.copy} of {line.kept.place}"
    if line.charge:
        what = "credit of" if line.cost is not None and line.cost < 0 else "priced anew, beside"
        return f"{what} {line.charge.call.place}"
    if line.step == CREDIT:
        return "credit; its charge is not on this bill"
    if line.credits:
        return f"counts together with {', '.join(str(one.call.place) for one in line.credits)}"
    return ""


def billed_usage_row(line: UsageLine, currency: str, on_invoice: str = "") -> BilledUsageRow:
    record = line.record
    return BilledUsageRow(
        place=str(record.place),
        category=record.category,
        start_on=record.start_on,
        end_on=record.end_on,
        calls=record.calls,
        minutes=printed(usage_of(line).minutes),
        cost=record.cost,
        currency=currency or None,
        account=record.account,
        compared_as=line.unit,
        in_total=line.in_total,
        in_days=line.in_days,
        remark=line.reason,
        on_invoice=on_invoice,
        unit=record.unit,
    )
