"""Sheets, tables and names of a workbook, and what is changed in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from addin.errors import TollsheetError
from addin.hosts.package import Package, Workbook, read_package
from tests.hosts.package.made import OFFICE, plain_parts, rich_workbook, unzipped
from tests.hosts.package.made import zipped as as_zip
from tests.validator.validate import problems


@pytest.fixture
def rich(tmp_path: Path) -> Workbook:
    rich_workbook(tmp_path / "rich.xlsx")
    return Workbook(read_package(tmp_path / "rich.xlsx"))


def plain(names: str = "", after: str = "") -> Workbook:
    return Workbook(Package(as_zip(plain_parts(names, after)), "plain.xlsx"))


def text(workbook: Workbook) -> str:
    return workbook.package.content(workbook.part).decode()


def test_sheets_by_name(rich: Workbook) -> None:
    sheets = [(one.name, one.part, one.state) for one in rich.sheets()]
    assert sheets == [
        ("Calls", "xl/worksheets/sheet1.xml", "visible"),
        ("R & D <x>", "xl/worksheets/sheet2.xml", "hidden"),
    ]
    assert rich.sheet("r & d <X>") == rich.sheets()[1]
    assert rich.sheet("none") is None


def test_tables_of_a_sheet(rich: Workbook) -> None:
    [table] = rich.tables(rich.sheets()[0])
    assert (table.name, table.ref, table.columns) == ("Log", "B2:C5", ("Call ID", "Rate\nUSD"))
    assert (table.part, table.header_rows, table.totals_rows) == ("xl/tables/table1.xml", 1, 1)
    assert rich.tables(rich.sheets()[1]) == ()


def test_a_header_of_two_lines_as_excel_writes_it(rich: Workbook) -> None:
    part = "xl/tables/table1.xml"
    rich.package.put(part, rich.package.content(part).replace(b'name="Call ID"', b'name="Call_x000a_ID"'))
    assert rich.tables(rich.sheets()[0])[0].columns == ("Call\nID", "Rate\nUSD")


def test_a_table_that_cannot_be_read_is_said(rich: Workbook) -> None:
    part, sheet = "xl/tables/table1.xml", rich.sheets()[0]
    rich.package.put(part, rich.package.content(part).replace(b'RowCount="1"', b'RowCount="-1"'))
    with pytest.raises(
        TollsheetError, match=r"rich\.xlsx is damaged: the rows of the table in .* are no numbers"
    ):
        rich.tables(sheet)
    rich.package.put(part, b"<a/>")
    with pytest.raises(TollsheetError, match=rf"rich\.xlsx is damaged: {part} holds no table"):
        rich.tables(sheet)


def test_names(rich: Workbook) -> None:
    found = {(one.name, one.sheet): one.text for one in rich.names()}
    assert found == {("Rate", ""): "Calls!$C$3", ("Own", "Calls"): "Calls!$C$4"}


def test_names_are_added_replaced_and_removed(rich: Workbook, tmp_path: Path) -> None:
    before = unzipped((tmp_path / "rich.xlsx").read_bytes())
    rich.set_name("COST", '_xlfn.LAMBDA(_xlpm.a,_xlpm.a&"<€>")', comment='What a call "costs" & why')
    rich.set_name("rate", "Calls!$C$4")
    rich.set_name("Own", "1")
    found = [(one.name, one.sheet, one.text, one.comment) for one in rich.names()]
    assert found == [
        ("Own", "Calls", "Calls!$C$4", ""),
        ("Rate", "", "Calls!$C$4", ""),
        ("COST", "", '_xlfn.LAMBDA(_xlpm.a,_xlpm.a&"<€>")', 'What a call "costs" & why'),
        ("Own", "", "1", ""),
    ]
    rich.calculate_on_opening()
    rich.package.write(tmp_path / "out.xlsx")
    assert problems(tmp_path / "out.xlsx") == []
    for name in ("COST", "own", "RATE", "none"):
        rich.remove_name(name)
    assert [(one.name, one.sheet) for one in rich.names()] == [("Own", "Calls")]
    rich.remove_name("own", sheet="R & D <x>")
    rich.remove_name("own", sheet="Calls")
    assert rich.names() == ()
    after = unzipped((tmp_path / "out.xlsx").read_bytes())
    assert [part for part in before if before[part] != after[part]] == ["xl/workbook.xml"]


def test_the_first_name_stands_where_the_format_wants_it(tmp_path: Path) -> None:
    workbook = plain("", '<x:calcPr calcId="1"/>')
    workbook.set_name("A", "1", comment="c")
    written = (
        '</x:sheets><x:definedNames><x:definedName name="A" comment="c">1</x:definedName></x:definedNames>'
    )
    assert f'{written}<x:calcPr calcId="1"/>' in text(workbook)
    workbook.package.write(tmp_path / "out.xlsx")
    assert problems(tmp_path / "out.xlsx") == []
    workbook.remove_name("A")
    assert text(workbook) == plain_parts("", '<x:calcPr calcId="1"/>')["xl/workbook.xml"]


def test_a_name_keeps_what_else_is_said_of_it() -> None:
    one = '<x:definedName name="A" hidden="1" comment="old"><!-- -->1</x:definedName>'
    workbook = plain(f"<x:definedNames>{one}</x:definedNames>")
    workbook.set_name("A", "2")
    assert '<x:definedName name="A" hidden="1" comment="old">2</x:definedName>' in text(workbook)
    [name] = workbook.names()
    assert name.comment == "old"


@pytest.mark.parametrize(
    ("names", "after", "expected"),
    [
        ("", "", '</x:sheets><x:calcPr fullCalcOnLoad="1"/></x:workbook>'),
        (
            "<x:definedNames/>",
            "<x:oleSize ref='A1'/>",
            '<x:definedNames/><x:calcPr fullCalcOnLoad="1"/><x:oleSize',
        ),
        ("", '<x:calcPr calcId="9"  />', '<x:calcPr calcId="9" fullCalcOnLoad="1"'),
        ("", "<x:calcPr fullCalcOnLoad='0'/>", '<x:calcPr fullCalcOnLoad="1"/>'),
    ],
)
def test_it_is_calculated_on_opening(names: str, after: str, expected: str) -> None:
    workbook = plain(names, after)
    workbook.calculate_on_opening()
    assert expected in text(workbook)
    once = text(workbook)
    workbook.calculate_on_opening()
    assert text(workbook) == once


def test_the_calculation_chain_is_dropped_with_all_that_leads_to_it() -> None:
    workbook = plain()
    before = unzipped(as_zip(plain_parts()))
    workbook.package.add("xl/calcChain.xml", b"<calcChain/>", "application/calc")
    workbook.package.relate(workbook.part, f"{OFFICE}/calcChain", "xl/calcChain.xml")
    workbook.calculate_on_opening()
    before[workbook.part] = workbook.package.content(workbook.part)
    assert {part: workbook.package.content(part) for part in workbook.package.parts} == before
    workbook.package.relate(workbook.part, f"{OFFICE}/calcChain", "xl/calcChain.xml")
    workbook.drop_calculation_chain()
    assert {part: workbook.package.content(part) for part in workbook.package.parts} == before


def test_a_sheet_without_a_part_is_said() -> None:
    workbook = plain()
    workbook.package.remove("xl/sheet1.xml")
    with pytest.raises(TollsheetError, match='is damaged: its sheet "One" is missing'):
        workbook.sheets()
