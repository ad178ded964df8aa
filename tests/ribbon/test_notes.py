"""What people wrote on a report's sheets is in the next report too, or nothing is replaced."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from addin.hosts.calc import bridge
from tests.ribbon.main_thread import run
from tests.ribbon.months import month_files
from tests.ribbon.scripted import Person
from tests.ribbon.test_bad_input import state
from tests.ribbon.test_build import cells

WRITTEN = ["disputed", "Ada", "ticket 7"]


def build(book: Any, person: Person, folder: Path) -> None:
    """Build from the small month's files."""
    person.answers = month_files(folder)
    run("build_reconciliation", book, person)


def place_of(sheet: Any, text: str) -> tuple[int, int]:
    return next(place for place, value in sorted(cells(sheet).items()) if value == text)


def note_cells(book: Any, call_id: str, sheet: str = "Findings") -> Any:
    """Status, Owner and Note of a finding, wherever they stand now."""
    findings = book.sheets[sheet]
    row, column = place_of(findings, call_id)[0], place_of(findings, "Status")[1]
    return findings.range((row, column), (row, column + 2))


def cell(place: Any) -> Any:
    """A single cell as Calc has it."""
    return place.api.getCellByPosition(0, 0)


def type_into(place: Any, text: str) -> None:
    """Type into a cell, as a person does: what Calc makes of it is Calc's."""
    place.sheet.activate()
    dispatcher = bridge.service(place.sheet.book.app.api, "com.sun.star.frame.DispatchHelper")
    frame = place.sheet.book.api.CurrentController.Frame
    for url, arguments in (
        (".uno:GoToCell", {"ToPoint": place.get_address()}),
        (".uno:EnterString", {"StringName": text}),
    ):
        dispatcher.executeDispatch(frame, url, "", 0, bridge.properties(**arguments))


def test_nothing_is_replaced_where_notes_would_be_lost(built: Any, person: Person, tmp_path: Path) -> None:
    note_cells(built, "CA1").value = WRITTEN
    findings = built.sheets["Findings"]
    findings.range(place_of(findings, "Note")).value = "Remark"
    before = state(built)
    build(built, person, tmp_path)
    assert person.problems == [
        'The sheet "Findings" has no column "Note" any more, but one called "Remark": notes would be lost.'
        '\n\nWrite "Note" in row 4 again, above the column that it was. Nothing was changed.'
    ]
    assert person.asked == [], "it is said before anything is asked"
    assert state(built) == before
    # a column of the person's own, beside ours: they may copy it first
    findings.range(place_of(findings, "Remark")).value = "Note"
    last = findings.used_range.last_cell.column
    findings.range((4, last + 1)).value, findings.range((5, last + 1)).value = "Mine", "seen"
    before = state(built)
    person.answers = [*month_files(tmp_path), False]
    run("build_reconciliation", built, person)
    assert person.asked[-1].startswith(
        'Beside the findings stands "Mine", which the new report will not have'
    )
    assert "cells of your own" not in person.asked[-1], "it is said once"
    assert (person.told, len(person.problems)) == ([], 1)
    assert state(built) == before


def test_a_note_that_names_a_sheet_stays_as_it_was_written(book: Any, person: Person, tmp_path: Path) -> None:
    """Also where the report's own sheet of that name is called otherwise: they may mean theirs."""
    book.sheets.add("Summary")["A1"].value = "mine"
    build(book, person, tmp_path)
    written = ["open", "Ada", "as on the sheet Summary"]
    note_cells(book, "CA1").value = written
    build(book, person, tmp_path)
    assert person.problems == []
    assert "Summary (Reconcile)" in [sheet.name for sheet in book.sheets]
    assert note_cells(book, "CA1").value == written


def sort_by_call(sheet: Any) -> None:
    import uno

    first, last = place_of(sheet, "Kind"), sheet.used_range.last_cell
    field = bridge.struct("table.TableSortField")
    field.Field, field.IsAscending = place_of(sheet, "Call id")[1] - 1, False
    fields = uno.Any("[]com.sun.star.table.TableSortField", (field,))
    sheet.range((first[0] + 1, 1), last).api.sort(bridge.properties(SortFields=fields))


def hide(sheet: Any, call_id: str) -> None:
    sheet.api.Rows.getByIndex(place_of(sheet, call_id)[0] - 1).IsVisible = False


def move_to_the_right(sheet: Any, first: str, count: int) -> None:
    row, column = place_of(sheet, first)
    last = sheet.used_range.last_cell
    for offset in range(count):
        source = sheet.range((row, column + offset), (last.row, column + offset)).api
        target = cell(sheet.range((row, last.column + 1 + offset)))
        sheet.api.moveRange(target.getCellAddress(), source.getRangeAddress())


def test_notes_are_found_wherever_they_stand(built: Any, person: Person, tmp_path: Path) -> None:
    """Columns that were moved beyond the report's own are asked about, and kept all the same."""
    notes = {f"CA{call}": ["open", f"Owner {call}", f"asked {call}"] for call in (1, 2, 5, 9)}
    for call_id, note in notes.items():
        note_cells(built, call_id).value = note
    findings = built.sheets["Findings"]
    sort_by_call(findings)
    rows = [place_of(findings, call_id)[0] for call_id in notes]
    assert rows == sorted(rows, reverse=True)
    move_to_the_right(findings, "Status", 3)
    findings.api.Rows.insertByIndex(0, 30)
    hide(findings, "CA1")
    hide(findings, "CA5")
    findings.name = "Befunde"
    person.answers = [*month_files(tmp_path), True]
    run("build_reconciliation", built, person)
    assert person.asked[-1].startswith('The sheet "Befunde" holds cells of your own, such as ')
    assert person.problems == []
    assert {call_id: note_cells(built, call_id, "Befunde").value for call_id in notes} == notes
    assert "4 notes kept beside their findings." in person.told[-1]


TYPED = ("0012", "3/4", "2026-10-03", "=1+1", "1e5", "TRUE", "-2", "+49 30 1", "50%")


def test_what_is_typed_stays_as_it_is(built: Any, person: Person, tmp_path: Path) -> None:
    """What Calc does with it is what Excel does with a text cell."""

    def places() -> list[Any]:
        noted = [note_cells(built, call_id) for call_id in ("CA1", "CA2", "CA5")]
        return [*(note[column] for note in noted for column in range(3)), built.sheets["Sign-off"]["B5"]]

    texts = [*TYPED, "=Ann"]
    for place, text in zip(places(), texts, strict=True):
        type_into(place, text)
    assert [cell(place).getString() for place in places()] == texts
    lines = "asked on Monday\n\tno answer\nasked again"
    noted = note_cells(built, "CA9")
    noted[0].value = lines
    noted[1:3].number_format = "General"  # as in reports of earlier versions
    type_into(noted[1], "10482937")
    type_into(noted[2], "2026-10-03")
    assert cell(noted[2]).getType().value == "VALUE"
    for _ in range(2):
        build(built, person, tmp_path)
        assert person.problems == []
        assert [cell(place).getString() for place in places()] == texts
        assert {cell(place).getType().value for place in places()} == {"TEXT"}
        assert note_cells(built, "CA9").value == [lines.replace("\t", " "), "10482937", "2026-10-03"]
        assert note_cells(built, "CA9")[0].api.IsTextWrapped


def test_who_signs_off_is_kept_in_any_words(built: Any, person: Person, tmp_path: Path) -> None:
    sheet = built.sheets["Sign-off"]
    sheet["A5"].value, sheet["B5"].value = "Erstellt von", "Jürgen Groß"
    sheet["B6"].value = "田中"
    sheet["A8"].value, sheet["B8"].value = "Seen by", "Eve"
    sheet.api.Rows.insertByIndex(0, 12)
    build(built, person, tmp_path)
    assert person.problems == []
    sheet = built.sheets["Sign-off"]
    assert sheet["A5:B8"].value == [
        ["Erstellt von", "Jürgen Groß"],
        ["Reviewed by", "田中"],
        ["Approved by", None],
        ["Seen by", "Eve"],
    ]
    assert sheet["A11:A12"].value == ["Inputs", "Side"]
    assert "Names on the sign-off were kept" in person.told[-1]
