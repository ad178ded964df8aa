"""Pages that are printed: figures are never ###, a short table is not torn from its heading."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook
from xlsxwriter import Workbook

from addin.billing.billing import bill
from addin.billing.choices import Choices
from addin.hosts.report_files.billing import write_billing
from addin.hosts.report_files.investigation import write_investigation
from addin.hosts.report_files.storage import write_storage
from addin.reports.billing.report import billing_report_of
from templates.look import set_breaks
from tests.billing.make import charge
from tests.office.harness import print_sheets
from tests.storage.make import day, recording, report
from tests.templates.test_investigation import by_call


def pages(path: Path, folder: Path, sheet: str) -> list[str]:
    """The text of each printed page of a sheet."""
    pdf = print_sheets(path, folder)[sheet]
    told = subprocess.run(["pdftotext", "-layout", pdf, "-"], check=True, capture_output=True, text=True)
    return told.stdout.split("\f")[:-1]


def test_figures_of_twelve_digits_and_six_decimals_are_shown(tmp_path: Path) -> None:
    """The totals need a digit more than any row."""
    charges = [charge("923456789012.123456", f"agent{n:02}", to="+12125550100") for n in range(15)]
    for kind in ("amd", "dialer"):
        charges += [charge("0.000001", "ann", kind=kind, campaign_id=f"{n}") for n in range(15)]
    chosen = Choices(month="2026-06", everyone=True, countries=("US", "GB"))
    write_billing(billing_report_of(bill(charges, (), chosen), []), tmp_path / "big.xlsx")
    for name in ("Summary", "Tables", "By team", "By country"):
        text = "\n".join(pages(tmp_path / "big.xlsx", tmp_path / name, name))
        assert "###" not in text, name
        assert "13,851,851,835,181" in text, name


@pytest.mark.parametrize("rows", [3, 9, 14, 30])
def test_a_table_of_a_billing_report_stays_with_its_heading(rows: int, tmp_path: Path) -> None:
    charges = [
        charge("0.01", f"agent{n:02}", kind=kind, campaign_id=f"C{n:02}")
        for n in range(rows)
        for kind in ("manual", "dialer", "amd")
    ]
    made = billing_report_of(bill(charges, (), Choices(month="2026-06", everyone=True)), [])
    write_billing(made, tmp_path / "billing.xlsx")
    printed = pages(tmp_path / "billing.xlsx", tmp_path / "pdf", "Tables")
    for heading in ("Dialer campaigns", "Answering Machine Detection"):
        (page,) = [one for one in printed if heading in one]
        below = page.partition(heading)[2]
        assert re.search(r"agent00|C00", below), heading
        assert rows == 30 or re.search(r"^\s*Total", below, re.MULTILINE), heading


@pytest.mark.parametrize("notes", [1, 7, 8, 9, 14])
def test_the_findings_of_a_statement_stay_with_their_heading(notes: int, tmp_path: Path) -> None:
    made = [recording(n, rate=None) for n in range(1, 4)]
    whole = report(*made, first="2023-05", last="2023-07", as_of=day("2023-07-31"))
    write_storage(replace(whole, notes=("A note.",) * notes), tmp_path / "storage.xlsx")
    printed = pages(tmp_path / "storage.xlsx", tmp_path / "pdf", "Summary")
    (page,) = [one for one in printed if "Each stands on the sheet Findings" in one]
    assert re.search(r"no rate\s+3\s+yes\s+Total\s+3", page)


def test_a_sheet_that_is_too_wide_for_a_page_stays_one_page_wide(tmp_path: Path) -> None:
    with Workbook(tmp_path / "wide.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.fit_to_pages(1, 0)
        set_breaks(sheet, [100, 100, 100], [(0, 300.0), (20, 300.0)])
        assert sheet.hbreaks == []


def test_the_text_to_send_is_not_cut_on_paper(tmp_path: Path) -> None:
    """A hash is whole on its page, wherever its file's name ends."""
    names = ["log.csv", "a log with a name that is rather long.csv", "x" * 60, "y" * 140]
    hashes = [str(digit) * 64 for digit in range(len(names))]
    text = [f"- Bill: {name}, 1 row, SHA-256 {one}" for name, one in zip(names, hashes, strict=True)]
    write_investigation(replace(by_call(), text=tuple(text)), tmp_path / "out.xlsx")
    (printed,) = pages(tmp_path / "out.xlsx", tmp_path / "pdf", "Report text")
    assert all(one in printed for one in hashes)
    sheet = load_workbook(tmp_path / "out.xlsx")["Report text"]
    assert [sheet.row_dimensions[row].height for row in range(4, 8)] == [12, 24, 24, 36]
