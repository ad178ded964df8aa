"""The XML of a sheet in two: its rows, of which there may be a million, and all that is said around them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.parsers.expat import ExpatError, ParserCreate

from addin.errors import TollsheetError
from addin.hosts.filling.sheet_rows import Cell, Row, Scanner, joined
from addin.hosts.letters import column_letters
from addin.hosts.package import XmlEdits

_ROOT = re.compile(r"<(?P<prefix>[\w.-]+:)?worksheet\b")


@dataclass(slots=True)
class SheetXml:
    """One worksheet, taken apart."""

    where: str
    scanner: Scanner
    rows: list[Row]
    frame: XmlEdits
    """The sheet with an empty sheetData; changes to it are collected here."""
    tail: str
    """What stands behind the last row: nothing, or a new line."""

    @classmethod
    def of(cls, content: bytes, where: str) -> SheetXml:
        """`where` names file and sheet in errors. Raises TollsheetError where it cannot be taken apart."""
        try:
            text = content.decode("utf-8")
            if "<!DOCTYPE" not in text:
                ParserCreate().Parse(content, True)
        except (ExpatError, UnicodeDecodeError) as error:
            raise _unreadable(where, str(error)) from None
        root = _ROOT.search(text)
        if root is None or "<!DOCTYPE" in text:
            raise _unreadable(where, "it is no worksheet")
        scanner = Scanner(root["prefix"] or "")
        opened = re.search(rf"<{re.escape(scanner.prefix)}sheetData\b[^>]*>", text)
        if opened is None:
            raise _unreadable(where, "it has no rows")
        start = end = opened.end()
        if not opened[0].endswith("/>"):
            end = text.index(f"</{scanner.prefix}sheetData", start)
        inside = text[start:end]
        if "<!" in inside or "<?" in inside:
            raise _unreadable(where, "there is more than rows among its rows")
        try:
            rows = scanner.rows(inside)
        except ValueError as error:
            raise _unreadable(where, str(error)) from None
        frame = XmlEdits(f"{text[:start]}{text[end:]}".encode(), where)
        return cls(where, scanner, rows, frame, inside[inside.rfind(">") + 1 :])

    def cell(self, row: int, column: int) -> Cell | None:
        found = next((one for one in self.rows if one.number == row), None)
        return self.scanner.cell_at(found, column_letters(column)) if found else None

    def result(self) -> bytes:
        """The sheet put together again."""
        if self.rows:
            [data] = self.frame.find("sheetData")
            self.frame.set_inner(data, joined(self.scanner, self.rows) + self.tail)
        return self.frame.result()


def _unreadable(where: str, why: str) -> TollsheetError:
    return TollsheetError(
        f"{where} cannot be changed: {why}", "Open the workbook in Excel or LibreOffice and save it again."
    )
