"""A report moved into a workbook again and again: what leads to it stays, and a failure takes back all."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from addin.errors import TollsheetError
from addin.hosts.calc import copying
from addin.hosts.calc.books import Book, Books
from addin.hosts.calc.dependents import CalcChart
from addin.hosts.calc.engine import App
from addin.hosts.calc.names import Name, Names
from addin.hosts.calc.ranges import Range
from addin.hosts.calc.sheets import Sheet
from addin.hosts.calc.tables import Table
from addin.hosts.open_workbook.marks import REPORT, marked
from addin.hosts.open_workbook.transfer import Transfer
from tests.ribbon.scripted import Person
from tests.ribbon.small_report import add_own, move, shown_by_chart, state, write_report

CHANGES: tuple[tuple[Any, str], ...] = (
    (Books, "open"),
    (Book, "close"),
    (Sheet, "copy"),
    (copying, "_copy_page"),
    (copying, "_copy_view"),
    (Sheet, "name"),
    (Sheet, "delete"),
    (Sheet, "activate"),
    (Table, "name"),
    (Range, "formula"),
    (Range, "formula_array"),
    (Names, "add"),
    (Name, "refers_to"),
    (Name, "delete"),
    (CalcChart, "restore"),
    (App, "calculate"),
)
"""All that a move asks the program to do."""


class Broken(Exception):
    """The program does not do what it was asked to."""


@contextmanager
def failing(fails: Any) -> Iterator[list[str]]:
    """Let changes fail as `fails(number, name)` says; gives the names of the changes that were asked for."""
    asked: list[str] = []

    def counted(work: Any, name: str) -> Any:
        def changed(*arguments: Any, **more: Any) -> Any:
            asked.append(name)
            if fails(len(asked), name):
                raise Broken(f"{name} is broken")
            return work(*arguments, **more)

        return changed

    with pytest.MonkeyPatch.context() as patch:
        for owner, name in CHANGES:
            told, was = f"{owner.__name__.rpartition('.')[2]}.{name}", getattr(owner, name)
            if isinstance(was, property):
                patch.setattr(owner, name, property(was.fget, counted(was.fset, told)))
            else:
                patch.setattr(owner, name, counted(was, told))
        yield asked


@pytest.fixture
def built(book: Any, person: Person, tmp_path: Path) -> Any:
    """A workbook with a report, and a sheet of the person's that builds on it."""
    move(book, person, write_report(tmp_path / "first.xlsx"))
    add_own(book)
    return book


def test_what_leads_to_the_report_leads_to_the_new_one(built: Any, person: Person, tmp_path: Path) -> None:
    own = built.sheets["Mine"]
    formulas = own.used_range.formula
    assert own["A1:A6"].value == [14, 7, 7, 2, 2, 4]
    transfer = move(built, person, write_report(tmp_path / "again.xlsx", (10.0, 20.0, 40.0)))
    assert own.used_range.formula == formulas
    assert own["A1:A6"].value == [140, 70, 70, 20, 20, 40]
    assert own["C1:C3"].value == [100, 200, 400]
    assert own["C1:C3"].api.getArrayFormula() == "{=$Calls.B2:B4*10}", "one array formula, not three"
    assert shown_by_chart(own) == [
        ("$Calls.$A$2:$A$4", ("c0", "c1", "c2")),
        ("$Calls.$B$2:$B$4", (10.0, 20.0, 40.0)),
    ]
    assert built.names["Mine!local"].refers_to == "=Calls!$B$4"
    assert [sheet.name for sheet in built.sheets] == ["Sheet1", "Summary", "Calls", "Mine"]
    assert transfer.remarks == []
    # and it lives
    built.sheets["Calls"]["B2"].value = 11
    built.app.calculate()
    assert own["A1:A5"].value == [142, 71, 71, 22, 20]
    assert own["C1"].value == 110


def test_nothing_of_a_move_is_left_to_undo(built: Any, person: Person, tmp_path: Path) -> None:
    """In pieces, Calc brings old sheets back whose formulas add up the new ones."""
    manager = built.api.getUndoManager()
    built.sheets["Mine"]["F1"].value = 1
    assert manager.isUndoPossible()
    move(built, person, write_report(tmp_path / "again.xlsx", (10.0, 20.0, 40.0)))
    assert not manager.isUndoPossible()
    assert not manager.isRedoPossible()
    with failing(lambda at, _: at == 6), pytest.raises(TollsheetError):
        move(built, person, write_report(tmp_path / "third.xlsx", (1.0, 2.0, 4.0)))
    assert not manager.isUndoPossible()


def attempt(book: Any, person: Person, path: Path, number: int) -> tuple[str, TollsheetError | Transfer]:
    """A move whose change of that number fails: its name (empty if there are fewer), and what came of it."""
    came: TollsheetError | Transfer
    with failing(lambda at, _: at == number) as asked:
        try:
            came = move(book, person, path)
        except TollsheetError as error:
            came = error
    return asked[number - 1] if number <= len(asked) else "", came


def test_whatever_fails_the_workbook_is_as_it_was_or_new(built: Any, person: Person, tmp_path: Path) -> None:
    paths = [write_report(tmp_path / f"{cost}.xlsx", (cost, cost, cost)) for cost in (1.0, 2.0)]
    taken_back, done, number, before = set(), set(), 1, state(built)
    while True:
        failed, came = attempt(built, person, paths[number % 2], number)
        after = state(built)
        if isinstance(came, TollsheetError):
            assert f"{failed} is broken" in came.problem
            assert came.remedy.startswith("The workbook is as it was.")
            assert after == before, f"after a failure of {failed} (change {number})"
            taken_back.add(failed)
        else:
            cost = number % 2 + 1
            assert built.sheets["Mine"]["A1:A2"].value == [6 * cost, 3 * cost]
            assert bool(came.remarks) == (failed == "Sheet.delete")
            if not failed:
                break
            done.add(failed)
        number, before = number + 1, after
    assert taken_back == {
        "Books.open",
        "Sheet.copy",
        "copying._copy_page",
        "copying._copy_view",
        "Sheet.name",
        "Table.name",
        "Range.formula",
        "Range.formula_array",
        "Names.add",
        "Name.refers_to",
        "CalcChart.restore",
    }
    assert done == {"Book.close", "Sheet.delete", "Name.delete", "Sheet.activate", "App.calculate"}


def test_an_old_sheet_that_cannot_be_deleted_is_named_and_goes_the_next_time(
    built: Any, person: Person, tmp_path: Path
) -> None:
    path = write_report(tmp_path / "again.xlsx", (10.0, 20.0, 40.0))
    with failing(lambda _, name: name == "Sheet.delete"):
        remarks = move(built, person, path).remarks
    assert [remark.partition(",")[0] for remark in remarks] == ["The new sheets are complete"] * 2
    assert 'now "Summary (old)"' in remarks[0]
    assert [sheet.name for sheet in marked(built, REPORT)] == [
        "Summary (old)",
        "Calls (old)",
        "Summary",
        "Calls",
    ]
    own = built.sheets["Mine"]
    assert own["A1:A6"].value == [140, 70, 70, 20, 20, 40]
    move(built, person, path)
    assert [sheet.name for sheet in built.sheets] == ["Sheet1", "Summary", "Calls", "Mine"]
    assert own["A1:A6"].value == [140, 70, 70, 20, 20, 40]


def test_what_cannot_be_taken_back_is_said_and_replaced_the_next_time(
    built: Any, person: Person, tmp_path: Path
) -> None:
    path = write_report(tmp_path / "again.xlsx", (10.0, 20.0, 40.0))
    broken = ("CalcChart.restore", "Sheet.delete", "Name.delete")
    with failing(lambda _, name: name in broken), pytest.raises(TollsheetError) as told:
        move(built, person, path)
    assert told.value.remedy.startswith("Not all could be taken back")
    move(built, person, path)
    assert [sheet.name for sheet in marked(built, REPORT)] == ["Summary", "Calls"]
    assert built.sheets["Mine"]["A1:A2"].value == [140, 70]


def test_a_mark_whose_sheet_was_deleted_stops_nothing(built: Any, person: Person, tmp_path: Path) -> None:
    del built.sheets["Mine"], built.names["total"]
    built.sheets["Calls"].delete()
    assert "#REF!" in built.names["tollsheet_report_2_calls"].refers_to
    assert [sheet.name for sheet in marked(built, REPORT)] == ["Summary"]
    move(built, person, write_report(tmp_path / "again.xlsx"))
    assert [sheet.name for sheet in built.sheets] == ["Sheet1", "Summary", "Calls"]
    assert [sheet.name for sheet in marked(built, REPORT)] == ["Summary", "Calls"]
    lost = [name.name for name in built.names if "#REF!" in name.refers_to]
    assert lost == ["mine"], "the person's own name stays"


def test_what_led_to_a_sheet_that_is_no_more_is_named(book: Any, person: Person, tmp_path: Path) -> None:
    move(book, person, write_report(tmp_path / "first.xlsx", extra="Earlier notes"))
    own = book.sheets.add("Mine")
    own["B2"].formula = "='Earlier notes'!A1"
    own["B3"].formula = "=Summary!A2"
    remarks = move(book, person, write_report(tmp_path / "again.xlsx")).remarks
    assert remarks == ['The new sheets have nothing for the cell B2 of "Mine" to lead to.']
    assert own["B3"].value == 7
    assert "#REF!" in own["B2"].formula


def test_a_name_of_the_report_goes_where_the_new_one_has_it(
    built: Any, person: Person, tmp_path: Path
) -> None:
    move(built, person, write_report(tmp_path / "again.xlsx", (10.0, 20.0, 40.0), total="A5"))
    assert built.names["total"].refers_to == "=Summary!$A$5"
    assert built.sheets["Mine"]["A3"].value == 70


def test_gridlines_are_hidden_where_the_report_hides_them(built: Any, person: Person, tmp_path: Path) -> None:
    built.save(str(tmp_path / "saved.xlsx"))
    with zipfile.ZipFile(tmp_path / "saved.xlsx") as parts:
        sheets = [parts.read(f"xl/worksheets/sheet{number}.xml").decode() for number in range(1, 5)]
    shown = ['showGridLines="true"' in sheet for sheet in sheets]
    assert [sheet.name for sheet in built.sheets] == ["Sheet1", "Summary", "Calls", "Mine"]
    assert shown == [True, False, True, True]
