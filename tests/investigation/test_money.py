"""Formulas as a person would check them, and why minutes x rate is not the total."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from addin.investigation.formula import by_terms, our_formula, their_formula
from addin.investigation.on_total import OURS, THEIRS, OnTotal, on_total
from addin.investigation.pairs import pairs_of
from addin.reconcile.period import Month
from addin.reconcile.reconciliation import Question, Reconciliation, reconcile
from addin.records import read_rate_card, read_records
from addin.records.call import Call
from addin.reports.investigation.contract import to_contract
from addin.reports.investigation.rows import side_by_side
from tests.investigation.months import reported
from tests.reconcile.make import bill, call, card, later, run
from udfs.rating.cost import Terms

SEED_RATES = "prefix,rate,minimum,increment,decimals,currency\n1,0.005,0,0,4,USD\n"


@pytest.mark.parametrize(
    ("talked", "terms", "text"),
    [
        (
            21_000,
            Terms(Fraction("0.06"), 20_000, 6_000),
            "21 s -> 26 s billed (20/6) x 0.06 USD/min / 60 = 0.026 USD, rounded half-up to 4 places",
        ),
        (
            21_000,
            Terms(Fraction("0.06"), 20_000, 6_000, anchor="answer"),
            "21 s -> 24 s billed (20/6 from the answer on) x 0.06 USD/min / 60 = 0.024 USD, rounded half-up "
            "to 4 places",
        ),
        (
            60_400,
            Terms(Fraction("0.01"), 1_000, 1_000, Fraction("0.001"), 3, "up", "half-up"),
            "60.4 s -> 60 s billed (1/1, seconds rounded half-up) x 0.01 USD/min / 60 + 0.001 USD connect "
            "fee = 0.011 USD, rounded up to 3 places",
        ),
        (
            1_000,
            Terms(Fraction("0.0001"), 0, 0, rounding="none"),
            "1 s billed (exact) x 0.0001 USD/min / 60 = 0.0000016667 USD, not rounded",
        ),
    ],
)
def test_our_formula(talked: int, terms: Terms, text: str) -> None:
    assert by_terms(talked, terms, "USD") == text


def formulas(ours: Call, theirs: Call, rates: bool = True) -> tuple[str, str]:
    (pair,) = pairs_of(run([ours], [theirs], card() if rates else None))
    return our_formula(pair), their_formula(pair)


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        (
            {"billed_ms": 150_000, "rate_per_minute": Decimal("0.014"), "cost": Decimal("0.035")},
            "150 s billed x 0.014 USD/min / 60 = 0.035 USD, rounded half-up to 5 places",
        ),
        (
            {"billed_ms": 150_000, "rate_per_minute": Decimal("0.014"), "cost": Decimal("0.04")},
            "0.04 USD as its record says, which does not follow from its own rate: 150 s billed x 0.014 "
            "USD/min / 60 = 0.035 USD, rounded half-up to 5 places",
        ),
        (
            {"billed_ms": 150_000, "cost": Decimal("0.05")},
            "0.05 USD as its record says: 0.02 USD/min for the 150 s billed",
        ),
        (
            {
                "billed_ms": 60_000,
                "rate_per_minute": Decimal("0.01"),
                "connect_fee": Decimal("0.002"),
                "cost": Decimal("0.012"),
            },
            "60 s billed x 0.01 USD/min / 60 + 0.002 USD connect fee = 0.012 USD, rounded half-up to 5 "
            "places",
        ),
        ({"billed_ms": 60_000, "cost": None}, "60 s billed; no price yet"),
    ],
)
def test_their_formula(changes: dict[str, object], text: str) -> None:
    assert formulas(call("A"), bill("A", **changes))[1] == text


def test_formulas_without_a_rate_card_or_a_record() -> None:
    assert formulas(call("A"), bill("A"), rates=False)[0] == (
        "0.028 USD as its record says: 0.014 USD/min for the 120 s billed"
    )
    busy = bill("A", 0, status="busy", is_billed=False, cost=None)
    assert formulas(call("A"), busy)[1].startswith("the bill has no charge, see bill.csv:")


def seed_month(examples: Path, tmp_path: Path, with_rates: bool) -> tuple[Reconciliation, OnTotal]:
    path = examples / "connexcs" / "nine-seconds-cdr.csv"
    log = read_records([path])
    (tmp_path / "rates.csv").write_text(SEED_RATES, "utf-8")
    rates = read_rate_card(tmp_path / "rates.csv") if with_rates else None
    result = reconcile(log, read_records([path]), Question(Month(2026, 9)), rates)
    return result, on_total(result)


@pytest.mark.parametrize("with_rates", [True, False])
def test_the_provider_s_own_example(with_rates: bool, examples: Path, tmp_path: Path) -> None:
    """ConnexCS, Billing Basics: 100 calls of 9.1 s at 0.005: 15.16 min x 0.005 = 0.0758, the calls 0.08."""
    result, found = seed_month(examples, tmp_path, with_rates)
    (rate,) = found.rates
    assert (rate.calls, rate.talked_ms) == (100, 910_000)
    assert rate.on_total == Fraction(910, 60) * Fraction("0.005")
    assert round(float(rate.on_total), 4) == 0.0758
    assert rate.cost == Fraction("0.08")
    assert (rate.steps, rate.fees) == (0, 0)
    assert rate.on_total + rate.rounding == rate.cost
    report = reported(result)
    currency = " USD" if with_rates else ""
    assert f"0.0758333333{currency}." in report.answer[0]
    assert f"0.08{currency}." in report.answer[0]
    assert f"0.0041666667{currency} from rounding each call" in report.answer[0]


def test_rates_are_never_mixed_and_parts_add_up() -> None:
    rates = card(
        {"prefix": "44", "rate": "0.014", "currency": "USD"},
        {
            "prefix": "49",
            "rate": "0.02",
            "minimum": "20",
            "increment": "6",
            "connect_fee": "0.01",
            "currency": "EUR",
        },
    )
    log = [
        call("A", 61),
        call("B", 30),
        call("C", 21.5, to_number="+4930123"),
        call("D", 0, to_number="+4930123"),
    ]
    found = on_total(run(log, [bill("A", 61)], rates))
    assert (found.side, found.without) == (OURS, 0)
    assert [(one.prefix, one.currency, one.calls) for one in found.rates] == [
        ("49", "EUR", 2),
        ("44", "USD", 2),
    ]
    german, british = found.rates
    assert british.on_total == Fraction("0.014") * Fraction(91, 60)
    assert british.steps == Fraction("0.042") - british.on_total
    assert german.fees == Fraction("0.01")
    for one in found.rates:
        assert one.on_total + one.steps + one.fees + one.rounding == one.cost


def test_without_rates_of_ours_the_bill_s_are_taken() -> None:
    own = {"rate_per_minute": Decimal("0.014"), "billed_ms": 120_000, "cost": Decimal("0.028")}
    odd = {**own, "cost": Decimal("0.03")}
    log = [call("A"), call("B", started_at=later(600))]
    found = on_total(run(log, [bill("A", **own), bill("B", started_at=later(600), **odd)]))
    assert (found.side, found.without) == (THEIRS, 1), "a cost that does not follow from its rate is left out"
    (rate,) = found.rates
    assert (rate.rate, rate.calls, rate.cost) == (Fraction("0.014"), 1, Fraction("0.028"))


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.integers(0, 600_000), min_size=1, max_size=20),
    st.sampled_from([(60, 60), (30, 6), (1, 1), (0, 0)]),
    st.integers(0, 200_000),
)
def test_the_cost_is_the_sum_of_the_calls(lasted: list[int], steps: tuple[int, int], micros: int) -> None:
    """Against whole-number arithmetic: each call rounded half-up to four places by itself."""
    rate = Decimal(micros) / 10**6
    minimum, increment = steps
    rates = card(
        {
            "prefix": "",
            "rate": str(rate),
            "minimum": str(minimum),
            "increment": str(increment),
            "decimals": "4",
        }
    )
    log = [call(f"C{n}", 1, duration_ms=ms, started_at=later(60 * n)) for n, ms in enumerate(lasted)]
    found = on_total(run(log, [bill("C0", 1)], rates))
    units = 0
    for ms in lasted:
        billed = 0
        if ms > 0:
            over = max(0, ms - minimum * 1000)
            billed = max(minimum * 1000, ms) if not increment else minimum * 1000
            billed += -(-over // (increment * 1000)) * increment * 1000 if increment else 0
        units += (2 * micros * billed + 60_000 * 100) // (2 * 60_000 * 100)
    (one,) = found.rates
    assert one.cost == Fraction(units, 10_000)
    assert one.on_total == Fraction(micros * sum(lasted), 60_000 * 10**6)
    assert one.on_total + one.steps + one.rounding == one.cost


def test_a_day_says_which_prices_its_cost_lacks() -> None:
    """A price that is missing is no 0: the variance of such a day is not what it seems."""
    log = [call("A"), call("B", started_at=later(86_400))]
    billed = [bill("A", cost=None), bill("B", 130, started_at=later(86_400))]
    (path,) = reported(run(log, billed, card())).paths
    remarks = {row.day.day: row.remark for row in path.days if row.remark}
    assert remarks == {10: "differs most; their cost without 1 record that has no price"}


def test_a_call_that_no_rate_covers_is_named_where_our_figures_lack_it() -> None:
    """At the questions, on its day and hour, in the JSON; not only where the call itself is looked at."""
    rates = card({"prefix": "44", "rate": "0.014", "currency": "USD"})
    log = [call("A", to_number="+442079460001"), call("X", 61, to_number="+14155550101")]
    billed = [bill("A", to_number="+442079460001"), bill("X", 61, to_number="+14155550101")]
    report = reported(run(log, billed, rates))
    (path,) = report.paths
    lacks = "differs most; our billed minutes and cost without 1 call that no rate covers"
    assert [row.remark for row in path.days if row.remark] == [lacks]
    assert [row.remark for row in path.hours if row.remark] == [lacks.removeprefix("differs most; ")]
    assert {row.what for row in path.questions if " minutes of " in row.what} == {
        f"{which} minutes of the same calls that we rate" for which in ("talked", "billed")
    }
    (day,) = (day for day in to_contract(report)["paths"][0]["days"] if day["remark"])
    assert day["remark"] == lacks


def test_the_time_billed_of_a_call_without_a_rate_of_ours_is_not_known_and_not_0() -> None:
    rates = card({"prefix": "1", "rate": "0.014", "currency": "USD"})
    (pair,) = pairs_of(run([call("X", 61)], [bill("X", 61)], rates))
    (row,) = [field for field in side_by_side(pair).fields if field.label == "Billed"]
    assert (row.ours, row.theirs, row.differs) == ("not known", "120 s", True)
