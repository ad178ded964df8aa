"""Prices that are pending, unknown or rounded: what is said of them, and whose difference they are."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from addin.reconcile.period import Month
from addin.reconcile.reconciliation import Question, reconcile
from addin.records.call import Call, Place, Records, SourceFile, Unreadable, UsageRecord
from tests.reconcile.make import bill, call, card, kinds, run, source, step, usage


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
    assert found.note.startswith("Neither has the log. The bill has no price")
    assert step(result, "rate")[2] == found.variance.cost


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
