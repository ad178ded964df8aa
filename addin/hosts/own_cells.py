"""Whether a formula is over cells of its own sheet alone, so that it is copied with the sheet as it is."""

from __future__ import annotations

import re
from functools import cache

_WITHOUT_DIGITS = dict.fromkeys(map(ord, "0123456789"))
_TEXT = re.compile(r'"[^"]*"')
_WORD = re.compile(r"[^\W\d][\w.]*(?![\w.(])")
_OWN = re.compile(r"[A-Z]{1,3}|TRUE|FALSE")
_OTHER_PLACES = re.compile(r"[!\[\'#]")


def is_over_own_cells(formula: str) -> bool:
    """Whether it names no other sheet, no table and no defined name; in Excel's grammar or in LibreOffice's.

    >>> [is_over_own_cells(text) for text in ('=IF($B5="Calls!A1",LOG10(C$5),TRUE)', "=ROUND(SUM(A5:A9);2)")]
    [True, True]
    >>> [is_over_own_cells(text) for text in ("=Calls!A1", "=$Calls.A1", "=SUM(Calls[Cost])", "=bill_cost")]
    [False, False, False, False]
    """
    return _is_own_shape(formula.translate(_WITHOUT_DIGITS))


@cache
def _is_own_shape(shape: str) -> bool:
    """Of a formula without its digits: it stands in thousands of rows, and in each with another number."""
    shape = _TEXT.sub("", shape)
    if _OTHER_PLACES.search(shape):
        return False
    return all(_OWN.fullmatch(word) for word in _WORD.findall(shape))
