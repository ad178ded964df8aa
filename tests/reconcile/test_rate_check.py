"""Prices against the card: what differs is found with its cause, what is only written shorter is not."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from addin.reconcile.month_end.rate_check import AGREES, FEWER_PLACES, NO_ROW, RateCheck, rate_check_of
from addin.reconcile.period import Month
from addin.reconcile.reconciliation import Question, reconcile
from addin.records import read_rate_card, read_records
from addin.records.call import Call
from examples.generate import month
from tests.reconcile.make import bill, call, card, run, usage
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
