"""Sheets written in any way: what is read in columns is what is read row by row."""

from __future__ import annotations

import io
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.reader.strings import read_string_table

from addin.records.alike import sheet_form as form
from addin.records.alike.given import NotPlain

from .made_sheets import (
    ENTRIES,
    HEAD,
    MAIN,
    ODD_ENTRIES,
    STYLES,
    book,
    compare,
    plain_row,
    row_of,
)

pytestmark = pytest.mark.usefixtures("small_head")

TEXTS = st.sampled_from(
    ["a", "", " ", "a &amp; b", "&#65;", "\u00eb", "#N/A", "1", "null", "a\r\nb", "_x0041_",
    "<!-- c -->d", "60", "]]&gt;"]
)  # fmt: skip
EVERYDAY = ("60", "46000", "46000.43751157407", "46000.99999999999", "60.5", "46000.0000000057", "1.41555E10")
NUMBERS = (
    *EVERYDAY, "0", "-1", "0.5", "1E2", "1e-3", "59", "0.5006944444", "007", "-0", "-0.0", "123456789012345",
    "1234567890123456", "1e400", "3e6", "1", "1.0", "59.5", "2958465.9999999999", "0.30000000000000004",
    "46000.0000000060", "1e15", "999999999999999", "2900000", "60.99999999999",
)  # fmt: skip
BAD_NUMBERS = (" 5", "5 ", "x", "", "1_0", "+5", "nan", "\u0665", "1.2.3", "1e")
STYLED = st.sampled_from(["", *(f' s="{style}"' for style in range(STYLES)), ' s="99"', ' s="02"', ' cm="1"'])


ODD = (
    "/>", ' s="1"/>', "></c>", "><v/></c>", '><is><t>q</t></is></c>',
    ' t="inlineStr"><v>5</v></c>',
    ' t="s" s="1"><v>9</v></c>', ' s="1" s="2"><v>9</v></c>', '><v>1</v><v>2</v></c>',
    '><v>5</v>  </c>',
    ' t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r></is></c>', ' ><v>1</v></c >',
    '>\n<v>8</v></c>',
    " t='s'><v>9</v></c>", '><x:v>5</x:v></c>', '><v x:y="z">5</v></c>', "><v>a>b</v></c>",
    ' t="b"><v>x</v></c>', ' t="b"><v>1</v></c>', ' t="e"><v>#N/A</v></c>',
    ' t="inlineStr"><is><t>a\rb</t></is></c>',
    ' t="inlineStr"><is><t>a &amp; b</t></is></c>', ' t="str"><v>a\r\nb</v></c>',
    ' t="d"><v>2026-09-01</v></c>',
)  # fmt: skip


@st.composite
def cells(draw: st.DrawFn) -> str:
    """The attributes and the inside of a cell, of any kind."""
    style, kind = (
        draw(STYLED),
        draw(st.sampled_from(["n", "", "s", "str", "inlineStr", "b", "e", "d", "f", "odd"])),
    )
    if kind == "s":
        number = draw(st.sampled_from([*map(str, range(8, len(ENTRIES))), "999", "-1", "08", "x", ""]))
        return f'{style} t="s"><v>{number}</v></c>'
    if kind in ("n", ""):
        written = f' t="{kind}"' if kind else ""
        return f"{style}{written}><v>{draw(st.sampled_from(NUMBERS + BAD_NUMBERS))}</v></c>"
    if kind == "inlineStr":
        space = draw(st.sampled_from(["", ' xml:space="preserve"', ' xml:space="default"']))
        return f'{style} t="inlineStr"><is><t{space}>{draw(TEXTS)}</t></is></c>'
    if kind == "f":
        return f'{style} t="str"><f>A1&amp;""</f><v>{draw(TEXTS)}</v></c>'
    if kind == "odd":
        return draw(st.sampled_from(ODD))
    value = draw(st.sampled_from(["1", "0", "#N/A", "2026-09-01T10:00:00", "2", "60"]))
    return f'{style} t="{kind}"><v>{value}</v></c>'


FORMULAS = ("<f>1&amp;2</f>", "<f/>", '<f t="shared" ref="E2:E9" si="0">E1</f>', '<f t="shared" si="0"/>')
RAW_ROWS = (
    "", '<row r="900"/>', '<row r="900" spans="1:8" hidden="1"></row>', "<row></row>", "<!-- <row> -->",
    "\n  ",
    '<row r="900"><c><v>1</v></c></row>', '<row r="900"><c r="a1"><v>1</v></c></row>', '<row r="3"></row>',
    '<row r="900"><c r="B900"><v>1</v></c><c r="A900"><v>1</v></c></row>', '<row r="0900"></row>',
    '<row r="900"><c r="AAA900"><v>1</v></c></row>', '<row r="900"><c r="A901"><v>1</v></c></row>',
    '<row r="900" x:dy="1" r="901"></row>', '<row r="900" y:dy="1"></row>', '<row r="900"><x/></row>',
    '<row r="900"><c r="AB900"><v>x</v></c></row>', '<row r="900"><c r="Z900" t="s"><v>9999</v></c></row>',
    '<row r="1048576"><c r="A1048576" t="s"><v>9</v></c></row>', '<row r="900">',
)  # fmt: skip
AROUND = (
    "", '<mergeCells count="1"><mergeCell ref="A2:B3"/></mergeCells>', '<mergeCells count="x"/>',
    "<broken>",
    '<row r="950"><c r="A950"><v>1</v></c></row>', '<sheetProtection password="zz"/>', "<!-- x -->",
)  # fmt: skip


@st.composite
def books(draw: st.DrawFn) -> bytes:
    rows, number = [HEAD], 1
    for _ in range(draw(st.integers(3, 14))):
        number += draw(st.sampled_from([1, 1, 1, 1, 3]))
        changed = draw(
            st.dictionaries(st.sampled_from("ABCDEFGHI"), cells(), max_size=draw(st.integers(0, 2)))
        )
        attributes = draw(st.sampled_from(["", "", ' spans="1:8" x14ac:dyDescent="0.25"', ' hidden="1"']))
        rows.append(row_of(number, plain_row(number, **changed), attributes))
    rows.append(draw(st.sampled_from(("", *RAW_ROWS))))
    entries = (*ENTRIES, *draw(st.sampled_from([(), (), (), *((odd,) for odd in ODD_ENTRIES)])))
    return book(rows, entries, is_1904=draw(st.booleans()), around=draw(st.sampled_from(("", *AROUND))))


@settings(max_examples=150, deadline=None)
@given(books())
def test_any_sheet(content: bytes) -> None:
    compare(content)


@pytest.mark.parametrize("is_1904", [False, True])
def test_plain_sheets_are_read_in_columns(is_1904: bool) -> None:
    rows = [
        row_of(number, plain_row(number), ' spans="1:8" x14ac:dyDescent="0.25"') for number in range(2, 60)
    ]
    assert compare(book([HEAD, *rows], is_1904=is_1904))
    assert not compare(book([HEAD, *rows], is_1904=is_1904, spaces=""))
    for written in FORMULAS:
        assert compare(book([HEAD, *rows, row_of(60, plain_row(60, E=f">{written}<v>7</v></c>"))]))


@pytest.mark.parametrize("is_1904", [False, True])
@pytest.mark.parametrize("column", "ABCE")
@pytest.mark.parametrize("style", range(STYLES))
def test_any_number(column: str, style: int, is_1904: bool) -> None:
    """In a column of each meaning, as every kind of number and of time: in the first row in one calendar, far
    below in the other."""
    ordinary = [row_of(at, plain_row(at)) for at in range(3, 13)]
    for place, number in enumerate(NUMBERS):
        odd = plain_row(2, **{column: f' s="{style}"><v>{number}</v></c>'})
        is_first = (place + style + is_1904) % 2 == 0
        rows = [row_of(2, odd), *ordinary] if is_first else [*ordinary, row_of(99, odd)]
        compare(book([HEAD, *rows], is_1904=is_1904))


@pytest.mark.parametrize("is_1904", [False, True])
@pytest.mark.parametrize("column", "BE")
def test_everyday_numbers(column: str, is_1904: bool) -> None:
    style = 2 if column == "B" else 0
    numbers = [number for number in EVERYDAY if style == 0 or number.startswith("46") for _ in range(9)]
    rows = [
        row_of(at, plain_row(at, **{column: f' s="{style}"><v>{number}</v></c>'}))
        for at, number in enumerate(numbers, start=2)
    ]
    assert compare(book([HEAD, *rows], is_1904=is_1904))


@pytest.mark.parametrize("column", "ABEHI")
@pytest.mark.parametrize("number", BAD_NUMBERS)
def test_bad_numbers(column: str, number: str) -> None:
    rows = [row_of(at, plain_row(at)) for at in range(2, 30)]
    compare(book([HEAD, *rows, row_of(30, plain_row(30, **{column: f"><v>{number}</v></c>"}))]))


@pytest.mark.parametrize("column", "ABEHI")
@pytest.mark.parametrize("cell", ODD)
def test_odd_cells(column: str, cell: str) -> None:
    rows = [row_of(at, plain_row(at)) for at in range(2, 30)]
    compare(book([HEAD, *rows, row_of(30, plain_row(30, **{column: cell}))]))


@pytest.mark.parametrize("block", [700, 1 << 20])
def test_rows_out_of_order(block: int) -> None:
    rows = [row_of(at, plain_row(at)) for at in range(2, 30)]
    with patch("addin.records.alike.sheet.HEAD", block):
        assert not compare(book([HEAD, *rows, row_of(29, plain_row(50))]))
        later = [row_of(at, plain_row(at)) for at in range(20, 40)]
        for count in range(20, 28):  # so that one block ends just there
            assert not compare(book([HEAD, *rows[:count], *later]))
        assert not compare(
            book([HEAD, *rows, row_of(40, plain_row(40)).replace('<row r="40"', '<row r="41"')])
        )


@pytest.mark.parametrize("number", [len(ENTRIES) - 1, len(ENTRIES), 999])
def test_texts_that_nobody_looks_at(number: int) -> None:
    rows = [row_of(at, plain_row(at, I=' t="s"><v>9</v></c>')) for at in range(2, 30)]
    odd = row_of(30, plain_row(30, I=f' t="s"><v>{number}</v></c>'))
    assert compare(book([HEAD, *rows, odd])) == (number < len(ENTRIES))


@pytest.mark.parametrize("row", RAW_ROWS)
def test_odd_rows(row: str) -> None:
    rows = [row_of(at, plain_row(at)) for at in range(2, 30)]
    compare(book([HEAD, *rows, row, row_of(950, plain_row(950))]))


@pytest.mark.parametrize("around", AROUND)
def test_what_stands_around(around: str) -> None:
    rows = [row_of(at, plain_row(at)) for at in range(2, 30)]
    compare(book([HEAD, *rows], around=around))


@pytest.mark.parametrize(("encoding", "is_plain"), [("utf-8", True), ("ISO-8859-1", False)])
@pytest.mark.parametrize("form", [' encoding="{}"', " encoding='{}'", ' encoding = "{}"'])
def test_encodings(form: str, encoding: str, is_plain: bool) -> None:
    """The texts have one letter beyond ASCII."""
    rows = [row_of(at, plain_row(at)) for at in range(2, 30)]
    declared = f'<?xml version="1.0"{form.format(encoding)}?>'
    assert compare(book([HEAD, *rows], declared=declared)) == is_plain


@pytest.mark.parametrize("column", "ACFHI")
@pytest.mark.parametrize("number", range(8, len(ENTRIES) + 1))
def test_shared_texts(column: str, number: int) -> None:
    rows = [row_of(at, plain_row(at)) for at in range(2, 30)]
    odd = row_of(30, plain_row(30, **{column: f' t="s"><v>{number}</v></c>'}))
    is_there = number < len(ENTRIES)
    assert compare(book([HEAD, *rows, odd])) == (is_there and column != "I")


@pytest.mark.parametrize("entry", ODD_ENTRIES)
def test_odd_entries(entry: str) -> None:
    rows = [row_of(at, plain_row(at)) for at in range(2, 30)]
    compare(book([HEAD, *rows], (*ENTRIES, entry)))
    odd = row_of(30, plain_row(30, A=f' t="s"><v>{len(ENTRIES)}</v></c>'))
    compare(book([HEAD, *rows, odd], (*ENTRIES, entry)))


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.sampled_from((*ENTRIES, *ODD_ENTRIES)), min_size=1, max_size=8),
    st.sampled_from(["", "\n", "<!-- -->", "&amp;"]),
    st.booleans(),
)
def test_any_shared_texts(entries: list[str], between: str, is_cut: bool) -> None:
    written = between.join(f"<si>{one}</si>" for one in entries)
    xml = f'<?xml version="1.0"?><sst xmlns="{MAIN}" count="3">{written}</sst>'.encode(
        "utf-8", "surrogatepass"
    )
    xml = xml[:-9] if is_cut else xml
    try:
        found = form.entries(xml)
    except NotPlain:
        assert is_cut or between or not {*ODD_ENTRIES}.isdisjoint(entries)
        return
    assert found.to_pylist() == read_string_table(io.BytesIO(xml))
