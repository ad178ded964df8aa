"""The sentences of a month: what ties the bill to its files, and what a pattern of differences means."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from addin.reconcile.measure import Tolerance
from addin.reconcile.reconciliation import Question, reconcile
from addin.records.call import Call, Place, Records, Unreadable, UsageRecord
from tests.reconcile.make import MONTH, START, call, card, run, source, usage
from tests.reconcile.make import bill as record


def on(day: int, calls: int, minutes: str, cost: str, **changes: object) -> UsageRecord:
    """A daily record."""
    day_on = date(2026, 9, day)
    return usage(calls, minutes, cost, start_on=day_on, end_on=day_on, **changes)


def at(day: int, hour: int = 12) -> Call:
    """A call of 61 s, billed 2 minutes at 0.028."""
    return call(f"C{day}-{hour}", started_at=START.replace(day=day, hour=hour))


def test_what_the_bill_holds_beside_the_month_ties_to_its_files() -> None:
    """Copies and records of other months are not compared, but their money is told."""
    mine = call("C1")
    august = replace(call("C2", started_at=START.replace(month=8)), place=Place("bill.csv", 4))
    bill = [replace(mine, place=Place("bill.csv", row)) for row in (2, 3)]
    result = run([mine], [*bill, august])
    assert result.verdict == "balanced"
    assert result.facts == [
        "Left out of the bill: 1 record outside the month (0.028 USD) and 1 copy (0.028 USD: if the invoice "
        "charges them too, dispute them). With them its records sum to 0.084 USD."
    ]
    assert [(each.kind, each.note) for each in result.findings] == [
        (
            "duplicate",
            "Identical row of bill.csv:2; left out. If the invoice charges both, dispute one: 0.028 USD.",
        )
    ]


def test_nobody_is_told_to_dispute_copies_that_cost_nothing() -> None:
    """An early export of the bill has the call unpriced."""
    mine = call("C1")
    early = replace(call("C1", cost=None), place=Place("bill.csv", 2))
    result = run([mine], [early, replace(mine, place=Place("bill.csv", 3))])
    (fact,) = [fact for fact in result.facts if fact.startswith("Left out of the bill")]
    assert fact.startswith(
        "Left out of the bill: 1 copy (0 USD without 1 record that has no price). With them "
    )


def test_usage_of_other_months_is_said_beside_the_month() -> None:
    august = date(2026, 8, 31)
    records = [usage(1, "2", "0.028"), usage(2, "2", "-0.11", start_on=august, end_on=august)]
    assert run([call("C1")], records).facts == [
        "Left out of the bill: 1 usage record outside the month (2026-08)."
    ]


def test_calls_without_a_rate_say_what_the_bill_charges_for_them() -> None:
    log = [call("C1"), call("C2", to_number="+493012345")]
    result = run(
        log,
        [replace(each, place=Place("bill.csv", 2)) for each in log],
        card({"prefix": "44", "rate": "0.014"}),
    )
    assert result.facts[0].startswith("1 call left out, because no rate is agreed: ")
    assert result.facts[0].endswith(" The bill charges 0.028 USD for them: step 'rate'.")


def test_only_cost_differing_is_no_client_call_counted_as_call() -> None:
    log = [call("C1"), call("C2", category="calls-client")]
    result = run(log, [usage(1, "2", "0.03"), usage(1, "2", "0.05", "calls-client")])
    assert result.patterns == [
        "Calls and minutes agree, the cost does not: usually another rate, or prices that came late."
    ]


@pytest.mark.parametrize(("minutes", "is_said"), [("4", True), ("5", False)])
def test_a_difference_that_is_what_a_step_took_away_is_said_to_be(minutes: str, is_said: bool) -> None:
    odd = call("C2", status="ringing-through", is_billed=None, cost=None)
    result = run([call("C1"), odd], [usage(2, minutes, "0.05")], card())
    told = "The difference is exactly the 1 call of step 'unknown status': perhaps the calls with an unknown "
    assert (f"{told}status are billed." in result.patterns) is is_said


def test_an_account_that_both_sides_hold_is_perhaps_billed_twice() -> None:
    log = [call("C1", account="AC1"), call("C2", account="AC2")]
    parent, own = usage(2, "4", "0.056", account="AC1"), usage(1, "2", "0.028", account="AC2")
    assert run(log, [parent, own]).patterns == [
        "The difference is exactly account AC2, which both sides hold: perhaps the bill has it twice, as an "
        "account of its own and within its parent's."
    ]


def test_an_export_of_the_local_month_is_named() -> None:
    """Sydney's October ends at 13:00 UTC: the log has calls on the last day, and still lacks its end."""
    log = [at(1), at(15), at(30, 3), at(30, 9)]
    said = run(log, [on(1, 1, "2", "0.028"), on(15, 1, "2", "0.028"), on(30, 4, "8", "0.112")]).patterns
    assert said[0].startswith("The log ends at 2026-09-30 09:00 UTC, and the bill has more calls: usually ")


def test_a_local_month_is_named_by_its_end_where_the_bill_has_no_days() -> None:
    whole = [at(day, hour) for day in range(1, 31) for hour in (1, 7, 13, 19)]
    bill = [usage(130, "260", "3.64")]
    assert "The log ends at 2026-09-30 13:00 UTC" in run(whole[:-1], bill).patterns[0]
    assert run(whole, bill).patterns == []


def test_a_log_that_has_more_than_the_bill_is_not_called_short() -> None:
    log = [at(1), at(15), at(30)]
    bill = [on(1, 1, "2", "0.028"), on(15, 1, "2", "0.028"), on(30, 0, "0", "0")]
    assert run(log, bill).patterns == []


def test_usage_that_stops_short_of_the_month_is_a_fact() -> None:
    bill = [usage(1, "2", "0.028", start_on=date(2026, 9, 1), end_on=date(2026, 9, 29))]
    said = "The bill's usage covers 2026-09-01 to 2026-09-29, not the whole month: ask for the other days."
    assert said in run([at(10), at(30)], bill).facts
    assert said not in run([at(10)], bill).facts


def test_accounts_with_days_alone_do_not_contradict_the_months_of_others() -> None:
    log = [call("C1", account="AC1"), call("C2", account="AC2")]
    bill = [
        on(10, 1, "2", "0.028", account="AC1"),
        on(10, 1, "2", "0.028", account="AC2"),
        usage(1, "2", "0.028", account="AC2"),
    ]
    result = run(log, bill)
    assert (result.verdict, result.findings) == ("balanced", [])


def test_times_of_day_that_are_missing_are_noticed() -> None:
    log = [call(f"C{n}", started_at=START.replace(hour=0)) for n in range(5)]
    assert any("time of day is missing" in fact for fact in run(log, [usage(5, "10", "0.14")]).facts)
    assert run(log[:4], [usage(4, "8", "0.112")]).facts == []


def test_a_cost_that_is_not_compared_is_said_first() -> None:
    result = run([call("C1", cost=None)], [usage(1, "2", "0.028")])
    assert result.facts[0] == (
        "Only calls and minutes are compared, not the cost: the log has no prices and no rate card was given."
    )


def test_the_last_day_that_a_date_can_have_stops_nothing() -> None:
    """A database's "never" ended in an OverflowError where days were moved to find a time zone."""
    log = [
        *(call(f"C{day}", 61, started_at=START + timedelta(days=day)) for day in range(9)),
        call("never", 61, started_at=datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)),
    ]
    made = run(log, [usage(1, "1", "0.014", start_on=date(2026, 9, 25), end_on=date(2026, 9, 25))], card())
    assert made.verdict == "out of balance"


def test_a_call_of_more_than_a_day_stands_out() -> None:
    big = call("B", 99_999_999)
    bill = [usage(2, "1666669", "23333.366")]
    (fact,) = run([call("A", 61), big], bill, card()).facts
    told = f"1 call lasts more than a day, the longest 27,777 hours (log.csv:{big.place.row})"
    assert fact == f"{told}: perhaps a wrong unit."
    assert run([call("A", 86_400)], [usage(1, "1440", "20.16")], card()).facts == []


def test_rows_of_both_sides_that_could_not_be_read_are_told_apart() -> None:
    bad = [Unreadable(Place(f"{side}.csv", 9), "", "x") for side in ("log", "bill")]
    log = Records(calls=(call("A", 61),), unreadable=(bad[0],), sources=(source("log.csv"),))
    billed = Records(usage=(usage(1, "2", "0.028"),), unreadable=(bad[1],), sources=(source("bill.csv"),))
    made = reconcile(log, billed, Question(MONTH), card())
    assert made.facts[0] == (
        "1 row of the log could not be read, the first at log.csv:9: x. "
        "1 row of the bill could not be read, the first at bill.csv:9: x."
    )


def test_days_that_are_in_unread_rows_are_not_asked_for() -> None:
    records = usage(1, "2", "0.028", start_on=date(2026, 9, 1), end_on=date(2026, 9, 29))
    bad = Unreadable(Place("bill.csv", 9), "", "x")
    log = Records(calls=(at(10), at(30)), sources=(source("log.csv"),))
    billed = Records(usage=(records,), unreadable=(bad,), sources=(source("bill.csv"),))
    said = [fact for fact in reconcile(log, billed, Question(MONTH), card()).facts if "covers" in fact]
    assert said == [
        "The bill's usage covers 2026-09-01 to 2026-09-29, not the whole month: "
        "correct the rows that could not be read, they may be the other days."
    ]


def test_days_within_the_tolerance_do_not_differ() -> None:
    days = [usage(1, "2.005", "0.028", start_on=date(2026, 9, 10), end_on=date(2026, 9, 10))]
    allowed = (Tolerance(), Tolerance(Fraction(1, 10)))
    made = [run([call("A", 61)], days, card(), tolerance=each) for each in allowed]
    assert [any("days that differ" in fact for fact in one.facts) for one in made] == [True, False]


def test_a_price_with_fewer_decimals_is_said_to_be_that() -> None:
    log = [call("C1", 61, cost=None)]
    rates = card({"prefix": "", "rate": "0.015125", "currency": "USD"})
    billed = record("C1", 61, cost=Decimal("0.0303"))
    [found] = run(log, [billed], rates).findings
    assert found.note.endswith(
        "It is that price with 4 decimals: if so many are agreed, the rate card can say it."
    )
    [found] = run(log, [replace(billed, cost=Decimal("0.0304"))], rates).findings
    assert "decimals" not in found.note
    given = card({"prefix": "", "rate": "0.015125", "currency": "USD", "decimals": 5})
    [found] = run(log, [billed], given).findings
    assert "decimals" not in found.note


def test_without_a_card_the_price_is_the_log_s() -> None:
    [found] = run([call("C1")], [record("C1", cost=Decimal("0.05"))]).findings
    assert "; by the log's own price it is 0.028 USD." in found.note


def test_a_credit_names_its_charge_of_another_month() -> None:
    charge = record("C1", started_at=START - timedelta(days=30))
    credit = record("C1", cost=Decimal("-0.028"))
    [found] = run([call("C2")], [charge, credit, record("C2")]).findings
    assert found.note == (
        "The bill credits 0.028 USD: a credit, no call. "
        f"The charge of this id is at {charge.place}, outside the month."
    )
    [found] = run([call("C2")], [credit, record("C2")]).findings
    assert "has no charge of this call" in found.note


@pytest.mark.parametrize(("others", "is_said"), [(1, False), (2, True)])
def test_a_log_that_is_mostly_of_other_months_is_said_to_be(others: int, is_said: bool) -> None:
    outside = [call(f"O{at}", started_at=START + timedelta(days=30 + at)) for at in range(others)]
    facts = run([call("C1"), *outside], [record("C1")]).facts
    said = "2 of 3 calls of the log start outside 2026-09: is it the right one?"
    assert (said in facts) == is_said


@pytest.mark.parametrize(("sign", "told"), [(1, 0), (-1, 2)])
def test_a_month_of_credits_is_no_month(sign: int, told: int) -> None:
    """Both exports with their signs turned agree, and are wrong."""
    price = sign * Decimal("0.028")
    facts = run([call("C1", cost=price)], [record("C1", cost=price)]).facts
    turned = [
        f"The {step} cost is a credit (-0.028 USD): turn the signs of what is no credit."
        for step in ("expected", "billed")
    ]
    assert facts == turned[:told]
