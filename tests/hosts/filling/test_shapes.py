"""Templates in forms that programs write and people build: shared formulas, prefixes, tables in a stack."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from addin.errors import TollsheetError
from addin.hosts.filling.targets import Given
from templates.inputs import BILLED, CALLS
from tests.hosts.filling.filled import calls, filled, opened
from tests.hosts.filling.test_refusals import edited, template
from tests.hosts.package.made import MAIN, unzipped, zipped
from tests.validator.validate import problems

SHEET, OTHER = "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"


def formula(cell: str, inner: str, tag: str = "") -> str:
    return f'<c r="{cell}"><f t="shared"{tag}>{inner}</f><v>9</v></c>'


def test_shared_formulas_in_the_table_and_beside_it(tmp_path: Path) -> None:
    """As Excel writes columns of formulas: one text, and others that only name it."""
    headers = ("Call id", "Seconds", "Twice")
    content = template(tmp_path, table="A3:C5", columns=[{"header": one} for one in headers])
    first = formula("C4", "B4*2", ' ref="C4:C5" si="0"')
    first += formula("E4", "SUM(B$4:B$5)+B4", ' ref="E4:E5" si="1"')
    second = formula("C5", "", ' si="0"') + formula("E5", "", ' si="1"')
    content = edited(content, SHEET, '<c r="A4" t="s"><v>3</v></c>', f'<c r="A4"/>{first}')
    content = edited(content, SHEET, '<c r="A5" t="s"><v>4</v></c>', f'<c r="A5"/>{second}')
    after, _ = filled(content, Given(CALLS, calls(4)))
    found = opened(after)["Log"]
    assert [found[f"C{row}"].value for row in range(4, 8)] == [f"=B{row}*2" for row in range(4, 8)]
    assert [found[f"E{row}"].value for row in (4, 5)] == ["=SUM(B$4:B$7)+B4", "=SUM(B$4:B$7)+B5"]
    assert b"shared" not in unzipped(after)[SHEET]


def test_shared_formulas_of_another_sheet_stay_shared_if_they_may(tmp_path: Path) -> None:
    rows = ""
    for row, text in ((1, "A1*2"), (2, "SUM(Log!$B$4:$B$5)+A1")):
        first = formula(f"B{row}", text, f' ref="B{row}:C{row}" si="{row}"')
        second = formula(f"C{row}", "", f' si="{row}"')
        rows += f'<row r="{row}">{first}{second}</row>'
    content = edited(template(tmp_path), OTHER, "<sheetData/>", f"<sheetData>{rows}</sheetData>")
    after = unzipped(filled(content, Given(CALLS, calls(9)))[0])[OTHER].decode()
    assert '<c r="B1"><f t="shared" ref="B1:C1" si="1">A1*2</f></c><c r="C1"><f t="shared" si="1">' in after
    assert '<f>SUM(Log!$B$4:$B$12)+A1</f></c><c r="C2"><f>SUM(Log!$B$4:$B$12)+B1</f></c>' in after


def stack(path: Path, usage: str) -> bytes:
    """Calls, Billed below it, and Usage somewhere."""
    with Workbook(path / "mine.xlsx") as book:
        sheet = book.add_worksheet("Log")
        for name, area in (("Calls", "A5:C6"), ("Billed", "A10:C12"), ("Usage", usage)):
            headers = ("Category", "Minutes") if name == "Usage" else ("Call id", "Seconds", "Share")
            sheet.add_table(area, {"name": name, "columns": [{"header": one} for one in headers]})
        sheet.write_formula("C11", "=B11/SUM($B$11:$B$12)+A1", None, 1)
        sheet.write_formula("C12", "=B12/SUM($B$11:$B$12)+A2", None, 1)
        sheet.write_formula("A15", "=SUM(B6:B6)+SUM(B11:B12)", None, 1)
    return (path / "mine.xlsx").read_bytes()


def test_two_input_tables_one_below_the_other(tmp_path: Path) -> None:
    given = (Given(CALLS, calls(3)), Given(BILLED, calls(5)))
    after, said = filled(stack(tmp_path, "F1:G2"), *given)
    assert said.rows == {"Calls": 3, "Billed": 5}
    log = opened(after)["Log"]
    assert {**dict(log.tables.items())} == {"Calls": "A5:C8", "Billed": "A12:C17", "Usage": "F1:G2"}
    assert [log[f"B{row}"].value for row in range(6, 9)] == [7, 14, 21]
    assert [log[f"B{row}"].value for row in range(13, 18)] == [7, 14, 21, 28, 35]
    assert log["C13"].value == "=B13/SUM($B$13:$B$17)+A1"
    assert log["C17"].value == "=B17/SUM($B$13:$B$17)+A5"
    assert log["A20"].value == "=SUM(B6:B8)+SUM(B13:B17)"
    assert filled(after, *given)[0] == after
    (tmp_path / "after.xlsx").write_bytes(after)
    assert problems(tmp_path / "after.xlsx") == []


def test_a_table_beside_two_others_would_be_torn(tmp_path: Path) -> None:
    with pytest.raises(TollsheetError, match="another table stands beside it, and there are cells below"):
        filled(stack(tmp_path, "F5:G6"), Given(CALLS, calls(3)))


def test_names_with_a_prefix(tmp_path: Path) -> None:
    """Some programs write every element as x:row, x:c and so on."""
    parts = unzipped(template(tmp_path, lambda _, sheet: sheet.write_formula("D3", "=SUM(B4:B5)", None, 9)))
    text = parts[SHEET].decode()
    text = re.sub(r"<(/?)(?!\?)(\w)", r"<\1x:\2", text).replace(f'xmlns="{MAIN}"', f'xmlns:x="{MAIN}"')
    after, _ = filled(zipped(parts | {SHEET: text.encode()}), Given(CALLS, calls(3)))
    found = opened(after)["Log"]
    assert [found[f"A{row}"].value for row in range(4, 7)] == ["CA1", "CA2", "CA3"]
    assert found["D3"].value == "=SUM(B4:B6)"
    assert b"<c " not in unzipped(after)[SHEET]


def test_a_formula_wins_over_our_value_in_a_column_that_its_owner_calculates(tmp_path: Path) -> None:
    columns = [{"header": "Call id"}, {"header": "SECONDS", "formula": "=LEN(Calls[[#This Row],[Call id]])"}]
    after, said = filled(template(tmp_path, columns=columns), Given(CALLS, calls(2)))
    assert opened(after)["Log"]["B5"].value == "=LEN(Calls[[#This Row],[Call id]])"
    assert "Calls[SECONDS] holds a formula in this template: it was kept." in said.remarks


def test_a_wrapped_header_is_known(tmp_path: Path) -> None:
    columns = [{"header": "call\nid"}, {"header": "Started  (utc)"}]
    after, said = filled(template(tmp_path, columns=columns), Given(CALLS, calls(2)))
    assert opened(after)["Log"]["A5"].value == "CA2"
    assert said.remarks[-1] == (
        "Calls[Started  (utc)] holds dates, and its first row is not formatted as one: they are shown as "
        "numbers."
    )


def test_rules_of_single_rows(tmp_path: Path) -> None:
    """A format of rows that go is said; of several areas those that are left stay."""

    def rules(book: Workbook, sheet: Worksheet) -> None:
        red = {"type": "no_blanks", "format": book.add_format({"bold": True})}
        sheet.conditional_format("A5", red)
        sheet.conditional_format("B4:B5", red | {"multi_range": "B4 B5"})
        sheet.data_validation("A5", {"validate": "length", "criteria": "<", "value": 9})
        sheet.write_url("B5", "https://example.test/")

    content = template(tmp_path, rules)
    after, said = filled(content, Given(CALLS, calls(1)))
    text = unzipped(after)[SHEET].decode()
    assert re.findall(r'sqref="([^"]*)"', text) == ["B4"]
    assert "dataValidation" not in text
    assert "hyperlink" not in text
    assert set(said.remarks) >= {
        "mine.xlsx: sheet Log: links of rows that were replaced are gone.",
        "mine.xlsx: sheet Log: a format or rule of A5 went with these rows.",
    }
    (tmp_path / "after.xlsx").write_bytes(after)
    assert problems(tmp_path / "after.xlsx") == []
