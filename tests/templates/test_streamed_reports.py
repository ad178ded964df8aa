"""A reconciliation of alike rows is the workbook that it is of plain rows, to every reader."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from addin.hosts.report_files.reconciliation import write_reconciliation
from addin.hosts.report_reading.sheets import sheets_of
from addin.reports.reconciliation.data import ReconciliationReport
from templates import grid, rated_formulas, streamed
from tests.office.harness import read_workbook
from tests.templates.alike_calls import alike_calls, alike_of, report_of
from tests.templates.reports import ALL
from tests.workbook_lint.delivered import faults


@pytest.fixture(autouse=True)
def _streams_few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grid, "STREAMED", 1)
    monkeypatch.setattr(rated_formulas, "LIVE_CALLS", 0)
    monkeypatch.setattr(streamed, "BLOCK", 16)


def both(report: ReconciliationReport, folder: Path, max_rows: int = 1_000) -> tuple[Path, Path]:
    """The workbook of the rows one by one, and of the same as rows that are alike."""
    calls = alike_of(report.calls)
    billed = alike_of(report.billed_calls) if report.billed_calls else ()
    plain, alike = folder / "plain" / "month.xlsx", folder / "alike" / "month.xlsx"
    for path, rows in ((plain, (tuple(calls), tuple(billed))), (alike, (calls, billed))):
        path.parent.mkdir()
        write_reconciliation(replace(report, calls=rows[0], billed_calls=rows[1]), path, max_rows=max_rows)
    return plain, alike


def cells(path: Path) -> list[Any]:
    return [
        (sheet.title, cell.coordinate, cell.value, cell.number_format, cell._style)
        for sheet in load_workbook(path).worksheets
        for row in sheet.iter_rows()
        for cell in row
    ]


def tables(path: Path) -> list[Any]:
    return [
        (table.name, table.ref, table.autoFilter.ref, sheet.freeze_panes, sheet.dimensions, widths(sheet))
        for sheet in load_workbook(path).worksheets
        for table in sheet.tables.values()
    ]


def widths(sheet: Any) -> list[Any]:
    return [(name, one.width) for name, one in sheet.column_dimensions.items()]


@pytest.mark.parametrize("kind", ALL)
def test_every_reader_reads_the_same(kind: str, tmp_path: Path) -> None:
    plain, alike = both(ALL[kind](), tmp_path)
    assert cells(alike) == cells(plain)
    assert tables(alike) == tables(plain)
    ours = [[(name, rows(None)) for name, rows in sheets_of(path)] for path in (alike, plain)]
    assert ours[0] == ours[1]
    books = [CalamineWorkbook.from_path(path) for path in (alike, plain)]
    for name in books[0].sheet_names:
        assert books[0].get_sheet_by_name(name).to_python() == books[1].get_sheet_by_name(name).to_python()
    assert faults(alike) == []


def test_rows_that_do_not_fit_are_the_same_in_their_csv(tmp_path: Path) -> None:
    plain, alike = both(ALL["calls"](), tmp_path, max_rows=50)
    for name in ("month-calls.csv", "month-billed.csv"):
        assert (alike.parent / name).read_bytes() == (plain.parent / name).read_bytes()
    assert cells(alike) == cells(plain)


def test_libreoffice_opens_it_as_the_other(tmp_path: Path) -> None:
    plain, alike = both(ALL["calls"](), tmp_path)
    expected, found = read_workbook(plain), read_workbook(alike)
    assert len(found["Calls"].loaded) > 1_000
    for name, sheet in expected.items():
        assert found[name].loaded == sheet.loaded
        assert found[name].values == sheet.values


def test_many_calls_have_no_fault(tmp_path: Path) -> None:
    write_reconciliation(report_of(alike_calls(3_000, 40)), tmp_path / "month.xlsx")
    assert faults(tmp_path / "month.xlsx") == []
    sheet = load_workbook(tmp_path / "month.xlsx")["Calls"]
    assert (sheet.max_row, sheet.tables["Calls"].ref) == (3_004, "A4:AA3004")
