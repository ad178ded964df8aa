"""Prices that are pending, unknown or rounded: what is said of them, and whose difference they are."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from addin.reconcile.measure import Tolerance
from addin.reconcile.month_end.accrual import accruals_of
from addin.reconcile.month_end.invoice import Invoice, ties_of
from addin.reconcile.period import Month
from addin.reconcile.reconciliation import Question, Reconciliation, reconcile
from addin.records.call import Call, Place, Records, SourceFile, Unreadable, UsageRecord
from addin.reports.reconciliation.build import Inputs, report_of
from addin.reports.reconciliation.contract import to_contract
from addin.reports.reconciliation.data import ReconciliationReport
from templates.reconciliation.wording import sentence_of
from tests.reconcile.make import START, bill, call, card, kinds, later, run, source, step, usage

DAYS = {date(2026, 9, 1): "0.028", date(2026, 9, 2): None}


def with_price_column(name: str) -> SourceFile:
    return replace(source(name), has_prices=True)


def test_a_log_whose_prices_are_all_pending_names_each_and_is_no_balance() -> None:
    log = (call("C1", cost=None), call("C2", cost=None))
    billed: tuple[UsageRecord, ...] = (usage(2, "4", "0.056"),)
    result = reconcile(
        Records(calls=log, sources=(with_price_column("log.csv"),)),
        Records(usage=billed, sources=(source("usage.csv"),)),
        Question(Month(2026, 9)),
    )
    assert kinds(result)[:2] == [("price-pending", "C1"), ("price-pending", "C2")]
    assert result.verdict == "out of balance"
    assert result.facts == [
        "2 calls of the log have no price yet: what they cost is missing in the expected total."
    ]


def test_a_bill_whose_prices_are_all_pending_names_each() -> None:
    result = reconcile(
        Records(calls=(call("C1"),), sources=(with_price_column("log.csv"),)),
        Records(calls=(bill("C1", cost=None),), sources=(with_price_column("bill.csv"),)),
        Question(Month(2026, 9)),
    )
    assert (kinds(result), result.verdict) == ([("price-pending", "C1")], "out of balance")
    assert result.findings[0].variance.cost == Fraction("-0.028")
    assert not any("no price yet" in fact for fact in result.facts)


def test_a_price_that_both_lack_is_one_finding_with_the_bill_s_figures() -> None:
    others = (call("C2"), bill("C2"))
    result = run([call("C1", cost=None), others[0]], [bill("C1", cost=None), others[1]], card())
    assert kinds(result) == [("price-pending", "C1")]
    (found,) = result.findings
    assert (found.expected.cost, found.billed.cost) == (Fraction("0.028"), 0)
    assert found.note.startswith("Neither the bill nor the log has a price for this call yet.")
    assert step(result, "rate")[2] == found.variance.cost


def in_part(**last: object) -> Reconciliation:
    """Two calls, of which the bill has priced one; the other is as given."""
    return run([call("C1"), call("C2")], [bill("C1"), bill("C2", **{"cost": None, **last})], card())


def report_on(result: Reconciliation) -> ReconciliationReport:
    return report_of(result, Inputs((source("log.csv"),), (source("bill.csv"),)))


LACKS = "1 record of the bill has no price (2 min): not in the amounts."


def test_a_record_without_a_price_is_in_no_amount_and_said_wherever_there_is_one() -> None:
    result = in_part()
    assert step(result, "billed") == (2, 4, Fraction("0.028"))
    assert LACKS in result.facts
    made = report_on(result)
    (finding,) = made.findings
    assert finding.kind == "price-pending"
    assert (finding.sums.expected.cost, finding.sums.billed.cost) == (Decimal("0.028"), None)
    assert finding.sums.variance.cost is finding.rest.cost is None  # type: ignore[union-attr]
    assert finding.sums.billed.currency == "USD"
    assert made.bridges[0].step("billed").meaning == f"What the provider bills. {LACKS}"
    assert "The amounts lack 1 record of the bill without a price." in sentence_of(made)
    assert to_contract(made)["unpriced"] == [
        {"side": "bill", "currency": "USD", "records": 1, "minutes": "2"}
    ]
    assert to_contract(made)["findings"][0]["billed"]["cost"] is None
    contract = to_contract(made)
    steps = {row["step"]: row for row in contract["bridge"]}
    for row in (
        contract["categories"][0],
        contract,
        {"billed": steps["billed"], "variance": {"unpriced": 1}},
    ):
        assert (row["billed"]["cost"], row["billed"]["unpriced"], row["variance"]["unpriced"]) == (
            "0.028",
            1,
            1,
        )
    assert "unpriced" not in contract["expected"] | steps["expected"] | steps["rate"]
    (category,) = made.categories
    assert (category.sums.billed.cost, category.sums.billed.unpriced) == (Decimal("0.028"), 1)
    tie = ties_of(result, Invoice(Fraction("0.028")), [], {})[0]
    assert "without 1 record that has no price" in tie.lines[-1].note


@pytest.mark.parametrize(
    ("log", "billed", "tolerance"),
    [
        ([call("C1"), call("C2", cost=None)], [bill("C1"), bill("C2", cost=None)], None),
        ([call("C1"), call("C2")], [bill("C1"), bill("C2", cost=None)], Tolerance(amount=Fraction(9))),
        ([call("C1")], [bill("C1"), bill("C2", 1, cost=None)], Tolerance(Fraction(9), Fraction(9))),
        ([call("C1")], [usage(1, "2", "0.028"), usage(1, "1", None, "calls-client")], Tolerance(Fraction(9))),
    ],
)
def test_a_bill_that_lacks_a_price_never_agrees(
    log: list[Call], billed: list[Call] | list[UsageRecord], tolerance: Tolerance | None
) -> None:
    result = run(log, billed, tolerance=tolerance)
    assert result.verdict == "out of balance"
    assert not any("agree" in fact for fact in result.facts)
    assert "agree" not in sentence_of(report_on(result))


def test_a_record_that_the_log_lacks_has_no_price_and_no_cost() -> None:
    result = run([call("C1")], [bill("C1"), bill("X", started_at=later(900), cost=None)])
    (finding,) = report_on(result).findings
    assert (finding.kind, finding.sums.billed.cost) == ("missing-in-log", None)
    assert finding.note.startswith("The bill has no price for it yet. The log has no record")
    assert "1 call missing in the log: +1 call, +2 min without 1 record that has no price." in result.facts


def test_another_time_of_a_call_without_a_price_has_no_cost() -> None:
    finding = next(one for one in report_on(in_part(duration_ms=125_000)).findings if one.kind == "duration")
    assert (finding.sums.variance.minutes, finding.sums.variance.cost) == (1, None)


def test_usage_without_a_price_is_a_finding_of_its_own() -> None:
    days = [usage(1, "2", cost, start_on=day, end_on=day) for day, cost in DAYS.items()]
    log = [call(str(day), started_at=START.replace(day=day.day)) for day in DAYS]
    result = run(log, [*days, usage(3, "9", None, "sms", unit="segments")], card())
    assert LACKS in result.facts
    pending = [one for one in report_on(result).findings if one.kind == "price-pending"]
    assert [(one.sums.billed.cost, one.billed_place) for one in pending] == [(None, str(days[1].place))]
    assert pending[0].note == (
        "calls, 2026-09-02 to 2026-09-02: the bill has no price yet for 1 call, 2 min: not in the amounts. "
        "Ask for the usage again when it is rated."
    )
    (line,) = accruals_of(result, [])
    assert "not in it: 1 record without a price" in line.why


def test_a_call_of_the_log_without_a_price_is_said_beside_an_agreement() -> None:
    result = run([call("C1"), call("C2", 30, cost=None)], [usage(2, "3", "0.028")])
    assert sentence_of(report_on(result)) == (
        "Billed and expected agree in calls and minutes, and in cost as far as prices are known. The amounts "
        "lack 1 call of the log without a price. 1 finding to look at."
    )


def test_an_unknown_status_of_a_priced_record_is_told() -> None:
    result = run([call("C1")], [bill("C1", status="weird", is_billed=None)])
    assert (kinds(result), result.verdict) == ([("unknown-status", "C1")], "balanced")


@pytest.mark.parametrize(
    ("ours", "theirs", "rate_is_another"),
    [
        ((524, "0.1092"), (554, "0.1154"), False),  # 0.0125 a minute, each rounded to 4 places
        ((6, "0.0013"), (600, "0.1250"), False),
        ((524, "0.1092"), (554, "0.1156"), True),
        ((60, "0.0140"), (120, "0.0300"), True),
    ],
)
def test_without_a_rate_a_rounded_price_is_no_other_rate(
    ours: tuple[int, str], theirs: tuple[int, str], rate_is_another: bool
) -> None:
    def record(of: Call, figures: tuple[int, str]) -> Call:
        seconds, cost = figures
        return replace(of, provider="generic", billed_ms=seconds * 1000, cost=Decimal(cost))

    result = reconcile(
        Records(calls=(record(call("C1", 519), ours),), sources=(source("log.csv"),)),
        Records(
            calls=(record(bill("C1", 519), theirs),), sources=(replace(source("b.csv"), provider="generic"),)
        ),
        Question(Month(2026, 9)),
    )
    assert [kind for kind, _ in kinds(result)] == ["duration", *(["rate"] if rate_is_another else [])]


def test_an_unreadable_row_of_the_bill_is_said_to_be_there() -> None:
    row = Unreadable(Place("bill.csv", 8), "C2", '"Duration" is 2l7, not a number')
    result = reconcile(
        Records(calls=(call("C1"), call("C2")), sources=(source("log.csv"),)),
        Records(calls=(bill("C1"),), unreadable=(row,), sources=(source("bill.csv"),)),
        Question(Month(2026, 9)),
    )
    assert result.facts[0] == (
        '1 row could not be read, the first at bill.csv:8: "Duration" is 2l7, not a number. '
        "It makes a difference of -1 call, -2 min, -0.028 USD."
    )


def test_copies_are_said_to_be_where_they_are() -> None:
    first = call("C1", place=Place("one.csv", 2))
    result = run([first, replace(first, place=Place("two.csv", 2))], [usage(1, "2", "0.028")])
    assert result.facts == ["1 copy of calls in two.csv left out."]


def test_a_bill_that_contradicts_itself_is_not_said_to_agree() -> None:
    result = run([call("C1")], [bill("C1"), usage(1, "3", "0.042")])  # type: ignore[list-item]
    assert not any("agree" in fact for fact in result.facts)


@pytest.mark.parametrize(("increment", "billed_ms"), [(60, 360_000), (6, 354_000)])
def test_a_copy_has_the_minutes_of_its_call_where_the_bill_states_none(
    increment: int, billed_ms: int
) -> None:
    copied = bill("A", 350)
    rates = card({"prefix": "", "rate": "0.014", "minimum": increment, "increment": increment})
    result = run([call("A", 350)], [copied, replace(copied, place=Place("bill.csv", 99))], rates)
    (rest,) = [one.rest for one in result.findings if one.kind == "duplicate"]
    assert rest is not None
    assert (rest.calls, rest.ms, rest.cost) == (1, billed_ms, Fraction("0.084"))
