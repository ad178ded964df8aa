"""The tie to the invoice: nothing twice, nothing in silence, and a rest that is exact."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addin.errors import TollsheetError
from addin.reconcile.month_end.accrual import Accrual, accruals_of
from addin.reconcile.month_end.invoice import COPIES, OTHER_MONTHS, GivenLine, Invoice, Tie, ties_of
from addin.reconcile.month_end.other_usage import other_usage, parents_of
from addin.reconcile.reconciliation import Reconciliation
from addin.reconcile.wording import amount as amount_of
from addin.records.call import Call, UsageRecord
from tests.reconcile.make import bill, call, card, run, usage
from udfs.rating.rate_card import RateCard

CALLS = usage(1, "2", "0.03")


def other(category: str, cost: str | None, **changes: object) -> UsageRecord:
    return usage(5, "5", cost, category, unit="things", **changes)


def reconciled(*others: UsageRecord) -> Reconciliation:
    return run([call("A", 61)], [CALLS, *others], card())


def ties(result: Reconciliation, invoice: Invoice | None = None) -> list[Tie]:
    found, totals = other_usage(result.usage, result.question.month, result.currencies)
    return ties_of(result, invoice or Invoice(), found, totals)


def lines(tie: Tie) -> dict[str, tuple[str, bool]]:
    assert all(line.cost is not None for line in tie.lines)
    return {line.name: (str(float(line.cost or 0)), line.adds) for line in tie.lines}


def books(result: Reconciliation, invoice: Invoice | None = None, account: str = "") -> list[Accrual]:
    return accruals_of(result, ties(result, invoice), account)


@pytest.mark.parametrize(
    ("category", "parents"),
    [  # Twilio, REST API: Usage Records, the full list of usage categories
        ("sms-inbound", ("sms",)),
        ("sms-outbound-shortcode", ("sms", "sms-outbound")),
        ("sms-messages-carrierfees", ()),
        ("mms-inbound-longcode", ("mms", "mms-inbound")),
        ("phonenumbers-tollfree", ("phonenumbers",)),
        ("phonenumbers-setups", ()),
        ("recordings", ()),
        ("recordingstorage", ()),
        ("calls-recordings", ("recordings",)),
        ("trunking-recordings", ("recordings",)),
        ("carrier-lookups", ("lookups",)),
        ("turnmegabytes-japan", ("pv", "turnmegabytes")),
        ("authy-calls-outbound", ("calls",)),
        ("authy-sms-outbound", ("sms",)),
        ("calls-sip-inbound", ("calls-sip",)),
        ("calls-sip", ()),
        ("answering-machine-detection", ()),
        ("totalprice", ()),
        ("something-new", ()),
    ],
)
def test_what_contains_what(category: str, parents: tuple[str, ...]) -> None:
    assert parents_of(category) == parents


def test_from_expected_calls_to_the_invoice() -> None:
    result = reconciled(
        other("sms", "3"),
        other("sms-inbound", "1"),
        other("phonenumbers", "2"),
        other("recordingstorage", "0.5"),
        other("totalprice", "5.53"),
    )
    given_lines = (GivenLine("VAT", Fraction("1.05")), GivenLine("Credit", Fraction(-1)))
    (tie,) = ties(result, Invoice(Fraction("5.6"), "USD", given_lines))
    assert lines(tie) == {
        "expected calls": ("0.028", True),
        "unexplained": ("0.002", True),
        "billed calls": ("0.03", False),
        "phonenumbers": ("2.0", True),
        "recordingstorage": ("0.5", True),
        "sms": ("3.0", True),
        "sms-inbound": ("1.0", False),
        "usage in all": ("5.53", False),
        "the provider's own total": ("5.53", False),
        "VAT": ("1.05", True),
        "Credit": ("-1.0", True),
    }
    assert (tie.sum, tie.rest, tie.provider_rest) == (Fraction("5.58"), Fraction("0.02"), 0)


def test_a_child_without_its_parent_is_added() -> None:
    (tie,) = ties(reconciled(other("sms-inbound", "1"), other("sms-outbound", "2")))
    assert [line.name for line in tie.lines if line.adds and line.kind == "other usage"] == [
        "sms-inbound",
        "sms-outbound",
    ]


def test_a_child_counts_on_the_days_that_its_parent_does_not_cover() -> None:
    first = {"start_on": date(2026, 9, 1), "end_on": date(2026, 9, 1)}
    second = {"start_on": date(2026, 9, 2), "end_on": date(2026, 9, 2)}
    (tie,) = ties(reconciled(other("sms", "1", **first), other("sms-inbound", "2", **second)))
    assert {line.name for line in tie.lines if line.adds and line.kind == "other usage"} == {
        "sms",
        "sms-inbound",
    }


def test_the_month_and_its_days_are_not_both_added() -> None:
    days = [other("sms", "1", start_on=date(2026, 9, day), end_on=date(2026, 9, day)) for day in range(1, 31)]
    (tie,) = ties(reconciled(other("sms", "30"), *days))
    assert [line.cost for line in tie.lines if line.name == "sms"] == [30]
    (tie,) = ties(reconciled(*days))
    assert [line.cost for line in tie.lines if line.name == "sms"] == [30]


def test_what_the_provider_says_more_is_named() -> None:
    (tie,) = ties(reconciled(other("sms", "1"), other("totalprice", "9")))
    assert tie.provider_rest == Fraction("7.97")
    note = next(line.note for line in tie.lines if line.name == "the provider's own total")
    assert note == "totalprice; 7.97 USD of it is not in these records"


def test_a_category_without_a_price_is_shown_and_not_added() -> None:
    (tie,) = ties(reconciled(other("sms", None)))
    line = next(line for line in tie.lines if line.name == "sms")
    assert (line.cost, line.adds, line.note) == (None, False, "no price")


def test_a_category_that_nobody_knows_is_a_line_and_named() -> None:
    (tie,) = ties(reconciled(other("sms", "1"), other("sms-new-thing", "2")))
    line = next(line for line in tie.lines if line.name == "sms-new-thing")
    assert line.adds
    assert line.note == "the provider does not say whether sms contains it"


def test_without_anything_to_tie_there_is_no_tie() -> None:
    assert ties(reconciled()) == []


def test_currencies_have_a_tie_each_and_the_invoice_must_name_its_own() -> None:
    result = reconciled(other("sms", "1", currency="EUR"))
    usd, eur = ties(result, Invoice(Fraction(2), "EUR"))
    assert (usd.currency, usd.rest, eur.currency, eur.rest) == ("USD", None, "EUR", 1)
    with pytest.raises(TollsheetError, match="does not name its own"):
        ties(result, Invoice(Fraction(2)))


def test_where_records_name_no_currency_the_invoice_does() -> None:
    log, billed = call("A", 61, currency=""), bill("A", 61, currency="")
    (tie,) = ties(run([log], [billed]), Invoice(Fraction("0.03"), "CHF"))
    assert (tie.currency, tie.rest) == ("CHF", Fraction("0.002"))
    assert [one.currency for one in books(run([log], [billed]), Invoice(Fraction("0.03"), "CHF"))] == ["CHF"]


@given(
    st.dictionaries(st.sampled_from(["sms", "phonenumbers", "recordings", "x"]), st.integers(0, 10**9)),
    st.lists(st.integers(-(10**7), 10**7), max_size=3),
    st.integers(0, 10**9),
)
def test_the_rest_is_exact(costs: dict[str, int], given_lines: list[int], total: int) -> None:
    result = reconciled(*(other(name, f"{cost}e-5") for name, cost in costs.items()))
    invoice = Invoice(
        Fraction(total, 10**5), "USD", tuple(GivenLine("x", Fraction(one, 10**5)) for one in given_lines)
    )
    (tie,) = ties(result, invoice)
    assert tie.rest is not None
    assert tie.rest * 10**5 == total - sum(costs.values()) - sum(given_lines) - 3000
    (line,) = accruals_of(result, [tie])
    assert line.amount == tie.sum


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


def with_left_out() -> Reconciliation:
    """One call at 0.028, twice on the bill, and credits of 0.5221 for calls of another month."""
    late = {"started_at": datetime(2026, 8, 30, 12, tzinfo=UTC)}
    billed = [
        bill("A", 61, row_values=("one",)),
        bill("A", 61, row_values=("one",)),
        bill("X", 61, cost=Decimal("-0.0221"), **late),
        bill("Y", 61, cost=Decimal("-0.5"), **late),
    ]
    return run([call("A", 61)], billed, card())


@pytest.mark.parametrize(
    ("total", "added", "rest"),
    [
        ("0.028", (), "0"),
        ("0.056", (COPIES,), "0"),
        ("-0.4941", (OTHER_MONTHS,), "0"),
        ("-0.4661", (OTHER_MONTHS, COPIES), "0"),
        ("-0.4940", (), "-0.522"),
        (None, (), None),
    ],
)
def test_what_is_left_out_of_the_calls_is_in_the_sum_where_the_invoice_ties_with_it(
    total: str | None, added: tuple[str, ...], rest: str | None
) -> None:
    result = with_left_out()
    given = Invoice(None if total is None else Fraction(total), "USD", (GivenLine("Fee", Fraction(0)),))
    (tie,) = ties(result, given)
    assert tie.rest == (None if rest is None else Fraction(rest))
    left_out = {line.name: line.cost for line in tie.lines if line.name in (OTHER_MONTHS, COPIES)}
    assert left_out == {OTHER_MONTHS: Fraction("-0.5221"), COPIES: Fraction("0.028")}
    assert tuple(line.name for line in tie.lines if line.name in left_out and line.adds) == added
    (line,) = books(result, given)
    assert line.amount == Fraction("0.028"), "another month's money is not of this one"
    for name, cost in left_out.items():
        assert (f"{amount_of(cost or 0, 'USD')} of the invoice ({name})" in line.why) == (name in added)
    assert ("not explained" in line.why) == bool(tie.rest)


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
            "the bill's call records; not in it: 1 record without a price",
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
            "usage records for the whole month; not in it: sms, which have no price",
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
        "nothing is billed in this currency (EUR: see there): the calls as expected by the log prices; "
        "not in it: 1 call (0.028 USD) that the bill charges in another currency"
    )
    assert (eur.amount, eur.why) == (Fraction("0.028"), "the bill's call records")


def test_a_bill_without_prices_for_accounts_that_the_log_does_not_name_is_one_line() -> None:
    accounts = [usage(1, "2", None, account=name) for name in ("AC1", "AC2")]
    (line,) = books(run([on(5), on(5, "B")], accounts, card()))
    assert (line.account, line.amount, line.basis) == ("", Fraction("0.056"), "expected")
