"""How a Tollsheet workbook looks: one font, few colours, numbers that show what is there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from xlsxwriter.chart import Chart
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

FONT = "Arial"
SIZE = 10

INK = "#1F2933"
MUTED = "#61707F"
LINE = "#D5DBE1"
HEAD = "#2F4858"
PALE = "#EEF2F5"
WHITE = "#FFFFFF"
INPUT = "#FFF8DC"

GOOD, GOOD_PALE = "#1E7B4F", "#E3F3EA"
FAIR, FAIR_PALE = "#9A6700", "#FDF3D8"
BAD, BAD_PALE = "#B3261E", "#FBE9E7"

TOTAL_BAR, RISE_BAR, FALL_BAR = HEAD, "#C77D2E", "#5B9BA8"

COUNT = "#,##0"
AMOUNT = "#,##0.00########"
PLAIN = "General"
DAY = "yyyy-mm-dd"
INSTANT = "yyyy-mm-dd hh:mm:ss"

A4 = 9
_LANDSCAPE_PIXELS, _PORTRAIT_PIXELS = 950, 630
"""Between the margins of an A4 page in landscape, at full size, less what programs measure differently."""
_SMALLEST_SCALE = 50
_LANDSCAPE_POINTS, _PORTRAIT_POINTS = 480, 720
"""The height between those margins, in points, less the same."""
ROW_POINTS = 15
"""The height of a row that nobody sets; programs make it lower, never higher."""

SHEET_ROWS = 1_048_576
"""The rows of a sheet."""

_CHART = "Tollsheet chart"
"""What our charts are called, so that those which people add can be told apart."""

OPTIONS = {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
"""How an XlsxWriter workbook is to be opened: text stays text."""


def is_chart_name(name: str) -> bool:
    """Whether a chart of ours is called so.

    >>> is_chart_name("Tollsheet chart 12"), is_chart_name("Chart 12"), is_chart_name("Tollsheet chart, mine")
    (True, False, False)
    """
    return re.fullmatch(rf"{_CHART} \d+", name) is not None


def signed(number_format: str) -> str:
    """The number format with its sign always shown; zero has none.

    >>> signed("0.00")
    '+0.00;-0.00;0.00'
    """
    return f"+{number_format};-{number_format};{number_format}"


class Look:
    """The formats of one workbook, each made once."""

    def __init__(self, workbook: Workbook) -> None:
        self.workbook = workbook
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}
        workbook.formats[0].set_font_name(FONT)
        workbook.formats[0].set_font_size(SIZE)

    def chart(self, **options: Any) -> Chart:
        """A new chart of this XlsxWriter type; its name is its own in the workbook."""
        return self.workbook.add_chart({"name": f"{_CHART} {len(self.workbook.charts) + 1}", **options})

    def format(self, **properties: Any) -> Format:
        """A format with the house font and the given XlsxWriter properties."""
        whole = {"font_name": FONT, "font_size": SIZE, "font_color": INK, "valign": "top"} | properties
        key = tuple(sorted(whole.items()))
        if key not in self._made:
            self._made[key] = self.workbook.add_format(whole)
        return self._made[key]

    def body(self, **properties: Any) -> Format:
        """A cell of a table: a hairline below."""
        return self.format(bottom=1, bottom_color=LINE, **properties)

    def figure(self, number_format: str, **properties: Any) -> Format:
        """A number in a table."""
        return self.body(num_format=number_format, align="right", **properties)

    def words(self, **properties: Any) -> Format:
        """Text in a table, clear of the number before it."""
        return self.body(align="left", indent=1, **properties)

    def title(self) -> Format:
        return self.format(font_size=16, bold=True, font_color=HEAD, valign="vcenter")

    def heading(self) -> Format:
        return self.format(font_size=12, bold=True, font_color=HEAD, valign="bottom")

    def note(self) -> Format:
        return self.format(font_color=MUTED)

    def head(self, *, right: bool = False, filtered: bool = False) -> Format:
        """The header cell of a table. The button of a filter covers the right end of a cell."""
        side = {"align": "right", "indent": 2 * filtered} if right else {"align": "left", "indent": 1}
        return self.format(
            bold=True, font_color=WHITE, bg_color=HEAD, valign="vcenter", text_wrap=True, **side
        )

    def input(self, **properties: Any) -> Format:
        """A cell for people to fill in."""
        return self.format(
            bg_color=INPUT, border=1, border_color=LINE, text_wrap=True, locked=False, **properties
        )

    def typed(self) -> Format:
        """The same for words: what is typed stays as it is, be it 0012, 3/4 or =x."""
        return self.input(num_format="@")

    def alarm(self) -> Format:
        """What a variance that is not zero looks like."""
        return self.workbook.add_format({"font_color": BAD, "bold": True})


def set_up_page(
    sheet: Worksheet, period: str, *, portrait: bool = False, kind: str = "call bill reconciliation"
) -> None:
    """A4, one page wide, with the kind of report and its period above and the page numbers below."""
    sheet.hide_gridlines(2)
    sheet.set_paper(A4)
    if portrait:
        sheet.set_portrait()
    else:
        sheet.set_landscape()
    sheet.set_margins(left=0.5, right=0.5, top=0.7, bottom=0.6)
    sheet.set_header(f"&L&8Tollsheet: {kind}&R&8 {period}", {"margin": 0.3})
    sheet.set_footer("&L&8&A&R&8 Page &P of &N", {"margin": 0.3})
    sheet.fit_to_pages(1, 0)


def set_two_pages(sheet: Worksheet, widths: Sequence[int], repeated: int, second: int) -> None:
    """Print the columns on two pages side by side, as large as they fit: the first `repeated` ones on both,
    those from `second` on the second."""
    set_pages(sheet, widths, repeated, [second])


def set_pages(
    sheet: Worksheet,
    widths: Sequence[int],
    repeated: int,
    firsts: Sequence[int],
    *,
    smallest: int = _SMALLEST_SCALE,
) -> None:
    """The same on several pages; `firsts` are the columns with which the second and later ones begin. Page
    breaks are ignored where a sheet is fitted to pages. Below the `smallest` scale, in percent, there are
    more pages."""
    ends = [*firsts[1:], len(widths)]
    pages = [widths[: firsts[0]]]
    pages += [[*widths[:repeated], *widths[first:end]] for first, end in zip(firsts, ends, strict=True)]
    pixels = max(sum(7 * width + 5 for width in page) for page in pages)
    sheet.set_print_scale(max(smallest, min(100, 100 * _LANDSCAPE_PIXELS // pixels)))
    sheet.set_v_pagebreaks([*firsts])
    sheet.repeat_columns(0, repeated - 1)
    sheet.print_across()


def rows_of_page(widths: Sequence[float], above: float) -> int:
    """How many rows a page in landscape holds below heads of so many points, where its columns are fitted
    to its width."""
    scale = min(100, 100 * _LANDSCAPE_PIXELS // int(sum(7 * width + 5 for width in widths)))
    return int((_LANDSCAPE_POINTS * 100 / scale - above) // ROW_POINTS)


def set_breaks(
    sheet: Worksheet, widths: Sequence[int], blocks: Sequence[tuple[int, float]], *, portrait: bool = False
) -> None:
    """Print a sheet as large as its columns fit, with a new page before each block that would not end on the
    page; one that is longer than a page has its own. `blocks` are first rows and heights."""
    pixels, points = (
        (_PORTRAIT_PIXELS, _PORTRAIT_POINTS) if portrait else (_LANDSCAPE_PIXELS, _LANDSCAPE_POINTS)
    )
    scale = min(100, 100 * pixels // sum(7 * width + 5 for width in widths))
    if scale < _SMALLEST_SCALE:
        return  # still one page wide: breaks would be ignored
    most, used = points * 100 / scale, 0.0
    breaks = []
    for row, height in blocks:
        if used and used + height > most:
            breaks.append(row)
            used = 0.0
        used += height
    sheet.set_print_scale(scale)
    sheet.set_h_pagebreaks(breaks)


def set_title(sheet: Worksheet, look: Look, title: str, note: str) -> None:
    """The two lines above every table."""
    sheet.set_row(0, 26)
    sheet.write_string(0, 0, title, look.title())
    sheet.write_string(1, 0, note, look.note())
