"""The shipped templates on paper: no page without a figure."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.office.harness import print_sheets
from tests.office.pictures import page_count

TEMPLATES = Path(__file__).resolve().parents[3] / "templates"
SIDE_BY_SIDE = {"Charges": 2, "Calls": 3, "Billed": 2, "Rates": 2, "Disputes": 2}
"""Tables whose columns are printed on pages side by side."""
LONG = {"investigation": {"Checks": 2}}
"""Sheets with more rows than a page."""


@pytest.mark.parametrize("name", ["billing-report", "investigation", "dispute"])
def test_a_sheet_is_a_page(name: str, tmp_path: Path) -> None:
    printed = print_sheets(TEMPLATES / f"{name}.xlsx", tmp_path)
    pages = {sheet: page_count(pdf) for sheet, pdf in printed.items()}
    expected = SIDE_BY_SIDE | LONG.get(name, {})
    assert pages == {sheet: expected.get(sheet, 1) for sheet in printed}
