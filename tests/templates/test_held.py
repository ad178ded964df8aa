"""A long table is held as numbers until it is written: the same file to the byte, with less memory."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from addin.errors import TollsheetError
from addin.hosts.new_workbook import open_workbook
from addin.hosts.report_files.writing import write_report
from templates import grid
from templates.cells import Value
from templates.grid import AMOUNT, COUNT, DAY, INPUT, INSTANT, TEXT, Column, write_table
from templates.look import Look

ROWS: tuple[tuple[Value, ...], ...] = (
    ("one", 1, Decimal("1.25"), date(2026, 9, 1), datetime(2026, 9, 1, 12, 30, tzinfo=UTC), "a\nb"),
    ("two", -2, None, date(1899, 1, 1), None, "=1"),
    ("", None, Decimal("-0.0000001"), None, datetime(2026, 9, 30, 23, 59, 59, tzinfo=UTC), ""),
    ("one", 2**53 - 1, Decimal("12345678901.2345"), date(2026, 9, 30), None, "two"),
)
KINDS = (TEXT, COUNT, AMOUNT, DAY, INSTANT, INPUT)


def columns(adds: bool = False) -> list[Column[Sequence[Value]]]:
    return [
        Column(f"Column {at}", kind, lambda row, at=at: row[at], adds=adds and kind in (COUNT, AMOUNT))  # type: ignore[misc]
        for at, kind in enumerate(KINDS)
    ]


def write(path: Path, long: int, monkeypatch: pytest.MonkeyPatch) -> bytes:
    """Two tables with cells around them and one written over, on a sheet of two."""
    monkeypatch.setattr(grid, "LONG", long)
    with open_workbook(path) as workbook:
        workbook.set_properties({"created": datetime(2026, 9, 30)})
        look = Look(workbook)
        sheet, other = workbook.add_worksheet("Long"), workbook.add_worksheet("Other")
        sheet.write_string(0, 9, "beside the title")
        first = write_table(sheet, look, "First", columns(adds=True), ROWS * 20, total="Total")
        sheet.write_formula(10, 1, "=1+1", None, 2)
        sheet.write_blank(11, 0, None, None)
        second = first.last_row + 3
        write_table(sheet, look, "Second", columns(), ROWS * 9, header_row=second, set_widths=False)
        sheet.write_string(5, 0, "over")
        sheet.write_number(second + 60, 2, 3)
        other.write_string(0, 0, "over")
        write_table(other, look, "Third", columns(), ROWS[:1])
    return path.read_bytes()


def test_the_file_is_the_same_to_the_byte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = write(tmp_path / "plain.xlsx", 10**9, monkeypatch)
    assert write(tmp_path / "held.xlsx", 2, monkeypatch) == plain


def test_a_cell_beside_a_held_table_is_refused_not_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grid, "LONG", 2)
    workbook = Workbook()
    sheet = workbook.add_worksheet()
    write_table(sheet, Look(workbook), "First", columns(), ROWS)
    with pytest.raises(KeyError):
        sheet.write_number(5, 6, 1)
    workbook.fileclosed = True


def by_pairs(sheet: Worksheet) -> None:
    for row, cells in sorted(sheet.table.items()):
        sheet._write_row(row, None)
        for column, cell in cells.items():
            if cell:
                sheet._write_cell(row, column, cell)
        sheet._xml_end_tag("row")


def by_get(sheet: Worksheet) -> None:
    for row in range(sheet.dim_rowmin, sheet.dim_rowmax + 1):
        for column, cell in (sheet.table.get(row) or {}).items():
            sheet._write_cell(row, column, cell)


def all_rows_first(sheet: Worksheet) -> None:
    """Each row would show the cells of the last."""
    rows = {row: sheet.table[row] for row in range(sheet.dim_rowmin, sheet.dim_rowmax + 1)}
    for row, cells in rows.items():
        for column in [*cells]:
            sheet._write_cell(row, column, cells[column])


def of_a_copy(sheet: Worksheet) -> None:
    sheet.table = {row: dict(cells) for row, cells in sheet.table.items()}
    by_pairs(sheet)


@pytest.mark.parametrize("walk", [by_pairs, by_get, all_rows_first, of_a_copy])
def test_a_version_that_walks_the_cells_otherwise_is_an_error_and_no_file(
    walk: Callable[[Worksheet], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(grid, "LONG", 2)
    monkeypatch.setattr(Worksheet, "_write_rows", walk)
    path = tmp_path / "short.xlsx"

    def write_long(workbook: Workbook, version: str) -> None:
        write_table(workbook.add_worksheet("Long"), Look(workbook), "First", columns(), ROWS)

    with pytest.raises(TollsheetError, match=r'XlsxWriter [\d.]+ leaves out rows of "Long"') as raised:
        write_report(path, write_long)
    assert "Install a version" in raised.value.remedy
    assert not [*tmp_path.iterdir()]


def test_a_row_without_its_cell_moves_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grid, "LONG", 2)
    write_number = Worksheet.write_number
    monkeypatch.setattr(
        Worksheet, "write_number", lambda sheet, row, *more: row == 5 or write_number(sheet, row, *more)
    )
    workbook = Workbook()
    with pytest.raises(IndexError, match="column 1 of Sheet1"):
        write_table(workbook.add_worksheet(), Look(workbook), "First", columns(), ROWS)
    workbook.fileclosed = True


def test_a_cell_takes_a_few_bytes(tmp_path: Path) -> None:
    """XlsxWriter's own takes about 250."""
    start = datetime(2026, 9, 1, tzinfo=UTC)
    rows = [("same", at, Decimal(at), start.date(), start + timedelta(seconds=at), "") for at in range(5_000)]
    workbook = Workbook(tmp_path / "long.xlsx")
    sheet = workbook.add_worksheet()
    tracemalloc.start()
    write_table(sheet, Look(workbook), "First", columns(), rows)
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    workbook.close()
    assert held / (len(rows) * len(KINDS)) < 30
