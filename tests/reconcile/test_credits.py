"""Credits: a negative amount beside the charge of a call counts with it, whatever the order of the rows."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addin.reconcile.lines import BILLED, CREDIT, DUPLICATES, RATE, STEPS, UNEXPLAINED
from addin.reconcile.reconciliation import Question, Reconciliation, reconcile
from addin.records.call import Call, Records
from tests.reconcile.make import MONTH, START, bill, call, card, kinds, later, run, source, step, usage

UPDATED = datetime(2026, 9, 20, tzinfo=UTC)


def rows(*costs: str, **changes: object) -> list[Call]:
    """Rows of one call at these prices, of equal text where the price is the same."""
    return [bill("P1", 60, cost=Decimal(cost), **{"row_values": ("P1", cost), **changes}) for cost in costs]


def cost_of(result: Reconciliation) -> Fraction:
    """The billed cost; the bridge must sum to it, exactly."""
    steps = result.bridges["USD"]
    from_expected = STEPS[STEPS.index("expected") : -1]
    assert sum((steps[name].cost for name in from_expected), Fraction(0)) == steps[BILLED].cost
    assert sum(steps[name].calls for name in from_expected) == steps[BILLED].calls
    assert sum(pair.billed.cost for pair in result.comparison.categories.values()) == steps[BILLED].cost
    assert sum(pair.billed.cost for pair in result.comparison.days.values()) == steps[BILLED].cost
    return steps[BILLED].cost


@pytest.mark.parametrize(
    ("costs", "net"),
    [
        (("0.03", "-0.02"), "0.01"),
        (("0.03", "-0.03"), "0"),
        (("0.03", "-0.02", "-0.02"), "0.01"),  # the credit twice in one file is one credit
        (("0.03", "-0.02", "-0.005"), "0.005"),
        (("0.03", "0.03", "-0.02"), "0.01"),
        (("0.03", "-0.03", "0.01"), "0.01"),  # taken back in full and priced anew
    ],
)
def test_charge_and_credit_both_count_in_any_order(costs: tuple[str, ...], net: str) -> None:
    for ordered in set(permutations(rows(*costs))):
        result = run([call("P1", 60, cost=Decimal("0.01"))], list(ordered))
        assert cost_of(result) == Fraction(net)
        assert step(result, BILLED)[:2] == (1, 1), "a credit is no second call"
        found = [(kind, call_id) for kind, call_id in kinds(result) if kind != "duplicate"]
        assert found == ([] if net == "0.01" else [("rate", "P1")])


@given(
    st.lists(st.integers(1, 90), min_size=1, max_size=5),
    st.lists(st.tuples(st.integers(0, 4), st.integers(1, 90)), max_size=6, unique=True),
    st.randoms(use_true_random=False),
)
def test_the_sum_is_that_of_the_rows(
    charges: list[int], credits: list[tuple[int, int]], random: object
) -> None:
    """Each id has one charge and any credits of other amounts; ids without a charge are credits by
    themselves."""
    ids = [f"C{number}" for number in range(len(charges))]
    start = {one: later(600 * number) for number, one in enumerate([*ids, "C4", "C3", "C2", "C1"])}
    log = [call(one, 60, started_at=start[one], cost=Decimal("0.01")) for one in ids]
    records = [
        bill(one, 60, started_at=start[one], cost=Decimal(charge) / 100)
        for one, charge in zip(ids, charges, strict=True)
    ]
    for number, back in credits:
        one = f"C{number}"
        seconds = 60 if one in ids else 0
        records.append(bill(one, seconds, started_at=start[one], cost=-Decimal(back) / 100))
    random.shuffle(records)  # type: ignore[attr-defined]
    result = run(log, records)
    assert cost_of(result) == Fraction(sum(charges) - sum(back for _, back in credits), 100)
    assert step(result, BILLED)[0] == len(charges)


def test_a_version_with_a_later_update_time_replaces_and_is_no_credit() -> None:
    first = bill("P1", 60, cost=Decimal("0.03"), updated_at=UPDATED)
    second = bill("P1", 60, cost=Decimal("-0.02"), updated_at=UPDATED + timedelta(days=1))
    for billed in ([first, second], [second, first]):
        result = run([call("P1", 60, cost=Decimal("0.01"))], billed)
        assert cost_of(result) == Fraction("-0.02")
        assert [line.copy for line in result.bill if line.step == DUPLICATES] == ["older copy, other cost"]


def test_the_net_price_is_compared_and_its_rows_are_named() -> None:
    charge, credit = rows("0.05", "-0.02")
    result = run([call("P1", 60, cost=Decimal("0.01"))], [credit, charge])
    (finding,) = result.findings
    assert (finding.kind, finding.variance.cost) == ("rate", Fraction("0.02"))
    assert f"Charged 0.05 USD, of which 0.02 USD is credited ({credit.place})." in finding.note
    assert "1 credit (-0.02 USD) counted with the charges of the same calls." in result.facts


def test_a_credit_of_a_call_that_the_log_lacks_makes_it_cheaper() -> None:
    billed = [*rows("0.05", "-0.02"), bill("A", 60, started_at=later(900), cost=Decimal("0.01"))]
    result = run([call("A", 60, started_at=later(900), cost=Decimal("0.01"))], billed)
    assert step(result, "missing in log") == (1, 1, Fraction("0.03"))
    (finding,) = result.findings
    assert (finding.kind, finding.variance.cost) == ("missing-in-log", Fraction("0.03"))


def test_a_credit_without_talked_time_is_no_call_and_takes_no_call_of_the_log() -> None:
    log = [call("A", 60, cost=Decimal("0.01")), call("B", 60, started_at=later(900), cost=Decimal("0.01"))]
    billed = [bill("CR", 0, cost=Decimal("-0.50")), bill("A", 60, cost=Decimal("0.01"))]
    billed.append(bill("B", 60, started_at=later(900), cost=Decimal("0.01")))
    result = run(log, billed)
    assert cost_of(result) == Fraction("-0.48")
    assert step(result, BILLED)[:2] == (2, 2)
    assert step(result, "missing in log") == (0, 0, 0)
    assert step(result, RATE) == (0, 0, 0), "a credit of no call is no price of one"
    assert step(result, UNEXPLAINED) == (0, 0, Fraction("-0.50"))
    assert any(
        "without a charge of its call: no call, counted in step 'unexplained'." in f for f in result.facts
    )
    assert kinds(result) == [("credit", "CR")]
    assert not any("missing in the log" in fact for fact in result.facts)
    assert [line.step for line in result.bill] == [CREDIT, "matched", "matched"]


def test_a_credit_of_no_call_is_part_of_the_sum_that_usage_records_are_held_against() -> None:
    log, credit = [call("A", 60, cost=Decimal("0.01"))], bill("CR", 0, cost=Decimal("-0.50"))
    charge = bill("A", 60, cost=Decimal("0.01"))
    agreeing = run(log, [charge, credit, usage(1, "1", "-0.49")])  # type: ignore[list-item]
    assert kinds(agreeing) == [("credit", "CR")]
    assert step(agreeing, UNEXPLAINED)[2] == Fraction("-0.50")
    without = run(log, [charge, credit, usage(1, "1", "0.01")])  # type: ignore[list-item]
    assert kinds(without) == [("credit", "CR"), ("category", "")]
    assert without.findings[1].variance.cost == Fraction("0.50")
    assert step(without, UNEXPLAINED)[2] == 0


def test_a_credit_dated_by_its_own_day_goes_with_its_charge() -> None:
    billed = [*rows("0.03"), *rows("-0.02", started_at=START + timedelta(days=3), duration_ms=0)]
    result = run([call("P1", 60, cost=Decimal("0.01"))], billed)
    assert cost_of(result) == Fraction("0.01")
    assert result.verdict == "balanced"


@pytest.mark.parametrize("rates", [None, card({"prefix": "", "rate": "0.01", "currency": "USD"})])
def test_a_log_with_the_same_credits_agrees_with_its_bill(rates: object) -> None:
    log = [call("P1", 60, cost=Decimal(cost), row_values=("P1", cost)) for cost in ("0.03", "-0.02")]
    for ours in (log, log[::-1]):
        result = run(ours, rows("0.03", "-0.02"), rates)  # type: ignore[arg-type]
        assert result.verdict == "balanced"
        assert step(result, "expected") == (1, 1, Fraction("0.01"))


@pytest.mark.parametrize(("priced", "found"), [(False, []), (True, [("price-pending", "B")])])
def test_a_log_without_any_price_lacks_none_where_a_rate_card_is_given(
    priced: bool, found: list[tuple[str, str]]
) -> None:
    """The column is there, and blank; where other rows of it are filled, a blank one is a finding."""
    log = [call("A", 61, cost=Decimal("0.028") if priced else None), call("B", 61, cost=None)]
    side = replace(source("log.csv"), has_prices=True)
    billed = Records(calls=(bill("A", 61), bill("B", 61)), sources=(source("bill.csv"),))
    result = reconcile(Records(calls=tuple(log), sources=(side,)), billed, Question(MONTH), card())
    assert kinds(result) == found
    assert result.verdict == "balanced"


def test_a_call_that_is_priced_anew_says_so() -> None:
    result = run([call("P1", 60, cost=Decimal("0.01"))], rows("0.03", "-0.03", "0.01"))
    assert result.findings == []
    assert "1 credit (-0.03 USD) counted with the charges of the same calls." in result.facts
    said = "1 other charge (0.03 USD) of calls that are priced anew counted with them."
    assert said in result.facts


def test_a_copy_of_a_credit_is_nothing_to_dispute_and_in_no_question() -> None:
    result = run([call("P1", 60, cost=Decimal("0.03"))], rows("0.03", "-0.02", "-0.02"))
    (copy,) = [one for one in result.findings if one.kind == "duplicate"]
    assert copy.note.endswith(
        " It is a credit: if the invoice gives 0.02 USD twice, the bill gives back more than here."
    )
    assert copy.rest is not None
    assert (copy.rest.calls, copy.rest.ms, copy.rest.cost) == (0, 0, 0)
    assert (
        "Left out of the bill: 1 copy of a credit (-0.02 USD). With them its records sum to -0.01 USD."
        in result.facts
    )
