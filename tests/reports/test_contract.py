"""The JSON contract and the printed bridge: columns that sum exactly, whatever was rounded to print them."""

from __future__ import annotations

import json
from datetime import timedelta
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from addin.reconcile.lines import STEPS
from addin.reconcile.month_end.considerations import ACTIONS
from addin.reports.reconciliation.build import Inputs, report_of
from addin.reports.reconciliation.contract import to_json
from tests.reconcile.make import START, bill, call, card, run, source, usage

SUM_KEYS = {"calls", "minutes", "cost", "currency"}


def contract(*arguments: Any, **named: Any) -> dict[str, Any]:
    report = report_of(run(*arguments, **named), Inputs((source("log.csv"),), (source("bill.csv"),)))
    return json.loads(to_json(report), parse_float=Decimal)


def column(steps: list[dict[str, Any]], name: str) -> list[Decimal]:
    return [Decimal(step[name]) for step in steps]


def check_bridge(found: dict[str, Any]) -> None:
    """Fifteen steps a currency whose columns sum exactly, and totals that agree with the head."""
    for start in range(0, len(found["bridge"]), len(STEPS)):
        steps = found["bridge"][start : start + len(STEPS)]
        assert [step["step"] for step in steps] == list(STEPS)
        for name in ("calls", "minutes", "cost"):
            if any(step[name] is None for step in steps):
                continue
            values = column(steps, name)
            assert sum(values[:7]) == values[7]
            assert sum(values[7:14]) == values[14]
    if len(found["bridge"]) == len(STEPS):
        for step in found["bridge"]:
            if (name := step["step"]) in ("expected", "billed"):
                assert step == {"step": name, **found[name]}


def test_the_whole_contract_of_a_small_month():
    found = contract([call("C1", 61)], [usage(1, "3", "0.042")])
    one = {"calls": 1, "minutes": "2", "cost": "0.028", "currency": "USD"}
    billed = {"calls": 1, "minutes": "3", "cost": "0.042", "currency": "USD"}
    variance = {"calls": 0, "minutes": "1", "cost": "0.014", "currency": "USD"}
    bridge = found.pop("bridge")
    findings = found.pop("findings")
    effects = {one["name"]: one for one in found.pop("considerations")}
    assert [*effects] == [*ACTIONS]
    assert {key: effects["rounding per call"][key] for key in SUM_KEYS} == {
        "calls": 0, "minutes": "0.9833333333", "cost": "0", "currency": "USD",
    }  # fmt: skip
    assert found.pop("accrual") == [
        {
            "period": "2026-09",
            "account": None,
            "currency": "USD",
            "expected": "0.028",
            "billed": "0.042",
            "beyond_bill": "0",
            "calls": "0.042",
            "other_usage": "0",
            "other_lines": "0",
            "amount": "0.042",
            "basis": "billed",
            "note": "usage records for the whole month",
        }
    ]
    assert found == {
        "schema": 1,
        "month": "2026-09",
        "time_zone": "UTC",
        "providers": {"log": "twilio", "billed": "twilio"},
        "mode": "totals",
        "log": {"calls": 1, "seconds": 61},
        "expected": one,
        "billed": billed,
        "variance": variance,
        "verdict": "out of balance",
        "cost_basis": "log prices",
        "unpriced": [],
        "categories": [{"category": "calls", "expected": one, "billed": billed, "variance": variance}],
        "days": [],
        "rate_check": None,
        "other_months": [],
        "earlier_findings": [],
        "invoice": [],
    }
    assert bridge[0] == {
        "step": "talked", "calls": 1, "minutes": "1.0166666667", "cost": "0.028", "currency": "USD",
    }  # fmt: skip
    assert bridge[6]["minutes"] == "0.9833333333"
    assert [finding["kind"] for finding in findings] == ["category"]
    assert findings[0]["place"]["log"] is None
    assert findings[0]["place"]["billed"].startswith("usage.csv:")
    assert findings[0]["variance"] == variance


def test_without_prices_on_a_side_the_cost_is_null_not_zero():
    found = contract([call("C1", 61, cost=None, currency="")], [usage(1, "2", "0.028")])
    assert found["cost_basis"] is None
    assert found["expected"]["cost"] is None
    assert found["variance"]["cost"] is None
    assert found["billed"]["cost"] == "0.028"
    assert found["verdict"] == "balanced"
    assert found["findings"] == []


def test_several_currencies_are_never_added():
    log = [call("C1", 61), call("C2", 30, currency="EUR")]
    found = contract(log, [bill("C1", 61), bill("C2", 30, currency="EUR")])
    assert found["expected"] == {"calls": 2, "minutes": "3", "cost": None, "currency": None}
    assert [step["currency"] for step in found["bridge"]] == ["EUR"] * 15 + ["USD"] * 15
    check_bridge(found)


def test_every_day_of_the_month_is_there_call_by_call():
    found = contract([call("C1", 61)], [bill("C1", 61)])
    assert [day["date"] for day in found["days"]] == [f"2026-09-{n:02}" for n in range(1, 31)]
    assert sum(day["expected"]["calls"] for day in found["days"]) == 1


ms = st.integers(1, 4_000_000)
"""Odd milliseconds, so that minutes do not end."""


@st.composite
def months(draw: st.DrawFn) -> tuple[list[Any], list[Any]]:
    """A log and a bill of up to eight calls, each of which a side may lack, time or price otherwise."""
    log, billed = [], []
    for number in range(draw(st.integers(1, 8))):
        name, start = f"C{number}", START + timedelta(minutes=5 * number)
        duration, theirs = draw(ms), draw(ms)
        fate = draw(st.sampled_from(["same", "log", "bill", "time", "price", "busy", "unknown", "pending"]))
        changes: dict[str, Any] = {"started_at": start, "duration_ms": duration}
        if fate != "bill":
            odd = {
                "busy": {"is_billed": False, "status": "busy"},
                "unknown": {"is_billed": None, "status": "?"},
                "pending": {"cost": None},
            }
            log.append(call(name, 1, **changes, **odd.get(fate, {})))
        if fate != "log":
            time = {"duration_ms": theirs} if fate == "time" else {}
            price = {"cost": Decimal(theirs) / 100_000} if fate == "price" else {}
            billed.append(bill(name, 1, **{**changes, **time, **price}))
    anchor = {"started_at": START - timedelta(hours=1), "duration_ms": draw(ms)}
    return [call("A", 1, **anchor), *log], [bill("A", 1, **anchor), *billed]


def counted(finding: dict[str, Any]) -> Decimal:
    """What a finding adds to the variance of the totals, which count a cost that is not known as 0."""
    return Decimal(finding["billed"]["cost"] or 0) - Decimal(finding["expected"]["cost"] or 0)


@settings(max_examples=200, deadline=None)
@given(months(), st.sampled_from([None, (0, 0), (1, 1), (30, 6)]))
def test_the_printed_bridge_sums_exactly_and_nothing_stays_unexplained(month, increments):
    log, billed = month
    rates = None
    if increments is not None:
        minimum, increment = increments
        row = {"prefix": "", "rate": "0.0137", "minimum": minimum, "increment": increment, "currency": "USD"}
        rates = card(row)
    found = contract(log, billed, rates)
    check_bridge(found)
    unexplained = next(step for step in found["bridge"] if step["step"] == "unexplained")
    assert (unexplained["calls"], unexplained["minutes"], unexplained["cost"]) == (0, "0", "0")
    calls = sum(counted(finding) for finding in found["findings"])
    assert abs(calls - Decimal(found["variance"]["cost"])) < Decimal("0.0000001")
