"""A workbook of the add-in, made portable, calculated by engines that have none: as the functions say."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from addin.hosts.package import read_package
from addin.hosts.portable.portable import save_portable
from tests.engines.calculated import ENGINES
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
