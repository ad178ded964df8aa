"""What may be typed into a column: the rules that a spreadsheet program asks for, and what it says else.

Pasting passes them by, in every program. What matters is therefore among the checks as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, TypeGuard

from templates.shared.serials import serial

Rule = dict[str, Any]
"""Options of a data validation, as XlsxWriter takes them."""

_FIRST_DAY, _LAST_DAY = date(1990, 1, 1), date(2099, 12, 31)
_FIRST, _AFTER = serial(_FIRST_DAY), serial(_LAST_DAY) + 1
SHORTEST_TIME = "1"
"""Spreadsheet times, parts of a day, lie below. Seconds that do are looked at by a person: 0.75 is 18:00."""


def one_of(words: Sequence[str], what: str) -> Rule:
    """One of a few words; `what` begins the message: "The rounding"."""
    said = f"{what} is one of: {', '.join(words)}."
    return _rule("list", f"Not a known {what.split()[-1]}", said, source=list(words))


def suggested(source: str) -> Rule:
    """A list to choose from, a range of cells as a formula writes it; other words may be typed."""
    return {"validate": "list", "source": f"={source}", "show_error": False}


def at_least_0(what: str, unit: str, *, is_needed: bool = False) -> Rule:
    """`is_needed`: a blank is no answer, as the checks say too."""
    blank = "" if is_needed else " Leave the cell blank where it is not known."
    said = f"{what}: a number of {unit}, 0 or more.{blank}"
    return _rule("decimal", "Not a number of 0 or more", said, criteria=">=", value=0)


def whole_between(first: int, last: int, what: str) -> Rule:
    said = f"{what}: a whole number from {first} to {last}."
    return _rule("integer", "Not such a number", said, criteria="between", minimum=first, maximum=last)


def a_day(what: str) -> Rule:
    """A day, or a day and a time of day: both are dates to a spreadsheet."""
    return _date(f"{what}: a date such as 2026-09-30, with its time where there is one, in UTC.")


def a_month(what: str) -> Rule:
    return _date(f"{what}: its first day, such as 2026-09-01.")


def _date(said: str) -> Rule:
    between = {"criteria": "between", "minimum": _FIRST_DAY, "maximum": _LAST_DAY}
    return _rule("date", "Not a date", said, **between)


def is_date(cell: str) -> str:
    """Whether a cell holds such a day. A number such as 1788220800, a moment as computers count seconds,
    is none: LibreOffice would look for its month for minutes."""
    return f"IF(ISNUMBER({cell}),AND({cell}>={_FIRST},{cell}<{_AFTER}),FALSE)"


def is_whole(cell: str, first: int, last: int) -> str:
    """Whether a cell holds a whole number between two others. A blank one holds none, though a formula that
    hands it on makes it 0.

    >>> is_whole("A2", 0, 6)
    'IF(ISNUMBER(A2),AND(A2>=0,A2<=6,A2=INT(A2)),FALSE)'
    """
    return f"IF(ISNUMBER({cell}),AND({cell}>={first},{cell}<={last},{cell}=INT({cell})),FALSE)"


def wrong_date(cell: str, header: str) -> list[tuple[str, str]]:
    """What may be wrong with a cell that must hold a day and holds no error, and the text for it."""
    blank, text, number = _wrong_dates(header)
    return [(f'{cell}=""', blank), (f"NOT(ISNUMBER({cell}))", text), (f"NOT({is_date(cell)})", number)]


def what_is_wrong_with_date(value: object, header: str) -> str:
    """The text of the first that holds, else none."""
    blank, text, number = _wrong_dates(header)
    if value is None or value == "":
        return blank
    if isinstance(value, str):
        return text
    return "" if is_a_day(value) else number


def is_a_day(value: object) -> TypeGuard[date]:
    """As `is_date` tells it of a cell."""
    return isinstance(value, date) and _FIRST <= serial(value) < _AFTER


def _wrong_dates(header: str) -> tuple[str, str, str]:
    return (
        f"{header} is blank: type a date",
        f"{header} is text: type the date again in UTC, such as 2026-09-30 14:05",
        f"{header} is no date of 1990 to 2099: type the date again in UTC, such as 2026-09-30 14:05",
    )


def dates_in(column: str) -> str:
    """How many cells of a column hold one."""
    return f'COUNTIFS({column},">={_FIRST}",{column},"<{_AFTER}")'


def times_in(column: str) -> str:
    """How many durations are spreadsheet times, such as 0:01:20: parts of a day, and so parts of a second."""
    return f'COUNTIFS({column},">0",{column},"<{SHORTEST_TIME}")'


def custom(formula: str, title: str, said: str) -> Rule:
    """A formula that is TRUE where the cell is fine; it names the cell of the first row."""
    return _rule("custom", title, said, value=f"={formula}")


def _rule(kind: str, title: str, said: str, **more: Any) -> Rule:
    return {"validate": kind, "error_title": title[:32], "error_message": said[:255], **more}
