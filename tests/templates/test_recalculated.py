"""What the workbook shows is what LibreOffice calculates from its own tables, cell by cell."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from xlsxwriter import Workbook

from addin.hosts.report_files.reconciliation import write_reconciliation
from tests.office.harness import OfficeError, Sheet, read_workbook
from tests.reconcile.make import bill, call, card
from tests.templates.blank.programs import in_ironcalc
from tests.templates.reports import ALL, by_call, report

TOLERANCE = 1e-9
"""Floats of sums; figures are printed to 10 places. A cent is ten million times as much."""


def differences(sheets: dict[str, Sheet]) -> list[str]:
    """The cells whose written value is not the recalculated one, and every error."""
    found = []
    for name, sheet in sheets.items():
        for cell in sorted(sheet.loaded.keys() | sheet.values.keys()):
            written, value = sheet.loaded.get(cell), sheet.values.get(cell)
            if isinstance(written, float) and isinstance(value, float):
                agrees = abs(written - value) <= TOLERANCE
            else:
                agrees = written == value and not isinstance(value, OfficeError)
            if not agrees:
                found.append(f"{name}!{cell}: written {written}, calculated {value}")
    return found


@pytest.mark.parametrize("kind", ALL)
def test_every_cell_is_what_is_calculated(kind: str, tmp_path: Path) -> None:
    write_reconciliation(ALL[kind](), tmp_path / "month.xlsx")
    sheets = read_workbook(tmp_path / "month.xlsx")
    assert differences(sheets) == []
    formulas = sheets["Summary"].formulas.values()
    assert sum("Calls[" in formula for formula in formulas) >= 10
    assert all(sheets["Summary"].values[cell] == 1 for cell in checks(sheets))


def test_costs_that_do_not_end_still_sum_to_what_is_printed(tmp_path: Path) -> None:
    """A thousand unrounded costs, each cut at ten places the same way, would be off."""
    rates = card({"prefix": "", "rate": "0.00137", "minimum": "0", "increment": "0", "rounding": "none"})
    log = [call(f"C{number}", 7.7) for number in range(1000)]
    billed = [bill(f"C{number}", 7.7 + number % 3) for number in range(1000)]
    write_reconciliation(report(log, billed, rates), tmp_path / "month.xlsx")
    assert differences(read_workbook(tmp_path / "month.xlsx")) == []


def checks(sheets: dict[str, Sheet]) -> list[str]:
    """The cells of the checks."""
    summary = sheets["Summary"]
    first = next(int(cell[1:]) for cell, text in summary.values.items() if text == "Checks")
    return [f"D{row}" for row in range(first + 1, first + 6)]


@pytest.mark.parametrize("figure", ["calls", "minutes", "cost"])
def test_a_figure_that_is_wrong_is_seen(figure: str, tmp_path: Path) -> None:
    """A report that prints a millionth too much, or a call, is not what its tables say."""
    whole = by_call()
    bridge = whole.bridges[0]
    steps = list(bridge.steps)
    index = next(index for index, step in enumerate(steps) if step.name == "missing in log")
    wrong = replace(
        steps[index].sum,
        **{figure: getattr(steps[index].sum, figure) + (1 if figure == "calls" else Decimal("0.000001"))},
    )
    steps[index] = replace(steps[index], sum=wrong)
    planted = replace(whole, bridges=(replace(bridge, steps=tuple(steps)),))
    write_reconciliation(planted, tmp_path / "month.xlsx")
    sheets = read_workbook(tmp_path / "month.xlsx")
    found = differences(sheets)
    assert found
    assert all(line.startswith("Summary!") for line in found)
    written = [sheets["Summary"].loaded[cell] for cell in checks(sheets)]
    assert written[0] == written[-1] == 0, "the check of the bridge says FALSE before any recalculation"


@pytest.mark.parametrize(("formula", "is_seen"), [("=1-1", True), ('=IF(1=1,"","x")', False)])
def test_a_blank_that_becomes_0_is_seen(formula: str, is_seen: bool, tmp_path: Path) -> None:
    with Workbook(tmp_path / "blank.xlsx") as book:
        sheet = book.add_worksheet("One")
        sheet.write_formula("B2", formula, None, "")
    found = differences(read_workbook(tmp_path / "blank.xlsx"))
    assert found == (["One!B2: written , calculated 0.0"] if is_seen else [])


def test_a_row_that_is_lost_is_seen(tmp_path: Path) -> None:
    whole = by_call()
    write_reconciliation(replace(whole, calls=whole.calls[:-1]), tmp_path / "month.xlsx")
    sheets = read_workbook(tmp_path / "month.xlsx")
    values = [sheets["Summary"].values[cell] for cell in checks(sheets)]
    assert values[1] == values[-1] == 0
    assert differences(sheets)


def test_seconds_that_become_text_are_not_passed_by(tmp_path: Path) -> None:
    """A sum passes text by: the minutes talked would be too few without a word."""
    path = tmp_path / "month.xlsx"
    write_reconciliation(by_call(), path)
    book = load_workbook(path)
    summary, calls = book["Summary"], book["Calls"]
    heads = {cell.value: cell.column_letter for cell in calls[4]}
    at = next(
        cell.coordinate
        for row in summary.iter_rows()
        for cell in row
        if "Calls[Seconds]" in str(cell.value) and not str(cell.value).startswith("=ROUND(-")
    )
    before, after = (
        in_ironcalc(path, change)[f"Summary!{at}"]
        for change in ({}, {f"Calls!{heads['Seconds']}{calls.max_row}": "80 s"})
    )
    assert (type(before), after) == (float, "#N/A")
