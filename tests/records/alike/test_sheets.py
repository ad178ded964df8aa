"""Sheets of workbooks read in columns say what they say row by row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from addin.records import read_mapping
from addin.records.alike.calls import AlikeCalls

from .conftest import Both
from .test_same import EXAMPLES, ODD_ROWS, console

NAMES = ("uuid", "timestamp", "from", "to", "duration", "disposition", "type", "agent")
AT = datetime(2026, 10, 24, 22)
Cells = Iterable[Sequence[Any]]


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("addin.records.alike.sheet.BLOCK", 3000)
    monkeypatch.setattr("addin.records.alike.sheet.HEAD", 3000)


def by_xlsxwriter(path: Path, rows: Cells, **options: Any) -> None:
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd hh:mm:ss", **options}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(number, column, cell)
                elif cell is not None:
                    sheet.write(number, column, cell)


def by_xlsxwriter_inline(path: Path, rows: Cells) -> None:
    by_xlsxwriter(path, rows, constant_memory=True)


def by_openpyxl(path: Path, rows: Cells) -> None:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)


def by_openpyxl_inline(path: Path, rows: Cells) -> None:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in rows:
        sheet.append(row)
    book.save(path)


WRITERS = (by_xlsxwriter, by_xlsxwriter_inline, by_openpyxl, by_openpyxl_inline)
writers = pytest.mark.parametrize("write", WRITERS, ids=lambda write: write.__name__)


def of_text(text: str) -> list[list[str]]:
    sign = max(",;", key=text.partition("\n")[0].count)
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=sign))
    return [["".join(sign for sign in cell if sign >= " ") for cell in row] for row in rows]


@writers
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_examples(both: Both, tmp_path: Path, path: Path, write: Any) -> None:
    mapping = read_mapping(path.parent / "mapping.toml") if path.parent.name == "generic" else None
    copy = tmp_path / "calls.xlsx"
    write(copy, of_text(path.read_text()))
    assert isinstance(both([copy], mapping=mapping).calls, AlikeCalls)


@writers
def test_odd_rows(both: Both, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write: Any) -> None:
    path = tmp_path / "calls.xlsx"
    write(path, of_text(console(*ODD_ROWS.values(), *ODD_ROWS.values())))
    both([path])
    monkeypatch.setattr("addin.records.alike.sheet.HEAD", 1 << 20)
    assert isinstance(both([path]).calls, AlikeCalls)
    both([path], time_zone="Europe/Berlin")


def voiso(**columns: Sequence[Any]) -> list[tuple[Any, ...]]:
    """200 calls over the hours in which the clocks of Berlin change."""
    plain: dict[str, Sequence[Any]] = {
        "uuid": [f"u{n}" for n in range(200)],
        "timestamp": [AT + timedelta(minutes=3 * n, milliseconds=7 * n) for n in range(200)],
        "from": [15005550000 + n % 3 for n in range(200)],
        "to": ["+2"] * 200,
        "duration": [n % 5 for n in range(200)],
        "disposition": ["answered", "no answer"] * 100,
        "type": ["outbound", None] * 100,
        "agent": ["ada"] * 200,
    }
    return [NAMES, *zip(*(plain | columns).values(), strict=True)]


SIGNS = ("a & b", "<c>", "_x0041_", "_x005F_x0041_", "Zo\u00eb")
TYPED = {
    "plain": voiso(),
    "texts as times": voiso(timestamp=[f"2026-09-01 10:{n % 60:02}:00" for n in range(200)]),
    "some texts as times": voiso(timestamp=[AT if n % 3 else "2026-09-01 10:00:00" for n in range(200)]),
    "some numbers as times": voiso(timestamp=[AT if n % 3 else 46000 + n for n in range(200)]),
    "some without": voiso(timestamp=[None if n % 3 == 0 else AT for n in range(200)]),
    "floats": voiso(duration=[0.5 * (n % 7) for n in range(200)]),
    "long floats": voiso(duration=[n / 7 + 1 for n in range(200)]),
    "whole floats": voiso(duration=[60.0 if n % 2 else 1e3 for n in range(200)]),
    "very long": voiso(duration=[10.0**n if n < 25 else 60 for n in range(200)]),
    "negative": voiso(duration=[-n if n < 25 else -0.0 for n in range(200)]),
    "clock": voiso(duration=[timedelta(seconds=n * 3600) for n in range(200)]),
    "days": voiso(duration=[AT if n % 9 == 0 else 60 for n in range(200)]),
    "booleans": voiso(type=[n % 2 == 0 if n % 5 == 0 else n % 2 for n in range(200)]),
    "ids as numbers": voiso(uuid=[n * 10**6 + n for n in range(200)]),
    "long ids as numbers": voiso(uuid=[10**14 + n * 10**13 for n in range(200)]),
    "ids as halves": voiso(uuid=[n / 2 for n in range(200)]),
    "text as numbers": voiso(**{"from": ["015005550000", 15005550000, "15005550000", None] * 50}),
    "signs": voiso(agent=[*SIGNS, " d ", "e\nf", "\U0001f600"] * 25),
    "ids with signs": voiso(uuid=[f"{sign}{n}" for n in range(40) for sign in SIGNS]),
    "errors": voiso(disposition=["answered", "#N/A"] * 100),
    "clients": voiso(to=["client:ada", "sip:x y", "#N/A", "+3"] * 50),
}


@writers
@pytest.mark.parametrize("rows", TYPED.values(), ids=TYPED)
def test_types(both: Both, tmp_path: Path, rows: Cells, write: Any) -> None:
    path = tmp_path / "calls.xlsx"
    write(path, rows)
    for zone in (None, "Europe/Berlin", "Australia/Lord_Howe"):
        both([path], time_zone=zone)
