"""Months with two things wrong at once, and inputs that invite a wrong answer: what was once told badly."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from addin.errors import TollsheetError
from addin.reconcile.lines import BILLED, EXPECTED
from addin.reconcile.measure import Tolerance
from addin.records.call import Place, Recording, Unreadable
from tests.reconcile.make import START, bill, call, card, kinds, later, run, step, usage

MIDNIGHT = datetime(2026, 10, 1, tzinfo=UTC)
WEIRD = {"status": "weird", "is_billed": None, "cost": None}
PENDING = {"cost": None}


def day(number: int, calls: int, minutes: str, cost: str, **changes: object):
    on = date(2026, 9, number)
    return usage(calls, minutes, cost, start_on=on, end_on=on, **changes)


def test_children_count_for_an_account_that_has_no_parent_though_another_has() -> None:
    records = [
        usage(1, "2", "0.028", account="AC1"),
        usage(1, "1", "0.014", "calls-inbound", account="AC2"),
        usage(1, "1", "0.014", "calls-outbound", account="AC2"),
    ]
    log = [call("C1", 61), call("C2", 60, account="AC2", direction="inbound"), call("C3", 60, account="AC2")]
    result = run(log, records)
    assert step(result, BILLED) == (3, 4, Fraction("0.056"))
    assert result.verdict == "balanced"


def test_days_and_a_longer_span_make_a_month_together() -> None:
    rest = usage(1, "2", "0.028", start_on=date(2026, 9, 3), end_on=date(2026, 9, 30))
    log = [call("C1", 60, started_at=START.replace(day=1)), call("C2", 61)]
    result = run(log, [day(1, 1, "1", "0.014"), day(2, 0, "0", "0"), rest])
    assert result.verdict == "balanced"
    assert result.comparison.days == {}


def test_children_of_one_parent_may_be_given_by_month_and_by_day() -> None:
    local = usage(1, "2", "0.028", "calls-inbound-local")
    mobile = day(10, 1, "1", "0.014", category="calls-inbound-mobile")
    log = [call("C1", 61, direction="inbound"), call("C2", 60, direction="inbound")]
    assert run(log, [local, mobile]).verdict == "balanced"


def test_two_usage_records_that_contradict_each_other_are_refused() -> None:
    with pytest.raises(TollsheetError, match=r"given twice with different figures, at usage.csv:\d+ and"):
        run([call("C1", 61)], [usage(1, "2", "0.028"), usage(1, "2", "0.05")])


def test_one_sum_with_more_decimals_than_its_copy_contradicts_nothing() -> None:
    """833 seconds, as two programs write them."""
    copies = [usage(1, minutes, "0.196") for minutes in ("13.883333", "13.883333333333")]
    assert step(run([call("C1", 833)], copies), BILLED) == (1, Fraction(833, 60), Fraction("0.196"))
    with pytest.raises(TollsheetError, match="given twice with different figures"):
        run([call("C1", 833)], [usage(1, "13.8833", "0.196"), usage(1, "13.89", "0.196")])


def test_time_and_rate_that_are_too_much_only_together_are_found() -> None:
    tolerance = Tolerance(minutes=Fraction(10), amount=Fraction("0.05"))
    result = run([call("C1", 61)], [bill("C1", 185, cost=Decimal("0.088"))], card(), tolerance)
    assert kinds(result) == [("duration", "C1"), ("rate", "C1")]
    assert result.verdict == "out of balance"
    within = run([call("C1", 61)], [bill("C1", 185, cost=Decimal("0.078"))], card(), tolerance)
    assert (kinds(within), within.verdict) == ([], "within tolerance")


def test_a_provider_s_sum_unlike_its_records_is_a_finding() -> None:
    result = run([call("C1", 61)], [bill("C1", 61), usage(1, "3", "0.028")])  # type: ignore[list-item]
    assert kinds(result) == [("category", "")]
    assert "its call records sum to 1 call, 2 min" in result.findings[0].note


def test_without_prices_on_a_side_only_minutes_meet_the_tolerance() -> None:
    bare = {"cost": None, "currency": ""}
    tolerance = Tolerance(minutes=Fraction(5))
    result = run(
        [call("C1", 61, **bare)], [bill("C1", 61), bill("C2", 61, started_at=later(9))], None, tolerance
    )
    assert (kinds(result), result.verdict) == ([], "within tolerance")


def test_an_unknown_status_on_the_bill_is_one_finding() -> None:
    result = run([call("C1", 61), call("C2", 30)], [bill("C1", 61), bill("C2", 30, **WEIRD)])
    assert kinds(result) == [("unknown-status", "C2")]
    both = run([call("C1", 61), call("C2", 30, **WEIRD)], [bill("C1", 61), bill("C2", 30, **WEIRD)])
    assert kinds(both) == [("unknown-status", "C2")]
    assert both.verdict == "out of balance"


def test_a_call_whose_row_on_the_bill_is_unreadable_is_one_finding() -> None:
    from addin.reconcile.reconciliation import Question, reconcile
    from addin.records.call import Records
    from tests.reconcile.make import MONTH, source

    bad = Unreadable(Place("bill.csv", 9), "C2", "price is 'x'")
    result = reconcile(
        Records(calls=(call("C1", 61), call("C2", 30)), sources=(source("log.csv"),)),
        Records(calls=(bill("C1", 61),), unreadable=(bad,), sources=(source("bill.csv"),)),
        Question(MONTH),
    )
    assert kinds(result) == [("unreadable", "C2")]
    assert result.findings[0].variance.calls == -1
    assert str(result.findings[0].log).startswith("log.csv")


@pytest.mark.parametrize("rates", [None, card()], ids=["log prices", "rate card"])
def test_a_pending_price_is_one_finding_without_a_variance_of_its_own(rates) -> None:
    log = [call("C1", 61), call("C2", 30, **PENDING)]
    both = run(log, [bill("C1", 61), bill("C2", 30, **PENDING)], rates)
    assert kinds(both) == [("price-pending", "C2")]
    by_usage = run(log, [usage(2, "3", "0.042")], rates)
    assert kinds(by_usage)[0] == ("price-pending", "C2")
    assert not by_usage.findings[0].variance
    missing = run(log, [bill("C1", 61)], rates)
    assert kinds(missing) == [("price-pending", "C2"), ("missing-in-bill", "C2")]
    assert sum(finding.variance.calls for finding in missing.findings) == -1


def test_the_bill_s_price_is_named_where_the_log_s_is_pending() -> None:
    result = run([call("C1", 61), call("C2", 30, **PENDING)], [bill("C1", 61), bill("C2", 30)])
    assert kinds(result) == [("price-pending", "C2")]
    assert "the bill charges 0.014 USD" in result.findings[0].note
    assert result.verdict == "out of balance"


@pytest.mark.parametrize("ids", [("A", "B"), ("C9", "C9")], ids=["other ids", "same id"])
def test_a_call_that_a_side_has_in_the_next_month_is_a_matter_of_timing(ids: tuple[str, str]) -> None:
    edge, after = MIDNIGHT - timedelta(seconds=2), MIDNIGHT + timedelta(seconds=1)
    log = [call("", 61), call(ids[0], 60, started_at=edge)]
    result = run(log, [bill("", 61), bill(ids[1], 60, started_at=after)])
    assert [kind for kind, _ in kinds(result)] == ["missing-in-bill"]
    assert "2026-10-01 00:00:01 UTC. A matter of timing." in result.findings[0].note
    mirrored = run(
        [call("", 61), call(ids[0], 60, started_at=after)], [bill("", 61), bill(ids[1], 60, started_at=edge)]
    )
    assert [kind for kind, _ in kinds(mirrored)] == ["missing-in-log"]
    assert "2026-10-01 00:00:01 UTC. A matter of timing." in mirrored.findings[0].note


def test_matched_calls_that_start_hours_apart_are_a_time_zone() -> None:
    log = [call(f"C{n}", 61, started_at=START + timedelta(hours=n)) for n in range(5)]
    shifted = [bill(one.call_id, 61, started_at=one.started_at + timedelta(hours=5.5)) for one in log]
    assert "5 of 5 matched calls start +5.5 h" in run(log, shifted).patterns[0]


def test_calls_missing_on_both_sides_by_the_same_hours_are_a_time_zone() -> None:
    log = [call("", 61, started_at=START + timedelta(minutes=7 * n)) for n in range(5)]
    shifted = [bill("", 61, started_at=one.started_at + timedelta(hours=4, seconds=20)) for one in log]
    result = run(log, shifted)
    assert "missing in the bill stand there +4 h" in result.patterns[0]


def test_a_time_zone_shows_although_something_else_is_wrong_too() -> None:
    log = [
        call(f"C{n}-{k}", 60, started_at=START.replace(day=n, hour=22))
        for n in range(3, 25)
        for k in range(n % 5)
    ]
    days = [day(n + 1, n % 5 + (n == 7), str(n % 5 + (n == 7)), "0") for n in range(3, 25)]
    pattern = run(log, days, None).patterns[0]
    assert pattern.startswith("Only 1 instead of")
    assert "+2 h" in pattern


def test_facts_say_what_was_left_out_and_where_it_differs() -> None:
    log = [
        call("C1", 61),
        call("C2", 30, status="odd", is_billed=None),
        call("C3", 61, started_at=later(86400)),
    ]
    bad = Unreadable(Place("log.csv", 9), "", "duration is 'x', not a number")
    result = run(log, [day(10, 1, "2", "0.028"), day(11, 2, "3", "0.042")], unreadable=(bad,))
    assert result.facts == [
        "1 row could not be read, the first at log.csv:9: duration is 'x', not a number.",
        "1 call left out, with a status that is not known or that the price contradicts: 'odd' (1).",
        "The days that differ: 2026-09-11 (+1 call, +1 min, +0.014 USD).",
    ]
    agree = run([call("C1", 61)], [usage(1, "2", "0.028")], unreadable=(bad,))
    assert agree.verdict == "out of balance"
    assert agree.facts[1].startswith("All totals agree; it is out of balance because")


def test_facts_sum_each_kind_and_name_the_largest() -> None:
    log = [call("C1", 61), call("C2", 61, started_at=later(600)), call("C3", 30, started_at=later(900))]
    billed = [
        bill("C1", 61, cost=Decimal("0.05")),
        bill("C2", 185, cost=Decimal("0.056"), started_at=later(600)),
    ]
    facts = run(log, billed).facts
    assert facts[:3] == [
        "1 call missing in the bill: -1 call, -1 min, -0.014 USD.",
        "1 call billed for another time: +2 min, +0.028 USD.",
        "1 call billed at another price: +0.022 USD.",
    ]
    both = f"{log[1].place} and {billed[1].place}"
    assert facts[3] == f"The largest difference is at {both}: +2 min, +0.028 USD."


def test_a_bill_in_another_currency_than_all_we_expect_is_one_finding() -> None:
    log = [call(f"C{n}", 61, started_at=later(90 * n)) for n in range(9)]
    result = run(log, [usage(9, "18", "0.2", currency="EUR")])
    assert kinds(result) == [("currency", ""), ("category", "")]
    assert result.facts[-1] == "We expect USD, the bill is in EUR: nothing can be compared."


def test_nothing_is_passed_over_on_the_wrong_side() -> None:
    recording = Recording(Place("recordings.json", 1), "plivo", "R1", "C1", START, 1000)
    for wrong in ({"usage": (usage(1, "2", "0.028"),)}, {"recordings": (recording,)}):
        with pytest.raises(TollsheetError, match="which are no call log"):
            run([call("C1", 61)], [bill("C1", 61)], **wrong)


def test_a_year_of_usage_cannot_be_split() -> None:
    year = usage(9, "9", "1", start_on=date(2026, 1, 1), end_on=date(2026, 12, 31))
    with pytest.raises(TollsheetError, match="covers 2026-01-01 to 2026-12-31, which is not within 2026-09"):
        run([call("C1", 61)], [year])


def test_many_calls_between_two_numbers_are_matched_in_little_more_than_their_number_of_steps() -> None:
    log = [call("", 60, started_at=later(200 * n)) for n in range(3000)]
    billed = [bill("", 60, started_at=later(200 * n + 1)) for n in range(3000)]
    result = run(log, billed)
    assert step(result, EXPECTED) == step(result, BILLED)
    assert result.verdict == "balanced"


def test_a_log_that_ends_a_day_early_is_named_by_monthly_usage_too() -> None:
    log = [call(f"C{n}", 61, started_at=START.replace(day=n)) for n in (3, 29)]
    assert "the log has no call on 2026-09-30: usually" in run(log, [usage(3, "6", "0.084")]).patterns[0]
    assert "last day" not in " ".join(run(log, [usage(1, "2", "0.028")]).patterns)


def test_a_status_spelled_otherwise_is_the_same_status() -> None:
    log = [
        call("C1", 61, status="No Answer", is_billed=False),
        call("C1", 61, status="no-answer", is_billed=False),
    ]
    result = run([*log, call("C2", 61)], [usage(1, "2", "0.028")])
    assert result.findings[0].note.startswith("Copy, written differently, of log.csv:")


def test_a_category_that_the_bill_lacks_is_named() -> None:
    log = [call("C1", 61), call("C2", 60, category="calls-client")]
    assert "The bill has nothing in this category." in run(log, [usage(1, "2", "0.028")]).findings[0].note
