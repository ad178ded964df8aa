"""Each step of the bridge by itself, in both modes, and the whole column."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from addin.errors import TollsheetError
from addin.reconcile.lines import BILLED, EXPECTED, STEPS
from addin.reconcile.measure import Tolerance
from addin.records.call import Place, Unreadable
from tests.reconcile.make import START, bill, call, card, kinds, later, run, step, usage


def f(text: str) -> Fraction:
    return Fraction(text)


def test_a_balanced_month_by_usage_records():
    result = run([call("C1", 61), call("C2", 60)], [usage(2, "3", "0.042")])
    assert result.verdict == "balanced"
    assert kinds(result) == []
    assert step(result, "talked") == (2, Fraction(121, 60), f("0.042"))
    assert step(result, "rounding") == (0, 3 - Fraction(121, 60), 0)
    assert step(result, EXPECTED) == step(result, BILLED) == (2, 3, f("0.042"))


def test_the_log_s_own_prices_leave_no_rounding_of_cost_and_a_rate_card_does():
    log = [call("C1", 61)]
    assert step(run(log, [usage(1, "2", "0.028")]), "rounding")[2] == 0
    by_card = run(log, [usage(1, "2", "0.028")], card())
    assert step(by_card, "talked")[2] == Fraction(61, 60) * f("0.014")
    assert step(by_card, "rounding")[2] == f("0.028") - Fraction(61, 60) * f("0.014")


@pytest.mark.parametrize(
    ("name", "kind", "changes"),
    [
        ("outside the month", None, {"started_at": datetime(2026, 10, 1, tzinfo=UTC)}),
        ("outside the month", None, {"started_at": datetime(2026, 8, 31, 23, 59, 59, tzinfo=UTC)}),
        ("not billed", None, {"status": "busy", "is_billed": False, "duration_ms": 0, "cost": None}),
        ("unknown status", "unknown-status", {"status": "answered?", "is_billed": None}),
    ],
)
def test_a_row_leaves_at_its_step(name: str, kind: str | None, changes: dict[str, object]):
    odd = call("C2", 30, **changes)
    result = run([call("C1", 61), odd], [usage(1, "2", "0.028")])
    cost = Fraction(odd.cost or 0)
    assert step(result, name) == (-1, -Fraction(odd.duration_ms, 60_000), -cost)
    assert step(result, EXPECTED) == (1, 2, f("0.028"))
    assert kinds(result) == ([(kind, "C2")] if kind else [])
    assert result.verdict == ("out of balance" if kind else "balanced")


def test_the_last_second_of_the_month_is_in_it():
    last = call("C1", 30, started_at=datetime(2026, 9, 30, 23, 59, 59, 999000, tzinfo=UTC))
    assert run([last], [usage(1, "1", "0.014")]).verdict == "balanced"


def test_identical_rows_and_older_copies_are_duplicates():
    same = call("C1", 61, row_values=("C1", "x"))
    again = call("C1", 61, row_values=("C1", "x"))
    older = call("C2", 10, updated_at=START, row_values=("C2", "old"))
    latest = call("C2", 61, updated_at=later(90), row_values=("C2", "new"))
    result = run([same, again, latest, older], [usage(2, "4", "0.056")])
    assert result.verdict == "balanced"
    assert kinds(result) == [("duplicate", "C1"), ("duplicate", "C2")]
    assert [finding.log for finding in result.findings] == [again.place, older.place]
    assert step(result, "duplicates") == (-2, -Fraction(71, 60), f("-0.042"))


def test_the_first_step_that_applies_takes_the_row():
    outside = datetime(2026, 10, 2, tzinfo=UTC)
    rows = [call("C1", 61), call("C3", 5, started_at=outside, is_billed=None, status="odd")]
    result = run(rows, [usage(1, "2", "0.028")])
    assert step(result, "outside the month")[0] == -1
    assert step(result, "unknown status")[0] == 0
    assert kinds(result) == []


def test_a_call_that_no_row_covers_is_unrated_not_free():
    odd = call("C2", 30, to_number="+8835100")
    result = run(
        [call("C1", 61), odd],
        [usage(1, "2", "0.028")],
        card({"prefix": "44", "rate": "0.014", "currency": "USD"}),
    )
    assert step(result, "unrated") == (-1, Fraction(-1, 2), 0)
    assert kinds(result) == [("no-rate", "C2")]
    assert result.verdict == "out of balance"


def test_a_pending_price_keeps_the_call_and_its_minutes():
    late = call("C2", 30, cost=None)
    result = run([call("C1", 61), late], [usage(2, "3", "0.028")])
    assert step(result, EXPECTED) == (2, 3, f("0.028"))
    assert kinds(result) == [("price-pending", "C2")]
    assert result.verdict == "balanced"


def test_where_all_prices_of_the_log_are_pending_the_steps_still_lead_to_the_billed_total():
    log = [call("C1", 61, cost=None), call("C2", started_at=datetime(2026, 10, 1, tzinfo=UTC))]
    result = run(log, [bill("C1", 61), bill("C3", 61)])
    assert result.cost_basis == "log prices"
    assert step(result, "rate") == (0, 0, f("0.028"))
    assert step(result, "missing in log") == (1, 2, f("0.028"))
    assert step(result, EXPECTED)[2] == 0
    assert step(result, BILLED)[2] == f("0.056")


def test_calls_missing_on_a_side():
    result = run([call("C1", 61), call("C2", 30)], [bill("C1", 61), bill("C3", 10, started_at=later(2))])
    assert step(result, "missing in bill") == (-1, -1, f("-0.014"))
    assert step(result, "missing in log") == (1, 1, f("0.014"))
    assert step(result, "unexplained") == (0, 0, 0)
    assert kinds(result) == [("missing-in-bill", "C2"), ("missing-in-log", "C3")]
    assert result.verdict == "out of balance"


def test_a_call_that_only_one_side_counts_as_answered():
    busy = {"status": "busy", "is_billed": False, "duration_ms": 0, "cost": None}
    result = run([call("C1", 61), call("C2", 30, **busy)], [bill("C1", 61, **busy), bill("C2", 30)])
    assert step(result, "status") == (0, -1, f("-0.014"))
    assert kinds(result) == [("status", "C1"), ("status", "C2")]
    theirs = result.findings[1]
    assert (theirs.expected.calls, theirs.billed.calls, theirs.variance.cost) == (0, 1, f("0.014"))


def test_time_and_price_of_one_call_are_split():
    result = run([call("C1", 61)], [bill("C1", 125, cost=Decimal("0.05"))], card())
    assert step(result, "duration") == (0, 1, f("0.014"))
    assert step(result, "rate") == (0, 0, f("0.008"))
    assert kinds(result) == [("duration", "C1"), ("rate", "C1")]


def test_time_is_split_at_the_log_s_own_price_without_a_rate_card():
    result = run([call("C1", 61)], [bill("C1", 125, cost=Decimal("0.05"))])
    assert step(result, "duration") == (0, 1, f("0.014"))
    assert step(result, "rate") == (0, 0, f("0.008"))


def test_seconds_that_bill_the_same_are_no_finding():
    result = run([call("C1", 61)], [bill("C1", 65)])
    assert result.verdict == "balanced"
    assert kinds(result) == []


def test_the_bill_s_own_billed_time_counts():
    result = run([call("C1", 61)], [bill("C1", 61, billed_ms=180_000)], card())
    assert step(result, "duration")[1] == 1


def test_the_provider_s_own_sum_may_differ_from_its_call_records():
    result = run([call("C1", 61)], [bill("C1", 61), usage(1, "3", "0.028")])  # type: ignore[list-item]
    assert step(result, "unexplained") == (0, 1, 0)
    assert result.verdict == "out of balance"


def test_a_call_of_the_bill_whose_row_in_the_log_is_unreadable_is_one_finding():
    bad = Unreadable(Place("log.csv", 9), "C2", "duration '12x' is no number")
    result = run([call("C1", 61)], [bill("C1", 61), bill("C2", 61)], unreadable=(bad,))
    assert kinds(result) == [("unreadable", "C2")]
    assert str(result.findings[0].bill).startswith("bill.csv")
    assert step(result, "missing in log") == (1, 2, f("0.028"))


def test_an_unrated_call_that_is_billed_comes_back_as_rate():
    rates = card({"prefix": "44", "rate": "0.014", "currency": "USD"})
    odd = {"to_number": "+8835100"}
    result = run([call("C1", 61), call("C2", 30, **odd)], [bill("C1", 61), bill("C2", 30, **odd)], rates)
    assert step(result, "unrated")[0] == -1
    assert step(result, "rate") == (1, 1, f("0.014"))
    assert kinds(result) == [("no-rate", "C2")]


def test_an_unknown_status_that_is_billed_comes_back_as_status():
    result = run(
        [call("C1", 61), call("C2", 30, status="odd", is_billed=None)], [bill("C1", 61), bill("C2", 30)]
    )
    assert step(result, "unknown status")[0] == -1
    assert step(result, "status") == (1, 1, f("0.014"))
    assert kinds(result) == [("unknown-status", "C2")]


def test_currencies_have_a_bridge_each():
    log = [call("C1", 61), call("C2", 30, currency="EUR", cost=Decimal("0.02"))]
    result = run(log, [bill("C1", 61), bill("C2", 30, currency="EUR", cost=Decimal("0.02"))])
    assert result.verdict == "balanced"
    assert step(result, BILLED, "EUR") == (1, 1, f("0.02"))
    assert step(result, BILLED, "USD") == (1, 2, f("0.028"))


def test_a_call_billed_in_another_currency_is_never_netted():
    result = run([call("C1", 61), call("C2", 30)], [bill("C1", 61), bill("C2", 30, currency="EUR")])
    assert kinds(result) == [("currency", "C2")]
    assert step(result, "missing in bill", "USD") == (-1, -1, f("-0.014"))
    assert step(result, "missing in log", "EUR") == (1, 1, f("0.014"))
    assert result.verdict == "out of balance"


def test_tolerances_are_inclusive_and_hold_for_the_total_too():
    log = [call(f"C{n}", 30) for n in range(3)]
    dearer = [bill(f"C{n}", 30, cost=Decimal("0.024")) for n in range(3)]
    assert run(log, dearer, tolerance=Tolerance(amount=f("0.03"))).verdict == "within tolerance"
    each_but_not_all = run(log, dearer, tolerance=Tolerance(amount=f("0.01")))
    assert each_but_not_all.verdict == "out of balance"
    assert [kind for kind, _ in kinds(each_but_not_all)] == ["category", "day"]
    assert [kind for kind, _ in kinds(run(log, dearer))] == ["rate"] * 3


def test_steps_are_always_all_there_in_order():
    result = run([call("C1", 61)], [usage(1, "2", "0.028")])
    assert tuple(result.bridges["USD"]) == STEPS


def test_another_month_than_the_files_is_refused():
    with pytest.raises(TollsheetError, match=r"call log has nothing in 2026-09; it has 2026-10 \(1\)"):
        run([call("C1", 61, started_at=datetime(2026, 10, 3, tzinfo=UTC))], [usage(1, "2", "0.028")])
    with pytest.raises(TollsheetError, match=r"bill has nothing in 2026-09; it has 2026-10 \(1\)"):
        run([call("C1", 61)], [bill("C1", 61, started_at=datetime(2026, 10, 3, tzinfo=UTC))])


def test_two_rates_in_force_at_once_are_refused_by_name():
    rates = card({"prefix": "44", "rate": "0.014"}, {"prefix": "44", "rate": "0.015"})
    with pytest.raises(TollsheetError, match=r"rows 2 and 3: two rates for prefix '44'"):
        run([call("C1", 61)], [usage(1, "2", "0.028")], rates)


def test_a_pending_price_of_an_unknown_currency_stays_with_its_call():
    log = [call("A"), call("B", currency="EUR"), call("C", currency="")]
    result = run(log, [bill("A"), bill("B", currency="EUR"), bill("C", currency="", cost=None)])
    assert {(line.currency, line.bill.currency) for line in result.log if line.bill} == {
        ("USD", "USD"), ("EUR", "EUR"), ("", ""),
    }  # fmt: skip
    for steps in result.bridges.values():
        between = STEPS[STEPS.index(EXPECTED) + 1 : -1]
        assert sum((steps[name] for name in between), steps[EXPECTED]) == steps[BILLED]
