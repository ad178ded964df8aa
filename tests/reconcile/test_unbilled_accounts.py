"""An account that the bill does not name hides in a sum what is too much of another: it is said."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.reconcile.make import START, bill, call, card, usage
from tests.templates.reports import report

MONTH = {"start_on": date(2026, 9, 1), "end_on": date(2026, 9, 30)}


def test_what_is_expected_of_an_account_that_is_not_billed_is_said_beside_the_sum() -> None:
    """0.04 billed of AC1 is 0.012 too much; with AC2's 0.028 the sum is 0.016 too little."""
    log = [call("A", account="AC1"), call("B", account="AC2")]
    made = report(log, [usage(1, "2", "0.04", account="AC1", **MONTH)], card())
    said = [fact for fact in made.facts if "AC2" in fact]
    assert said == [
        "The bill has nothing of account AC2, of which we expect 1 call, 2 min, 0.028 USD: the variance is "
        "lower by that."
    ]
    (row,) = (row for row in made.findings if row.kind == "category")
    assert row.account == "", "the sum is not AC1's alone"


@pytest.mark.parametrize("accounts", [("AC1", "AC1"), ("", ""), ("AC1", "")])
def test_nothing_is_said_where_the_bill_may_be_of_all(accounts: tuple[str, str]) -> None:
    log = [call(account, account=account) for account in accounts]
    made = report(log, [usage(1, "2", "0.04", account="AC1", **MONTH)], card())
    assert not [fact for fact in made.facts if "account" in fact]
    assert {row.account for row in made.findings if row.kind == "category"} == {"AC1"}


def test_sums_of_an_account_by_another_name_stand_in_the_books_once() -> None:
    """A log of subaccounts beside the main account's bill was accrued as billed, and again as expected."""
    log = [call("A", account="SUB1"), call("B", account="SUB2")]
    made = report(log, [usage(2, "4", "0.056", account="AC1", **MONTH)], card())
    assert [fact for fact in made.facts if "account" in fact] == [
        'The log is of account "SUB1", "SUB2", the bill of "AC1": they are compared as if they were one.'
    ]
    assert [(row.account, row.amount) for row in made.accruals] == [("AC1", Decimal("0.056"))]


def test_what_a_bill_by_another_name_does_not_reach_is_not_lost() -> None:
    log = [
        call(name, account="SUB1", started_at=START + timedelta(days=day))
        for name, day in (("A", 0), ("B", 15))
    ]
    half = {"start_on": date(2026, 9, 1), "end_on": date(2026, 9, 15)}
    (beyond, billed) = report(log, [usage(1, "2", "0.028", account="AC1", **half)], card()).accruals
    assert (billed.account, billed.amount) == ("AC1", Decimal("0.028"))
    assert (beyond.account, beyond.amount) == ("", Decimal("0.028"))


def test_accounts_that_both_sides_name_in_any_currency_are_no_other_names() -> None:
    """What is expected of A in another currency than the bill's was in no line."""
    log = [call("U", account="A"), call("E", account="A", currency="EUR", cost=Decimal("0.028"))]
    bills = [
        usage(1, "2", "0.028", account="A", **MONTH),
        usage(5, "10", "0.14", account="B", currency="EUR", **MONTH),
    ]
    made = report(log, bills)
    assert {(row.account, row.currency) for row in made.accruals} == {
        ("A", "EUR"),
        ("B", "EUR"),
        ("A", "USD"),
    }
    assert not any("as if they were one" in fact for fact in made.facts)


def test_of_many_accounts_some_are_named() -> None:
    log = [call(f"C{n}", account=f"SUB{n}") for n in range(6)]
    made = report(log, [usage(6, "12", "0.168", account="AC1", **MONTH)], card())
    told = 'The log is of account "SUB0", "SUB1", "SUB2" and 3 more, the bill of "AC1"'
    assert f"{told}: they are compared as if they were one." in made.facts


def test_call_by_call_the_findings_say_it() -> None:
    made = report([call("A", account="AC1"), call("B", account="AC2")], [bill("A", account="AC1")], card())
    assert not [fact for fact in made.facts if "AC2" in fact]
    assert [(row.kind, row.account) for row in made.findings] == [("missing-in-bill", "AC2")]
