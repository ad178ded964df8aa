"""Call records in columns give the same report as the same records one by one."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from addin.reconcile import alike_ids
from addin.reconcile.measure import Tolerance
from addin.reconcile.month_end import rate_check
from addin.reconcile.period import Days
from addin.reconcile.reconciliation import Question
from addin.records import read_rate_card, read_records
from addin.records.alike.joined import joined
from addin.records.call import Call, Place, Records, UsageRecord
from addin.reports.reconciliation import prices as price_rows
from addin.reports.reconciliation.data import ReconciliationReport
from tests.reconcile import both_ways
from tests.reconcile.alike import alike
from tests.reconcile.both_ways import BothRefuse, reports, same
from tests.reconcile.make import MONTH, START, call, card, source, usage
from tests.reconcile.odd_months import CARD, DATED, EVERY_DAY, MONTH_END, call_records, logs
from udfs.rating.rate_card import RateCard

pytestmark = pytest.mark.usefixtures("in_small_blocks")


def test_call_records_are_compared_call_by_call(examples: Path) -> None:
    folder = examples / "plivo"
    log, billed = (read_records([folder / name]) for name in ("calls-cdr.csv", "billed-cdr.csv"))
    one, other = reports(log, billed, read_rate_card(folder / "rates.csv"))
    assert one.mode == "calls"
    same(one, other)


def _list_whole(patch: pytest.MonkeyPatch, prices: int) -> None:
    """So many prices are listed whole, as of a month 2,000 are."""
    for module in (rate_check, price_rows):
        patch.setattr(module, "LISTED_WHOLE", prices)


QUESTIONS = (
    Question(MONTH),
    Question(Days(EVERY_DAY[3], EVERY_DAY[20]), Tolerance(Fraction(1, 2), Fraction(1, 100))),
    Question(MONTH, window=timedelta(hours=2)),
    Question(MONTH, window=timedelta(0)),
)


@settings(max_examples=400)
@given(
    st.data(),
    logs(),
    st.sampled_from([None, CARD, DATED]),
    st.sampled_from([None, usage(12, "20", "0.3")]),
    st.sampled_from(QUESTIONS),
    st.integers(0, 30),
)
def test_any_month_against_call_records(
    data: st.DataObject,
    log: list[Call],
    rates: RateCard | None,
    total: UsageRecord | None,
    question: Question,
    first_file: int,
) -> None:
    billed = data.draw(call_records(log))
    ours = Records(calls=tuple(log), sources=(source("log.csv"),))
    theirs = Records(calls=tuple(billed), usage=(total,) if total else (), sources=(source("bill.csv"),))
    with suppress(BothRefuse), pytest.MonkeyPatch.context() as patch:
        _list_whole(patch, first_file // 10)
        patch.setattr(
            both_ways, "alike", lambda calls: joined([alike(calls[:first_file]), calls[first_file:]])
        )
        same(*reports(ours, theirs, rates, question))


def compared(log: list[Call], billed: list[Call], rates: RateCard | None = None) -> ReconciliationReport:
    """The report, which is the same both ways."""
    records = [replace(one, place=replace(one.place, file="bill.csv")) for one in billed]
    ours = Records(calls=tuple(log), sources=(source("log.csv"),))
    one, other = reports(ours, Records(calls=tuple(records), sources=(source("bill.csv"),)), rates)
    same(one, other)
    return one


ALIKE = [
    call(
        f"C{number}",
        61,
        started_at=START + timedelta(hours=number),
        cost=Decimal("0.04"),
        place=Place("log.csv", number + 2),
    )
    for number in range(9)
]


@pytest.mark.parametrize(
    ("kind", "changes"),
    [
        ("duration", {"billed_ms": 240_000}),
        ("rate", {"cost": Decimal("0.05")}),
        ("status", {"is_billed": False, "status": "busy", "cost": None}),
        ("currency", {"currency": "EUR"}),
        ("price-pending", {"cost": None}),
    ],
)
def test_each_of_many_alike_calls_has_its_own_finding(kind: str, changes: dict[str, object]) -> None:
    billed = [replace(one, **changes) if at % 2 else one for at, one in enumerate(ALIKE)]
    report = compared(ALIKE, billed)
    found = [(row.call_id, row.log_place) for row in report.findings if row.kind == kind]
    assert found == [(f"C{at}", f"log.csv:{at + 2}") for at in range(1, 9, 2)]


def test_records_are_compared_on_the_day_of_the_log_s_call() -> None:
    late = [
        replace(one, started_at=START.replace(hour=23, minute=59, second=at)) for at, one in enumerate(ALIKE)
    ]
    report = compared(late, [replace(one, started_at=one.started_at + timedelta(minutes=1)) for one in late])
    assert report.verdict == "balanced"


def test_many_alike_calls_that_start_hours_later_are_said_once() -> None:
    report = compared(ALIKE, [replace(one, started_at=one.started_at + timedelta(hours=2)) for one in ALIKE])
    assert [sentence[:50] for sentence in report.patterns] == [
        "9 of 9 matched calls start +2 h from the log's sta"
    ]


def test_a_call_is_found_by_its_start_beside_others_that_agree_by_id() -> None:
    """With ids on both sides only within a second; a call that is not billed too."""
    other = replace(ALIKE[0], call_id="theirs", started_at=ALIKE[0].started_at + timedelta(seconds=1))
    assert compared(ALIKE, [other, *ALIKE[1:]]).verdict == "balanced"
    further = replace(other, started_at=other.started_at + timedelta(seconds=1))
    kinds = [row.kind for row in compared(ALIKE, [further, *ALIKE[1:]]).findings]
    assert kinds == ["missing-in-bill", "missing-in-log"]
    busy = [replace(one, is_billed=False, status="busy", cost=None) for one in ALIKE]
    assert [row.kind for row in compared([*busy[:3], *ALIKE[3:]], [other, *ALIKE[3:]]).findings] == ["status"]


@pytest.mark.parametrize("side", ["log", "bill"])
def test_a_call_of_the_month_is_found_in_the_other_side_s_neighbouring_one(side: str) -> None:
    later = [replace(ALIKE[0], started_at=START + timedelta(days=40)), *ALIKE[1:]]
    report = compared(later, ALIKE) if side == "log" else compared(ALIKE, later)
    assert [row.kind for row in report.findings] == [f"missing-in-{side}"]
    assert "outside the month: it starts 2026-10-" in report.findings[0].note


def test_calls_whose_ids_cannot_be_told_apart_by_number_are_matched_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(alike_ids, "_numbers", lambda chunk: np.zeros(len(chunk), np.uint64))
    later = [replace(one, started_at=one.started_at + timedelta(minutes=5)) for one in ALIKE]
    assert compared(ALIKE, later).verdict == "balanced"


def test_a_call_at_the_month_s_end_is_found_in_the_next_by_its_start() -> None:
    last = replace(ALIKE[0], started_at=MONTH_END - timedelta(seconds=10))
    first = replace(last, call_id="theirs", started_at=MONTH_END + timedelta(seconds=20))
    report = compared([last, *ALIKE[1:]], [first, *ALIKE[1:]])
    assert [row.kind for row in report.findings] == ["missing-in-bill"]
    assert "outside the month: it starts 2026-10-01 00:00:20 UTC" in report.findings[0].note


def test_a_call_that_is_not_billed_is_found_by_an_id_that_the_bill_has_twice() -> None:
    busy = replace(ALIKE[0], is_billed=False, status="busy", cost=None)
    later = replace(ALIKE[0], started_at=ALIKE[0].started_at + timedelta(minutes=30))
    report = compared([busy, *ALIKE[1:]], [later, *ALIKE[1:], later])
    assert [row.kind for row in report.findings] == ["status", "duplicate"]


def test_the_example_of_a_cause_is_the_first_record_of_the_bill(monkeypatch: pytest.MonkeyPatch) -> None:
    _list_whole(monkeypatch, 0)
    report = compared(ALIKE, ALIKE[::-1], card({"prefix": "", "rate": "0.02"}))
    assert report.rate_check
    assert [cause.example for cause in report.rate_check.causes] == ["bill.csv:10"]


def test_an_account_of_which_nothing_is_expected_has_its_line() -> None:
    busy = replace(ALIKE[1], account="B", is_billed=False, status="busy", cost=None)
    report = compared([ALIKE[0], busy], [replace(ALIKE[0], account="Z")])
    assert [line.account for line in report.accruals] == ["B", "Z"]


@pytest.mark.parametrize("written", ["+447700900123", "447700900123", "+44 7700 900123"])
def test_a_call_that_is_not_billed_is_found_by_its_numbers_however_they_are_written(written: str) -> None:
    busy = [replace(one, is_billed=False, status="busy", cost=None) for one in ALIKE]
    other = replace(ALIKE[0], call_id="theirs", to_number=written)
    report = compared([*busy[:3], *ALIKE[3:]], [other, *ALIKE[3:]])
    assert [(row.kind, row.log_place) for row in report.findings] == [("status", "log.csv:2")]
    elsewhere = replace(other, to_number="+447700900124")
    assert [row.kind for row in compared([*busy[:3], *ALIKE[3:]], [elsewhere, *ALIKE[3:]]).findings] == [
        "missing-in-log"
    ]
