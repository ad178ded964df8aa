"""A report's sheet, written from the top: title, verdict, sentences, and tables one below the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from types import MappingProxyType
from typing import TypeVar

from xlsxwriter.chart import Chart
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from addin.reports.about import About
from templates import look as styles
from templates.grid import FIRST_ROW, HEADER_ROW, Column, Written, write_table
from templates.heads import head_points
from templates.live import Formula, write_formulas
from templates.look import ROW_POINTS, Look, set_breaks, set_title, set_two_pages, set_up_page
from templates.text import cell_text, text_lines

R = TypeVar("R")

GOOD, FAIR, BAD = "good", "fair", "bad"
TONES = {
    GOOD: (styles.GOOD, styles.GOOD_PALE),
    FAIR: (styles.FAIR, styles.FAIR_PALE),
    BAD: (styles.BAD, styles.BAD_PALE),
}
_LINE_POINTS, _PADDING_POINTS, _TALLEST_ROW = 13, 6, 400


@dataclass(slots=True)
class Page:
    """One sheet that is read from the top. `row` is the next free one (zero-based)."""

    sheet: Worksheet
    look: Look
    widths: tuple[int, ...]
    """Of its columns, in characters; a table whose figures need more makes them wider."""
    portrait: bool = False
    row: int = field(default=0, init=False)
    _blocks: list[int] = field(default_factory=list, init=False)
    """The rows of the headings."""
    _heights: dict[int, float] = field(default_factory=dict, init=False)
    """Of rows that have another height than most, in points."""

    @classmethod
    def new(
        cls,
        workbook: Workbook,
        look: Look,
        name: str,
        about: About,
        widths: tuple[int, ...],
        *,
        portrait: bool = False,
    ) -> Page:
        sheet = workbook.add_worksheet(name)
        set_up_page(sheet, about.period, portrait=portrait, kind=about.kind)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        return cls(sheet, look, widths, portrait)

    @property
    def last(self) -> int:
        return len(self.widths) - 1

    def title(self, title: str, note: str) -> None:
        """The two lines at the top; the note says what the sheet is, and is not."""
        set_title(self.sheet, self.look, title, note)
        self.row = 3

    def verdict(self, word: str, sentence: str, tone: str) -> None:
        """A word in its colour, and the sentence beside it across the sheet."""
        colour, pale = TONES[tone]
        look, sheet, row = self.look, self.sheet, self.row
        marked = look.format(
            bold=True,
            font_size=13,
            font_color=styles.WHITE,
            bg_color=colour,
            align="center",
            valign="vcenter",
            text_wrap=True,
        )
        said = look.format(font_size=11, bg_color=pale, valign="vcenter", text_wrap=True, indent=1)
        sheet.write_string(row, 0, word.upper(), marked)
        self._across(row, 1, sentence, said)
        lines = text_lines(sentence, (sum(self.widths[1:]) - 3) * 10 / 11)
        self._set_height(row, max(32, 15 * lines + _PADDING_POINTS))
        self.row += 2

    def heading(self, text: str, note: str = "") -> None:
        """The title of a block, and what it says in a line below."""
        self._blocks.append(self.row)
        self._set_height(self.row, 24)
        self.sheet.write_string(self.row, 0, cell_text(text), self.look.heading())
        self.row += 1
        if note:
            self.sheet.write_string(self.row, 0, cell_text(note), self.look.note())
            self.row += 1

    def sentences(self, texts: Sequence[str]) -> None:
        """A row for each, across the sheet, as high as its text."""
        words = self.look.words(text_wrap=True, bg_color=styles.PALE, valign="vcenter")
        for text in texts:
            self._across(self.row, 0, text, words)
            lines = text_lines(cell_text(text), sum(self.widths) - 3)
            self._set_height(self.row, min(_TALLEST_ROW, lines * _LINE_POINTS + _PADDING_POINTS))
            self.row += 1
        self.row += 1

    def table(
        self, name: str, columns: Sequence[Column[R]], rows: Sequence[R], *, total: str = ""
    ) -> Written:
        """A table within the widths of the sheet, which its figures and the words of its heads widen if need
        be; `total` labels its row of totals."""
        written = write_table(
            self.sheet, self.look, name, columns, rows, header_row=self.row, set_widths=False, total=total
        )
        self._widen(written.needed)
        heads = zip(columns, self.widths, strict=False)
        points = max(head_points(one.header, width, right=one.kind.is_number) for one, width in heads)
        self._set_height(self.row, points)
        self.row = written.last_row + 2
        return written

    def keep_blocks_together(self) -> None:
        """Begin a printed page before each block (a heading and what stands below it) that would not end on
        the page where it begins. To be called when all is written; a sheet that is too wide for a page stays
        as it is."""
        rows = [0, *self._blocks, self.row]
        heights = [
            sum(self._heights.get(row, ROW_POINTS) for row in range(first, end))
            for first, end in pairwise(rows)
        ]
        set_breaks(self.sheet, self.widths, [*zip(rows[:-1], heights, strict=True)], portrait=self.portrait)

    def _widen(self, needed: Sequence[int]) -> None:
        widths = list(self.widths)
        for column, width in enumerate(needed[: len(widths)]):
            if width > widths[column]:
                widths[column] = width
                self.sheet.set_column(column, column, width)
        self.widths = tuple(widths)

    def _set_height(self, row: int, points: float) -> None:
        self.sheet.set_row(row, points)
        self._heights[row] = points

    def chart(self, chart: Chart, columns: int, height: int, *, column: int = 0) -> None:
        """A chart as wide as so many columns, `height` in rows of the usual size."""
        width = sum(7 * one + 5 for one in self.widths[column : column + columns])
        chart.set_size({"width": width, "height": 20 * height})
        self.sheet.insert_chart(self.row, column, chart, {"object_position": 2})
        self.row += height + 1

    def _across(self, row: int, first: int, text: str, cell_format: object) -> None:
        if self.last > first:
            self.sheet.merge_range(row, first, row, self.last, "", cell_format)
        self.sheet.write_string(row, first, cell_text(text), cell_format)


def write_rows(
    workbook: Workbook,
    look: Look,
    about: About,
    sheet_name: str,
    note: str,
    table: str,
    columns: Sequence[Column[R]],
    rows: Sequence[R],
    *,
    second_page: str = "",
    total: str = "",
    formulas: Mapping[str, Formula[R]] = MappingProxyType({}),
) -> Worksheet:
    """A sheet that is one table. `second_page` is the column with which the second printed page begins."""
    sheet = workbook.add_worksheet(sheet_name)
    set_up_page(sheet, about.period, kind=about.kind)
    set_title(sheet, look, sheet_name, note)
    written = write_table(sheet, look, table, columns, rows, total=total)
    write_formulas(sheet, columns, rows, written, FIRST_ROW, formulas)
    sheet.freeze_panes(FIRST_ROW, 1)
    sheet.repeat_rows(HEADER_ROW)
    if second_page:
        second = [column.header for column in columns].index(second_page)
        set_two_pages(sheet, written.widths, 1, second)
    return sheet
