"""Whole months with planted faults, from the providers' own formats to the JSON.

The generator knows nothing of the product: its sums are whole-number arithmetic of its own.
"""

from __future__ import annotations

import json
from collections import Counter
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from addin.reconcile.lines import STEPS
from addin.reconcile.period import Month as Period
from addin.reconcile.reconciliation import Question, reconcile
from addin.records import read_rate_card, read_records
from addin.reports.reconciliation.build import Inputs, report_of
from addin.reports.reconciliation.contract import to_json
from examples.generate import Month, month

NO_CURRENCY = {"plivo", "connexcs"}
"""Providers whose records name no currency: a rate card does."""


def reconciled(
    made: Month, folder: Path, log: str, billed: str, *, rates: bool
) -> tuple[bool, dict[str, Any]]:
    """Read and reconcile a generated month: whether it is fine, and the contract."""
    made.write(folder)
    called = read_records([folder / name for name in made.log_files[log]])
    bill = read_records([folder / name for name in made.billed_files[billed]])
    card = read_rate_card(folder / "rates.csv") if rates else None
    result = reconcile(called, bill, Question(Period.parse(made.planted["month"])), card)
    report = report_of(result, Inputs(called.sources, bill.sources))
    return report.is_fine, json.loads(to_json(report))


def check(found: dict[str, Any], made: Month, log: str, *, rates: bool) -> None:
    """The bridge sums; its steps, totals and findings are what was planted, and nothing else is found."""
    steps = {step["step"]: step for step in found["bridge"]}
    assert list(steps) == list(STEPS)
    for name in ("calls", "minutes", "cost"):
        values = [step[name] for step in found["bridge"]]
        if None not in values:
            numbers = [Decimal(value) for value in values]
            assert sum(numbers[:7]) == numbers[7]
            assert sum(numbers[7:14]) == numbers[14]
    told = made.planted["log"][log]
    assert found["log"] == {"calls": told["calls"], "seconds": told["seconds"]}
    for step, count in told["steps"].items():
        assert -steps[step]["calls"] == (count if rates or step != "unrated" else 0), step
    expected = told["expected"]["rate card" if rates else "log prices"]
    billed = made.planted["truth"]["billed"]
    if not rates and made.planted["provider"] in NO_CURRENCY:
        expected, billed = {**expected, "currency": None}, {**billed, "currency": None}
    lacking = {row["side"]: {"unpriced": row["records"]} for row in found["unpriced"]}
    assert found["expected"] == {**expected, **lacking.get("log", {})}
    assert found["billed"] == {**billed, **lacking.get("bill", {})}
    if found["mode"] == "calls":
        assert {key: steps["unexplained"][key] for key in ("calls", "minutes")} == {
            "calls": 0,
            "minutes": "0",
        }
        assert steps["unexplained"]["cost"] in ("0", None)
        assert findings(found) == planted(made, log, rates=rates)


def findings(found: dict[str, Any]) -> Counter[tuple[str, str]]:
    return Counter((finding["kind"], finding["call_id"]) for finding in found["findings"])


def planted(made: Month, log: str, *, rates: bool) -> Counter[tuple[str, str]]:
    """What has to be found: each fault that the log's format can show, under its own kind."""
    return Counter(
        (fault["kind"], fault["call_id"])
        for fault in made.planted["planted"]
        if fault["kind"]
        and (rates or not fault["needs_rates"])
        and (log in fault["log"] or fault["fault"] == "missing-in-log")
    )


CALLS_FAULTS: list[dict[str, int]] = [
    {},
    {"missing-in-bill": 3, "missing-in-log": 2, "duplicates": 2, "neighbours": 4},
    {"status": 3, "duration": 3, "unreadable": 2, "no-rate": 2},
    {"rate": 2, "duration-and-rate": 2, "price-pending": 2, "unknown-status": 2},
]
FORMATS = [
    ("twilio", "api"),
    ("twilio", "console"),
    ("plivo", "json"),
    ("plivo", "cdr"),
    ("connexcs", "cdr"),
    ("voiso", "cdr"),
]
RUNS = [
    (provider, log, rates)
    for provider, log in FORMATS
    for rates in (True, False)
    if rates or provider != "voiso"  # its records hold no price and no billed time: little shows
]


@pytest.mark.parametrize("faults", CALLS_FAULTS, ids=lambda faults: "+".join(faults) or "no faults")
@pytest.mark.parametrize(("provider", "log", "rates"), RUNS)
def test_call_by_call_every_fault_is_found_and_nothing_else(
    provider: str, log: str, faults: dict[str, int], rates: bool, tmp_path: Path
) -> None:
    possible = {name: count for name, count in faults.items() if can_hold(provider, name)}
    seed = 100 + CALLS_FAULTS.index(faults)
    made = month(provider, seed, possible, calls=120, mode="calls", log_formats=[log])
    billed = next(iter(made.billed_files))
    fine, found = reconciled(made, tmp_path, log, billed, rates=rates)
    assert found["mode"] == "calls"
    check(found, made, log, rates=rates)
    if not faults:
        assert (fine, found["verdict"], found["findings"]) == (True, "balanced", [])


def can_hold(provider: str, fault: str) -> bool:
    from examples.generator.providers import PROVIDERS

    return fault not in PROVIDERS[provider].without


TOTALS_FAULTS: list[dict[str, int]] = [
    {},
    {"neighbours": 6, "duplicates": 3, "older-copies": 2, "formula-names": 1},
    {"missing-in-log": 2, "price-pending": 1, "unreadable": 1},
    {"missing-in-bill": 1, "unknown-status": 2},
]
ROWS = {"duplicate", "unreadable", "unknown-status", "no-rate", "price-pending"}
"""What a log shows by itself; the rest shows as a category and its days."""


@pytest.mark.parametrize("faults", TOTALS_FAULTS, ids=lambda faults: "+".join(faults) or "no faults")
@pytest.mark.parametrize("log", ["api", "bulk", "console", "script"])
@pytest.mark.parametrize("billed", ["monthly", "daily"])
def test_by_usage_records(log: str, billed: str, faults: dict[str, int], tmp_path: Path) -> None:
    made = month("twilio", 200 + TOTALS_FAULTS.index(faults), faults, calls=150, log_formats=[log])
    fine, found = reconciled(made, tmp_path, log, billed, rates=True)
    check(found, made, log, rates=True)
    by_row = Counter(pair for pair in findings(found).elements() if pair[0] in ROWS)
    assert by_row == Counter(pair for pair in planted(made, log, rates=True).elements() if pair[0] in ROWS)
    truth = made.planted["truth"]
    assert {row["category"]: row["variance"] for row in found["categories"]} == {
        name: difference(pair) for name, pair in truth["categories"].items()
    }
    different = {day for day, pair in truth["days"].items() if difference(pair)["calls"]}
    told = {row["date"] for row in found["days"] if row["variance"]["calls"]}
    assert told == (different if billed == "daily" else set())
    kinds = Counter(kind for kind, _ in findings(found).elements())
    assert kinds["day"] == len(told)
    assert fine == (not different and not kinds["unreadable"] and not kinds["unknown-status"])


def difference(pair: dict[str, Any]) -> dict[str, Any]:
    def less(name: str) -> str:
        number = Decimal(pair["billed"][name]) - Decimal(pair["expected"][name])
        return f"{number.normalize() + 0:f}" if number else "0"

    calls = pair["billed"]["calls"] - pair["expected"]["calls"]
    return {
        "calls": calls,
        "minutes": less("minutes"),
        "cost": less("cost"),
        "currency": pair["billed"]["currency"],
    }


def test_the_steps_after_expected_are_those_of_the_generator(tmp_path: Path) -> None:
    faults = {"missing-in-bill": 1, "missing-in-log": 1, "status": 2, "duration": 2, "rate": 2, "no-rate": 1}
    made = month("connexcs", 300, faults, calls=120, log_formats=["cdr"])
    _, found = reconciled(made, tmp_path, "cdr", "cdr", rates=True)
    steps = {step["step"]: step for step in found["bridge"]}
    for name, told in made.planted["later_steps"].items():
        assert steps[name]["calls"] == told["calls"], name
        assert steps[name]["cost"] == told["cost"], name
        apart = abs(Fraction(steps[name]["minutes"]) - Fraction(told["minutes"]))
        assert apart <= Fraction(1, 10**10), name
