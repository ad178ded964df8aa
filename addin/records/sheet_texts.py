"""A workbook opened for reading, its table of texts as far as it is needed: a log may hold a million."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any
from xml.parsers.expat import ParserCreate
from zipfile import ZipFile

from openpyxl.cell.text import Text
from openpyxl.reader.excel import ExcelReader
from openpyxl.worksheet._read_only import ReadOnlyWorksheet
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse


class SharedTexts:
    """The texts that cells name by their number, as openpyxl reads them, each once it is asked for."""

    def __init__(self, archive: ZipFile, path: str) -> None:
        self.path = path
        self._archive, self._is_whole = archive, False
        self._read: list[str] = []
        self._coming = _texts(archive.open(path))

    def __getitem__(self, number: int) -> str:
        while number < 0 or number >= len(self._read):
            text = next(self._coming, None)
            if text is None:
                break
            self._read.append(text)
        return self._read[number]

    def find_damage(self) -> None:
        """Raises an error of zipfile or expat where the table is cut or no XML, also in texts that no cell
        names. Making a million of texts for that takes long."""
        if not self._is_whole:
            with self._archive.open(self.path) as file:
                ParserCreate().ParseFile(file)
            self._is_whole = True


def open_workbook(content: IO[bytes]) -> Any:
    """openpyxl's workbook, read-only, with cached values."""
    reader = _Reader(content, read_only=True, data_only=True)
    reader.read()
    return reader.wb


class _Sheet(ReadOnlyWorksheet):
    def _get_size(self) -> None:
        """None is asked for: where the sheet states none, the whole sheet would be read."""


class _Reader(ExcelReader):
    shared_strings: Any

    def read_strings(self) -> None:
        part: Any = self.package.find(SHARED_STRINGS)  # type: ignore[no-untyped-call]
        if part is not None:
            path = part.PartName[1:]
            self.shared_strings = SharedTexts(self.archive, path)

    def read_worksheets(self) -> None:
        sheets: list[Any] = self.wb._sheets  # type: ignore[attr-defined]
        related: Any
        sheet: Any
        for sheet, related in self.parser.find_sheets():
            if related.target not in self.valid_files:
                continue
            if "chartsheet" in related.Type:
                self.read_chartsheet(sheet, related)
                continue
            sheets.append(_Sheet(self.wb, sheet.name, related.target, self.shared_strings))


def _texts(file: IO[bytes]) -> Iterator[str]:
    tag = f"{{{SHEET_MAIN_NS}}}si"
    with file:
        for _, node in iterparse(file):
            if node.tag == tag:
                text: Any = Text.from_tree(node)
                node.clear()
                yield text.content.replace("x005F_", "")
