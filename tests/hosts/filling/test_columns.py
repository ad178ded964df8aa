"""Columns of the owner's own: which formula the new rows have, where the column begins, and what is said."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from xlsxwriter import Workbook

from addin.hosts.filling.targets import Given
from templates.inputs import CALLS, RATES
from tests.hosts.filling.filled import calls, filled, opened
from tests.hosts.filling.test_rows import rates
from tests.hosts.package.made import unzipped, zipped

BEGINS = (
    "begins otherwise than it goes on: its first row is kept as it was, and the rows below are made as its "
    "second one. Look at where it begins."
)


def others(count: int) -> str:
    return (
        f"{count} of the former rows held something else than the column's formula. Every new row has the "
        "formula."
    )


def left(count: int) -> str:
    return f"what stood there ({count} of the former rows) is not in the new rows."


def template(path: Path, column: list[Any], told: str = "") -> bytes:
    """A table with a column of the owner's own in C, from row 5 on. `told` is what it keeps for new rows."""
    bottom = 4 + len(column)
    with Workbook(path / "mine.xlsx") as book:
        sheet, wide = book.add_worksheet("Calls"), book.add_format({"num_format": "0.00"})
        columns = [{"header": header} for header in ("Call id", "Seconds", "Own")]
        if told:
            columns[2]["formula"] = "=told"
        sheet.add_table(f"A4:C{bottom}", {"name": "Calls", "columns": columns})
        sheet.write_column("B5", range(1, len(column) + 1))
        for row, value in enumerate(column, 5):
            sheet.write(f"C{row}", value, wide)
    parts = dict(unzipped((path / "mine.xlsx").read_bytes()))
    table = parts["xl/tables/table1.xml"]
    parts["xl/tables/table1.xml"] = table.replace(b"Formula>told<", f"Formula>{told}<".encode())
    return zipped(parts)


def column_of(file: bytes, rows: int) -> list[Any]:
    sheet = opened(file)["Calls"]
    return [sheet[f"C{row}"].value for row in range(5, 5 + rows)]


RUNNING = ["=C5-B6", "=C6-B7", "=C7-B8"]


@pytest.mark.parametrize("told", ["", "C4-B5", "C5-B6"])
@pytest.mark.parametrize(
    ("column", "new", "said"),
    [
        pytest.param(["=$B$1-B5", "=C5-B6"], ["=$B$1-B5", *RUNNING], [BEGINS], id="balance of two rows"),
        pytest.param(["=$B$1-B5", *RUNNING], ["=$B$1-B5", *RUNNING], [BEGINS], id="balance"),
        pytest.param([1000, *RUNNING], [1000, *RUNNING], [BEGINS], id="opening balance"),
        pytest.param(["carried", *RUNNING], ["carried", *RUNNING], [BEGINS], id="text first"),
        pytest.param([None, *RUNNING], [None, *RUNNING], [BEGINS], id="blank first"),
        pytest.param([1000, "=C5-B6", 500, "=C7-B8"], [1000, *RUNNING], [BEGINS, others(1)], id="reset"),
        pytest.param([1, "=Calls!C5+1"], [1, *(f"=Calls!C{n}+1" for n in (5, 6, 7))], [BEGINS], id="numbers"),
        pytest.param(
            ["=N(C4)+B5", "=N(C5)+B6"],
            [f"=N(C{n})+B{n + 1}" for n in (4, 5, 6, 7)],
            [],
            id="uniform",
        ),
        pytest.param(
            ["=SUM(B$5:B5)", "=SUM(B$5:B6)", "=SUM(B$5:B7)"],
            [f"=SUM(B$5:B{n})" for n in (5, 6, 7, 8)],
            [],
            id="running sum",
        ),
        pytest.param(["=B5*2", 7, "=B7*2"], [f"=B{n}*2" for n in (5, 6, 7, 8)], [others(1)], id="typed over"),
        pytest.param(
            [7, "=B6*2", "=B7*2"], [f"=B{n}*2" for n in (5, 6, 7, 8)], [others(1)], id="first typed"
        ),
        pytest.param(
            ["=B5*3", "=B6*2", "=B7*2"], [f"=B{n}*2" for n in (5, 6, 7, 8)], [others(1)], id="first is other"
        ),
        pytest.param(["=B5*3", "=B6*2"], [f"=B{n}*3" for n in (5, 6, 7, 8)], [others(1)], id="one of two"),
    ],
)
def test_a_column_is_carried_on(
    column: list[Any], new: list[Any], said: list[str], told: str, tmp_path: Path
) -> None:
    """What a table keeps for new rows names rows by distance, and only the cells say from where."""
    file, remarks = filled(template(tmp_path, column, told), Given(CALLS, calls(4)))
    assert column_of(file, 4) == new
    assert [line for line in remarks.remarks if line.startswith("Calls[Own]")] == [
        f"Calls[Own]{' ' if line == BEGINS else ': '}{line}" for line in said
    ]


@pytest.mark.parametrize(
    ("column", "new", "said"),
    [
        (["=Calls[[#This Row],[Seconds]]*2"] * 3, ["=told"] * 4, [others(3)]),
        (["=told", 7, "=told", None], ["=told"] * 4, [others(1)]),
        ([7, "=told", "=told"], ["=told"] * 4, [others(1)]),
    ],
)
def test_what_the_table_keeps_for_new_rows_wins(
    column: list[Any], new: list[Any], said: list[str], tmp_path: Path
) -> None:
    file, remarks = filled(template(tmp_path, column, "told"), Given(CALLS, calls(4)))
    assert column_of(file, 4) == new
    assert [line for line in remarks.remarks if "[Own]" in line] == [f"Calls[Own]: {line}" for line in said]


SECONDS = "Calls[[#This Row],[Seconds]]"
ABOVE = "ROW()-ROW(Calls[[#Headers],[Own]])-1"


@pytest.mark.parametrize(("rows", "is_told"), [(1, True), (2, True), (2, False), (3, True), (3, False)])
@pytest.mark.parametrize(
    "goes_on",
    [
        f"=OFFSET(Calls[[#This Row],[Own]],-1,0)-{SECONDS}",
        f"=INDEX(Calls[Own],{ABOVE})-{SECONDS}",
        f"=INDEX(calls[[#Data],[own]],{ABOVE})-{SECONDS}",
        f"=INDEX($B:$C,ROW()-1,2)-{SECONDS}",
        f"=$C$5-{SECONDS}",
        f"=Calls!$C$5-{SECONDS}",
    ],
)
def test_a_balance_by_its_own_column_keeps_its_first_row(
    goes_on: str, rows: int, is_told: bool, tmp_path: Path
) -> None:
    """Its formula in the first row would be a circle."""
    made = template(tmp_path, [1000, goes_on, goes_on][:rows], goes_on[1:] if is_told else "")
    file, remarks = filled(made, Given(CALLS, calls(4)))
    assert column_of(file, 4) == [1000, *[goes_on] * 3]
    assert f"Calls[Own] {BEGINS}" in remarks.remarks


@pytest.mark.parametrize(
    "formula",
    [
        f"={SECONDS}/Calls[[#Headers],[Own]]",
        "=Other[Own]+1",
        "=Calls[Seconds]",
        "=Calls[[#Totals],[Own]]",
        "=ROW()-ROW(C$4)",
        "=$B$5*2",
        "=Set!$C$5*2",
    ],
)
def test_a_formula_of_other_cells_is_in_the_first_row_too(formula: str, tmp_path: Path) -> None:
    file, remarks = filled(template(tmp_path, [7, formula, formula]), Given(CALLS, calls(4)))
    assert column_of(file, 4) == [formula] * 4
    assert f"Calls[Own]: {others(1)}" in remarks.remarks


@pytest.mark.parametrize(
    ("column", "said"),
    [([1, 2, "=B7*2"], left(3)), ([1, "=B6*2", 3, 4], left(4)), (["a", None, None], left(1))],
)
def test_a_typed_column_is_left(column: list[Any], said: str, tmp_path: Path) -> None:
    """One formula in a column of what was typed is none of the column."""
    file, remarks = filled(template(tmp_path, column), Given(CALLS, calls(4)))
    assert column_of(file, 4) == [None] * 4
    assert f"Calls[Own]: {said}" in remarks.remarks


def test_a_single_record_has_the_first_row(tmp_path: Path) -> None:
    file, _ = filled(template(tmp_path, [1000, *RUNNING]), Given(CALLS, calls(1)))
    assert column_of(file, 1) == [1000]


def test_formulas_as_excel_shares_them(tmp_path: Path) -> None:
    """The first of them has the text and its area, the others a number; one row shares another formula."""
    content = template(tmp_path, [1000, *(f"=C{row - 1}-B{row}" for row in range(6, 11)), "=B11", "=B12"])
    parts = dict(unzipped(content))
    sheet = parts["xl/worksheets/sheet1.xml"].decode()
    for row in range(6, 11):
        text = f"C{row - 1}-B{row}"
        first = f'<f t="shared" ref="C6:C10" si="0">{text}</f>'
        assert f"<f>{text}</f>" in sheet
        sheet = sheet.replace(f"<f>{text}</f>", first if row == 6 else '<f t="shared" si="0"/>')
    sheet = sheet.replace("<f>B11</f>", '<f t="shared" ref="C11:C12" si="1">B11</f>')
    sheet = sheet.replace("<f>B12</f>", '<f t="shared" si="1"/>')
    parts["xl/worksheets/sheet1.xml"] = sheet.encode()
    file, remarks = filled(zipped(parts), Given(CALLS, calls(4)))
    assert column_of(file, 4) == [1000, *RUNNING]
    assert b"shared" not in unzipped(file)["xl/worksheets/sheet1.xml"]
    assert f"Calls[Own] {BEGINS}" in remarks.remarks
    assert f"Calls[Own]: {others(2)}" in remarks.remarks


@pytest.mark.parametrize("count", [1, 3, 6])
def test_a_balance_goes_on_in_a_table_that_moves(count: int, tmp_path: Path) -> None:
    """Another table above it grows or shrinks, and the rows of the sheet below it move."""
    with Workbook(tmp_path / "mine.xlsx") as book:
        sheet = book.add_worksheet("Log")
        sheet.add_table("A2:A4", {"name": "Rates", "columns": [{"header": "Prefix"}]})
        heads = [{"header": header} for header in ("Call id", "Seconds", "Own")]
        sheet.add_table("A8:C11", {"name": "Calls", "columns": heads})
        sheet.write_column("C9", [1000, "=C9-B10", "=C10-B11"])
    content = (tmp_path / "mine.xlsx").read_bytes()
    file, _ = filled(content, Given(CALLS, calls(4)), Given(RATES, rates(count)))
    top = 9 + count - 2
    shown = [opened(file)["Log"][f"C{row}"].value for row in range(top, top + 4)]
    assert shown == [1000, *(f"=C{row - 1}-B{row}" for row in range(top + 1, top + 4))]
