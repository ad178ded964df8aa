"""Ageing at its boundaries, sums against sums of one's own, and choices that cannot be used."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addin.disputes import checks
from addin.disputes.records import CARRIED, GONE, STATUSES, Dispute, Earlier, Entered, Reconciled
from addin.disputes.totals import bucket_of, of_unit, total_of
from addin.errors import TollsheetError
from tests.disputes.make import AS_OF, dispute, month, reconciled, run


@pytest.mark.parametrize(
    ("days", "bucket"),
    [
        (0, "0 to 30 days"),
        (30, "0 to 30 days"),
        (31, "31 to 60 days"),
        (60, "31 to 60 days"),
        (61, "61 to 90 days"),
        (90, "61 to 90 days"),
        (91, "over 90 days"),
        (400, "over 90 days"),
    ],
)
def test_a_boundary_belongs_to_the_younger_bucket(days: int, bucket: str) -> None:
    one = dispute(opened_on=AS_OF - timedelta(days=days))
    assert bucket_of(one.age_on(AS_OF), (30, 60, 90)) == bucket


@pytest.mark.parametrize("buckets", [(), (60, 30), (30, 30), (-1, 5), (30, 4000)])
def test_boundaries_that_do_not_rise_are_refused(buckets: tuple[int, ...]) -> None:
    with pytest.raises(TollsheetError, match="ageing boundaries"):
        run(reconciled(month()), buckets=buckets)


def test_a_day_before_a_dispute_was_opened_is_refused() -> None:
    first = run(reconciled(month()))
    with pytest.raises(TollsheetError, match="was opened on 2026-10-05, after the as-of day 2026-10-04"):
        run(
            reconciled(month()),
            earlier=(Earlier("d.xlsx", first.disputes),),
            as_of=date(2026, 10, 4),
        )


@pytest.mark.parametrize(
    ("entered", "state", "said"),
    [
        (Entered(), CARRIED, ""),
        (Entered("settled"), CARRIED, checks.NO_CREDIT),
        (Entered("settled", credited=Decimal("0.5")), CARRIED, ""),
        (Entered("rejected"), CARRIED, ""),
        (Entered("rejected", credited=Decimal("0.5")), CARRIED, checks.YET_CREDITED),
        (Entered("accepted", credited=Decimal("1.1")), CARRIED, checks.TOO_MUCH),
        (Entered("accepted", credited=Decimal("0.5")), CARRIED, ""),
        (Entered("accepted", credited=Decimal(1)), CARRIED, checks.IN_FULL),
        (Entered("open", credited=Decimal("0.5")), CARRIED, checks.STILL_OPEN),
        (Entered("open"), GONE, checks.NOT_FOUND),
        (Entered("rejected"), GONE, ""),
    ],
)
def test_what_is_amiss_is_named(entered: Entered, state: str, said: str) -> None:
    assert checks.to_check(dispute("1", entered=entered, state=state)) == said


_AMOUNTS = st.integers(1, 10**9).map(lambda number: Decimal(number) / 10**6)
_DISPUTES = st.builds(
    lambda number, question, credited, status, unit: dispute(
        str(question), unit, call_id=f"C{number}", entered=Entered(status, credited=credited)
    ),
    st.integers(0, 10**6),
    _AMOUNTS,
    st.none() | _AMOUNTS,
    st.sampled_from(STATUSES),
    st.sampled_from(("USD", "EUR")),
)


@given(st.lists(_DISPUTES, max_size=15, unique_by=lambda one: one.call_id))
def test_sums_are_those_of_one_s_own_and_add_up(disputes: list[Dispute]) -> None:
    sheet = Earlier("d.xlsx", tuple(disputes), replaced=True)
    made = run(Reconciled("october.xlsx", "2026-10", ()), earlier=(sheet,))
    own: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for one in disputes:
        own[one.unit, "question"] += one.question
        own[one.unit, "credited"] += one.entered.credited or 0
        if one.status in ("open", "accepted"):
            own[one.unit, "outstanding"] += one.question - (one.entered.credited or 0)
    for unit in made.units:
        total = total_of(of_unit(made, unit))
        for name in ("question", "credited", "outstanding"):
            assert getattr(total, name) == own[unit, name]
        assert total.question == total.credited + total.outstanding + total.given_up
