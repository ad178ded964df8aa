"""The zip file that a workbook is: its parts, their types and who refers to whom."""

from __future__ import annotations

import posixpath
import zipfile
from collections import Counter
from functools import cached_property
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

Element = ElementTree.Element

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
OFFICE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
TYPES = "[Content_Types].xml"


class Relationship(NamedTuple):
    """One line of a .rels part; target is the name of a part, or an address where is_external."""

    id: str
    kind: str  # the last word of its type: worksheet, table, hyperlink
    target: str
    is_external: bool


class Package:
    """The parts of a file. A part that is no XML is in `broken`, and reads as empty."""

    def __init__(self, path: Path) -> None:
        with zipfile.ZipFile(path) as file:
            self.twice = [name for name, times in Counter(file.namelist()).items() if times > 1]
            self.parts = {name: file.read(name) for name in file.namelist() if not name.endswith("/")}
        self.broken: dict[str, str] = {}
        self._trees: dict[str, Element] = {}

    def tree(self, part: str) -> Element:
        """The root of a part; an empty element where it is missing or no XML."""
        if part not in self._trees:
            try:
                self._trees[part] = ElementTree.fromstring(self.parts[part])
            except KeyError:
                return Element("missing")
            except ElementTree.ParseError as error:
                self.broken[part] = str(error)
                self._trees[part] = Element("broken")
        return self._trees[part]

    def relationships(self, part: str) -> dict[str, Relationship]:
        """What a part refers to, by id; of the whole file for ""."""
        folder, name = posixpath.split(part)
        found = {}
        for line in self.tree(posixpath.join(folder, "_rels", f"{name}.rels")):
            target, is_external = line.get("Target", ""), line.get("TargetMode") == "External"
            if not is_external:
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            kind = line.get("Type", "").rpartition("/")[2]
            found[line.get("Id", "")] = Relationship(line.get("Id", ""), kind, target, is_external)
        return found

    def targets(self, part: str, kind: str) -> list[str]:
        """The parts of a kind that a part refers to and that are there."""
        lines = self.relationships(part).values()
        return [line.target for line in lines if line.kind == kind and line.target in self.parts]

    @cached_property
    def workbook(self) -> str:
        """The name of the main part."""
        return next(iter(self.targets("", "officeDocument")), "xl/workbook.xml")
