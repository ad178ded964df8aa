"""The heads of tables: no word is broken, no line is cut."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from xlsxwriter import Workbook

from addin.hosts.report_files.investigation import write_investigation
from addin.hosts.report_files.reconciliation import write_reconciliation
from addin.hosts.report_files.storage import write_storage
from addin.reports.about import About
from templates.grid import COUNT, TEXT, Column
from templates.heads import head_points, head_width
from templates.look import Look
from templates.page import Page
from tests.templates.reports import month_end
from tests.templates.test_investigation import by_call
from tests.templates.test_storage_workbook import everything

HEADS = ("Recordings charged", "Their talked minutes")


def test_a_page_makes_room_for_the_words_of_a_head(tmp_path: Path) -> None:
    workbook = Workbook(tmp_path / "page.xlsx")
    about = About("Report", "2026-09", "UTC", date(2026, 9, 30), (), ())
    page = Page.new(workbook, Look(workbook), "Page", about, (12, 12, 30))
    columns = [Column(head, COUNT, int) for head in HEADS] + [Column("Call id", TEXT, str)]
    page.table("Rows", columns, [1, 2])
    workbook.close()
    sheet = load_workbook(tmp_path / "page.xlsx")["Page"]
    assert [round(sheet.column_dimensions[name].width) for name in "ABC"] == [17, 14, 31]
    assert sheet.row_dimensions[1].height == 3 * 13 + 6


@pytest.mark.parametrize("kind", ["investigation", "storage", "reconciliation"])
def test_every_head_of_a_report_has_room(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "report.xlsx"
    if kind == "investigation":
        write_investigation(by_call(), path)
    elif kind == "storage":
        write_storage(everything(), path)
    else:
        write_reconciliation(month_end(), path)
    tables = 0
    for sheet in load_workbook(path).worksheets:
        widths = {
            column: one.width
            for one in sheet.column_dimensions.values()
            for column in range(one.min, one.max + 1)
        }
        for table in sheet.tables.values():
            for cell in sheet[table.ref][0]:
                right = cell.alignment.horizontal == "right"
                width = widths[cell.column]
                where = f"{sheet.title}!{cell.coordinate}: {cell.value}"
                assert width >= head_width(cell.value, right=right), where
                height = sheet.row_dimensions[cell.row].height
                assert height >= head_points(cell.value, width, right=right), where
            tables += 1
    assert tables
