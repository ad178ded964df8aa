"""Rated calls as a workbook and as a CSV."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from openpyxl import load_workbook

from addin.errors import TollsheetError
from addin.hosts.rated_calls import write_rated_calls
from tests.templates.reports import by_call


def test_a_workbook_holds_each_call(tmp_path: Path) -> None:
    rows = by_call().calls
    write_rated_calls(rows, tmp_path / "rated.xlsx")
    sheet = load_workbook(tmp_path / "rated.xlsx")["Rated calls"]
    assert sheet.tables["Rated"].ref == f"A4:T{4 + len(rows)}"
    heads = [cell.value for cell in sheet[4]]
    first = dict(zip(heads, [cell.value for cell in sheet[5]], strict=True))
    assert first["Step"] == "rated"
    assert (first["Cost"], first["Billed minutes"]) == (0.0008, 0.1516666667)
    assert not any(cell.data_type == "f" for row in sheet for cell in row)


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
    assert load_workbook(tmp_path / "rated.xlsx")["Rated calls"].tables["Rated"].ref == "A4:T5"


def test_what_cannot_be_written_is_refused(tmp_path: Path) -> None:
    rows = by_call().calls
    with pytest.raises(TollsheetError, match=r"neither \.xlsx nor \.csv"):
        write_rated_calls(rows, tmp_path / "rated.pdf")
    with pytest.raises(TollsheetError, match=r"Name a \.csv file"):
        write_rated_calls(rows, tmp_path / "rated.xlsx", max_rows=20)
    write_rated_calls(rows, tmp_path / "rated.csv", max_rows=20)
    with pytest.raises(TollsheetError, match="--force"):
        write_rated_calls(rows, tmp_path / "rated.csv")
    with pytest.raises(TollsheetError, match="is an input"):
        write_rated_calls(rows, tmp_path / "rated.csv", force=True, inputs=[tmp_path / "rated.csv"])
