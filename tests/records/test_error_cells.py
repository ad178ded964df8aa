"""Error cells of a spreadsheet: a row that holds one where something is asked cannot be read, and counts."""

from __future__ import annotations

import io

import pytest
from openpyxl import Workbook

from addin.records import read_mapping, read_records

from .conftest import Read, Write
from .test_mapping import CSV, MAPPING
from .test_twilio import CONSOLE

REMEDY = "the cell is an error, correct the cell it comes from"
HEAD, FIRST = (line.split(",") for line in CONSOLE.splitlines()[:2])
COLUMNS = ("Call Sid", "From", "To", "Status", "Duration", "Start Time", "Price", "Direction")


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("code", ["#N/A", "#DIV/0!", " #ref! ", "Err:522"])
def test_an_error_is_no_value_in_any_column(read: Read, column: str, code: str) -> None:
    cells = dict(zip(HEAD, FIRST, strict=True)) | {column: code}
    records = read("calls.csv", f"{','.join(cells)}\n{','.join(cells.values())}\n")
    assert records.calls == ()
    (bad,) = records.unreadable
    shown = code.strip() if code.startswith("Err") else code.strip().upper()
    assert bad.problem == f'"{column}" is {shown}: {REMEDY}'
    assert bad.call_id == ("" if column == "Call Sid" else cells["Call Sid"])


def test_an_error_cell_of_a_workbook(read: Read) -> None:
    book, content = Workbook(), io.BytesIO()
    sheet = book.active
    assert sheet is not None
    for row in (HEAD, FIRST):
        sheet.append(row)
    sheet.cell(2, HEAD.index("Start Time") + 1).value = "#VALUE!"
    book.save(content)
    (bad,) = read("calls.xlsx", content.getvalue()).unreadable
    assert bad.problem == f'"Start Time" is #VALUE!: {REMEDY}'


@pytest.mark.parametrize(
    ("good", "column"),
    [
        ("g1;", "CallId"),
        ("+15005550006;", "From"),
        (";talked", "Result"),
        (";out;", "Way"),
        ("80000,5", "Duration"),
    ],
)
def test_an_error_in_a_mapped_file(write: Write, good: str, column: str) -> None:
    lines = CSV.splitlines()[:2]
    lines[1] = lines[1].replace(good.strip(";"), "#NAME?", 1)
    records = read_records(
        [write("calls.csv", "\n".join(lines))], mapping=read_mapping(write("map.toml", MAPPING))
    )
    assert [bad.problem for bad in records.unreadable] == [f'"{column}" is #NAME?: {REMEDY}']


def test_an_error_in_the_time_of_day_names_its_column(write: Write) -> None:
    toml = '[columns]\nfrom = "A"\nto = "B"\nstart = "Day"\nstart_time = "Clock"\nduration = "Length"\n'
    content = "A,B,Day,Clock,Length\n1,2,2026-09-01,#N/A,60\n"
    records = read_records([write("calls.csv", content)], mapping=read_mapping(write("map.toml", toml)))
    assert [bad.problem for bad in records.unreadable] == [f'"Clock" is #N/A: {REMEDY}']


def test_a_sign_is_no_error(read: Read) -> None:
    cells = dict(zip(HEAD, FIRST, strict=True)) | {"To": "#31#5005550009"}
    (call,) = read("calls.csv", f"{','.join(cells)}\n{','.join(cells.values())}\n").calls
    assert call.to_number == "#31#5005550009"
