"""The lines for the books: up to where the bill reaches it counts, beyond it what is expected is accrued."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from addin.reconcile.month_end.invoice import GivenLine, Invoice
from addin.records.call import Call, UsageRecord
from tests.reconcile.make import bill, call, card, run, usage
from tests.reconcile.test_invoice import CALLS, books, other, reconciled
from udfs.rating.rate_card import RateCard


def test_a_bill_that_is_whole_is_accrued_as_billed() -> None:
    (line,) = books(reconciled(other("sms", "1")))
    assert (line.expected, line.billed, line.other, line.amount) == (
        Fraction("0.028"), Fraction("0.03"), 1, Fraction("1.03"),
    )  # fmt: skip
    assert (line.basis, line.why) == ("billed", "usage records for the whole month")


def test_a_bill_that_stops_short_is_accrued_with_what_is_expected_after_it() -> None:
    early = usage(1, "2", "0.03", start_on=date(2026, 9, 1), end_on=date(2026, 9, 9))
    result = run([call("A", 61, started_at=call().started_at.replace(day=5)), call("B", 61)], [early], card())
    (line,) = books(result)
    assert (line.amount, line.basis) == (Fraction("0.058"), "billed and expected")
    assert line.why == "the bill stops short; expected on the other days: 1 call, 2 min, 0.028 USD"


def test_a_bill_without_prices_is_accrued_as_expected() -> None:
    (line,) = books(run([call("A", 61)], [usage(1, "2", None)], card()))
    assert (line.billed, line.amount, line.basis) == (None, Fraction("0.028"), "expected")


def test_an_account_that_is_not_billed_is_accrued_as_expected() -> None:
    result = run(
        [call("A", 61, account="AC1"), call("B", 61, account="AC2")],
        [bill("A", 61, account="AC1", cost=call("A").cost)],
        card(),
    )
    assert [(one.account, one.amount, one.basis) for one in books(result)] == [
        ("AC1", Fraction("0.028"), "billed"),
        ("AC2", Fraction("0.028"), "expected"),
    ]


def test_a_log_without_accounts_is_not_accrued_twice() -> None:
    accounts = [usage(1, "2", cost, account=name) for name, cost in (("AC1", "0.03"), ("AC2", "0.05"))]
    found = books(run([call("A", 61), call("B", 61)], accounts, card()))
    assert [(one.account, one.expected, one.amount) for one in found] == [
        ("AC1", None, Fraction("0.03")),
        ("AC2", None, Fraction("0.05")),
    ]


def test_a_bill_without_accounts_is_one_line_for_all() -> None:
    log = [call("A", 61, account="AC1"), call("B", 61, account="AC2")]
    (line,) = books(run(log, [usage(2, "4", "0.06")], card()))
    assert (line.account, line.expected, line.amount) == ("", Fraction("0.056"), Fraction("0.06"))


def test_lines_of_the_invoice_stand_apart_from_several_accounts() -> None:
    accounts = [usage(1, "2", "0.03", account=name) for name in ("AC1", "AC2")]
    result = run([call("A", 61, account="AC1"), call("B", 61, account="AC2")], accounts, card())
    found = books(result, Invoice(Fraction("10.06"), "USD", (GivenLine("VAT", Fraction(10)),)))
    assert [(one.account, one.amount, one.basis) for one in found][-1] == ("", 10, "invoice lines")
    assert sum(one.amount for one in found) == Fraction("10.06")


def test_the_account_that_is_asked_for_stands_where_none_is_named() -> None:
    assert [one.account for one in books(reconciled(), account="4711")] == ["4711"]


def by_day(*days: int, **changes: object) -> list[UsageRecord]:
    spans = [{"start_on": date(2026, 9, day), "end_on": date(2026, 9, day)} for day in days]
    return [usage(1, "2", "0.03", **span, **changes) for span in spans]


def on(day: int, name: str = "A", **changes: object) -> Call:
    return call(name, 61, started_at=call().started_at.replace(day=day), **changes)


SHORT = "usage records, which stop short of the month"
UNCOVERED = card({"prefix": "44", "rate": "0.014", "currency": "USD"})


@pytest.mark.parametrize(
    ("log", "billed", "rates", "amount", "why"),
    [
        ([on(5)], by_day(5, 6), card(), "0.06", f"{SHORT}; no calls are expected on the other days"),
        (
            [on(5, cost=None), on(9, "B", cost=None)],
            by_day(5),
            None,
            "0.03",
            f"{SHORT}; not in it: 1 call, 2 min on the other days",
        ),
        (
            [on(5), on(9, "B")],
            [*by_day(5), usage(0, "0", "0", "calls-client")],  # of another category, for the whole month
            card(),
            "0.058",
            "the bill stops short; expected on the other days: 1 call, 2 min, 0.028 USD",
        ),
        (
            [on(5), on(5, "B")],
            [
                bill("A", 61, started_at=on(5).started_at),
                bill("B", 61, cost=None, started_at=on(5).started_at),
            ],
            card(),
            "0.028",
            "the bill's call records; not in it: 1 record without a price (0.028 USD expected)",
        ),
        (
            [on(5), on(5, "B", to_number="+15005550006")],
            [usage(2, "4", None)],
            UNCOVERED,
            "0.028",
            "the bill has no prices: the calls as expected by the rate card; not in it: 1 call of the log "
            "whose cost is not known",
        ),
        (
            [on(5)],
            [CALLS, other("sms", None)],
            card(),
            "0.03",
            "usage records for the whole month; not in it: sms, which has no price",
        ),
    ],
)
def test_what_no_amount_holds_is_said(
    log: list[Call], billed: list[Call] | list[UsageRecord], rates: RateCard | None, amount: str, why: str
) -> None:
    (line,) = books(run(log, billed, rates))
    assert (line.amount, line.why) == (Fraction(amount), why)


def test_a_call_that_is_billed_in_another_currency_is_accrued_once() -> None:
    usd, eur = books(run([on(5), on(6, "B")], [bill("A", 61, currency="EUR", started_at=on(5).started_at)]))
    assert (usd.currency, usd.expected, usd.amount) == ("USD", Fraction("0.056"), Fraction("0.028"))
    assert usd.why == (
        "no calls are billed in this currency (EUR: see there): the calls as expected by the log prices, "
        "which the invoice does not hold; not in it: 1 call (0.028 USD) that the bill charges in "
        "another currency"
    )
    assert (eur.amount, eur.why) == (Fraction("0.028"), "the bill's call records")


def test_a_bill_without_prices_for_accounts_that_the_log_does_not_name_is_one_line() -> None:
    accounts = [usage(1, "2", None, account=name) for name in ("AC1", "AC2")]
    (line,) = books(run([on(5), on(5, "B")], accounts, card()))
    assert (line.account, line.amount, line.basis) == ("", Fraction("0.056"), "expected")


def records(*days: int, **changes: object) -> list[Call]:
    return [bill(f"D{day}", 61, **{"started_at": on(day).started_at, **changes}) for day in days]


def test_call_records_reach_to_the_last_one_that_counts() -> None:
    log = [on(day, f"D{day}") for day in (5, 6, 9, 12, 20, 21)]
    credit = bill("G", 0, started_at=on(29).started_at, cost=Decimal("-0.001"))
    billed = [*records(5, 9), credit, *records(12, is_billed=False, cost=None, status="busy")]
    (line,) = books(run(log, billed, card()))
    assert (line.billed, line.beyond, line.amount) == (
        Fraction("0.055"), Fraction("0.056"), Fraction("0.111"),
    )  # fmt: skip
    assert (line.basis, line.why) == (
        "billed and expected",
        "the bill's call records; expected after the bill's last record (2026-09-09 12:00:00 UTC): 2 calls, "
        "4 min, 0.056 USD; not in it: 1 call (0.028 USD) that the bill lacks: see Findings; not in it: "
        "1 call (0.028 USD) that the bill has as not billed: see Findings",
    )


def test_a_call_at_the_very_start_of_the_last_record_is_no_later() -> None:
    (line,) = books(run([on(5, "D5"), on(5, "X", to_number="+447700900999")], records(5), card()))
    assert (line.beyond, line.amount) == (0, Fraction("0.028"))


def test_without_any_cost_of_ours_later_calls_are_said() -> None:
    (line,) = books(run([on(5, "D5", cost=None), on(9, "D9", cost=None)], records(5)))
    assert (line.amount, line.why) == (
        Fraction("0.028"),
        "the bill's call records; not in it: 1 call, 2 min after the bill's last record (2026-09-05 12:00:00 "
        "UTC)",
    )


def test_each_account_reaches_by_itself_and_one_that_is_not_billed_nowhere() -> None:
    log = [on(day, f"D{day}", account=name) for day, name in ((5, "A"), (8, "A"), (20, "B"), (2, "C"))]
    found = books(run(log, [*records(5, account="A"), *records(20, account="B")], card()))
    assert [(one.account, one.beyond, one.amount) for one in found] == [
        ("A", Fraction("0.028"), Fraction("0.056")),
        ("B", 0, Fraction("0.028")),
        ("C", Fraction("0.028"), Fraction("0.028")),
    ]
    assert found[2].why == (
        "no calls are billed yet: the calls as expected by the rate card, which the invoice does not hold"
    )


def test_an_account_that_is_billed_in_no_currency_is_not_said_to_be_billed_in_another() -> None:
    log = [on(5, "D5", account="A"), on(6, "D6", account="B"), on(7, "D7", account="B", currency="EUR")]
    billed = [*records(5, account="A"), *records(8, account="A", currency="EUR")]
    found = {(one.account, one.currency): one.why for one in books(run(log, billed))}
    lacks = (
        "no calls are billed yet: the calls as expected by the log prices, which the invoice does not hold"
    )
    assert (found["B", "USD"], found["B", "EUR"]) == (lacks, lacks)


def test_what_pending_records_are_expected_to_cost_is_said_as_far_as_it_is_known() -> None:
    log = [on(5, "D5"), on(6, "D6"), on(8, "D8")]
    billed = [*records(5), *records(6, 7, cost=None), *records(8)]
    (line,) = books(run(log, billed, card()))
    assert "not in it: 2 records without a price (0.028 USD expected for 1 of them)" in line.why


def test_what_the_bill_charges_to_another_account_is_not_accrued_again() -> None:
    found = books(run([on(5, "D5", account="ours")], records(5, account="theirs"), card()))
    assert [(one.account, one.amount) for one in found] == [("ours", 0), ("theirs", Fraction("0.028"))]
    assert found[0].why == (
        "no calls are billed yet; not in it: 1 call (0.028 USD) that the bill charges to another account"
    )


NOBODY = "calls of the log that name no account of the bill"
ACCRUED = (
    f"{NOBODY}, beyond where the bill of every account reaches: the calls as expected by the rate card, "
    "which the invoice does not hold"
)
UNTOLD = (
    "not in it: 1 call (0.028 USD) that some accounts' bills are too short for: the log names none of them"
)
UNNAMED = "calls of the log name no account of the bill, so that what is expected of this one is not known"


@pytest.mark.parametrize(
    ("log", "bills", "amount", "why"),
    [
        (  # no bill covers the 9th
            [on(5, "D5"), on(9, "D9")],
            [*by_day(5, account="A"), *by_day(5, 6, account="B")],
            "0.028",
            ACCRUED,
        ),
        (  # one covers the 6th, the other does not
            [on(5, "D5"), on(6, "D6")],
            [*by_day(5, account="A"), *by_day(5, 6, account="B")],
            "0",
            f"{NOBODY}; {UNTOLD}",
        ),
        (  # by call records: before, between and after the two ends
            [on(day, f"D{day}") for day in (5, 7, 9, 10, 15)],
            [*records(5, account="A"), *records(9, account="B"), *records(3, account="B")],
            "0.056",
            f"{ACCRUED}; {UNTOLD}",
        ),
    ],
)
def test_calls_without_an_account_beside_bills_that_name_theirs(
    log: list[Call], bills: list[Call] | list[UsageRecord], amount: str, why: str
) -> None:
    nobody, first, second = books(run(log, bills, card()))
    assert (nobody.account, nobody.billed, nobody.beyond) == ("", None, Fraction(amount))
    assert (nobody.amount, nobody.why) == (Fraction(amount), why)
    assert [one.account for one in (first, second)] == ["A", "B"]
    assert all(one.expected is None and one.beyond == 0 and UNNAMED in one.why for one in (first, second))


def test_an_account_of_the_log_is_not_lost_beside_calls_that_name_none() -> None:
    """It was, where some calls named no account: no line held it."""
    log = [on(5, "D5"), on(6, "D6", account="C")]
    found = books(run(log, [*by_day(5, 6, account="A"), *by_day(5, 6, account="B")], card()))
    assert [(one.account, one.amount) for one in found] == [
        ("A", Fraction("0.06")), ("B", Fraction("0.06")), ("C", Fraction("0.028")),
    ]  # fmt: skip


def test_usage_without_a_price_is_said_at_its_own_account() -> None:
    """A category that another contains lacks nothing."""
    calls = [usage(1, "2", "0.03", account=name) for name in ("AC1", "AC2")]
    others = [
        other("sms", "1", account="AC1"),
        other("sms-inbound", None, account="AC1"),
        other("recordings", None, account="AC1"),
        other("phonenumbers", "2", account="AC2"),
        other("lookups", None, account="AC3"),
    ]
    log = [call("A", 61, account="AC1"), call("B", 61, account="AC2")]
    assert [(one.account, one.amount, one.why) for one in books(run(log, [*calls, *others], card()))] == [
        (
            "AC1",
            Fraction("1.03"),
            "usage records for the whole month; not in it: recordings, which has no price",
        ),
        ("AC2", Fraction("2.03"), "usage records for the whole month"),
        ("AC3", 0, "no calls; other usage as billed; not in it: lookups, which has no price"),
    ]


def test_calls_without_a_currency_are_accrued_once_beside_other_usage_of_two() -> None:
    log, billed = [call("A", 61, currency="")], [usage(1, "2", "0.03", currency="")]
    both = [other("sms", "1"), other("phonenumbers", "2", currency="EUR")]
    found = books(run(log, [*billed, *both]))
    assert [(one.currency, one.amount) for one in found] == [("", Fraction("0.03")), ("EUR", 2), ("USD", 1)]


def test_calls_without_a_currency_are_in_the_one_of_the_other_usage() -> None:
    log, billed = [call("A", 61, currency="")], [usage(1, "2", "0.03", currency="")]
    result = run(log, [*billed, other("sms", "1", currency="EUR")])
    assert result.currencies == ["EUR"]
    assert [(one.currency, one.amount) for one in books(result)] == [("EUR", Fraction("1.03"))]


def test_usage_records_make_the_bill_of_every_currency_where_there_are_any() -> None:
    """As in the bridge: call records beside them are only compared."""
    log = [on(5, "D5"), on(6, "E6", currency="EUR")]
    both = [*records(5), bill("E6", 61, currency="EUR", started_at=on(6).started_at), *by_day(5, 6)]
    result = run(log, both)  # type: ignore[arg-type]
    usd, eur = sorted(books(result), key=lambda one: one.currency == "EUR")
    assert (usd.billed, usd.beyond) == (Fraction("0.06"), 0)
    assert (eur.billed, eur.beyond, eur.amount) == (None, Fraction("0.028"), Fraction("0.028"))
    assert result.bridges["EUR"]["billed"].cost == 0
