"""What is disputed and what is not: the provider's to answer, never more than was charged, nothing twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addin.disputes.records import ELSEWHERE, MINUTES, OURS, TOO_LITTLE, UNCLEAR
from addin.disputes.totals import of_unit, too_little, total_of
from addin.errors import TollsheetError
from tests.disputes.make import by_call, month, reconciled, run
from tests.reconcile.make import bill, call, card, usage
from tests.templates.reports import report


@pytest.mark.parametrize(
    ("call_id", "reason", "billed", "expected", "question"),
    [
        ("LONG", "Billed for more time than agreed", "0.028", "0.014", "0.014"),
        ("DEAR", "Billed above the agreed rate", "0.02", "0.014", "0.006"),
        ("BUSY", "Charged, but not answered", "0.014", "0", "0.014"),
        ("EXTRA", "Call not in our records", "0.014", "0", "0.014"),
        ("TWICE", "Charged twice", "0.028", "0", "0.028"),
        ("LATER", "Call of another month", "0.014", "0", "0.014"),
        ("SLOW-CHEAP", "Billed for other time and at another rate", "0.035", "0.028", "0.007"),
    ],
)
def test_each_kind_has_its_reason_and_amount(
    call_id: str, reason: str, billed: str, expected: str, question: str
) -> None:
    one = by_call(run(reconciled(month())))[call_id]
    assert one.reason == reason
    assert (one.billed, one.expected, one.question, one.unit) == (
        Decimal(billed),
        Decimal(expected),
        Decimal(question),
        "USD",
    )


def test_what_is_not_the_providers_is_listed_with_the_reason() -> None:
    made = run(reconciled(month()))
    found = {one.call_id: (one.kind, one.group, one.difference) for one in made.not_disputed}
    assert found == {
        "MISSING": ("missing-in-bill", TOO_LITTLE, Decimal("-0.056")),
        "OURS": ("duplicate", OURS, None),
    }
    assert too_little(made, "USD") == Decimal("-0.056")


def test_disputed_and_too_little_are_the_whole_variance() -> None:
    """By the bridge of the reconciliation; copies stand outside it."""
    whole = month()
    made = run(reconciled(whole))
    counted = [one for one in made.disputes if one.kind != "duplicate"]
    assert whole.variance.cost == total_of(counted).question + too_little(made, "USD")


def test_an_older_version_of_a_record_is_no_second_charge() -> None:
    first, last = (bill("A", 61, updated_at=date_of(day), row_values=(str(day),)) for day in (11, 12))
    made = run(reconciled(report([call("A", 61)], [first, last], card())))
    assert made.disputes == ()
    (one,) = made.not_disputed
    assert (one.kind, one.group) == ("duplicate", ELSEWHERE)


def date_of(day: int) -> object:
    return call().started_at.replace(day=day)


def test_a_day_is_part_of_its_category() -> None:
    """Three days' findings and one of the category: the category alone is disputed."""
    daily = [
        usage(1, "1", cost, start_on=date(2026, 9, day), end_on=date(2026, 9, day))
        for day, cost in ((10, "0.014"), (11, "0.05"))
    ]
    whole = report([call("A", 59)], [usage(2, "2", "0.064"), *daily], card())
    assert [row.kind for row in whole.findings] == ["category", "day"]
    made = run(reconciled(whole))
    assert [(one.subject, one.question) for one in made.disputes] == [("calls", Decimal("0.05"))]
    assert [(one.kind, one.group) for one in made.not_disputed] == [("day", ELSEWHERE)]


def test_a_day_is_disputed_where_its_category_agrees() -> None:
    daily = [
        usage(count, str(count), cost, start_on=date(2026, 9, day), end_on=date(2026, 9, day))
        for day, count, cost in ((10, 0, "0"), (11, 1, "0.014"))
    ]
    made = run(reconciled(report([call("A", 59)], [usage(1, "1", "0.014"), *daily], card())))
    assert [(one.day, one.question) for one in made.disputes] == [(date(2026, 9, 11), Decimal("0.014"))]
    assert [(one.day, one.group, one.difference) for one in made.not_disputed] == [
        (date(2026, 9, 10), TOO_LITTLE, Decimal("-0.014"))
    ]


def test_a_category_that_its_calls_explain_is_not_disputed_on_top() -> None:
    made = run(
        reconciled(report([call("A", 59)], [bill("A", 59, cost=Decimal("0.02")), usage(1, "1", "0.03")]))
    )
    assert [(one.kind, one.question) for one in made.disputes] == [
        ("rate", Decimal("0.006")),
        ("category", Decimal("0.01")),
    ]


def test_minutes_are_disputed_only_where_prices_are_not_known() -> None:
    blank: dict[str, object] = {"cost": None, "currency": ""}
    log = [call("A", 61, **blank), call("B", 10, to_number="+447700900001", **blank)]
    made = run(reconciled(report(log, [bill("A", 61, **blank), bill("C", 10, **blank)])))
    assert [(one.call_id, one.question, one.unit) for one in made.disputes] == [("C", Decimal(1), MINUTES)]
    assert too_little(made, MINUTES) == Decimal(-1)


def test_a_call_that_only_the_bill_knows_has_its_price_though_the_log_has_none() -> None:
    log = [call("A", 61, cost=None, currency="")]
    made = run(reconciled(report(log, [bill("A", 61), bill("X", 61)])))
    assert [(one.call_id, one.question, one.unit) for one in made.disputes] == [
        ("X", Decimal("0.028"), "USD")
    ]


def test_currencies_are_never_netted() -> None:
    made = run(reconciled(report([call("A", 61)], [bill("A", 61, currency="EUR")])))
    assert [(one.kind, one.group) for one in made.not_disputed] == [("currency", UNCLEAR)]
    assert made.disputes == ()


def test_time_and_rate_that_offset_each_other_are_no_dispute() -> None:
    """119 s are 2 minutes; billed 3 minutes at a lower rate, in all what was expected or less."""
    for cost, group in (("0.028", ELSEWHERE), ("0.021", TOO_LITTLE)):
        billed = [bill("A", 125, cost=Decimal(cost))]
        made = run(reconciled(report([call("A", 119)], billed, card())))
        assert made.disputes == ()
        assert [one.group for one in made.not_disputed] == [group]


def test_findings_that_a_person_has_sorted_are_the_same_disputes() -> None:
    whole = reconciled(month())
    other = replace(whole, findings=tuple(reversed(whole.findings)))
    assert by_call(run(other)) == by_call(run(whole))


def test_a_workbook_of_an_earlier_version_disputes_calls_alone() -> None:
    old = reconciled(month())
    rows = tuple(replace(row, rest=None, account="") for row in old.findings)
    made = run(replace(old, findings=rows, says_rest=False))
    assert {one.call_id for one in made.disputes} == {"LONG", "DEAR", "BUSY", "EXTRA", "LATER", "SLOW-CHEAP"}
    assert ("TWICE", UNCLEAR) in {(one.call_id, one.group) for one in made.not_disputed}
    assert "build the reconciliation again" in made.remarks[-1]


def test_a_workbook_of_an_earlier_version_still_disputes_sums_that_no_call_explains() -> None:
    old = reconciled(report([call("A", 59), call("COPY", 5), call("COPY", 5)], [usage(3, "5", "0.07")]))
    rows = tuple(replace(row, rest=None) for row in old.findings)
    made = run(replace(old, findings=rows, says_rest=False))
    assert [(one.subject, one.question) for one in made.disputes] == [("calls", Decimal("0.042"))]


def test_two_reconciliations_of_the_same_calls_are_refused() -> None:
    with pytest.raises(TollsheetError, match=r"Both a.xlsx and b.xlsx dispute LONG of 2026-09"):
        run(reconciled(month(), "a.xlsx"), reconciled(month(), "b.xlsx"))


_COSTS = st.integers(0, 30).map(lambda number: Decimal(number) / 1000)


@given(st.lists(st.tuples(st.integers(1, 200), st.integers(1, 200), _COSTS, _COSTS), min_size=1, max_size=12))
def test_what_is_disputed_never_exceeds_what_was_charged_too_much(
    calls: list[tuple[int, int, Decimal, Decimal]],
) -> None:
    """Against the sums over the calls themselves."""
    log = [call(f"C{n}", ours, cost=cost) for n, (ours, _, cost, _) in enumerate(calls)]
    billed = [bill(f"C{n}", theirs, cost=cost) for n, (_, theirs, _, cost) in enumerate(calls)]
    made = run(reconciled(report(log, billed)))
    differences = [theirs - ours for _, _, ours, theirs in calls]
    disputed = total_of(of_unit(made, "USD")).question
    assert disputed == sum(one for one in differences if one > 0)
    assert too_little(made, "USD") == sum(one for one in differences if one < 0)
