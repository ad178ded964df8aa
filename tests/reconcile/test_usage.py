"""Which usage records make the bill's total, and what a pattern of differences is taken for."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest

from addin.errors import TollsheetError
from addin.reconcile.lines import BILLED, EXPECTED
from tests.reconcile.make import call, card, kinds, run, step, usage

CLIENT = {"from_number": "client:ann", "category": "calls-client"}


def day(number: int, calls: int, minutes: str, cost: str, category: str = "calls"):
    on = date(2026, 9, number)
    return usage(calls, minutes, cost, category, start_on=on, end_on=on)


def at(number: int, hour: int = 12) -> datetime:
    return datetime(2026, 9, number, hour, tzinfo=UTC)


def test_a_parent_is_never_added_to_its_children():
    records = [
        usage(2, "3", "0.042"),
        usage(1, "2", "0.028", "calls-inbound"),
        usage(1, "2", "0.028", "calls-inbound-local"),
        usage(1, "1", "0.014", "calls-outbound"),
    ]
    result = run([call("C1", 61), call("C2", 60)], records)
    assert result.verdict == "balanced"
    assert step(result, BILLED) == (2, 3, Fraction("0.042"))


def test_children_count_where_no_parent_is_given():
    records = [
        usage(1, "2", "0.028", "calls-inbound-local"),
        usage(1, "1", "0.014", "calls-inbound-mobile"),
        usage(1, "1", "0.014", "calls-outbound"),
    ]
    log = [call("C1", 61, direction="inbound"), call("C2", 60, direction="inbound"), call("C3", 60)]
    result = run(log, records)
    assert result.verdict == "balanced"
    assert sorted(unit for unit, _ in result.comparison.categories) == ["calls-inbound", "calls-outbound"]


def test_client_calls_are_apart_from_calls():
    log = [call("C1", 61), call("C2", 60, **CLIENT)]
    result = run(log, [usage(1, "2", "0.028"), usage(1, "1", "0.014", "calls-client")])
    assert result.verdict == "balanced"
    swapped = run(log, [usage(2, "3", "0.042"), usage(0, "0", "0", "calls-client")])
    assert step(swapped, BILLED) == step(swapped, EXPECTED)
    assert swapped.verdict == "out of balance"
    assert kinds(swapped) == [("category", ""), ("category", "")]
    assert "client calls counted as calls" in swapped.patterns[0]


def test_messages_and_totals_are_no_calls():
    extra = [usage(9, "9", "0.1", "sms", unit="segments"), usage(0, "9", "9", "totalprice", unit="usd")]
    assert run([call("C1", 61)], [usage(1, "2", "0.028"), *extra]).verdict == "balanced"


def test_days_make_the_total_where_the_month_has_no_record_of_its_own():
    log = [call("C1", 61, started_at=at(3)), call("C2", 60, started_at=at(4))]
    assert run(log, [day(3, 1, "2", "0.028"), day(4, 1, "1", "0.014")]).verdict == "balanced"
    both = run(log, [usage(2, "3", "0.042"), day(3, 1, "2", "0.028"), day(4, 1, "1", "0.014")])
    assert both.verdict == "balanced"
    assert step(both, BILLED)[0] == 2


def test_a_month_that_contradicts_its_days_is_a_finding():
    result = run([call("C1", 61, started_at=at(3))], [usage(1, "2", "0.028"), day(3, 1, "1", "0.014")])
    assert kinds(result) == [("category", ""), ("day", "")]
    assert "its own days sum to" in result.findings[0].note


def test_a_day_that_differs_is_found_with_its_category():
    log = [call("C1", 61, started_at=at(3)), call("C2", 60, started_at=at(4))]
    result = run(log, [day(3, 1, "2", "0.028"), day(4, 2, "2", "0.028")])
    assert kinds(result) == [("category", ""), ("day", "")]
    assert result.findings[1].note.startswith("2026-09-04 (calls)")
    assert step(result, "unexplained") == (1, 1, Fraction("0.014"))


def test_opposite_differences_of_two_categories_do_not_hide_a_day():
    log = [call("C1", 60, started_at=at(3)), call("C2", 60, started_at=at(4), **CLIENT)]
    records = [
        day(3, 0, "0", "0"),
        day(3, 1, "1", "0.014", "calls-client"),
        day(4, 1, "1", "0.014"),
        day(4, 0, "0", "0", "calls-client"),
    ]
    result = run(log, records)
    assert result.verdict == "out of balance"
    assert kinds(result) == [("day", ""), ("day", "")]


def test_the_same_record_twice_counts_once_and_is_named():
    older = usage(1, "1", "0.01", as_of=at(28))
    latest = usage(1, "2", "0.028", as_of=at(29))
    result = run([call("C1", 61)], [latest, older])
    assert kinds(result) == [("duplicate", "")]
    assert result.findings[0].bill == older.place
    assert result.verdict == "balanced"


def test_a_record_that_crosses_the_month_is_named_not_split():
    crossing = usage(3, "3", "0.042", start_on=date(2026, 8, 15), end_on=date(2026, 10, 13))
    result = run([call("C1", 61)], [usage(1, "2", "0.028"), crossing])
    assert kinds(result) == [("unreadable", "")]
    assert result.verdict == "out of balance"
    with pytest.raises(TollsheetError, match="no usage of calls within 2026-09"):
        run([call("C1", 61)], [usage(1, "1", "0.1", "sms", unit="segments")])


def test_overlapping_spans_are_refused():
    first = usage(1, "1", "0.014", start_on=date(2026, 9, 1), end_on=date(2026, 9, 15))
    second = usage(1, "1", "0.014", start_on=date(2026, 9, 15), end_on=date(2026, 9, 30))
    with pytest.raises(TollsheetError, match="some days that other records cover too"):
        run([call("C1", 61)], [first, second])


def test_everything_on_the_last_day_is_a_wrong_end_of_the_export():
    result = run([call("C1", 61, started_at=at(3))], [day(3, 1, "2", "0.028"), day(30, 4, "4", "0.056")])
    assert "'<= 2026-09-30'" in result.patterns[0]
    assert "'<= 2026-09-30'" in result.findings[0].note


def test_a_constant_shift_is_a_time_zone():
    log = [call(f"C{n}", 60, started_at=at(n, 22)) for n in range(3, 25)]
    days = [day(n + 1, 1, "1", "0.014") for n in range(3, 25)]
    result = run(log, days)
    assert [pattern[:60] for pattern in result.patterns] == [
        "Every day agrees if the log's starts are moved by +2 h: usua"
    ]
    assert "moved by +2 h" in result.findings[0].note


def test_no_pattern_is_claimed_where_none_fits():
    log = [call(f"C{n}", 60, started_at=at(n)) for n in range(3, 25)]
    days = [day(n, 1 + (n in (5, 9)), "1", "0.014") for n in range(3, 25)]
    assert run(log, days).patterns == []


def test_an_account_that_the_bill_leaves_out_is_named():
    log = [call("C1", 61, account="AC1"), call("C2", 30, account="AC2"), call("C3", 200, account="AC3")]
    result = run(log, [usage(2, "6", "0.084")])
    assert result.patterns == [
        "The difference is exactly account AC2: usually an export of the bill whose scope leaves it out."
    ]
    other = usage(1, "1", "0.014", account="AC2")
    by_account = run(log[::2], [usage(2, "6", "0.084", account="AC1"), other])
    assert by_account.patterns == [
        "The difference is exactly account AC2: usually an export of the log whose scope leaves it out."
    ]


def test_currency_of_the_log_that_the_bill_does_not_have():
    log = [call("C1", 61), call("C2", 30, currency="EUR")]
    result = run(log, [usage(1, "2", "0.028")])
    assert kinds(result) == [("currency", "C2")]
    assert result.verdict == "out of balance"
    assert step(result, EXPECTED, "EUR")[0] == 1


def test_fractions_of_usage_minutes_are_exact():
    result = run([call("C1", 61)], [usage(1, "2.0001", "0.028")])
    assert step(result, "unexplained")[1] == Fraction(1, 10_000)
    result = run([call("C1", 61)], [usage(1, "2.000007", "0.028")])
    assert step(result, "unexplained")[1] == Fraction(7, 1_000_000), "no rounding of whole milliseconds"


@pytest.mark.parametrize(
    "written", ["6.65", "6.65000", "6.650000000000001", "6.6499999999999995", "6.649999"]
)
def test_usage_in_minutes_is_of_whole_milliseconds(written: str) -> None:
    """A float has its last digits wrong: the month was out of balance by 0 min."""
    by_second = card({"prefix": "", "rate": "0.01", "currency": "USD", "minimum": 1, "increment": 1})
    calls = [call("C1", 133), call("C2", 133), call("C3", 133)]
    result = run(calls, [usage(3, written, "0.06651")], by_second)
    assert (result.verdict, step(result, EXPECTED)[1]) == ("balanced", Fraction("6.65"))


def test_shift_needs_half_hours_only():
    log = [call(f"C{n}", 60, started_at=at(n, 20)) for n in range(3, 25)]
    shifted = [day((at(n, 20) + timedelta(hours=5.5)).day, 1, "1", "0.014") for n in range(3, 25)]
    assert "+4 h" in run(log, shifted).patterns[0]
