"""Small workbook files for tests, part by part as other programs write them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

from xlsxwriter import Workbook as NewWorkbook

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """Parts as a file."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as written:
        for name, content in parts.items():
            written.writestr(zipfile.ZipInfo(name, (2024, 2, 29, 12, 30, 2)), content, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def unzipped(content: bytes) -> dict[str, bytes]:
    """A file as its parts, in their order."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return {entry.filename: file.read(entry) for entry in file.infolist()}


def rich_workbook(path: Path) -> bytes:
    """A workbook of XlsxWriter's with two sheets, a chart, a table with totals, names and a comment."""
    workbook = NewWorkbook(path)
    calls = workbook.add_worksheet("Calls")
    calls.add_table(
        "B2:C5",
        {
            "name": "Log",
            "total_row": True,
            "columns": [{"header": "Call ID", "total_string": "All"}, {"header": "Rate\nUSD"}],
            "data": [["a", 1], ["b", 2]],
        },
    )
    calls.write_comment("A1", "Mine")
    second = workbook.add_worksheet("R & D <x>")
    second.write_formula("A1", "=SUM(Log[Rate\nUSD])", None, 3)
    second.hide()
    chart = workbook.add_chart({"type": "column"})
    chart.add_series({"values": "=Calls!$C$3:$C$4"})
    calls.insert_chart("E2", chart)
    workbook.define_name("Rate", "=Calls!$C$3")
    workbook.define_name("Calls!Own", "=Calls!$C$4")
    workbook.close()
    return path.read_bytes()


def plain_parts(names: str = "", after: str = "") -> dict[str, str]:
    """The least that a workbook needs; `names` stands after its sheets, `after` at its end."""
    types = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    return {
        "[Content_Types].xml": '<?xml version="1.0" encoding="UTF-8"?>\r\n'
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{types}.sheet.main+xml"/>'
        f'<Override PartName="/xl/sheet1.xml" ContentType="{types}.worksheet+xml"/></Types>',
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<x:workbook xmlns:x="{MAIN}" xmlns:r="{OFFICE}"><x:sheets>'
        f'<x:sheet name="One" sheetId="1" r:id="rId1"/></x:sheets>{names}{after}</x:workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/'
        f'2006/relationships"><Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="/xl/sheet1.xml"/>'
        "</Relationships>",
        "xl/sheet1.xml": f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData/></x:worksheet>',
    }
