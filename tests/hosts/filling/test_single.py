"""Single cells, single rows, and what is said of them in other parts."""

from __future__ import annotations

import re
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from addin.hosts.filling.targets import Given
from templates.inputs import CALLS
from tests.hosts.filling.filled import calls, filled
from tests.hosts.filling.test_refusals import edited, template
from tests.hosts.package.made import MAIN, OFFICE, unzipped, zipped

SHEET = "xl/worksheets/sheet1.xml"
LINKS = "xl/worksheets/_rels/sheet1.xml.rels"


def test_a_formula_without_a_value_says_no_type_of_it(tmp_path: Path) -> None:
    """A cell of the type error, truth or text without a value is none that Excel writes."""

    def formulas(book: Workbook, sheet: Worksheet) -> None:
        for row, value in enumerate(("some text", True, "#N/A")):
            sheet.write_formula(row, 5, "=1", None, value)

    content = template(tmp_path, formulas)
    assert len(re.findall(rb'<c r="F\d" t="\w+">', unzipped(content)[SHEET])) == 3
    after, _ = filled(content, Given(CALLS, calls(2)))
    assert len(re.findall(rb'<c r="F\d"><f>1</f></c>', unzipped(after)[SHEET])) == 3


def test_a_chart_of_a_table_with_one_row(tmp_path: Path) -> None:
    """A single cell stands for its column; the one that names a series stays a single cell."""

    def chart(book: Workbook, sheet: Worksheet) -> None:
        made = book.add_chart({"type": "line"})
        made.add_series({"name": "=Log!$A$4", "values": "=Log!$B$4", "categories": "=Log!$A$4"})
        sheet.insert_chart("H2", made)

    content = template(tmp_path, chart, table="A3:B4")
    after, _ = filled(content, Given(CALLS, calls(5)))
    found = re.findall(rb"<c:f>([^<]*)</c:f>", unzipped(after)["xl/charts/chart1.xml"])
    assert found == [b"Log!$A$4", b"Log!$A$4:$A$8", b"Log!$B$4:$B$8"]


def test_a_sparkline_of_a_table_with_one_row(tmp_path: Path) -> None:
    def sparkline(book: Workbook, sheet: Worksheet) -> None:
        sheet.add_sparkline("F1", {"range": "Log!$B$4"})

    after, _ = filled(template(tmp_path, sparkline, table="A3:B4"), Given(CALLS, calls(5)))
    assert re.findall(rb"<xm:f>([^<]*)</xm:f>", unzipped(after)[SHEET]) == [b"Log!B4:B8"]


def test_a_name_that_depends_on_the_cell_that_uses_it(tmp_path: Path) -> None:
    def names(book: Workbook, sheet: Worksheet) -> None:
        sheet.write("A9", "below")
        book.define_name("fixed", "=Log!$A$9")
        book.define_name("left_of_it", "=Log!A9")

    after, _ = filled(template(tmp_path, names), Given(CALLS, calls(5)))
    workbook = unzipped(after)["xl/workbook.xml"].decode()
    found = dict(re.findall(r'<definedName name="(\w+)">([^<]*)<', workbook))
    assert found == {"fixed": "Log!$A$12", "left_of_it": "Log!A9"}


def test_a_link_of_a_row_that_is_replaced_is_gone_with_its_address(tmp_path: Path) -> None:
    def links(book: Workbook, sheet: Worksheet) -> None:
        sheet.write_url("A4", "https://example.test/of-the-row")
        sheet.write_url("D1", "https://example.test/of-the-owner")

    content = template(tmp_path, links)
    after, _ = filled(content, Given(CALLS, calls(2)))
    assert b"of-the-row" in unzipped(content)[LINKS]
    assert b"of-the-row" not in unzipped(after)[LINKS]
    assert b"of-the-owner" in unzipped(after)[LINKS]


def test_the_first_row_says_from_where_a_column_counts(tmp_path: Path) -> None:
    """A table's own formula may name cells by their distance, and not say from which row."""
    content = template(
        tmp_path,
        lambda _, sheet: [sheet.write_formula(f"C{row}", f"=B{row}*2", None, 0) for row in (4, 5)],
        table="A3:C5",
        columns=[{"header": "Call id"}, {"header": "Seconds"}, {"header": "Twice"}],
    )
    own = '<tableColumn id="3" name="Twice"><calculatedColumnFormula>B77*2</calculatedColumnFormula>'
    own += "</tableColumn>"
    content = edited(content, "xl/tables/table1.xml", '<tableColumn id="3" name="Twice"/>', own)
    after, _ = filled(content, Given(CALLS, calls(4)))
    assert re.findall(rb"<f>([^<]*)</f>", unzipped(after)[SHEET]) == [b"B4*2", b"B5*2", b"B6*2", b"B7*2"]


def test_a_formula_of_one_cell_in_a_column_of_ours(tmp_path: Path) -> None:
    """An example that was calculated is no rule of the column: the records count, and that is said."""
    content = template(tmp_path, lambda _, sheet: sheet.write_formula("B4", "=10*60", None, 600))
    after, said = filled(content, Given(CALLS, calls(3)))
    assert b"<f>" not in unzipped(after)[SHEET]
    assert re.findall(rb'<c r="B\d"><v>(\d+)</v>', unzipped(after)[SHEET]) == [b"7", b"14", b"21"]
    assert said.remarks[-1] == (
        "Calls[Seconds] holds a formula in its first row, and the table keeps none for new rows: it was "
        "replaced by values."
    )


def test_blanks_around_text_are_marked(tmp_path: Path) -> None:
    """LibreOffice keeps them anyway; by the rules of XML others need not."""
    after, _ = filled(template(tmp_path), Given(CALLS, calls(1, call_id=" a ") + calls(1, call_id="b")))
    texts = re.findall(rb"<is>(.*?)</is>", unzipped(after)[SHEET])
    assert texts == [b'<t xml:space="preserve"> a </t>', b"<t>b</t>"]


def test_the_program_is_told_to_calculate_and_the_list_of_formulas_goes(tmp_path: Path) -> None:
    part, kind = (
        "xl/calcChain.xml",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml",
    )
    content = edited(template(tmp_path), "xl/workbook.xml", ' fullCalcOnLoad="1"', "")
    override = f'<Override PartName="/{part}" ContentType="{kind}"/></Types>'
    content = edited(content, "[Content_Types].xml", "</Types>", override)
    link = f'<Relationship Id="rId60" Type="{OFFICE}/calcChain" Target="calcChain.xml"/></Relationships>'
    content = edited(content, "xl/_rels/workbook.xml.rels", "</Relationships>", link)
    content = zipped(unzipped(content) | {part: f'<calcChain xmlns="{MAIN}"/>'.encode()})
    after = unzipped(filled(content, Given(CALLS, calls(2)))[0])
    assert b'fullCalcOnLoad="1"' in after["xl/workbook.xml"]
    assert part not in after
    assert not any(b"calcChain" in one for one in after.values())
