"""What cannot follow a table, and is said: arrays over many cells, and names that depend on their place."""

from __future__ import annotations

from pathlib import Path

import pytest
from xlsxwriter import Workbook

from addin.hosts.filling.targets import Given
from templates.inputs import CALLS
from tests.hosts.filling.filled import calls, filled, opened

SPILLS = "Excel fills as many cells as it needs when it opens the file, LibreOffice as many as before."
STAYS = "it fills as many cells as before. Enter it again over as many rows as the table has."


@pytest.fixture
def template(tmp_path: Path) -> bytes:
    """A table of three rows, arrays beside it and on another sheet, and names."""
    path = tmp_path / "mine.xlsx"
    with Workbook(path) as book:
        sheet, other = book.add_worksheet("Calls"), book.add_worksheet("Other")
        columns = [{"header": "Call id"}, {"header": "Seconds"}]
        sheet.add_table("A4:B7", {"name": "Calls", "columns": columns})
        sheet.write_column("B5", [1, 2, 3])
        sheet.write_array_formula("D5:D7", "{=B5:B7*2}")
        sheet.write_dynamic_array_formula("E5:E7", "=B5:B7*2")
        sheet.write_array_formula("F5:F6", "{=$A$1:$A$2*2}")
        other.write_array_formula("A1:A3", "{=Calls[Seconds]*2}")
        other.write_array_formula("B1:B3", "{=doubled}")
        other.write_array_formula("C1", "{=SUM(Calls!B5:B7)}")
        book.define_name("doubled", "=seconds*2")
        book.define_name("seconds", "=Calls!$B$5:$B$7")
        book.define_name("both", "=Calls!$A$5:$A$7,Calls!$B$5:$B$7")
        book.define_name("mixed", "=SUM(Calls!$B2:$B$7)")
        book.define_name("beside", "=Other!$B2")
    return path.read_bytes()


def test_arrays_that_keep_their_cells_are_named(template: bytes) -> None:
    _, said = filled(template, Given(CALLS, calls(9)))
    arrays = [line for line in said.remarks if "array" in line]
    assert arrays == [
        f"{place} is one array formula over rows of a table: {what}"
        for place, what in (
            ("Calls!D5:D7", STAYS),
            ("Calls!E5:E7", SPILLS),
            ("Other!A1:A3", STAYS),
            ("Other!B1:B3", STAYS),
        )
    ]


def test_a_single_cell_of_the_last_row_is_named(tmp_path: Path) -> None:
    """A closing balance would be that of a row in the middle, in silence."""
    path = tmp_path / "mine.xlsx"
    with Workbook(path) as book:
        sheet, other = book.add_worksheet("Calls"), book.add_worksheet("Other")
        sheet.add_table("A4:B7", {"name": "Calls", "columns": [{"header": "Call id"}, {"header": "Seconds"}]})
        for row, formula in enumerate(("=Calls!B7", "=Calls!B6", "=Calls!B5:B7", "=Calls!C7", "=$B$7")):
            other.write_formula(row, 0, formula)
        sheet.write_formula("D7", "=B7*2")
        sheet.write_formula("D2", "=$B$7")
        book.define_name("closing", "=Calls!$B$7")
    what = "which was in the last row of Calls and is not any more. If you mean the last row, write"
    _, said = filled(path.read_bytes(), Given(CALLS, calls(9)))
    assert [line for line in said.remarks if "last row" in line] == [
        f"{place} names {address}, {what} INDEX(Calls[X],ROWS(Calls[X])), where X is the name of the column."
        for place, address in (
            ("Calls!D2", "$B$7"),
            ("Other!A1", "Calls!B7"),
            ("The name closing", "Calls!$B$7"),
        )
    ]
    _, said = filled(path.read_bytes(), Given(CALLS, calls(3)))
    assert not any("last row" in line for line in said.remarks)


def test_names_that_depend_on_their_place_are_named(template: bytes) -> None:
    after, said = filled(template, Given(CALLS, calls(9)))
    assert [line for line in said.remarks if line.startswith("The name")] == [
        "The name mixed says Calls!$B2:$B$7, which means other cells for each cell that uses it: it stays "
        "as it is. Write its rows with $ to have them follow."
    ]
    names = opened(after).defined_names
    assert names["both"].attr_text == "Calls!$A$5:$A$13,Calls!$B$5:$B$13"
    assert names["mixed"].attr_text == "SUM(Calls!$B2:$B$7)"


def test_formulas_beside_a_table_are_named(tmp_path: Path) -> None:
    with Workbook(tmp_path / "mine.xlsx") as book:
        sheet = book.add_worksheet("Calls")
        sheet.add_table("A4:B7", {"name": "Calls", "columns": [{"header": "Call id"}, {"header": "Seconds"}]})
        for row in (5, 6, 7):
            sheet.write_formula(f"C{row}", f"=B{row}/60")
            sheet.write_formula(f"E{row}", f"=SUM($B$5:B{row})")
        sheet.write_formula("D6", "=B6")
    _, said = filled((tmp_path / "mine.xlsx").read_bytes(), Given(CALLS, calls(9)))
    assert [line for line in said.remarks if "beside" in line] == [
        "Calls!C5:C7 holds formulas beside Calls, each of its own row: they are as many as before. Make the "
        "column one of the table."
    ]


def test_addresses_in_text_are_named(tmp_path: Path) -> None:
    with Workbook(tmp_path / "mine.xlsx") as book:
        sheet = book.add_worksheet("Calls")
        sheet.add_table("A4:B7", {"name": "Calls", "columns": [{"header": "Call id"}, {"header": "Seconds"}]})
        text = '=indirect("Calls!$B$5:$B$7")'
        sheet.write_formula("D1", f"=SUM({text[1:]})")
        sheet.data_validation("E1", {"validate": "list", "source": text})
        book.define_name("texts", text)
    template = (tmp_path / "mine.xlsx").read_bytes()
    ends = " uses INDIRECT: addresses in its text do not follow the tables."
    _, said = filled(template, Given(CALLS, calls(9)))
    assert [line.removesuffix(ends) for line in said.remarks if line.endswith(ends)] == [
        "Calls!D1",
        "mine.xlsx: sheet Calls: a format or rule of E1",
        "The name texts",
    ]
    assert not [line for line in filled(template, Given(CALLS, calls(3)))[1].remarks if line.endswith(ends)]


def test_nothing_is_said_where_nothing_grows(template: bytes) -> None:
    _, said = filled(template, Given(CALLS, calls(3)))
    assert not [line for line in said.remarks if "array" in line or line.startswith("The name")]
