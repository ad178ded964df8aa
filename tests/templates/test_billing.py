"""The workbook of a billing report: recalculated, valid, the same twice; and the CSV of its tables."""

from __future__ import annotations

import csv
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from addin.billing.billing import bill
from addin.billing.choices import Choices
from addin.hosts.report_files.billing import write_billing
from addin.records import read_records
from addin.reports.about import Input
from addin.reports.billing.contract import to_contract, to_json
from addin.reports.billing.report import BillingReport, billing_report_of, side_of
from tests.billing.make import ROSTER, charge
from tests.office.harness import Sheet, read_workbook
from tests.templates.test_recalculated import differences
from tests.workbook_lint.delivered import faults

ODD = ("=cmd()", "0042", "42", "a*b?", "~x", "+1", "2026-09", "TRUE", ">5", 'say "x"', "Ünal", "x" * 300)
"""Names that programs read as formulas, numbers, dates, wildcards or operators."""


def example(examples: Path, *files: str, **choices: Any) -> BillingReport:
    folder = examples / "billing"
    records = read_records([folder / name for name in (*files, "charges.csv", "roster.csv")])
    chosen = Choices(**{"month": "2026-09", "everyone": True, "countries": ("US", "GB"), **choices})
    inputs = [Input(side_of(source), source) for source in records.sources]
    return billing_report_of(bill(records.charges, records.roster, chosen), inputs, records.unreadable)


def odd() -> BillingReport:
    """Names that formulas must not misread, and costs of many decimals."""
    charges = [charge(f"{2**n}.000000{n % 10}", name) for n, name in enumerate(ODD)]
    charges += [charge(f"0.{n + 1:03}", "ann", kind="dialer", campaign_id=name) for n, name in enumerate(ODD)]
    roster = [replace(ROSTER[0], agent=name, teams=(f"{name}",)) for name in ODD]
    chosen = Choices(month="2026-06", everyone=True, countries=("GB",), sort=("Agent",))
    return billing_report_of(bill(charges, roster, chosen), ())


@pytest.mark.parametrize("kind", ["one", "two currencies", "no countries", "nothing", "odd"])
def test_every_cell_is_what_is_calculated(kind: str, examples: Path, tmp_path: Path) -> None:
    report = {
        "one": lambda: example(examples),
        "two currencies": lambda: example(examples, "charges-eur.csv", teams=("Sales",), everyone=False),
        "no countries": lambda: example(examples, countries=(), sort=("Team",)),
        "nothing": lambda: example(examples, month="2030-01"),
        "odd": odd,
    }[kind]()
    write_billing(report, tmp_path / "billing.xlsx")
    sheets = read_workbook(tmp_path / "billing.xlsx")
    assert differences(sheets) == []
    assert faults(tmp_path / "billing.xlsx") == []
    if kind in ("one", "two currencies", "odd"):
        live = sum("Charges[" in text for sheet in sheets.values() for text in sheet.formulas.values())
        assert live > 50
        assert column_of(sheets["Tables"], "Total") == [
            float(table.total) for book in report.books for table in book.tables
        ]


def column_of(sheet: Sheet, label: str) -> list[Any]:
    """What stands in column C of each row of totals."""
    rows = sorted(int(cell[1:]) for cell, value in sheet.values.items() if cell[0] == "A" and value == label)
    return [sheet.values[f"C{row}"] for row in rows]


def test_a_figure_that_is_wrong_is_seen(examples: Path, tmp_path: Path) -> None:
    whole = example(examples)
    book = whole.books[0]
    row = book.tables[0].rows[0]
    rows = (replace(row, total=row.total + Decimal("0.0001")), *book.tables[0].rows[1:])
    tables = (replace(book.tables[0], rows=rows), *book.tables[1:])
    write_billing(replace(whole, books=(replace(book, tables=tables),)), tmp_path / "billing.xlsx")
    found = differences(read_workbook(tmp_path / "billing.xlsx"))
    assert any(line.startswith("Tables!C") for line in found)


def test_a_charge_that_is_lost_is_seen(examples: Path, tmp_path: Path) -> None:
    whole = example(examples)
    lines = tuple(line for line in whole.lines if line.charge.call_id != "over-midnight")
    write_billing(replace(whole, lines=lines), tmp_path / "billing.xlsx")
    assert differences(read_workbook(tmp_path / "billing.xlsx"))


def test_more_charges_than_a_sheet_holds(examples: Path, tmp_path: Path) -> None:
    report = example(examples)
    written = write_billing(report, tmp_path / "billing.xlsx", max_rows=100)
    assert [path.name for path in written] == ["billing.xlsx", "billing-charges.csv"]
    sheets = read_workbook(tmp_path / "billing.xlsx")
    assert "Charges" not in sheets
    assert differences(sheets) == []
    assert faults(written[0]) == []
    assert column_of(sheets["Tables"], "Total") == [float(table.total) for table in report.books[0].tables]
    with written[1].open(encoding="utf-8-sig", newline="") as file:
        assert len([*csv.reader(file)]) == len(report.lines) + 1
    assert any("billing-charges.csv" in str(value) for value in sheets["Summary"].values.values())


def test_two_runs_give_the_same_bytes(examples: Path, tmp_path: Path) -> None:
    for name in ("a", "b"):
        report = example(examples, "charges-eur.csv")
        write_billing(report, tmp_path / f"{name}.xlsx", csv_path=tmp_path / f"{name}.csv")
        (tmp_path / f"{name}.json").write_text(to_json(report), "utf-8")
    for ending in ("xlsx", "csv", "json"):
        assert (tmp_path / f"a.{ending}").read_bytes() == (tmp_path / f"b.{ending}").read_bytes()


GOLDEN = """\
Billing report 2026-06
This is not an invoice.
By the moment billed; days by the clocks of UTC

Manual outbound + click-to-call,USD
Agent,Team,Total,GB,US,Other
bob,Sales; Support,1.5,0,1.5,0
ann,Sales,0.03,0.01,0,0.02
Total,,1.53,0.01,1.5,0.02

Dialer campaigns,USD
Campaign ID,Team,Total,GB,US,Other
'=7,Sales,0.5,0.5,0,0
Total,,0.5,0.5,0,0

Answering Machine Detection,USD
Agent,Team,Total,GB,US,Other
Total,,0,0,0,0
"""


def test_the_csv_is_the_current_view(tmp_path: Path) -> None:
    charges = [
        charge("0.01"),
        charge("0.020", to="anonymous"),
        charge("1.5", "bob", to="+14155550123"),
        charge("0.5", kind="dialer", campaign_id="=7"),
    ]
    chosen = Choices(month="2026-06", teams=("Sales",), countries=("GB", "US"))
    report = billing_report_of(bill(charges, ROSTER, chosen), ())
    write_billing(report, tmp_path / "b.xlsx", csv_path=tmp_path / "b.csv")
    assert (tmp_path / "b.csv").read_text("utf-8-sig").replace("\r\n", "\n") == GOLDEN
    told = to_contract(report)
    assert told["note"] == "This is not an invoice."
    assert told["currencies"][0]["total"] == "2.03"
    assert told["currencies"][0]["tables"]["dialer"]["rows"][0]["by_country"]["GB"] == "0.5"
    assert report.is_fine
