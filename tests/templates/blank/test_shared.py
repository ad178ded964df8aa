"""What all templates have in common, shown on a small one."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from templates.grid import AMOUNT, Kind
from templates.shared.book import Book
from templates.shared.checks import Check, write_checks
from templates.shared.guide import Guide, Setting, write_guide
from templates.shared.rules import at_least_0, one_of
from templates.shared.tables import Entry, Figure, column, here, outside, write_table
from tests.office.harness import print_sheets
from tests.templates.blank.programs import in_ironcalc, in_office, stale, stored
from tests.validator.validate import problems

_FIELDS = (
    Entry("Name", Kind(is_input=True), "What it is."),
    Entry("Price", Kind("0.00", is_input=True), "A number.", at_least_0("Price", "USD")),
    Entry("Sort", Kind(is_input=True), "a or b.", one_of(["a", "b"], "The sort")),
    Figure("Twice", AMOUNT, "Price x 2.", f"{here('Things', 'Price')}*2"),
)


def small(rows: list[dict[str, object]], *, below: str = "") -> bytes:
    """A template of one table; a price in it may be text, and something may stand below it."""
    book = Book("Things", "What things cost twice.")
    sheet = book.input_sheet("Things", "Prices.")
    write_table(sheet, book.look, "Things", _FIELDS, rows)  # type: ignore[arg-type]
    if below:
        sheet.write_string(6 + len(rows), 0, below)
    errors = sum(isinstance(row["Twice"], str) for row in rows)
    amounts = f"ROWS({column('Things', 'Twice')})-COUNT({column('Things', 'Twice')})"
    checks = [
        Check("check_amounts", "Every price has its double", amounts, "Write a number.", errors),
        Check(
            "check_below",
            "Nothing stands below the table",
            outside("Things", "Things", "Name", "Sort", ("A", "C")),
            "Move it into the table.",
            1 if below else 0,
        ),
    ]
    write_checks(book, checks)
    setting = Setting("tolerance_amount", "Tolerance", Decimal("0.01"), "0.00", "In USD.")
    write_guide(book, Guide(["Do it."], [setting], [("Things", "x"), ("Checks", "y")], [("A", "b", "c")]))
    return book.saved()


FINE = [{"Name": "+44 one", "Price": Decimal(2), "Sort": "a", "Twice": 4}]
FAULTY = [*FINE, {"Name": "=two", "Price": "x", "Sort": "c", "Twice": "#VALUE!"}]


@pytest.mark.parametrize(
    ("rows", "below", "line"),
    [
        (FINE, "", "All checks pass"),
        (FAULTY, "", "1 check fails: see the sheet Checks"),
        (FAULTY, "pasted", "2 checks fail: see the sheet Checks"),
    ],
)
def test_programs_calculate_what_is_stored(
    rows: list[dict[str, object]], below: str, line: str, tmp_path: Path
) -> None:
    path = tmp_path / "small.xlsx"
    path.write_bytes(small(rows, below=below))
    assert stale(path, in_ironcalc(path)) == []
    assert stale(path, in_office(path)) == []
    assert problems(path) == []
    assert stored(path)["How to use!A4"] == line


def test_a_stale_value_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "small.xlsx"
    path.write_bytes(small([FINE[0] | {"Twice": 5}]))
    assert stale(path, in_ironcalc(path)) == ["Things!D5: stored 5, calculated 4.0"]
    assert stale(path, in_office(path)) == ["Things!D5: stored 5, calculated 4.0"]


def test_only_sheets_without_input_are_protected() -> None:
    book = load_workbook(BytesIO(small(FINE)))
    assert {sheet.title: sheet.protection.sheet for sheet in book} == {
        "How to use": True,
        "Things": False,
        "Checks": True,
    }
    assert all(sheet.protection.password is None for sheet in book)
    assert not book["How to use"][_cell(book, "tolerance_amount")].protection.locked
    assert book["Checks"][_cell(book, "check_all")].protection.locked


def test_names_and_properties() -> None:
    book = load_workbook(BytesIO(small(FINE)))
    assert {"check_amounts", "check_below", "check_all", "tolerance_amount", "CALL_COST"} <= {
        *book.defined_names
    }
    assert book.properties.creator == "Tollsheet"
    assert book.properties.created is not None
    assert book.properties.created.year == 2026


def test_every_sheet_can_be_printed(tmp_path: Path) -> None:
    path = tmp_path / "small.xlsx"
    path.write_bytes(small(FAULTY))
    assert [*print_sheets(path, tmp_path / "printed")] == ["How to use", "Things", "Checks"]


def test_the_same_bytes_each_time() -> None:
    assert small(FINE) == small(FINE)


def _cell(book: object, name: str) -> str:
    return str(book.defined_names[name].attr_text).rpartition("!")[2].replace("$", "")  # type: ignore[attr-defined]
