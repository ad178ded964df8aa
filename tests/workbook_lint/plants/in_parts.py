"""Faults of names, of tables and of the parts of the file."""

from __future__ import annotations

from tests.workbook_lint.plants.planting import (
    BOOK,
    CALLS,
    CORE,
    FIRST,
    FIRST_RELS,
    KINDS,
    STRINGS,
    TABLE,
    TYPES,
    Edit,
    Plant,
    name,
    plant,
)

NAMES = (
    name("name-twice", "TOTAL_COST"),
    *(name("name-form", one) for one in ("total cost", "1st", ".dot", "a-b", "a!b")),
    *(name("name-reads-as-cell", one) for one in ("A1", "R1C1", "OPT2", "r", "C", "xfd1048576", "R2", "rc")),
    name("name-length", "n" * 256),
    name("name-comment", "half", "1/2", f' comment="{"x" * 256}"'),
    name("name-text", "half", ""),
    name("name-scope", "half", "1/2", ' localSheetId="2"'),
)

TABLES = (
    plant("table-name", KINDS, 'displayName="Kinds"', 'displayName="OPT2"'),
    plant("table-name", KINDS, 'displayName="Kinds"', 'displayName="calls"'),
    plant("table-name", KINDS, 'displayName="Kinds"', 'displayName="Total_Cost"'),
    plant("table-name", KINDS, 'displayName="Kinds"', 'displayName="All kinds"'),
    plant("table-id", KINDS, 'id="2" name="Kinds"', 'id="1" name="Kinds"'),
    plant("table-shape", KINDS, "</tableColumns>", '<tableColumn id="3" name="More"/></tableColumns>'),
    plant("table-shape", KINDS, 'tableColumns count="2"', 'tableColumns count="3"'),
    Plant(
        "table-shape", (Edit(KINDS, 'ref="H4:I6"', 'ref="H4:I4"'), Edit(KINDS, 'ref="H4:I6"', 'ref="H4:I4"'))
    ),
    plant("table-header", KINDS, 'name="Number"', 'name="number"'),
    plant("table-header", STRINGS, "<t>From [it's]</t>", "<t>From</t>"),
    plant("table-header", CALLS, '<c r="I4" t="s"><v>11</v></c>', ""),
    plant("table-header", CALLS, '<c r="I4" t="s"><v>11</v></c>', '<c r="I4"><v>11</v></c>'),
    plant("table-column-twice", KINDS, 'name="Number"', 'name="KIND"'),
    plant("table-column-id", KINDS, 'id="2" name="Number"', 'id="1" name="Number"'),
    plant(
        "table-overlap",
        CALLS,
        "<pageMargins",
        '<mergeCells><mergeCell ref="G5:H5"/></mergeCells><pageMargins',
    ),
    Plant(
        "table-overlap",
        (
            Edit(KINDS, 'ref="H4:I6"', 'ref="H4:I6" headerRowCount="0"'),
            Edit(KINDS, '<autoFilter ref="H4:I6"/>', ""),
            Edit(KINDS, 'ref="H4:I6"', 'ref="B9:C9"'),
            Edit(TABLE, 'totalsRowCount="1"', 'totalsRowShown="0"'),
            Edit(TABLE, 'ref="A4:E8"', 'ref="A4:E9"'),
            Edit(TABLE, ' totalsRowLabel="Total"', ""),
            Edit(TABLE, ' totalsRowFunction="sum"', ""),
            Edit(
                TABLE,
                "<calculatedColumnFormula>BILLED(Calls[[#This Row],[Seconds]],30)</calculatedColumnFormula>",
                "",
            ),
            Edit(
                TABLE,
                "<calculatedColumnFormula>Calls[[#This Row],[Billed]]/60*Calls[[#This Row],[Rate]]"
                "</calculatedColumnFormula>",
                "",
            ),
            Edit(TABLE, '<autoFilter ref="A4:E7"/>', ""),
        ),
    ),
    plant("table-filter", TABLE, '<autoFilter ref="A4:E7"/>', '<autoFilter ref="A4:E8"/>'),
    plant("table-formula", CALLS, "<f>BILLED(Calls[[#This Row],[Seconds]],30)</f>", "<f>BILLED(61)</f>"),
    plant("table-formula", CALLS, "<f>BILLED(Calls[[#This Row],[Seconds]],30)</f>", ""),
    plant("table-totals", STRINGS, "<t>Total</t>", "<t>Sum</t>"),
    plant("table-totals", CALLS, "SUBTOTAL(109,Calls[Cost])", "SUBTOTAL(101,Calls[Cost])"),
    plant("table-totals", CALLS, "<f>SUBTOTAL(109,Calls[Cost])</f>", ""),
    plant("table-totals", TABLE, ' totalsRowFunction="sum"', ""),
    plant("table-totals", TABLE, ' totalsRowFunction="sum"', ' totalsRowFunction="custom"'),
    plant("table-mixed", CALLS, '<c r="A6" t="s"><v>8</v></c>', '<c r="A6"><f>1+1</f><v>2</v></c>'),
)

PARTS = (
    plant("xml", "docProps/app.xml", "</Properties>", "</Propertiez>"),
    Plant("part-twice", (Edit("docProps/app.xml", new="<again/>"),)),
    plant(
        "relationship-target",
        FIRST_RELS,
        "</Relationships>",
        '<Relationship Id="rId9" Type="x/image" Target="../media/no.png"/></Relationships>',
    ),
    Plant("relationship-target", (Edit("docProps/app.xml"), Edit(TYPES, "/docProps/app.xml", CORE))),
    plant(
        "relationship-id",
        FIRST,
        '<drawing r:id="rId1"/>',
        '<drawing r:id="rId1"/><legacyDrawing r:id="rId5"/>',
    ),
    plant("relationship-id", "xl/drawings/drawing1.xml", 'r:id="rId1"', 'r:id="rId7"'),
    plant("relationship-id", CALLS, '<tablePart r:id="rId2"/>', '<tablePart r:id="rId22"/>'),
    Plant("part-unused", (Edit("xl/media/image1.rels", new="<x/>"),)),
    Plant("part-unused", (Edit("_rels/.rels", 'Target="docProps/core.xml"', 'Target="docProps/app.xml"'),)),
    Plant("content-type", (Edit(TYPES, "/docProps/core.xml", "/docProps/more.xml"),)),
    plant(
        "content-type",
        TYPES,
        'Override PartName="/xl/tables/table2.xml"',
        'Override PartName="/xl/tables/no.xml"',
    ),
    Plant(
        "external-link",
        (
            Edit("xl/externalLinks/externalLink1.xml", new="<externalLink/>"),
            Edit(
                "xl/_rels/workbook.xml.rels",
                "</Relationships>",
                '<Relationship Id="rId9" Type="x/externalLink" '
                'Target="externalLinks/externalLink1.xml"/></Relationships>',
            ),
            Edit(
                TYPES,
                "</Types>",
                '<Override PartName="/xl/externalLinks/externalLink1.xml" ContentType="x"/></Types>',
            ),
        ),
    ),
    plant("machine-path", CORE, "Made by Tollsheet", "/root/tollsheet/out.xlsx"),
    plant("machine-path", CORE, "Made by Tollsheet", "C:\\Users\\ann\\out.xlsx"),
    plant("machine-path", CORE, "Made by Tollsheet", "file:///out.xlsx"),
    plant("machine-path", BOOK, "<bookViews>", '<x15ac:absPath xmlns:x15ac="x" url="D"/><bookViews>'),
)

PLANTS = (*NAMES, *TABLES, *PARTS)
