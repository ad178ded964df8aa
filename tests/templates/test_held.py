"""A long table is held as numbers until it is written: the same file to the byte, with less memory."""

from __future__ import annotations

import tracemalloc
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from xlsxwriter import Workbook

from addin.hosts.new_workbook import open_workbook
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
