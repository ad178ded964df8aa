"""The workbook of a storage statement: every formula is what LibreOffice calculates, and a valid file."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from openpyxl import load_workbook

from addin.errors import TollsheetError
from addin.hosts.report_files.storage import write_storage, write_view
from addin.reports.storage.report import StorageReport
from addin.storage.question import StoredDays, parse_invoices
from templates.storage import formulas
from templates.storage.columns import recording_columns
from tests.office.harness import OfficeError, cell_name, read_workbook
from tests.storage.make import day, deletion, recording, report
from tests.templates.test_recalculated import differences
from tests.workbook_lint.delivered import faults

HOSTILE = '=HYPERLINK("x")[#,]'


def everything() -> StorageReport:
    """Each way that a recording can be: free, on its 90th day, charged, deleted, without a rate, hostile."""
    late = datetime(2023, 3, 31, 23, 59, 59, 999_999, tzinfo=UTC)
    plivo = {"monthly_amount": Decimal("0.0008"), "storage_days": 137}
    return report(
        recording(1, seconds=50, **plivo),
        recording(2, seconds=119.001, rate="0.00045", storage_days=137),
        recording(3, seconds=150),
        recording(4, created="2023-07-15"),
        recording(5, rate=None, seconds=600),
        recording(6, created="2023-07-20", rate=None),
        recording(7, created="2023-05-02", deleted="2023-07-31", seconds=200),
        recording(8, created="2023-05-02", deleted="2023-07-31"),
        recording(9, created="2022-01-01", deleted="2023-08-15"),
        recording(10, recording_id=HOSTILE, call_id="=1+1", seconds=0),
        recording(11, seconds=60, created_at=late),
        recording(12, seconds=60.001, rate="123456.789"),
        recording(13, created="2023-05-03"),
        deletions=[deletion("r3", "2023-06-29")],
        first="2023-05",
        last="2023-07",
        as_of=day("2023-07-10"),
        stored=StoredDays(gt=30),
        invoices=parse_invoices(["2023-06=0.00", "2023-07=246913.578"]),
        older_than=(1, 90, 400),
    )


def one_month() -> StorageReport:
    return report(recording(), rate=Fraction("0.1"), months_ahead=1, shown_days=(day("2023-05-30"),))


def nothing_charged() -> StorageReport:
    return report(recording(created="2023-06-29", rate=None), invoices=parse_invoices(["2023-06=0"]))


def of_no_minute() -> StorageReport:
    """Beside one that lacks a rate, and one that does not."""
    empty = recording(seconds=0, rate=None)
    return report(empty, recording(2, rate=None), recording(3), older_than=(1, 400))


ALL = {
    "everything": everything,
    "one month": one_month,
    "nothing charged": nothing_charged,
    "of no minute": of_no_minute,
}


@pytest.mark.parametrize("kind", ALL)
def test_every_cell_is_what_is_calculated(kind: str, tmp_path: Path) -> None:
    write_storage(ALL[kind](), tmp_path / "storage.xlsx")
    sheets = read_workbook(tmp_path / "storage.xlsx")
    assert differences(sheets) == []
    assert sheets["Recordings"].formulas
    assert "Recordings[" in " ".join(sheets["Schedule"].formulas.values())
    assert faults(tmp_path / "storage.xlsx") == []


def test_days_and_charges_are_calculated_from_the_columns_beside_them(tmp_path: Path) -> None:
    """Blanks too: what is not stored, and a charge whose rate is not known, are never 0."""
    whole = everything()
    write_storage(whole, tmp_path / "storage.xlsx")
    cells = read_workbook(tmp_path / "storage.xlsx")["Recordings"].values
    heads = [column.header for column in recording_columns(whole)]
    letters = {head: cell_name(index, 0)[:-1] for index, head in enumerate(heads)}
    assert letters["Total"] == "S"
    seen = set()
    for number, row in enumerate(whole.rows, 5):
        wanted: dict[str, object] = {"Minutes": row.minutes, "Total": row.total}
        wanted["Days on 2023-07-10"] = row.days_as_of
        for on, days, charge in zip(whole.month_ends, row.days, row.charges, strict=True):
            wanted |= {f"Days {on:%Y-%m}": days, f"Charge {on:%Y-%m}": charge}
        for head, value in wanted.items():
            found = cells.get(f"{letters[head]}{number}", "")
            assert found == ("" if value is None else pytest.approx(float(value), abs=1e-12)), (head, row)
            seen.add((head.split()[0], value is None))
    assert {("Days", True), ("Charge", True), ("Total", True)} <= seen


def test_the_sheets(tmp_path: Path) -> None:
    write_storage(everything(), tmp_path / "storage.xlsx")
    assert load_workbook(tmp_path / "storage.xlsx").sheetnames == [
        "Summary", "Schedule", "Recordings", "View", "Findings", "Compared with Plivo", "Forecast",
        "Assumptions", "About",
    ]  # fmt: skip
    assumed = load_workbook(tmp_path / "storage.xlsx")["Assumptions"]["B"]
    assert any("sentences stay as they were" in str(cell.value) for cell in assumed)
    write_storage(one_month(), tmp_path / "few.xlsx")
    assert "Day by day" in load_workbook(tmp_path / "few.xlsx").sheetnames


def test_a_charge_that_is_wrong_is_seen(tmp_path: Path) -> None:
    """A millionth too much in one cell, a day too many, a recording that is lost."""
    whole = everything()
    first, *rest = whole.rows
    charges = (*first.charges[:-1], first.charges[-1] + Decimal("0.000001"))
    days = (*first.days[:-1], first.days[-1] + 1)
    for wrong in (
        replace(whole, rows=(replace(first, charges=charges), *rest)),
        replace(whole, rows=(replace(first, days=days), *rest)),
        replace(whole, rows=tuple(rest)),
    ):
        write_storage(wrong, tmp_path / "wrong.xlsx", force=True)
        assert differences(read_workbook(tmp_path / "wrong.xlsx"))


def test_a_rate_that_is_typed_as_text_is_an_error_in_the_recording_s_total_too(tmp_path: Path) -> None:
    """As `0,0004` is where the decimal sign is a point: a total without that recording would look right."""
    path = tmp_path / "storage.xlsx"
    write_storage(everything(), path)
    book = load_workbook(path)
    sheet = book["Recordings"]
    heads = {cell.value: cell.column_letter for cell in sheet[4]}
    number = next(row[0].row for row in sheet.iter_rows(min_row=5) if row[0].value == "r1")
    sheet[f"{heads['Rate']}{number}"] = "0,0004"
    book.save(path)
    cells = read_workbook(path)["Recordings"].values
    letter = heads["Total"]
    assert isinstance(cells[f"{letter}{number}"], OfficeError)
    assert isinstance(cells[f"{letter}{sheet.max_row}"], OfficeError)


def test_so_many_recordings_are_values(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formulas, "LIVE_CELLS", 103)
    assert len(everything().rows) * 8 == 104
    write_storage(everything(), tmp_path / "storage.xlsx")
    sheets = read_workbook(tmp_path / "storage.xlsx")
    assert differences(sheets) == []
    totals = [cell for cell in sheets["Recordings"].formulas if not cell.endswith("18")]
    assert totals == []
    assert "are values" in str(sheets["Recordings"].values["A2"])


def test_more_rows_than_a_sheet_holds_are_refused(tmp_path: Path) -> None:
    with pytest.raises(TollsheetError, match="13 rows do not fit on a sheet"):
        write_storage(everything(), tmp_path / "storage.xlsx", max_rows=17)
    write_storage(everything(), tmp_path / "storage.xlsx", max_rows=18)


def test_text_from_records_stays_text(tmp_path: Path) -> None:
    write_storage(everything(), tmp_path / "storage.xlsx")
    sheets = read_workbook(tmp_path / "storage.xlsx")
    cells = sheets["Recordings"]
    at = next(cell for cell, text in cells.values.items() if text == HOSTILE)
    assert at not in cells.formulas
    write_view(everything(), tmp_path / "view.csv")
    assert "'=HYPERLINK" in (tmp_path / "view.csv").read_text("utf-8-sig")


def test_the_same_report_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        write_storage(everything(), tmp_path / name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_the_view_is_what_the_filter_keeps(tmp_path: Path) -> None:
    write_view(everything(), tmp_path / "view.csv")
    rows = (tmp_path / "view.csv").read_text("utf-8-sig").splitlines()
    assert len(rows) - 1 == len(everything().view) == 10
    assert rows[0].startswith(
        "Recording id,Place,Call id,Created (UTC),Deleted (UTC),Day 1,Deleted on,Seconds"
    )
    assert rows[1].startswith(
        "r1,recordings.json:1,c1,2023-03-16 12:00:00,,2023-03-16,,50,1,0.0004,record,117"
    )


@pytest.mark.parametrize(
    ("sheet", "label", "heads"),
    [
        ("Summary", "A", ("Recordings charged", "Minutes charged", "Amount")),
        ("Forecast", "A", ("Charged", "Minutes charged", "Amount")),
    ],
)
def test_what_adds_has_a_total(sheet: str, label: str, heads: tuple[str, ...], tmp_path: Path) -> None:
    """Recordings held, or without a rate, at each month end are the same ones: they do not add."""
    write_storage(everything(), tmp_path / "storage.xlsx")
    found = load_workbook(tmp_path / "storage.xlsx")[sheet]
    names = {cell.value: cell.column for row in found.iter_rows() for cell in row if cell.value in heads}
    total = next(cell.row for cell in found[label] if cell.value == "Total")
    assert [str(found.cell(total, names[head]).value)[:15] for head in heads] == ["=ROUND(SUBTOTAL"] * len(
        heads
    )
    blank = [cell.value for cell in found[total][1:] if not str(cell.value).startswith("=")]
    assert set(blank) == {None}


@pytest.mark.parametrize("sheet", ["Schedule", "Forecast"])
def test_the_months_of_a_chart_are_texts(sheet: str, tmp_path: Path) -> None:
    """Of days a program may make an axis of time, which says the 1st of a month for its end."""
    write_storage(everything(), tmp_path / "storage.xlsx")
    found = load_workbook(tmp_path / "storage.xlsx")[sheet]
    (chart,) = found._charts
    cells = chart.series[0].cat.strRef.f.partition("!")[2].replace("$", "")
    assert all(re.fullmatch(r"\d{4}-\d\d", cell.value) for (cell,) in found[cells])


def test_a_rate_of_more_decimals_is_charged_in_full(tmp_path: Path) -> None:
    """A rate that a person changes may have more decimals than those that the report was made with."""
    write_storage(report(recording(rate="0.0004", seconds=60)), tmp_path / "storage.xlsx")
    book = load_workbook(tmp_path / "storage.xlsx")
    sheet = book["Recordings"]
    heads = [cell.value for cell in sheet[4]]
    sheet.cell(5, heads.index("Rate") + 1).value = 0.00045
    book.save(tmp_path / "changed.xlsx")
    values = read_workbook(tmp_path / "changed.xlsx")["Recordings"].values
    assert [values[cell_name(heads.index("Total"), row)] for row in (4, 5)] == [0.00045, 0.00045]
