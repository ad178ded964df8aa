"""A workbook as Excel keeps it where formulas use the add-in: XlsxWriter's parts, with links as ECMA-376 has
them (part 1, 18.14)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from xlsxwriter import Workbook as NewWorkbook

from addin.hosts.package import Package, read_package
from addin.hosts.package.vocabulary import MAIN, OFFICE, TO_EXTERNAL_LINK

ADD_IN = "file:///C:\\Users\\Ann%20B\\AppData\\Roaming\\Microsoft\\AddIns\\Tollsheet.xlam"
STARTUP = "http://schemas.microsoft.com/office/2006/relationships/xlExternalLinkPath/xlStartup"
"""How Excel leads to a file in its start folder: the target is the file's name alone."""
OTHER = "Rates%202026.xlsx"
LINK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.externalLink+xml"


def linked_workbook(path: Path, targets: Sequence[str] = (ADD_IN, OTHER)) -> Path:
    """Formulas of every kind, and links to the targets in their order: `[1]` is the first."""
    workbook = NewWorkbook(path)
    calls = workbook.add_worksheet("Calls")
    other = workbook.add_worksheet("R & D")
    for row in range(2, 6):
        calls.write_row(row - 1, 0, [row * 40, 0.01])
    calls.write_formula("C2", "[1]!CALL_COST(A2,B2)", None, 0.02)
    calls.write_formula("C3", '[1]!CALL_COST(A3,[2]Rates!$B$2)&"[1]!CALL_COST("', None, "x")
    calls.write_formula("C4", "'[2]My rates'!A1+[2]Rates!B9", None, 1)
    calls.write_formula("C5", "SUM(A2:A5)", None, 9)
    calls.write_array_formula("D2:D3", "{[1]!BILLED_MINUTES(A2:A3)}", None, 2)
    calls.write_dynamic_array_formula("E2:E3", "=[1]!BILLED_MINUTES(A2:A3)", None, 2)
    other.write_formula("A1", "[1]!MONTH_ATTRIBUTE(45000)", None, "2023-03")
    other.add_table(
        "C2:D4",
        {"name": "Log", "columns": [{"header": "Sec"}, {"header": "Cost", "formula": "=[1]!CALL_COST(1,2)"}]},
    )
    calls.conditional_format("A2:A5", {"type": "formula", "criteria": "=[1]!BILLED_MINUTES($A2)>1"})
    calls.data_validation("B2", {"validate": "list", "source": "=rates"})
    calls.add_sparkline("F2", {"range": "Calls!A2:A5"})
    other.add_sparkline("F2", {"range": "[2]Rates!A2:A5"})
    calls.insert_button("H2", {"macro": "Mine", "caption": "Run"})
    calls.insert_textbox("H8", "", {"textlink": "=Calls!$A$2"})
    chart = workbook.add_chart({"type": "column"})
    chart.add_series({"values": "=[2]Rates!$A$2:$A$5", "values_data": [1, 2, 3, 4]})
    other.insert_chart("H2", chart)
    workbook.define_name("rates", "=[2]Rates!$B$2:$B$9")
    workbook.define_name("minutes", "=[1]!BILLED_MINUTES(Calls!$A$2)")
    workbook.close()
    package = read_package(path)
    for number, target in enumerate(targets, 1):
        add_link(package, number, target)
    package.write(path)
    return path


def add_link(package: Package, number: int, target: str, kind: str = f"{OFFICE}/externalLinkPath") -> None:
    part = f"xl/externalLinks/externalLink{number}.xml"
    book = f'<externalBook xmlns:r="{OFFICE}" r:id="rId1"><sheetNames><sheetName val="Rates"/></sheetNames>'
    text = f'<externalLink xmlns="{MAIN}">{book}</externalBook></externalLink>'
    package.add(part, text.encode(), LINK_TYPE)
    package.relate(part, kind, target, outside=True)
    reference = f'<externalReference r:id="{package.relate(package.document, TO_EXTERNAL_LINK, part)}"/>'
    with package.edit(package.document) as xml:
        if listed := xml.first("externalReferences"):
            xml.append(listed, reference)
        else:
            [sheets] = xml.find("sheets")
            xml.insert_after(sheets, f"<externalReferences>{reference}</externalReferences>")
