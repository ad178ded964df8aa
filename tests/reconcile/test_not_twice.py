"""Nothing is added twice, dropped as a copy that it is not, or taken for unbilled against its price."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from addin.errors import TollsheetError
from addin.reconcile.lines import BILLED, EXPECTED
from addin.reconcile.period import Month
from addin.reconcile.reconciliation import Question, reconcile
from addin.records.call import Call, Place, Records, UsageRecord
from tests.reconcile.make import START, bill, call, card, kinds, later, run, source, step, usage


def daily(day: int, calls: int, minutes: str, cost: str, **changes: object) -> UsageRecord:
    on = date(2026, 9, day)
    return usage(calls, minutes, cost, start_on=on, end_on=on, **changes)


@pytest.mark.parametrize("names", [{"account": "AC1"}, {"currency": ""}, {"account": "AC1", "currency": ""}])
def test_days_that_name_an_account_and_a_month_that_does_not_are_one_sum(names: dict[str, str]) -> None:
    month = usage(2, "3", "0.042")
    days = [daily(10, 1, "2", "0.028", **names), daily(11, 1, "1", "0.014", **names)]
    log = [call("C1", account="AC1"), call("C2", 30, account="AC1", started_at=START.replace(day=11))]
    for given in ([month, *days], [*days, month]):
        result = run(log, given)
        assert step(result, BILLED) == (2, 3, Fraction("0.042"))
        assert (result.verdict, result.findings, result.patterns) == ("balanced", [], [])


def test_a_sum_without_an_account_cannot_stand_beside_several() -> None:
    sums = [usage(1, "2", "0.028", account=name) for name in ("AC1", "AC2", "")]
    with pytest.raises(TollsheetError, match="names no account, and that at usage"):
        run([call("C1")], sums)
    other_days = [daily(1, 0, "0", "0"), daily(10, 1, "2", "0.028", account="AC1")]
    assert run([call("C1")], other_days).verdict == "balanced"


def test_a_parent_holds_its_children_of_the_same_days_only() -> None:
    parent, child = daily(1, 1, "2", "0.028"), daily(10, 1, "2", "0.028", category="calls-outbound")
    log = [call("C1", started_at=START.replace(day=1)), call("C2")]
    assert step(run(log, [parent, child]), BILLED)[0] == 2
    with pytest.raises(TollsheetError, match="covers 2026-09-01 to 2026-09-30, and calls, which contains it"):
        run(log, [parent, usage(2, "4", "0.056", "calls-outbound")])


def test_minutes_may_be_abbreviated() -> None:
    assert run([call("C1")], [usage(1, "2", "0.028", unit="Min.", provider="acme")]).verdict == "balanced"


@pytest.mark.parametrize(
    "changes",
    [{"to_number": "+33140000000"}, {"started_at": later(86_400)}, {"provider": "plivo"}],
)
def test_one_id_of_different_calls_drops_none(changes: dict[str, object]) -> None:
    """Some switches count ids anew each day; of two providers, ids mean nothing to each other."""
    first, second = call("1"), call("1", **changes)
    theirs = [replace(one, place=Place("bill.csv", row)) for row, one in enumerate((first, second), 2)]
    result = run([first, second], theirs)
    assert step(result, EXPECTED) == step(result, BILLED) == (2, 4, Fraction("0.056"))
    assert (result.findings, result.verdict) == ([], "balanced")
    if "provider" not in changes:
        assert result.facts[0].startswith("1 id of the log stands for several calls each, such as '1'")


def test_of_copies_that_are_equally_new_the_last_is_kept() -> None:
    first, last = call("1", cost=Decimal("0.5")), call("1", started_at=later(30))
    result = run([first, last], [bill("1")])
    assert kinds(result) == [("duplicate", "1")]
    assert result.findings[0].log == first.place


def test_a_status_that_its_price_contradicts_is_unknown() -> None:
    busy = call("C1", 30, status="Busy", is_billed=False)
    result = run([busy, call("C2")], [usage(1, "2", "0.028")])
    assert (kinds(result), result.verdict) == ([("unknown-status", "C1")], "out of balance")
    assert result.findings[0].note.startswith(
        "Status 'Busy' is not billed, yet the row has a price of 0.014 USD"
    )
    free = run([replace(busy, cost=Decimal(0)), call("C2")], [usage(1, "2", "0.028")])
    assert (free.findings, free.verdict) == ([], "balanced")


def test_a_record_of_the_bill_with_a_price_is_charged_whatever_its_status_says() -> None:
    result = run([call("C1")], [bill("C1", status="busy", is_billed=False)])
    assert (result.verdict, step(result, BILLED)[2]) == ("balanced", Fraction("0.028"))


def test_an_unknown_status_on_the_bill_alone_is_no_balance() -> None:
    records = [bill("C1"), bill("C2", status="weird", is_billed=None, cost=None)]
    result = run([call("C1")], records)
    assert (kinds(result), result.verdict) == ([("unknown-status", "C2")], "out of balance")


def test_a_price_in_a_currency_that_nobody_names_is_never_added_to_another() -> None:
    log = [call("C1"), call("C2", currency="EUR"), call("C3", currency="")]
    result = run(log, [usage(1, "2", "0.028"), usage(1, "2", "0.028", currency="EUR")])
    assert sorted(result.bridges) == ["", "EUR", "USD"]
    assert step(result, EXPECTED, "")[2] == Fraction("0.028")
    assert result.verdict == "out of balance"


def test_a_call_of_no_time_has_no_price_to_wait_for() -> None:
    silent = call("C1", 0, cost=None)
    assert kinds(run([silent, call("C2")], [usage(2, "2", "0.028")])) == []


def places(log_provider: str, *bill_providers: str) -> list[int]:
    def priced(call_id: str, provider: str) -> Call:
        return call(call_id, provider=provider)

    log = (priced("C1", log_provider), priced("C2", "plivo"))
    sources = tuple(replace(source("bill.csv"), provider=name) for name in bill_providers)
    bill_calls = tuple(replace(one, place=Place("bill.csv", 2)) for one in log)
    result = reconcile(
        Records(calls=log, sources=(source("log.csv"),)),
        Records(calls=bill_calls, sources=sources),
        Question(Month(2026, 9)),
        card(),
    )
    return [line.terms.places for line in result.log]


def test_places_are_those_of_who_bills() -> None:
    """One provider bills all calls, or each call's own does; the order of files decides nothing."""
    assert places("connexcs", "twilio") == [5, 5]
    assert places("connexcs", "generic") == [4, 4]
    assert places("connexcs", "connexcs", "plivo") == places("connexcs", "plivo", "connexcs") == [4, 5]


def test_a_caller_that_withholds_its_number_is_not_rated_by_ours() -> None:
    withheld = call("C1", direction="inbound", from_number="", to_number="+447700900000")
    rows = [
        {"prefix": "44", "rate": "0.014", "currency": "USD"},
        {"prefix": "", "rate": "0.5", "currency": "USD"},
    ]
    assert step(run([withheld], [usage(1, "2", "1")], card(*rows)), EXPECTED)[2] == 1
    assert kinds(run([withheld], [usage(1, "2", "1")], card(rows[0])))[0] == ("no-rate", "C1")


def test_a_call_that_is_priced_anew_does_not_share_its_id() -> None:
    anew = [bill("C1", cost=Decimal(cost)) for cost in ("0.05", "-0.05", "0.028")]
    result = run([call("C1"), call("C2")], [*anew, bill("C2")])
    assert result.verdict == "balanced"
    assert [sentence for sentence in result.facts if "for several calls" in sentence] == []
    with_credit = [call("C1", cost=Decimal(cost)) for cost in ("0.05", "-0.022")]
    facts = run([*with_credit, call("C2")], [bill("C1"), bill("C2")]).facts
    assert [sentence for sentence in facts if "for several calls" in sentence] == []


def test_a_call_in_another_currency_than_the_card_s_is_in_question_once() -> None:
    rates = card({"prefix": "", "rate": "0.014", "currency": "USD"})
    log = [call("C1", currency="EUR"), call("C2"), call("C3")]
    result = run(log, [bill("C1", currency="EUR"), bill("C2"), bill("C3")], rates)
    assert kinds(result) == [("currency", "C1"), ("currency", "C1")]
    asked = [one.variance if one.rest is None else one.rest for one in result.findings]
    assert sum(one.calls for one in asked) == -1
    apart = run(log, [usage(2, "4", "0.056", currency="EUR")], rates).findings
    assert {one.rest for one in apart if one.note.endswith("kept apart.")} == {None}
