"""Rated calls as a workbook and as a CSV."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from openpyxl import load_workbook

from addin.errors import TollsheetError
from addin.hosts.report_files.rated_calls import write_rated_calls
from tests.office.harness import read_workbook
from tests.templates.reports import by_call, in_currencies
from tests.templates.test_recalculated import differences


def test_a_workbook_holds_each_call(tmp_path: Path) -> None:
    rows = by_call().calls
    write_rated_calls(rows, tmp_path / "rated.xlsx")
    formulas = load_workbook(tmp_path / "rated.xlsx")["Rated calls"]
    sheet = load_workbook(tmp_path / "rated.xlsx", data_only=True)["Rated calls"]
    assert formulas.tables["Rated"].ref == f"A4:U{4 + len(rows)}"
    heads = [cell.value for cell in sheet[4]]
    first = dict(zip(heads, [cell.value for cell in sheet[5]], strict=True))
    assert first["Step"] == "rated"
    assert (first["Cost"], first["Billed minutes"]) == (0.0008, 0.1516666667)
    live = {sheet.cell(4, cell.column).value for row in formulas for cell in row if cell.data_type == "f"}
    assert live == {"Billed minutes", "Cost", "Billed seconds"}


def test_the_summary_is_what_the_table_sums_to(tmp_path: Path) -> None:
    by_currency = (*by_call().calls, *in_currencies().calls)
    write_rated_calls(by_currency, tmp_path / "rated.xlsx")
    sheets = read_workbook(tmp_path / "rated.xlsx")
    assert list(sheets) == ["Summary", "Rated calls", "Assumptions"]
    assert differences(sheets) == []
    assert len(sheets["Summary"].formulas) == 3 * 3 + 2 * 5 + 1
    rows = {text: cell[1:] for cell, text in sheets["Summary"].values.items() if cell.startswith(("A", "E"))}
    rated = [row for row in by_currency if row.step == "expected"]
    for currency, found in (("USD", "USD"), ("EUR", "EUR"), (None, "(none)")):
        those = [row for row in rated if row.currency == currency]
        shown = [sheets["Summary"].values[f"{column}{rows[found]}"] for column in "BCD"]
        assert shown[0] == len(those)
        assert shown[1] == pytest.approx(float(sum(row.expected_minutes or 0 for row in those)), abs=1e-7)
        assert shown[2] == pytest.approx(float(sum(row.expected_cost or 0 for row in those)), abs=1e-9)
    for step in ("duplicates", "not billed", "unrated"):
        count = sum(row.step == step for row in by_currency)
        assert sheets["Summary"].values[f"B{rows[step]}"] == count
    assert sheets["Summary"].values[f"B{rows['All readable rows']}"] == len(by_currency)


def test_a_csv_keeps_every_digit_and_escapes_text(tmp_path: Path) -> None:
    rows = by_call().calls
    write_rated_calls(rows, tmp_path / "rated.CSV")
    with (tmp_path / "rated.CSV").open(encoding="utf-8-sig", newline="") as file:
        written = list(csv.DictReader(file))
    assert len(written) == len(rows)
    assert (written[0]["Billed minutes"], written[0]["Cost"]) == ("0.1516666667", "0.0008")
    assert written[0]["Started (UTC)"] == "2026-09-10 12:00:00"
    assert written[0]["To"] == "'+4930123456"
    assert {row["Step"] for row in written} >= {"rated", "unrated", "not billed"}


def test_the_same_rows_give_the_same_bytes(tmp_path: Path) -> None:
    rows = by_call().calls
    for name in ("a.xlsx", "b.xlsx"):
        write_rated_calls(rows, tmp_path / name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_no_calls_can_be_written(tmp_path: Path) -> None:
    write_rated_calls((), tmp_path / "rated.xlsx")
    assert load_workbook(tmp_path / "rated.xlsx")["Rated calls"].tables["Rated"].ref == "A4:U5"


def test_what_cannot_be_written_is_refused(tmp_path: Path) -> None:
    rows = by_call().calls
    with pytest.raises(TollsheetError, match=r"neither \.xlsx nor \.csv"):
        write_rated_calls(rows, tmp_path / "rated.pdf")
    with pytest.raises(TollsheetError, match=r"Name a \.csv file"):
        write_rated_calls(rows, tmp_path / "rated.xlsx", max_rows=20)
    write_rated_calls(rows, tmp_path / "rated.csv", max_rows=20)
    with pytest.raises(TollsheetError, match="exists already"):
        write_rated_calls(rows, tmp_path / "rated.csv")
    with pytest.raises(TollsheetError, match="is an input"):
        write_rated_calls(rows, tmp_path / "rated.csv", force=True, inputs=[tmp_path / "rated.csv"])
