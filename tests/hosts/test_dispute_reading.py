"""Workbooks read back: nothing that people entered is lost, and what cannot be read is named by its cell."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.utils.cell import get_column_letter

from addin.disputes.parties import COMPANY_ADDRESS, CUSTOMER, PROVIDER
from addin.disputes.records import BY_HAND, DisputeReport, Entered
from addin.errors import TollsheetError
from addin.hosts.report_files.disputes import read_earlier, read_month, read_replaced, write_disputes
from addin.hosts.report_files.reconciliation import write_reconciliation
from addin.hosts.report_reading.disputes.cells import exact
from addin.hosts.report_reading.disputes.disputes import LIVE
from templates.disputes.tables import COLUMNS
from tests.disputes.make import by_call, month, reconciled, run
from tests.office.harness import office
from tests.templates.reports import by_usage
from tests.templates.test_disputes import everything

ENTERED = Entered("accepted", date(2026, 10, 20), Decimal("0.0101"), "0012", "=x", " two\nlines ")


def written(path: Path, made: DisputeReport | None = None) -> Path:
    write_disputes(made or run(reconciled(month())), path)
    return path


def test_a_reconciliation_says_the_same_when_it_is_read_back(tmp_path: Path) -> None:
    for made in (month(), by_usage()):
        path = tmp_path / f"{len(made.findings)}.xlsx"
        write_reconciliation(made, path)
        read, signed = read_month(path)
        assert run(replace(read, outside=(), provider="")).disputes == run(reconciled(made)).disputes
        assert read.provider == made.billed_provider
        assert read.month == "2026-09"
        assert signed.source.rows == len(made.findings)


def test_charges_outside_the_month_are_read_from_the_bill(tmp_path: Path) -> None:
    write_reconciliation(month(), tmp_path / "september.xlsx")
    read, _ = read_month(tmp_path / "september.xlsx")
    assert [(one.call_id, one.cost) for one in read.outside] == [("BEFORE", Decimal("0.014"))]


def test_notes_beside_the_findings_are_shown(tmp_path: Path) -> None:
    write_reconciliation(month(), tmp_path / "september.xlsx")
    book = load_workbook(tmp_path / "september.xlsx")
    findings = book["Findings"]
    row = next(row for row in range(5, 20) if findings.cell(row, 2).value == "EXTRA")
    findings.cell(row, 11).value, findings.cell(row, 13).value = "disputed", "ticket 7"
    book.save(tmp_path / "september.xlsx")
    read, _ = read_month(tmp_path / "september.xlsx")
    assert by_call(run(read))["EXTRA"].beside == "disputed; ticket 7"


def test_every_dispute_comes_back_whole(tmp_path: Path) -> None:
    """All statuses and units, and text from strangers as the sheet shows it."""
    made = everything()
    read, _ = read_earlier(written(tmp_path / "d.xlsx", made))
    assert len(read.disputes) == len(made.disputes)
    for one, other in zip(read.disputes, made.disputes, strict=True):
        names = ("month", "kind", "question", "unit", "opened_on", "day", "state", "entered", "billed")
        for name in (*names, "credits", "claimed"):
            assert getattr(one, name) == getattr(other, name), name


@pytest.mark.parametrize("through_calc", [False, True])
def test_what_people_enter_survives(through_calc: bool, tmp_path: Path) -> None:
    """Text such as 0012 and =x, a part of the credit, days; typed into the file, or saved again by Calc."""
    path = written(tmp_path / "d.xlsx")
    book = load_workbook(path)
    sheet = book["Disputes"]
    cells = ("accepted", datetime(2026, 10, 20), 0.0101, "0012", "=x", " two\nlines ")
    for column, value in zip("MNOPQR", cells, strict=True):
        sheet[f"{column}5"].value = value
        sheet[f"{column}5"].data_type = "s" if isinstance(value, str) else sheet[f"{column}5"].data_type
    letter = book["Letter"]
    for label, text in (
        (PROVIDER, "Example Telecom"),
        (COMPANY_ADDRESS, "1 Street\nTown"),
        (CUSTOMER, "0077"),
    ):
        row, column = next(
            (cell.row, cell.column) for line in letter.iter_rows() for cell in line if cell.value == label
        )
        letter.cell(row, 3 if column == 1 else 1).value = text
    book.save(path)
    if through_calc:
        with office() as running:
            running.save_recalculated(path, tmp_path / "calc.xlsx")
        path = tmp_path / "calc.xlsx"
    read, _ = read_earlier(path)
    assert read.disputes[0].entered == ENTERED
    parties = {PROVIDER: "Example Telecom", COMPANY_ADDRESS: "1 Street\nTown", CUSTOMER: "0077"}
    assert [*read.parties.values()] == [parties]
    second = run(reconciled(month()), earlier=(read,))
    assert second.disputes[0].entered == ENTERED
    third, _ = read_earlier(written(tmp_path / "third.xlsx", second))
    assert third.disputes[0].entered == ENTERED
    assert [*third.parties.values()] == [parties]


@pytest.mark.parametrize(
    ("cell", "value", "said"),
    [
        ("M5", "disputed", "d.xlsx, cell Disputes!M5 (Status): 'disputed' cannot be used"),
        ("O6", "0,05", "cell Disputes!O6 (Amount credited): '0,05' cannot be used"),
        ("O6", -1, "cell Disputes!O6 (Amount credited): '-1' cannot be used"),
        ("O6", True, "cell Disputes!O6 (Amount credited): 'TRUE' cannot be used"),
        ("O6", "#VALUE!", "cell Disputes!O6 (Amount credited)"),
        ("N5", "soon", "cell Disputes!N5 (Status date): 'soon' cannot be used"),
        ("N5", 5, "cell Disputes!N5 (Status date): '1900-01-05' cannot be used"),
        ("K5", None, "cell Disputes!K5 (In question)"),
        ("T5", None, "cell Disputes!T5 (Opened on)"),
        ("A5", "Sept 2026", "cell Disputes!A5 (Month): 'Sept 2026' cannot be used"),
        ("A5", None, "cell Disputes!A5 (Month)"),
        ("P4", "Ticket", 'the sheet "Disputes" has no column "Reference" any more'),
        ("Z4", "Found", 'the sheet "Disputes" has no column "Credit found" any more'),
        ("Z5", "some", "cell Disputes!Z5 (Credit found): 'some' cannot be used"),
        ("P4", "Owner", 'the sheet "Disputes" has the column "Owner" 2 times'),
    ],
)
def test_what_cannot_be_read_is_named_by_its_cell(cell: str, value: Any, said: str, tmp_path: Path) -> None:
    path = written(tmp_path / "d.xlsx")
    book = load_workbook(path)
    book["Disputes"][cell].value = value
    book.save(path)
    with pytest.raises(TollsheetError) as raised:
        read_earlier(path)
    assert said in str(raised.value)


def test_a_month_that_a_spreadsheet_took_for_a_day_is_that_month(tmp_path: Path) -> None:
    """Excel makes 1 September of a typed 2026-09."""
    path = written(tmp_path / "d.xlsx")
    book = load_workbook(path)
    for row, value in ((5, datetime(2026, 9, 1)), (6, " 2026-09 ")):
        book["Disputes"].cell(row, 1).value = value
    book.save(path)
    read, _ = read_earlier(path)
    assert {one.month for one in read.disputes} == {"2026-09"}


@pytest.mark.parametrize(("typed", "status"), [(" Accepted ", "accepted"), ("", "open"), (None, "open")])
def test_a_status_may_be_written_with_capitals_or_left_blank(
    typed: str | None, status: str, tmp_path: Path
) -> None:
    path = written(tmp_path / "d.xlsx")
    book = load_workbook(path)
    book["Disputes"]["M5"].value = typed
    book.save(path)
    assert read_earlier(path)[0].disputes[0].status == status


def test_sorted_and_moved_rows_and_a_row_of_a_person_s_own(tmp_path: Path) -> None:
    path = written(tmp_path / "d.xlsx")
    book = load_workbook(path)
    sheet = book["Disputes"]
    sheet.insert_rows(1, 2)
    last = sheet.max_row + 1
    for column, value in (
        (1, "2026-09"),
        (8, "Set-up fee"),
        (11, 3),
        (12, "USD"),
        (20, datetime(2026, 10, 1)),
    ):
        sheet.cell(last, column).value = value
    book.save(path)
    read, _ = read_earlier(path)
    assert len(read.disputes) == len(run(reconciled(month())).disputes) + 1
    assert (read.disputes[-1].state, read.disputes[-1].question) == (BY_HAND, Decimal(3))


def test_other_workbooks_are_refused(tmp_path: Path) -> None:
    write_reconciliation(month(), tmp_path / "september.xlsx")
    written(tmp_path / "d.xlsx")
    with pytest.raises(TollsheetError, match=r"september.xlsx is not a dispute workbook"):
        read_earlier(tmp_path / "september.xlsx")
    with pytest.raises(TollsheetError, match=r"d.xlsx is not a reconciliation workbook"):
        read_month(tmp_path / "d.xlsx")


def test_a_workbook_that_is_replaced_may_hold_nothing_else(tmp_path: Path) -> None:
    path = written(tmp_path / "d.xlsx")
    assert read_replaced(tmp_path / "none.xlsx") is None
    (tmp_path / "text.xlsx").write_text("no workbook")
    with pytest.raises(TollsheetError, match=r"text\.xlsx is there and cannot be read as a workbook"):
        read_replaced(tmp_path / "text.xlsx")
    book = load_workbook(path)
    book.create_sheet("Mine")
    book.save(path)
    with pytest.raises(TollsheetError, match='holds the sheet "Mine"'):
        read_replaced(path)
    del book["Mine"]
    sheet = book["Disputes"]
    sheet["AJ4"], sheet["AJ5"] = "My column", "x"
    book.save(path)
    with pytest.raises(TollsheetError, match='holds the column "My column"'):
        read_replaced(path)


@given(st.decimals(-(10**5), 10**5, places=10, allow_nan=False))
def test_an_amount_of_fifteen_digits_is_read_exactly(amount: Decimal) -> None:
    if len(amount.as_tuple().digits) <= 15:
        assert exact(float(amount)) == amount


RENAMED = st.sets(st.integers(0, len(COLUMNS) - 1), min_size=1)


@settings(max_examples=25, deadline=None)
@given(RENAMED)
@example({12})
@example({*range(len(COLUMNS))})
def test_a_workbook_with_renamed_headers_is_never_replaced(renamed: set[int]) -> None:
    """Any of them, in any combination. What every run writes anew is a person's under another name."""
    with TemporaryDirectory() as folder:
        path = written(Path(folder) / "d.xlsx")
        book = load_workbook(path)
        sheet = book["Disputes"]
        for column in renamed:
            sheet.cell(4, column + 1).value = f"Spalte {column}"
            sheet.cell(5, column + 1).value = sheet.cell(5, column + 1).value or "x"
        book.save(path)
        with pytest.raises(TollsheetError) as raised:
            read_replaced(path)
        if len(renamed) == 1 and COLUMNS[min(renamed)].header not in LIVE:
            (column,) = renamed
            cell = f"Disputes!{get_column_letter(column + 1)}4"
            told = f'"{COLUMNS[column].header}" in cell {cell}, that now says "Spalte'
            assert told in str(raised.value)


def test_what_is_no_dispute_workbook_is_never_replaced(tmp_path: Path) -> None:
    write_reconciliation(month(), tmp_path / "september.xlsx")
    with pytest.raises(TollsheetError, match=r"september\.xlsx is there and is no dispute workbook"):
        read_replaced(tmp_path / "september.xlsx")
    (tmp_path / "empty.xlsx").touch()
    assert read_replaced(tmp_path / "empty.xlsx") is None
    path = written(tmp_path / "d.xlsx")
    book = load_workbook(path)
    for cell in book["Disputes"][4]:
        cell.value = "x"
    book.save(path)
    with pytest.raises(TollsheetError, match='"Disputes" has lost the row with its column names'):
        read_replaced(path)
    book["Disputes"].title = "Mine"
    book.save(path)
    with pytest.raises(TollsheetError, match=r"d\.xlsx is there and is no dispute workbook"):
        read_replaced(path)


@pytest.mark.parametrize("cell", ["O5", "R5", "K5", "M5", "T5", "B5"])
def test_a_formula_without_a_stored_result_is_named(cell: str, tmp_path: Path) -> None:
    """As programs save it that do not calculate; LibreOffice stores the result."""
    path = written(tmp_path / "d.xlsx")
    book = load_workbook(path)
    book["Disputes"][cell] = "=0.01+0.0121"
    book.save(path)
    with pytest.raises(
        TollsheetError, match=rf"Disputes!{cell} \(.*\) is a formula whose result is not stored"
    ):
        read_earlier(path)


def test_a_formula_with_its_result_is_read(tmp_path: Path) -> None:
    path = written(tmp_path / "d.xlsx")
    book = load_workbook(path)
    book["Disputes"]["O5"], book["Disputes"]["R5"] = "=0.01+0.0121", '=""'
    book.save(path)
    with office() as running:
        running.save_recalculated(path, tmp_path / "calc.xlsx")
    entered = read_earlier(tmp_path / "calc.xlsx")[0].disputes[0].entered
    assert (entered.credited, entered.note) == (Decimal("0.0221"), "")


def test_all_wrong_cells_are_named_at_once(tmp_path: Path) -> None:
    path = written(tmp_path / "d.xlsx")
    book = load_workbook(path)
    for row in range(5, 11):
        book["Disputes"][f"M{row}"], book["Disputes"][f"O{row}"] = "huh", "0,5"
    book.save(path)
    with pytest.raises(TollsheetError) as raised:
        read_earlier(path)
    said = str(raised.value)
    assert said.startswith("d.xlsx: 12 cells cannot be used. Disputes!M5 (Status): 'huh' cannot be used.")
    assert (said.count("Disputes!"), said.endswith("And 2 more.")) == (10, True)


def test_text_changed_on_the_letter_is_named_before_it_is_replaced(tmp_path: Path) -> None:
    path = written(tmp_path / "d.xlsx")
    assert read_replaced(path) is not None
    book = load_workbook(path)
    letter = book["Letter"]
    row = next(row for row in range(1, 40) if str(letter.cell(row, 1).value).startswith("We have compared"))
    letter.cell(row, 1).value = "We write to you again."
    book.save(path)
    with pytest.raises(TollsheetError, match=f"holds text of your own in the cell Letter!A{row}"):
        read_replaced(path)


def test_the_letters_of_two_providers_keep_their_names(tmp_path: Path) -> None:
    """What was filled in for one provider never stands in the letter to another."""
    made = run(reconciled(month()))
    others = tuple(replace(one, provider="plivo", call_id=f"{one.call_id}-2") for one in made.disputes)
    both = replace(made, disputes=(*(replace(one, provider="twilio") for one in made.disputes), *others))
    path = written(tmp_path / "d.xlsx", both)
    book = load_workbook(path)
    assert [name for name in book.sheetnames if name.startswith("Letter")] == ["Letter", "Letter 2"]
    for name, text in (("Letter", "First Telecom"), ("Letter 2", "Second Telecom")):
        cells = [cell for line in book[name].iter_rows() for cell in line if cell.value == PROVIDER]
        book[name].cell(cells[0].row, 1).value = text
    book.save(path)
    read = read_replaced(path)
    assert read is not None
    parties = {"twilio": {PROVIDER: "First Telecom"}, "plivo": {PROVIDER: "Second Telecom"}}
    assert read.parties == parties
    one = written(tmp_path / "one.xlsx", replace(made, disputes=others, parties=parties))
    assert read_earlier(one)[0].parties == parties, "nothing is lost where there is no dispute left"
