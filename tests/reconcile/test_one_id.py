"""Many calls under one id: each row goes to its own call, and tens of thousands of them take no time."""

from __future__ import annotations

import time
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addin.reconcile.duplicates import find_duplicates
from addin.records.call import Call
from tests.reconcile.make import START, call

MINUTES = st.integers(0, 12).map(lambda quarter: timedelta(minutes=20 * quarter))
ROWS = st.lists(st.tuples(st.sampled_from("12"), MINUTES, st.none() | MINUTES), max_size=12)


def is_same(one: Call, other: Call) -> bool:
    """The rule in words: both have an update time, or the same numbers and an hour at the most between."""
    if one.updated_at and other.updated_at:
        return True
    return one.to_number == other.to_number and abs(one.started_at - other.started_at) <= timedelta(hours=1)


@given(ROWS)
def test_a_row_belongs_to_the_first_call_that_it_may_be(rows: list[tuple[str, timedelta, timedelta]]) -> None:
    calls = [
        call("#N/A", to_number=number, started_at=START + at, updated_at=None if new is None else START + new)
        for number, at, new in rows
    ]
    groups: list[list[Call]] = []
    for one in calls:
        group = next((group for group in groups if is_same(group[0], one)), None)
        if group is None:
            groups.append([one])
        else:
            group.append(one)
    dropped = find_duplicates(calls)
    assert len(calls) - len(dropped) == len(groups)
    for group in groups:
        (kept,) = (one for one in group if calls.index(one) not in dropped)
        assert all(dropped[calls.index(one)].kept is kept for one in group if one is not kept)


@pytest.mark.parametrize("turned", [False, True])
def test_a_known_price_is_kept_in_whatever_order_files_are_named(turned: bool) -> None:
    """An early export has calls whose price was still pending."""
    pending, priced = call(cost=None), call(cost=Decimal("0.028"))
    calls = [priced, pending] if turned else [pending, priced]
    ((index, dropped),) = find_duplicates(calls).items()
    assert (calls[index], dropped.kept, dropped.copy) == (pending, priced, "unpriced copy")


def test_the_providers_update_time_decides_before_any_price() -> None:
    """It may have taken a price back."""
    earlier = call(updated_at=START, cost=Decimal("0.028"))
    later = call(updated_at=START + timedelta(hours=1), cost=None)
    assert find_duplicates([later, earlier])[1].kept is later


def test_tens_of_thousands_of_calls_under_one_id_are_compared_at_once() -> None:
    """Row by row with every other it took a minute and more."""
    calls = [
        call("#N/A", to_number=f"+4477{number:08}", started_at=START + timedelta(hours=2 * (number % 99)))
        for number in range(30_000)
    ]
    began = time.perf_counter()
    assert find_duplicates([*calls, *calls[:7]]).keys() == set(range(30_000, 30_007))
    assert time.perf_counter() - began < 10
