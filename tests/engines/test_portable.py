"""A workbook of the add-in, made portable, calculated by engines that have none: as the functions say."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
import xlsxwriter

from addin.hosts.package import read_package
from addin.hosts.portable.portable import save_portable
from tests.engines.calculated import ENGINES, by_formulon
from tests.hosts.portable.linked import ADD_IN, OTHER, add_link
from udfs import BILLED_MINUTES, CALL_COST, IS_BILLED, MONTH_ATTRIBUTE, STORAGE_DAYS, TO_SECONDS

FORMULAS = {
    "[2]!BILLED_MINUTES(A1)": BILLED_MINUTES(80),
    "[2]!CALL_COST(A1,B1,30,6,0.005,5)*100": CALL_COST(80, 0.0085, 30, 6, 0.005, 5) * 100,
    '_xll.MONTH_ATTRIBUTE("2024-03-31 20:00","-05:00",,,TRUE)': MONTH_ATTRIBUTE(
        "2024-03-31 20:00", "-05:00", as_text=True
    ),
    '\'C:\\add-ins\\tollsheet.xlam\'!STORAGE_DAYS("2023-03-16","2023-06-30")': STORAGE_DAYS(
        "2023-03-16", "2023-06-30"
    ),
    '[2]!TO_SECONDS("1:20")&"[2]!TO_SECONDS("': f"{TO_SECONDS('1:20'):g}[2]!TO_SECONDS(",
    '[2]!IS_BILLED("No Answer")': IS_BILLED("No Answer"),
    '[2]!CARD_COST(80,"44",C:D)': "#NAME?",
}


@pytest.mark.parametrize("engine", ENGINES)
def test_the_same_without_the_add_in(engine: str, tmp_path: Path) -> None:
    book = tmp_path / "book.xlsx"
    workbook = xlsxwriter.Workbook(book)
    sheet = workbook.add_worksheet("Mine")
    sheet.write_row("A1", [80, 0.0085])
    for row, formula in enumerate(FORMULAS):
        sheet.write_formula(row, 4, formula, None, "stale")
    workbook.close()
    package = read_package(book)
    add_link(package, 1, OTHER)
    add_link(package, 2, ADD_IN)
    package.write(book)
    target, made = save_portable(book, None, force=False)
    assert [one.place for one in made.needing] == ["Mine!E7"]
    cell = ENGINES[engine](target)
    found = [cell("Mine", f"E{row}") for row in range(1, len(FORMULAS) + 1)]
    for value, expected in zip(found, FORMULAS.values(), strict=True):
        assert value == (pytest.approx(expected, rel=1e-14) if isinstance(expected, float) else expected)


def test_days_from_1904_are_the_days_that_cells_show(tmp_path: Path) -> None:
    book, day = tmp_path / "mac.xlsx", datetime(2026, 9, 30, 23, 59, 59)
    with xlsxwriter.Workbook(book, {"date_1904": True}) as workbook:
        sheet = workbook.add_worksheet("Mine")
        sheet.write_datetime("A1", day, workbook.add_format({"num_format": "yyyy-mm-dd hh:mm"}))
        sheet.write_formula("B1", "[1]!MONTH_ATTRIBUTE(A1,,,,TRUE)", None, "stale")
        sheet.write_formula("C1", '[1]!MONTH_ATTRIBUTE(A1,"-05:00")=DATE(2026,10,1)', None, False)
        sheet.write_formula("D1", '[1]!STORAGE_DAYS("2026-09-01",A1)', None, 0)
    package = read_package(book)
    add_link(package, 1, ADD_IN)
    package.write(book)
    target, _ = save_portable(book, None, force=False)
    cell = by_formulon(target)
    assert [cell("Mine", name) for name in ("B1", "C1", "D1")] == ["2026-09", True, 30]
