"""What cannot be filled without damage is refused, with its place and what to do; nothing is written then."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from addin.errors import TollsheetError
from addin.hosts.filling.targets import Given
from templates.inputs import BILLED, CALLS, USAGE
from tests.hosts.filling.filled import calls, filled
from tests.hosts.package.made import unzipped, zipped

Change = Callable[[Workbook, Worksheet], object]


def template(path: Path, change: Change | None = None, *, table: str = "A3:B5", **options: Any) -> bytes:
    """A sheet Log with the table Calls and three rows, and a sheet Other."""
    with Workbook(path / "mine.xlsx") as book:
        sheet, _ = book.add_worksheet("Log"), book.add_worksheet("Other")
        columns = [{"header": "Call id"}, {"header": "Seconds"}]
        sheet.add_table(table, {"name": "Calls", "columns": columns} | options)
        sheet.write("A4", "EX4")
        sheet.write("A5", "EX5")
        if change:
            change(book, sheet)
    return (path / "mine.xlsx").read_bytes()


def refused(content: bytes, *, count: int = 9) -> str:
    with pytest.raises(TollsheetError) as caught:
        filled(content, Given(CALLS, calls(count)))
    return str(caught.value)


def other(cell: str, formula: str) -> Change:
    return lambda book, _: book.get_worksheet_by_name("Other").write_formula(cell, formula)


def test_a_table_that_the_template_does_not_have(tmp_path: Path) -> None:
    with pytest.raises(TollsheetError) as caught:
        filled(template(tmp_path), Given(BILLED, calls(2)), Given(USAGE, []))
    assert str(caught.value) == (
        'mine.xlsx has no table "Billed", "Usage" for calls on the provider\'s bill and sums of the provider '
        'by category. Its tables are "Calls". Give a table that name, or leave this input out.'
    )


@pytest.mark.parametrize(
    ("change", "options", "expected"),
    [
        (None, {"header_row": False}, 'mine.xlsx: the table "Calls" has no header row.'),
        (
            lambda book, sheet: sheet.tables[0].update({"autofilter": None}),
            {"columns": [{"header": "A"}, {"header": "B"}]},
            'mine.xlsx: the table "Calls" has none of the columns of calls of our log.',
        ),
        (
            lambda book, sheet: (sheet.write("A8", "below"), sheet.write("D4", "beside")),
            {},
            'mine.xlsx: sheet Log, table "Calls": D4 stands beside it, and there are cells below it.',
        ),
        (
            lambda book, sheet: (sheet.write("A8", "below"), sheet.add_table("D3:D9", {"name": "Second"})),
            {},
            'mine.xlsx: sheet Log, table "Calls": another table stands beside it, and there are cells below',
        ),
        (
            lambda book, sheet: sheet.write("A1048570", "low"),
            {},
            'mine.xlsx: sheet Log, table "Calls": 9 rows do not fit: they need row 1,048,577, and a sheet has'
            " 1,048,576.",
        ),
    ],
)
def test_tables_and_sheets(
    tmp_path: Path, change: Change | None, options: dict[str, Any], expected: str
) -> None:
    said = refused(template(tmp_path, change, **options))
    assert said.startswith(expected)
    assert len(said) > len(expected), "it says what to do"


def test_more_rows_than_a_sheet_holds(tmp_path: Path) -> None:
    one = calls(1)
    with pytest.raises(TollsheetError, match="1,048,574 rows do not fit: they need row 1,048,577"):
        filled(template(tmp_path), Given(CALLS, one * 1_048_574))


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (
            other("B3", "=Log!B5"),
            "mine.xlsx: Other!B3: Log!B5: Calls has no row 5 any more: it ends in row 4.",
        ),
        (
            other("B3", "=SUM(Log:Other!B8)"),
            'mine.xlsx: Other!B3: Log:Other!B8: it spans several sheets, and rows of "Log" move.',
        ),
        (
            lambda book, sheet: book.define_name("second", "=Log!$B$5"),
            'mine.xlsx: the name "second": Log!$B$5: Calls has no row 5 any more: it ends in row 4.',
        ),
        (
            lambda book, sheet: sheet.write_comment("A5", "mine"),
            "mine.xlsx: there is a note in Log!A5: Calls has no row 5 any more: it ends in row 4.",
        ),
        (
            lambda book, sheet: sheet.conditional_format(
                "A4:B5", {"type": "formula", "criteria": "=$B$5>1", "format": book.add_format()}
            ),
            "mine.xlsx: sheet Log, a format or rule of A4:B5: $B$5: Calls has no row 5 any more",
        ),
        (
            lambda book, sheet: sheet.write_formula("E3", "=B5"),
            "mine.xlsx: Log!E3: B5: Calls has no row 5 any more",
        ),
    ],
)
def test_addresses_of_rows_that_are_gone(tmp_path: Path, change: Change, expected: str) -> None:
    assert refused(template(tmp_path, change), count=1).startswith(expected)


def edited(content: bytes, part: str, old: str, new: str) -> bytes:
    """A file with other text in a part."""
    parts = unzipped(content)
    text = parts[part].decode()
    assert old in text
    return zipped(parts | {part: text.replace(old, new, 1).encode()})


@pytest.mark.parametrize(
    ("part", "old", "new", "expected"),
    [
        (
            "xl/tables/table1.xml",
            " displayName=",
            ' tableType="queryTable" displayName=',
            "is filled from a query",
        ),
        (
            "xl/tables/table1.xml",
            '<autoFilter ref="A3:B5"/>',
            '<autoFilter ref="A3:B5"><filterColumn colId="0"><filters><filter val="EX4"/></filters>'
            "</filterColumn></autoFilter>",
            "is filtered, and new rows would be shown against its filter",
        ),
        (
            "xl/worksheets/sheet1.xml",
            "<tableParts",
            '<mergeCells count="1"><mergeCell ref="A4:B4"/></mergeCells><tableParts',
            "there are merged cells in it",
        ),
        (
            "xl/worksheets/sheet1.xml",
            "</row>",
            "</row><!-- mine -->",
            "there is more than rows among its rows",
        ),
        (
            "xl/worksheets/sheet1.xml",
            "</sheetData>",
            '<row r="9"><c r="A9"><v>1</v></c></row></sheetData><scenarios><scenario name="x" count="1">'
            '<inputCells r="A9" val="1"/></scenario></scenarios>',
            "sheet Log has scenarios, and these cells move as the table grows",
        ),
        (
            "xl/worksheets/sheet1.xml",
            "</sheetData>",
            '<row r="9"><c r="A9"><v>1</v></c><c r="B9"><f t="dataTable" ref="B9:B10" dt2D="0" r1="A9"/></c>'
            "</row></sheetData>",
            "Log!B9 is a what-if data table, and cells that it uses would move",
        ),
    ],
)
def test_what_a_program_put_there(tmp_path: Path, part: str, old: str, new: str, expected: str) -> None:
    assert expected in refused(edited(template(tmp_path), part, old, new))


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        ("_xmlsignatures/sig1.xml", "mine.xlsx is signed, and a signature holds for the file as it is."),
        ("xl/revisions/revisionHeaders.xml", "mine.xlsx is shared with a history of its changes."),
    ],
)
def test_whole_workbooks(tmp_path: Path, part: str, expected: str) -> None:
    content = zipped(unzipped(template(tmp_path)) | {part: b"<x/>"})
    assert refused(content).startswith(expected)


def test_a_blank_row_at_the_end_of_the_sheet(tmp_path: Path) -> None:
    """Programs write one; it is not pushed off the sheet."""
    content = edited(
        template(tmp_path, lambda _, sheet: sheet.write("A9", "x")),
        "xl/worksheets/sheet1.xml",
        "</sheetData>",
        '<row r="1048576" ht="12.8"/></sheetData>',
    )
    after, _ = filled(content, Given(CALLS, calls(9)))
    assert b'<dimension ref="A3:B16"/>' in unzipped(after)["xl/worksheets/sheet1.xml"]
    assert re.findall(rb'<row r="(\d+)"', unzipped(after)["xl/worksheets/sheet1.xml"])[-1] == b"16"


def test_a_button_below_the_table(tmp_path: Path) -> None:
    """One that lies in the old kind of drawing moves with what is below."""
    content = template(tmp_path, lambda book, sheet: (sheet.write("A9", "x"), sheet.insert_button("A8", {})))
    after, _ = filled(content, Given(CALLS, calls(9)))
    anchors = [
        re.search(r"<x:Anchor>([^<]*)<", unzipped(file)["xl/drawings/vmlDrawing1.vml"].decode())
        for file in (content, after)
    ]
    tops = [int(found[1].split(",")[2]) for found in anchors if found]
    assert tops[1] - tops[0] == 7
