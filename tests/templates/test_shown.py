"""What a reader sees: sentences in full, points under each other, usage by its unit, readable pages."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from addin.hosts.report_files.reconciliation import write_reconciliation
from addin.reports.reconciliation.data import Bridge, ReconciliationReport
from templates.decimals import Decimals
from templates.reconciliation.shown import shown_of
from templates.reconciliation.waterfall import Bar, _short
from templates.reconciliation.wording import basis_of, sentence_of
from tests.office.harness import print_sheets, read_workbook
from tests.office.pictures import page_count
from tests.reconcile.make import bill, call, usage
from tests.templates.reports import balanced, by_call, by_usage, in_currencies, report
from tests.templates.test_recalculated import differences

LONG = "On 2026-09-14 the bill has 48 calls, 212 min and 3.8120 USD more than expected; " * 3


def written(report: ReconciliationReport, folder: Path) -> Workbook:
    write_reconciliation(report, folder / "month.xlsx")
    return load_workbook(folder / "month.xlsx")


def texts_of(sheet: Worksheet) -> list[str]:
    return [str(cell.value) for row in sheet for cell in row if cell.value is not None]


def standing_out(sheet: Worksheet) -> tuple[list[tuple[str, str]], list[float]]:
    """Label and text of both groups, and the height of each: two rows of the sheet."""
    first = next(cell.row for cell in sheet["A"] if cell.value == "What stands out") + 1
    heights = [sheet.row_dimensions[row].height for row in range(first, first + 4)]
    texts = [(sheet.cell(row, 1).value, sheet.cell(row, 2).value) for row in (first, first + 2)]
    return texts, [sum(heights[:2]), sum(heights[2:])]


@pytest.mark.parametrize("count", [2, 3, 8])
def test_each_sentence_has_a_line_and_their_cell_is_high_enough(count: int, tmp_path: Path) -> None:
    facts = tuple(f"{number}. {LONG[:190]}" for number in range(count))
    sheet = written(replace(by_call(), facts=facts, patterns=("Short.",)), tmp_path)["Summary"]
    texts, heights = standing_out(sheet)
    seen = "\n".join(f"\N{BULLET} {fact}" for fact in facts)
    assert texts == [("Seen", seen), ("Explained by", "Short.")]
    assert heights[0] >= 2 * 13 * count
    assert heights[1] < 2 * 13
    assert page_count(print_sheets(tmp_path / "month.xlsx", tmp_path / "pdf")["Summary"]) == 1


def test_where_nothing_stands_out_it_is_said(tmp_path: Path) -> None:
    texts, _ = standing_out(written(replace(balanced(), facts=(), patterns=()), tmp_path)["Summary"])
    assert texts == [("Seen", "Nothing that stands out."), ("Explained by", "Nothing to explain.")]


def decimals_in(sheet: Worksheet, header: str, head_row: int = 4) -> set[int]:
    """The decimals shown down a column."""
    column = [cell.value for cell in sheet[head_row]].index(header) + 1
    formats = {sheet.cell(row, column).number_format for row in range(head_row + 1, sheet.max_row + 1)}
    return {len(one.split(";")[0].partition(".")[2]) for one in formats if "0" in one}


def test_the_points_of_a_column_stand_under_each_other(tmp_path: Path) -> None:
    book = written(by_call(), tmp_path)
    for measure, places in (("minutes", {4}), ("cost", {3})):
        sides = [decimals_in(book["By category"], f"{side} {measure}") for side in ("Expected", "Variance")]
        assert sides == [places, places]
    assert decimals_in(book["Calls"], "Seconds") == {3}
    heads = next(row for row in book["Summary"].iter_rows() if row[0].value == "Step")
    assert decimals_in(book["Summary"], "Minutes", heads[0].row) == {4}


def test_a_small_figure_is_never_shown_as_nothing(tmp_path: Path) -> None:
    small = bridge_with(by_call().bridges[0], Decimal("0.0000012"))
    assert shown_of([small]).minutes == 6
    assert shown_of(by_call().bridges).minutes == 4
    assert _short(Bar(Decimal(1), Decimal("1.00002"), False)) == "+0.00002"
    for value in ("0.00004", "0.0000000001", "-0.00001"):
        places = Decimals(2, 4).of([Decimal("0.3333333333"), Decimal(value)])
        assert round(Decimal(value), places) != 0


def bridge_with(bridge: Bridge, minutes: Decimal) -> Bridge:
    """The bridge with other minutes in its step `status`."""
    steps = [
        replace(step, sum=replace(step.sum, minutes=minutes)) if step.name == "status" else step
        for step in bridge.steps
    ]
    return replace(bridge, steps=tuple(steps))


def test_rounded_figures_are_said_to_be_rounded(tmp_path: Path) -> None:
    (tmp_path / "whole").mkdir()
    whole = report([call("A", 60)], [bill("A", 60)])
    for made, folder, said in ((by_call(), tmp_path, True), (whole, tmp_path / "whole", False)):
        assert any("shown rounded" in text for text in texts_of(written(made, folder)["Summary"])) is said


def test_a_finding_names_its_call(tmp_path: Path) -> None:
    made = by_call()
    started = datetime(2026, 9, 14, 12, 30, tzinfo=UTC)
    row = replace(made.findings[0], started_at=started, from_number="=1+1", to_number="+4930123456")
    sheet = written(replace(made, findings=(row,)), tmp_path)["Findings"]
    assert [cell.value for cell in sheet[4]][:5] == ["Kind", "Call id", "Started (UTC)", "From", "To"]
    assert [cell.value for cell in sheet[5]][2:5] == [datetime(2026, 9, 14, 12, 30), "=1+1", "+4930123456"]
    assert sheet["D5"].data_type == "s"


def test_other_usage_is_not_shown_as_minutes(tmp_path: Path) -> None:
    sums = [
        usage(1, "2", "0.03"),
        usage(3, "9", "0.05", "sms", unit="segments"),
        usage(0, "0.08", "0.08", "totalprice", unit="usd"),
    ]
    sheet = written(report([call("A", 61)], sums), tmp_path)["Billed"]
    heads = [cell.value for cell in sheet[4]]
    at = [heads.index(head) for head in ("Minutes", "Other usage", "Unit")]
    rows = [[sheet.cell(row, column + 1).value for column in at] for row in (5, 6, 7)]
    assert rows == [[2, None, "minutes"], [None, 9, "segments"], [None, 0.08, "usd"]]
    assert differences(read_workbook(tmp_path / "month.xlsx")) == []


def test_without_other_usage_there_is_no_column_for_it(tmp_path: Path) -> None:
    heads = [cell.value for cell in written(by_usage(), tmp_path)["Billed"][4]]
    assert "Other usage" not in heads
    assert heads[heads.index("Minutes") + 1] == "Unit"


def test_one_is_singular() -> None:
    made = report([call("A", 61)], [usage(2, "3", "0.042")])
    assert sentence_of(made).startswith("Billed minus expected: +1 call, +1 min, +0.014 USD. ")
    assert basis_of(made)[0] == "Call log: twilio, 1 row, 2026-09-10 12:00 to 2026-09-10 12:00 UTC"


def test_several_currencies_have_a_page_each_that_can_be_read(tmp_path: Path) -> None:
    sheet = written(in_currencies(), tmp_path)["Summary"]
    assert not sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.scale == 60
    assert len(sheet.row_breaks.brk) == 2
    assert page_count(print_sheets(tmp_path / "month.xlsx", tmp_path / "pdf")["Summary"]) == 3


def test_a_currency_with_nothing_but_counts_has_no_chart(tmp_path: Path) -> None:
    busy = {"status": "busy", "is_billed": False, "cost": Decimal(0), "currency": "EUR"}
    made = report([call("A", 61), call("B", 0, **busy)], [bill("A", 61), bill("B", 0, **busy)])
    assert len(made.bridges) == 2
    assert len(written(made, tmp_path)["Summary"]._charts) == 2
    assert differences(read_workbook(tmp_path / "month.xlsx")) == []


def test_wide_tables_are_printed_on_two_pages_side_by_side(tmp_path: Path) -> None:
    made = by_call()
    wide = {
        "call_id": "CA" + "0123456789abcdef" * 2,
        "from_number": "+15005550006",
        "to_number": "+15005550009",
    }
    findings = tuple(replace(row, **wide, started_at=made.calls[0].started_at) for row in made.findings)
    few = replace(made, calls=made.calls[:20], billed_calls=made.billed_calls[:20], findings=findings)
    write_reconciliation(few, tmp_path / "month.xlsx")
    pages = print_sheets(tmp_path / "month.xlsx", tmp_path / "pdf")
    assert [page_count(pages[name]) for name in ("Calls", "Billed", "Findings")] == [2, 2, 2]
