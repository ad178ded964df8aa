"""Months of odd calls, and what a bill may say of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from addin.records.call import Call, Records, UsageRecord
from tests.reconcile.make import START, call, card, source, usage

EVERY_DAY = [date(2026, 9, day) for day in range(1, 31)]


def sums_of(calls: list[Call] | tuple[Call, ...], provider: str) -> Records:
    """A bill by usage records, of which some days are wrong."""
    records = []
    for number, day in enumerate(EVERY_DAY):
        count = sum(one.started_at.date() == day and bool(one.is_billed) for one in calls)
        records.append(
            usage(count + (number == 3), str(count * 2), f"{count * 0.01:.4f}", start_on=day, end_on=day)
        )
    return Records(
        usage=tuple(replace(one, provider=provider) for one in records), sources=(source("bill.csv"),)
    )


MONTH_END = datetime(2026, 10, 1, tzinfo=UTC)
NUMBERS = ("+447700900123", "+15005550006", "client:alice", "447700900123", "", "+4930123456", "x")
CARD = card(
    {"prefix": "", "rate": "0.014", "currency": "USD", "direction": "inbound"},
    {"prefix": "44", "rate": "0.02", "currency": "USD", "minimum": 30, "increment": 6},
    {"prefix": "4477", "rate": "0.0215", "currency": "USD", "connect_fee": "0.01"},
    {"prefix": "1", "rate": "0.0033", "currency": "EUR"},
)
DATED = card(
    {"prefix": "44", "rate": "0.02", "valid_from": date(2026, 9, 1), "valid_until": date(2026, 9, 10)},
    {"prefix": "44", "rate": "0.03", "valid_from": date(2026, 9, 11), "valid_until": None},
    {"prefix": "", "rate": "0.01", "valid_from": None, "valid_until": None},
)


@st.composite
def logs(draw: st.DrawFn) -> list[Call]:
    """A month of odd calls: copies, credits, other months, unknown statuses, several currencies, accounts."""
    calls = []
    for number in range(draw(st.integers(1, 25))):
        is_billed = draw(st.sampled_from([True, True, True, False, None]))
        calls.append(
            call(
                draw(st.sampled_from([f"C{number}", f"C{number}", f"C{number}", "C1", ""])),
                draw(st.sampled_from([0, 1, 61, 61, 29.5, 3600])),
                from_number=draw(st.sampled_from(NUMBERS)),
                to_number=draw(st.sampled_from(NUMBERS)),
                direction=draw(st.sampled_from(["outbound", "inbound", ""])),
                category=draw(st.sampled_from(["calls", "calls", "calls-client"])),
                status="completed" if is_billed else draw(st.sampled_from(["busy", "odd"])),
                is_billed=is_billed,
                started_at=START
                + timedelta(
                    days=draw(st.integers(-11, 22)),
                    seconds=draw(st.sampled_from([0, 0, 1, 43_199, 43_200, 40_000.25])),
                ),
                cost=draw(
                    st.sampled_from(
                        [None, Decimal("0.014"), Decimal("0.03915"), Decimal(0), Decimal("-0.014")]
                    )
                ),
                currency=draw(st.sampled_from(["USD", "USD", "USD", "", "EUR"])),
                account=draw(st.sampled_from(["", "A", "A", "B"])),
                offset_s=draw(st.sampled_from([0, 0, -14_400, 19_800])),
                updated_at=draw(st.sampled_from([None, None, START, START + timedelta(hours=1)])),
                row_values=draw(st.sampled_from([("one",), (f"{number}",)])),
                billed_ms=draw(st.sampled_from([None, None, 60_000])),
            )
        )
    for number in range(draw(st.integers(0, 12))):  # else alike, and on another day
        one = draw(st.sampled_from(calls))
        moved = one.started_at + timedelta(days=draw(st.integers(-9, 9)), seconds=draw(st.integers(0, 9)))
        numbers = {"to_number": draw(st.sampled_from(NUMBERS)), "from_number": draw(st.sampled_from(NUMBERS))}
        calls.append(replace(one, call_id=f"again {number}", started_at=moved, **numbers))
    if not any(one.started_at.month == 9 for one in calls):
        calls.append(call("in the month"))
    return calls


@st.composite
def bills(draw: st.DrawFn) -> list[UsageRecord]:
    """Usage by day and by month, of one or several categories, currencies and accounts."""
    records = []
    for category in draw(st.sampled_from([["calls"], ["calls", "calls-client"], ["calls-inbound"]])):
        account = draw(st.sampled_from(["", "A"]))
        for day in draw(st.sampled_from([[], EVERY_DAY[:20], EVERY_DAY])):
            records.append(usage(1, "2", "0.03", category, start_on=day, end_on=day, account=account))
        if not records or draw(st.booleans()):
            records.append(usage(12, "20", draw(st.sampled_from(["0.3", None])), category, account=account))
    return records


@st.composite
def call_records(draw: st.DrawFn, log: list[Call]) -> list[Call]:
    """What a provider has of a log: most as it is, some otherwise, twice, credited, elsewhere or not."""
    faults = draw(st.sampled_from([(), FAULTS[:3], FAULTS]))
    found = []
    for number, one in enumerate(log):
        fault = draw(st.sampled_from(["", *faults])) if faults else ""
        record = replace(one, place=replace(one.place, file="bill.csv", row=number + 2))
        if fault == "otherwise":
            record = _otherwise(draw, record)
        elif fault == "other id":
            record = replace(record, call_id=draw(st.sampled_from(["", f"other {number}"])))
        elif fault == "credit alone":
            record = replace(record, cost=Decimal("-0.014"))
        if fault != "missing":
            found.append(record)
        if fault in ("twice", "credit"):
            cost = Decimal("-0.014") if fault == "credit" else draw(st.sampled_from([one.cost, Decimal(3)]))
            found.append(replace(record, cost=cost, place=replace(record.place, row=number + 500)))
    return draw(st.permutations(found)) if draw(st.booleans()) else found


FAULTS = ("", "missing", "otherwise", "other id", "twice", "credit", "credit alone")


def _otherwise(draw: st.DrawFn, record: Call) -> Call:
    later = draw(st.sampled_from([0, 0, 1, -30, 70, 3600, 86_400]))
    return replace(
        record,
        is_billed=draw(st.sampled_from([record.is_billed, True, False, None])),
        cost=draw(st.sampled_from([record.cost, Decimal("0.014"), Decimal("0.02"), None])),
        category=draw(st.sampled_from([record.category, "calls-inbound"])),
        currency=draw(st.sampled_from([record.currency, record.currency, "USD", ""])),
        billed_ms=draw(st.sampled_from([None, 60_000, 120_000])),
        started_at=record.started_at + timedelta(seconds=later),
    )
