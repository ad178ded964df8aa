"""An export that is imported once more is told from one that holds anything new."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest

from addin.records.copies import is_copied
from addin.records.open_sheets import OpenSheet, _tables
from addin.records.tables import Table

HEAD = ["Call Sid", "Duration", "Price", "Start", "From"]
FILE = [
    ["CA1", "61", "-0.0280", "2026-09-10 12:00:00", "+15005550006"],
    ["CA2", "7", "", "2026-09-10 12:00:01", "0085"],
]
SHEET = [
    ["CA1", 61.0, -0.028, "2026-09-10 12:00:00", "+15005550006"],
    ["CA2", 7.0, None, "2026-09-10 12:00:01", "0085"],
]


def table(*rows: list[Any]) -> Table:
    return _tables(OpenSheet("x", rows))[0]


@pytest.mark.parametrize(
    "sheet",
    [
        [HEAD, *SHEET],
        [HEAD, *reversed(SHEET)],
        [HEAD, *SHEET, ["CA3", 9.0, None, None, None]],
        [[*HEAD, None], *([*row, None] for row in SHEET)],
        [HEAD[::-1], *(row[::-1] for row in SHEET)],
        [["call_sid", *HEAD[1:]], SHEET[0], [None] * 5, SHEET[1]],
    ],
)
def test_the_rows_of_a_file_are_found_on_its_sheet(sheet: list[list[Any]]) -> None:
    assert is_copied(table(HEAD, *FILE), table(*sheet))


@pytest.mark.parametrize(
    "sheet",
    [
        [HEAD, SHEET[0]],
        [HEAD, SHEET[0], ["CA2", 8.0, *SHEET[1][2:]]],
        [HEAD, SHEET[0], ["CA2", 7.0, None, "2026-09-10 12:00:01", "85"]],
        [HEAD, SHEET[0], ["CA2", 7.0, 0.0, *SHEET[1][3:]]],
        [[*HEAD[:4], "To"], *SHEET],
        [HEAD],
    ],
)
def test_one_cell_that_differs_makes_another_export(sheet: list[list[Any]]) -> None:
    assert not is_copied(table(HEAD, *FILE), table(*sheet))


def test_a_row_that_is_twice_in_the_file_must_be_twice_on_the_sheet() -> None:
    assert not is_copied(table(HEAD, *FILE, FILE[0]), table(HEAD, *SHEET))
    assert is_copied(table(HEAD, *FILE, FILE[0]), table(HEAD, *SHEET, SHEET[0]))


def test_numbers_and_times_of_workbooks_and_json() -> None:
    moment = datetime(2026, 9, 10, 12)
    file = [["CA1", 61, Decimal("-0.0280"), moment, "x"]]
    assert is_copied(table(HEAD, *file), table(HEAD, ["CA1", 61.0, -0.028, moment, "x"]))


def test_a_file_without_rows_is_no_copy() -> None:
    assert not is_copied(table(HEAD), table(HEAD, *SHEET))
