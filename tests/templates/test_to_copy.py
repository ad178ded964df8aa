"""The sheets of a report that go into an open workbook: formulas of a row name its cells, not its table."""

from __future__ import annotations

import re
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from addin.hosts.new_workbook import for_copying
from addin.hosts.own_cells import is_over_own_cells
from addin.hosts.report_files.reconciliation import write_reconciliation
from addin.reports.reconciliation.data import ReconciliationReport
from tests.office.harness import read_workbook
from tests.templates.reports import by_call
from tests.templates.test_recalculated import differences

LIVE = ("Expected seconds", "Expected minutes", "Expected cost", "Talked cost")


def to_copy(report: ReconciliationReport, path: Path) -> Path:
    with for_copying():
        write_reconciliation(report, path)
    return path


def test_they_calculate_what_is_written(tmp_path: Path) -> None:
    sheets = read_workbook(to_copy(by_call(), tmp_path / "copied.xlsx"))
    assert differences(sheets) == []
    assert sum(map(is_over_own_cells, sheets["Calls"].formulas.values())) > 300


def test_they_are_those_of_the_workbook_that_the_command_writes(tmp_path: Path) -> None:
    report = by_call()
    write_reconciliation(report, tmp_path / "written.xlsx")
    written = load_workbook(tmp_path / "written.xlsx")
    copied = load_workbook(to_copy(report, tmp_path / "copied.xlsx"))
    assert written.sheetnames == copied.sheetnames
    heads = [cell.value for cell in written["Calls"][4]]
    seen = set()
    for sheet in written:
        for row in sheet.iter_rows():
            for cell in row:
                text = cell.value
                if isinstance(text, str) and "[#This Row]" in text:
                    seen.add(heads[cell.column - 1])
                    for index, head in enumerate(heads, 1):
                        here = f"${get_column_letter(index)}{cell.row}"
                        text = text.replace(f"Calls[[#This Row],[{head}]]", here)
                assert copied[sheet.title][cell.coordinate].value == text
    assert seen == set(LIVE)


def test_no_other_workbook_names_cells(tmp_path: Path) -> None:
    write_reconciliation(by_call(), tmp_path / "written.xlsx")
    sheet = load_workbook(tmp_path / "written.xlsx")["Calls"]
    formulas = [cell.value for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert len(formulas) > 300
    assert not [text for text in formulas if re.search(r"\$[A-Z]+\d", text)]
