"""`tollsheet portable` as a person runs it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import xlsxwriter

from tests.hosts.portable.linked import linked_workbook


def portable(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "addin.cli", "portable", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


def formulas(path: Path, *formulas: str) -> Path:
    workbook = xlsxwriter.Workbook(path)
    sheet = workbook.add_worksheet("Mine")
    for row, formula in enumerate(formulas):
        sheet.write_formula(row, 0, formula)
    workbook.close()
    return path


def test_it_says_what_it_changed_and_where_it_is(tmp_path: Path) -> None:
    book = linked_workbook(tmp_path / "book.xlsx")
    done = portable(book)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "10 formulas changed, 1 link to the add-in removed.",
        "4 more formulas follow the new numbers of links to other files: what is calculated there stays.",
        "8 functions are in the workbook itself: Excel 365 and 2024 calculate them without the add-in.",
        f"Written: {tmp_path / 'book (portable).xlsx'}",
    ]


def test_what_needs_the_add_in_is_1_and_named(tmp_path: Path) -> None:
    zone = '_xll.TO_UTC(A9,"Europe/Berlin")'
    done = portable(
        formulas(
            tmp_path / "book.xlsx",
            "CALL_RATE(44,B:C)",
            zone,
            *["CARD_COST(1,2,B:C)", "CALL_RATE(1,B:C)"] * 6,
            "CALL_RATE(2,B:C)",
        )
    )
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    assert lines[2:5] == [
        "Without the add-in these show an error when they are calculated:",
        "- Mine!A1: CALL_RATE",
        "- Mine!A2: TO_UTC with the time zone Europe/Berlin",
    ]
    assert lines[12:] == [
        "- Mine!A10: CALL_RATE",
        "- and 4 more places",
        f"Written: {tmp_path / 'book (portable).xlsx'}",
    ]


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        ("1+1", "No formula uses a function of Tollsheet."),
        ("CALL_COST(1,2)", "No formula had to be changed, and there was no link to the add-in."),
    ],
)
def test_where_nothing_had_to_be_changed_it_says_so(formula: str, said: str, tmp_path: Path) -> None:
    done = portable(formulas(tmp_path / "book.xlsx", formula), "-o", tmp_path / "out.xlsx")
    assert (done.returncode, done.stdout.splitlines()[0]) == (0, said)
    again = portable(tmp_path / "out.xlsx")
    assert again.stdout.splitlines()[1].startswith("8 functions are in the workbook itself, as they were:")


def test_bad_input_is_2_and_nothing_is_written(tmp_path: Path) -> None:
    notes = tmp_path / "notes.xlsx"
    notes.write_text("no workbook")
    done = portable(notes)
    assert done.returncode == 2
    assert done.stderr.startswith("Error: notes.xlsx is no Excel workbook")
    assert [path.name for path in tmp_path.iterdir()] == ["notes.xlsx"]


def test_what_exists_is_replaced_only_with_force(tmp_path: Path) -> None:
    book = formulas(tmp_path / "book.xlsx", "1+1")
    out = tmp_path / "out.xlsx"
    out.write_text("mine")
    done = portable(book, "-o", out)
    assert (done.returncode, out.read_text()) == (2, "mine")
    assert "Option: --force." in done.stderr
    assert portable(book, "-o", out, "--force").returncode == 0
    assert out.read_bytes().startswith(b"PK")
