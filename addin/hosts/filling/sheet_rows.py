"""The rows and cells of a sheet as the text that they are, so that what is not changed stays as it was."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from xml.sax.saxutils import escape, unescape

from addin.hosts.letters import column_letters, column_number

_ATTRIBUTE = re.compile(r"\s+([^\s=]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_ENTITIES = {"&quot;": '"', "&apos;": "'", "&#10;": "\n", "&#13;": "\r", "&#9;": "\t"}
_NUMBERED = re.compile(r"&#(?:x([0-9A-Fa-f]+)|([0-9]+));")


@lru_cache(maxsize=64)
def _escaped(formula: str) -> str:
    return escape(formula)


def plain(xml: str) -> str:
    """Text without entities."""
    if "&" not in xml:
        return xml
    numbered = _NUMBERED.sub(lambda one: chr(int(one[1], 16) if one[1] else int(one[2])), xml)
    return unescape(numbered, _ENTITIES)


def attributes(tag: str) -> dict[str, str]:
    """Those of a tag, from behind its name, as they are written.

    >>> attributes(' r="A1"  s=\\'3\\'')
    {'r': 'A1', 's': '3'}
    """
    return {one[1]: one[2] if one[2] is not None else one[3] for one in _ATTRIBUTE.finditer(tag)}


def tag_text(values: Mapping[str, str]) -> str:
    return "".join(f' {name}="{value}"' for name, value in values.items())


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: what stands in its tag, and between its tags."""

    row: int
    column: int
    tag: str
    inner: str
    text: str
    """All of it."""

    @property
    def has_content(self) -> bool:
        return bool(self.inner.strip())


@dataclass(frozen=True, slots=True)
class Row:
    """One row. `cells` is the XML of its cells."""

    number: int
    tag: str
    cells: str
    lead: str = ""
    """What stands before it: nothing, or a new line."""


class Scanner:
    """Reads and writes the rows of one sheet, whose names may have a prefix."""

    def __init__(self, prefix: str) -> None:
        p = re.escape(prefix)
        self.prefix = prefix
        self._row = re.compile(rf"<{p}row\b((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>")
        self._end = f"</{prefix}row>"
        self._cell = re.compile(rf"<{p}c\b([^>]*?)(?:/>|>(.*?)</{p}c>)", re.DOTALL)
        self._opens = f"<{prefix}c"
        self._value = re.compile(rf"<{p}v\b[^>]*?(?:/>|>.*?</{p}v>)", re.DOTALL)
        self._formula = re.compile(rf"<{p}f\b([^>]*?)(?:/>|>(.*?)</{p}f>)", re.DOTALL)
        self._placeless = re.compile(rf"<{p}c(?=[\s/>])(?![^>]*?\sr=[\"'])")
        self._address = re.compile(rf"(<{p}c\b[^>]*?\sr=[\"'])([A-Z]+)([0-9]+)")

    def rows(self, xml: str) -> list[Row]:
        """The rows of what stands in sheetData, all with their numbers, and their cells with their addresses:
        some programs leave out what the order tells. Raises ValueError where that is not just rows."""
        found: list[Row] = []
        at = number = 0
        while match := self._row.search(xml, at):
            tag, lead = match[1], xml[at : match.start()]
            if lead.strip():
                raise ValueError(f"there is {lead.strip()[:40]!r} among the rows")
            if tag.endswith("/"):
                tag, cells, at = tag[:-1].rstrip(), "", match.end()
            else:
                end = xml.index(self._end, match.end())
                cells, at = xml[match.end() : end], end + len(self._end)
            said = attributes(tag).get("r")
            number = number + 1 if said is None else int(said)
            row = Row(number, f' r="{number}"{tag}' if said is None else tag, cells, lead)
            found.append(self.changed(row, self._placed) if self._placeless.search(cells) else row)
        if xml[at:].strip():
            raise ValueError(f"there is {xml[at:].strip()[:40]!r} among the rows")
        return found

    def _placed(self, cell: Cell) -> str:
        """The cell with its address."""
        if not self._placeless.match(cell.text):
            return cell.text
        opened = len(self._opens)
        return f'{self._opens} r="{column_letters(cell.column)}{cell.row}"{cell.text[opened:]}'

    def text(self, row: Row) -> str:
        p = self.prefix
        if not row.cells:
            return f"{row.lead}<{p}row{row.tag}/>"
        return f"{row.lead}<{p}row{row.tag}>{row.cells}</{p}row>"

    def cells(self, row: Row) -> Iterator[Cell]:
        column = 0
        for match in self._cell.finditer(row.cells):
            ref = attributes(match[1]).get("r", "")
            column = column_number(ref.rstrip("0123456789")) if ref else column + 1
            yield Cell(row.number, column, match[1], match[2] or "", match[0])

    def holds(self, row: Row, letters: str) -> bool:
        """Whether the row has something in a column; quick, for many rows."""
        at = row.cells.find(f' r="{letters}{row.number}"')
        end = row.cells.find(">", at)
        return at >= 0 and row.cells[end - 1] != "/"

    def begins_with(self, row: Row, letters: str, formula: str) -> bool:
        """Whether the row's cell of a column begins with a formula, written without attributes; quick."""
        at = row.cells.find(f' r="{letters}{row.number}"')
        p = self.prefix
        start = row.cells.find(">", at) + 1
        return at >= 0 and row.cells.startswith(f"<{p}f>{_escaped(formula)}</{p}f>", start)

    def cell_at(self, row: Row, letters: str) -> Cell | None:
        """The row's cell of a column; quick, for many rows."""
        at = row.cells.find(f' r="{letters}{row.number}"')
        match = self._cell.match(row.cells, row.cells.rfind("<", 0, at)) if at >= 0 else None
        return Cell(row.number, column_number(letters), match[1], match[2] or "", match[0]) if match else None

    def changed(self, row: Row, change: Callable[[Cell], str]) -> Row:
        """The row with other XML for its cells."""
        return replace(row, cells="".join(map(change, self.cells(row))))

    def split(self, row: Row, left: int, right: int) -> tuple[str, str, str]:
        """The cells before, in and behind the columns from `left` to `right`."""
        if not row.cells:
            return "", "", ""
        if (
            left <= self._column(row.cells, 0)
            and self._column(row.cells, row.cells.rfind(self._opens)) <= right
        ):
            return "", row.cells, ""
        texts = ["", "", ""]
        for cell in self.cells(row):
            texts[0 if cell.column < left else 1 if cell.column <= right else 2] += cell.text
        return texts[0], texts[1], texts[2]

    def _column(self, cells: str, at: int) -> int:
        """That of the cell which begins there; 0 where the cell does not say."""
        match = self._address.match(cells, at)
        return column_number(match[2]) if match else 0

    def moved(self, row: Row, number: int) -> Row:
        """The row under another number."""
        if number == row.number:
            return row
        cells = self._address.sub(lambda one: f"{one[1]}{one[2]}{number}", row.cells)
        return replace(row, number=number, tag=with_number(row.tag, number), cells=cells)

    def formula(self, cell: Cell) -> tuple[str, str] | None:
        """The tag and the text of its formula."""
        match = self._formula.search(cell.inner)
        return (match[1], plain(match[2] or "")) if match else None

    def without_value(self, cell: Cell, formula: str | None = None) -> str:
        """The cell with its formula or the one given, and without the value that was stored."""
        tag = {name: said for name, said in attributes(cell.tag).items() if name not in ("t", "vm")}
        match = self._formula.search(cell.inner)
        inner = (match[0] if match else "") if formula is None else formula
        p = self.prefix
        return f"<{p}c{tag_text(tag)}>{inner}</{p}c>" if inner else f"<{p}c{tag_text(tag)}/>"

    def has_formulas(self, row: Row) -> bool:
        return f"<{self.prefix}f" in row.cells


def with_number(tag: str, number: int) -> str:
    """The tag of a row under another number."""
    values = {"r": str(number)} | {name: said for name, said in attributes(tag).items() if name != "r"}
    return tag_text(values)


def joined(scanner: Scanner, rows: Sequence[Row]) -> str:
    return "".join(map(scanner.text, rows))
