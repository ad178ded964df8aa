"""Every part of a template before and after filling: what depends on the rows changes, and nothing else."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest

from addin.hosts.filling.targets import Given
from addin.ribbon.building import xlam
from templates.inputs import CALLS
from tests.hosts.filling.filled import calls, changed_lines, changes, filled
from tests.hosts.filling.templates import with_more_parts, write_template
from tests.hosts.package.made import unzipped

SHEETS = {f"xl/worksheets/sheet{number}.xml" for number in (1, 2, 3)}


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("template") / "mine.xlsx"
    return with_more_parts(write_template(path).read_bytes())


@pytest.fixture(scope="module")
def after(template: bytes) -> bytes:
    return filled(template, Given(CALLS, calls(6)), month="2026-09")[0]


def test_what_changes_outside_the_sheets(template: bytes, after: bytes) -> None:
    found = {name: lines for name, lines in changes(template, after).items() if name not in SHEETS}
    assert found == {
        "xl/workbook.xml": [
            '-<definedName name="all_seconds">Calls!$H$5:$H$7</definedName>',
            '-<definedName name="below">Calls!$B$12</definedName>',
            '+<definedName name="all_seconds">Calls!$H$5:$H$10</definedName>',
            '+<definedName name="below">Calls!$B$15</definedName>',
            '-<definedName name="_xlnm.Print_Area" localSheetId="1">Calls!$A$1:$N$8</definedName>',
            '+<definedName name="_xlnm.Print_Area" localSheetId="1">Calls!$A$1:$N$11</definedName>',
        ],
        "xl/charts/chart1.xml": [
            "-<c:f>Calls!$A$5:$A$7</c:f>",
            *_cache("str", "EX5", "EX6", "EX7"),
            "+<c:f>Calls!$A$5:$A$10</c:f>",
            "-<c:f>Calls!$H$5:$H$7</c:f>",
            *_cache("num", "50", "60", "70"),
            "+<c:f>Calls!$H$5:$H$10</c:f>",
        ],
        "xl/charts/chart2.xml": [
            *_cache("str", "Seconds"),
            "-<c:f>Calls!$H$5:$H$7</c:f>",
            *_cache("num", "50", "60", "70"),
            "+<c:f>Calls!$H$5:$H$10</c:f>",
        ],
        "xl/drawings/drawing2.xml": [
            *("-<xdr:row>17</xdr:row>", "+<xdr:row>20</xdr:row>"),
            *("-<xdr:row>31</xdr:row>", "+<xdr:row>34</xdr:row>"),
        ],
        "xl/drawings/vmlDrawing1.vml": [
            "-<x:Anchor>2, 15, 10, 10, 3, 40, 14, 4</x:Anchor>",
            "+<x:Anchor>2, 15, 13, 10, 3, 40, 17, 4</x:Anchor>",
            *("-<x:Row>11</x:Row>", "+<x:Row>14</x:Row>"),
        ],
        "xl/sharedStrings.xml": [
            line
            for text in (
                *("EX5", "outbound", "+15005550006", "+442079460000", "completed", "example", "EX6", "EX7"),
                "typed beside the second example",
            )
            for line in (f"-<t>{text}</t>", "+<t/>")
        ],
        "xl/comments1.xml": ["comment ref: B12 -> B15"],
        "xl/tables/table1.xml": ["table ref: A4:N8 -> A4:N11", "autoFilter ref: A4:N7 -> A4:N10"],
        "xl/tables/table2.xml": ["table ref: A14:B15 -> A17:B18", "autoFilter ref: A14:B15 -> A17:B18"],
    }


def _cache(kind: str, *values: str) -> list[str]:
    """The lines of a cache that went."""
    points = [
        line
        for at, value in enumerate(values)
        for line in (f'-<c:pt idx="{at}">', f"-<c:v>{value}</c:v>", "-</c:pt>")
    ]
    code = ["-<c:formatCode>General</c:formatCode>"] if kind == "num" else []
    return [f"-<c:{kind}Cache>", *code, f'-<c:ptCount val="{len(values)}"/>', *points, f"-</c:{kind}Cache>"]


def test_what_changes_around_the_rows_of_the_filled_sheet(template: bytes, after: bytes) -> None:
    frames = [_frame(unzipped(file)["xl/worksheets/sheet2.xml"]) for file in (template, after)]
    lines = changed_lines(*frames)
    at = next(at for at, line in enumerate(lines) if "<xm:" in line)
    assert lines[:at] == [
        '-<dimension ref="A1:N16"/>',
        '+<dimension ref="A1:N19"/>',
        '-<mergeCell ref="A11:C11"/>',
        '+<mergeCell ref="A14:C14"/>',
        '-<conditionalFormatting sqref="H5:H7">',
        '+<conditionalFormatting sqref="H5:H10">',
        '-<conditionalFormatting sqref="A5:N7">',
        '+<conditionalFormatting sqref="A5:N10">',
        "-<formula>$H5&gt;AVERAGE($H$5:$H$7)</formula>",
        "+<formula>$H5&gt;AVERAGE($H$5:$H$10)</formula>",
        '-<conditionalFormatting sqref="B12">',
        '+<conditionalFormatting sqref="B15">',
        "-<formula>$C$12</formula>",
        "+<formula>$C$15</formula>",
        _line(template, "-", '"G5:G7"'),
        _line(after, "+", '"G5:G10"'),
        _line(template, "-", '"J5:J7"'),
        _line(after, "+", '"J5:J10"'),
        _line(template, "-", '"B15"'),
        _line(after, "+", '"B18"'),
        '-<hyperlink ref="D12" location="Summary!A1" display="Back"/>',
        '+<hyperlink ref="D15" location="Summary!A1" display="Back"/>',
        '-<brk id="10" max="16383" man="1"/>',
        '+<brk id="13" max="16383" man="1"/>',
    ]
    assert all("x14:" in line or "xm:" in line for line in lines[at:])
    found = re.findall(r"<xm:f>([^<]*)</xm:f><xm:sqref>([^<]*)</xm:sqref>", frames[1].decode())
    assert found == [(f"Calls!H{row}:I{row}", f"M{row}") for row in range(5, 11)]
    assert frames[1].count(b"<x14:sparklineGroup ") == 1, "groups of rows that went are gone with them"
    assert b"<xm:sqref>H5:H10</xm:sqref>" in frames[1], "the data bars of newer programs"


def _line(file: bytes, sign: str, sqref: str) -> str:
    """The validation of these cells as it is written."""
    content = unzipped(file)["xl/worksheets/sheet2.xml"].decode()
    [found] = re.findall(rf"<dataValidation [^>]*{sqref}[^>]*>", content)
    return sign + found


def _frame(sheet: bytes) -> bytes:
    return re.sub(rb"<sheetData>.*</sheetData>", b"<sheetData/>", sheet, flags=re.DOTALL)


def _rows(file: bytes, part: str = "xl/worksheets/sheet2.xml") -> dict[int, str]:
    content = unzipped(file)[part].decode()
    return {int(one[1]): one[0] for one in re.finditer(r'<row r="(\d+)".*?</row>', content)}


def test_rows_above_stay_and_rows_below_move(template: bytes, after: bytes) -> None:
    old, new = _rows(template), _rows(after)
    assert [old[row] for row in (1, 4)] == [new[row] for row in (1, 4)]
    assert [*new] == [1, 4, *range(5, 12), 14, 15, 17, 18, 19]
    for row in (11, 15):
        moved = re.sub(rf'r="([A-Z]*){row}"', rf'r="\g<1>{row + 3}"', old[row])
        assert new[row + 3] == re.sub(r'(<c r="[DF]18")><v>\d+</v></c>', r"\1/>", moved)
    assert '<c r="B15"><f>MAX(H5:H10)</f></c><c r="C15"><f>B15*2</f></c>' in new[15]
    assert '<f t="array" ref="D17:D19">_xlfn._xlws.SORT(H5:H10)</f></c>' in new[17]
    assert '<f t="array" ref="F17:F19">H5:H10*2</f></c>' in new[17]
    assert "<v>" not in new[19], "results of an array are as stale as those of its formula"


def test_new_rows_look_as_the_first_one(template: bytes, after: bytes) -> None:
    old, new = _rows(template), _rows(after)
    styles = [re.findall(r'<c r="([A-Z]+)\d+"( s="\d+")?', one[5]) for one in (old, new)]
    assert styles[0] == styles[1]
    for row in range(6, 11):
        assert re.findall(r'<c r="([A-Z]+)\d+"( s="\d+")?', new[row]) == styles[0]
        assert f'<row r="{row}" ht="21" customHeight="1"' in new[row]


def test_protection_and_the_like_stay(after: bytes) -> None:
    sheet = unzipped(after)["xl/worksheets/sheet2.xml"].decode()
    assert '<sheetProtection sheet="1" objects="1" scenarios="1" formatCells="0"/>' in sheet
    assert '<pane xSplit="1" ySplit="4" topLeftCell="B5" activePane="bottomRight" state="frozen"/>' in sheet


def test_a_macro_is_kept(tmp_path: Path) -> None:
    xlam.build(tmp_path / xlam.NAME)
    with zipfile.ZipFile(tmp_path / xlam.NAME) as addin:
        (tmp_path / "vbaProject.bin").write_bytes(addin.read("xl/vbaProject.bin"))
    template = write_template(tmp_path / "mine.xlsm", macro=tmp_path / "vbaProject.bin").read_bytes()
    after, _ = filled(template, Given(CALLS, calls(20)), name="mine.xlsm")
    assert "xl/vbaProject.bin" in unzipped(after)
    assert "xl/vbaProject.bin" not in changes(template, after)
    assert "[Content_Types].xml" not in changes(template, after)
