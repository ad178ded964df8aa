"""Months with planted faults, of seeds that nothing was written against: what is disputed and what is not is
exactly the difference that was planted."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from addin.disputes.records import DisputeReport
from addin.disputes.totals import of_unit, too_little, total_of
from addin.reconcile.period import Month as Period
from addin.reconcile.reconciliation import Question, reconcile
from addin.records import read_rate_card, read_records
from addin.reports.reconciliation.build import Inputs, report_of
from addin.reports.reconciliation.data import ReconciliationReport
from examples.generate import Month, month
from tests.disputes.make import reconciled, run
from tests.reconcile.test_generated_months import can_hold

FAULTS = {
    "missing-in-bill": 2, "missing-in-log": 3, "status": 2, "duration": 3, "rate": 3, "duration-and-rate": 2,
    "no-rate": 1, "unreadable": 1, "duplicates": 2, "neighbours": 2,
}  # fmt: skip
LEFT_OUT = ("unreadable", "no-rate")
"""Calls of ours that the bill charges and nothing is expected for."""


def made_of(
    planted: Month, folder: Path, log: str, billed: str
) -> tuple[ReconciliationReport, DisputeReport]:
    planted.write(folder)
    called = read_records([folder / name for name in planted.log_files[log]])
    bill = read_records([folder / name for name in planted.billed_files[billed]])
    question = Question(Period.parse(planted.planted["month"]))
    result = reconcile(called, bill, question, read_rate_card(folder / "rates.csv"))
    whole = report_of(result, Inputs(called.sources, bill.sources))
    return whole, run(reconciled(whole))


def variance(planted: Month) -> Decimal:
    """Billed minus expected, by the generator's own arithmetic."""
    truth = planted.planted["truth"]
    return Decimal(truth["billed"]["cost"]) - Decimal(truth["expected"]["cost"])


@pytest.mark.parametrize("seed", [9301, 9302, 9303])
@pytest.mark.parametrize(
    ("provider", "log"), [("twilio", "api"), ("plivo", "cdr"), ("connexcs", "cdr"), ("twilio", "console")]
)
def test_call_by_call(provider: str, log: str, seed: int, tmp_path: Path) -> None:
    possible = {name: count for name, count in FAULTS.items() if can_hold(provider, name)}
    planted = month(provider, seed, possible, calls=120, mode="calls", log_formats=[log])
    whole, made = made_of(planted, tmp_path, log, next(iter(planted.billed_files)))
    (unit,) = made.units
    left_out = [row.sums.variance.cost for row in whole.findings if row.kind in LEFT_OUT]
    disputed = total_of(of_unit(made, unit)).question
    found = disputed + too_little(made, unit) + sum(cost for cost in left_out if cost is not None)
    assert found == variance(planted)
    assert all(one.question > 0 for one in made.disputes)
    faults = {fault["call_id"]: fault["kind"] for fault in planted.planted["planted"] if fault["kind"]}
    assert {one.call_id for one in made.disputes} <= {*faults}
    extra = {call_id for call_id, kind in faults.items() if kind == "missing-in-log"}
    assert {one.call_id for one in made.disputes if one.kind == "missing-in-log"} == extra


@pytest.mark.parametrize("seed", [9401, 9402])
@pytest.mark.parametrize("billed", ["monthly", "daily"])
def test_by_usage_records(billed: str, seed: int, tmp_path: Path) -> None:
    faults = {"missing-in-log": 3, "missing-in-bill": 1, "duplicates": 2}
    planted = month("twilio", seed, faults, calls=150, log_formats=["api"])
    _, made = made_of(planted, tmp_path, "api", billed)
    assert total_of(made.disputes).question + too_little(made, "USD") == variance(planted)
    assert {one.kind for one in made.disputes} <= {"category", "day"}
