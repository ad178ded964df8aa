"""Where a workbook file keeps formulas: cells, tables, names, rules, charts, controls and buttons."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from addin.hosts.package import Element, Package, Workbook, XmlEdits
from addin.hosts.package.vocabulary import MAIN
from udfs.cells import CELL_FUNCTIONS

_TEXTS = {
    "f", "formula", "formula1", "formula2", "calculatedColumnFormula", "totalsRowFormula", "definedName",
    "sqref",  # a chart's filtered series keep their formula there; elsewhere it is a place
}  # fmt: skip
_VALUES = {
    "sp": ("macro", "textlink"),
    "pic": ("macro",),
    "cxnSp": ("macro",),
    "grpSp": ("macro",),
    "graphicFrame": ("macro",),
    "cfvo": ("val",),
    "controlPr": ("macro", "linkedCell", "listFillRange"),
    "formControlPr": ("fmlaMacro", "fmlaLink", "fmlaRange", "fmlaGroup", "fmlaTxbx"),
    "oleObject": ("link",),
    "cameraTool": ("cellRange",),
}
"""Elements with formulas among their attributes."""
_MACROS = {"macro", "fmlaMacro", "FmlaMacro"}
_NOT_LOOKED_AT = re.compile(
    r"(^|/)_rels/|^docProps/|^customXml/|^xl/(externalLinks|theme)/|^xl/(sharedStrings|styles)\.xml$"
    r"|^\[Content_Types\]",
    re.IGNORECASE,
)
_OLD_DRAWING = re.compile(rb"<(x:Fmla(?:Macro|Link|Range|Pict|Group|Txbx))>([^<]*)</\1>")
_CELL = re.compile(rb"<(?:\w+:)?c\s[^>]*?\br\s*=\s*[\"']([A-Z]+\d+)[\"']")
_NUMBER = re.compile(rb"\[\d+\]")
_WORDS = [b"tollsheet", *(name.lower().encode() for name in CELL_FUNCTIONS)]


@dataclass(frozen=True, slots=True)
class Found:
    """A formula and where it stands."""

    text: str
    kind: str
    """Of the element or the attribute that holds it."""
    part: str
    place: str
    """The cells that it fills (`B2`, `B2:B9`), or the name that it is the text of; else empty."""
    count: int = 1
    """How many cells share it."""

    @property
    def is_macro(self) -> bool:
        """What a click on a shape runs."""
        return self.kind in _MACROS


Change = Callable[[Found], str]


def change_formulas(package: Package, change: Change) -> None:
    """Put what `change` makes of it in place of each formula of the workbook; parts without any that
    matters are not even read."""
    for part in package.parts:
        if _NOT_LOOKED_AT.search(part) or not part.lower().endswith((".xml", ".vml")):
            continue
        content = package.content(part)
        if not _is_worth_reading(content):
            continue
        if part.lower().endswith(".vml"):
            package.put(part, _change_old_drawing(content, part, change))
            continue
        with package.edit(part) as xml:
            _change(xml, part, change)


def place_names(package: Package) -> dict[str, str]:
    """How a person calls the part where formulas stand: the sheets by their names, tables and drawings by
    their sheet's."""
    workbook = Workbook(package)
    names = {package.document: "the names of the workbook"}
    for sheet in workbook.sheets():
        names[sheet.part] = sheet.name
        for one in _led_to(package, sheet.part):
            names.setdefault(one, sheet.name)
    return names


def _led_to(package: Package, part: str) -> Iterator[str]:
    """The parts that a sheet has: tables, drawings and the charts on them."""
    for one in package.relationships(part):
        if one.part in package:
            yield one.part
            for further in package.relationships(one.part):
                if further.part in package:
                    yield further.part


def _is_worth_reading(content: bytes) -> bool:
    """A word of the add-in or the number of a link: most sheets of a workbook hold none."""
    lowered = content.lower()
    return bool(_NUMBER.search(content)) or any(word in lowered for word in _WORDS)


def _change(xml: XmlEdits, part: str, change: Change) -> None:
    found = xml.find(*_TEXTS, *_VALUES, namespace=None)
    around = {id(one.parent) for one in found}  # a rule's formula may stand in an element within another
    shared = Counter(one.attributes.get("si") for one in found if one.name == "f")
    for element in found:
        if element.name in _VALUES:
            _change_values(xml, element, part, change)
        elif id(element) not in around and (old := xml.text(element)):
            sharing = shared[element.attributes["si"]] if "si" in element.attributes else 1
            new = change(Found(old, element.name, part, _place(xml.content, element), sharing))
            if new != old:
                xml.set_text(element, new)


def _place(content: bytes, element: Element) -> str:
    """A formula is the first element of its cell, so that the cell's tag is the one before."""
    if element.name == "definedName":
        return element.attributes.get("name", "")
    if element.name != "f" or element.namespace != MAIN:
        return ""
    cell = _CELL.match(content, content.rfind(b"<", 0, element.start))
    return element.attributes.get("ref") or (cell[1].decode() if cell else "")


def _change_values(xml: XmlEdits, element: Element, part: str, change: Change) -> None:
    changed: dict[str, str | None] = {}
    for name in _VALUES[element.name]:
        old = element.attributes.get(name)
        if old and (new := change(Found(old, name, part, ""))) != old:
            changed[name] = new
    if changed:
        xml.set_attributes(element, changed)


def _change_old_drawing(content: bytes, part: str, change: Change) -> bytes:
    """Comments and controls have drawings in an older language, which Excel does not always write as XML."""

    def changed(found: re.Match[bytes]) -> bytes:
        old = XmlEdits(b"<f>" + found[2] + b"</f>", part)
        [formula] = old.find("f", namespace="")
        text = old.text(formula)
        new = change(Found(text, found[1].decode().removeprefix("x:"), part, "")) if text else text
        if new == text:
            return found[0]
        old.set_text(formula, new)
        inner = old.result().removeprefix(b"<f>").removesuffix(b"</f>")
        return b"<" + found[1] + b">" + inner + b"</" + found[1] + b">"

    return _OLD_DRAWING.sub(changed, content)
