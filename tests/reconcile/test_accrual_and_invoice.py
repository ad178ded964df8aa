"""Whatever is billed and expected, the lines for the books are the invoice and what it does not reach."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from addin.reconcile.month_end.accrual import accruals_of, note_beyond
from addin.reconcile.month_end.invoice import BEYOND_BILL, GivenLine, Invoice
from addin.reconcile.reconciliation import Reconciliation
from tests.reconcile.make import bill, call, run, usage
from tests.reconcile.test_invoice import other, ties

NAMES = st.sampled_from(["A", "B", "C"])
HOURS = st.integers(0, 719)
ONE = st.tuples(HOURS, NAMES, st.integers(1, 999), st.integers(1, 999), st.booleans())
"""The hour of the month, the account, expected and billed in 1/1000, and whether it is on the bill."""


def start(hour: int) -> datetime:
    return datetime(2026, 9, 1, tzinfo=UTC) + timedelta(hours=hour)


def check(result: Reconciliation, billed: int, beyond: int, sms: int, tax: int) -> None:
    """Figures in 1/1000: the lines for the books are the invoice's sum and what is accrued beside it."""
    (tie,) = ties(result, Invoice(None, "USD", (GivenLine("VAT", Fraction(tax, 1000)),)))
    lines = accruals_of(result, [tie])
    note_beyond([tie], lines)
    assert tie.sum * 1000 == billed + sms + tax
    assert sum(one.beyond for one in lines) * 1000 == beyond
    assert sum(one.amount for one in lines) * 1000 == billed + sms + tax + beyond
    told = [line.cost for line in tie.lines if line.kind == BEYOND_BILL]
    assert told == [Fraction(beyond, 1000)] * (beyond > 0)
    for one in lines:
        assert one.amount == (one.billed or 0) + one.beyond + one.other + one.given


@given(
    st.lists(ONE, min_size=1, max_size=12, unique_by=lambda one: one[0]),
    st.sampled_from([(True, True), (True, False), (False, True), (False, False)]),
    st.integers(-500, 500),
)
def test_the_books_are_the_invoice_and_what_it_does_not_reach_by_call_records(
    ones: list[tuple[int, str, int, int, bool]], named: tuple[bool, bool], tax: int
) -> None:
    ones[0] = (*ones[0][:4], True)
    log, bills = [], []
    ends: dict[str, int] = {}
    for hour, name, ours, theirs, is_billed in ones:
        changes = {"started_at": start(hour)}
        log.append(call(f"H{hour}", 61, cost=Decimal(ours) / 1000, account=name * named[0], **changes))
        if is_billed:
            cost = Decimal(theirs) / 1000
            bills.append(bill(f"H{hour}", 61, cost=cost, account=name * named[1], **changes))
            key = name if all(named) else ""
            ends[key] = max(hour, ends.get(key, 0))
    beyond = sum(
        ours
        for hour, name, ours, _, is_billed in ones
        if not is_billed and hour > ends.get(name if all(named) else "", -1)
    )
    billed = sum(theirs for *_, theirs, is_billed in ones if is_billed)
    check(run(log, bills), billed, beyond, 0, tax)


@given(
    st.lists(ONE, min_size=1, max_size=12, unique_by=lambda one: one[0]),
    st.dictionaries(st.tuples(NAMES, st.integers(1, 30)), st.integers(1, 999), min_size=1, max_size=12),
    st.booleans(),
    st.integers(0, 500),
)
def test_the_books_are_the_invoice_and_what_it_does_not_reach_by_usage_records(
    ones: list[tuple[int, str, int, int, bool]],
    days: dict[tuple[str, int], int],
    log_names: bool,
    sms: int,
) -> None:
    log = [
        call(f"H{hour}", 61, cost=Decimal(ours) / 1000, account=name * log_names, started_at=start(hour))
        for hour, name, ours, *_ in ones
    ]
    bills = [
        usage(1, "2", f"{cost}e-3", account=name, start_on=date(2026, 9, day), end_on=date(2026, 9, day))
        for (name, day), cost in days.items()
    ]
    messages = other("sms", f"{sms}e-3", account=min(name for name, _ in days))
    covered = {day for _, day in days}
    by_name = log_names and {name for _, name, *_ in ones} & {name for name, _ in days}
    beyond = 0
    for hour, name, ours, *_ in ones:
        day = hour // 24 + 1
        beyond += ours if ((name, day) not in days if by_name else day not in covered) else 0
    check(run(log, [*bills, messages]), sum(days.values()), beyond, sms, 0)
