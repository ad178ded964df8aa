"""The investigation workbook: recalculated cell by cell, valid, the same bytes twice, harmless texts."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from openpyxl import load_workbook

from addin.errors import TollsheetError
from addin.hosts.report_files.investigation import write_investigation, write_report_text
from addin.investigation.balance import Ledger
from addin.records.call import Place
from addin.records.ledger_file import CLOSING, CREDIT, OPENING, STORAGE, TOP_UP, LedgerRow
from addin.reports.investigation.contract import to_json
from addin.reports.investigation.data import InvestigationReport
from tests.investigation.months import generated, reported
from tests.office.harness import Sheet, read_workbook
from tests.reconcile.make import bill, call, card, later, run
from tests.reconcile.make import usage as usage_record
from tests.templates.reports import STRANGE
from tests.templates.test_recalculated import differences
from tests.workbook_lint.delivered import faults

CLOSED_AT = datetime(2026, 9, 30, 23, 59, 59, tzinfo=UTC)
LEDGER = Ledger(
    (
        LedgerRow(OPENING, Decimal(100)),
        LedgerRow(TOP_UP, Decimal("20.5"), "USD", datetime(2026, 9, 9, tzinfo=UTC), "=1+1"),
        LedgerRow(CREDIT, Decimal("0.001")),
        LedgerRow(STORAGE, Decimal("0.0012")),
        LedgerRow(
            CLOSING,
            Decimal("118.28"),
            "",
            datetime(2026, 9, 30, 23, 59, 59, tzinfo=UTC),
            "=2+2",
            Place("l.csv", 7),
        ),
    )
)


def by_call() -> InvestigationReport:
    """Everything on one day: rates, durations, calls on one side, one that no rate covers, strange texts."""
    rates = card({"prefix": "44", "rate": "0.014", "currency": "USD"})
    log = [call(f"C{n}", 61, started_at=later(90 * n)) for n in range(150)]
    billed = [bill(f"C{n}", 61, started_at=later(90 * n), cost=Decimal("0.0281")) for n in range(150)]
    billed[3] = bill("C3", 121, started_at=later(270), cost=Decimal("0.042"))
    log += [call(text, 33.337, from_number=text) for text in STRANGE]
    billed += [bill(text, 33.337, from_number=text) for text in STRANGE[1:]]
    log.append(call("SAT", 61, to_number="+8816990000"))
    billed.append(bill("SAT", 61, to_number="+8816990000", cost=Decimal("1.7")))
    return reported(run(log, billed, rates), ledger=LEDGER)


def in_currencies() -> InvestigationReport:
    log = [call("U"), call("E", currency="EUR"), call("N", currency="")]
    billed = [bill("U", 300, cost=Decimal("0.07")), bill("E", currency="EUR"), bill("N", currency="")]
    billed.append(bill("X", currency="EUR", started_at=later(9000), cost=Decimal("-0.5")))
    return reported(run(log, billed))


def with_credits() -> InvestigationReport:
    """On the day of a duration issue: credits beside charges, of both and of theirs alone; one by itself."""
    log = [call(f"C{n}", 61, started_at=later(600 * n)) for n in range(100)]
    billed = [bill(f"C{n}", 61, started_at=later(600 * n)) for n in range(100)]
    billed[3] = bill("C3", 1261, started_at=later(1800), cost=Decimal("0.4"))
    billed.append(bill("C3", 1261, started_at=later(1800), cost=Decimal("-0.1")))
    billed.append(bill("C4", 61, started_at=later(2400), cost=Decimal("-0.003")))
    billed.append(bill("X", 61, started_at=later(300), cost=Decimal("0.05")))
    billed.append(bill("X", 61, started_at=later(300), cost=Decimal("-0.02")))
    billed.append(bill("CR", 0, started_at=later(900), cost=Decimal("-0.5")))
    return reported(run(log, billed), ledger=LEDGER)


def without_costs() -> InvestigationReport:
    log = [call(f"C{n}", 61, cost=None, currency="") for n in range(3)]
    return reported(run(log, [bill("C0", 500, cost=None, currency="")]))


def nothing() -> InvestigationReport:
    return reported(run([call("A")], [bill("A")]))


def usage(folder: Path) -> InvestigationReport:
    _, result, inputs = generated(folder, "twilio", 81, {"missing-in-bill": 1}, mode="totals", billed="daily")
    return reported(result, inputs)


def as_a_whole(folder: Path) -> InvestigationReport:
    _, result, inputs = generated(
        folder, "twilio", 82, {"missing-in-bill": 3}, mode="totals", billed="monthly"
    )
    return reported(result, inputs)


def month(folder: Path) -> InvestigationReport:
    _, result, inputs = generated(folder, "connexcs", 83, {"missing-in-log": 3, "duration": 2})
    return reported(result, inputs)


MADE: dict[str, Callable[[Path], InvestigationReport]] = {
    "calls": lambda _: by_call(),
    "credits": lambda _: with_credits(),
    "currencies": lambda _: in_currencies(),
    "no costs": lambda _: without_costs(),
    "nothing": lambda _: nothing(),
    "usage": usage,
    "usage as a whole": as_a_whole,
    "month": month,
}


@pytest.mark.parametrize("kind", MADE)
def test_every_cell_is_what_is_calculated(kind: str, tmp_path: Path) -> None:
    report = MADE[kind](tmp_path)
    path = tmp_path / "out.xlsx"
    write_investigation(report, path)
    sheets = read_workbook(path)
    assert differences(sheets) == []
    assert faults(path) == []
    again = tmp_path / "again.xlsx"
    write_investigation(report, again)
    assert path.read_bytes() == again.read_bytes()
    assert sheets["Report text"].values["A4"] == report.text[0]


def test_figures_at_the_questions_lead_to_the_day_s_calls(tmp_path: Path) -> None:
    report = by_call()
    write_investigation(report, tmp_path / "out.xlsx")
    first = read_workbook(tmp_path / "out.xlsx")["Investigation"]
    (path,) = report.paths
    for question in path.questions:
        row = row_of(first, question.what[:1].upper() + question.what[1:])
        assert [first.values[f"{column}{row}"] for column in "CDFG"] == pytest.approx(
            [float(v) for v in (question.ours, question.theirs, question.difference, question.allowed)]
        )
        assert "OurCalls" in first.formulas[f"C{row}"] or "TheirCalls" in first.formulas[f"C{row}"]
        assert first.values[f"J{row}"] == question.answer
    assert path.whole.variance.cost == sum(part.cost or 0 for part in path.parts)
    total = row_of(first, "The day's difference")
    assert first.values[f"D{total}"] == pytest.approx(float(path.whole.variance.cost or 0))


def row_of(sheet: Sheet, text: str) -> int:
    return next(int(cell[1:]) for cell, value in sheet.values.items() if value == text and cell[0] == "A")


@pytest.mark.parametrize("table", ["our_calls", "their_calls"])
def test_a_call_that_is_lost_is_seen(table: str, tmp_path: Path) -> None:
    whole = by_call()
    (path,) = whole.paths
    planted = replace(whole, paths=(replace(path, **{table: getattr(path, table)[1:]}),))
    write_investigation(planted, tmp_path / "out.xlsx")
    found = {line.partition("!")[0] for line in differences(read_workbook(tmp_path / "out.xlsx"))}
    assert {"Investigation", "Days", "Hours"} <= found


def test_a_statement_that_does_not_add_up_is_seen(tmp_path: Path) -> None:
    whole = by_call()
    (balance,) = whole.balances
    wrong = replace(balance, rows=balance.rows[:-1])
    write_investigation(replace(whole, balances=(wrong,)), tmp_path / "out.xlsx")
    assert any(line.startswith("Ledger!") for line in differences(read_workbook(tmp_path / "out.xlsx")))


def test_the_tree_is_drawn_as_it_was_walked(tmp_path: Path) -> None:
    write_investigation(by_call(), tmp_path / "out.xlsx")
    sheet = load_workbook(tmp_path / "out.xlsx")["Investigation"]
    drawn = {
        cell.value: cell.font.bold
        for row in sheet.iter_rows(min_row=8, max_row=28)
        for cell in row
        if isinstance(cell.value, str) and cell.border.left.style
    }
    assert drawn["Do the connected calls roughly match?"]
    assert drawn["Do the costs of the same time match?"]
    assert drawn["Rating issue"]
    assert not drawn["Duration issue"]
    assert not drawn["Some calls are missing"]


def test_days_of_too_many_calls_are_refused_not_cut(tmp_path: Path) -> None:
    with pytest.raises(TollsheetError, match="which do not fit on a sheet"):
        write_investigation(by_call(), tmp_path / "out.xlsx", max_rows=100)
    assert [*tmp_path.iterdir()] == []


def test_the_text_holds_nothing_that_steers(tmp_path: Path) -> None:
    report = by_call()
    write_report_text(report, tmp_path / "out.txt")
    text = (tmp_path / "out.txt").read_text("utf-8")
    assert "\x1b" not in text
    assert all(sign.isprintable() or sign == "\n" for sign in text)
    assert "the day that differs most, by amount: 2026-09-10" in text.casefold()


def test_parts_name_what_the_path_passes_by() -> None:
    (path,) = by_call().paths
    assert [part.calls for part in path.parts] == [1, 1, 150]
    assert any("on one side only" in note for note in path.notes)
    assert sum((Fraction(part.minutes) for part in path.parts), Fraction(0)) == Fraction(
        path.whole.variance.minutes
    )


def test_the_stated_balance_says_when_it_was_read_and_where(tmp_path: Path) -> None:
    write_investigation(by_call(), tmp_path / "out.xlsx")
    sheet = load_workbook(tmp_path / "out.xlsx")["Ledger"]
    (row,) = [row for row in sheet.iter_rows() if row[0].value == "Stated balance"]
    assert [cell.value for cell in row[2:6]] == [
        118.28,
        CLOSED_AT.replace(tzinfo=None),
        "=2+2",
        "l.csv:7",
    ]
    assert row[4].data_type == "s"


def test_a_difference_that_is_a_range_stands_with_both_bounds(tmp_path: Path) -> None:
    day = {"start_on": later(0).date(), "end_on": later(0).date()}
    result = run([call("A", cost=Decimal("0.1"))], [usage_record(1, "2", "3.20", **day)])
    opening = LedgerRow(OPENING, Decimal(10), "USD", datetime(2026, 9, 1, tzinfo=UTC))
    closing = LedgerRow(CLOSING, Decimal(8), "USD", datetime(2026, 9, 10, 12, tzinfo=UTC))
    made = reported(result, ledger=Ledger((opening, closing)))
    write_investigation(made, tmp_path / "out.xlsx")
    rows = [row[:5] for row in load_workbook(tmp_path / "out.xlsx")["Ledger"].iter_rows(values_only=True)]
    said = {row[0]: row[2] for row in rows}
    assert (said["Difference, from"], said["Difference, to"]) == (-2, 1.2)
    assert ("CDR charges", 3.2, 0) in [row[:3] for row in rows]
    assert differences(read_workbook(tmp_path / "out.xlsx")) == []
    text = [line.split() for line in made.text]
    assert ["Difference,", "from", "-2"] in text
    assert ["Difference,", "to", "+1.2"] in text
    assert made.differs
    assert json.loads(to_json(made))["balances"][0]["difference_to"] == "1.2"


def test_usage_without_a_currency_stands_in_no_other_s_path(tmp_path: Path) -> None:
    day = {"start_on": later(0).date(), "end_on": later(0).date()}
    billed = [
        usage_record(2, "2", "0.02", "calls-inbound", account="B", **day),
        usage_record(1, "1", "0.01", "calls-inbound", account="A", currency="EUR", **day),
        usage_record(4, "4", "0.04", "calls-outbound", currency="", **day),
    ]
    made = reported(run([call("A"), call("B", currency="EUR")], billed))
    assert {path.currency: [row.calls for row in path.their_usage] for path in made.paths} == {
        "USD": [2], "EUR": [1], None: [4],
    }  # fmt: skip
    write_investigation(made, tmp_path / "difference.xlsx")
    assert differences(read_workbook(tmp_path / "difference.xlsx")) == []
