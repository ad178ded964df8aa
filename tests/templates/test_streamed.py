"""Rows of which many are alike are made when the file is written: the same cells."""

from __future__ import annotations

import re
import zlib
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

from addin.records.alike import threads
from templates import grid, own_values, spliced, streamed
from templates.as_csv import csv_rows
from templates.grid import write_table
from templates.look import Look
from tests.templates.alike_rows import COLUMNS, EPOCH, MANY, UNUSUAL, Row, alike_of, parts, tables, write

SHEET = "xl/worksheets/sheet1.xml"


def spelled_out(path: Path) -> dict[str, bytes]:
    """The parts of a workbook, each shared text in the cells that show it."""
    made = parts(path)
    shared = made.pop("xl/sharedStrings.xml")
    texts = re.findall(rb"<si>(.*?)</si>", shared, re.DOTALL)
    uses = 0

    def text(found: re.Match[bytes]) -> bytes:
        nonlocal uses
        uses += 1
        return b't="inlineStr"><is>' + texts[int(found[1])] + b"</is>"

    spelled = {name: re.sub(rb't="s"><v>(\d+)</v>', text, part) for name, part in made.items()}
    assert f'count="{uses}" uniqueCount="{len(texts)}"'.encode() in shared
    return spelled


def cells(path: Path) -> list[tuple[Any, ...]]:
    return [
        (sheet.title, cell.coordinate, cell.value, cell.data_type, cell.number_format, cell._style)
        for sheet in load_workbook(path).worksheets
        for row in sheet.iter_rows()
        for cell in row
    ]


def read(path: Path) -> list[list[list[Any]]]:
    book = CalamineWorkbook.from_path(path)
    return [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]


@pytest.fixture(autouse=True)
def _streams_few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grid, "STREAMED", 1)
    for module in (streamed, own_values, threads):
        monkeypatch.setattr(module, "BLOCK", 4)


@given(rows=tables())
@example(rows=MANY)
@example(rows=[Row("<r>&</r>"), Row("<r><t>another</t></r>")])
@example(rows=[Row(text, EPOCH, status=text) for text in UNUSUAL])
@settings(
    deadline=None,
    max_examples=60,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_the_cells_are_the_same(rows: list[Row], tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("both")
    made = alike_of(rows)
    assert tuple(made) == tuple(rows)
    assert made[-1] == rows[-1]
    assert made[1:3] == tuple(rows[1:3])
    plain, streams = folder / "plain.xlsx", folder / "streamed.xlsx"
    write(plain, rows)
    write(streams, made)
    assert cells(streams) == cells(plain)
    assert read(streams) == read(plain)
    before, after = spelled_out(plain), spelled_out(streams)
    if any(re.fullmatch("<r>.*</r>", row.id) for row in rows):
        del before[SHEET], after[SHEET]  # as it is in the one, as formatted text in the other
    assert after == before


@given(rows=tables())
@settings(deadline=None, max_examples=60, phases=[Phase.explicit, Phase.generate])
def test_the_csv_is_the_same(rows: list[Row]) -> None:
    assert [*csv_rows(COLUMNS, alike_of(rows))] == [*csv_rows(COLUMNS, rows)]


@pytest.mark.parametrize("total", ["", "Total"])
def test_where_rows_cannot_be_made_later_all_are_written(
    total: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Above a row of totals, and without the package that makes them."""
    if not total:
        monkeypatch.setattr(grid, "find_spec", lambda name: None)
    write(tmp_path / "plain.xlsx", MANY, total)
    write(tmp_path / "alike.xlsx", alike_of(MANY), total)
    assert (tmp_path / "alike.xlsx").read_bytes() == (tmp_path / "plain.xlsx").read_bytes()


def test_any_workbook_of_xlsxwriter_gets_all_rows(tmp_path: Path) -> None:
    for name, rows in (("plain", MANY), ("alike", alike_of(MANY))):
        made = Workbook(tmp_path / f"{name}.xlsx")
        made.set_properties({"created": datetime(2026, 9, 30)})
        write_table(made.add_worksheet(), Look(made), "Long", COLUMNS, rows)
        made.close()
    assert (tmp_path / "alike.xlsx").read_bytes() == (tmp_path / "plain.xlsx").read_bytes()


def test_sums_count_every_row() -> None:
    rows = [Row("a", cost=Decimal("0.1"), number=2), Row("b", cost=Decimal("0.1"), number=2), Row("c")]
    for column, expected in ((COLUMNS[4], Decimal("0.2")), (COLUMNS[5], 4)):
        assert grid.total_of(column, alike_of(rows)) == grid.total_of(column, rows) == expected


def test_without_isal_the_file_is_the_same_but_for_its_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "isal.xlsx", alike_of(MANY))
    monkeypatch.setattr(spliced, "deflating", zlib)
    monkeypatch.setattr(spliced, "level", 2)
    write(tmp_path / "zlib.xlsx", alike_of(MANY))
    assert parts(tmp_path / "zlib.xlsx") == parts(tmp_path / "isal.xlsx")


def test_threads_change_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = set()
    for workers in (1, 4):
        monkeypatch.setattr(spliced, "_WORKERS", workers)
        write(tmp_path / f"{workers}.xlsx", alike_of(MANY))
        found.add((tmp_path / f"{workers}.xlsx").read_bytes())
    assert len(found) == 1


def test_no_more_blocks_are_made_than_are_soon_written(monkeypatch: pytest.MonkeyPatch) -> None:
    """A million rows would else stand in memory, where a disk is slow."""
    monkeypatch.setattr(spliced, "_WORKERS", 2)
    made = []
    pieces = [(lambda at=at: made.append(at) or b"x", lambda: None) for at in range(20)]  # type: ignore[misc,func-returns-value]
    with ThreadPoolExecutor(2) as threads:
        for at, _ in enumerate(spliced._deflated(threads, pieces)):
            assert len(made) <= at + 3
    assert sorted(made) == [*range(20)]
