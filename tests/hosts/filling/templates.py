"""Templates as people make them their own: with all that XlsxWriter can put into a workbook."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from tests.hosts.package.made import OFFICE, unzipped, zipped

CALL_HEADERS = (
    *("Call id", "Started (UTC)", "Minutes", "Direction", "From", "To", "Status", "Seconds", "Log price"),
    *("Currency", "Share", "Team", "Trend", "Place"),
)
"""Ours in another order, with four of the owner's own: two formulas, typed text, sparklines."""
FIRST, LAST = 5, 7
"""The rows of data of the table Calls, as people count them."""


def picture() -> bytes:
    """A PNG of one pixel."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
        )

    header = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\0\x2f\x48\x58")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def write_template(path: Path, *, macro: Path | None = None, totals: bool = True) -> Path:
    """Three sheets: Summary, Calls (with a second table below) and Rates (with cells beside)."""
    logo = path.with_name("logo.png")
    logo.write_bytes(picture())
    with Workbook(path) as book:
        if macro:
            book.add_vba_project(str(macro))
        summary, calls, rates = (book.add_worksheet(name) for name in ("Summary", "Calls", "Rates"))
        _calls(book, calls, totals=totals)
        _rates(book, rates)
        _summary(book, summary, logo)
        calls.insert_image("P1", str(logo))
        book.define_name("all_seconds", f"=Calls!$H${FIRST}:$H${LAST}")
        book.define_name("first_id", f"=Calls!$A${FIRST}")
        book.define_name("below", "=Calls!$B$12")
        book.define_name("month", "=Summary!$B$3")
    logo.unlink()
    return path


def _calls(book: Workbook, sheet: Worksheet, *, totals: bool) -> None:
    instant = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss", "bg_color": "#FFF8DC", "locked": False})
    text = book.add_format({"num_format": "@", "font_color": "#112233"})
    figure = book.add_format({"num_format": "#,##0.00####"})
    sheet.write("A1", "Calls of the month, by Example Ltd")
    sheet.set_row(0, 30)
    sheet.set_column("A:N", 14)
    bottom = LAST + totals
    columns: list[dict[str, Any]] = [{"header": header} for header in CALL_HEADERS]
    columns[2]["formula"] = "=ROUNDUP(Calls[[#This Row],[Seconds]]/60,0)"
    columns[2]["format"] = figure
    if totals:
        columns[0]["total_string"] = "Total"
        columns[7]["total_function"] = "SUBTOTAL(109,Calls[Seconds])"
    sheet.add_table(f"A4:N{bottom}", {"name": "Calls", "columns": columns, "total_row": totals})
    for row in range(FIRST, LAST + 1):
        sheet.set_row(row - 1, 21)
        example = (
            f"EX{row}",
            46266 + row / 8,
            None,
            "outbound",
            "+15005550006",
            "+442079460000",
            "completed",
        )
        formats = (text, instant, None, text, text, text, text)
        for column, (value, cell_format) in enumerate(zip(example, formats, strict=True)):
            if value is not None:
                sheet.write(row - 1, column, value, cell_format)
        sheet.write(row - 1, 7, row * 10, figure)
        sheet.write(row - 1, 8, 0.014, figure)
        sheet.write(row - 1, 9, "USD", text)
        sheet.write_formula(row - 1, 10, f"=H{row}/SUM(H${FIRST}:H${LAST})", figure, 99)
        sheet.write(row - 1, 13, "example", text)
        sheet.add_sparkline(f"M{row}", {"range": f"Calls!H{row}:I{row}"})
    sheet.write("L6", "typed beside the second example")
    rows = f"{FIRST}:H{LAST}"
    sheet.conditional_format(f"H{rows}", {"type": "data_bar", "data_bar_2010": True})
    sheet.conditional_format(f"H{rows}", {"type": "3_color_scale"})
    red = book.add_format({"font_color": "#AA0000"})
    criteria = f"=$H{FIRST}>AVERAGE($H${FIRST}:$H${LAST})"
    sheet.conditional_format(f"A{FIRST}:N{LAST}", {"type": "formula", "criteria": criteria, "format": red})
    sheet.data_validation(f"G{FIRST}:G{LAST}", {"validate": "list", "source": ["completed", "busy"]})
    sheet.data_validation(f"J{FIRST}:J{LAST}", {"validate": "list", "source": "=Rates!$C$3:$C$4"})
    _below(book, sheet)
    sheet.set_h_pagebreaks([10])
    sheet.print_area(f"A1:N{bottom}")
    sheet.repeat_rows(3)
    sheet.freeze_panes(4, 1)
    sheet.protect("", {"format_cells": True})


def _below(book: Workbook, sheet: Worksheet) -> None:
    """A second table and other things, which have to move."""
    sheet.merge_range("A11:C11", "Notes of the owner", book.add_format({"bold": True}))
    sheet.write_row("A12", ["Longest", "", "Line"])
    sheet.write_formula("B12", f"=MAX(H{FIRST}:H{LAST})", None, 70)
    sheet.write_formula("C12", "=B12*2", None, 140)
    sheet.write_url("D12", "internal:Summary!A1", string="Back")
    sheet.write_comment("B12", "A note of the owner")
    sheet.write_comment("A4", "A note above")
    notes = {"name": "Notes", "columns": [{"header": "What"}, {"header": "Who"}], "data": [["Check", "Ann"]]}
    sheet.add_table("A14:B15", notes)
    sheet.write_dynamic_array_formula("D14:D16", "=SORT(H5:H7)", None, 50)
    sheet.write_array_formula("F14:F16", "{=H5:H7*2}", None, 100)
    sheet.conditional_format(
        "B12", {"type": "cell", "criteria": ">", "value": "=$C$12", "format": book.add_format()}
    )
    sheet.data_validation("B15", {"validate": "length", "criteria": "<", "value": 20})
    chart = book.add_chart({"type": "line"})
    chart.add_series({"name": "=Calls!$H$4", "values": f"=Calls!$H${FIRST}:$H${LAST}"})
    sheet.insert_chart("A18", chart)


def _rates(book: Workbook, sheet: Worksheet) -> None:
    sheet.write("A1", "Our rates")
    columns = [{"header": header} for header in ("Prefix", "Rate", "Currency", "Remark")]
    data = [["44", 0.01, "USD", "by hand"], ["1", 0.02, "USD", None]]
    sheet.add_table("A2:D4", {"name": "Rates", "columns": columns, "data": data})
    sheet.write_row("F2", ["Box", "beside"])
    for row in range(3, 8):
        sheet.write_row(row - 1, 5, [row, f"line {row}"])
    sheet.write_formula("H3", "=COUNT(B3:B4)", None, 2)
    for row in range(3, 6):
        sheet.write_formula(row - 1, 8, f"=F{row}+1", None, row + 1)


def _summary(book: Workbook, sheet: Worksheet, logo: Path) -> None:
    sheet.insert_image("E1", str(logo))
    sheet.write_row("A3", ["Month", "2026-01"])
    formulas = {
        "B5": "=SUM(Calls[Seconds])",
        "B6": f"=SUM(Calls!H{FIRST}:H{LAST})",
        "B7": f"=COUNTA(Calls!$A$4:$A${LAST})-1",
        "B8": f"=Calls!H{FIRST}",
        "B9": "=SUM(all_seconds)",
        "B10": "=Calls!B12+below",
        "B11": f'=SUMIFS(Calls!H{FIRST}:H{LAST},Calls!G{FIRST}:G{LAST},"completed")',
        "B12": "=SUM(Calls!C:C)",
        "B13": f'=SUM(INDIRECT("Calls!H{FIRST}:H{LAST}"))',
        "B14": "=COUNTA(Rates!A3:A4)",
        "B15": "=1+1",
    }
    for cell, formula in formulas.items():
        sheet.write_formula(cell, formula, None, -1)
    sheet.add_sparkline("C5", {"range": f"Calls!H{FIRST}:H{LAST}"})
    chart = book.add_chart({"type": "column"})
    categories, values = f"=Calls!$A${FIRST}:$A${LAST}", f"=Calls!$H${FIRST}:$H${LAST}"
    chart.add_series({"name": "Seconds", "categories": categories, "values": values})
    chart.set_title({"name": "Seconds by call"})
    sheet.insert_chart("D5", chart)


def with_more_parts(template: bytes) -> bytes:
    """The template with parts that only Excel writes: data of a program, and settings of a printer."""
    parts = dict(unzipped(template))
    types, links = parts["[Content_Types].xml"].decode(), parts["xl/_rels/workbook.xml.rels"].decode()
    of_sheet = parts["xl/worksheets/_rels/sheet2.xml.rels"].decode()
    printer = f'{OFFICE}/printerSettings" Target="../printerSettings/printerSettings1.bin'
    data = f'{OFFICE}/customXml" Target="../customXml/item1.xml'
    parts["xl/worksheets/_rels/sheet2.xml.rels"] = _appended(of_sheet, "rId90", printer)
    parts["xl/_rels/workbook.xml.rels"] = _appended(links, "rId91", data)
    parts["[Content_Types].xml"] = types.replace(
        "</Types>",
        '<Default Extension="bin" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.'
        'printerSettings"/></Types>',
    ).encode()
    parts["xl/printerSettings/printerSettings1.bin"] = bytes(range(256))
    parts["customXml/item1.xml"] = b'<mine xmlns="urn:example">\r\n  <kept/>\r\n</mine>'
    return zipped(parts)


def _appended(links: str, id: str, link: str) -> bytes:
    return links.replace(
        "</Relationships>", f'<Relationship Id="{id}" Type="{link}"/></Relationships>'
    ).encode()
