"""Plivo's published example, from files in its own format: every figure of its table, its slip named."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from addin.records import read_records
from addin.records.call import Records
from addin.records.open_sheets import together
from addin.reports.storage.report import StorageReport, report_of
from addin.storage.question import parse_invoices
from addin.storage.statement import state
from tests.storage.make import day, question

PUBLISHED = (  # day, and what recordings 1 to 3 are on it; the page prints 77 at May 30
    ("2023-03-16", ("day 1", "day 1", "day 1")),
    ("2023-03-31", ("day 16", "day 16", "day 16")),
    ("2023-04-30", ("day 46", "day 46", "day 46")),
    ("2023-05-30", ("day 76", "day 76", "day 76")),
    ("2023-05-31", ("day 77", "day 77", "day 77")),
    ("2023-06-13", ("day 90", "day 90", "day 90")),
    ("2023-06-29", ("day 106", "day 106", "deleted")),
    ("2023-06-30", ("day 107, 0.0004 USD", "day 107, 0.0008 USD", "not considered")),
)


@pytest.fixture
def read(examples: Path) -> Records:
    folder = examples / "plivo"
    lists = ([folder / "storage-example.json"], [folder / "storage-example-deletions.csv"])
    return together([read_records(files) for files in lists])


@pytest.fixture
def report(read: Records) -> StorageReport:
    asked = question(
        "2023-03",
        "2023-06",
        shown_days=(day("2023-05-30"),),
        invoices=parse_invoices(["2023-06=0.0012"]),
    )
    return report_of(state(read, asked), read.sources)


def test_every_day_of_the_table(report: StorageReport) -> None:
    assert [(str(one.on), one.cells) for one in report.days] == [*PUBLISHED]
    assert report.days_of == ("recording-1", "recording-2", "recording-3")


def test_the_slip_is_named(report: StorageReport) -> None:
    said = " ".join(one.text for one in report.about.assumptions)
    assert "has 77 days at May 30" in said
    assert "76 on May 30 and 77 on May 31" in said


def test_the_invoice_line(report: StorageReport) -> None:
    june = report.months[-1]
    assert (june.charged, june.minutes, june.amount, str(june.on)) == (2, 3, Decimal("0.0012"), "2023-06-30")
    assert [month.amount for month in report.months[:-1]] == [0, 0, 0]
    assert [row.total for row in report.rows] == [Decimal("0.0004"), Decimal("0.0008"), 0]
    assert (june.deleted, june.deleted_on_last_day, june.difference) == (1, 0, 0)


def test_plivo_s_own_amounts_agree(report: StorageReport) -> None:
    assert (report.verdict, report.is_fine) == ("agrees", True)
    assert [row.amount for row in report.compared] == [Decimal("0.0004"), Decimal("0.0008"), None]
    assert [row.outcome for row in report.compared] == ["agrees", "agrees", "no amount"]
