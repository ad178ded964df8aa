"""The sheet How to use: steps, settings, what each sheet is, the rules that the figures follow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from templates import look as styles
from templates.cells import Value, write_value
from templates.shared.book import GUIDE, Book
from templates.shared.rules import Rule
from templates.text import text_lines

_LAST = 3
_ACROSS = 126
_LINE_POINTS, _PADDING_POINTS = 13, 4
FILLED_BY_FILES = (
    'Files fill the tables as well: "Fill this workbook" in the Tollsheet add-in, or the command '
    "tollsheet fill."
)
_COLOURS = (
    "Yellow cells are yours: type or paste there. Grey cells calculate themselves. Sheets with tables to "
    "fill are not protected, since Excel lets no table grow on a protected sheet; the others are, without "
    "a password (Review > Unprotect Sheet)."
)


@dataclass(frozen=True, slots=True)
class Setting:
    """A yellow cell with a name."""

    name: str
    label: str
    value: Value
    number_format: str
    """Empty for words."""
    note: str
    rule: Rule | None = None


@dataclass(frozen=True, slots=True)
class Guide:
    """What the sheet says."""

    steps: Sequence[str]
    """Three to six, without numbers."""
    settings: Sequence[Setting]
    sheets: Sequence[tuple[str, str]]
    """The other sheets, Checks included, and what each is."""
    rules: Sequence[tuple[str, str, str]]
    """Topic, rule, source."""
    limits: Sequence[str] = ()
    """What the template does not do."""


def write_guide(book: Book, guide: Guide) -> None:
    """Fill the first sheet; its line 4 is that of the checks."""
    page = _Page(book)
    page.heading("Steps")
    for number, step in enumerate((*guide.steps, FILLED_BY_FILES), 1):
        page.line(f"{number}.  {step}" if number <= len(guide.steps) else step)
    if guide.settings:
        page.heading("Settings")
        for one in guide.settings:
            page.setting(one)
    page.heading("Sheets")
    for name, what in guide.sheets:
        page.link(name, what)
    page.line(_COLOURS, muted=True)
    page.heading("Rules")
    for topic, rule, source in guide.rules:
        page.pair(topic, f"{rule} ({source})")
    if guide.limits:
        page.heading("What this template does not do")
        for limit in guide.limits:
            page.line(limit)
    book.guide.set_first_sheet()
    book.guide.activate()


class _Page:
    def __init__(self, book: Book) -> None:
        self.book, self.sheet, self.look, self.row = book, book.guide, book.look, 5

    def heading(self, text: str) -> None:
        self.sheet.set_row(self.row, 24)
        self.sheet.write_string(self.row, 0, text, self.look.heading())
        self.row += 1

    def line(self, text: str, *, muted: bool = False) -> None:
        colour = styles.MUTED if muted else styles.INK
        shown = self.look.format(text_wrap=True, font_color=colour)
        self.sheet.merge_range(self.row, 0, self.row, _LAST, "", shown)
        self.sheet.write_string(self.row, 0, text, shown)
        self._next(text_lines(text, _ACROSS))

    def pair(self, topic: str, text: str) -> None:
        self.sheet.write_string(self.row, 0, topic, self.look.words(bold=True, text_wrap=True))
        self._across(1, text, self.look.words(text_wrap=True))
        self._next(text_lines(text, _ACROSS - 28))

    def link(self, name: str, what: str) -> None:
        linked = self.look.words(bold=True, underline=1, font_color=styles.HEAD)
        self.sheet.write_url(self.row, 0, f"internal:'{name}'!A1", linked, name)
        self._across(1, what, self.look.words(text_wrap=True))
        self._next(text_lines(what, _ACROSS - 28))

    def setting(self, one: Setting) -> None:
        self.sheet.write_string(self.row, 0, one.label, self.look.words(bold=True))
        shown = self.look.typed() if not one.number_format else self.look.input(num_format=one.number_format)
        write_value(self.sheet, self.row, 1, one.value, shown)
        self._across(2, one.note, self.look.words(text_wrap=True, font_color=styles.MUTED))
        if one.rule:
            self.sheet.data_validation(self.row, 1, self.row, 1, one.rule)
        self.book.define(one.name, GUIDE, self.row, 1)
        self._next(text_lines(one.note, _ACROSS - 46))

    def _across(self, first: int, text: str, shown: object) -> None:
        self.sheet.merge_range(self.row, first, self.row, _LAST, "", shown)
        self.sheet.write_string(self.row, first, text, shown)

    def _next(self, lines: int) -> None:
        self.sheet.set_row(self.row, max(1, lines) * _LINE_POINTS + _PADDING_POINTS)
        self.row += 1
