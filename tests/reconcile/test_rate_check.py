"""Prices against the card: what differs is found with its cause, what is only written shorter is not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from addin.reconcile.measure import printed
from addin.reconcile.month_end import price_causes, rate_check
from addin.reconcile.month_end.checked_price import AGREES, FEWER_PLACES, NO_ROW, CheckedPrice
from addin.reconcile.month_end.rate_check import RateCheck, rate_check_of
from addin.reconcile.period import Month
from addin.reconcile.reconciliation import Question, reconcile
from addin.records import read_rate_card, read_records
from addin.records.call import Call
from examples.generate import month
from tests.reconcile.make import bill, call, card, run, usage
from udfs.rating.cost import Terms
from udfs.rating.rate_card import RateCard

CARD = card(
    {"prefix": "", "rate": "0.01"},
    {"prefix": "44", "rate": "0.02", "minimum": 30, "increment": 6},
    {"prefix": "447", "rate": "0.03", "minimum": 30, "increment": 6, "valid_from": date(2026, 9, 1)},
    {"prefix": "447", "rate": "0.0235", "minimum": 30, "increment": 6, "valid_until": date(2026, 8, 31)},
    {"prefix": "49", "rate": "0.05", "connect_fee": "0.1"},
    {"prefix": "1", "rate": "0.5", "direction": "inbound"},
)


def checked(*log: Call, rates: RateCard = CARD) -> RateCheck:
    found = rate_check_of(run([*log], [usage(1, "1", "0.014")], rates), rates)
    assert found is not None
    return found


def priced(price: str, seconds: float = 65, to: str = "+447700900123", **changes: object) -> Call:
    return call(f"{to} {seconds} {price}", seconds, cost=Decimal(price), to_number=to, currency="", **changes)


def cause(price: str, seconds: float = 65, to: str = "+447700900123", **changes: object) -> str:
    (found,) = checked(priced(price, seconds, to, **changes)).prices
    return found.explained or found.verdict


OTHERS = "the rate of row 6 (prefix 49, 0.05 a minute), which is for other calls"


@pytest.mark.parametrize(
    ("price", "seconds", "to", "said"),
    [
        ("0.03300", 65, "+447700900123", AGREES),
        ("0.02585", 65, "+447700900123", "row 5 gives it: prefix 447, until 2026-08-31, 0.0235 a minute"),
        ("0.02200", 65, "+447700900123", "row 3 gives it: prefix 44, 0.02 a minute"),
        ("0.02000", 65, "+447700900123", "row 2 gives it: the default row, 0.01 a minute"),
        ("0.06000", 65, "+447700900123", "60/60 instead of 30/6 gives it"),
        ("0.03250", 65, "+447700900123", "60/1 instead of 30/6 gives it"),
        ("0.10000", 65, "+493012345678", "without the connect fee of 0.1 it is that"),
        (
            "0.04400",
            65,
            "+447700900123",
            "0.04 a minute gives it, +33.3 % on row 4; no row of the card has it",
        ),
        (
            "0.05500",
            65,
            "+447700900123",
            OTHERS,
        ),
        ("0.10000", 20, "+493012345678", "the connect fee of 0.1 alone"),
        ("0.04999", 20, "+493012345678", "less than the connect fee of 0.1 alone"),
        ("0.00000", 65, "+447700900123", "not charged"),
        ("-0.03300", 65, "+447700900123", "a credit"),
    ],
)
def test_each_cause_by_its_name(price: str, seconds: float, to: str, said: str) -> None:
    assert cause(price, seconds, to) == said


def test_a_row_of_another_direction_may_explain_it() -> None:
    said = cause("1.00000", 65, "+493012345678")
    assert said == "row 7 gives it: prefix 1, inbound, 0.5 a minute"


def test_a_call_that_no_row_covers_is_told_with_what_it_was_charged() -> None:
    rates = card({"prefix": "44", "rate": "0.02"})
    found = checked(priced("1.7", 65, "+881699900780"), rates=rates).prices[0]
    assert (found.verdict, found.card, found.explained) == (
        NO_ROW, None, "0.85 a minute gives it; no row of the card has it",
    )  # fmt: skip


def test_amounts_of_two_currencies_are_never_taken_from_each_other() -> None:
    rates = card(
        {"prefix": "", "rate": "0.014", "currency": "EUR"},
        {"prefix": "33", "rate": "0.025", "currency": "EUR"},
    )
    log, theirs = call("A", 61, cost=Decimal("0.05")), bill("A", 61, cost=Decimal("0.05"))
    for result in (run([log], [theirs], rates), run([log], [usage(1, "2", "0.05")], rates)):
        found = rate_check_of(result, rates)
        assert found is not None
        (price,) = found.prices
        assert (price.currency, price.charged, price.card, price.difference) == (
            "USD",
            Fraction(1, 20),
            None,
            None,
        )
        assert price.verdict == price.explained == "in another currency than the card"


def test_a_row_of_another_currency_explains_nothing() -> None:
    rates = card(
        {"prefix": "447", "rate": "0.03", "currency": "USD"},
        {"prefix": "44", "rate": "0.02", "currency": "EUR"},
        {"prefix": "33", "rate": "0.0237", "currency": "EUR"},
    )
    for price in ("0.04", "0.0474"):
        found = rate_check_of(run([call("A", 119)], [bill("A", 119, cost=Decimal(price))], rates), rates)
        assert found is not None
        assert "no row of the card has it" in found.prices[0].explained


def test_a_rise_claims_no_call_that_the_card_does_not_cover() -> None:
    rates = card(*({"prefix": f"4{at}", "rate": rate, "decimals": 5} for at, rate in enumerate(RATES)))
    log = []
    for at, seconds in SPREAD:
        terms = replace(rates.rows[at].terms, connect_fee=Fraction("0.0125"))
        log.append(priced(f"{printed(terms.cost(seconds * 1000)):f}", seconds, f"+4{at}{seconds:07}"))
    found = checked(*log, priced("0.0125", to="+999"), rates=rates).prices
    assert {one.explained for one in found[:-1]} == {"0.0125 USD a call above the card, on 5 rows of it"}
    assert found[-1].verdict == NO_ROW
    assert "above the card" not in found[-1].explained


def test_prices_written_with_fewer_decimals_are_no_difference() -> None:
    log = [priced("0.026", 65), priced("0.02", 30), priced("0.9", 1799)]
    rates = card({"prefix": "", "rate": "0.0235", "minimum": 30, "increment": 6, "decimals": 5})
    wanted = [rates.rows[0].terms.cost(one.duration_ms) for one in log]
    assert wanted == [Fraction("0.02585"), Fraction("0.01175"), Fraction("0.705")]
    found = checked(*log, rates=rates).prices
    assert [one.verdict for one in found] == [FEWER_PLACES, "differs", "differs"]


def test_the_decimals_of_a_file_are_those_of_its_longest_price() -> None:
    """0.02 beside 0.02585 is not 0.0235 cut short: the file has five decimals."""
    rates = card({"prefix": "", "rate": "0.0235", "decimals": 5})
    found = checked(priced("0.02585", 61), priced("0.02", 60), priced("0.0235", 60), rates=rates).prices
    assert [one.verdict for one in found] == ["differs", "differs", AGREES]


def test_of_several_causes_the_one_that_fits_most_calls_is_said() -> None:
    """A call of 60 s cannot tell 60/60 from another increment; the others can."""
    rates = card({"prefix": "", "rate": "0.06", "minimum": 1, "increment": 1, "decimals": 5})
    prices = (("0.06000", 1), ("0.06000", 59), ("0.12000", 61), ("0.03000", 29))
    found = checked(*(priced(*one) for one in prices), rates=rates)
    assert [one.explained for one in found.prices] == [
        *["60/60 instead of 1/1 gives it"] * 3,
        "30/30 instead of 1/1 gives it",
    ]


def test_a_short_call_is_explained_as_the_long_ones_are() -> None:
    """60/60 gives its price as well, and would be tried first."""
    rates = card({"prefix": "", "rate": "0.06", "minimum": 30, "increment": 6, "decimals": 5})
    prices = (("0.06000", 50), ("0.06100", 61), ("0.06500", 65))
    found = checked(*(priced(*one) for one in prices), rates=rates)
    assert [one.explained for one in found.prices] == ["60/1 instead of 30/6 gives it"] * 3


def test_the_bill_is_checked_where_it_is_call_records() -> None:
    log = [call("A", 60), call("B", 60)]
    result = run(log, [bill("A", 60), bill("B", 60, cost=Decimal("0.02"))], card())
    found = rate_check_of(result, card())
    assert found is not None
    assert found.side == "bill"
    assert [one.call.call_id for one in found.prices if one.differs] == ["B"]


def test_without_a_card_or_prices_nothing_is_checked() -> None:
    assert rate_check_of(run([call()], [usage(1, "2", "0.028")]), None) is None
    result = run([call(cost=None)], [usage(1, "2", "0.028")], card())
    assert rate_check_of(result, card()) is None


@pytest.mark.parametrize(("provider", "seed"), [("twilio", 8101), ("plivo", 8102), ("connexcs", 8103)])
def test_planted_rates_are_found_and_nothing_else(provider: str, seed: int, tmp_path: Path) -> None:
    faults = {"rate": 4, "duration": 3, "no-rate": 2, "missing-in-log": 2, "neighbours": 3}
    made = month(provider, seed, faults, calls=150, mode="calls")
    made.write(tmp_path)
    log = next(iter(made.log_files.values()))
    billed = next(iter(made.billed_files.values()))
    rates = read_rate_card(tmp_path / "rates.csv")
    sides = [read_records([tmp_path / name for name in files]) for files in (log, billed)]
    result = reconcile(*sides, Question(Month.parse("2026-09")), rates)
    found = rate_check_of(result, rates)
    assert found is not None
    planted = {fault["call_id"] for fault in made.planted["planted"] if fault["fault"] in ("rate", "no-rate")}
    assert {one.call.call_id for one in found.prices if one.differs} == planted
    assert all(one.explained for one in found.prices if one.differs)


RATES = ("0.0137", "0.0235", "0.0408", "0.0071", "0.155")
FIVE = card(
    *(
        {"prefix": f"4{at}", "rate": rate, "connect_fee": "0.01" if at % 2 else "0", "decimals": 5}
        for at, rate in enumerate(RATES)
    )
)
SPREAD = [(at, seconds) for at in range(len(RATES)) for seconds in (31, 600, 1799, 3600)]


def risen(change: Callable[[Terms], Terms], rates: RateCard = FIVE, currency: str = "") -> list[CheckedPrice]:
    """The checked prices of calls on every row, charged on changed terms."""
    log = []
    for at, seconds in SPREAD:
        cost = change(rates.rows[at].terms).cost(seconds * 1000)
        log.append(priced(f"{printed(cost):f}", seconds, f"+4{at}{seconds:07}"))
    if currency:
        log = [replace(one, currency=currency) for one in log]
    return checked(*log, rates=rates).prices


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            lambda one: replace(
                one, rate=one.rate * Fraction("1.03"), connect_fee=one.connect_fee * Fraction("1.03")
            ),
            "3 % above the card",
        ),
        (
            lambda one: replace(
                one, rate=one.rate * Fraction("0.975"), connect_fee=one.connect_fee * Fraction("0.975")
            ),
            "2.5 % below the card",
        ),
        (
            lambda one: replace(one, rate=one.rate * Fraction("1.03")),
            "3 % above the card's rates, the connect fee as it is",
        ),
        (lambda one: replace(one, rate=one.rate + Fraction("0.005")), "0.005 USD a minute above the card"),
        (
            lambda one: replace(one, connect_fee=one.connect_fee + Fraction("0.0125")),
            "0.0125 USD a call above the card",
        ),
    ],
)
def test_a_rise_over_the_card_is_one_cause(change: Callable[[Terms], Terms], said: str) -> None:
    found = risen(change)
    assert {one.explained for one in found} == {f"{said}, on 5 rows of it"}
    assert {one.row.row for one in found if one.row} == {2, 3, 4, 5, 6}


def test_a_rise_in_an_amount_names_its_currency() -> None:
    found = risen(lambda one: replace(one, rate=one.rate + Fraction("0.005")), currency="EUR")
    assert {one.explained for one in found} == {"0.005 EUR a minute above the card, on 5 rows of it"}


def test_a_rise_beside_another_cause_is_told_apart() -> None:
    """Three rows rose by 3 %, a fourth has its own new rate, and a call was billed by full minutes."""
    rates = card(*({"prefix": f"4{at}", "rate": rate, "decimals": 5} for at, rate in enumerate(RATES)))
    terms = [row.terms for row in rates.rows]
    new = [replace(one, rate=one.rate * Fraction("1.03")) for one in terms[:3]]
    new += [replace(terms[3], rate=Fraction("0.0099")), replace(terms[4], minimum_ms=0, increment_ms=1000)]
    log = [
        priced(f"{printed(new[at].cost(seconds * 1000)):f}", seconds, f"+4{at}{seconds:07}")
        for at, seconds in SPREAD
    ]
    found = checked(*log, rates=rates).prices
    said = [one.explained for one in found if one.differs]
    assert said == [
        *["3 % above the card, on 3 rows of it"] * 12,
        *["0.0099 a minute gives it, +39.4 % on row 5; no row of the card has it"] * 4,
        *["1/1 instead of 60/60 gives it"] * 2,
    ]


def test_the_rates_of_another_time_are_one_cause_over_all_rows() -> None:
    """More than a rise by the same percentage, which they are too."""
    old = [
        {"prefix": f"4{at}", "rate": rate, "decimals": 5, "valid_until": date(2026, 8, 31)}
        for at, rate in enumerate(RATES)
    ]
    new = [
        {
            **row,
            "rate": str(Decimal(str(row["rate"])) * 2),
            "valid_until": None,
            "valid_from": date(2026, 9, 1),
        }
        for row in old
    ]
    found = risen(lambda one: replace(one, rate=one.rate / 2), card(*new, *old))
    assert {one.explained for one in found} == {"the card's rows until 2026-08-31 give it"}


def test_only_the_largest_differences_are_looked_into(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rate_check, "_MOST_DIFFERENT", 2)
    found = checked(
        priced("0.04400"), priced("0.10000"), priced("0.03301"), priced("0.03300"), priced("0.06000")
    )
    assert [one.explained for one in found.prices] == [
        "not looked into: only the 2 largest differences are",
        "0.09091 a minute gives it, +203 % on row 4; no row of the card has it",
        "not looked into: only the 2 largest differences are",
        "",
        "60/60 instead of 30/6 gives it",
    ]
    assert found.not_explained == 2


def test_where_one_rise_explains_most_calls_nothing_else_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    """A month where every price is off has to be told as fast as any other."""
    monkeypatch.setattr(price_causes, "_explanations", None)
    found = risen(lambda one: replace(one, rate=one.rate + Fraction("0.005")))
    assert len({one.explained for one in found}) == 1


@pytest.mark.parametrize(
    ("costs", "said"),
    [
        (("0.03300", "-0.005"), "a credit; without it the price is the card's"),
        (("0.03300", "-0.03300"), "a credit; without it the price is the card's"),
        (("0.02200", "-0.005"), "row 3 gives it: prefix 44, 0.02 a minute; and a credit"),
        (("0.03800", "-0.005"), AGREES),
    ],
)
def test_what_a_credit_leaves_of_a_price_is_no_rate(costs: tuple[str, str], said: str) -> None:
    log = [call("A", 65)]
    billed = [bill("A", 65, cost=Decimal(cost)) for cost in costs]
    found = rate_check_of(run(log, billed, CARD), CARD)
    assert found is not None
    assert [price.explained or price.verdict for price in found.prices] == [said]
