"""Workbook files (.xlsx, .xlsm) changed part by part: what is not changed stays as it was, byte for byte.

Standard library only, since it runs inside LibreOffice's Python, too.

    package = read_package(path)
    workbook = Workbook(package)
    workbook.set_name("RATE_USD", "Rates!$B$2", comment="What a minute costs")
    for sheet in workbook.sheets():
        with package.edit(sheet.part) as xml:
            for formula in xml.find("f"):
                xml.set_text(formula, xml.text(formula).replace("[1]!", ""))
    package.write(target)
"""

from addin.hosts.package.editing import XmlEdits
from addin.hosts.package.elements import Element
from addin.hosts.package.package import Package, Relationship, read_package
from addin.hosts.package.workbook import DefinedName, Sheet, Table, Workbook

__all__ = [
    "DefinedName",
    "Element",
    "Package",
    "Relationship",
    "Sheet",
    "Table",
    "Workbook",
    "XmlEdits",
    "read_package",
]
