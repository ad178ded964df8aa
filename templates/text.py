"""Text from strangers, made harmless: for a cell, and for a CSV that a spreadsheet program may open."""

from __future__ import annotations

import re

LONGEST_TEXT = 32_767
"""UTF-16 units that a cell holds."""

_UNWANTED = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_TAB = re.compile("[\t\x01]")
"""Calc hands over a tab in a text of several lines as the second."""
_WIDTHS = {
    **dict.fromkeys("ijl'|", 0.42),
    **dict.fromkeys(" .,:;!/\ftI[]", 0.52),
    **dict.fromkeys('r()-"*', 0.65),
    **dict.fromkeys("ckJsvxyz", 0.93),
    **dict.fromkeys("mwMW%@…", 1.7),
}
"""Of letters of the house font, in digits."""
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def cell_text(text: str, *, keeps_lines: bool = False) -> str:
    """Text that a cell can hold: control characters become visible pictures of themselves, too long text
    ends in an ellipsis. It is to be written as a string, which no program takes for a formula.

    `keeps_lines` is for what people wrote: its line breaks stay, a tab is a blank.

    >>> cell_text("\\x1b[31mred\\n"), cell_text("\\x1bone\\r\\ntwo", keeps_lines=True)
    ('␛[31mred␊', '␛one\\ntwo')
    >>> len(cell_text("a" * 40_000))
    32767
    """
    if keeps_lines:
        text = _TAB.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))
    if _UNWANTED.search(text):
        lines = text.split("\n") if keeps_lines else [text]
        text = "\n".join(_UNWANTED.sub(_picture, line) for line in lines)
    if len(text) * 2 > LONGEST_TEXT:
        units = text.encode("utf-16-le")
        if len(units) > 2 * LONGEST_TEXT:
            text = units[: 2 * (LONGEST_TEXT - 1)].decode("utf-16-le", "ignore") + "…"
    return text


def lines_text(text: str) -> str:
    """The same for text of our own, whose line breaks are meant.

    >>> lines_text("minimum: seconds\\nincrement:\\tseconds")
    'minimum: seconds\\nincrement:␉seconds'
    """
    return "\n".join(map(cell_text, text.split("\n")))


def csv_text(text: str) -> str:
    """Text for a CSV: as in a cell, and with an apostrophe before what a program would take for a formula.

    >>> csv_text("+17566235423"), csv_text("\\t=1"), csv_text("Ann")
    ("'+17566235423", "'␉=1", 'Ann')
    """
    return f"'{cell_text(text)}" if text.startswith(_FORMULA_STARTS) else cell_text(text)


def text_width(text: str) -> int:
    """The digits' width that a column needs for text, soon told: ids in capitals are wider than digits.

    >>> text_width("call"), text_width("4A0833BC")
    (4, 10)
    """
    return len(text) * 5 // 4 if text.isupper() else len(text)


def text_lines(text: str, width: float) -> int:
    """The lines that wrapped text of the house font needs in so many digits' width, counted with care.

    >>> text_lines("", 10), text_lines("one two three", 8), text_lines("a" * 25, 10)
    (1, 2, 3)
    """
    lines = 0
    for paragraph in text.split("\n"):
        lines, left = lines + 1, width
        for word in re.findall(r"\S+\s*", paragraph):
            need = _digits(word.rstrip())
            if need > left:
                more = max(1, -int(-need // width))
                # a word that is longer than a line is broken; any other starts the next line
                lines, left = (lines + more - (left == width)), width * more
            left -= min(left, _digits(word))
    return lines


def _digits(text: str) -> float:
    """About the width of text, in digits: capitals and letters of other scripts are wider."""
    return sum(
        _WIDTHS.get(one) or (1.04 if "+" <= one <= "z" and not one.isupper() else 1.35) for one in text
    )


def _picture(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else "\N{REPLACEMENT CHARACTER}"
