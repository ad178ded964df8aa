"""Records of other months, and the reading of an earlier reconciliation."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from openpyxl import load_workbook

from addin.errors import TollsheetError
from addin.hosts.report_files.reconciliation import write_reconciliation
from addin.hosts.report_reading.earlier import earlier_report
from addin.reconcile.month_end.earlier_findings import follow
from addin.reconcile.month_end.month_over_month import other_months
from addin.reconcile.period import Month
from addin.reconcile.reconciliation import Question, reconcile
from addin.records.call import Records
from addin.reports.reconciliation.build import Inputs, report_of
from addin.reports.reconciliation.contract import to_json
from addin.reports.reconciliation.data import ReconciliationReport
from addin.reports.reconciliation.earlier import earlier_findings
from tests.reconcile.make import bill, call, card, run, source, usage
from tests.templates.reports import source as signed

AUGUST = datetime(2026, 8, 31, 12, tzinfo=UTC)


def test_records_of_other_months_are_summed_by_side_and_month() -> None:
    late = datetime(2026, 10, 1, tzinfo=UTC)
    log = [call("A", 60), call("B", 61, started_at=AUGUST), call("C", 90, started_at=late)]
    billed = [bill("A", 60), bill("B", 61, started_at=AUGUST), bill("D", 61, started_at=AUGUST)]
    found = [
        (one.side, one.month, one.total.calls, one.total.minutes, one.total.cost)
        for one in other_months(run(log, billed))
    ]
    assert found == [
        ("call log", "2026-08", 1, Fraction(61, 60), Fraction("0.028")),
        ("call log", "2026-10", 1, Fraction(90, 60), Fraction("0.028")),
        ("bill", "2026-08", 2, Fraction(122, 60), Fraction("0.056")),
    ]


def test_records_of_other_months_without_a_price_are_counted_and_never_0() -> None:
    log = [call("A", 60), call("B", 61, started_at=AUGUST, cost=None)]
    billed = [bill("A", 60), *(bill(name, 61, started_at=AUGUST, cost=None) for name in "BC")]
    billed.append(bill("D", 61, started_at=datetime(2026, 7, 1, tzinfo=UTC), cost=None))
    billed.append(bill("E", 61, started_at=datetime(2026, 7, 1, tzinfo=UTC)))
    assert [
        (one.side, one.month, one.cost, one.total.unpriced) for one in other_months(run(log, billed))
    ] == [
        ("call log", "2026-08", None, 1),
        ("bill", "2026-07", Fraction("0.028"), 1),
        ("bill", "2026-08", None, 2),
    ]


def test_a_call_of_the_last_month_there_is_has_its_row(tmp_path: Path) -> None:
    """Some logs write 9999-12-31 for a time that is not known."""
    log = [call("A", 60), call("B", 61, started_at=datetime(9999, 12, 31, tzinfo=UTC))]
    result = run(log, [bill("A", 60)])
    assert [(one.month, one.total.calls) for one in other_months(result)] == [("9999-12", 1)]
    write_reconciliation(
        report_of(result, Inputs((signed("log.csv", 2),), (signed("bill.csv", 1),))), tmp_path / "month.xlsx"
    )
    cells = load_workbook(tmp_path / "month.xlsx")["Month over month"]
    (formula,) = [row[3].value for row in cells.iter_rows() if row[1].value == "9999-12"]
    assert str(formula).endswith('">="&DATE(9999,12,1))')


def test_usage_of_other_months_is_told_by_category() -> None:
    old = usage(3, "9", "0.1", start_on=date(2026, 8, 1), end_on=date(2026, 8, 31))
    found = other_months(run([call("A", 60)], [usage(1, "1", "0.014"), old]))
    assert [(one.side, one.month, one.category, one.total.calls, one.total.cost) for one in found] == [
        ("usage", "2026-08", "calls", 3, Fraction("0.1"))
    ]


def august() -> tuple[ReconciliationReport, str]:
    """An August in which a call is missing in the bill, one has no price yet, and a copy is left out."""
    log = [call(name, 61, started_at=AUGUST, **({"cost": None} if name == "P" else {})) for name in "AXP"]
    log.append(call("A", 61, started_at=AUGUST))
    records = [bill(name, 61, started_at=AUGUST, **({"cost": None} if name == "P" else {})) for name in "AP"]
    result = reconcile(
        Records(calls=tuple(log), sources=(source("log.csv"),)),
        Records(calls=tuple(records), sources=(source("bill.csv"),)),
        Question(Month(2026, 8)),
        card(),
    )
    report = report_of(result, Inputs((signed("log.csv", 4),), (signed("bill.csv", 2),)))
    return report, to_json(report)


def test_the_json_and_the_workbook_of_the_month_before_say_the_same(tmp_path: Path) -> None:
    report, text = august()
    (tmp_path / "august.json").write_text(text, "utf-8")
    write_reconciliation(report, tmp_path / "august.xlsx")
    by_json, _ = earlier_report(tmp_path / "august.json")
    by_workbook, (signature,) = earlier_report(tmp_path / "august.xlsx")
    assert by_json == by_workbook
    assert {(one.kind, one.call_id) for one in by_json} == {("missing-in-bill", "X"), ("price-pending", "P")}
    assert (signature.name, signature.rows) == ("august.xlsx", 2)
    late = [bill("A", 60), bill("X", 61, started_at=AUGUST), bill("P", 61, started_at=AUGUST)]
    states = {
        one.earlier.call_id: (one.state, one.amount) for one in follow(by_json, run([call("A", 60)], late))
    }
    assert states == {"X": ("billed late", Fraction("0.028")), "P": ("priced late", Fraction("0.028"))}


def test_a_copy_of_which_a_part_is_credited_is_open_for_the_rest(tmp_path: Path) -> None:
    """What a copy costs is in no variance of its month, and in question all the same."""
    copies = [bill("X", 61, started_at=AUGUST, cost=Decimal("0.075")) for _ in range(2)]
    result = reconcile(
        Records(calls=(call("X", 61, started_at=AUGUST),), sources=(source("log.csv"),)),
        Records(calls=tuple(copies), sources=(source("bill.csv"),)),
        Question(Month(2026, 8)),
    )
    report = report_of(result, Inputs((signed("log.csv", 1),), (signed("bill.csv", 2),)))
    (tmp_path / "august.json").write_text(to_json(report), "utf-8")
    write_reconciliation(report, tmp_path / "august.xlsx")
    credit = [bill("A", 60), bill("X", 61, started_at=AUGUST, cost=Decimal("-0.02"))]
    for name in ("august.json", "august.xlsx"):
        (copy,) = [one for one in earlier_report(tmp_path / name)[0] if one.kind == "duplicate"]
        assert copy.in_question == Fraction("0.075")
        (found,) = follow([copy], run([call("A", 60)], credit))
        assert (found.state, found.amount) == ("credited in part", Fraction("-0.02"))
        assert "0.055 USD is open by these files" in found.text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{",
        '{"schema": 2, "month": "2026-08", "findings": []}',
        '{"schema": 1, "findings": []}',
        '{"schema": 1, "month": "August", "findings": []}',
        '{"schema": 1, "month": "2026-08", "findings": [{}]}',
        '{"schema": 1, "month": "2026-08", "findings": 3}',
    ],
)
def test_what_is_no_reconciliation_is_refused(text: str) -> None:
    with pytest.raises(TollsheetError, match=r"old\.json"):
        earlier_findings(text, "old.json")


def test_a_cost_that_is_no_number_is_refused() -> None:
    whole = json.loads(august()[1])
    for one in whole["findings"]:
        one["expected"]["cost"] = "NaN"
    with pytest.raises(TollsheetError, match="is no amount"):
        earlier_findings(json.dumps(whole), "old.json")
