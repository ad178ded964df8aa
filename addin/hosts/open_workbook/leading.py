"""Whether a formula leads to certain sheets or tables."""

from __future__ import annotations

import re
from collections.abc import Iterable

_NEVER = r"(?!)"


class Leading:
    """Formulas, and what names and charts refer to, that lead to sheets or tables of these names.

    >>> report = Leading(["Summary", "Rob's day"], ["Calls"])
    >>> [text in report for text in ("=Summary!A1", "='Rob''s day'!A1", "=SUM(Calls[Cost])", "=ROWS(Calls)")]
    [True, True, True, True]
    >>> [text in report for text in ("=MySummary!A1", "='[other.xlsx]Summary'!A1", "=MyCalls+1", "=Calls!A1")]
    [False, False, False, False]
    >>> "=SUM(Summary:Mine!A1)" in report, "=SUM(Mine:Summary!A1)" in report
    (True, True)
    """

    def __init__(self, sheets: Iterable[str], tables: Iterable[str]) -> None:
        spelled = [sheet.replace("'", "''") for sheet in sheets]
        named = [*tables]
        self.names = [name.casefold() for name in (*spelled, *named)]
        """As any program writes them into a formula: what has none of them need not be looked at."""
        whole = r"(?<![\w.\]])'?(?:{})(?:'?!|:[^(),!]*!)".format("|".join(map(re.escape, spelled)) or _NEVER)
        table = r"(?<![\w.!'])(?:{})(?![\w.!('])".format("|".join(map(re.escape, named)) or _NEVER)
        self._pattern = re.compile(f"{whole}|{table}", re.IGNORECASE)

    def __contains__(self, text: str) -> bool:
        return self._pattern.search(text) is not None

    def may_hold(self, text: str) -> bool:
        """Whether the text is worth a closer look, in whatever grammar it is."""
        folded = text.casefold()
        return any(name in folded for name in self.names)
