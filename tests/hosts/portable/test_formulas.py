"""Every place of a workbook file where a formula may stand."""

from __future__ import annotations

import pytest

from addin.hosts.package import Package
from addin.hosts.portable.formulas import Found, change_formulas
from tests.hosts.package.made import MAIN, plain_parts, zipped

OLD, NEW = "[2]Rates!$A$1", "[1]Rates!$A$1"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/"

PLACES = {
    "a cell": f'<c xmlns="{MAIN}" r="B2"><f>{{}}</f></c>',
    "a cell with a prefix": f"<x:row xmlns:x='{MAIN}'><x:c s='1' r='B2'\n><x:f>{{}}</x:f></x:c></x:row>",
    "an array": f'<c xmlns="{MAIN}" r="B2" cm="1"><f t="array" ref="B2:B9">{{}}</f></c>',
    "a rule": f'<cfRule xmlns="{MAIN}"><formula>{{}}</formula></cfRule>',
    "a limit of a scale": f'<colorScale xmlns="{MAIN}"><cfvo type="formula" val="{{}}"/></colorScale>',
    "a column": f'<calculatedColumnFormula xmlns="{MAIN}">{{}}</calculatedColumnFormula>',
    "a total": f'<tableColumn xmlns="{MAIN}"><totalsRowFormula>{{}}</totalsRowFormula></tableColumn>',
    "a name": f'<definedNames xmlns="{MAIN}"><definedName name="a">{{}}</definedName></definedNames>',
    "a chart": f'<c:numRef xmlns:c="{DRAWING}chart"><c:f>{{}}</c:f></c:numRef>',
    "a later chart": '<cx:numDim xmlns:cx="v"><cx:f>{}</cx:f></cx:numDim>',
    "a filtered series": '<c15:formulaRef xmlns:c15="v"><c15:sqref>{}</c15:sqref></c15:formulaRef>',
    "a text box": f'<xdr:sp xmlns:xdr="{DRAWING}spreadsheetDrawing" macro="" textlink="{{}}"/>',
    "a control": f'<controlPr xmlns="{MAIN}" linkedCell="{{}}"/>',
    "a control's list": '<formControlPr xmlns="v" fmlaRange="{}"/>',
    "an object": f'<oleObject xmlns="{MAIN}" link="{{}}"/>',
}


@pytest.mark.parametrize("place", PLACES)
def test_a_formula_is_changed_there(place: str) -> None:
    package = Package(zipped({**plain_parts(), "xl/part.xml": PLACES[place].format(OLD)}), "book.xlsx")
    change_formulas(package, lambda found: NEW if found.text == OLD else found.text)
    assert package.content("xl/part.xml").decode() == PLACES[place].format(NEW)


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ("a cell", "B2"),
        ("a cell with a prefix", "B2"),
        ("an array", "B2:B9"),
        ("a name", "a"),
        ("a chart", ""),
        ("a rule", ""),
    ],
)
def test_where_it_stands_is_told(place: str, told: str) -> None:
    package = Package(zipped({**plain_parts(), "xl/part.xml": PLACES[place].format(OLD)}), "book.xlsx")
    found: list[Found] = []
    change_formulas(package, lambda one: (found.append(one), one.text)[1])
    assert [(one.text, one.part, one.place) for one in found] == [(OLD, "xl/part.xml", told)]


@pytest.mark.parametrize(
    "text",
    [
        f'<t xmlns="{MAIN}">{OLD}</t>',
        f'<c xmlns="{MAIN}"><v>{OLD}</v></c>',
        f"<a val='{OLD}'/>",
        f"<!--{OLD}--><a/>",
    ],
)
def test_what_is_no_formula_is_not(text: str) -> None:
    package = Package(zipped({**plain_parts(), "xl/part.xml": text}), "book.xlsx")
    change_formulas(package, lambda found: "changed")
    assert package.content("xl/part.xml").decode() == text
