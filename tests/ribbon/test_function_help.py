"""The list of functions in a real spreadsheet, as a person reads it."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

from addin.hosts.calc import bridge
from tests.ribbon.main_thread import run
from tests.ribbon.scripted import Person
from udfs.cells import CELL_FUNCTIONS


def test_each_argument_stands_on_a_line_of_its_own_and_nothing_is_cut_off(book: Any, person: Person) -> None:
    run("function_help", book, person)
    assert person.told == ['10 functions listed on the sheet "Tollsheet functions".']
    sheet = book.sheets["Tollsheet functions"]
    rows = sheet.range((5, 1), (4 + len(CELL_FUNCTIONS), 5)).value
    for place, (row, function) in enumerate(zip(rows, CELL_FUNCTIONS.values(), strict=True), 5):
        assert row[0] == function.signature
        lines = row[2].split("\n")
        assert lines == [f"{argument.name}: {argument.help}" for argument in function.arguments]
        assert "\n" not in row[3]
        assert row[4].split("\n") == function.sections["Excel"].split("\n")
        assert not any(0x2400 <= ord(sign) < 0x2440 for cell in row for sign in cell)  # ␊ and the like
        assert sheet.range((place, 1)).row_height >= 10 * len(lines)


def test_a_sheet_that_a_command_adds_is_printed(book: Any, person: Person, tmp_path: Path) -> None:
    run("function_help", book, person)
    pdf = tmp_path / "printed.pdf"
    book.api.storeToURL(pdf.as_uri(), bridge.properties(FilterName="calc_pdf_Export"))
    command = ["pdftotext", "-layout", pdf, "-"]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert "The functions of Tollsheet" in told
    assert all(f"{name}(" in told for name in CELL_FUNCTIONS)
