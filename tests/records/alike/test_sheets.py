"""Sheets of workbooks read in columns say what they say row by row."""

from __future__ import annotations

import csv
import gzip
import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from addin.errors import TollsheetError
from addin.records import read_mapping, read_records
from addin.records.alike.calls import AlikeCalls
from tests.office.harness import office

from .conftest import Both, voiso_columns
from .test_same import EXAMPLES, ODD_ROWS, console

NAMES = ("uuid", "timestamp", "from", "to", "duration", "disposition", "type", "agent")
AT = datetime(2026, 10, 24, 22)
Cells = Iterable[Sequence[Any]]


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("addin.records.alike.sheet.BLOCK", 3000)
    monkeypatch.setattr("addin.records.alike.sheet.HEAD", 9000)


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
    return [["".join(sign for sign in cell if sign >= " ") for cell in row] for row in rows[:400]]


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
    starts = [AT + timedelta(minutes=3 * n, milliseconds=7 * n) for n in range(200)]
    plain = voiso_columns(starts)
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


def wider(rows: Cells, *cells: Any) -> list[tuple[Any, ...]]:
    """With more columns, which nobody knows."""
    return [(*row, *(cells if number else map(str, range(len(cells))))) for number, row in enumerate(rows)]


LAID_OUT: dict[str, list[Sequence[Any]]] = {
    "titles above": [("Calls of September",), (None,), ("made by ada", None, 7), *voiso()],
    "blank rows within": [row for each in voiso() for row in (each, (None,), (None,))],
    "blank cells below": [*voiso(), *[("", None, " ")] * 9],
    "a note far below": [*voiso(), *[(None,)] * 300, (None, None, "checked by ada")],
    "a sum below": [*voiso(), ("Total", None, None, None, 400)],
    "columns of nobody": wider(voiso(), 1, "x", None, True, 0.5, AT, "#N/A"),
    "a column without a name": [(*row, "x" if number else None) for number, row in enumerate(voiso())],
    "many columns": wider(voiso(), *["x", 1] * 40),
}


@writers
@pytest.mark.parametrize("rows", LAID_OUT.values(), ids=LAID_OUT)
def test_layouts(
    both: Both, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows: Sequence[Sequence[Any]], write: Any
) -> None:
    path = tmp_path / "calls.xlsx"
    if len(rows[0]) > 80:  # else every row were a block
        monkeypatch.setattr("addin.records.alike.sheet.BLOCK", 60_000)
    write(path, rows)
    records = both([path])
    assert isinstance(records.calls, AlikeCalls)
    assert len(records.calls) == 200


def test_too_many_columns(both: Both, tmp_path: Path) -> None:
    path = tmp_path / "calls.xlsx"
    by_xlsxwriter(path, wider(voiso(), *["x"] * 99))
    assert isinstance(both([path]).calls, tuple)


def test_some_calls(both: Both, tmp_path: Path) -> None:
    path = tmp_path / "calls.xlsx"
    by_xlsxwriter(path, [row for each in voiso() for row in (each, (None,))])
    calls = both([path]).calls
    assert isinstance(calls, AlikeCalls)
    for some in ([199], [75, 140, 198], [0, 69, 70]):
        read = calls.read(some)
        assert [call.call_id for call in read] == [f"u{n}" for n in some]
        assert [call.place.row for call in read] == [2 * n + 3 for n in some]


def test_several_sheets(both: Both, tmp_path: Path) -> None:
    """One of them is read row by row."""
    path = tmp_path / "calls.xlsx"
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd hh:mm:ss"}) as book:
        for name, at in (("October", AT), ("Notes", None), ("1900", datetime(1900, 2, 1))):
            sheet = book.add_worksheet(name)
            for number, row in enumerate(voiso(timestamp=[at] * 200) if at else [("Notes",)]):
                sheet.write_row(number, 0, row)
            if name == "1900":
                sheet.hide()
    records = both([path])
    assert len(records.calls) + len(records.unreadable) == 400


def test_packed(both: Both, tmp_path: Path) -> None:
    path, packed = tmp_path / "calls.xlsx", tmp_path / "calls.xlsx.gz"
    by_openpyxl(path, voiso())
    packed.write_bytes(gzip.compress(path.read_bytes(), mtime=0))
    assert isinstance(both([packed]).calls, AlikeCalls)


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"])
@pytest.mark.parametrize("cut", [-1, 0.4, 0.999])
def test_damage(small: None, tmp_path: Path, part: str, cut: float) -> None:
    """A part that is cut, or (-1) whose bytes are not those that were packed."""
    path, damaged = tmp_path / "calls.xlsx", tmp_path / "damaged.xlsx"
    by_xlsxwriter(path, voiso(agent=[f"agent {n} of all" for n in range(200)]))
    with zipfile.ZipFile(path) as book, zipfile.ZipFile(damaged, "w") as target:
        for name in book.namelist():
            content = book.read(name)
            if name == part and cut > 0:
                content = content[: int(len(content) * cut)]
            target.writestr(name, content)
    if cut < 0:
        content = damaged.read_bytes()
        damaged.write_bytes(content.replace(b"<v>199</v>", b"<v>198</v>").replace(b"agent 199", b"agent 198"))
    refused = []
    for alike in (False, True):
        with pytest.raises(TollsheetError, match="workbook that can be read") as error:
            read_records([damaged], alike=alike)
        refused.append(str(error.value))
    assert refused[0] == refused[1]


def test_saved_by_libreoffice(both: Both, tmp_path: Path) -> None:
    cases = {name: TYPED[name] for name in ("plain", "text as numbers", "clock", "floats", "some without")}
    with office() as running:
        for number, (name, rows) in enumerate(cases.items()):
            path, saved = tmp_path / f"{number}.xlsx", tmp_path / f"saved {number}.xlsx"
            by_xlsxwriter(path, rows)
            running.save_recalculated(path, saved)
            assert isinstance(both([saved]).calls, AlikeCalls), name
