"""A workbook file as its parts, their relationships and their content types."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from urllib.parse import unquote

from addin.errors import TollsheetError
from addin.hosts.package.editing import XmlEdits, attribute
from addin.hosts.package.elements import Element, find_elements
from addin.hosts.package.vocabulary import (
    CONTENT_TYPES,
    RELATIONSHIPS,
    RELATIONSHIPS_TYPE,
    STRICT,
    TO_DOCUMENT,
    WORKBOOKS,
)
from addin.hosts.package.zipped import ZippedParts, write_parts

_TYPES = "[Content_Types].xml"
_EMPTY = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="{}"/>'
_SAVE_AS = "Open it in Excel or LibreOffice and save it as .xlsx, or as .xlsm where it has macros."


@dataclass(frozen=True, slots=True)
class Relationship:
    """What one part needs of another, or of a file outside."""

    id: str
    type: str
    target: str
    """As it is written."""
    part: str
    """The part that it leads to; empty where it leads outside."""


class Package:
    """The parts of a workbook file by name (`xl/workbook.xml`), in the order of the file.

    Nothing is written before `write`, and the file that it came from is never touched.
    """

    def __init__(self, content: bytes, name: str) -> None:
        """Raises TollsheetError where `content` is no workbook that can be changed: no Excel workbook,
        encrypted, damaged, of the "Strict" kind, or made to fill memory. `name` is for errors."""
        self.name = name
        self._zipped = ZippedParts(content, name)
        self._parts = dict.fromkeys(self._zipped.entries)
        self._changed: dict[str, bytes] = {}
        self.document = self._document()
        """The part of the workbook itself, which all others hang on."""

    @property
    def parts(self) -> tuple[str, ...]:
        return tuple(self._parts)

    @property
    def ending(self) -> str:
        """What files of this kind end with: ".xlsx", ".xlsm", ".xltx", ".xltm" or ".xlam"."""
        return WORKBOOKS[self.content_type(self.document)]

    def __contains__(self, part: str) -> bool:
        return part in self._parts

    def content(self, part: str) -> bytes:
        """A part as it is now, unpacked."""
        if part not in self._parts:
            raise self._damaged(f"the part {part} is missing")
        return self._changed[part] if part in self._changed else self._zipped.content(part)

    def put(self, part: str, content: bytes) -> None:
        """Other content for a part that is there."""
        if content != self.content(part):
            self._changed[part] = content

    @contextmanager
    def edit(self, part: str) -> Iterator[XmlEdits]:
        """A part to be changed by spans; it is put back at the end, unless an error ends it."""
        edits = XmlEdits(self.content(part), self._where(part))
        yield edits
        self.put(part, edits.result())

    def find(self, part: str, *names: str, namespace: str | None) -> list[Element]:
        """Elements of a part, for reading only."""
        return find_elements(self.content(part), names, namespace=namespace, where=self._where(part))

    def add(self, part: str, content: bytes, content_type: str) -> None:
        """A new part, last in the file, with its content type. What leads to it is added with `relate`."""
        if part in self._parts:
            raise ValueError(f"{part} is there already")
        self._parts[part] = None
        self._changed[part] = content
        if self.content_type(part) != content_type:
            with self.edit(_TYPES) as xml:
                [types] = xml.find("Types", namespace=CONTENT_TYPES)
                named = f"PartName={attribute('/' + part)} ContentType={attribute(content_type)}"
                xml.append(types, f"<{types.prefix}Override {named}/>")

    def remove(self, part: str) -> None:
        """Take a part out, with its relationships, its content type and every relationship that leads to
        it. What is written in other parts about such a relationship (r:id) is the caller's to change."""
        for owner in self._owners():
            for one in self.relationships(owner):
                if one.part == part:
                    self.unrelate(owner, one.id)
        self._drop(part)
        if _relationships_of(part) in self._parts:
            self._drop(_relationships_of(part))

    def content_type(self, part: str) -> str:
        """What kind of part it is; empty where the file does not say."""
        by_ending = ""
        for element in self.find(_TYPES, "Default", "Override", namespace=CONTENT_TYPES):
            said = element.attributes.get("ContentType", "")
            if element.name == "Override":
                if _same(element.attributes.get("PartName", ""), part):
                    return said
            elif _same(element.attributes.get("Extension", ""), posixpath.splitext(part)[1].lstrip(".")):
                by_ending = said
        return by_ending

    def relationships(self, part: str, type: str = "") -> tuple[Relationship, ...]:
        """What a part leads to, of one type or of all; of the file as a whole for the part ""."""
        listed = _relationships_of(part)
        if listed not in self._parts:
            return ()
        found = []
        for element in self.find(listed, "Relationship", namespace=RELATIONSHIPS):
            said = element.attributes
            if not type or said.get("Type") == type:
                target = said.get("Target", "")
                leads_out = said.get("TargetMode") == "External"
                found.append(
                    Relationship(
                        said.get("Id", ""),
                        said.get("Type", ""),
                        target,
                        "" if leads_out else self._led(part, target),
                    )
                )
        return tuple(found)

    def relate(self, part: str, type: str, target: str, *, outside: bool = False) -> str:
        """A new relationship from a part to another part, or to a file outside; its id."""
        listed = _relationships_of(part)
        if listed not in self._parts:
            self.add(listed, _EMPTY.format(RELATIONSHIPS).encode(), RELATIONSHIPS_TYPE)
        taken = {one.id for one in self.relationships(part)}
        free = next(f"rId{number}" for number in range(1, len(taken) + 2) if f"rId{number}" not in taken)
        written = target if outside else posixpath.relpath(target, posixpath.dirname(part) or ".")
        with self.edit(listed) as xml:
            [top] = xml.find("Relationships", namespace=RELATIONSHIPS)
            mode = ' TargetMode="External"' if outside else ""
            said = f"Id={attribute(free)} Type={attribute(type)} Target={attribute(written)}{mode}"
            xml.append(top, f"<{top.prefix}Relationship {said}/>")
        return free

    def unrelate(self, part: str, id: str) -> None:
        """Take a relationship away."""
        with self.edit(_relationships_of(part)) as xml:
            for element in xml.find("Relationship", namespace=RELATIONSHIPS):
                if element.attributes.get("Id") == id:
                    xml.remove(element)

    def write(self, target: Path | IO[bytes]) -> None:
        """The file with all changes; parts that were not changed come out as they were, in their order."""
        entries = self._zipped.entries
        write_parts(target, [(part, entries.get(part)) for part in self._parts], self.content)

    def _document(self) -> str:
        if _TYPES not in self._parts:
            raise TollsheetError(f"{self.name} is no Excel workbook", _SAVE_AS)
        ends = {one.type: one.part for one in self.relationships("")}
        if any(type.startswith(STRICT) for type in ends):
            raise TollsheetError(
                f'{self.name} is a "Strict Open XML" workbook, which Tollsheet does not change',
                'Save it in Excel as "Excel Workbook (.xlsx)".',
            )
        document = ends.get(TO_DOCUMENT, "")
        if document not in self._parts or self.content_type(document) not in WORKBOOKS:
            raise TollsheetError(f"{self.name} is no .xlsx or .xlsm workbook", _SAVE_AS)
        return document

    def _owners(self) -> Iterator[str]:
        """Every part that has relationships, and the file as a whole ("")."""
        for part in ["", *self._parts]:
            if _relationships_of(part) in self._parts:
                yield part

    def _led(self, part: str, target: str) -> str:
        """The part that a target names: seen from the part that names it, or from the top."""
        path = target.partition("#")[0]
        full = posixpath.normpath(posixpath.join("/", posixpath.dirname(part), path)).lstrip("/")
        for name in (full, unquote(full)):
            if name in self._parts:
                return name
        return next((name for name in self._parts if _same(name, full)), full)

    def _drop(self, part: str) -> None:
        del self._parts[part]
        self._changed.pop(part, None)
        with self.edit(_TYPES) as xml:
            for element in xml.find("Override", namespace=CONTENT_TYPES):
                if _same(element.attributes.get("PartName", ""), part):
                    xml.remove(element)

    def _where(self, part: str) -> str:
        return f"{self.name}: {part}"

    def _damaged(self, why: str) -> TollsheetError:
        return TollsheetError(f"{self.name} is damaged: {why}", "Take the file from where it came once more.")


def read_package(path: Path) -> Package:
    """The parts of a workbook file. Raises TollsheetError where it cannot be read or is no workbook."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise TollsheetError(f"{path} cannot be read: {error.strerror or error}", "Check the path.") from None
    return Package(content, path.name)


def _relationships_of(part: str) -> str:
    """
    >>> _relationships_of("xl/workbook.xml"), _relationships_of("")
    ('xl/_rels/workbook.xml.rels', '_rels/.rels')
    """
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _same(one: str, other: str) -> bool:
    return one.lstrip("/").casefold() == other.lstrip("/").casefold()
