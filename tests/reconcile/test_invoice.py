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
from addin.reconcile.month_end.invoice import (
    COPIES,
    OTHER_MONTHS,
    GivenLine,
    Invoice,
    Tie,
    sentences_of,
    ties_of,
)
from addin.reconcile.month_end.other_usage import other_usage, parents_of
from addin.reconcile.reconciliation import Reconciliation
from addin.records.call import UsageRecord
from tests.reconcile.make import bill, call, card, run, usage

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


def test_what_the_provider_says_more_may_be_what_records_without_a_price_cost() -> None:
    client = usage(1, "1", None, "calls-client")
    (tie,) = ties(run([call("A", 61)], [CALLS, client, other("sms", "1"), other("totalprice", "9")], card()))
    note = next(line.note for line in tie.lines if line.name == "the provider's own total")
    assert note == "totalprice; 7.97 USD of it is not in these records, of which 1 record has no price"
    line = next(line for line in tie.lines if line.name == "billed calls")
    assert line.note == "call minutes, client calls too; without 1 record that has no price"


def test_a_part_of_a_category_without_a_price_is_said_in_the_books() -> None:
    days = [{"start_on": date(2026, 9, day), "end_on": date(2026, 9, day)} for day in (1, 2)]
    result = reconciled(other("sms", "1", **days[0]), other("sms", None, **days[1]))
    (line,) = books(result)
    assert line.why.endswith("; not in it: 1 record of sms without a price")


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
    with pytest.raises(TollsheetError, match="does not name that of its total"):
        ties(result, Invoice(Fraction(2)))
    with pytest.raises(TollsheetError, match=r"\(USD, EUR\), and the invoice does not name that of VAT"):
        ties(result, Invoice(Fraction(2), "EUR", (GivenLine("VAT", Fraction(1)),)))


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
    ("total", "rest", "equals"),
    [
        ("0.028", "0", ""),
        ("0.056", "0.028", "equal to the copies on the bill"),
        ("-0.4941", "-0.5221", "equal to the records of other months on this bill"),
        (
            "-0.4661",
            "-0.4941",
            "equal to the records of other months on this bill and copies on the bill",
        ),
        ("-0.4940", "-0.522", ""),
        (None, None, ""),
    ],
)
def test_what_is_left_out_of_the_calls_is_never_in_the_sum_and_what_the_rest_equals_is_said(
    total: str | None, rest: str | None, equals: str
) -> None:
    result = with_left_out()
    given = Invoice(None if total is None else Fraction(total), "USD", (GivenLine("Fee", Fraction(0)),))
    (tie,) = ties(result, given)
    assert tie.rest == (None if rest is None else Fraction(rest))
    left_out = {line.name: line.cost for line in tie.lines if line.name in (OTHER_MONTHS, COPIES)}
    assert left_out == {OTHER_MONTHS: Fraction("-0.5221"), COPIES: Fraction("0.028")}
    assert not any(line.adds for line in tie.lines if line.name in left_out)
    assert tie.sum == Fraction("0.028")
    assert tie.equals == equals
    (line,) = books(result, given)
    assert line.amount == Fraction("0.028"), "another month's money is not of this one"
    assert ("not explained" in line.why) == bool(tie.rest)
    assert equals in line.why
    told = sentences_of([tie])
    assert len(told) == bool(tie.rest)
    assert all((f"is not explained, {equals}: see" in one) == bool(equals) for one in told)


def test_a_rest_says_how_many_prices_the_lines_lack() -> None:
    """Else usage that waits for its price is looked for elsewhere."""
    for others, said in (
        ((other("sms", None),), " Its lines lack 1 record without a price."),
        ((other("sms", "0.5"),), ""),
    ):
        (told,) = sentences_of(ties(reconciled(*others), Invoice(Fraction(2), "USD")))
        assert told.endswith(f"is not explained: see Invoice.{said}")
