"""The file as another program reads it: sheets, tables, names, print set-up, text that stays text."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from addin.hosts.report_files.reconciliation import write_reconciliation
from templates.text import LONGEST_TEXT
from tests.office.harness import read_workbook
from tests.templates.reports import (
    ALL,
    STRANGE,
    balanced,
    by_call,
    by_usage,
    by_usage_and_calls,
    in_currencies,
    without_billed_costs,
)

SHEETS = [
    *("Summary", "By category", "By day", "Calls", "Billed", "Findings"),
    *("Considerations", "Month over month", "Accrual", "Assumptions", "Sign-off"),
]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("workbook") / "month.xlsx"
    write_reconciliation(by_call(), path)
    return path


@pytest.fixture(scope="module")
def book(path: Path) -> Workbook:
    return load_workbook(path)


@pytest.fixture(scope="module")
def shown(path: Path) -> Workbook:
    return load_workbook(path, data_only=True)


def test_the_sheets_stand_in_their_order_and_summary_is_open(book: Workbook) -> None:
    assert book.sheetnames == SHEETS
    assert book.active is not None
    assert book.active.title == "Summary"


def test_usage_beside_calls_has_a_sheet_of_its_own(tmp_path: Path) -> None:
    write_reconciliation(by_usage_and_calls(), tmp_path / "month.xlsx")
    book = load_workbook(tmp_path / "month.xlsx")
    others = [name for name in SHEETS[5:] if name != "Month over month"]
    assert book.sheetnames == [*SHEETS[:5], "Billed usage", *others]
    assert "BilledUsage[Minutes]" in formulas_of(book, "Summary")


def test_tables_have_filters_and_frozen_headers(book: Workbook) -> None:
    names = {
        "By category": "Categories",
        "By day": "Days",
        "Calls": "Calls",
        "Billed": "Billed",
        "Findings": "Findings",
        "Assumptions": "Assumptions",
        "Sign-off": "Inputs",
    }
    for sheet, name in names.items():
        table = book[sheet].tables[name]
        assert table.autoFilter is not None
        heads = [cell.value for cell in book[sheet][table.ref][0]]
        assert heads == [column.name for column in table.tableColumns]
        assert len(set(heads)) == len(heads)
        if sheet != "Sign-off":
            assert book[sheet].freeze_panes in ("A5", "B5")
            assert book[sheet].print_title_rows == "$4:$4"


def test_every_sheet_is_set_up_for_paper(book: Workbook) -> None:
    for sheet in book:
        assert sheet.page_setup.paperSize == 9
        assert "2026-09" in sheet.oddHeader.right.text
        assert sheet.oddFooter.right.text == "Page &P of &N"
        if sheet.title in ("Calls", "Billed", "Findings"):
            assert not sheet.sheet_properties.pageSetUpPr.fitToPage
            assert sheet.page_setup.scale >= 50
            assert sheet.print_title_cols == ("$A:$B" if sheet.title == "Findings" else "$A:$A")
            assert len(sheet.col_breaks.brk) == 1
        else:
            assert sheet.sheet_properties.pageSetUpPr.fitToPage
            assert sheet.page_setup.fitToWidth in (1, None)
            assert (sheet.page_setup.fitToHeight == 0) is (sheet.title != "Summary")


def test_totals_are_formulas_with_their_values(book: Workbook, shown: Workbook) -> None:
    for name in ("expected_cost", "bill_minutes", "variance_calls", "check_bridge_sums", "check_all"):
        sheet, cell = book.defined_names[name].attr_text.replace("'", "").split("!")
        cell = cell.replace("$", "")
        assert str(book[sheet][cell].value).startswith("="), name
        assert shown[sheet][cell].value is not None
    report = by_call()
    assert value_of(shown, "expected_cost") == float(report.expected.cost or 0)
    assert value_of(shown, "bill_minutes") == float(report.billed.minutes)
    assert value_of(shown, "variance_calls") == report.variance.calls
    assert value_of(shown, "check_all") is True


def test_each_currency_has_its_bridge_and_its_names(tmp_path: Path) -> None:
    write_reconciliation(in_currencies(), tmp_path / "month.xlsx")
    shown = load_workbook(tmp_path / "month.xlsx", data_only=True)
    assert value_of(shown, "bill_cost_EUR") == -0.5
    assert value_of(shown, "expected_cost_none") == pytest.approx(0.028)
    assert len(shown["Summary"]._charts) == 6


def test_an_unknown_cost_is_blank_and_said(tmp_path: Path) -> None:
    write_reconciliation(without_billed_costs(), tmp_path / "month.xlsx")
    shown = load_workbook(tmp_path / "month.xlsx", data_only=True)
    assert value_of(shown, "bill_cost") is None
    assert value_of(shown, "expected_cost") == pytest.approx(0.028)
    texts = [cell.value for row in shown["Summary"] for cell in row if isinstance(cell.value, str)]
    texts = [line.removeprefix("\N{BULLET} ") for text in texts for line in text.split("\n")]
    assert "Only calls and minutes are compared, not the cost: the bill has no prices." in texts


def test_text_from_strangers_stays_text(path: Path, book: Workbook) -> None:
    calls = book["Calls"]
    formulas = {cell.column for row in calls for cell in row if cell.data_type == "f"}
    assert {calls.cell(4, column).value for column in formulas} <= {
        "Expected minutes",
        "Expected cost",
        "Expected seconds",
        "Talked cost",
    }
    assert not any(cell.hyperlink for row in calls for cell in row)
    column = [cell.value for cell in calls[4]].index("From")
    texts = [row[column].value for row in calls.iter_rows(min_row=5) if row[column].value]
    assert {"=cmd|' /C calc'!A0", "+15005550006", "-2+3", "@SUM(A1)", "007", "1e5"} <= set(texts)
    assert {"␉=1+1", "␛[31mred", "\N{REPLACEMENT CHARACTER}"} <= set(texts)
    in_office = set(read_workbook(path)["Calls"].values.values())
    assert "_x001B_" in in_office
    assert len(STRANGE) == len({text for text in texts if text not in ("+447700900123",)})


def test_too_long_text_is_cut_with_an_ellipsis(tmp_path: Path) -> None:
    report = by_call()
    long = replace(report.calls[0], remark="\N{TELEPHONE RECEIVER}" * 40_000)
    write_reconciliation(replace(report, calls=(long, *report.calls[1:])), tmp_path / "month.xlsx")
    book = load_workbook(tmp_path / "month.xlsx")
    remark = next(
        cell.value for cell in book["Calls"][5] if str(cell.value).startswith("\N{TELEPHONE RECEIVER}")
    )
    assert remark.endswith("…")
    assert len(remark.encode("utf-16-le")) // 2 <= LONGEST_TEXT


def test_instants_are_real_dates(shown: Workbook) -> None:
    assert shown["Calls"]["C5"].value == datetime(2026, 9, 10, 12, 0)
    assert shown["By day"]["A5"].value == datetime(2026, 9, 1)


def test_without_findings_the_table_has_one_blank_row(tmp_path: Path) -> None:
    write_reconciliation(balanced(), tmp_path / "month.xlsx")
    findings = load_workbook(tmp_path / "month.xlsx")["Findings"]
    assert findings.tables["Findings"].ref == "A4:X5"
    assert all(cell.value is None for cell in findings[5])
    assert findings["A2"].value == "Nothing was found."


def test_empty_tables_of_the_bill_can_be_written_and_read(tmp_path: Path) -> None:
    """No row in Billed, no category, no input: every formula still has something to refer to."""
    for number, report in enumerate((balanced(), by_usage())):
        bare = replace(report, billed_calls=(), billed_usage=(), categories=(), days=(), billed_sources=())
        write_reconciliation(bare, tmp_path / f"{number}.xlsx")
        sheets = read_workbook(tmp_path / f"{number}.xlsx")
        texts = {str(value) for sheet in sheets.values() for value in sheet.values.values()}
        assert not any(text.startswith("#") for text in texts)


@pytest.mark.parametrize("kind", ALL)
def test_the_same_report_gives_the_same_bytes(kind: str, tmp_path: Path) -> None:
    report, parts = ALL[kind](), []
    for name in ("a.xlsx", "b.xlsx"):
        write_reconciliation(report, tmp_path / name)
    for name in ("a.xlsx", "b.xlsx"):
        with zipfile.ZipFile(tmp_path / name) as file:
            parts.append({part: file.read(part) for part in file.namelist()})
    assert parts[0].keys() == parts[1].keys()
    assert [part for part in parts[0] if parts[0][part] != parts[1][part]] == []
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    assert b">2026-09-30T00:00:00Z</dcterms:created>" in parts[0]["docProps/core.xml"]


def formulas_of(book: Workbook, sheet: str) -> str:
    return "\n".join(str(cell.value) for row in book[sheet] for cell in row if cell.data_type == "f")


def value_of(shown: Workbook, name: str) -> object:
    sheet, cell = shown.defined_names[name].attr_text.replace("'", "").split("!")
    return shown[sheet][cell.replace("$", "")].value


def test_sums_of_costs_are_rounded_to_the_places_that_costs_have(book: Workbook) -> None:
    """Programs add floats in different ways: the tenth place of a large sum is not the same in all."""
    texts = [str(cell.value) for row in book["Summary"].iter_rows() for cell in row]
    sums = [text for text in texts if "Calls[Expected cost]" in text]
    assert sums
    assert all(text.endswith(",6)") for text in sums), sums  # as many as a changed formula can give
