"""An account that the bill does not name hides in a sum what is too much of another: it is said."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.reconcile.make import bill, call, card, usage
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
    assert [(row.account, row.amount) for row in made.accruals] == [("", Decimal("0.056"))]


def test_call_by_call_the_findings_say_it() -> None:
    made = report([call("A", account="AC1"), call("B", account="AC2")], [bill("A", account="AC1")], card())
    assert not [fact for fact in made.facts if "AC2" in fact]
    assert [(row.kind, row.account) for row in made.findings] == [("missing-in-bill", "AC2")]
