"""The decision tree, drawn in cells: the path that was taken strong, the others pale."""

from __future__ import annotations

from addin.reports.investigation.data import PathReport
from addin.reports.investigation.tree import (
    DAY_BOX,
    DIFF_BOX,
    DURATION_BOX,
    DURATION_CALL,
    HOUR_BOX,
    MISSING_BOX,
    NOTHING_BOX,
    Q_CALLS,
    Q_COSTS,
    Q_DURATIONS,
    RATING_BOX,
    RATING_CALL,
    WITHIN_BOX,
)
from templates import look as styles
from templates.page import Page
from templates.text import cell_text, text_lines

WIDTHS = (44, 9, 18, 18, 9, 18, 18, 9, 18, 18)
"""Of the sheet: a box takes the first column, or two; an arrow one."""
_PLACES = ((0, 0), (2, 3), (5, 6), (8, 9))
_NO, _YES = "No  \u2192", "\u2193  Yes"
_RIGHT, _DOWN = "\u2192", "\u2193"
_ROWS: tuple[tuple[tuple[str, ...], str, str], ...] = (
    ((DAY_BOX, NOTHING_BOX), _RIGHT, _DOWN),
    ((Q_CALLS, MISSING_BOX, HOUR_BOX, DIFF_BOX), _NO, _YES),
    ((Q_DURATIONS, DURATION_BOX, DURATION_CALL), _NO, _YES),
    ((Q_COSTS, RATING_BOX, RATING_CALL), _NO, _YES),
    ((WITHIN_BOX,), "", ""),
)
"""The boxes of each row, the arrow from its first to its second, and the one to the first of the next row."""
_ENDS = {DIFF_BOX, DURATION_BOX, DURATION_CALL, RATING_BOX, RATING_CALL, WITHIN_BOX, MISSING_BOX, HOUR_BOX}
_LINE_POINTS, _PADDING = 13, 6


def draw(page: Page, path: PathReport) -> None:
    """Draw the tree from the page's next row on."""
    for index, (names, right, down) in enumerate(_ROWS):
        _row(page, path, names, right)
        if down:
            below = _ROWS[index + 1][0][0]
            taken = path.box(below).taken
            page.sheet.write_string(page.row, 0, down, _arrow(page, taken))
            page.row += 1
    page.row += 1


def _row(page: Page, path: PathReport, names: tuple[str, ...], right: str) -> None:
    """A row of boxes: titles, and the text below, as high as the longest."""
    top, lines = page.row, 1
    for number, name in enumerate(names):
        first, last = _PLACES[number]
        box = path.box(name)
        width = sum(page.widths[first : last + 1])
        lines = max(lines, text_lines(box.text, width - 3))
        title, text = _formats(page, name, box.taken)
        _write(page, top, first, last, box.title, title)
        _write(page, top + 1, first, last, box.text, text)
        if number:
            arrow = right if number == 1 else _RIGHT
            page.sheet.write_string(top, first - 1, arrow, _arrow(page, box.taken))
    page.sheet.set_row(top, 20)
    page.sheet.set_row(top + 1, lines * _LINE_POINTS + _PADDING)
    page.row += 2


def _write(page: Page, row: int, first: int, last: int, text: str, cell_format: object) -> None:
    shown = "\n".join(map(cell_text, text.split("\n")))
    if last > first:
        page.sheet.merge_range(row, first, row, last, "", cell_format)
    if shown:
        page.sheet.write_string(row, first, shown, cell_format)
    else:
        page.sheet.write_blank(row, first, None, cell_format)


def _formats(page: Page, name: str, taken: bool) -> tuple[object, object]:
    """Of the title and of the text below it."""
    look = page.look
    if not taken:
        line = {
            "border": 1,
            "border_color": styles.LINE,
            "font_color": "#9AA5B1",
            "align": "left",
            "indent": 1,
        }
        return look.format(valign="vcenter", **line), look.format(**line)
    colour, pale = (styles.HEAD, styles.PALE)
    if name in _ENDS:
        colour, pale = styles.BAD, styles.BAD_PALE
    elif name == NOTHING_BOX:
        colour, pale = styles.GOOD, styles.GOOD_PALE
    line = {"border": 2, "border_color": colour, "align": "left", "indent": 1}
    title = look.format(bold=True, font_color=styles.WHITE, bg_color=colour, valign="vcenter", **line)
    return title, look.format(bg_color=pale, text_wrap=True, **line)


def _arrow(page: Page, taken: bool) -> object:
    colour = styles.HEAD if taken else "#C3CBD3"
    return page.look.format(bold=taken, font_size=12, font_color=colour, align="center", valign="vcenter")
