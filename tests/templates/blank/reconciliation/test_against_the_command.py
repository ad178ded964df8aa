"""The template says of its rows what `tollsheet reconcile` says of the same rows in files."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from addin.reconcile.lines import STEPS
from addin.records.call import Call
from templates.blank.reconciliation import build
from templates.blank.reconciliation.example import EXAMPLE, Rows, call, rate
from templates.blank.reconciliation.steps import FIRST
from tests.cli.test_commands import tollsheet
from tests.templates.blank.programs import in_ironcalc

CALL = ("sid", "from", "to", "status", "duration", "start_time", "direction", "price", "price_unit")
USAGE = ("category", "start_date", "end_date", "count", "usage", "usage_unit", "price", "price_unit")
RATES = (
    "prefix",
    "direction",
    "category",
    "rate",
    "minimum",
    "increment",
    "connect_fee",
    "decimals",
    "rounding",
    "currency",
)


def write(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([header, *rows])
    return path


def of_call(call: Call) -> tuple[object, ...]:
    """As Twilio writes it: a charge is negative."""
    price = "" if call.cost is None else -call.cost
    start = f"{call.started_at:%Y-%m-%dT%H:%M:%SZ}"
    numbers = call.from_number, call.to_number
    return call.call_id, *numbers, call.status, call.duration_ms // 1000, start, call.direction, price, "USD"


def said_by_the_command(rows: Rows, folder: Path) -> dict[str, tuple[Decimal, ...]]:
    """The bridge of its JSON."""
    bills = [write(folder / "bill.csv", CALL, map(of_call, rows.billed))] if rows.billed else []
    if rows.usage:
        usage = [
            (one.category, one.start_on, one.end_on, one.calls, one.minutes, one.unit, one.cost, "USD")
            for one in rows.usage
        ]
        bills.append(write(folder / "usage.csv", USAGE, usage))
    rates = [
        (
            *(row.prefix, row.direction, row.category, float(row.terms.rate), row.terms.minimum_ms // 1000),
            *(row.terms.increment_ms // 1000, float(row.terms.connect_fee), row.terms.places),
            *("half-up", "USD"),
        )
        for row in rows.rates
    ]
    done = tollsheet(
        *("reconcile", "--month", rows.month, "--json", folder / "month.json", "-o", folder / "month.xlsx"),
        *("--calls", write(folder / "calls.csv", CALL, map(of_call, rows.log))),
        *("--rates", write(folder / "rates.csv", RATES, rates)),
        *(word for path in bills for word in ("--billed", path)),
    )
    assert done.returncode in (0, 1), done.stderr
    bridge = json.loads((folder / "month.json").read_text("utf-8"))["bridge"]
    return {
        step["step"]: (Decimal(step["calls"]), Decimal(step["minutes"]), Decimal(step["cost"]))
        for step in bridge
    }


def calculated(content: bytes, folder: Path) -> dict[str, tuple[Decimal, ...]]:
    """The bridge of the template as IronCalc calculates it."""
    path = folder / "template.xlsx"
    path.write_bytes(content)
    found = in_ironcalc(path)
    return {
        step: tuple(Decimal(repr(float(found[f"Summary!{column}{FIRST + 1 + place}"]))) for column in "BCD")
        for place, step in enumerate(STEPS)
    }


@pytest.mark.parametrize(
    "rows",
    [EXAMPLE, replace(EXAMPLE, usage=()), replace(EXAMPLE, billed=())],
    ids=["call records and usage", "call records", "usage alone"],
)
def test_every_step_of_the_bridge_is_the_same(rows: Rows, tmp_path: Path) -> None:
    said = said_by_the_command(rows, tmp_path)
    assert calculated(build(rows), tmp_path) == said
    assert said["expected"][0] == 9
    assert len({said[name] for name in STEPS}) > 7


_APP, _PHONE = ("client:ann", "+44 20 7946 0011"), ("+1 212 555 0190", "+44 20 7946 0011")
_APART = replace(
    EXAMPLE,
    usage=(),
    log=(
        call("calls.csv", 2, "C-1", "2026-09-01 08:00:00", _APP, "61"),
        call("calls.csv", 3, "C-2", "2026-09-02 09:00:00", _PHONE, "61"),
        call("calls.csv", 4, "C-3", "2026-09-03 10:00:00", ("client:bob", "client:ann"), "30"),
    ),
    billed=(
        call("bill.csv", 2, "C-1", "2026-09-01 08:00:00", _APP, "61", minutes="2", cost="0.006"),
        call("bill.csv", 3, "C-2", "2026-09-02 09:00:00", _PHONE, "61", minutes="2", cost="0.024"),
        call("bill.csv", 4, "C-9", "2026-09-04 11:00:00", _APP, "90", minutes="2", cost="0.008"),
    ),
    rates=(
        rate(2, "44", "outbound", "United Kingdom", "0.012", 60, 60, "calls"),
        rate(3, "44", "outbound", "United Kingdom, from the app", "0.004", 60, 60, "calls-client"),
        rate(4, "", "outbound", "App to app", "0.0005", 60, 60, "calls-client"),
    ),
)
"""Rows of the rate card that differ by category alone: calls of an app have one of their own."""


def test_categories_of_the_rate_card_are_kept_apart(tmp_path: Path) -> None:
    said = said_by_the_command(_APART, tmp_path)
    assert calculated(build(_APART), tmp_path) == said
    assert said["expected"] == (Decimal(3), Decimal(5), Decimal("0.0325"))
    assert said["unrated"][0] == 0
