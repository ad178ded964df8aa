"""What people wrote is found on the sheets of a report, however they have changed them, or it is said."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from addin.errors import TollsheetError
from addin.hosts.report_files.reconciliation import write_reconciliation
from addin.hosts.report_reading.notes import Kept, OldSheet
from addin.hosts.report_reading.sheets import sheets_of
from addin.reports.reconciliation.data import Note, Signer
from addin.reports.reconciliation.notes import with_notes
from tests.templates.reports import balanced, by_call

WRITTEN = ("disputed", "Ada", "ticket 7")


def kept(path: Path) -> Kept:
    return Kept.of([OldSheet(name, rows) for name, rows in sheets_of(path)])


def changed(path: Path, change: Callable[[Any], None]) -> Path:
    book = load_workbook(path)
    change(book["Findings"])
    book.save(path)
    return path


def at(sheet: Any, text: str) -> Any:
    return next(cell for row in sheet.iter_rows() for cell in row if cell.value == text)


def write(sheet: Any) -> None:
    """A note beside the first finding."""
    first = at(sheet, "Status")
    for offset, text in enumerate(WRITTEN):
        sheet.cell(first.row + 1, first.column + offset).value = text


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A report with one note."""
    write_reconciliation(by_call(), tmp_path / "month.xlsx")
    return changed(tmp_path / "month.xlsx", write)


def rename(name: str, other: str | None) -> Callable[[Any], None]:
    def change(sheet: Any) -> None:
        at(sheet, name).value = other

    return change


def no_header(sheet: Any) -> None:
    sheet.delete_rows(4)


def no_header_nor_name(sheet: Any) -> None:
    sheet.delete_rows(4)
    sheet.title = "Befunde"


def second_note(sheet: Any) -> None:
    at(sheet, "Currency").value = "Note"


LOSING: dict[str, tuple[Callable[[Any], None], tuple[str, ...]]] = {
    "Note renamed": (rename("Note", "Remark"), ('no column "Note"', '"Remark"', 'Write "Note" in row 4')),
    "Status renamed": (rename("Status", "Stand"), ('no column "Status"', '"Stand"')),
    "Owner blanked": (rename("Owner", None), ('no column "Owner"', "one without a name")),
    "Kind renamed": (rename("Kind", "Art"), ('no column "Kind"', '"Art"')),
    "Call id renamed": (rename("Call id", "Id"), ('no column "Call id"', '"Id"')),
    "header deleted": (no_header, ("lost the row with its column names", "What was found")),
    "header deleted, sheet renamed": (no_header_nor_name, ("lost the row with its column names",)),
    "two of a name": (second_note, ('the column "Note" 2 times',)),
}


@pytest.mark.parametrize("kind", LOSING)
def test_a_change_that_would_lose_notes_is_refused(kind: str, path: Path) -> None:
    change, told = LOSING[kind]
    with pytest.raises(TollsheetError) as raised:
        kept(changed(path, change))
    message = str(raised.value)
    sheet = "Befunde" if "renamed" in kind and "header" in kind else "Findings"
    assert f'The sheet "{sheet}"' in message
    assert [text for text in (*told, "Nothing was changed") if text not in message] == []


def rows_above(count: int) -> Callable[[Any], None]:
    def change(sheet: Any) -> None:
        sheet.insert_rows(1, count)
        sheet["A1"] = "Mine"

    return change


def columns_moved(sheet: Any) -> None:
    """Kind to the end, and blank columns before all."""
    for row in range(4, sheet.max_row + 1):
        sheet.cell(row, 40).value, sheet.cell(row, 1).value = sheet.cell(row, 1).value, None
    sheet.insert_cols(1, 3)


def own_column(sheet: Any) -> None:
    sheet["Z4"], sheet["Z5"] = "Mine", "seen"


def test_columns_of_a_person_are_known(path: Path) -> None:
    assert kept(path).own_columns == ()
    assert kept(changed(path, own_column)).own_columns == ("Mine",)


def other_spelling(sheet: Any) -> None:
    at(sheet, "Note").value = " Note\n"


CHANGES = (rows_above(1), rows_above(12), rows_above(300), columns_moved, own_column, other_spelling)


@pytest.mark.parametrize("number", range(len(CHANGES)))
def test_notes_are_found_where_nothing_is_lost(number: int, path: Path) -> None:
    (before,) = kept(path).notes
    (note,) = kept(changed(path, CHANGES[number])).notes
    assert note == before
    assert (note.kind, note.call_id) == (by_call().findings[0].kind, by_call().findings[0].call_id)
    assert (note.status, note.owner, note.text, note.month) == (*WRITTEN, "2026-09")


def test_a_column_that_was_deleted_held_nothing_any_more(path: Path) -> None:
    def change(sheet: Any) -> None:
        sheet.delete_cols(at(sheet, "Owner").column)

    (note,) = kept(changed(path, change)).notes
    assert (note.status, note.owner, note.text) == ("disputed", "", "ticket 7")


def test_a_report_without_findings_has_no_notes(tmp_path: Path) -> None:
    write_reconciliation(balanced(), tmp_path / "month.xlsx")
    assert kept(tmp_path / "month.xlsx").notes == ()
    assert kept(changed(tmp_path / "month.xlsx", rename("Note", "Remark"))).notes == ()


def test_who_signs_off_is_found_below_other_rows_and_beside_other_columns(path: Path) -> None:
    book = load_workbook(path)
    sheet = book["Sign-off"]
    sheet["B5"] = "Ann"
    for row in sheet.merged_cells.ranges.copy():
        sheet.unmerge_cells(str(row))
    sheet.insert_cols(1, 2)
    sheet.insert_rows(1, 20)
    book["Summary"].insert_cols(1)
    book.save(path)
    assert [(one.does, one.name) for one in kept(path).signers] == [
        ("Prepared by", "Ann"),
        ("Reviewed by", ""),
        ("Approved by", ""),
    ]
    assert [note.month for note in kept(path).notes] == ["2026-09"]


def test_cells_of_people_are_read_as_they_are_shown(path: Path) -> None:
    def change(sheet: Any) -> None:
        first = at(sheet, "Status")
        values = (10482937, 0.00001, datetime(2026, 10, 3))
        for offset, value in enumerate(values):
            sheet.cell(first.row + 1, first.column + offset).value = value

    (note,) = kept(changed(path, change)).notes
    assert (note.status, note.owner, note.text) == ("10482937", "0.00001", "2026-10-03")


def test_what_was_written_comes_back_the_same(tmp_path: Path) -> None:
    """Through a file and back, twice: lines, blanks, and what looks like a number or a formula."""
    texts = ("0012", "3/4", "2026-10-03", "=1+1", "-2", "@x", "a\nb\n\nc", "1e5", "TRUE")
    report, found = by_call(), by_call().findings[0]
    notes = [
        Note(found.kind, f"GONE{number}", "", "", "x", "", text, text, "2026-08")
        for number, text in enumerate(texts)
    ]
    signers = (Signer("Erstellt von", "=Ann"), Signer("Reviewed by", "田中"), *[Signer("+x", "")] * 3)
    for name in ("one.xlsx", "two.xlsx"):
        made = replace(with_notes(report, notes), signers=signers)
        write_reconciliation(made, tmp_path / name)
        read = kept(tmp_path / name)
        assert [(note.owner, note.text, note.month) for note in read.notes] == [
            (text, text, "2026-08") for text in texts
        ]
        assert read.signers == signers
        notes = list(read.notes)
    book = load_workbook(tmp_path / "two.xlsx")
    assert not any(cell.data_type == "f" for row in book["Earlier notes"] for cell in row)
    assert (book["Sign-off"]["B5"].data_type, book["Sign-off"]["B5"].number_format) == ("s", "@")
    assert book["Earlier notes"]["F5"].number_format == "@"
    assert book["Earlier notes"]["F5"].alignment.wrap_text


def test_a_file_that_cannot_be_read_is_no_file_without_notes(tmp_path: Path) -> None:
    (tmp_path / "month.xlsx").write_bytes(b"PK\x03\x04 cut")
    with pytest.raises(TollsheetError, match=r"cannot be read .* the notes in it would be left behind"):
        sheets_of(tmp_path / "month.xlsx")


@pytest.mark.parametrize("text", ["=1+1", "=A1"])
def test_a_note_whose_formula_has_no_stored_result_is_named(text: str, tmp_path: Path) -> None:
    """As programs save it that do not calculate. Text that begins with = stays."""
    write_reconciliation(by_call(), tmp_path / "month.xlsx")

    def formula(sheet: Any) -> None:
        sheet["M5"] = text

    def words(sheet: Any) -> None:
        sheet["M5"].data_type = "s"

    path = changed(tmp_path / "month.xlsx", formula)
    with pytest.raises(
        TollsheetError, match=r"cell M5 \(Note\) of the sheet \"Findings\" is a formula whose"
    ):
        kept(path)
    assert kept(changed(path, words)).notes[0].text == text
