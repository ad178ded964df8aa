"""Workbooks with a log, written by hand as XML, and both readings of one."""

from __future__ import annotations

import io
import re
import tempfile
import zipfile
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

from addin.errors import TollsheetError
from addin.records import read_records
from addin.records.alike.calls import AlikeCalls
from addin.records.call import Records

from .conftest import are_shown

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
HEADER = ("uuid", "timestamp", "from", "to", "duration", "disposition", "type", "agent")
ENTRIES = (
    *(f"<t>{name}</t>" for name in HEADER),
    "<t>u1</t>", "<t>+15005550001</t>", "<t>answered</t>", "<t>no answer</t>", "<t>2026-09-01 10:00:01</t>",
    "<t>a &amp; b</t>", "<t>#N/A</t>", "<t/>", "<t></t>", '<t xml:space="preserve"> x </t>',
    "<t>_x0041_</t>", "<t> y </t>", "<t>&amp;lt;</t>", "<t>   </t>", '<t xml:space="preserve"></t>',
    "<t>_x005F_x0041_</t>", "<t>\u00eb</t>", "<t>null</t>", "<t>4.48E+11</t>", "<t>60</t>", "<t>a\nb</t>",
    '<t>say xml:space="preserve" now</t>',
)  # fmt: skip
ODD_ENTRIES = (
    "<r><t>ri</t></r><r><rPr><b/></rPr><t>ch</t></r>", "<t>a\rb</t>", "\n<t>z</t>\n", "<t>]]&gt;</t>",
    '<t>x</t><rPh sb="0" eb="1"><t>y</t></rPh>', "<t>a]]>b</t>", "<t>a\x01</t>", "<t>\ufffe</t>",
    "<t>&#65;</t>",
    "<t>\ud800</t>", "<t><![CDATA[a]]></t>", "<t>a<!-- b -->c</t>", "<t>a", "<t a='1'>b</t>", "<t>&b;</t>",
)  # fmt: skip
"""Not each is as the reader in columns knows it."""
STYLES = 5
"""0 and 1 are plain, 2 is a time, 3 is a length, 4 is a time of day."""


PARTS = {
    "workbook": "sheet.main",
    "sheet1": "worksheet",
    "styles": "styles",
    "sharedStrings": "sharedStrings",
}
TYPES = (
    f'<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    + "".join(
        f'<Override PartName="/xl/{name}.xml" ContentType="{KIND}.{kind}+xml"/>'
        for name, kind in PARTS.items()
    )
    + "</Types>"
)
FORMATS = (
    f'<styleSheet xmlns="{MAIN}"><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy-mm-dd hh:mm:ss"/>'
    '<numFmt numFmtId="165" formatCode="[h]:mm:ss"/></numFmts><fonts count="1"><font/></fonts>'
    '<fills count="1"><fill><patternFill/></fill></fills><borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="5">'
    + "".join(f'<xf numFmtId="{form}"/>' for form in (0, 2, 164, 165, 21))
    + "</cellXfs></styleSheet>"
)


X14AC = ' xmlns:x14ac="urn:y"'


def related(kind: str, part: str) -> str:
    return (
        f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/{kind}" Target="{part}"/></Relationships>'
    )


def book(
    rows: list[str],
    entries: tuple[str, ...] = ENTRIES,
    *,
    is_1904: bool = False,
    around: str = "",
    spaces: str = X14AC,
    declared: str = '<?xml version="1.0" encoding="UTF-8"?>',
    dimension: str = "",
) -> bytes:
    """A workbook with these rows of XML; without entries it has no table of texts."""
    parts = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": related("officeDocument", "xl/workbook.xml"),
        "xl/_rels/workbook.xml.rels": related("worksheet", "sheet1.xml"),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">'
        f'<workbookPr date1904="{int(is_1904)}"/>'
        '<sheets><sheet name="Log" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/styles.xml": FORMATS,
        "xl/sharedStrings.xml": f'{declared}<sst xmlns="{MAIN}">'
        f"{''.join(f'<si>{one}</si>' for one in entries)}</sst>",
        "xl/sheet1.xml": f"{declared}\r\n"
        f'<worksheet xmlns="{MAIN}" xmlns:x="urn:x"{spaces}>'
        f'<dimension{dimension} ref="A1:B2"/><sheetData>{"".join(rows)}</sheetData>{around}</worksheet>',
    }
    if not entries:
        del parts["xl/sharedStrings.xml"]
        parts["[Content_Types].xml"] = re.sub(r'<Override PartName="/xl/sharedStrings[^>]*>', "", TYPES)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as zipped:
        for name, text in parts.items():
            zipped.writestr(name, text.encode("utf-8", "surrogatepass"))
    return file.getvalue()


PLAIN = ("s", "2", "s", "n", "n", "s", "s", "s")
VALUES = ("8", "46000.43751157407", "9", "15005550002", "60", "10", "11", "9")


def plain_row(number: int, **changed: str) -> list[str]:
    """The cells of an ordinary call, by column; the time differs. I is a column that nobody reads."""
    found = []
    for place, (kind, value) in enumerate(zip(PLAIN, VALUES, strict=True)):
        letter = chr(ord("A") + place)
        attributes = ' s="2"' if kind == "2" else f' t="{kind}"' if kind == "s" else ""
        value = f"{46000 + number / 7}" if kind == "2" else value
        found.append(changed.get(letter) or f"{attributes}><v>{value}</v></c>")
    return [*found, changed["I"]] if "I" in changed else found


def row_of(number: int, inside: list[str], attributes: str = "") -> str:
    written = (f'<c r="{chr(ord("A") + place)}{number}"{one}' for place, one in enumerate(inside))
    return f'<row r="{number}"{attributes}>{"".join(written)}</row>'


HEAD = '<row r="1">' + "".join(f'<c r="{chr(65 + n)}1" t="s"><v>{n}</v></c>' for n in range(8)) + "</row>"


def compare(content: bytes) -> bool:
    """Whether it was read in columns, and not refused. In blocks, but for what is read with the header."""
    with (
        tempfile.TemporaryDirectory() as folder,
        patch("addin.records.one_file.LARGE_BYTES", 0),
        patch("addin.records.alike.sheet.BLOCK", 700),
        patch("addin.records.excel_tables.BATCH", 5),  # else what is damaged is met with the header
    ):
        path = Path(folder) / "calls.xlsx"
        path.write_bytes(content)
        found: list[Records | str] = []
        for alike in (False, True):
            try:
                found.append(read_records([path], alike=alike))
            except TollsheetError as error:
                found.append(str(error))
        rows, columns = found
        if isinstance(rows, str) or isinstance(columns, str):
            assert rows == columns
            return False
        assert replace(columns, calls=()) == replace(rows, calls=())
        assert list(columns.calls) == list(rows.calls)
        if isinstance(columns.calls, AlikeCalls):
            are_shown(columns.calls, rows.calls)
            return True
        return False
