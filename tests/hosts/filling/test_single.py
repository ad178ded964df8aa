"""Single cells, single rows, and what is said of them in other parts."""

from __future__ import annotations

import re
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from addin.hosts.filling.targets import Given
from templates.inputs import CALLS
from tests.hosts.filling.filled import calls, filled
from tests.hosts.filling.test_refusals import template
from tests.hosts.package.made import unzipped

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
