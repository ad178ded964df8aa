"""Public cases, a row a case with its source (tests/cases), through the functions that a cell calls."""

from __future__ import annotations

import csv
import re
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from udfs import (
    BILLED_MINUTES,
    CALL_COST,
    CARD_COST,
    MONTH_ATTRIBUTE,
    STORAGE_CHARGE,
    STORAGE_DAYS,
    TO_UTC,
)
from udfs.rating.duration import billed_ms, round_duration
from udfs.rating.rounding import round_amount, rounding_mode

CASES = Path(__file__).parents[1] / "cases"
Row = dict[str, str]


def table(name: str) -> list[Any]:
    """The rows of a case table, named by their line and source."""
    with (CASES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return [
            pytest.param(row, id=f"{line}-{row['source'].split('#')[0][-40:]}")
            for line, row in enumerate(csv.DictReader(file), start=2)
        ]


def per_minute(row: Row) -> float:
    """The rate of a case as a cell holds it, per minute."""
    return float(Fraction(row["rate"]) * 60 / Fraction(row["rate_unit_s"]))


def cost(row: Row) -> float:
    """A case through CALL_COST; blank decimals and rounding are left blank."""
    decimals, rounding = row["decimals"], row["rounding"]
    return CALL_COST(
        float(row["duration_s"]),
        per_minute(row),
        float(row["minimum_s"]),
        float(row["increment_s"]),
        float(row["connect_fee"]),
        int(decimals) if decimals else None,
        rounding,
    )


def has_one_rate(parameter: Any) -> bool:
    return "then" not in parameter.values[0]["rate"]


def test_the_tables_are_whole() -> None:
    counts = {path.stem: len(table(path.stem)) for path in CASES.glob("*.csv")}
    assert counts == {
        "amount_rounding": 9,
        "duration_rounding": 28,
        "month_cases": 16,
        "rating_cases": 65,
        "rating_quirks": 13,
        "storage_cases": 23,
    }


@pytest.mark.parametrize("row", table("rating_cases"))
def test_rating(row: Row) -> None:
    assert cost(row) == float(row["expected_cost"])


@pytest.mark.parametrize("row", [*filter(has_one_rate, table("rating_quirks"))])
def test_rating_where_the_source_differs(row: Row) -> None:
    """The exact value is ours. Theirs differs because: CGRateS rounds every increment before it adds them;
    the samples of Plivo's library are placeholders; FreeSWITCH charges at the answer;
    A2Billing counts from 0.
    """
    assert cost(row) == float(row["exact_value"])
    assert float(row["their_value"]) != float(row["exact_value"])


def test_increments_counted_from_the_answer_give_the_value_of_a2billing() -> None:
    (row,) = (found.values[0] for found in table("rating_quirks") if "a2billing" in found.values[0]["source"])
    header = ["prefix", "rate", "minimum", "increment", "anchor"]
    terms = ["", per_minute(row), float(row["minimum_s"]), float(row["increment_s"])]
    theirs, ours = ([header, [*terms, anchor]] for anchor in ("answer", "minimum"))
    assert CARD_COST(float(row["duration_s"]), "1", theirs) == float(row["their_value"])
    assert CARD_COST(float(row["duration_s"]), "1", ours) == float(row["exact_value"])


@pytest.mark.parametrize("row", table("amount_rounding"))
def test_amounts(row: Row) -> None:
    rounded = round_amount(Fraction(row["value"]), int(row["decimals"]), rounding_mode(row["mode"]))
    assert rounded == Fraction(row["expected"])


@pytest.mark.parametrize("row", table("duration_rounding"))
def test_durations(row: Row) -> None:
    ms, expected_ms = (int(Fraction(row[column]) * 1000) for column in ("seconds", "expected"))
    if match := re.fullmatch(r"up to (\d+)", row["mode"]):
        assert billed_ms(ms, 0, int(match[1]) * 1000) == expected_ms
    else:
        assert round_duration(ms, rounding_mode(row["mode"])) == expected_ms


@pytest.mark.parametrize("row", table("storage_cases"))
def test_storage(row: Row) -> None:
    seconds = float(row["recording_s"])
    assert STORAGE_DAYS(row["created"], row["month_end"]) == int(row["expected_day_number"])
    assert BILLED_MINUTES(seconds) == int(row["expected_minutes"])
    charge = STORAGE_CHARGE(
        seconds,
        float(row["rate_per_min_month"]),
        row["created"],
        row["month_end"],
        row["deleted"],
        int(row["free_days"]),
    )
    assert charge == float(row["expected_charge"])


@pytest.mark.parametrize("row", table("month_cases"))
def test_months(row: Row) -> None:
    month = date.fromisoformat(row["expected_month"])
    instant = datetime.fromisoformat(row["utc_instant_used"])
    serial = (instant.replace(tzinfo=None) - datetime(1899, 12, 30)).total_seconds() / 86400
    written = row["input"].split(" / ")[0]
    if match := re.fullmatch(r"start (.*), billed (.*)", written):
        start, billed = match.groups()
        assert MONTH_ATTRIBUTE(start, "", row["rule"], billed) == month
        assert TO_UTC(start if row["rule"] == "start" else billed) == serial
        return
    stamp: str | float = float(written) if re.fullmatch(r"[\d.]+", written) else written
    zone = ""
    if match := re.fullmatch(r"(.*) (\w+/\w+)", written):
        assert MONTH_ATTRIBUTE(written) == month
        stamp, zone = match.groups()
    assert MONTH_ATTRIBUTE(stamp, zone) == month
    assert MONTH_ATTRIBUTE(stamp, zone, as_text=True) == row["expected_month"][:7]
    assert abs(TO_UTC(stamp, zone) - serial) < 1 / 86400
