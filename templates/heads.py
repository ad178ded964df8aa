"""The heads of tables: as wide as their longest word, as high as their lines.

Every head has the button of a filter. Excel draws it over the right end of the cell, Calc takes its room from
the text: a word that does not fit is broken there.
"""

from __future__ import annotations

from templates.text import text_lines

_BUTTON, _BUTTON_AFTER_FIGURES = 4, 6
"""Characters for the button; a head that stands on the right keeps clear of it by its indent as well."""
_LOWEST, _LINE_POINTS, _PADDING_POINTS = 32, 13, 6


def head_width(header: str, *, right: bool) -> int:
    """The characters that a column needs so that no word of its head is broken.

    >>> head_width("Recordings charged", right=True), head_width("Call id", right=False)
    (16, 8)
    """
    return max(map(len, header.split()), default=0) + (_BUTTON_AFTER_FIGURES if right else _BUTTON)


def head_points(header: str, width: float, *, right: bool) -> float:
    """The height that a head needs in a column so wide; two lines have room in any.

    >>> head_points("Total", 12, right=True), head_points("Their talked minutes", 13, right=True)
    (32, 45)
    """
    free = width - (_BUTTON_AFTER_FIGURES if right else _BUTTON)
    return max(_LOWEST, text_lines(header, max(1, free)) * _LINE_POINTS + _PADDING_POINTS)
