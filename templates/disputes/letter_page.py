"""The page of a letter as it is written from the top: paragraphs, yellow cells, and the marks beside them."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from addin.disputes.addressed import Addressed
from addin.disputes.parties import PARTIES
from templates import look as styles
from templates.look import Look
from templates.text import cell_text, text_lines

WIDTHS = (12, 27, 11, 11, 11, 7, 20, 22)
LAST = len(WIDTHS) - 1
LABELS = LAST + 2
"""The column, beside the page, that says what a yellow cell is for."""
MARKS = LABELS + 1
"""The hidden column that knows what was written beside it."""
LINE, PADDING = 13, 4


class LetterPage:
    """The letter as it is written from the top."""

    def __init__(self, sheet: Worksheet, look: Look, to: Addressed) -> None:
        self.sheet, self.look, self.to, self.row = sheet, look, to, 0
        self.plain = look.format(text_wrap=True)
        self.bold = look.format(text_wrap=True, bold=True, font_size=12, font_color=styles.HEAD)

    def party(self, label: str, lines: int = 1, *, last: int = 3) -> None:
        """A yellow cell; what it is for stands beside the page."""
        said = self.to.said.get(label) or dict(PARTIES)[label]
        self._across(self.row, 0, last, said, self.look.typed(), keeps_lines=True)
        self.sheet.write_string(self.row, LABELS, label, self.look.note())
        self.sheet.set_row(self.row, max(lines, said.count("\n") + 1) * LINE + PADDING)
        self.row += 1

    def named(self, label: str) -> None:
        """A label that is printed, and its yellow cell."""
        said = self.to.said.get(label) or dict(PARTIES)[label]
        self.sheet.merge_range(self.row, 0, self.row, 1, "", self.plain)
        self.sheet.write_string(self.row, 0, label, self.plain)
        self._across(self.row, 2, 5, said, self.look.typed(), keeps_lines=True)
        self.row += 1

    def text(self, text: str, cell_format: Format | None = None, *, space: int = 1) -> None:
        """A paragraph across the page, as high as it is, and so many free rows."""
        self._across(self.row, 0, LAST, text, cell_format or self.plain)
        lines = text_lines(text, sum(WIDTHS))
        self.sheet.set_row(self.row, lines * LINE + PADDING)
        self.sheet.write_string(self.row, MARKS, mark_of(cell_text(text)))
        self.row += 1 + space

    def note(self, row: int, text: str) -> None:
        """Beside the page: it is not printed."""
        self.sheet.write_string(row, LABELS, text, self.look.note())

    def _across(
        self, row: int, first: int, last: int, text: str, cell_format: Format, *, keeps_lines: bool = False
    ) -> None:
        self.sheet.merge_range(row, first, row, last, "", cell_format)
        self.sheet.write_string(row, first, cell_text(text, keeps_lines=keeps_lines), cell_format)


def mark_of(text: str) -> str:
    """By which a paragraph that a person has changed is known."""
    return f"#{sha256(' '.join(text.split()).encode()).hexdigest()[:16]}"


def head(page: LetterPage, heads: Sequence[tuple[int, int, str]]) -> None:
    for first, last, text in heads:
        head = page.look.head(right=text in ("Charges", "Billed", "Expected", "In question"))
        if last > first:
            page.sheet.merge_range(page.row, first, page.row, last, "", head)
        page.sheet.write_string(page.row, first, text, head)
    page.sheet.set_row(page.row, 20)
    page.row += 1


def merged_words(page: LetterPage, first: int, last: int, text: str, **properties: object) -> None:
    words = page.look.words(**properties)
    page.sheet.merge_range(page.row, first, page.row, last, "", words)
    page.sheet.write_string(page.row, first, cell_text(text), words)
