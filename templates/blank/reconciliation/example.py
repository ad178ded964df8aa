"""The rows with which the template is shipped: a small month that shows each step once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

from addin.reconcile.period import Month
from addin.records.call import Call, Place, UsageRecord
from addin.records.formats import category_by
from udfs.errors import NotAvailable
from udfs.rating.cost import Terms
from udfs.rating.rate_card import RateRow
from udfs.rating.status import is_billed


@dataclass(frozen=True, slots=True)
class Rows:
    """What stands in the yellow cells."""

    month: Month
    log: tuple[Call, ...]
    billed: tuple[Call, ...]
    usage: tuple[UsageRecord, ...]
    rates: tuple[RateRow, ...]
    currency: str = "USD"
    tolerance_minutes: Decimal = Decimal(0)
    tolerance_amount: Decimal = Decimal(0)


def billed_by(status: str) -> bool | None:
    """Whether calls of a status are charged; None where it is unknown."""
    try:
        return is_billed(status)
    except NotAvailable:
        return None


def call(
    file: str,
    row: int,
    call_id: str,
    at: str,
    numbers: tuple[str, str],
    seconds: str,
    *,
    status: str = "completed",
    direction: str = "outbound",
    minutes: str = "",
    cost: str = "",
    currency: str = "USD",
) -> Call:
    """A call as a row of the log or of the bill; `at` is in UTC, blank texts are not known."""
    return Call(
        place=Place(file, row),
        provider="",
        call_id=call_id,
        from_number=numbers[0],
        to_number=numbers[1],
        direction=direction,
        category=category_by(*numbers),
        status=status,
        is_billed=billed_by(status),
        started_at=datetime.fromisoformat(at).replace(tzinfo=UTC),
        duration_ms=int(Decimal(seconds) * 1000),
        billed_ms=int(Decimal(minutes) * 60_000) if minutes else None,
        cost=Decimal(cost) if cost else None,
        currency=currency,
    )


def rate(
    row: int,
    prefix: str,
    direction: str,
    destination: str,
    price: str,
    first: int,
    then: int,
    category: str = "",
) -> RateRow:
    """A row of the rate card: 30/6 is `first` 30, `then` 6."""
    terms = Terms(Fraction(price), first * 1000, then * 1000, places=4)
    return RateRow(row, prefix, direction, category, destination, "", "USD", terms, True, None, None)


def usage(
    row: int,
    category: str,
    calls: int,
    minutes: str,
    cost: str,
    *,
    days: tuple[date, date] = (date(2026, 9, 1), date(2026, 9, 30)),
) -> UsageRecord:
    """The provider's sum of a category."""
    return UsageRecord(
        place=Place("usage.csv", row),
        provider="",
        category=category,
        start_on=days[0],
        end_on=days[1],
        calls=calls,
        minutes=Decimal(minutes),
        cost=Decimal(cost),
        currency="USD",
        unit="minutes" if category.startswith("calls") else "numbers",
    )


_US, _UK, _MOBILE = "+1 212 555 0101", "+44 20 7946 0011", "+44 7700 900123"
_OURS, _CALLER = "+1 212 555 0190", "+1 212 555 0137"
_TO_US, _TO_UK, _TO_MOBILE, _FROM_US = (_OURS, _US), (_OURS, _UK), (_OURS, _MOBILE), (_CALLER, _OURS)

_LOG = "calls.csv"
_BILL = "bill.csv"

EXAMPLE = Rows(
    month=Month(2026, 9),
    log=(
        call(_LOG, 2, "C-1001", "2026-09-01 08:12:05", _TO_UK, "47"),
        call(_LOG, 3, "C-1002", "2026-09-01 09:30:00", _TO_MOBILE, "185"),
        call(_LOG, 4, "C-1003", "2026-09-02 14:03:21", _TO_US, "61"),
        call(_LOG, 5, "C-1004", "2026-09-03 10:45:10", _FROM_US, "340", direction="inbound"),
        call(_LOG, 6, "C-1005", "2026-09-03 11:00:00", _TO_UK, "0", status="no-answer"),
        call(_LOG, 7, "C-1006", "2026-09-07 16:20:44", _TO_US, "312"),
        call(_LOG, 8, "C-1007", "2026-09-08 08:00:30", _TO_UK, "95"),
        call(_LOG, 9, "C-1007", "2026-09-08 08:00:30", _TO_UK, "95"),
        call(_LOG, 10, "C-1008", "2026-09-14 13:15:00", _TO_US, "540"),
        call(_LOG, 11, "C-1009", "2026-09-21 09:05:12", _TO_MOBILE, "64"),
        call(_LOG, 12, "C-1010", "2026-09-22 17:40:00", _TO_US, "0", status="busy"),
        call(_LOG, 13, "C-1011", "2026-09-30 23:58:40", _TO_UK, "240"),
        call(_LOG, 14, "C-1012", "2026-10-01 00:00:05", _TO_UK, "33"),
    ),
    billed=(
        call(_BILL, 2, "C-1001", "2026-09-01 08:12:05", _TO_UK, "47", minutes="0.8", cost="0.0096"),
        call(_BILL, 3, "C-1002", "2026-09-01 09:30:00", _TO_MOBILE, "185", minutes="3.1", cost="0.1085"),
        call(_BILL, 4, "C-1003", "2026-09-02 14:03:21", _TO_US, "61", minutes="2", cost="0.017"),
        call(_BILL, 5, "C-1003", "2026-09-02 14:03:21", _TO_US, "61", minutes="2", cost="0.017"),
        call(
            *(_BILL, 6, "C-1004", "2026-09-03 10:45:10", _FROM_US, "340"),
            direction="inbound",
            minutes="6",
            cost="0.027",
        ),
        call(_BILL, 7, "C-1007", "2026-09-08 08:00:30", _TO_UK, "95", minutes="1.6", cost="0.0192"),
        call(_BILL, 8, "C-1008", "2026-09-14 13:15:00", _TO_US, "600", minutes="10", cost="0.085"),
        call(_BILL, 9, "C-1009", "2026-09-21 09:05:12", _TO_MOBILE, "64", minutes="1.1", cost="0.0495"),
        call(_BILL, 10, "C-1010", "2026-09-22 17:40:00", _TO_US, "25", minutes="1", cost="0.0085"),
        call(_BILL, 11, "C-1011", "2026-09-30 23:58:40", _TO_UK, "240", minutes="4", cost="0.048"),
        call(_BILL, 12, "C-1011", "2026-09-30 23:58:40", _TO_UK, "0", cost="-0.012"),
        call(_BILL, 13, "C-2001", "2026-09-18 07:55:00", _TO_US, "118", minutes="2", cost="0.017"),
        call(_BILL, 14, "C-2002", "2026-09-25 00:00:00", _TO_US, "0", cost="-0.05"),
    ),
    usage=(
        usage(2, "calls-outbound", 9, "25.6", "0.3003"),
        usage(3, "calls-inbound", 1, "6", "0.027"),
        usage(4, "phonenumbers", 2, "0", "2.3"),
    ),
    rates=(
        rate(2, "1", "outbound", "United States", "0.0085", 60, 60),
        rate(3, "1", "inbound", "United States, inbound", "0.0045", 60, 60),
        rate(4, "44", "outbound", "United Kingdom", "0.012", 30, 6),
        rate(5, "447", "outbound", "United Kingdom, mobile", "0.035", 30, 6),
    ),
)
