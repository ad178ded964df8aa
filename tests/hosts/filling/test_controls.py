"""Comments with answers, controls linked to cells, rules of newer programs: only Excel writes them."""

from __future__ import annotations

from pathlib import Path

import pytest
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from addin.errors import TollsheetError
from addin.hosts.filling.drawings import SHAPES_OF_CHART
from addin.hosts.filling.targets import Given
from addin.hosts.filling.views import TO_VIEWS
from templates.inputs import CALLS
from tests.hosts.filling.filled import calls, filled
from tests.hosts.filling.test_refusals import edited, template
from tests.hosts.package.made import OFFICE, unzipped, zipped

SHEET = "xl/worksheets/sheet1.xml"
LINKS = "xl/worksheets/_rels/sheet1.xml.rels"
X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
XM = "http://schemas.microsoft.com/office/excel/2006/main"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
THREADS = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"


def below(_: Workbook, sheet: Worksheet) -> None:
    sheet.write("A9", "below")


def with_part(content: bytes, part: str, xml: str, kind: str) -> bytes:
    """The template with a part that its first sheet leads to."""
    link = f'<Relationship Id="rId50" Type="{kind}" Target="/{part}"/></Relationships>'
    links = unzipped(content)[LINKS].decode().replace("</Relationships>", link)
    return zipped(unzipped(content) | {part: xml.encode(), LINKS: links.encode()})


def test_comments_with_answers_move(tmp_path: Path) -> None:
    part, space = "xl/threadedComments/threadedComment1.xml", "urn:threads"
    xml = f'<ThreadedComments xmlns="{space}"><threadedComment ref="A9" id="1"><text>Why?</text>'
    xml += "</threadedComment>"
    content = with_part(template(tmp_path, below), part, xml + "</ThreadedComments>", THREADS)
    after, _ = filled(content, Given(CALLS, calls(5)))
    assert unzipped(after)[part].decode() == (xml + "</ThreadedComments>").replace('"A9"', '"A12"')


@pytest.mark.parametrize(
    ("linked", "refused"), [("Log!$A$9", True), ("Log!$B$4:$B$5", True), ("Other!$A$9", False)]
)
def test_a_control_that_is_linked(tmp_path: Path, linked: str, refused: bool) -> None:
    xml = f'<formControlPr xmlns="{X14}" objectType="CheckBox" fmlaLink="{linked}"/>'
    content = with_part(template(tmp_path, below), "xl/ctrlProps/ctrlProp1.xml", xml, f"{OFFICE}/ctrlProp")
    if refused:
        with pytest.raises(TollsheetError, match="a control is linked to Log!"):
            filled(content, Given(CALLS, calls(5)))
    else:
        after, _ = filled(content, Given(CALLS, calls(5)))
        assert unzipped(after)["xl/ctrlProps/ctrlProp1.xml"] == xml.encode()


def test_a_box_in_a_chart_follows_its_cell(tmp_path: Path) -> None:
    part = "xl/drawings/drawing9.xml"
    box = '<sp xmlns="urn:chart" macro="" textlink="Log!$A$9">'
    text = f'<a:fld xmlns:a="{DRAWING}" type="TxLink"><a:t>99</a:t></a:fld></sp>'
    override = f'<Override PartName="/{part}" ContentType="{SHAPES_OF_CHART}"/></Types>'
    content = edited(template(tmp_path, below), "[Content_Types].xml", "</Types>", override)
    after, _ = filled(zipped(unzipped(content) | {part: (box + text).encode()}), Given(CALLS, calls(5)))
    assert unzipped(after)[part].decode() == (box + text).replace("A$9", "A$12").replace("99", "")


def test_views_of_a_sheet_follow(tmp_path: Path) -> None:
    part, filters = (
        "xl/namedSheetViews/namedSheetView1.xml",
        '<nsvFilter filterId="{1}" ref="A3:B5" tableId="1"/>',
    )
    xml = f'<namedSheetViews xmlns="urn:views"><namedSheetView name="Ann">{filters}</namedSheetView>'
    content = with_part(template(tmp_path, below), part, xml + "</namedSheetViews>", TO_VIEWS)
    after, _ = filled(content, Given(CALLS, calls(5)))
    assert b'ref="A3:B8"' in unzipped(after)[part]


@pytest.mark.parametrize(("shown", "refused"), [("Log!$A$1:$B$9", True), ("Other!$A$9", False)])
def test_a_picture_of_cells(tmp_path: Path, shown: str, refused: bool) -> None:
    camera = f'<a14:cameraTool xmlns:a14="urn:a14" cellRange="{shown}"/>'
    xml = f'<wsDr xmlns="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing">{camera}</wsDr>'
    part = "xl/drawings/drawing9.xml"
    content = with_part(template(tmp_path, below), part, xml, f"{OFFICE}/drawing")
    if refused:
        with pytest.raises(TollsheetError, match="a picture of cells is linked to Log!"):
            filled(content, Given(CALLS, calls(5)))
    else:
        after, said = filled(content, Given(CALLS, calls(5)))
        assert unzipped(after)[part] == xml.encode()
        line = "Sheet Log: a picture of cells shows the figures of before until Excel opens the file."
        assert line in said.remarks


def test_a_box_that_shows_a_cell_shows_nothing_of_before(tmp_path: Path) -> None:
    def boxes(book: Workbook, sheet: Worksheet) -> None:
        sheet.insert_textbox("F1", "Total 99", {"textlink": "=Log!$B$4"})
        sheet.insert_textbox("F20", "Our notes")

    after, _ = filled(template(tmp_path, boxes), Given(CALLS, calls(5)))
    drawing = unzipped(after)["xl/drawings/drawing1.xml"]
    assert b"Total 99" not in drawing
    assert b"Our notes" in drawing
    assert b'textlink="Log!$B$4"' in drawing


@pytest.mark.parametrize(("row", "refused"), [(1, False), (8, True)])
def test_a_control_of_the_newer_kind(tmp_path: Path, row: int, refused: bool) -> None:
    space = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
    ends = "".join(
        f'<{end}><d:col xmlns:d="{space}">0</d:col><d:row xmlns:d="{space}">{row}</d:row></{end}>'
        for end in ("from", "to")
    )
    control = (
        f'<controls><control shapeId="1"><controlPr><anchor>{ends}</anchor></controlPr></control></controls>'
    )
    content = edited(template(tmp_path, below), SHEET, "<tableParts", f"{control}<tableParts")
    if refused:
        with pytest.raises(TollsheetError, match="a control or an object at A9, and these cells move"):
            filled(content, Given(CALLS, calls(5)))
    else:
        assert control.encode() in unzipped(filled(content, Given(CALLS, calls(5)))[0])[SHEET]


def test_rules_of_newer_programs(tmp_path: Path) -> None:
    """A list on another sheet, and a format by a formula, as Excel writes them since 2010."""
    rules = (
        '<x14:dataValidations count="1"><x14:dataValidation type="list"><x14:formula1>'
        "<xm:f>Other!$A$1:$A$3</xm:f></x14:formula1><xm:sqref>A4:A5</xm:sqref></x14:dataValidation></x14:dataValidations>"
        '<x14:conditionalFormattings><x14:conditionalFormatting><x14:cfRule type="expression" id="{1}">'
        "<xm:f>$B4&gt;SUM($B$4:$B$5)</xm:f></x14:cfRule><xm:sqref>A4:B5</xm:sqref></x14:conditionalFormatting>"
        "</x14:conditionalFormattings>"
    )
    ext = f'<extLst><ext xmlns:x14="{X14}" xmlns:xm="{XM}" uri="{{2}}">{rules}</ext></extLst></worksheet>'
    content = edited(template(tmp_path, below), SHEET, "</worksheet>", ext)
    after = unzipped(filled(content, Given(CALLS, calls(5)))[0])[SHEET].decode()
    for old, new in (("A4:A5<", "A4:A8<"), ("A4:B5<", "A4:B8<"), ("$B$4:$B$5)", "$B$4:$B$8)")):
        rules = rules.replace(old, new)
    assert rules in after
