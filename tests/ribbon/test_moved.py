"""A person's own cells keep their addresses in a new report: where these say something else, it is said."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import xlwings as xw

from addin.hosts.calc import bridge
from tests.ribbon.conftest import stored_report
from tests.ribbon.main_thread import run
from tests.ribbon.months import row, write_csv
from tests.ribbon.scripted import Person

USD = [row(f"CA{number}") for number in range(1, 6)]
EUR = [row(f"CE{number}", price_unit="EUR") for number in range(1, 3)]


def build(
    book: Any, person: Person, folder: Path, rows: Sequence[Any], bill: Sequence[Any] = ()
) -> list[str]:
    """Build from the rows (the bill has the same, if not others); gives the lines of the message."""
    files = [write_csv(folder / "log.csv", rows), write_csv(folder / "bill.csv", bill or rows)]
    person.answers = [[files[0]], [files[1]], True]
    person.told.clear()
    run("build_reconciliation", book, person)
    assert person.problems == []
    return person.told[-1].split("\n")


@pytest.fixture
def built(app: xw.App, book: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A stored workbook whose log and bill are the same five calls."""
    folder = tmp_path_factory.getbasetemp()
    files = [write_csv(folder / f"five {side}.csv", USD) for side in ("ours", "theirs")]
    return app.books.open(str(stored_report(app, folder / "five.ods", [[files[0]], [files[1]], True])))


def leading(lines: Sequence[str]) -> list[str]:
    return [line for line in lines if " leads to " in line or line.endswith("more such places.")]


def board(book: Any, *formulas: str) -> Any:
    """The person's own sheet, with the formulas from B2 down."""
    own = book.sheets.add("Board")
    for number, formula in enumerate(formulas, 2):
        own.range((number, 2)).formula = formula
    return own


def test_more_remarks_move_no_figure_and_nothing_is_said(built: Any, person: Person, tmp_path: Path) -> None:
    own = board(
        built, "=Summary!D15", "=Summary!D19", "=Summary!D59", "=Summary!A4", "=SUM(Calls[Expected cost])"
    )
    wanted = ["=Summary!A15", "=Summary!A18", "=Summary!A62"]
    for number, formula in enumerate(wanted, 2):
        own.range((number, 1)).formula = formula
    built.app.calculate()
    labels = own["A2:A4"].value
    assert labels == ["Variance", "talked", "All checks pass"]
    bill = [row("CA1", 200, "-0.056"), row("CA2", 61, "-0.03"), row("CA3"), row("CA9"), row("CA8", day=11)]
    lines = build(built, person, tmp_path, USD, bill)
    assert leading(lines) == []
    assert own["A2:A4"].value == labels
    assert own["B2"].value == built.names["variance_cost"].refers_to_range.value != 0


def test_another_currency_in_the_same_cells_is_said(built: Any, person: Person, tmp_path: Path) -> None:
    own = board(built, "=Summary!D14*2", "=Summary!$D$19", "=variance_cost", "=Summary!D14")
    built.names.add("my_variance", "=Summary!$D$15")
    lines = build(built, person, tmp_path, EUR)
    assert leading(lines) == [
        'Board!B2 leads to Summary!D14, which was "Billed USD" and is now "Billed EUR".',
        'Board!B3 leads to Summary!D19, which was "duplicates (Bridge in USD)" and is now '
        '"duplicates (Bridge in EUR)".',
        'Board!B5 leads to Summary!D14, which was "Billed USD" and is now "Billed EUR".',
        'The name "my_variance" leads to Summary!D15, which was "Variance USD" and is now "Variance EUR".',
    ]
    assert own["B2"].formula == "=Summary!D14*2"


def test_a_second_currency_moves_rows_and_it_is_said(built: Any, person: Person, tmp_path: Path) -> None:
    own = board(built, "=Summary!D13", "=Summary!D14", "=variance_cost")
    lines = build(built, person, tmp_path, USD + EUR)
    assert leading(lines) == [
        'Board!B2 leads to Summary!D13, which was "Expected USD" and is now blank.',
        'Board!B3 leads to Summary!D14, which was "Billed USD" and is now "Total".',
    ]
    gone = next(line for line in lines if line.startswith("The new report has no "))
    assert "variance_cost" in gone
    assert "check_all" not in gone
    assert own["B4"].options(err_to_str=True).value == "#REF!", "no other figure under the name"
    build(built, person, tmp_path, USD)
    own["B5"].formula = "=variance_cost=Summary!D15"
    assert own["B5"].value == 1


def test_other_calls_in_the_same_rows_are_said(built: Any, person: Person, tmp_path: Path) -> None:
    own = board(
        built, "=Calls!L5", "=SUM(Calls!L6:L9)", "=Calls!A5", "=COUNTA(Calls!A:A)", "=ROWS(Calls[Call id])"
    )
    own["D2:D3"].formula_array = "=Calls!L7:L8*2"
    place = bridge.struct("awt.Rectangle", 9000, 500, 8000, 6000)
    source = built.sheets["Calls"]["L8:L9"].api.getRangeAddress()
    own.api.Charts.addNewByName("costs", place, (source,), False, False)
    lines = build(built, person, tmp_path, [USD[1], *USD[2:]])
    assert leading(lines) == [
        'Board!B2 leads to Calls!L5, which was "CA1" and is now "CA2".',
        'Board!B3 leads to Calls!L6:L9, whose first row was "CA2" and is now "CA3".',
        'Board!D2 leads to Calls!L7:L8, whose first row was "CA3" and is now "CA4".',
        'The chart "costs" on the sheet "Board" leads to Calls!L8:L9, whose first row was "CA4" '
        'and is now "CA5".',
    ]


def test_a_finding_is_told_by_its_kind_and_its_call(book: Any, person: Person, tmp_path: Path) -> None:
    build(book, person, tmp_path, USD, USD[2:])
    board(book, "=Findings!I5")
    lines = build(book, person, tmp_path, USD, [USD[0], *USD[2:]])
    assert leading(lines) == [
        'Board!B2 leads to Findings!I5, which was "missing-in-bill CA1" and is now "missing-in-bill CA2".'
    ]


def test_a_few_are_named_and_the_others_counted(built: Any, person: Person, tmp_path: Path) -> None:
    board(built, *["=Calls!L5"] * 17)
    lines = leading(build(built, person, tmp_path, USD[1:]))
    assert len(lines) == 6
    assert lines[0].startswith("Board!B2 leads to Calls!L5, ")
    assert lines[-1] == "And 12 more such places."
