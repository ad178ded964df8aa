"""Generated accounts: every planted fault under its name and place, every sum as counted day by day."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from addin.records import read_records
from addin.reports.storage.report import StorageReport, report_of
from addin.storage import findings as kind
from addin.storage.statement import Statement, state
from examples.generate import month
from tests.storage.make import question

KINDS = {
    "amount": kind.AMOUNT,
    "days": kind.DAYS,
    "minutes": kind.MINUTES,
    "no rate": kind.NO_RATE,
    "unreadable: negative": kind.NOT_READ,
    "unreadable: blank": kind.NOT_READ,
    "0 seconds": kind.ZERO,
    "copy": kind.COPY,
    "two records": kind.TWO_RECORDS,
    "unknown deletion": kind.UNKNOWN_DELETION,
    "deleted on the last day": kind.CHECK,
}
NO_FINDING = {"day 90", "day 91", "deleted before", "older than a year"}
SEEDS = [1, 2, 3, 4, 5, 6]


def made(seed: int, folder: Path, of: str = "2026-09") -> tuple[Statement, StorageReport, dict[str, Any]]:
    files = month("plivo", seed, {}, calls=20, month=of)
    files.write(folder)
    truth = files.planted["storage"]
    records = read_records([folder / name for name in truth["files"]])
    first = truth["months"][0]["date"][:7]
    statement = state(records, question(first, of))
    return statement, report_of(statement, records.sources), truth


def sums(rows: Any) -> list[dict[str, Any]]:
    return [
        {
            "date": str(row.on),
            "held": row.held,
            "charged": row.charged,
            "without_rate": row.unrated,
            "minutes": row.minutes,
            "amount": row.amount,
        }
        for row in rows
    ]


@pytest.mark.parametrize(
    ("seed", "of"), [*((seed, "2026-09") for seed in SEEDS), (7, "2024-02"), (8, "2025-01")]
)
def test_planted_faults_and_sums(seed: int, of: str, tmp_path: Path) -> None:
    statement, report, truth = made(seed, tmp_path, of)
    for rows, told in ((report.months, truth["months"]), (report.ahead, truth["ahead"])):
        assert sums(rows) == [one | {"amount": Decimal(one["amount"])} for one in told]
    found = sorted((one.kind, one.recording_id, str(one.place)) for one in statement.findings)
    planted = truth["planted"]
    assert found == sorted(
        (KINDS[one["fault"]], one["recording_id"], one["place"])
        for one in planted
        if one["fault"] not in NO_FINDING
    )
    assert {one["fault"] for one in planted} == KINDS.keys() | NO_FINDING
    assert [str(export.on) for export in statement.exports] == [truth["exported_on"]]
    assert not report.is_fine


def test_every_total_is_the_sum_of_its_rows(tmp_path: Path) -> None:
    _, report, _ = made(1, tmp_path)
    for index, month_row in enumerate(report.months):
        charges = [row.charges[index] for row in report.rows]
        assert sum(charge for charge in charges if charge is not None) == month_row.amount
    totals = [row.total for row in report.rows if row.total is not None]
    assert sum(totals) == sum(row.amount for row in report.months)


def test_the_files_of_a_seed_are_the_same_again() -> None:
    first, again = (month("plivo", 3, {}, calls=20).files for _ in range(2))
    assert first["storage-recordings.json"] == again["storage-recordings.json"]
