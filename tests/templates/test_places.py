"""Where things stand on the Summary: people's formulas lead there, so only currencies may move them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from addin.hosts.report_files.reconciliation import write_reconciliation
from addin.reports.reconciliation.data import ReconciliationReport
from tests.reconcile.make import bill, call
from tests.templates.reports import balanced, by_call, by_usage, by_usage_and_calls, report, without_costs

SENTENCE = "On 2026-09-14 the bill has 48 calls, 212 min and 3.8120 USD more than expected; " * 2


def places(made: ReconciliationReport, folder: Path, max_rows: int = 1_000) -> dict[str, str]:
    """Each label in column A below what stands out, and each defined name: where it is."""
    write_reconciliation(made, folder / "month.xlsx", force=True, max_rows=max_rows)
    book = load_workbook(folder / "month.xlsx")
    labels = [(cell.row, cell.value) for cell in book["Summary"]["A"] if isinstance(cell.value, str)]
    below = [value for _, value in labels].index("Total")
    found = {f"{value} {number}": f"A{row}" for number, (row, value) in enumerate(labels[below:])}
    for name, defined in book.defined_names.items():
        if defined.attr_text.startswith("'Summary'!"):
            found[name] = defined.attr_text
    # these two name the currency, and the sides that are compared
    worded = ("Bridge", "By category adds up")
    return {name: place for name, place in found.items() if not name.startswith(worded)}


def counts_only() -> ReconciliationReport:
    """A month without minutes and costs, in which there is nothing to draw."""
    busy = {"status": "busy", "is_billed": False, "cost": None}
    return report([call("A", 0, **busy)], [bill("A", 0, **busy)])


@pytest.mark.parametrize(
    "made",
    [
        replace(balanced(), facts=(), patterns=()),
        replace(by_call(), facts=(SENTENCE,) * 25, patterns=(SENTENCE,) * 9),
        by_usage(),
        by_usage_and_calls(),
        without_costs(),
        counts_only(),
    ],
)
def test_totals_bridge_and_checks_stand_in_the_same_cells(made: ReconciliationReport, tmp_path: Path) -> None:
    wanted = places(by_call(), tmp_path)
    assert len(wanted) > 35
    assert wanted["variance_cost"] == "'Summary'!$D$15"
    assert places(made, tmp_path) == wanted


def test_calls_that_do_not_fit_on_a_sheet_move_nothing(tmp_path: Path) -> None:
    assert places(by_call(), tmp_path, max_rows=50) == places(by_call(), tmp_path)


def test_more_than_fits_is_counted_and_each_row_is_one_that_excel_allows(tmp_path: Path) -> None:
    write_reconciliation(replace(by_call(), facts=(SENTENCE,) * 70), tmp_path / "month.xlsx")
    sheet = load_workbook(tmp_path / "month.xlsx")["Summary"]
    lines = str(sheet["B7"].value).split("\n")
    shown = len(lines) - 1
    assert lines[:-1] == [f"• {SENTENCE}"] * shown
    assert lines[-1] == f"• {70 - shown} more do not fit here: tollsheet reconcile says them."
    assert 20 < shown < 70
    assert all((one.height or 0) <= 409 for one in sheet.row_dimensions.values())
