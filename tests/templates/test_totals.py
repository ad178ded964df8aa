"""The row of totals below a table: exact, live, and no row of the table itself."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

from addin.hosts.report_files.writing import write_report
from addin.reports.about import About, Assumption, Input
from templates.about import set_properties, write_about
from templates.grid import AMOUNT, COUNT, TEXT, Column
from templates.look import Look
from templates.page import GOOD, Page, write_rows
from tests.office.harness import read_workbook
from tests.templates.reports import by_call
from tests.templates.test_recalculated import differences
from tests.workbook_lint.delivered import faults

Row = tuple[str, int, Decimal | None]

COLUMNS: tuple[Column[Row], ...] = (
    Column("Agent", TEXT, lambda row: row[0]),
    Column("Calls [#1's]", COUNT, lambda row: row[1], adds=True),
    Column("Cost", AMOUNT, lambda row: row[2], adds=True),
)
ROWS: list[Row] = [("Ann", 3, Decimal("0.1")), ("=Bob", 4, Decimal("0.2")), ("Cy", 5, None)]


def write(path: Path, rows: list[Row]) -> None:
    about = About(
        "Billing report",
        "2026-09",
        "UTC",
        date(2026, 9, 30),
        (Assumption("Rounding", "Once per call.", "a source"),),
        tuple(Input("Call log", source) for source in by_call().log_sources),
        (("Teams", "Sales, Support"),),
    )

    def build(workbook: object, version: str) -> None:
        set_properties(workbook, about.title, "", about.ends_on, version)
        look = Look(workbook)
        page = Page.new(workbook, look, "Summary", about, (20, 14, 14, 30))
        page.title(about.title, "This is not an invoice.")
        page.verdict("fine", "Everything agrees. " * 12, GOOD)
        page.heading("By agent", "Sorted by cost.")
        page.table("Agents", COLUMNS, rows, total="Total")
        page.sentences(["One sentence.", "Another that is longer than the first. " * 6])
        write_rows(workbook, look, about, "Rows", "All rows.", "Rows_1", COLUMNS, rows, total="Total")
        write_about(workbook, look, about, version)

    write_report(path, build)


def test_totals_are_what_is_calculated(tmp_path: Path) -> None:
    write(tmp_path / "one.xlsx", ROWS)
    sheets = read_workbook(tmp_path / "one.xlsx")
    assert differences(sheets) == []
    cells = sheets["Rows"].values
    assert [cells[cell] for cell in ("A8", "B8", "C8")] == ["Total", 12, 0.3]
    assert sheets["Rows"].formulas["C8"].startswith("=ROUND(SUBTOTAL(109;Rows_1[Cost])")
    assert faults(tmp_path / "one.xlsx") == []


def test_no_rows_come_to_nothing(tmp_path: Path) -> None:
    write(tmp_path / "none.xlsx", [])
    sheets = read_workbook(tmp_path / "none.xlsx")
    assert differences(sheets) == []
    assert sheets["Rows"].values["C6"] == 0


def test_the_same_report_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        write(tmp_path / name, ROWS)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
