"""Pivot tables over a table that is filled: they keep nothing of the former rows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from addin.hosts.filling.targets import Given
from templates.inputs import CALLS
from tests.hosts.filling.filled import calls, changes, filled
from tests.hosts.filling.test_refusals import edited, template
from tests.hosts.package.made import MAIN, OFFICE, unzipped, zipped
from tests.validator.validate import problems

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
CACHE = "xl/pivotCache/pivotCacheDefinition1.xml"
RECORDS = "xl/pivotCache/pivotCacheRecords1.xml"
PIVOT = "xl/pivotTables/pivotTable1.xml"
OTHER = "xl/worksheets/sheet2.xml"

DEFINITION = f'''<pivotCacheDefinition xmlns="{MAIN}" xmlns:r="{OFFICE}" r:id="rId1" recordCount="2">
<cacheSource type="worksheet"><worksheetSource ref="A3:B5" sheet="Log"/></cacheSource>
<cacheFields count="2"><cacheField name="Call id"><sharedItems count="2"><s v="EX4"/><s v="EX5"/>
</sharedItems></cacheField><cacheField name="Seconds"><sharedItems/></cacheField></cacheFields>
</pivotCacheDefinition>'''
KEPT = f'<pivotCacheRecords xmlns="{MAIN}" count="2"><r><x v="0"/><n v="3"/></r><r><x v="1"/><n v="4"/></r>'
KEPT += "</pivotCacheRecords>"
TABLE = f'''<pivotTableDefinition xmlns="{MAIN}" name="Mine" cacheId="7" dataCaption="Values">
<location ref="A3:B6" firstHeaderRow="1" firstDataRow="1" firstDataCol="1"/><pivotFields count="2">
<pivotField axis="axisRow" showAll="0"><items count="3"><item x="0"/><item x="1"/><item t="default"/></items>
</pivotField><pivotField dataField="1" showAll="0"/></pivotFields>
<rowFields count="1"><field x="0"/></rowFields><dataFields count="1"><dataField name="Sum" fld="1"/>
</dataFields></pivotTableDefinition>'''
SHOWN = (
    '<sheetData><row r="3"><c r="A3" s="0"><v>1</v></c></row><row r="4"><c r="B4" s="0"><v>3</v></c></row>'
)
SHOWN += '<row r="9"><c r="B9" s="0"><v>3</v></c></row></sheetData>'


def links(kind: str, target: str) -> bytes:
    said = f'<Relationship Id="rId1" Type="{OFFICE}/{kind}" Target="{target}"/>'
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{space}">{said}</Relationships>'.encode()


def with_pivot(content: bytes, definition: str = DEFINITION) -> bytes:
    """The template with a pivot table of the seconds by id on the sheet Other, as Excel keeps one."""
    types = "".join(
        f'<Override PartName="/{part}" ContentType="{TYPE}.{kind}+xml"/>'
        for part, kind in (
            (CACHE, "pivotCacheDefinition"),
            (RECORDS, "pivotCacheRecords"),
            (PIVOT, "pivotTable"),
        )
    )
    content = edited(content, "[Content_Types].xml", "</Types>", f"{types}</Types>")
    link = f'<Relationship Id="rId77" Type="{OFFICE}/pivotCacheDefinition" '
    link += 'Target="pivotCache/pivotCacheDefinition1.xml"/></Relationships>'
    content = edited(content, "xl/_rels/workbook.xml.rels", "</Relationships>", link)
    caches = '<pivotCaches><pivotCache cacheId="7" r:id="rId77"/></pivotCaches></workbook>'
    content = edited(content, "xl/workbook.xml", "</workbook>", caches)
    content = edited(content, OTHER, "<sheetData/>", SHOWN)
    return zipped(
        unzipped(content)
        | {
            CACHE: definition.encode(),
            RECORDS: KEPT.encode(),
            PIVOT: TABLE.encode(),
            "xl/pivotCache/_rels/pivotCacheDefinition1.xml.rels": links(
                "pivotCacheRecords", "pivotCacheRecords1.xml"
            ),
            "xl/pivotTables/_rels/pivotTable1.xml.rels": links(
                "pivotCacheDefinition", "../pivotCache/pivotCacheDefinition1.xml"
            ),
            "xl/worksheets/_rels/sheet2.xml.rels": links("pivotTable", "../pivotTables/pivotTable1.xml"),
        }
    )


def test_a_pivot_table_is_made_anew_on_opening(tmp_path: Path) -> None:
    content = with_pivot(template(tmp_path))
    after, _ = filled(content, Given(CALLS, calls(9)))
    found = changes(content, after)
    old = DEFINITION.partition("\n")[0]
    new = old.replace('recordCount="2"', 'recordCount="0" refreshOnLoad="1"')
    assert found[CACHE] == [
        f"-{old}",
        f"+{new}",
        '-<worksheetSource ref="A3:B5" sheet="Log"/>',
        '+<worksheetSource ref="A3:B12" sheet="Log"/>',
    ]
    assert (
        unzipped(after)[RECORDS]
        == f'<pivotCacheRecords xmlns="{MAIN}" count="0"></pivotCacheRecords>'.encode()
    )
    assert found.keys() == {
        *(CACHE, RECORDS, OTHER, "xl/worksheets/sheet1.xml", "xl/tables/table1.xml"),
        "xl/sharedStrings.xml",
    }
    (tmp_path / "after.xlsx").write_bytes(after)
    assert problems(tmp_path / "after.xlsx") == []


def cached(after: bytes, name: str) -> str:
    """The list of words of a field."""
    found = re.search(
        rf'cacheField name="{name}">(<sharedItems.*?)</cacheField>', unzipped(after)[CACHE].decode(), re.S
    )
    assert found
    return found[1].replace("\n", "")


IDS = '<sharedItems count="2"><s v="EX4"/><s v="EX5"/></sharedItems>'


@pytest.mark.parametrize(
    ("old", "new", "stays"),
    [
        pytest.param("", "", True, id="rows by it"),
        pytest.param(
            '<items count="3"><item x="0"/><item x="1"/><item t="default"/></items>', "", False, id="none"
        ),
        pytest.param(
            '<items count="3"><item x="0"/><item x="1"/><item t="default"/></items>',
            '<!-- --></pivotField><pivotField><items count="1"><item x="0"/></items>',
            False,
            id="of another field",
        ),
        pytest.param(
            '<items count="3"><item x="0"/><item x="1"/><item t="default"/></items></pivotField>'
            '<pivotField dataField="1" showAll="0"/></pivotFields>',
            '</pivotField><pivotField dataField="1" showAll="0"/></pivotFields>'
            '<filters count="1"><filter fld="0" type="captionEqual"/></filters>',
            True,
            id="filtered by it",
        ),
    ],
)
def test_words_of_fields_that_nobody_shows_go(old: str, new: str, stays: bool, tmp_path: Path) -> None:
    parts = dict(unzipped(with_pivot(template(tmp_path))))
    table = parts[PIVOT].decode().replace("\n", "")
    assert old in table
    parts[PIVOT] = (table.replace(old, new) if old else table).encode()
    after, _ = filled(zipped(parts), Given(CALLS, calls(9)))
    assert cached(after, "Call id") == (IDS if stays else "<sharedItems/>")
    assert cached(after, "Seconds") == "<sharedItems/>"


def test_each_pivot_table_keeps_the_words_of_its_own_list(tmp_path: Path) -> None:
    """The first one shows the ids, another one of the same list does not, and one of another list neither."""
    parts = dict(unzipped(with_pivot(template(tmp_path))))
    shows = parts[PIVOT]
    parts[PIVOT] = re.sub(rb"<items.*</items>", b"", shows, flags=re.DOTALL)
    second, third = (PIVOT.replace("1", str(number)) for number in (2, 3))
    other = CACHE.replace("1", "2")
    parts |= {second: shows, third: parts[PIVOT], other: parts[CACHE]}
    types = parts["[Content_Types].xml"].decode()
    for part, kind in ((second, "pivotTable"), (third, "pivotTable"), (other, "pivotCacheDefinition")):
        override = f'<Override PartName="/{part}" ContentType="{TYPE}.{kind}+xml"/></Types>'
        types = types.replace("</Types>", override)
    parts["[Content_Types].xml"] = types.encode()
    for part, number in ((second, 1), (third, 2)):
        rels = part.replace("pivotTables/", "pivotTables/_rels/") + ".rels"
        parts[rels] = links("pivotCacheDefinition", f"../pivotCache/pivotCacheDefinition{number}.xml")
    after, _ = filled(zipped(parts), Given(CALLS, calls(9)))
    assert b"EX4" in unzipped(after)[CACHE]
    assert b"EX4" not in unzipped(after)[other]


@pytest.mark.parametrize(
    ("kind", "said", "stays"),
    [
        ("slicer", '<slicerCacheDefinition xmlns="urn:x" sourceName="Call id"/>', True),
        ("timeline", '<timelineCacheDefinition xmlns="urn:x" sourceName="Call id"/>', True),
        ("slicer", '<slicerCacheDefinition xmlns="urn:x" sourceName="Seconds"/>', False),
    ],
)
def test_words_that_a_slicer_shows_stay(kind: str, said: str, stays: bool, tmp_path: Path) -> None:
    parts = dict(unzipped(with_pivot(template(tmp_path))))
    parts[PIVOT] = re.sub(rb"<items.*</items>", b"", parts[PIVOT], flags=re.DOTALL)
    parts["xl/slicerCaches/slicerCache1.xml"] = said.encode()
    override = '<Override PartName="/xl/slicerCaches/slicerCache1.xml" '
    override += f'ContentType="application/vnd.ms-excel.{kind}Cache+xml"/></Types>'
    types = parts["[Content_Types].xml"].decode().replace("</Types>", override)
    parts["[Content_Types].xml"] = types.encode()
    after, _ = filled(zipped(parts), Given(CALLS, calls(9)))
    assert cached(after, "Call id") == (IDS if stays else "<sharedItems/>")


def test_groups_of_a_field_keep_its_words(tmp_path: Path) -> None:
    """A group names its words by their place."""
    grouped = DEFINITION.replace(
        "</sharedItems></cacheField>", '</sharedItems><fieldGroup par="1"/></cacheField>'
    )
    parts = dict(unzipped(with_pivot(template(tmp_path), grouped)))
    parts[PIVOT] = re.sub(rb"<items.*</items>", b"", parts[PIVOT], flags=re.DOTALL)
    after, _ = filled(zipped(parts), Given(CALLS, calls(9)))
    assert cached(after, "Call id").startswith(IDS)


def test_what_it_showed_is_of_the_former_rows(tmp_path: Path) -> None:
    after, _ = filled(with_pivot(template(tmp_path)), Given(CALLS, calls(9)))
    other = unzipped(after)[OTHER].decode()
    assert '<c r="A3" s="0"/>' in other
    assert '<c r="B4" s="0"/>' in other
    assert '<c r="B9" s="0"><v>3</v></c>' in other, "what is typed below it stays"


def test_a_pivot_table_below_the_table_stays_below_it(tmp_path: Path) -> None:
    """It would be made over the table when it is made anew."""

    def below(_: Workbook, sheet: Worksheet) -> None:
        sheet.write("A9", "Row labels")

    parts = dict(unzipped(with_pivot(template(tmp_path, below))))
    parts[PIVOT] = parts[PIVOT].replace(b"A3:B6", b"A9:B12")
    rels = "xl/worksheets/_rels/sheet1.xml.rels"
    link = f'<Relationship Id="rId60" Type="{OFFICE}/pivotTable" Target="/{PIVOT}"/></Relationships>'
    parts[rels] = parts[rels].replace(b"</Relationships>", link.encode())
    del parts["xl/worksheets/_rels/sheet2.xml.rels"]
    after, _ = filled(zipped(parts), Given(CALLS, calls(9)))
    assert b'<location ref="A16:B19" ' in unzipped(after)[PIVOT]
    assert b'<c r="A16"' in unzipped(after)["xl/worksheets/sheet1.xml"]
    assert b'<worksheetSource ref="A3:B12" ' in unzipped(after)[CACHE]


def test_a_pivot_table_of_a_table_by_name_or_of_another_workbook(tmp_path: Path) -> None:
    source = '<worksheetSource ref="A3:B5" sheet="Log"/>'
    named = DEFINITION.replace(source, '<worksheetSource name="Calls"/>')
    after, _ = filled(with_pivot(template(tmp_path), named), Given(CALLS, calls(9)))
    assert b'<worksheetSource name="Calls"/>' in unzipped(after)[CACHE]
    assert b'refreshOnLoad="1"' in unzipped(after)[CACHE]
    outside = DEFINITION.replace(source, '<worksheetSource ref="A3:B5" sheet="Log" r:id="rId9"/>')
    content = with_pivot(template(tmp_path), outside)
    assert not {CACHE, RECORDS} & changes(content, filled(content, Given(CALLS, calls(9)))[0]).keys()


def test_a_pivot_table_of_several_areas_follows_each(tmp_path: Path) -> None:
    """Of consolidated areas, as the old wizard makes them; one of another workbook stays."""
    areas = '<rangeSet ref="A3:B5" sheet="Log"/><rangeSet ref="A3:B5" sheet="Log" r:id="rId9"/>'
    consolidated = re.sub(
        "<cacheSource.*?</cacheSource>",
        '<cacheSource type="consolidation"><consolidation autoPage="0"><rangeSets count="2">'
        f"{areas}</rangeSets></consolidation></cacheSource>",
        DEFINITION,
    )
    after, _ = filled(with_pivot(template(tmp_path), consolidated), Given(CALLS, calls(9)))
    assert areas.replace("B5", "B12", 1).encode() in unzipped(after)[CACHE]
    assert b'refreshOnLoad="1"' in unzipped(after)[CACHE]
    assert b"<r>" not in unzipped(after)[RECORDS]
