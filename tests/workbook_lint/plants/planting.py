"""How a fault is planted: a text of a part is replaced by another, a part is added or taken away."""

from __future__ import annotations

import warnings
import zipfile
from pathlib import Path
from typing import NamedTuple

BOOK, FIRST, CALLS = "xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"
TABLE, KINDS, STRINGS = "xl/tables/table1.xml", "xl/tables/table2.xml", "xl/sharedStrings.xml"
CHART, CORE, TYPES = "xl/charts/chart1.xml", "docProps/core.xml", "[Content_Types].xml"
FIRST_RELS, BOOK_RELS = "xl/worksheets/_rels/sheet1.xml.rels", "xl/_rels/workbook.xml.rels"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


class Edit(NamedTuple):
    """`old`, which is there once or more, becomes `new` where it is first; a part without `old` is added, and
    taken away without either."""

    part: str
    old: str = ""
    new: str = ""


class Plant(NamedTuple):
    """A fault, and the rule that has to see it."""

    rule: str
    edits: tuple[Edit, ...]


def plant(rule: str, part: str, old: str, new: str) -> Plant:
    """A fault of one edit."""
    return Plant(rule, (Edit(part, old, new),))


def formula(rule: str, text: str) -> Plant:
    """A fault in the formula of a cell."""
    return plant(rule, FIRST, "<f>A2+1</f>", f"<f>{text}</f>")


def name(rule: str, name: str, text: str = "1", attributes: str = "") -> Plant:
    """A fault in one more defined name."""
    line = f'<definedName name="{name}"{attributes}>{text}</definedName>'
    return plant(rule, BOOK, "</definedNames>", f"{line}</definedNames>")


def write_with(clean: Path, edits: tuple[Edit, ...], target: Path) -> None:
    """A copy of a file with the edits made."""
    with zipfile.ZipFile(clean) as file:
        parts = {part: file.read(part).decode("utf-8") for part in file.namelist()}
    again = []
    for edit in edits:
        if edit.old:
            assert edit.old in parts[edit.part], f"{edit.part} holds no {edit.old}"
            parts[edit.part] = parts[edit.part].replace(edit.old, edit.new, 1)
        elif not edit.new:
            del parts[edit.part]
        elif edit.part in parts:
            again.append(edit)
        else:
            parts[edit.part] = edit.new
    with zipfile.ZipFile(target, "w") as file, warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Duplicate name")  # a part that is there twice is planted too
        for part, text in [*parts.items(), *((edit.part, edit.new) for edit in again)]:
            file.writestr(part, text)
