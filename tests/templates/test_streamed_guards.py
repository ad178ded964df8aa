"""Rows that are made when the file is written are all in it, or there is no file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from xlsxwriter import Workbook
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from addin.errors import TollsheetError
from addin.hosts.report_files.writing import write_report
from templates import grid, spliced
from templates.grid import write_table
from templates.look import Look
from tests.templates.alike_rows import COLUMNS, MANY, alike_of, write

add_table = Worksheet.add_table


@pytest.fixture(autouse=True)
def _streams_few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grid, "STREAMED", 1)


def not_at_all(sheet: Worksheet) -> None:
    """A version that never asks for the rows here."""
    sheet._xml_empty_tag("sheetData")


def other_cells(sheet: Worksheet, row: int, column: int, cell: Any) -> None:
    sheet.fh.write(f"<c s='1' r='{xl_rowcol_to_cell(row, column)}'/>")


def other_blanks(sheet: Worksheet, row: int, column: int, cell: Any) -> None:
    sheet.fh.write(f'<c r="{xl_rowcol_to_cell(row, column)}"></c>')


def other_rows(sheet: Worksheet, row: int, *more: Any) -> None:
    sheet.fh.write(f"<row r='{row + 1}'>")


def other_table(sheet: Worksheet, *more: Any) -> None:
    """Of which the range cannot be told to be that of a table."""
    add_table(sheet, *more)
    sheet.tables[-1]["range"] = "$A$4:$I$5"


@pytest.mark.parametrize(
    ("name", "otherwise"),
    [
        ("_write_sheet_data", not_at_all),
        ("_write_cell", other_cells),
        ("_write_cell", other_blanks),
        ("_write_row", other_rows),
        ("add_table", other_table),
    ],
)
def test_a_version_that_writes_otherwise_is_an_error_and_no_file(
    name: str, otherwise: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Worksheet, name, otherwise)

    def write_long(made: Workbook, version: str) -> None:
        write_table(made.add_worksheet("Long"), Look(made), "Long", COLUMNS, alike_of(MANY))

    with pytest.raises(TollsheetError, match=r'XlsxWriter [\d.]+ leaves out rows of "Long"') as raised:
        write_report(tmp_path / "short.xlsx", write_long)
    assert "Install a version" in raised.value.remedy
    assert not [*tmp_path.iterdir()]


def test_a_cell_over_rows_that_are_made_later_is_refused_not_lost(tmp_path: Path) -> None:
    def write_over(made: Workbook, version: str) -> None:
        sheet = made.add_worksheet("Long")
        write_table(sheet, Look(made), "Long", COLUMNS, alike_of(MANY))
        sheet.write_formula(10, 3, "=1+1")

    with pytest.raises(IndexError, match="a cell of Long stands in a row that is made later"):
        write_report(tmp_path / "over.xlsx", write_over)


def test_more_rows_than_a_sheet_has_are_refused(tmp_path: Path) -> None:
    def write_low(made: Workbook, version: str) -> None:
        sheet = made.add_worksheet("Long")
        write_table(sheet, Look(made), "Long", COLUMNS, alike_of(MANY), header_row=1_048_540)

    with pytest.raises(IndexError, match="Long has too few rows for 40"):
        write_report(tmp_path / "low.xlsx", write_low)


def test_a_part_that_would_be_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spliced, "_LARGEST", 20_000)
    with pytest.raises(TollsheetError, match=r"too large: xl/worksheets/sheet1\.xml has 0\.0 GB"):
        write(tmp_path / "large.xlsx", alike_of(MANY * 3))


def test_values_of_another_number_of_rows_are_refused() -> None:
    with pytest.raises(ValueError, match="40 rows, but 2 values of id"):
        replace(alike_of(MANY), own={"id": pa.chunked_array([["a", "b"]])})
    with pytest.raises(ValueError, match="1 rows without a value of id"):
        replace(alike_of(MANY[:2]), own={"id": pa.chunked_array([["a", None]])})
